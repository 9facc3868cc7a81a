"""Where a learner stopped inside one activity, and how it is kept as a draft."""

from __future__ import annotations

import msgspec


class ResumePoint(msgspec.Struct, frozen=True, omit_defaults=True):
    """The exact spot: `page` from 1, the `letter` of its text at the top, `second` of a recording.

    A letter is the same line in any size of window and text; `scroll` is a share of the height of a document.
    `question` is the place in the order of attempt `attempt`, `doubts` the questions marked *ragu*, `speed`
    how fast a recording was played, `zoom` how large a document was shown. `words` are looked for on the page
    instead of the letter: somebody comes from a search or a note.
    """

    page: int = 1
    letter: int = 0
    scroll: float = 0.0
    second: float = 0.0
    attempt: int = 0
    question: int = 0
    doubts: tuple[int, ...] = ()
    speed: float = 1.0
    zoom: float = 1.0
    words: str = ""


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
