"""One script a revision of the profile database."""
