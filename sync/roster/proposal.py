"""A roster that a coordinator proposes: how its lines travel, sealed to the centre, and what became of it."""

import csv
import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

import zstandard

from sync.journal.statement import Fact
from sync.refusal import Code, Refusal
from sync.roster.lines import ROLE_NAMES, Line
from sync.roster.sheet import SIZE_LIMIT

PROPOSED, ANSWERED = "roster.proposed", "roster.answered"
MOST = 60_000
"""Bytes of packed lines that one statement holds: some two thousand people."""
_HEAD = ("NIP", "Nama", "Unit", "Peran", "UUID", "NIP lama", "Peran sampai")
_CONTRACT = "Mulai kontrak"
"""A column more where any line has it, so that other rosters stay as small as they were."""


class Outcome(Enum):
    """What became of a proposal."""

    WAITING = "waiting"
    TAKEN = "taken"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal under (log, seq): when it was made (Unix), beside which version, and how much it changes.

    `version` is that of the office file it was taken into, 0 for none; `answer` the centre's word on it.
    """

    log: int
    seq: int
    at: int
    basis: int
    coming: int
    going: int
    changing: int
    outcome: Outcome = Outcome.WAITING
    version: int = 0
    answer: Fact | None = None

    @property
    def mark(self) -> str:
        """A short sign that tells it from others when it is typed."""
        return hashlib.sha256(f"{self.log} {self.seq}".encode()).hexdigest()[:8]


def pack_lines(lines: Iterable[Line]) -> bytes:
    """Write lines as the roster the centre reads. Raises Refusal TOO_LARGE: more than a statement holds."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    lines = tuple(lines)
    dated = any(line.contract for line in lines)
    writer.writerow((*_HEAD, _CONTRACT) if dated else _HEAD)
    for line in lines:
        person = line.person.hex()
        role = ROLE_NAMES[line.role]
        cells = [line.nip, line.name, line.unit, role, person, line.former, line.until]
        writer.writerow([*cells, line.contract] if dated else cells)
    packed = zstandard.ZstdCompressor(level=19).compress(text.getvalue().encode())
    if len(packed) > MOST:
        raise Refusal(Code.TOO_LARGE, size=len(packed), limit=MOST)
    return packed


def unpack_lines(packed: bytes) -> bytes:
    """Give the roster that was packed, as CSV. Raises Refusal for what is none, or grows too large."""
    try:
        with zstandard.ZstdDecompressor().stream_reader(packed) as reader:
            data = reader.read(SIZE_LIMIT + 1)
    except zstandard.ZstdError as fault:
        raise Refusal(Code.MALFORMED, what="roster") from fault
    if len(data) > SIZE_LIMIT:
        raise Refusal(Code.TOO_LARGE, size=len(data), limit=SIZE_LIMIT)
    return data


def proposals(facts: Iterable[Fact]) -> tuple[Proposal, ...]:
    """Fold what coordinators proposed and the centre answered, the newest first; pass facts that count."""
    made: dict[tuple[int, int], Proposal] = {}
    answers: dict[tuple[int, int], Fact] = {}
    for fact in sorted(facts, key=lambda one: (one.statement.log, one.statement.seq, one.statement.digest)):
        said = fact.statement.fields
        if fact.statement.kind == PROPOSED:
            basis, coming, going, changing = (
                _int(said.get(name)) for name in ("basis", "coming", "going", "changing")
            )
            log, seq = fact.statement.log, fact.statement.seq
            made.setdefault((log, seq), Proposal(log, seq, fact.wall, basis, coming, going, changing))
        elif fact.statement.kind == ANSWERED:
            place = _int(said.get("of_log")), _int(said.get("of_seq"))
            before = answers.get(place)
            # what was taken stands in an office file: no later word undoes that
            if before is None or (said.get("taken") and not before.statement.fields.get("taken")):
                answers[place] = fact
    found = [_answered(one, answers.get(place)) for place, one in made.items()]
    return tuple(sorted(found, key=lambda one: (one.at, one.log, one.seq), reverse=True))


def _answered(one: Proposal, answer: Fact | None) -> Proposal:
    if answer is None:
        return one
    said = answer.statement.fields
    outcome = Outcome.TAKEN if said.get("taken") else Outcome.DECLINED
    return replace(one, outcome=outcome, version=_int(said.get("version")), answer=answer)


def _int(value: object) -> int:
    return value if isinstance(value, int) else 0
