"""What this PC can teach: packs on drives, their installation, and the shelf of installed courses."""
