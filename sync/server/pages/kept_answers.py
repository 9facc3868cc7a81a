"""Answers that wait for the button on the page: files with random names, for an hour, and never too many."""

import re
import secrets
import time
from collections.abc import Callable
from pathlib import Path

from sync.server.home import PRIVATE, write_file

AGE = 3600.0
"""Seconds an answer is kept: what is in it is sealed, and the same file brings it again."""
TOTAL = 512 << 20
"""Bytes of all of them; beyond, the oldest go first."""
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")


class KeptAnswers:
    """A folder of answers. In files rather than in memory, so that any process of the centre finds them."""

    def __init__(self, folder: Path, wall: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._wall = wall

    def keep(self, answer: bytes) -> str:
        """Keep an answer and give the token that finds it. Raises OSError when the disk takes nothing."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.sweep(len(answer))
        token = secrets.token_urlsafe(24)
        write_file(self._folder / token, answer, PRIVATE)
        return token

    def find(self, token: str) -> Path | None:
        """Return the answer of a token, None for one that is unknown or too old."""
        if not _TOKEN.fullmatch(token):
            return None
        path = self._folder / token
        try:
            return path if self._young(path.stat().st_mtime) else None
        except OSError:
            return None

    def sweep(self, room: int = 0) -> None:
        """Let go of what is too old, and of the oldest until `room` more bytes fit."""
        found: list[tuple[float, int, Path]] = []
        for path in self._folder.iterdir() if self._folder.is_dir() else ():
            try:
                fact = path.stat()
            except OSError:  # another process swept it first
                continue
            found.append((fact.st_mtime, fact.st_size, path))
        left = TOTAL - room - sum(size for _, size, _ in found)
        for at, size, path in sorted(found):
            if not self._young(at) or left < 0:
                path.unlink(missing_ok=True)
                left += size

    def _young(self, at: float) -> bool:
        """Whether a file is of this hour; one from the future was kept while the clock was wrong."""
        return abs(self._wall() - at) < AGE
