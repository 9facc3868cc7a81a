"""How many bytes study costs on the wire, by the real encoders; HTTP headers are counted as leanly as they are sent."""

from __future__ import annotations

import random
from dataclasses import dataclass

from sync.bundle import Ack, SyncReply, SyncRequest, encode_reply, encode_request, request_digest
from sync.journal.keys import LetterKey, SigningKey
from sync.journal.log import Run
from sync.journal.pieces import seal_piece
from sync.journal.segment import encode_segment
from tests.benchmarks.recorded import Learner, facts_of

REQUEST_HEADERS = 70
"""Bytes: POST line, Host and Content-Length, and nothing else."""
REPLY_HEADERS = 45
"""Bytes: status line and Content-Length."""
CENTRE = SigningKey(b"z" * 32)


@dataclass(frozen=True, slots=True)
class Trip:
    """One round trip: statements carried, and bytes of TCP payload up and down with headers."""

    statements: int
    up: int
    down: int

    @property
    def both(self) -> int:
        """Bytes in both directions."""
        return self.up + self.down


def trip(learner: Learner, runs: list[Run]) -> Trip:
    """Return what it costs to send runs of a learner who has nothing to fetch."""
    asked = encode_request(
        SyncRequest(
            learner.profile,
            learner.key.public,
            {"person": 1234, "office": 56_789},
            {"catalogue": 3, "trust": 2, "office": 14},
            (encode_segment(runs, learner.key),) if runs else (),
            (),
            learner.clock.wall(),
            random.Random(len(runs)).randbytes(8),
        ),
        learner.key,
    )
    answer = encode_reply(
        SyncReply(
            learner.clock.wall() + 2,
            request_digest(asked),
            tuple(Ack(run.header.log, run.last) for run in runs),
            cursors={"person": 1234, "office": 56_789},
            versions={"catalogue": 3, "trust": 2, "office": 14},
        ),
        CENTRE,
    )
    carried = sum(len(run.statements) for run in runs)
    return Trip(carried, REQUEST_HEADERS + len(asked), REPLY_HEADERS + len(answer))


def trips(seed: int) -> dict[str, Trip]:
    """Return the trips that bars.md names, each of the same learner some weeks on."""
    learner = Learner(seed)
    learner.session(25)
    return {
        "nothing new": trip(learner, []),
        "10 new": trip(learner, [learner.session(10)]),
        "100 new": trip(learner, learner.sessions(100, 4)),
        "1,000 new in 40 logs": trip(learner, learner.sessions(1000, 40)),
    }


def segment_bytes(seed: int, statements: int, logs: int) -> int:
    """Return the size of one segment with signature and log headers."""
    learner = Learner(seed)
    return len(encode_segment(learner.sessions(statements, logs), learner.key))


def piece_bytes(seed: int, statements: int, logs: int) -> int:
    """Return the size of the feed piece that brings that much study to a new PC."""
    learner = Learner(seed)
    facts = facts_of(learner.sessions(statements, logs), learner.key.public)
    return len(seal_piece("person", 0, statements, facts, LetterKey(b"r" * 32).public, CENTRE))
