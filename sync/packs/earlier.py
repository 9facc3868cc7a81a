"""An earlier pack of a course, as the ground an update builds on."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sync.packs.archive import MAX_PATCH, Entry
from sync.packs.documents import load_targets
from sync.packs.manifest import read_manifest
from sync.packs.objects import make_patch, read_object
from sync.packs.outline import PackObject
from sync.packs.reader import read_pack
from sync.refusal import Code, Refusal

# A patch worth its trouble is a good deal smaller than what it replaces.
WORTH = 0.8


@dataclass(frozen=True, slots=True)
class Earlier:
    """A complete pack, read: its objects by path and by digest."""

    file: Path
    objects: Mapping[str, Entry]
    by_path: Mapping[str, PackObject]

    @classmethod
    def read(cls, path: Path) -> "Earlier":
        """Read a pack of one's own; who installs the update checks what it makes. Raises Refusal, OSError."""
        with path.open("rb") as file:
            layout = read_pack(file)
        manifest = read_manifest(load_targets(layout.manifest, "manifest"), layout.manifest)
        things = {thing.path: thing for thing in manifest.content.objects}
        if not {thing.sha256 for thing in things.values()} <= layout.objects.keys():
            raise Refusal(Code.BASE, pack=manifest.course.id)  # an update is no ground for another one
        return cls(path, layout.objects, things)

    def patch(self, thing: PackObject, data: bytes, otherwise: int) -> tuple[str, bytes] | None:
        """Make the patch for an object out of the one that had its path, as (base digest, patch).

        None where there was none, or where the patch is not much smaller than `otherwise`, the bytes the
        object would take.
        """
        base = self.by_path.get(thing.path)
        if base is None or max(base.size, thing.size) > MAX_PATCH:
            return None
        with self.file.open("rb") as file:
            before = b"".join(bytes(piece) for piece in read_object(file, self.objects[base.sha256], base))
        patch = make_patch(before, data)
        return (base.sha256, patch) if len(patch) < otherwise * WORTH else None
