"""One delivery over one address, counted: its bytes go into the meter, and the month's limit stops it."""

import ipaddress
import time
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from desktop.background.sending import Errand, sending_progress
from desktop.screens.meter import MeterView
from desktop.settings import read_settings
from desktop.store.device import Store
from desktop.store.profile import Profile
from desktop.store.sealed_side import SealedSide
from desktop.store.traffic import LAN, NET, Bytes
from desktop.store.waiting import waiting_bytes
from sync.client.deliver import Progress, SyncOutcome, deliver
from sync.client.faults import Failure, blame_clock
from sync.client.transport import Transport
from sync.postbag.hub_papers import PACK_FOLDER, SPENT_FILE

HUB_FOLDER = "hub"
"""Where the hub of this PC keeps its things, inside the data folder."""
_MB = 1_000_000
_NOTHING = Progress(0, 0, 0)


def deliver_metered(profile: Profile, transport: Transport, errand: Errand, *, sealed: bool) -> SyncOutcome:
    """Deliver, telling how far it is. `sealed` keeps every statement locked on its way.

    One that nobody asked for ends `cancelled` where the month's limit is used up, before or between rounds.
    Whatever went is counted, also what went in vain.
    """
    road = road_of(transport.address)
    room = None if errand.by_hand or road == LAN else room_left(profile.store)
    if room is not None and room <= 0:
        return SyncOutcome(None, 0, 0, 0, 0, 0, cancelled=True)
    began = time.monotonic()
    latest = _NOTHING

    def enough() -> bool:
        return errand.cancelled() or (room is not None and latest.sent_bytes + latest.received_bytes >= room)

    def tell(how_far: Progress) -> None:
        nonlocal latest
        latest = how_far
        waiting = waiting_bytes(profile, sealed=sealed)
        errand.tell(sending_progress(how_far, waiting, time.monotonic() - began))

    tell(_NOTHING)
    side = SealedSide(profile) if sealed else profile
    outcome = deliver(side, transport, profile.store.clock, cancelled=enough, progress=tell)
    profile.store.traffic.add(road, outcome.sent_bytes, outcome.received_bytes)
    if outcome.failure is None:
        return outcome
    return replace(outcome, failure=with_clock(outcome.failure, profile.store))


def with_clock(failure: Failure, store: Store) -> Failure:
    """Say of a server that could not prove itself whether this PC's clock is why."""
    trusted, clock = store.trusted(), store.clock
    exact = trusted.boot == clock.boot()
    since = max(0, clock.monotonic() - trusted.monotonic) if exact else 0
    return blame_clock(failure, clock.wall(), trusted.signed + since, exact=exact)


def room_left(store: Store) -> int | None:
    """Tell how many bytes this month's limit still leaves on the internet; None where there is no limit."""
    room = room_for_hub(store)
    return None if room is None else room - hub_bytes(store)


def room_for_hub(store: Store) -> int | None:
    """Tell how many bytes the limit leaves to the packs that the hub of this PC fetches, those it has in."""
    limit = read_settings(store.setting).data_limit
    return limit * _MB - store.traffic.month().get(NET, Bytes()).total if limit else None


def hub_bytes(store: Store) -> int:
    """Tell how many bytes of packs the hub of this PC, if it is one, has fetched in this month."""
    try:
        month, spent = (store.folders.data / HUB_FOLDER / PACK_FOLDER / SPENT_FILE).read_text("ascii").split()
        return int(spent) if month == f"{datetime.fromtimestamp(store.now(), UTC):%Y-%m}" else 0
    except (OSError, ValueError):
        return 0


def meter(store: Store) -> MeterView:
    """Show what the internet has cost today and this month, and the limit."""
    today, month = store.traffic.today(), store.traffic.month()
    return MeterView(
        today.get(NET, Bytes()).total,
        month.get(NET, Bytes()).total + hub_bytes(store),
        read_settings(store.setting).data_limit * _MB,
        month.get(LAN, Bytes()).total,
    )


def road_of(address: str) -> str:
    """Tell the road of an address: the office's own network costs nobody's data, so no limit counts it."""
    host = urlsplit(address).hostname or ""
    if host == "localhost" or host.endswith(".local"):
        return LAN
    try:
        return LAN if ipaddress.ip_address(host).is_private else NET
    except ValueError:
        return NET
