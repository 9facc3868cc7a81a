"""Logs, keys and any possible statement for tests of the journal."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import Phase, settings
from hypothesis import strategies as st

from sync.journal.keys import SigningKey
from sync.journal.log import LogWriter, Run, chain, link
from sync.journal.statement import Fact, LogHeader, Statement, Value

PROFILE, OTHER_PROFILE, PC = b"p" * 16, b"q" * 16, b"c" * 16
KEY, OTHER_KEY = SigningKey(b"k" * 32), SigningKey(b"o" * 32)


@dataclass
class ScriptedClock:
    """Clocks that stand still until a test moves them."""

    unix: int = 1_795_600_000
    up: int = 500
    mark: bytes = b"bootboot"

    def wall(self) -> int:
        return self.unix

    def monotonic(self) -> int:
        return self.up

    def boot(self) -> bytes:
        return self.mark

    def tick(self, seconds: int) -> ScriptedClock:
        self.unix += seconds
        self.up += seconds
        return self


@dataclass
class Desk:
    """One profile that writes a log; `reads` and `says` return what was recorded."""

    key: SigningKey = KEY
    profile: bytes = PROFILE
    clock: ScriptedClock = field(default_factory=ScriptedClock)
    held: list[Statement] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.writer = LogWriter.start(self.profile, PC, None, self.clock)

    def reads(self, pages: int) -> Run:
        for page in range(1, pages + 1):
            self.clock.tick(60 + page)
            self.says("page.read", activity="kursus/m1/awal", page=page, seconds=55 + page, version="1.0")
        return self.run

    def says(self, kind: str, **fields: Value) -> Fact:
        self.held.append(self.writer.next(kind, fields))
        return Fact(self.writer.header, self.held[-1], self.key.public)

    @property
    def run(self) -> Run:
        return self.writer.run(self.held)


def a_log(statements: list[Statement], header: LogHeader) -> Run:
    """A whole log from statements numbered from 1."""
    return Run(header, chain(header), tuple(statements))


def chains(run: Run) -> list[bytes]:
    """Chain values before the first statement, between all, and after the last."""
    values = [run.start_chain]
    for statement in run.statements:
        values.append(link(values[-1], statement))
    return values


# How a law is tried on a planted fault: always the same examples, and no time spent on making them small.
PLANTED = settings(deadline=None, max_examples=300, derandomize=True, database=None, phases=[Phase.generate])

numbers = st.integers(-(1 << 63), (1 << 63) - 1) | st.integers(-300, 300)
texts = st.text(st.characters(codec="utf-8"), max_size=12)
names = st.sampled_from(["activity", "page", "seconds", "version", "answer", "x", "ö", "z.z"])
kinds = st.sampled_from(["page.read", "quiz.answered", "masa.depan", "board.put"])
values = (
    numbers
    | texts
    | st.binary(max_size=12)
    | st.lists(numbers, max_size=5).map(tuple)
    | st.lists(texts, max_size=5).map(tuple)
)
fields_of_any_kind = st.dictionaries(names, values, max_size=5)
moments = st.integers(0, (1 << 40) - 1) | st.integers(0, 5000)


@st.composite
def headers(draw: st.DrawFn, profile: bytes | None = PROFILE) -> LogHeader:
    previous = draw(st.booleans())
    return LogHeader(
        draw(st.integers(1, (1 << 63) - 1) | st.integers(1, 4)),
        profile or draw(st.binary(min_size=16, max_size=16)),
        draw(st.sampled_from([PC, b"d" * 16])),
        draw(st.integers(1, 4)) if previous else 0,
        draw(st.integers(1, 900)) if previous else 0,
        draw(moments),
        draw(moments),
        draw(st.sampled_from([b"bootboot", b"01234567"])),
    )


@st.composite
def logs(draw: st.DrawFn, profile: bytes | None = PROFILE, most: int = 8) -> Run:
    """A whole log of statements that no register needs to know."""
    header = draw(headers(profile))
    told = draw(st.lists(st.tuples(kinds, moments, fields_of_any_kind), min_size=1, max_size=most))
    return a_log(
        [Statement(header.log, seq, kind, at, fields) for seq, (kind, at, fields) in enumerate(told, 1)],
        header,
    )
