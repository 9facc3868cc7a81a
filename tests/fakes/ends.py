"""Two ends of the road in memory: a profile that studies, and a centre that keeps and signs; no database."""

import copy
import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from sync.bundle import (
    OWN,
    Ack,
    SyncReply,
    SyncRequest,
    decode_request,
    encode_reply,
    open_piece,
    request_digest,
    seal_piece,
)
from sync.client.deliver import Accepted
from sync.client.faults import Failure
from sync.client.transport import Answer
from sync.journal.acks import Held
from sync.journal.keys import LetterKey, SigningKey
from sync.journal.log import LogWriter, Run, cut
from sync.journal.segment import decode_segment, encode_segment
from sync.journal.statement import Fact, Identity, Statement


@dataclass
class HandClock:
    """A clock that stands still until a test moves it."""

    unix: int = 1_795_665_600
    ticks: int = 50

    def wall(self) -> int:
        return self.unix

    def monotonic(self) -> int:
        return self.ticks

    def boot(self) -> bytes:
        return b"boot" * 2


class MemoryCentre:
    """A centre for one person with any number of profiles: acks prefixes, brings each what the others did."""

    def __init__(self, seed: int = 1, piece: int = 10_000) -> None:
        self.key = SigningKey(random.Random(seed).randbytes(32))
        self.letters: dict[bytes, bytes] = {}
        self.held: dict[int, Held] = {}
        self.writers: dict[int, bytes] = {}
        self.facts: dict[tuple[int, int, bytes], tuple[int, Fact]] = {}
        self.lsn = 0
        self.piece = piece
        self.asked = 0
        self.time = 1_795_700_000
        self.epoch = 1

    def copy(self) -> "MemoryCentre":
        """A backup of its database, of which nothing is shared."""
        made = copy.copy(self)
        made.held, made.facts = dict(self.held), dict(self.facts)
        return made

    def put_back(self, backup: "MemoryCentre", *, announced: bool = True) -> None:
        """Restore a backup; `announced` is the operator's word that begins a new epoch."""
        self.held, self.facts, self.lsn = dict(backup.held), dict(backup.facts), backup.lsn
        if announced:
            self.epoch += 1

    def post(self, body: bytes) -> Answer | Failure:
        self.asked += 1
        request = decode_request(body)
        acks = self._keep(request)
        pieces, cursors, more = self._feed(request)
        start = request.cursors.get("person", 0)
        told = {scope: end for scope, end in cursors.items() if end != start}
        held = sum(one.prefix for log, one in self.held.items() if self.writers[log] == request.signer)
        if held < request.cursors.get(OWN, 0):
            told[OWN] = held
        versions = {} if request.versions.get("epoch") == self.epoch else {"epoch": self.epoch}
        reply = SyncReply(self.time, request_digest(body), acks, pieces, told, versions, more=more)
        data = encode_reply(reply, self.key)
        return Answer(data, len(body), len(data))

    def _keep(self, request: SyncRequest) -> tuple[Ack, ...]:
        offered: list[int] = []
        for data in request.segments:
            segment = decode_segment(data)
            for run in segment.runs:
                log = run.header.log
                offered.append(log)
                self.writers[log] = segment.signer
                self.held[log] = self.held.get(log, Held()).add(run.first, run.last)
            for fact in segment.facts:
                key = (fact.statement.log, fact.statement.seq, fact.statement.digest)
                if key not in self.facts:
                    self.lsn += 1
                    self.facts[key] = (self.lsn, fact)
        return tuple(Ack(log, self.held[log].prefix) for log in dict.fromkeys(offered))

    def _feed(self, request: SyncRequest) -> tuple[tuple[bytes, ...], Mapping[str, int], bool]:
        letter = self.letters.get(request.profile)
        start = request.cursors.get("person", 0)
        start = start if start <= self.lsn else 0
        waiting = sorted((lsn, fact) for lsn, fact in self.facts.values() if lsn > start) if letter else []
        if not waiting or letter is None:
            return (), {"person": self.lsn if letter else 0}, False
        now = waiting[: self.piece]
        end = now[-1][0]
        others = [fact for _, fact in now if fact.header.profile != request.profile]
        piece = seal_piece("person", start, end, others, letter, self.key)
        return (piece,), {"person": end}, len(waiting) > len(now)


