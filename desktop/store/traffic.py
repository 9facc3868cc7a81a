"""How many bytes this PC sent and received, by day and road: what the internet costs its people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.store.device import Store

NET, LAN, STICK = "net", "lan", "stick"
"""The roads: the internet, the office's own network, a USB stick."""
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Bytes:
    """Bytes that went out and came in."""

    sent: int = 0
    received: int = 0

    @property
    def total(self) -> int:
        """Bytes in both directions."""
        return self.sent + self.received


class Traffic:
    """Adds up bytes. Days are those of the office's zone by trusted time; UTC without an office."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def add(self, road: str, sent: int, received: int) -> None:
        """Add bytes of one exchange to today."""
        if not sent and not received:
            return
        row = (self._days(self._day()), road, sent, received)
        self._store.change(
            lambda run: run(
                "INSERT INTO traffic (day, road, sent, received) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (day, road) DO UPDATE SET"
                " sent = sent + excluded.sent, received = received + excluded.received",
                row,
            )
        )

    def today(self) -> Mapping[str, Bytes]:
        """Give today's bytes by road; a road that carried nothing is not named."""
        day = self._day()
        return self._between(day, day)

    def month(self) -> Mapping[str, Bytes]:
        """Give the bytes of the calendar month so far, by road."""
        day = self._day()
        return self._between(day.replace(day=1), day)

    def _between(self, first: date, last: date) -> Mapping[str, Bytes]:
        rows = self._store.device.query(
            "SELECT road, sum(sent), sum(received) FROM traffic WHERE day BETWEEN ? AND ? GROUP BY road",
            (self._days(first), self._days(last)),
        )
        return {row[0]: Bytes(row[1], row[2]) for row in rows}

    def _day(self) -> date:
        from zoneinfo import ZoneInfo  # noqa: PLC0415 - 3 ms that the first paint must not pay

        office = self._store.office()
        zone: tzinfo = UTC if office is None else ZoneInfo(office.header.zone)
        # counted from the epoch: a clock set to year 10,000 must not keep anybody from sending
        moment = datetime.fromtimestamp(0, UTC) + timedelta(seconds=min(self._store.now(), 1 << 37))
        return moment.astimezone(zone).date()

    def _days(self, day: date) -> int:
        return (day - _EPOCH).days
