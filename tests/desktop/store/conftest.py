"""A PC of its own for every test, with PINs that cost nothing to try."""

from tests.builders.own_pc import clock, folders, office, store

__all__ = ["clock", "folders", "office", "store"]