@dataclass
class MemoryProfile:
    """An unlocked profile in memory; `fact_list` is what it stated and what its feed brought."""

    seed: int
    centre: bytes
    batch: int = 64
    clock: HandClock = field(default_factory=HandClock)

    def __post_init__(self) -> None:
        chance = random.Random(self.seed)
        self.key = SigningKey(chance.randbytes(32))
        self.letter = LetterKey(chance.randbytes(32))
        self.profile = chance.randbytes(16)
        self.pc = chance.randbytes(16)
        self.logs: dict[int, tuple[LogWriter, list[Statement]]] = {}
        self.acks: dict[int, int] = {}
        self.brought: dict[tuple[int, int, bytes], Fact] = {}
        self.cursor = 0
        self.epoch = 0
        self.writer: LogWriter | None = None

    def start(self) -> None:
        previous = Identity(self.writer.header.log, self.writer.seq) if self.writer else None
        self.writer = LogWriter.start(self.profile, self.pc, previous, self.clock)
        self.logs[self.writer.header.log] = (self.writer, [])

    def record(self, kind: str, **fields: int | str) -> None:
        if self.writer is None:
            self.start()
        assert self.writer is not None
        self.clock.ticks += 7
        self.logs[self.writer.header.log][1].append(self.writer.next(kind, fields))

    def study(self, pages: int) -> None:
        for page in range(1, pages + 1):
            self.record("page.read", activity="k/m/a", page=page, seconds=30, version="1")

    @property
    def fact_list(self) -> list[Fact]:
        own = [
            Fact(writer.header, statement, self.key.public)
            for writer, statements in self.logs.values()
            for statement in statements
        ]
        return own + list(self.brought.values())

    def unsent(self) -> int:
        return sum(len(all_) - self.acks.get(log, 0) for log, (_, all_) in self.logs.items())

    def signing_key(self) -> SigningKey:
        return self.key

    def centre_key(self) -> bytes:
        return self.centre

    def cursors(self) -> Mapping[str, int]:
        own = sum(len(statements) for _, statements in self.logs.values())
        self.asked = {"person": self.cursor, OWN: own}
        return self.asked

    def versions(self) -> Mapping[str, int]:
        return {"epoch": self.epoch} if self.epoch else {}

    def segments_to_send(self, limit: int) -> tuple[bytes, ...]:
        runs: list[Run] = []
        room = self.batch if limit else 0
        for log, (writer, statements) in self.logs.items():
            first = self.acks.get(log, 0) + 1
            if first <= len(statements) and room:
                last = min(len(statements), first + room - 1)
                runs.append(cut(writer.run(statements), first, last))
                room -= last - first + 1
        return (encode_segment(runs, self.key),) if runs else ()

    def sealed_of_others(self, limit: int) -> tuple[bytes, ...]:
        assert limit >= 0
        return ()

    def restored(self, reply: SyncReply) -> bool:
        """Whether the centre is one that was put back: by its epoch, or because it holds less than it acked."""
        known, self.epoch = self.epoch, reply.versions.get("epoch", self.epoch)
        believed = sum(self.acks.values())
        return known not in {0, self.epoch} or reply.cursors.get(OWN, believed) < believed

    def accept(self, reply: SyncReply) -> Accepted:
        acked = facts = 0
        renewed = self.restored(reply)
        if renewed:
            self.acks, self.cursor = {}, 0
        elif reply.cursors.get("person", self.cursor) < self.asked["person"]:
            self.cursor = 0
        for log, seq in reply.acks:
            before = self.acks.get(log, 0)
            if log in self.logs and seq > before:
                self.acks[log] = seq
                acked += seq - before
        before = self.cursor
        for data in reply.pieces:
            piece = open_piece(data, self.letter, self.centre)
            if piece.start <= self.cursor:
                for fact in piece.facts:
                    key = (fact.statement.log, fact.statement.seq, fact.statement.digest)
                    facts += key not in self.brought
                    self.brought[key] = fact
                self.cursor = max(self.cursor, piece.end)
        return Accepted(acked, facts, further=self.cursor != before, renewed=renewed)
