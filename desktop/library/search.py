"""Search over every installed page and transcript: an FTS5 index in memory, built beside the window."""

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass

from sqlcipher3 import dbapi2

from desktop.library.shelf import InstalledCourse, Shelf
from sync.packs.outline import Activity, ActivityKind, Module

_MARKS = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|<[^>]+>|[#*_`>|~]+")
_WORD = re.compile(r"\w+")
LONGEST = 200
"""Letters of a question that are looked at."""
_SQL = """
SELECT activity, page, course, module, title, snippet(words, 5, char(2), char(3), '…', 14)
FROM words WHERE words MATCH ? AND rank MATCH 'bm25(0, 0, 1, 1, 4, 1)' ORDER BY rank LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A page with the words: `page` from 1, 0 for a transcript; the rest is what stands there."""

    activity: str
    page: int
    course: str
    module: str
    title: str
    before: str
    found: str
    after: str


class PageSearch:
    """Knows the pages of the shelf. Neither the index nor a question is ever on the disk."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._lock = threading.Lock()
        self._held: dict[str, str] = {}
        self._base = dbapi2.connect(":memory:", check_same_thread=False, isolation_level=None)
        self._base.execute(
            "CREATE VIRTUAL TABLE words USING fts5(activity UNINDEXED, page UNINDEXED, course, module, "
            "title, body, tokenize = \"unicode61 remove_diacritics 2\", prefix = '2 3')"
        )

    def refresh(self) -> int:
        """Bring the index up to the shelf; gives how many pages are new. Call it off the GUI thread."""
        with self._lock:
            wanted = {one.course.id: one for one in self._shelf.courses() if not one.withdrawn}
            new = 0
            for course, digest in tuple(self._held.items()):
                if course not in wanted or wanted[course].digest != digest:
                    self._base.execute("DELETE FROM words WHERE activity GLOB ?", (f"{course}/*",))
                    del self._held[course]
            for course, installed in wanted.items():
                if course not in self._held:
                    new += self._take(installed)
                    self._held[course] = installed.digest
            return new

    def find(self, asked: str, limit: int = 20) -> tuple[Hit, ...]:
        """Find the pages that have every word, the last one as it begins; best first."""
        words = _WORD.findall(asked[:LONGEST])
        if not words:
            return ()
        match = " ".join(f'"{word}"' for word in words) + "*"
        with self._lock:
            rows = self._base.execute(_SQL, (match, limit)).fetchall()
        return tuple(_hit(*row) for row in rows)

    def close(self) -> None:
        """Give the memory back."""
        with self._lock:
            self._base.close()

    def _take(self, installed: InstalledCourse) -> int:
        rows = list(_pages(installed))
        self._base.execute("BEGIN")
        self._base.executemany("INSERT INTO words VALUES (?, ?, ?, ?, ?, ?)", rows)
        self._base.execute("COMMIT")
        return len(rows)


def _pages(installed: InstalledCourse) -> Iterator[tuple[str, int, str, str, str, str]]:
    course = installed.course
    for module in course.modules:
        for activity in module.activities:
            for page, path in _texts(activity):
                words = plain(installed.text(path))
                yield course.key(module, activity), page, *_names(installed, module, activity), words


def _texts(activity: Activity) -> tuple[tuple[int, str], ...]:
    if activity.kind is ActivityKind.PAGE:
        return tuple(enumerate(activity.paths, 1))
    return ((0, activity.transcript),) if activity.transcript else ()


def _names(installed: InstalledCourse, module: Module, activity: Activity) -> tuple[str, str, str]:
    return installed.course.title, module.title, activity.title


def plain(markdown: str) -> str:
    """Return the words of a page without the signs of Markdown."""
    return " ".join(_MARKS.sub(lambda found: found.group(1) or " ", markdown).split())


def _hit(activity: str, page: int, course: str, module: str, title: str, context: str) -> Hit:
    before, _, rest = context.partition("\2")
    found, _, after = rest.partition("\3")
    after = after.replace("\2", "").replace("\3", "")
    return Hit(activity, int(page), course, module, title, before, found, after)
