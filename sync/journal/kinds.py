"""The register of kinds: who may state each, who may read it, how it merges, and which fields it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

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
REVOKED_LOGS = 65_536
"""Logs that one `key.revoked` may accept: forty starts of the app a working day, for seven years."""


class Author(Enum):
    """Who may state a kind; the value is one sentence."""

    SELF = "The person the profile belongs to, with the profile's own key."
    COORDINATOR = "A coordinator of the office, vouched for by the centre."
    TRAINER = "A trainer, vouched for by the centre."
    MENTOR = "A mentor, vouched for by the centre."
    JURY = "A member of a jury, vouched for by the centre."
    CENTRE = "The centre, with a key from the trust list."


class Audience(Enum):
    """Who may read a kind; anything narrower than the office is sealed inside the statement."""

    OFFICE = "Everybody who may read the office's work: the person, the desk, the centre."
    PERSON = "The person alone; the contents travel sealed in the field `sealed`."
    COORDINATOR = "The office's desk; the contents travel sealed in the field `sealed`."
    CENTRE = "The centre alone."
    ONE = "One named person; the contents travel sealed in the field `sealed`."


class Merge(Enum):
    """How statements of a kind add up."""

    SET = "Every one stands beside the others; repetition adds nothing."
    PUT = "The greatest (counter, log, seq) for one thing wins; other versions stay visible."


@dataclass(frozen=True, slots=True)
class Kind:
    """One row of the register.

    `key` names the fields that say which thing a PUT replaces. `opening` kinds introduce a key and count
    before anybody vouched for it, but only when signed by the very key they introduce.
    """

    name: str
    authors: frozenset[Author]
    fields: Mapping[str, ValueType]
    says: str
    audience: Audience = Audience.OFFICE
    merge: Merge = Merge.SET
    key: tuple[str, ...] = ()
    opening: bool = False


_SELF = frozenset({Author.SELF})
_DESK = frozenset({Author.COORDINATOR, Author.CENTRE})
_CENTRE = frozenset({Author.CENTRE})
_I, _T, _B, _IS = ValueType.INT, ValueType.TEXT, ValueType.BYTES, ValueType.INTS

_ROWS = (
    Kind(
        "profile.opened",
        _SELF,
        {"signing": _B, "letter": _B, "person": _B, "proof": _B, "pc_name": _T},
        "A profile was made on a PC; these are its keys, and the person it claims to be.",
        opening=True,
    ),
    Kind(
        "profile.keyed",
        _SELF,
        {"signing": _B, "letter": _B},
        "The profile has new keys after a PIN reset; they wait for vouching.",
        opening=True,
    ),
    Kind(
        "pin.escrowed",
        _SELF,
        {"sealed": _B},
        "The code that resets this profile's PIN, sealed to the desk.",
        audience=Audience.COORDINATOR,
        opening=True,
    ),
    Kind(
        "letter.escrowed",
        _SELF,
        {"sealed": _B},
        "The profile's letter key, sealed to the centre's letter key and to nobody else.",
        audience=Audience.CENTRE,
        opening=True,
    ),
    Kind(
        "letter.returned",
        _CENTRE,
        {"profile": _B, "letter": _B, "sealed": _B},
        "Older letter keys of a person, sealed to this newer letter key of theirs; somebody asked for it.",
        audience=Audience.ONE,
    ),
    Kind(
        "pin.reset",
        frozenset({Author.COORDINATOR}),
        {"profile": _B},
        "A coordinator handed out the reset code of a profile.",
    ),
    Kind(
        "profile.vouched",
        _DESK,
        {"profile": _B, "signing": _B, "letter": _B, "person": _B, "role": _T},
        "These keys of this profile belong to this person, who has this role.",
    ),
    Kind(
        "person.merged",
        _DESK,
        {"source": _B, "target": _B, "counter": _I},
        "Two UUIDs are one person; by a coordinator it is a proposal.",
        merge=Merge.PUT,
        key=("source",),
    ),
    Kind(
        "person.unmerged",
        _DESK,
        {"source": _B, "target": _B, "counter": _I},
        "The two were not one person after all; by a coordinator it is a proposal.",
        merge=Merge.PUT,
        key=("source",),
    ),
    Kind(
        "key.revoked",
        _CENTRE,
        {"signing": _B, "logs": _IS, "ends": _IS},
        "Of what this key signed only these logs up to these numbers count.",
    ),
    Kind(
        "person.erased",
        _CENTRE,
        {"person": _B},
        "The person's data are erased; what arrives later is acknowledged and dropped.",
        audience=Audience.CENTRE,
    ),
    Kind(
        "clock.fixed",
        _CENTRE,
        {"log": _I, "offset": _I},
        "The wall clock of a log was wrong by this many seconds.",
    ),
    Kind(
        "announcement.posted",
        _DESK,
        {"id": _T, "title": _T, "text": _T},
        "An announcement to the office.",
    ),
    Kind(
        "page.read",
        _SELF,
        {"activity": _T, "page": _I, "seconds": _I, "version": _T},
        "A page was on the screen for this many seconds.",
    ),
    Kind(
        "media.watched",
        _SELF,
        {"activity": _T, "second": _I, "seconds": _I, "version": _T},
        "A recording was played to this second, for this many seconds.",
    ),
    Kind("lesson.completed", _SELF, {"activity": _T, "version": _T}, "An activity was completed."),
    Kind("module.completed", _SELF, {"module": _T, "version": _T}, "A module was completed."),
    Kind(
        "course.completed",
        _SELF,
        {"course": _T, "version": _T, "jp": _I},
        "A course was completed, worth this many hundredths of a JP.",
    ),
    Kind(
        "quiz.started",
        _SELF,
        {"activity": _T, "attempt": _I, "version": _T, "questions": _IS},
        "An attempt began with these questions in this order.",
    ),
    Kind(
        "quiz.answered",
        _SELF,
        {"activity": _T, "attempt": _I, "question": _I, "answer": _T, "seconds": _I},
        "A question was answered.",
    ),
    Kind(
        "quiz.finished",
        _SELF,
        {"activity": _T, "attempt": _I, "correct": _I, "total": _I, "score": _I, "passed": _I},
        "An attempt ended with this score in hundredths of a percent.",
    ),
    Kind(
        "note.put",
        _SELF,
        {"activity": _T, "field": _T, "sealed": _B, "counter": _I, "base": _I},
        "A note was written over version `base` of it (0: none); its text is sealed to the person.",
        audience=Audience.PERSON,
        merge=Merge.PUT,
        key=("activity", "field"),
    ),
)

KINDS: Mapping[str, Kind] = {kind.name: kind for kind in _ROWS}

# Fields that hold keys and ids have one size everywhere.
_SIZES = {"signing": (32,), "letter": (32,), "profile": (16,), "source": (16,), "target": (16,)}
_SIZES_OF_KIND = {
    ("profile.opened", "person"): (0, 16),
    ("profile.opened", "proof"): (0, 32),
    ("profile.vouched", "person"): (16,),
    ("person.erased", "person"): (16,),
}
# One revocation must name every log it accepts: of several about one key only what all accept would count.
_LENGTHS_OF_KIND = {("key.revoked", "logs"): REVOKED_LOGS, ("key.revoked", "ends"): REVOKED_LOGS}


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
        most = _LENGTHS_OF_KIND.get((statement.kind, name), LIST_LIMIT)
        if value is None or not _fits(value, wanted, most):
            raise Refusal(Code.FIELD, kind=statement.kind, field=name)
        sizes = _SIZES_OF_KIND.get((statement.kind, name)) or _SIZES.get(name)
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
