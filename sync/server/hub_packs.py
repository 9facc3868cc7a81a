"""How a hub fetches packs: what the centre offers, one after another, behind the post and within a limit."""

import asyncio
import contextlib
import logging
import random
import shutil
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from sync.client.faults import Failure
from sync.client.fetch import ask_offers, fetch
from sync.client.retry import Retry
from sync.client.transport import Transport
from sync.packs.offer import Offer, newest
from sync.packs.outline import version_number
from sync.postbag.hub_papers import SPENT_FILE
from sync.refusal import Refusal
from sync.server.home import PUBLIC, write_file
from sync.server.hub_home import HubHome
from sync.server.pack_shelf import PackShelf

LOOK = 3600.0
"""Seconds between two looks at what the centre offers, when all that fits is here."""
AFTER_POST = 2.0
"""Seconds to leave the line to the post before a pack goes on."""
ROOM = 4 << 30
"""Bytes of packs that a hub keeps at most."""
RESERVE = 512 << 20
"""Bytes of the disk that packs never take."""
_PART = "ambil"
_log = logging.getLogger(__name__)


class PackRounds:
    """The task that fills a hub's shelf. `limit` is in MB a month, 0 for none; `busy` while post goes.

    A pack is believed to be the centre's by the signature of its offer, and is served when its whole file was
    hashed; only PCs judge whom they trust to have written it.
    """

    def __init__(
        self,
        home: HubHome,
        addresses: Sequence[str],
        limit: int,
        now: Callable[[], int],
        busy: Callable[[], bool],
    ) -> None:
        self._folder = home.packs
        self._centre = home.office.header.centre
        self._limit, self._now, self._busy = limit * 1_000_000, now, busy
        # a pack is public and proves itself, so plain http does no harm
        self._ways = [Transport(one, plain_allowed=True) for one in addresses]
        self._tags: dict[str, str] = {}
        self._offers: tuple[Offer, ...] = ()
        self._broken: dict[str, int] = {}
        self._shelf = PackShelf(self._folder)
        self._ended = threading.Event()
        self._retry = Retry()

    async def run(self) -> None:
        """Fetch what there is until cancelled."""
        while self._limit and self._ways:
            pause = await asyncio.to_thread(self._round)
            await asyncio.sleep(pause)

    def close(self) -> None:
        """Stop what is under way; it goes on at the byte when the hub runs again."""
        self._ended.set()

    def _round(self) -> float:
        """Fetch what is wanted from the first address that answers, and return the seconds until the next."""
        found: bool | None = False
        try:
            for way in self._ways:
                found = self._from(way)
                if found is not False:
                    break
        except OSError as fault:  # the disk is full or gone; the post is told of that by its own store
            _log.warning("a pack could not be kept: %s", fault)
            found = False
        if found is None:
            return AFTER_POST
        self._retry = self._retry.succeeded() if found else self._retry.failed()
        draw = random.random()  # noqa: S311 - jitter
        return LOOK * (0.9 + 0.2 * draw) if found else self._retry.pause(draw)

    def _from(self, way: Transport) -> bool | None:
        """Fetch all that is wanted from one address: true when that is settled.

        False where it did not answer or the line broke, None when the post came first.
        """
        asked = ask_offers(way, self._centre, self._tags.get(way.address, ""))
        if isinstance(asked, Failure):
            return False
        offers, answer = asked
        if offers is not None:
            self._offers = tuple(one for one in newest(offers) if one.signature)
            self._tags = {way.address: answer.tag}
        self._sweep()
        for offer in self._wanted():
            done = None if self._busy() else self._one(way, offer)
            if not done:
                return done
        return True

    def _one(self, way: Transport, offer: Offer) -> bool | None:
        """Fetch one pack: true when that is settled, false when the line broke, None when the post came."""
        part = self._part(offer)
        spent = self._spent()
        before = part.stat().st_size if part.exists() else 0

        def go_on() -> bool:
            return not self._ended.is_set() and not self._busy()

        try:
            outcome = fetch(way, offer, part, go_on)
        except Refusal:
            _log.warning("a pack came damaged: %s", offer.digest)
            self._broken[offer.digest] = self._broken.get(offer.digest, 0) + 1
            self._spend(spent + offer.size - before)
            return True
        after = part.stat().st_size if part.exists() else 0
        self._spend(spent + max(0, after - before))
        if outcome is None:
            return None
        if isinstance(outcome, Failure):
            return False
        part.chmod(PUBLIC)
        self._shelf.adopt(part, offer)
        return True

    def _wanted(self) -> list[Offer]:
        """List what to fetch, the smallest first: newer than what is here, and within every limit."""
        held = {row.course: version_number(row.version) for row in self._shelf.offers()}
        left = min(
            self._limit - self._spent(),
            ROOM - sum(row.size for row in self._shelf.offers()),
            shutil.disk_usage(self._folder).free - RESERVE,
        )
        chosen: list[Offer] = []
        for offer in sorted(self._offers, key=lambda one: one.size):
            known = version_number(offer.version) <= held.get(offer.course, -1)
            if known or self._broken.get(offer.digest, 0) > 2:
                continue
            part = self._part(offer)
            left -= offer.size - (part.stat().st_size if part.exists() else 0)
            if left < 0:
                break
            chosen.append(offer)
        return chosen

    def _part(self, offer: Offer) -> Path:
        return self._folder / f".{offer.digest}.{_PART}"

    def _sweep(self) -> None:
        """Let go of what is offered no more: older versions, and pieces."""
        self._shelf.sweep()
        kept = {self._part(offer) for offer in self._offers}
        for path in self._folder.glob(f".*.{_PART}"):
            if path not in kept:
                path.unlink(missing_ok=True)

    def _spent(self) -> int:
        """Return the bytes fetched in this month so far."""
        with contextlib.suppress(OSError, ValueError):
            month, spent = (self._folder / SPENT_FILE).read_text("ascii").split()
            return int(spent) if month == self._month() else 0
        return 0

    def _spend(self, spent: int) -> None:
        write_file(self._folder / SPENT_FILE, f"{self._month()} {spent}".encode(), PUBLIC)

    def _month(self) -> str:
        return datetime.fromtimestamp(self._now(), UTC).strftime("%Y-%m")
