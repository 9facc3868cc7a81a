"""One delivery to the centre: rounds of one request each, until nothing waits or a round fails."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from sync.bundle import SyncReply, SyncRequest, decode_reply, encode_request
from sync.client.faults import Failure, Fault
from sync.client.transport import Answer
from sync.journal.clock import Clock
from sync.journal.keys import SigningKey
from sync.refusal import Refusal

BATCH = 16 * 1024
"""Bytes of segments in one request: what a cut link loses at most."""
MOST_ROUNDS = 512
"""Rounds of one delivery: 8 MB of study. More waits for the next one, so a bad answer cannot loop."""
MOST_RENEWALS = 2
"""How often one delivery begins anew: a centre put back names its epoch, then may lack still older work."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """What an answer changed on this PC: statements now held by the centre, facts and documents that came.

    `further`: a feed has moved, though perhaps all its facts were known. `renewed`: the centre was put back
    from an older copy, and so old acks and cursors were forgotten.
    """

    acked: int = 0
    facts: int = 0
    documents: tuple[str, ...] = ()
    further: bool = False
    renewed: bool = False


class ProfileSide(Protocol):
    """What a delivery needs of an unlocked profile; `desktop.store` has one, tests have one in memory."""

    @property
    def profile(self) -> bytes:
        """The profile's 16 bytes."""

    def signing_key(self) -> SigningKey:
        """Return the key that signs requests."""

    def centre_key(self) -> bytes:
        """Return the centre's public signing key, pinned from the office file."""

    def cursors(self) -> Mapping[str, int]:
        """Return how far each feed scope has come."""

    def versions(self) -> Mapping[str, int]:
        """Return which catalogue, trust list and office file this PC has, and which epoch it knows."""

    def segments_to_send(self, limit: int) -> tuple[bytes, ...]:
        """Return next segments of statements the centre has not signed for, about `limit` bytes."""

    def sealed_of_others(self, limit: int) -> tuple[bytes, ...]:
        """Return sealed segments that other people of this PC left in the outbox."""

    def accept(self, reply: SyncReply) -> Accepted:
        """Keep acks, pieces, cursors, time and documents, in one transaction."""


class Road(Protocol):
    """Something that carries a request to the centre and brings an answer or a typed failure."""

    def post(self, body: bytes) -> Answer | Failure:
        """Carry one request."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How a running delivery stands: bytes of HTTP with headers; with `more` further pieces wait there."""

    rounds: int
    acked: int
    facts: int
    sent_bytes: int = 0
    received_bytes: int = 0
    more: bool = False


@dataclass(frozen=True, slots=True)
class SyncOutcome:
    """How a delivery ended. `failure` is None when the centre has answered everything.

    `acked` statements are newly held by the centre, `facts` came from it; `at` is the centre's signed Unix
    time of the last believed answer, None without one; bytes are of HTTP with headers.
    """

    at: int | None
    rounds: int
    acked: int
    facts: int
    sent_bytes: int
    received_bytes: int
    documents: tuple[str, ...] = ()
    refusals: tuple[tuple[str, Mapping[str, int | str]], ...] = ()
    failure: Failure | None = None
    cancelled: bool = False


def _never() -> bool:
    return False


def _silent(_: Progress) -> None:
    return None


