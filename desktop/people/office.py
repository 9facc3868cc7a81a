"""The office of this PC: a new PC believes its first office file, and from then on only that centre."""

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from desktop.store.device import Store
from desktop.store.trust import adopt_newer, first_office, judge_first, judge_office
from sync.officefile import SIZE_LIMIT, OfficeFile
from sync.refusal import Code, Refusal

ENDING = ".suluh-kantor"


@dataclass(frozen=True, slots=True)
class OfficeOffer:
    """An office file before anything is taken from it.

    `fingerprint` is shown so that the coordinator can compare it on a first PC; `first` tells that this PC
    knows no office yet and would believe this one. `issued` is Unix time, `people` counts the NIPs listed.
    """

    name: str
    zone: str
    coordinator: str
    fingerprint: str
    servers: tuple[str, ...]
    version: int
    first: bool
    issued: int
    people: int
    raw: bytes = field(repr=False)


def inspect_office(store: Store, source: Path | bytes) -> OfficeOffer:
    """Read an office file without keeping it. Raises Refusal when it is forged, damaged, foreign or older."""
    raw = source if isinstance(source, bytes) else _read(source)
    held = store.office()
    office = judge_first(store, raw) if held is None else judge_office(store, held, raw)
    header = office.header
    return OfficeOffer(
        header.name,
        header.zone,
        header.coordinator,
        fingerprint(office),
        header.servers,
        header.version,
        held is None,
        header.issued,
        len(header.entries),
        raw,
    )


def adopt_office(store: Store, raw: bytes) -> OfficeFile:
    """Make an office file this PC's own; gives the office that now holds.

    The first one pins its centre's key (trust on first use); later ones must be signed by it, be of the same
    office, and not be older. Raises Refusal.
    """
    if store.office() is None:
        first_office(store, raw)
    else:
        adopt_newer(store, raw)
    office = store.office()
    if office is None:
        raise Refusal(Code.OFFICE)
    store.saw_time(office.header.issued)
    return office


def fingerprint(office: OfficeFile) -> str:
    """Show the centre's key and the root of trust in 20 digits that two people can read to each other."""
    digest = sha256(
        b"suluh fingerprint 1\0" + office.header.centre + sha256(office.header.root).digest()
    ).digest()
    number = str(int.from_bytes(digest[:9], "big") % 10**20).zfill(20)
    return " ".join(number[start : start + 5] for start in range(0, 20, 5))


def servers(store: Store) -> tuple[str, ...]:
    """Tell where the centre may be reached: the address set by hand first, then those of the office file."""
    own = store.setting("server").strip()
    office = store.office()
    known = () if office is None else office.header.servers
    return tuple(dict.fromkeys(([own] if own else []) + list(known)))


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        raw = file.read(SIZE_LIMIT + 1)
    if len(raw) > SIZE_LIMIT:
        raise Refusal(Code.TOO_LARGE, size=len(raw), limit=SIZE_LIMIT)
    return raw
