"""What needs no database: signatures checked, letters opened, one request turned into an offer."""

from dataclasses import dataclass

from sync.bundle import SyncRequest, read_request
from sync.journal.keys import LetterKey
from sync.journal.sealing import unseal
from sync.journal.segment import peek_segment
from sync.refusal import Refusal
from sync.server.intake import Offer, Offered, Word


@dataclass(frozen=True, slots=True)
class Checked:
    """A request whose own signature is right, and the offer in it."""

    request: SyncRequest
    offer: Offer


def checked(body: bytes, letter: LetterKey) -> Checked:
    """Check a request and each segment in it. Raises Refusal when the request itself cannot be believed.

    A segment that is forged, damaged or sealed to somebody else is told by its place and holds up no
    other: the sealed ones were left on a shared PC by people whom the sender need not know.
    """
    request, last = read_request(body)
    segments: list[Offered] = []
    refusals: list[Word] = []
    plain = len(request.segments)
    for place, data in enumerate((*request.segments, *request.sealed)):
        try:
            opened = data if place < plain else unseal(data, letter)
            peek = last if last is not None and place == plain - 1 else peek_segment(opened)
        except Refusal as refusal:
            refusals.append((refusal.code.wire, {**refusal.values, "segment": place}))
            continue
        segments.append(Offered(opened, peek))
    offer = Offer(request.profile, request.signer, request.at, tuple(segments), tuple(refusals))
    return Checked(request, offer)
