"""Letters from one person to one other: sealed to the centre on the way, passed on in its own name.

The author need not know the keys of whom they write to, and a carrier reads neither name nor contents. The
centre reads them: it keeps everybody's letter key in escrow anyway (`letter.escrowed`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sync.journal.kind import Audience
from sync.journal.kinds import KINDS
from sync.journal.secret_fields import Secret, pack_fields, seal_fields, unpack_fields
from sync.journal.statement import Fact, Value
from sync.refusal import Refusal

PASSED = "letter.passed"


@dataclass(frozen=True, slots=True)
class Passed:
    """What somebody stated for this person, under (log, seq); `at` is Unix time by the author's clock."""

    kind: str
    author: bytes
    log: int
    seq: int
    at: int
    fields: Mapping[str, Secret]


def to_one(
    kind: str, person: bytes, fields: Mapping[str, Secret], readers: Sequence[bytes]
) -> dict[str, Value]:
    """Return the fields of a statement for one person; the centre's letter key is among the `readers`."""
    return {"person": person, "sealed": seal_fields(kind, fields, readers)}


def is_for_one(kind: str) -> bool:
    """Whether the centre passes a kind on."""
    row = KINDS.get(kind)
    return row is not None and row.audience is Audience.ONE and "person" in row.fields


def clear_of(fact: Fact) -> dict[str, Secret]:
    """Return what a fact for one person says in clear, which goes along when it is passed on."""
    return {
        name: value
        for name, value in fact.statement.fields.items()
        if name not in {"person", "sealed"} and isinstance(value, int | str | bytes)
    }


def passed_on(fact: Fact, author: bytes, fields: Mapping[str, Secret], at: int) -> dict[str, Value]:
    """Return the fields with which the centre passes a fact on."""
    said = fact.statement
    return {
        "stated": said.kind,
        "author": author,
        "of_log": said.log,
        "of_seq": said.seq,
        "of_at": at,
        "fields": pack_fields(fields),
    }


def passed(facts: Iterable[Fact], *kinds: str) -> tuple[Passed, ...]:
    """Read what was passed to this person, each once, in the order of (log, seq).

    Pass facts that count (`sync.journal.authority`): only the centre's word says who the author was. One that
    does not unpack is none.
    """
    found: dict[tuple[int, int, str], Passed] = {}
    for fact in facts:
        if fact.statement.kind != PASSED:
            continue
        said = fact.statement.fields
        kind, author, fields = said.get("stated"), said.get("author"), said.get("fields")
        log, seq, at = said.get("of_log"), said.get("of_seq"), said.get("of_at")
        if not (isinstance(kind, str) and isinstance(author, bytes) and isinstance(fields, bytes)):
            continue
        if not (isinstance(log, int) and isinstance(seq, int) and isinstance(at, int)):
            continue
        if kinds and kind not in kinds:
            continue
        try:
            opened = unpack_fields(fields)
        except Refusal:
            continue
        found.setdefault((log, seq, kind), Passed(kind, author, log, seq, at, opened))
    return tuple(found[key] for key in sorted(found))
