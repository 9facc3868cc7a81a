"""The kinds of question a quiz can hold, as data; desktop/assessment marks the answers."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction


class TextFormat(Enum):
    """How the text of a question is to be read."""

    PLAIN = "plain"  # letters and line breaks
    MARKDOWN = "markdown"  # as the pages are
    HTML = "html"  # to be cleaned before it is shown
    MOODLE = "moodle"  # GIFT's own: plain, with an occasional tag


@dataclass(frozen=True, slots=True)
class Option:
    """One choice, or one accepted answer. `weight` is the share of the mark it earns, -1 to 1."""

    text: str
    weight: Fraction
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """The numbers from `low` to `high` inclusive, and the share of the mark they earn."""

    low: Decimal
    high: Decimal
    weight: Fraction
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Single:
    """Choose one. An answer is the option's place in the source: "2"."""

    text: str
    options: tuple[Option, ...]
    name: str = ""
    feedback: str = ""
    format: TextFormat = TextFormat.MOODLE


@dataclass(frozen=True, slots=True)
class Multiple:
    """Choose all that are right. An answer is the options' places in the source, rising: "0,3"."""

    text: str
    options: tuple[Option, ...]
    name: str = ""
    feedback: str = ""
    format: TextFormat = TextFormat.MOODLE


@dataclass(frozen=True, slots=True)
class TrueFalse:
    """True or false. An answer is "1" for true, "0" for false."""

    text: str
    truth: bool
    when_wrong: str = ""
    when_right: str = ""
    name: str = ""
    feedback: str = ""
    format: TextFormat = TextFormat.MOODLE


@dataclass(frozen=True, slots=True)
class ShortText:
    """Write a word or two. `*` in an accepted text stands for any letters. An answer is what was typed."""

    text: str
    accepted: tuple[Option, ...]
    name: str = ""
    feedback: str = ""
    format: TextFormat = TextFormat.MOODLE


@dataclass(frozen=True, slots=True)
class Number:
    """Write a number. An answer is decimal text with a point: "12.5"."""

    text: str
    spans: tuple[Span, ...]
    name: str = ""
    feedback: str = ""
    format: TextFormat = TextFormat.MOODLE


@dataclass(frozen=True, slots=True)
class Matching:
    """Give each left side its right side.

    `key[i]` is the place in `rights` that belongs to `lefts[i]`; `rights` holds each text once and may hold
    some that belong to nothing. An answer lists the chosen places, one per left side, "" where none: "2,,1".
    """

    text: str
    lefts: tuple[str, ...]
    rights: tuple[str, ...]
    key: tuple[int, ...]
    name: str = ""
    feedback: str = ""
    format: TextFormat = TextFormat.MOODLE


@dataclass(frozen=True, slots=True)
class Ordering:
    """Put the items in order. An answer lists places as put: "2,0,1".

    `key` lists the places in the right order; in GIFT, where it is empty, the items stand in it already.
    """

    text: str
    items: tuple[str, ...]
    name: str = ""
    feedback: str = ""
    format: TextFormat = TextFormat.MOODLE
    key: tuple[int, ...] = ()

    @property
    def right(self) -> tuple[int, ...]:
        """The places of the items in the right order."""
        return self.key or tuple(range(len(self.items)))


@dataclass(frozen=True, slots=True)
class Essay:
    """A question only a person can mark. GIFT knows it; a quiz of a pack refuses it."""

    text: str
    name: str = ""
    feedback: str = ""
    format: TextFormat = TextFormat.MOODLE


@dataclass(frozen=True, slots=True)
class Description:
    """Text between questions, asking nothing. GIFT knows it; a quiz of a pack refuses it."""

    text: str
    name: str = ""
    feedback: str = ""
    format: TextFormat = TextFormat.MOODLE


Question = Single | Multiple | TrueFalse | ShortText | Number | Matching | Ordering
Parsed = Question | Essay | Description


@dataclass(frozen=True, slots=True)
class Part:
    """A section as it is drawn: `draw` of the questions `numbers`."""

    title: str
    numbers: tuple[int, ...]
    draw: int


@dataclass(frozen=True, slots=True)
class Quiz:
    """The questions of one quiz activity. A question's number in statements is its place here, from 0.

    `parts` lists the sections: a title, the numbers of its bank, and how many of them an attempt draws; a
    quiz without sections asks all. `limit` is in seconds, 0 without a clock. Unless `keyed`, it can be asked
    and not be marked.
    """

    id: str
    title: str
    questions: tuple[Question, ...]
    pass_mark: int
    attempts: int
    shuffle: bool
    parts: tuple[Part, ...] = ()
    limit: int = 0
    fixed_end: bool = False
    keyed: bool = True
    proctored: bool = False
    review: str = "full"

    @property
    def asked(self) -> int:
        """How many questions one attempt asks."""
        return sum(part.draw for part in self.parts) or len(self.questions)
