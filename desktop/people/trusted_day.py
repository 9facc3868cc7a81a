"""The day that this PC may believe: never the bare clock."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from desktop.store.device import Store
from desktop.store.profile import DEFAULT_ZONE


def today(store: Store) -> date:
    """Tell the trusted date in the office's zone: never the bare clock of the PC."""
    office = store.office()
    zone = ZoneInfo(DEFAULT_ZONE if office is None else office.header.zone)
    return datetime.fromtimestamp(store.now(), UTC).astimezone(zone).date()
