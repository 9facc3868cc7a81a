"""One row of the register: who may state a kind, who may read it, how it merges, and which fields it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from sync.journal.statement import ValueType


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
    PERSON = "The person alone: what they say lies in the field `sealed`, what the centre says in their feed."
    COORDINATOR = "The office's desk; the contents travel sealed in the field `sealed`."
    CENTRE = "The centre alone."
    ONE = "The one in the field `person`: sealed to the centre in `sealed`, which passes it into their feed."


class Merge(Enum):
    """How statements of a kind add up."""

    SET = "Every one stands beside the others; repetition adds nothing."
    PUT = "The greatest (counter, log, seq) for one thing wins; other versions stay visible."


@dataclass(frozen=True, slots=True)
class Kind:
    """One row of the register.

    `key` names the fields that say which thing a PUT replaces. `opening` kinds introduce a key and count
    before anybody vouched for it, but only when signed by the very key they introduce. `sizes` are lengths
    that a field of bytes may have, where they differ from those of its name everywhere; `lengths` the most
    items a list may have, where that is more than LIST_LIMIT. Kinds with `trainers` are read by the
    vouched trainers of the office too, as the desk reads them. Kinds with `papers` are long: they travel in a
    scope of their own, after everything else of a person's feed. Kinds for one person with `desk` are read by
    the office's desk as well: it counts by what they say in clear.
    """

    name: str
    authors: frozenset[Author]
    fields: Mapping[str, ValueType]
    says: str
    audience: Audience = Audience.OFFICE
    merge: Merge = Merge.SET
    key: tuple[str, ...] = ()
    opening: bool = False
    sizes: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    lengths: Mapping[str, int] = field(default_factory=dict)
    trainers: bool = False
    papers: bool = False
    desk: bool = False


SELF = frozenset({Author.SELF})
CENTRE = frozenset({Author.CENTRE})
DESK = frozenset({Author.COORDINATOR, Author.CENTRE})
INT, TEXT, BYTES = ValueType.INT, ValueType.TEXT, ValueType.BYTES
INTS, TEXTS = ValueType.INTS, ValueType.TEXTS
