"""Scripts of the device database."""
