"""What the store hands out about profiles, keys and what waits to be sent: frozen, never a row."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Tile:
    """A profile as the sign-in screen shows it. `role` is one of the words of `sync.officefile.Role`."""

    profile: bytes
    nickname: str
    initials: str
    role: str


@dataclass(frozen=True, slots=True)
class Pc:
    """This PC: 16 random bytes made at the first start, and the name its people gave it (may be empty)."""

    id: bytes
    name: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """How a PIN is stretched; stored beside the salt, so that a later version may ask for more.

    `memory` is in KiB. The defaults take about 0.2 s of one core on a small PC.
    """

    salt: bytes
    memory: int = 64 * 1024
    passes: int = 2


@dataclass(frozen=True, slots=True)
class Lockup:
    """When a profile was locked after too many wrong PINs: by the wall clock, and within which boot."""

    wall: int = 0
    monotonic: int = 0
    boot: bytes = b""


NEVER_LOCKED = Lockup()


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """What this PC keeps of a profile outside the profile's own database. Secrets are wrapped."""

    profile: bytes
    file: str
    nickname: str
    initials: str
    role: str
    nip_tag: bytes = field(repr=False)
    stretch: Stretch = field(repr=False)
    database_by_pin: bytes = field(repr=False)
    database_by_code: bytes = field(repr=False)
    keys_by_pin: bytes = field(repr=False)
    failures: int = 0
    lockup: Lockup = NEVER_LOCKED


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One sealed segment waiting in the outbox: statements `first` to `last` of `log`."""

    log: int
    first: int
    last: int
    profile: bytes
    sealed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A sealed feed piece that waits for its person to sign in."""

    scope: str
    start: int
    piece: bytes = field(repr=False)
