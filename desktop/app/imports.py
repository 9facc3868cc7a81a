"""Imports as Python does them: PySide6 would read and keep the source of every module loaded after it."""

import builtins


def plain_imports() -> None:
    """Put the import back that PySide6 has wrapped; call it once PySide6 is loaded and before all else is.

    The wrapper serves `from __feature__ import …`, which turns Qt's names into others. To know who uses that
    it asks `inspect` for the source of each module loaded after it, and Python keeps them all: 20 MB for the
    life of the window. Where PySide6 wraps nothing, nothing happens.
    """
    plain = getattr(builtins, "__orig_import__", None)
    if callable(plain):
        builtins.__import__ = plain
