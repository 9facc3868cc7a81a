"""The shelf: the courses installed on this PC, their outlines, and the bytes of their pages and films."""

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from desktop.library.index import PackRow, ShelfIndex
from sync.packs.objects import object_path
from sync.packs.outline import Activity, Course, Module, PackContent, PackObject, course_of, version_number

# Pages and drawings are hashed again when read: a disk that has gone bad must not teach wrong things.
_HASHED_WHEN_READ = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class InstalledCourse:
    """A course on this PC. `installed` is Unix time; `publisher` as the trust list calls it."""

    content: PackContent
    publisher: str
    digest: str
    installed: int
    withdrawn: str
    folder: Path

    @property
    def course(self) -> Course:
        """The course's outline."""
        return self.content.course

    def object(self, path: str) -> PackObject | None:
        """Return what the manifest says of a path, None where the pack has no such object."""
        return next((thing for thing in self.content.objects if thing.path == path), None)

    def file(self, path: str) -> Path | None:
        """Return the file that holds an object, for players that read by themselves."""
        thing = self.object(path)
        return None if thing is None else object_path(self.folder, thing.sha256)

    def read(self, path: str) -> bytes | None:
        """Read an object; None where the pack has none, or where its file is gone or no longer the same."""
        thing = self.object(path)
        if thing is None:
            return None
        try:
            data = object_path(self.folder, thing.sha256).read_bytes()
        except OSError:
            return None
        if len(data) != thing.size:
            return None
        if thing.size <= _HASHED_WHEN_READ and sha256(data).hexdigest() != thing.sha256:
            return None
        return data

    def text(self, path: str) -> str:
        """Read a page, a question file or a transcript; "" where it cannot be read."""
        data = self.read(path)
        return "" if data is None else data.decode("utf-8", "replace")


class Shelf:
    """Reads the index; it never changes anything."""

    def __init__(self, index: ShelfIndex, folder: Path) -> None:
        """`folder` is the folder of content objects."""
        self._index = index
        self._folder = folder
        self._read: dict[str, PackContent] = {}

    def courses(self) -> tuple[InstalledCourse, ...]:
        """List the active version of every course, newest installation first."""
        return tuple(self._open(row) for row in self._index.packs() if row.active)

    def course(self, course: str, version: str | None = None) -> InstalledCourse | None:
        """Give a course, in the active version or in the one an attempt began with."""
        try:
            number = None if version is None else version_number(version)
        except ValueError:
            return None
        row = self._index.pack(course, number)
        return None if row is None else self._open(row)

    def find(self, key: str) -> tuple[InstalledCourse, Module, Activity] | None:
        """Find the activity that a statement names ("course/module/activity")."""
        installed = self.course(key.partition("/")[0])
        found = None if installed is None else installed.course.find(key)
        return None if installed is None or found is None else (installed, *found)

    def _open(self, row: PackRow) -> InstalledCourse:
        content = self._read.get(row.digest)
        if content is None:
            content = self._read[row.digest] = content_of(row.manifest)
        return InstalledCourse(
            content, row.signer_title, row.digest, row.installed, row.withdrawn, self._folder
        )


def content_of(manifest: bytes) -> PackContent:
    """Read a manifest that was verified when it was installed, without the libraries that verify."""
    signed = json.loads(manifest)["signed"]
    objects = tuple(
        PackObject(path, target["length"], target["hashes"]["sha256"], target["custom"]["type"])
        for path, target in signed["targets"].items()
    )
    return PackContent(course_of(signed["suluh"]["course"]), objects)
