"""One fetch of a pack: within the disk and the month's limit, counted by the meter, kept only when right."""

import time
from typing import TYPE_CHECKING

from desktop.app.metered import road_of, room_left, with_clock
from desktop.app.pack_sources import Seen, way_to
from desktop.background.pack_fetches import Errand
from desktop.errors import Problem
from desktop.formats import size
from desktop.language import tr
from desktop.library.fetched import FetchFolder
from desktop.store.traffic import LAN, NET
from sync.client.faults import Failure, Fault
from sync.client.fetch import fetch
from sync.packs.offer import Offer
from sync.refusal import Refusal

if TYPE_CHECKING:
    from desktop.store.device import Store

COUNT_EVERY = 256_000
"""Bytes over the internet after which a fetch under way is written into the data meter."""
_PACE = {LAN: 1_000_000, NET: 16_000}
"""Bytes a second that are assumed of a road until a fetch has measured it."""
_SURE = 100_000


class PackErrand:
    """Fetches what was seen into the folder; on the thread of the fetches."""

    def __init__(self, store: "Store", folder: FetchFolder) -> None:
        self._store, self._folder = store, folder

    def run(self, seen: Seen, errand: Errand) -> Failure | None:
        """Fetch what is missing; None when it is whole, or was told to stop.

        Raises Problem: no room on the disk, more than the month's limit leaves on the internet, another file
        than was offered. OSError as the disk says it.
        """
        offer, road = seen.offer, road_of(seen.source.address)
        part = self._folder.begin(offer)
        first = part.stat().st_size if part.exists() else 0
        room = None if road == LAN else room_left(self._store)
        if room is not None and offer.size - first > room:
            raise _over_limit(offer, offer.size - first, max(0, room))
        way, meter, began = way_to(seen.source), _Meter(self._store, road, first), time.monotonic()

        def tell(done: int) -> None:
            errand.tell(done, offer.size)
            meter.count(done)

        def go_on() -> bool:
            return not errand.stop.is_set() and (room is None or meter.done - first < room)

        try:
            outcome = fetch(way, offer, part, go_on, tell)
        except Refusal as refusal:
            self._folder.discard(offer.digest)
            raise _damaged(offer) from refusal
        finally:
            way.close()
            meter.settle(way.traffic.sent, way.traffic.received)
            self._measure(road, way.traffic.received, time.monotonic() - began)
        if isinstance(outcome, Failure):
            if outcome.fault is Fault.REFUSED:
                raise _gone(offer)
            return with_clock(outcome, self._store)
        if outcome is not None:
            self._folder.finish(offer.digest)
        elif not errand.stop.is_set():
            raise _over_limit(offer, offer.size - meter.done, 0)
        return None

    def pace(self, road: str) -> int:
        """Return the bytes a second that a road carries, as far as anybody knows."""
        kept = self._store.setting(f"pace_{road}")
        return int(kept) if kept.isascii() and kept.isdigit() and int(kept) else _PACE[road]

    def _measure(self, road: str, octets: int, seconds: float) -> None:
        if octets >= _SURE and seconds > 0:
            self._store.put_setting(f"pace_{road}", str(max(1, int(octets / seconds))))


class _Meter:
    """Writes the bytes of a fetch into the data meter while it goes, so that a power cut forgets few."""

    def __init__(self, store: "Store", road: str, first: int) -> None:
        self._store, self._road = store, road
        self.done = self._counted = first
        self._added = 0

    def count(self, done: int) -> None:
        self.done = done
        if self._road == NET and done - self._counted >= COUNT_EVERY:
            self._add(0, done - self._counted)
            self._counted = done

    def settle(self, sent: int, received: int) -> None:
        """Add what is missing of what went over the wire, heads and handshakes in."""
        self._add(sent, max(0, received - self._added))

    def _add(self, sent: int, received: int) -> None:
        self._store.traffic.add(self._road, sent, received)
        self._added += received


def _over_limit(offer: Offer, needed: int, left: int) -> Problem:
    advice = tr("Yang sudah diambil tetap ada. Ambil di jaringan kantor, atau ubah batas data di Setelan.")
    return Problem(
        tr("{judul} perlu {perlu}, batas data bulan ini tersisa {sisa}.").format(
            judul=offer.title, perlu=size(needed), sisa=size(left)
        ),
        advice,
    )


def _damaged(offer: Offer) -> Problem:
    return Problem(
        tr("{judul} tidak sama dengan aslinya, jadi tidak dipasang.").format(judul=offer.title),
        tr("Versi yang terpasang tetap dapat dipakai. Coba lagi, atau pasang dari flashdisk."),
    )


def _gone(offer: Offer) -> Problem:
    return Problem(
        tr("{judul} tidak ditawarkan lagi.").format(judul=offer.title),
        tr("Tidak ada yang berubah. Minta koordinator, atau pasang dari flashdisk."),
    )
