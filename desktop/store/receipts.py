"""Custody receipts: whose word this PC has that they carry a log, kept until the centre's ack covers it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.store.device import Store


@dataclass(frozen=True, slots=True)
class Receipt:
    """A holder's word that they carry `log` up to `seq`, given at Unix time `at`.

    `holder` is the key that gave it, a coordinator's or a hub's; `name` is what people call them.
    """

    log: int
    holder: bytes
    seq: int
    at: int
    name: str


class Receipts:
    """All receipts of one PC. They release nothing from the outbox: only an ack does, and it removes them."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def put(self, receipts: Iterable[Receipt]) -> None:
        """Keep receipts; one by the same holder for the same log only ever rises."""
        rows = [(one.log, one.holder, one.seq, one.at, one.name) for one in receipts]
        self._store.change(
            lambda run: [
                run(
                    "INSERT INTO receipt (log, holder, seq, at, name) SELECT ?1, ?2, ?3, ?4, ?5"
                    " WHERE ?3 > coalesce((SELECT seq FROM ack WHERE log = ?1), 0)"
                    " ON CONFLICT (log, holder) DO UPDATE SET"
                    " seq = excluded.seq, at = excluded.at, name = excluded.name WHERE excluded.seq > seq",
                    row,
                )
                for row in rows
            ]
        )

    def held(self) -> tuple[Receipt, ...]:
        """List the receipts, the newest first."""
        rows = self._store.device.query(
            "SELECT log, holder, seq, at, name FROM receipt ORDER BY at DESC, log, holder"
        )
        return tuple(Receipt(row[0], bytes(row[1]), row[2], row[3], row[4]) for row in rows)
