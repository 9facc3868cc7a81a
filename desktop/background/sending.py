"""How far a delivery is: bytes done, bytes of the whole, and the time left at the pace measured so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sync.client.deliver import Progress


@dataclass(frozen=True, slots=True)
class SendingProgress:
    """A delivery under way. Bytes are of HTTP both ways, headers in.

    `total_bytes` is None while the centre says that more lies behind what it brought: nobody knows how much.
    `seconds_left` is None too until something has gone, as nothing has been measured yet.
    """

    done_bytes: int
    total_bytes: int | None
    seconds_left: int | None

    @property
    def minutes_left(self) -> int | None:
        """The time left in whole minutes, never less than one: `sekitar 3 menit`."""
        return None if self.seconds_left is None else max(1, -(-self.seconds_left // 60))


@dataclass(frozen=True, slots=True)
class Errand:
    """What a delivery is given: whether somebody asked for it, when to stop, whom to tell how far it is."""

    by_hand: bool
    cancelled: Callable[[], bool]
    tell: Callable[[SendingProgress], None]


def sending_progress(done: Progress, waiting: int, seconds: float) -> SendingProgress:
    """Say how far a delivery is: `waiting` is about how many bytes are left, `seconds` what it took so far.

    The pace is that of this delivery, round trips in: on a slow link they are most of it.
    """
    bytes_done = done.sent_bytes + done.received_bytes
    if done.more:
        return SendingProgress(bytes_done, None, None)
    left = round(waiting * seconds / bytes_done) if bytes_done else None
    return SendingProgress(bytes_done, bytes_done + waiting, left)