def deliver(
    side: ProfileSide,
    road: Road,
    clock: Clock,
    *,
    cancelled: Callable[[], bool] = _never,
    progress: Callable[[Progress], None] = _silent,
) -> SyncOutcome:
    """Send what waits and fetch what is new. Resumable: each round goes on from what has been acked.

    An answer counts only if the centre's key signed it and it names the digest of this request; anything else
    (a portal's page, an old answer played back) changes nothing. Never raises for what a network or a wrong
    answer does. Once `cancelled` says so the side is not touched any more: its profile may be closing.
    """
    tally = _Tally()
    while tally.rounds < MOST_ROUNDS:
        if cancelled():
            return tally.outcome(cancelled=True)
        segments = side.segments_to_send(BATCH)
        sealed = side.sealed_of_others(max(0, BATCH - sum(map(len, segments))))
        body = encode_request(_request(side, segments, sealed, clock), side.signing_key())
        answer = road.post(body)
        tally.carried(answer)
        if cancelled():
            return tally.outcome(cancelled=True)
        if isinstance(answer, Failure):
            return tally.outcome(failure=answer)
        reply = believed(answer.body, body, side.centre_key())
        if isinstance(reply, Failure):
            return tally.outcome(failure=reply)
        try:
            accepted = side.accept(reply)
        except Refusal as refusal:
            return tally.outcome(failure=Failure(Fault.NOT_SIGNED, refusal.code.wire, refusal.values))
        tally.took(reply, accepted)
        progress(tally.progress(reply))
        if accepted.renewed and tally.renewals < MOST_RENEWALS:
            tally.renewals += 1
            continue
        moved = accepted.acked or accepted.facts or accepted.documents or accepted.further
        if not moved or not (reply.more or segments or sealed):
            break
        if not reply.more and not side.segments_to_send(BATCH) and not side.sealed_of_others(BATCH):
            break
    return tally.outcome()


def check_server(side: ProfileSide, road: Road, clock: Clock) -> int | Failure:
    """Ask who answers at an address, sending no work and keeping nothing; gives its signed Unix time.

    Only the office's own centre can sign the answer, so a portal or another office's server is a Failure.
    """
    body = encode_request(_request(side, (), (), clock), side.signing_key())
    answer = road.post(body)
    if isinstance(answer, Failure):
        return answer
    reply = believed(answer.body, body, side.centre_key())
    return reply if isinstance(reply, Failure) else reply.time


def believed(body: bytes, request: bytes, centre: bytes) -> SyncReply | Failure:
    """Open an answer; believe it only when the centre signed it and it answers this very request."""
    try:
        return decode_reply(body, centre, request)
    except Refusal as refusal:
        return Failure(Fault.NOT_SIGNED, refusal.code.wire, refusal.values)


def _request(
    side: ProfileSide, segments: tuple[bytes, ...], sealed: tuple[bytes, ...], clock: Clock
) -> SyncRequest:
    return SyncRequest(
        profile=side.profile,
        signer=side.signing_key().public,
        cursors=side.cursors(),
        versions=side.versions(),
        segments=segments,
        sealed=sealed,
        at=clock.wall(),
        nonce=os.urandom(8),
    )


class _Tally:
    """Adds up the rounds of one delivery."""

    __slots__ = ("acked", "at", "documents", "facts", "received", "refusals", "renewals", "rounds", "sent")

    def __init__(self) -> None:
        self.at: int | None = None
        self.rounds = self.acked = self.facts = self.sent = self.received = self.renewals = 0
        self.documents: tuple[str, ...] = ()
        self.refusals: tuple[tuple[str, Mapping[str, int | str]], ...] = ()

    def carried(self, answer: Answer | Failure) -> None:
        self.rounds += 1
        self.sent += answer.sent
        self.received += answer.received

    def took(self, reply: SyncReply, accepted: Accepted) -> None:
        self.at = reply.time
        self.acked += accepted.acked
        self.facts += accepted.facts
        self.documents += accepted.documents
        self.refusals += tuple(reply.refusals)

    def progress(self, reply: SyncReply) -> Progress:
        return Progress(self.rounds, self.acked, self.facts, self.sent, self.received, more=reply.more)

    def outcome(self, *, failure: Failure | None = None, cancelled: bool = False) -> SyncOutcome:
        return SyncOutcome(
            self.at,
            self.rounds,
            self.acked,
            self.facts,
            self.sent,
            self.received,
            self.documents,
            self.refusals,
            failure,
            cancelled,
        )
