"""The operator at the centre's own command line."""

import contextlib
import io

from sync.server.commands import main
from sync.server.home import Home


def tells(home: Home, *words: str) -> str:
    """Give a command that must succeed; returns what it said."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        assert main([*words, "--data", str(home.folder)]) == 0
    return said.getvalue()
