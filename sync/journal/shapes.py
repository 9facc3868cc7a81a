"""The shape of a statement (kind, field names, types), and the shapes a codec knows by number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sync.journal.statement import Statement, ValueType, type_of

_I, _T, _B, _IS = ValueType.INT, ValueType.TEXT, ValueType.BYTES, ValueType.INTS


class Shape(NamedTuple):
    """A kind with its fields in the order of their names."""

    kind: str
    names: tuple[str, ...]
    types: tuple[ValueType, ...]


def shape_of(statement: Statement) -> Shape:
    """Return the shape of a statement."""
    return shape(statement.kind, {name: type_of(value) for name, value in statement.fields.items()})


def shape(kind: str, fields: Mapping[str, ValueType]) -> Shape:
    """Return a shape from field types in any order."""
    names = tuple(sorted(fields))
    return Shape(kind, names, tuple(fields[name] for name in names))


# Frozen for ever with codec 1: position is the number on the wire. A kind or field that is newer than this
# list is written out in full inside the segment, until a codec version 2 brings a longer list of its own.
SHAPES_1: tuple[Shape, ...] = (
    shape("page.read", {"activity": _T, "page": _I, "seconds": _I, "version": _T}),
    shape("media.watched", {"activity": _T, "second": _I, "seconds": _I, "version": _T}),
    shape("lesson.completed", {"activity": _T, "version": _T}),
    shape("module.completed", {"module": _T, "version": _T}),
    shape("course.completed", {"course": _T, "version": _T, "jp": _I}),
    shape("quiz.started", {"activity": _T, "attempt": _I, "version": _T, "questions": _IS}),
    shape("quiz.answered", {"activity": _T, "attempt": _I, "question": _I, "answer": _T, "seconds": _I}),
    shape(
        "quiz.finished",
        {"activity": _T, "attempt": _I, "correct": _I, "total": _I, "score": _I, "passed": _I},
    ),
    shape("profile.opened", {"signing": _B, "letter": _B, "person": _B, "proof": _B, "pc_name": _T}),
    shape("profile.keyed", {"signing": _B, "letter": _B}),
    shape("pin.escrowed", {"sealed": _B}),
    shape("pin.reset", {"profile": _B}),
    shape("profile.vouched", {"profile": _B, "signing": _B, "letter": _B, "person": _B, "role": _T}),
    shape("person.merged", {"source": _B, "target": _B, "counter": _I}),
    shape("person.unmerged", {"source": _B, "target": _B, "counter": _I}),
    shape("key.revoked", {"signing": _B, "logs": _IS, "ends": _IS}),
    shape("person.erased", {"person": _B}),
    shape("clock.fixed", {"log": _I, "offset": _I}),
    shape("announcement.posted", {"id": _T, "title": _T, "text": _T}),
    shape("note.put", {"activity": _T, "field": _T, "sealed": _B, "counter": _I, "base": _I}),
)
