"""Scripts of the profile database."""
