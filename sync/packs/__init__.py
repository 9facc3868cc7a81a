"""The signed parcel a course travels in: outline, trust, manifest, archive, and the checks on arrival."""
