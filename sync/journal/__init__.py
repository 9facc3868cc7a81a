"""The journal: statements, the logs they stand in, and the signed and sealed forms in which they travel."""
