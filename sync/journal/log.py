"""One log: its chain of digests, the writer that fills it, and how a run is cut again."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sync.journal.clock import Clock
from sync.journal.kinds import check
from sync.journal.statement import LOG_LIMIT, Identity, LogHeader, Statement, Value, header_bytes
from sync.refusal import Code, Refusal

CHAIN_SIZE = 32
# What callers may hand in: truth values and lists are made plain.
Loose = Value | list[int] | list[str]


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring statements of one log; `start_chain` is the chain value before the first of them.

    Inside a feed piece numbers may be missing between the statements, and `start_chain` is empty.
    """

    header: LogHeader
    start_chain: bytes
    statements: tuple[Statement, ...]

    @property
    def first(self) -> int:
        """Number of the first statement."""
        return self.statements[0].seq

    @property
    def last(self) -> int:
        """Number of the last statement."""
        return self.statements[-1].seq


def chain(header: LogHeader) -> bytes:
    """Return the chain value with which a log begins."""
    return hashlib.sha256(header_bytes(header)).digest()


def link(previous: bytes, statement: Statement) -> bytes:
    """Return the chain value after a statement, given the one before it."""
    return hashlib.sha256(previous + statement.digest).digest()


def end_chain(run: Run) -> bytes:
    """Return the chain value after the last statement of a run."""
    value = run.start_chain
    for statement in run.statements:
        value = link(value, statement)
    return value


def cut(run: Run, first: int, last: int) -> Run:
    """Return the part of a run from number `first` to `last`; raises Refusal when it is not inside."""
    if not run.first <= first <= last <= run.last:
        raise Refusal(Code.MALFORMED, what="cut", first=first, last=last)
    value = run.start_chain
    for statement in run.statements[: first - run.first]:
        value = link(value, statement)
    return Run(run.header, value, run.statements[first - run.first : last - run.first + 1])


def follows(run: Run, held: bytes) -> bool:
    """Say whether a run continues the prefix whose chain value is `held`; if not, the log has branched."""
    return secrets.compare_digest(run.start_chain, held)


class LogWriter:
    """Numbers what one start of the app records; made new at every start, never continued."""

    def __init__(self, header: LogHeader, clock: Clock) -> None:
        """Stand at the beginning of the log that `header` describes."""
        self.header = header
        self.seq = 0
        self._clock = clock
        self._at = 0
        self._chain = [chain(header)]

    @classmethod
    def start(cls, profile: bytes, pc: bytes, previous: Identity | None, clock: Clock) -> LogWriter:
        """Begin a log with a new random id; `previous` is the last statement of the log before it."""
        before = previous or Identity(0, 0)
        log = 1 + secrets.randbelow(LOG_LIMIT - 1)
        header = LogHeader(
            log, profile, pc, before.log, before.seq, clock.wall(), clock.monotonic(), clock.boot()
        )
        return cls(header, clock)

    def next(self, kind: str, fields: Mapping[str, Loose]) -> Statement:
        """Return the next statement. Raises Refusal when the register of kinds does not allow the fields."""
        at = max(self._at, self._clock.monotonic() - self.header.monotonic)
        statement = Statement(self.header.log, self.seq + 1, kind, at, plain(fields))
        check(statement)
        self._chain.append(link(self._chain[-1], statement))
        self.seq += 1
        self._at = at
        return statement

    def chain_before(self, seq: int) -> bytes:
        """Return the chain value before statement `seq`: the `start_chain` of a run that begins there."""
        return self._chain[seq - 1]

    def run(self, statements: Iterable[Statement]) -> Run:
        """Return neighbouring statements of this log as a run."""
        held = tuple(statements)
        return Run(self.header, self.chain_before(held[0].seq), held)


def plain(fields: Mapping[str, Loose]) -> dict[str, Value]:
    """Return fields with truth values as numbers and lists as tuples: equal things are equal bytes."""
    return {name: _plain(value) for name, value in fields.items()}


def _plain(value: Loose) -> Value:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, list):
        return tuple(value)  # type: ignore[return-value]
    return value
