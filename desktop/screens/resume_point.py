"""Where a learner stopped inside one activity, and how it is kept as a draft."""

from __future__ import annotations

import msgspec


class ResumePoint(msgspec.Struct, frozen=True, omit_defaults=True):
    """The exact spot: `page` from 1, `scroll` as a share of the page's height, `second` of a recording.

    `question` is the place in the order of attempt `attempt`, `doubts` the questions marked *ragu*, `speed`
    `volume` (percent) how the recording was played.
    """

    page: int = 1
    scroll: float = 0.0
    second: float = 0.0
    attempt: int = 0
    question: int = 0
    doubts: tuple[int, ...] = ()
    speed: float = 1.0
    volume: int = 100
    zoom: float = 1.0


def pack_point(point: ResumePoint) -> bytes:
    """Bytes for the draft of one activity."""
    return msgspec.json.encode(point)


def read_point(draft: bytes | None) -> ResumePoint:
    """The spot in a draft; a draft of another version or a damaged one is the beginning, never an error."""
    if not draft:
        return ResumePoint()
    try:
        return msgspec.json.decode(draft, type=ResumePoint)
    except msgspec.DecodeError:
        return ResumePoint()
