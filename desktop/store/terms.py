"""What on this PC comes to the end of its term: when it goes, what holds it back, and how it goes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

import msgspec

from desktop.store.care import DEVICE_FILE
from desktop.store.copies import FOLDER, SIDES, copies_of
from desktop.store.mending import ASIDE, set_aside_of
from desktop.store.retention import schedule_of
from sync.journal.acks import Held
from sync.retention import Term

if TYPE_CHECKING:
    from desktop.store.device import Store
    from desktop.store.profile import Profile

_SEEN, _GOING = "terms_seen", "terms_going"
SPOTS = ("place ", "time ")
"""Drafts that only say where somebody was; every other one is work."""
_NEVER = 1 << 62


class Hold(Enum):
    """Why something past its term stays all the same; the greater outweighs the smaller."""

    NONE = 0
    DRAFT = 1
    """A draft lies in it that was never handed in."""
    UNKNOWN = 2
    """It was not closed in order, or lacks something: nobody can tell what is in it."""
    UNSENT = 3
    """The centre has not received everything of it."""


class _Seen(msgspec.Struct, array_like=True, frozen=True):
    """Since when something counts, and when people were first told that it goes; 0: not yet."""

    since: int
    told: int = 0


class _Left(msgspec.Struct, array_like=True, frozen=True):
    """When somebody last left their profile in order (0: never), and how many drafts lay there.

    `loose`: something they stated lies in their profile alone, as there was no office to seal it to.
    """

    at: int = 0
    drafts: int = 0
    inside: bool = False
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Ending:
    """One thing that comes to its end: `due` is the Unix second of its term, `goes` the earliest it goes.

    `name` says whose it is: a profile's initials, empty for the PC's own. `goes` is 0 while it is held.
    `fresh` is whether nobody was told of it before.
    """

    term: Term
    key: str
    name: str
    due: int
    goes: int
    hold: Hold
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class _Thing:
    """Something with a term: since when it counts, 0 for since it was first seen here."""

    term: Term
    key: str
    name: str
    since: int
    hold: Hold


class Terms:
    """Looks after what is past its term in one data folder. The list lies in the encrypted device.db.

    Lengths count from the latest moment it can have been, and end only by time that has certainly passed: a
    clock that is wrong keeps too long and never too short.
    """

    def __init__(self, store: "Store") -> None:
        self._store = store

    # --- who uses their profile --------------------------------------------------------------------------

    def entered(self, profile: bytes) -> None:
        """Somebody signed in: nothing is known of their profile until they leave in order."""
        known = self._left(profile)
        self._put_left(profile, _Left(known.at, known.drafts, inside=True, loose=known.loose))

    def left(self, profile: "Profile") -> None:
        """Somebody leaves in order. Call before the profile closes, when everything of it was written."""
        with profile.database.read() as connection:
            names = connection.exec_driver_sql("SELECT name FROM draft").scalars().all()
        count = sum(not name.startswith(SPOTS) for name in names)
        loose = not self._is_sealed(profile)
        self._put_left(profile.profile, _Left(self._store.now(), count, loose=loose))

    def _is_sealed(self, profile: "Profile") -> bool:
        """Tell whether all that somebody stated here is at the centre or lies sealed in the outbox."""
        acks, sealed = self._store.outbox.acks(), self._store.outbox.covered(profile.profile)
        for log, last in profile.own_ends().items():
            held = Held(acks.get(log, 0))
            for first, end in sealed.get(log, ()):
                held = held.add(first, end)
            if held.prefix < last:
                return False
        return True

    def _left(self, profile: bytes) -> _Left:
        raw = self._store.blob(_left_name(profile))
        known = _Left() if raw is None else msgspec.msgpack.decode(raw, type=_Left)
        now = self._store.now()
        if known.at <= now:
            return known
        mended = _Left(now, known.drafts, known.inside, known.loose)  # the clock was ahead when they left
        self._put_left(profile, mended)
        return mended

    def _put_left(self, profile: bytes, word: _Left) -> None:
        self._store.put_blob(_left_name(profile), msgspec.msgpack.encode(word))

    # --- what comes to its end ---------------------------------------------------------------------------

    def look(self, inside: bytes = b"") -> tuple[Ending, ...]:
        """List what comes to its end within the time of notice, or is past it and held; the earliest first.

        `inside` is who is signed in: their own profile never goes. What nobody was told of yet goes as if
        they were told now.
        """
        schedule, seen, now = schedule_of(self._store), self._seen(), self._store.now()
        proven = self._store.proven()
        kept: dict[str, _Seen] = {}
        found: list[Ending] = []
        for thing in self._things(inside, seen):
            before = seen.get(thing.key, _Seen(now))
            since = thing.since or min(before.since, now)
            told = min(before.told, now) if since <= before.since else 0
            length = schedule.seconds(thing.term)
            if length is None or proven + schedule.notice < since + length:
                kept[thing.key] = _Seen(since)
                continue
            kept[thing.key] = _Seen(since, told)
            due = since + length
            goes = 0 if thing.hold is not Hold.NONE else max(due, (told or now) + schedule.notice)
            found.append(Ending(thing.term, thing.key, thing.name, due, goes, thing.hold, fresh=not told))
        if kept != seen:
            self._store.put_blob(_SEEN, msgspec.msgpack.encode(kept))
        return tuple(sorted(found, key=lambda one: (one.goes or _NEVER, one.due, one.key)))

    def tell(self, which: Iterable[Ending]) -> None:
        """Note that people were told of what is listed; what was told before stays as it is."""
        seen, now = self._seen(), self._store.now()
        told = {one.key: _Seen(seen[one.key].since, seen[one.key].told or now) for one in which}
        self._store.put_blob(_SEEN, msgspec.msgpack.encode({**seen, **told}))

    def end(self, which: Iterable[Ending], inside: bytes = b"") -> int:
        """Delete what of a list may go now; gives how many things went. `finish` makes a power cut good."""
        wanted, proven = {one.key for one in which}, self._store.proven()
        going = []
        for one in self.look(inside):
            if one.key in wanted and is_over(one, proven):
                kind, _, rest = one.key.partition(":")
                file = self._store.profile(bytes.fromhex(rest)).file if one.term is Term.PROFILE else rest
                going.append(f"{kind}:{rest}:{file}")
        if not going:
            return 0
        self._store.put_setting(_GOING, "\n".join(going))
        return self.finish()

    def finish(self) -> int:
        """Go on with what is being deleted; gives how many things went."""
        going = [line.split(":") for line in self._store.setting(_GOING).split("\n") if line]
        for kind, rest, file in going:
            _ENDS[Term(kind)](self._store, rest, file)
        if going:
            self._store.put_setting(_GOING, "")
        return len(going)

    def _seen(self) -> dict[str, _Seen]:
        raw = self._store.blob(_SEEN)
        return {} if raw is None else msgspec.msgpack.decode(raw, type=dict[str, _Seen])

    def _things(self, inside: bytes, seen: dict[str, _Seen]) -> Iterator[_Thing]:
        worst, first = Hold.NONE, _NEVER
        for tile in self._store.tiles():
            file, left = self._store.profile(tile.profile).file, self._left(tile.profile)
            sound = self._sound(tile.profile, file, left, inside)
            worst, first = max(worst, sound, key=lambda one: one.value), min(first, left.at)
            if tile.profile != inside:
                hold = Hold.DRAFT if sound is Hold.NONE and left.drafts else sound
                yield _Thing(Term.PROFILE, f"profile:{tile.profile.hex()}", tile.initials, left.at, hold)
            yield from self._aside(file, tile.initials, sound, left.at, seen)
            yield from self._copies(file, tile.initials)
        if first != _NEVER:  # on a PC where nobody has a profile any more nobody can tell
            yield from self._aside(DEVICE_FILE, "", worst, first, seen)
        yield from self._copies(DEVICE_FILE, "")

    def _sound(self, profile: bytes, file: str, left: _Left, inside: bytes) -> Hold:
        """Tell whether all that a profile stated lies at the centre, as far as this PC can be sure."""
        care = self._store.care
        if left.loose or self._store.outbox.covered(profile):
            return Hold.UNSENT
        open_ = left.inside and profile != inside
        lacks = care.is_unchecked(file) or care.is_damaged(file) or care.missing(file)
        return Hold.UNKNOWN if not left.at or open_ or lacks else Hold.NONE

    def _aside(self, file: str, name: str, hold: Hold, left: int, seen: dict[str, _Seen]) -> Iterator[_Thing]:
        """Give each set-aside database; its people must have been there since, and have left in order."""
        for path in set_aside_of(self._store.folders.data, file):
            if path.name.endswith(SIDES[1:]):
                continue
            key = f"aside:{path.name}"
            been = key in seen and left > seen[key].since
            yield _Thing(Term.ASIDE, key, name, 0, hold if been or hold is not Hold.NONE else Hold.UNKNOWN)

    def _copies(self, file: str, name: str) -> Iterator[_Thing]:
        """Give each backup but the newest, which stays as long as its database does."""
        care = self._store.care
        lacks = care.is_unchecked(file) or care.is_damaged(file) or care.missing(file)
        for one in copies_of(self._store.folders.data, file)[1:]:
            yield _Thing(Term.COPY, f"copy:{one.path.name}", name, 0, Hold.UNKNOWN if lacks else Hold.NONE)


def is_over(one: Ending, proven: int) -> bool:
    """Whether something may go: not held, and people were told long enough ago. `proven`: Unix seconds."""
    return 0 < one.goes <= proven


def _left_name(profile: bytes) -> str:
    return f"left_{profile.hex()}"


def _end_profile(store: "Store", rest: str, file: str) -> None:
    profile = bytes.fromhex(rest)
    store.remove_profile(profile, file)
    store.change(
        lambda run: [
            run("DELETE FROM waiting WHERE profile = ?", (profile,)),
            run("DELETE FROM setting WHERE name = ?", (_left_name(profile),)),
        ]
    )


def _end_aside(store: "Store", _rest: str, file: str) -> None:
    for end in SIDES:
        (store.folders.data / ASIDE / f"{file}{end}").unlink(missing_ok=True)


def _end_copy(store: "Store", _rest: str, file: str) -> None:
    (store.folders.data / FOLDER / file).unlink(missing_ok=True)


_ENDS: dict[Term, Callable[["Store", str, str], None]] = {
    Term.PROFILE: _end_profile,
    Term.ASIDE: _end_aside,
    Term.COPY: _end_copy,
}
