"""Reads what stands between the braces of a GIFT question: which kind it is, and its answers."""

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from sync.packs.questions import (
    Matching,
    Multiple,
    Number,
    Option,
    Ordering,
    Question,
    ShortText,
    Single,
    Span,
    TrueFalse,
)

MAX_ANSWERS = 60

Show = Callable[[str], str]

_TRUTH = re.compile(r"\A\s*(T|TRUE|F|FALSE)\s*(?:#(.*?))?(?:#(.*))?\Z", re.IGNORECASE | re.DOTALL)
_WEIGHT = re.compile(r"\A\s*%\s*(-?\d{1,3}(?:[.,]\d{1,7})?)\s*%")
_NUMBER = r"[+-]?\d{1,18}(?:[.,]\d{1,18})?(?:[eE][+-]?\d{1,2})?"
_SPAN = re.compile(rf"\A\s*({_NUMBER})\s*\.\.\s*({_NUMBER})\s*\Z")
_TOLERANCE = re.compile(rf"\A\s*({_NUMBER})\s*(?::\s*({_NUMBER})?\s*)?\Z")


class _Entry(NamedTuple):
    right: bool
    weight: Fraction | None
    text: str
    feedback: str

    @property
    def share(self) -> Fraction:
        return Fraction(int(self.right)) if self.weight is None else self.weight


def read_answers(body: str, text: str, show: Show) -> Callable[..., Question]:
    """Find out the kind of a question and read its answers.

    `show` gives back the escaped signs. Returns a builder that still wants name, feedback and format.
    Raises ValueError with the reason where the block makes no question.
    """
    if body.lstrip().startswith("#"):
        return partial(Number, text, _spans(body.lstrip()[1:], show))
    if body.lstrip().startswith(">"):
        return partial(Ordering, text, _items(body.lstrip()[1:], show))
    if match := _TRUTH.match(body):
        truth = match[1].upper().startswith("T")
        # Moodle's order: the first remark is for whoever got it wrong, the second for whoever got it right.
        return partial(TrueFalse, text, truth, show(match[2] or ""), show(match[3] or ""))
    entries = _entries(body)
    if not all(entry.right for entry in entries):
        return _choice(text, entries, show)
    if any("->" in entry.text for entry in entries):
        return partial(Matching, text, *_pairs(entries, show))
    return partial(ShortText, text, _accepted(entries, show))


def _choice(text: str, entries: list[_Entry], show: Show) -> Callable[..., Question]:
    """Tell one right option from several: an `=` sign anywhere means that one is to be chosen."""
    options = _options(entries, show)
    if len(options) < 2:
        raise ValueError("a choice needs two options")
    if len({option.text for option in options}) != len(options):
        raise ValueError("two options that read the same")
    if any(entry.right for entry in entries):
        if not any(option.weight == 1 for option in options):
            raise ValueError("no option earns the whole mark")
        return partial(Single, text, options)
    earned = sum((max(option.weight, Fraction(0)) for option in options), start=Fraction(0))
    if abs(earned - 1) > Fraction(1, 1000):
        raise ValueError("the weights of the right options do not add up to 100 percent")
    return partial(Multiple, text, options)


def _options(entries: list[_Entry], show: Show) -> tuple[Option, ...]:
    return tuple(Option(show(entry.text), entry.share, show(entry.feedback)) for entry in entries)


def _entries(body: str) -> list[_Entry]:
    """Cut an answer block at its `=` and `~` signs."""
    parts = re.split(r"(~=|[~=])", body)
    if parts[0].strip():
        raise ValueError("text before the first answer")
    entries: list[_Entry] = []
    for sign, part in zip(parts[1::2], parts[2::2], strict=True):
        if not part.strip():
            raise ValueError("an answer without text")
        match = _WEIGHT.match(part)
        weight = None if match is None else share(match[1].replace(",", "."))
        answer, _, feedback = (part if match is None else part[match.end() :]).partition("#")
        entries.append(_Entry(sign.endswith("="), weight, answer, feedback))
    if not entries:
        raise ValueError("no answers")
    if len(entries) > MAX_ANSWERS:
        raise ValueError("too many answers")
    return entries


def share(weight: str) -> Fraction:
    """Read a weight in percent as the exact share an author means: "33.33333" is one third.

    Raises ValueError outside -100 to 100.
    """
    value = Fraction(weight) / 100
    if not -1 <= value <= 1:
        raise ValueError("a weight outside -100 to 100 percent")
    near = value.limit_denominator(100)
    return near if abs(near - value) < Fraction(1, 10_000) else value


def _accepted(entries: list[_Entry], show: Show) -> tuple[Option, ...]:
    options = _options(entries, show)
    if not any(option.weight == 1 for option in options):
        raise ValueError("no answer earns the whole mark")
    return options


def _pairs(entries: list[_Entry], show: Show) -> tuple[tuple[str, ...], tuple[str, ...], tuple[int, ...]]:
    lefts: list[str] = []
    rights: list[str] = []
    key: list[int] = []
    for entry in entries:
        left, arrow, right = entry.text.partition("->")
        if not arrow or not right.strip():
            raise ValueError("a pair without its right side")
        shown_right = show(right)
        if shown_right not in rights:
            rights.append(shown_right)
        if left.strip():  # a pair without a left side is a distractor
            lefts.append(show(left))
            key.append(rights.index(shown_right))
    if len(lefts) < 2:
        raise ValueError("matching needs two pairs")
    if len(set(lefts)) != len(lefts):
        raise ValueError("two pairs with the same left side")
    return tuple(lefts), tuple(rights), tuple(key)


def _items(body: str, show: Show) -> tuple[str, ...]:
    entries = _entries(body)
    if not all(entry.right and entry.weight is None and not entry.feedback for entry in entries):
        raise ValueError("an ordering lists its items as `= item`, nothing else")
    items = tuple(show(entry.text) for entry in entries)
    if len(items) < 3:
        raise ValueError("an ordering needs three items")
    if len(set(items)) != len(items):
        raise ValueError("two items that read the same")
    return items


def _spans(body: str, show: Show) -> tuple[Span, ...]:
    if not body.lstrip().startswith(("=", "~")):
        body = "=" + body
    spans = []
    for entry in _entries(body):
        if not entry.right and not entry.text.strip():
            low, high = Decimal("-Infinity"), Decimal("Infinity")
        else:
            low, high = _span(show(entry.text))
        spans.append(Span(low, high, entry.share, show(entry.feedback)))
    if not any(span.weight == 1 for span in spans):
        raise ValueError("no number earns the whole mark")
    return tuple(spans)


def _span(text: str) -> tuple[Decimal, Decimal]:
    if match := _SPAN.match(text):
        low, high = _decimal(match[1]), _decimal(match[2])
        if low > high:
            raise ValueError("a range that ends before it begins")
        return low, high
    if match := _TOLERANCE.match(text):
        middle, tolerance = _decimal(match[1]), _decimal(match[2] or "0")
        if tolerance < 0:
            raise ValueError("a tolerance below zero")
        return middle - tolerance, middle + tolerance
    raise ValueError("not a number", text[:40])


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))
