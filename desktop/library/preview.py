"""What a pack holds, told before anything of it is copied."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.library.index import ShelfIndex
from sync.packs.outline import ActivityKind, Course, version_text

if TYPE_CHECKING:
    from sync.packs.verify import Signer, VerifiedPack


class PackState(Enum):
    """How a pack stands to what this PC already has."""

    NEW = "no version of this course is installed"
    UPDATE = "it is newer than the installed version"
    SAME = "exactly this version is installed"
    DOWNGRADE = "it is older, and its publisher signed that it may replace the newer one"


@dataclass(frozen=True, slots=True)
class PackPart:
    """What a pack holds of one kind: activities, pages or questions in them, and bytes."""

    kind: ActivityKind
    count: int
    items: int
    size: int
    captioned: int = 0


@dataclass(frozen=True, slots=True)
class PackPreview:
    """A pack that was verified and would be installed; sizes in bytes.

    `needed` is what would be copied, objects already here left out; `free` what may be used. `list_age`
    counts the days since the trust list went out of date, 0 while it has not. `first_use` says that this PC
    knows no root yet and would pin the one with this `fingerprint`.
    """

    path: Path
    pack: "VerifiedPack"
    signer: "Signer"
    state: PackState
    installed_version: str
    parts: tuple[PackPart, ...]
    file_size: int
    size: int
    needed: int
    free: int
    capacity: int
    list_age: int
    first_use: bool
    fingerprint: str

    @property
    def course(self) -> Course:
        """The course inside."""
        return self.pack.manifest.course

    @property
    def fits(self) -> bool:
        """Whether the space is enough."""
        return self.needed <= self.free


def look(
    path: Path, pack: "VerifiedPack", index: ShelfIndex, *, missing: int, free: int, capacity: int, now: int
) -> PackPreview:
    """Describe a verified pack against what is installed. Sizes in bytes, `now` in Unix time."""
    from sync.packs.trust import fingerprint  # noqa: PLC0415 - who looks at a pack has loaded TUF, nobody else

    held = index.pack(pack.manifest.course.id)
    state = PackState.NEW
    if held is not None:
        state = PackState.SAME if held.digest == pack.manifest.digest else PackState.UPDATE
        if held.version > pack.manifest.version:
            state = PackState.DOWNGRADE
    late = datetime.fromtimestamp(now, UTC) - pack.list_expires
    return PackPreview(
        path=path,
        pack=pack,
        signer=pack.signer,
        state=state,
        installed_version="" if held is None else version_text(held.version),
        parts=_parts(pack),
        file_size=path.stat().st_size,
        size=pack.manifest.content.size,
        needed=missing,
        free=free,
        capacity=capacity,
        list_age=max(0, late.days),
        first_use=pack.first_use,
        fingerprint=fingerprint(pack.trust.root),
    )


def _parts(pack: "VerifiedPack") -> tuple[PackPart, ...]:
    sizes = {thing.path: thing.size for thing in pack.manifest.content.objects}
    found: dict[ActivityKind, PackPart] = {}
    for _, activity in pack.manifest.course.activities():
        part = found.get(activity.kind, PackPart(activity.kind, 0, 0, 0))
        found[activity.kind] = PackPart(
            activity.kind,
            part.count + 1,
            part.items + (activity.quiz.questions if activity.quiz else activity.pages),
            part.size + sum(sizes[path] for path in activity.paths),
            part.captioned + bool(activity.captions),
        )
    return tuple(found[kind] for kind in ActivityKind if kind in found)
