"""What installing a pack shows and asks for: frozen views and plain callables, no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from sync.packs.outline import ActivityKind


class PackState(Enum):
    """How a pack stands to what this computer already has."""

    NEW = "not on this computer"
    UPDATE = "newer than the installed version"
    SAME = "this version is installed"
    DOWNGRADE = "older, signed as a replacement of the newer one"


@dataclass(frozen=True, slots=True)
class FoundPack:
    """A pack file seen on a removable drive; nothing of it is believed yet. `size` in bytes."""

    path: Path
    name: str
    size: int
    drive: str


@dataclass(frozen=True, slots=True)
class PackPart:
    """One line of what a pack holds: how many of a kind, pages or questions in them, and their bytes."""

    kind: ActivityKind
    count: int
    items: int = 0
    size: int = 0
    captioned: int = 0


@dataclass(frozen=True, slots=True)
class PackPreview:
    """A verified pack before anything of it is copied; sizes in bytes, `jp` in hundredths.

    `token` is whatever `install` needs to find it again; the screens never look inside. `list_age` counts the
    days since the trust list went out of date. `first_use` says that this computer knows no root yet and
    would pin the one with this `fingerprint`.
    """

    token: object
    course: str
    title: str
    version: str
    publisher: str
    jp: int
    modules: int
    parts: tuple[PackPart, ...]
    size: int
    needed: int
    free: int
    capacity: int
    state: PackState = PackState.NEW
    installed_version: str = ""
    change_note: str = ""
    list_age: int = 0
    first_use: bool = False
    fingerprint: str = ""
    glyph: str = "book"

    @property
    def fits(self) -> bool:
        """Whether the space is enough."""
        return self.needed <= self.free


@dataclass(frozen=True, slots=True)
class PackActions:
    """What installing asks for.

    `install` reports bytes done and bytes in all; it gives False when `cancelled` said so, and then leaves
    the computer as it was. Both it and `inspect` raise `Problem`, `Refusal` or OSError.
    """

    found: Callable[[], tuple[FoundPack, ...]]
    inspect: Callable[[Path], PackPreview]
    install: Callable[[PackPreview, Callable[[int, int], None], Callable[[], bool]], bool]
