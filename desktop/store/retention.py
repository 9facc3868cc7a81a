"""The retention schedule by which this PC keeps: the centre's newest that came, or the one in the app."""

from functools import lru_cache
from typing import TYPE_CHECKING

from sync.refusal import Refusal
from sync.retention import Schedule, Term, read_schedule, shipped_schedule
from sync.signed_documents import RETENTION

if TYPE_CHECKING:
    from desktop.store.device import Store


def schedule_of(store: "Store") -> Schedule:
    """Read the schedule that counts here; one that the office's centre has not signed is as good as none."""
    raw, office = store.blob(f"document_{RETENTION}"), store.office()
    if raw is None or office is None:
        return shipped_schedule()
    return _read(raw, office.header.centre)


def forgotten_before(store: "Store", term: Term, at: int) -> int:
    """Tell the Unix second before which a kind is past its term at `at`; 0 where nothing of it ends."""
    length = schedule_of(store).seconds(term)
    return 0 if length is None else max(0, at - length)


@lru_cache(maxsize=2)
def _read(raw: bytes, centre: bytes) -> Schedule:
    try:
        return read_schedule(raw, centre)
    except Refusal:
        return shipped_schedule()
