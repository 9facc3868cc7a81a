"""How far everybody's feeds have come, in the device's database: a locked PC asks for its people by it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.store.device import Run, Store


@dataclass(frozen=True, slots=True)
class Reach:
    """A profile with its public letter and signing keys, and its cursors by scope, `own` among them."""

    profile: bytes
    letter: bytes
    signing: bytes
    cursors: Mapping[str, int]


class Reached:
    """A copy of each profile's cursors; the profile's own database is what counts."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def put(self, reach: Reach) -> None:
        """Replace what is known of one profile. Writes nothing when nothing has changed."""
        if reach in self.all():
            return
        rows = [
            (reach.profile, scope, value, reach.letter, reach.signing)
            for scope, value in reach.cursors.items()
        ]

        def write(run: "Run") -> None:
            run("DELETE FROM reached WHERE profile = ?", (reach.profile,))
            for row in rows:
                run(
                    "INSERT INTO reached (profile, scope, value, letter, signing) VALUES (?, ?, ?, ?, ?)", row
                )

        self._store.change(write)

    def all(self) -> tuple[Reach, ...]:
        """Tell how far each profile of this PC has come."""
        found: dict[tuple[bytes, bytes, bytes], dict[str, int]] = {}
        for row in self._store.device.query(
            "SELECT profile, letter, signing, scope, value FROM reached ORDER BY profile, scope"
        ):
            found.setdefault((bytes(row[0]), bytes(row[1]), bytes(row[2])), {})[row[3]] = row[4]
        return tuple(Reach(*whose, cursors) for whose, cursors in found.items())
