"""A learner does something: what counts as completed, and how an attempt goes on after a power cut."""
