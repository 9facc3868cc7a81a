"""One script a revision of the device database."""
