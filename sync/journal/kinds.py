"""The kinds by name, and the checks of a statement against the register."""

from __future__ import annotations

from collections.abc import Mapping

from sync.journal.kind import Author, Kind
from sync.journal.register import ROWS
from sync.journal.statement import (
    INT_MAX,
    INT_MIN,
    LOG_LIMIT,
    NUMBER_LIMIT,
    Statement,
    Value,
    ValueType,
    type_of,
)
from sync.refusal import Code, Refusal

TEXT_LIMIT = 64 * 1024
LIST_LIMIT = 4096

KINDS: Mapping[str, Kind] = {kind.name: kind for kind in ROWS}

# Fields that hold keys and ids have one size everywhere.
_SIZES = {"signing": (32,), "letter": (32,), "profile": (16,), "source": (16,), "target": (16,)}


def authors_of(kind: str) -> frozenset[Author]:
    """Return who may state a kind; nobody when the register does not know it."""
    row = KINDS.get(kind)
    return row.authors if row else frozenset()


def check(statement: Statement) -> None:
    """Return when the register knows the kind and every field fits it exactly; the rule of the write door.

    Raises Refusal(UNKNOWN_KIND) or Refusal(FIELD, kind, field).
    """
    row = KINDS.get(statement.kind)
    if row is None:
        raise Refusal(Code.UNKNOWN_KIND, kind=statement.kind)
    for name in statement.fields:
        if name not in row.fields:
            raise Refusal(Code.FIELD, kind=statement.kind, field=name)
    check_received(statement)


def check_received(statement: Statement) -> None:
    """Return when a statement can be folded; the rule for what arrives.

    A kind unknown here and extra fields come from newer programs: they are kept, forwarded, and not read.
    Raises Refusal(FIELD, kind, field) when a field this program reads is missing or of another type or size.
    """
    row = KINDS.get(statement.kind)
    if row is None:
        return
    fields = statement.fields
    for name, wanted in row.fields.items():
        value = fields.get(name)
        most = row.lengths.get(name, LIST_LIMIT)
        if value is None or not _fits(value, wanted, most):
            raise Refusal(Code.FIELD, kind=statement.kind, field=name)
        sizes = row.sizes.get(name) or _SIZES.get(name)
        if sizes and isinstance(value, bytes) and len(value) not in sizes:
            raise Refusal(Code.FIELD, kind=statement.kind, field=name)


def check_place(statement: Statement) -> None:
    """Return when log, number and time lie within the format's range; raises Refusal(FIELD)."""
    log, seq, at = statement.log, statement.seq, statement.at
    if not (0 < log < LOG_LIMIT and 0 < seq < NUMBER_LIMIT and 0 <= at < NUMBER_LIMIT):
        raise Refusal(Code.FIELD, kind=statement.kind, field="place")


def _fits(value: Value, wanted: ValueType, most: int) -> bool:
    if value == ():
        return wanted in {ValueType.INTS, ValueType.TEXTS}
    try:
        if type_of(value) is not wanted:
            return False
    except Refusal:
        return False
    if isinstance(value, tuple):
        return len(value) <= most and all(_in_range(item) for item in value)
    return _in_range(value)


def _in_range(value: int | str | bytes) -> bool:
    """Say whether a number has 64 bits, and a text is UTF-8 (no lone surrogates) of bearable length."""
    if isinstance(value, int):
        return INT_MIN <= value <= INT_MAX
    if isinstance(value, bytes):
        return len(value) <= TEXT_LIMIT
    try:
        return len(value.encode()) <= TEXT_LIMIT
    except UnicodeEncodeError:
        return False
