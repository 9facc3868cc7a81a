"""What stays of an erased person on this PC: two letters and a day, until somebody has read it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.store.faults import StoreFault

if TYPE_CHECKING:
    from desktop.store.device import Store

_GONE, _TOLD = "gone_", "erasures_told"
_TIME, _WORD = 8, 17


@dataclass(frozen=True, slots=True)
class Farewell:
    """A profile that was here: its initials, and the Unix second at which it went."""

    profile: bytes
    initials: str
    at: int


class Farewells:
    """Profiles that went because the centre erased their person. Kept in the device's encrypted database."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def bid(self, profile: bytes) -> None:
        """Destroy a profile's file, its backups and its wrapped keys; nothing may have it open.

        What it had sealed waits in the outbox until the centre has acknowledged it. The mark is written
        first: after a power cut `finish` goes on.
        """
        row = self._store.profile(profile)
        said = self._store.now().to_bytes(_TIME, "big") + row.initials.encode("utf-8")
        self._store.put_blob(_GONE + profile.hex(), said)
        self._store.remove_profile(profile)

    def finish(self) -> None:
        """Go on with what a power cut broke off, and forget what is long past."""
        if not (gone := self.all()):
            return
        from desktop.store.retention import forgotten_before  # noqa: PLC0415 - crypto waits until it is needed
        from sync.retention import Term  # noqa: PLC0415 - as above

        ended = forgotten_before(self._store, Term.FAREWELL, self._store.proven())
        for one in gone:
            try:
                self._store.remove_profile(one.profile)
            except StoreFault:
                if one.at < ended:
                    self.read(one.profile)

    def all(self) -> tuple[Farewell, ...]:
        """List those that are still told, the newest first."""
        query = "SELECT name, value FROM setting WHERE name GLOB ?"
        rows = self._store.device.query(query, (f"{_GONE}*",))
        found = [
            Farewell(
                bytes.fromhex(name.removeprefix(_GONE)),
                bytes(value[_TIME:]).decode("utf-8"),
                int.from_bytes(value[:_TIME], "big"),
            )
            for name, value in rows
        ]
        return tuple(sorted(found, key=lambda one: (-one.at, one.profile)))

    def read(self, profile: bytes) -> None:
        """Somebody has read it: nothing stays."""
        self._store.change(lambda run: run("DELETE FROM setting WHERE name = ?", (_GONE + profile.hex(),)))

    def told(self) -> dict[bytes, bool]:
        """Tell of which erasures this PC has said that it carried them out; the value: their profile too."""
        kept = self._store.blob(_TOLD) or b""
        words = [kept[start : start + _WORD] for start in range(0, len(kept), _WORD)]
        return {word[:-1]: bool(word[-1]) for word in words}

    def tell(self, person: bytes, *, own: bool) -> None:
        """Remember that it was said."""
        said = {**self.told(), person: own}
        self._store.put_blob(_TOLD, b"".join(who + bytes((one,)) for who, one in sorted(said.items())))
