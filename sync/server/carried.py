"""One part of the post, opened: a PC's sealed segments turned into an offer. Needs no database."""

from __future__ import annotations

from dataclasses import dataclass

from sync.journal.keys import LetterKey
from sync.journal.sealing import unseal
from sync.journal.segment import peek_segment
from sync.postbag.outward import Outward, open_outward
from sync.postbag.part import Part
from sync.refusal import Code, Refusal
from sync.server.intake import Offer, Offered, Word

WANTS_LIMIT = 256
"""Profiles of one PC that are answered: far more than share one."""
_MAY_COME_AGAIN = frozenset(
    code.wire for code in (Code.OFFICE, Code.TOO_LARGE, Code.UNAVAILABLE, Code.VERSION, Code.UNKNOWN_KIND)
)


@dataclass(frozen=True, slots=True)
class Brought:
    """An opened part: what the PC says of itself, and its segments as an offer that nobody signs."""

    digest: bytes
    office: bytes
    outward: Outward
    offer: Offer


def open_part(part: Part, letter: LetterKey) -> Brought:
    """Open a part and check every segment in it.

    Raises Refusal when the part is not for this centre or does not open. A segment that cannot be believed is
    told by its place and holds up no other.
    """
    outward = open_outward(part, letter)
    if len(outward.wants) > WANTS_LIMIT:
        raise Refusal(Code.TOO_LARGE, wants=len(outward.wants), limit=WANTS_LIMIT)
    segments: list[Offered] = []
    refusals: list[Word] = []
    for place, sealed in enumerate(outward.segments):
        try:
            opened = unseal(sealed, letter)
            segments.append(Offered(opened, peek_segment(opened)))
        except Refusal as refusal:
            refusals.append((refusal.code.wire, {**refusal.values, "segment": place}))
    return Brought(
        part.digest, part.office, outward, Offer(b"", b"", outward.at, tuple(segments), tuple(refusals))
    )


def settled(refusals: tuple[Word, ...]) -> bool:
    """Whether nothing in a part could be taken by coming again: then a receipt may list it.

    A forgery, or what its signer may never state, will be refused for ever and need not be carried for ever.
    What waits for an office, for room or for a newer centre must come again.
    """
    return not any(code in _MAY_COME_AGAIN for code, _ in refusals)


def first_of(refusals: tuple[Word, ...]) -> Refusal:
    """Return why a part must come again."""
    code = next(Code.named(code) for code, _ in refusals if code in _MAY_COME_AGAIN)
    return Refusal(code or Code.UNAVAILABLE)
