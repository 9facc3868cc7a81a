"""How a question is written in a pack: what is asked, its key apart from it, and both read together again."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from typing import Any, assert_never

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
    TextFormat,
    TrueFalse,
)

_NAMES: Mapping[type[Question], str] = {
    Single: "single",
    Multiple: "multiple",
    TrueFalse: "true_false",
    ShortText: "short_text",
    Number: "number",
    Matching: "matching",
    Ordering: "ordering",
}


def mixed(count: int, seed: bytes) -> tuple[int, ...]:
    """Return the places 0 to `count - 1` in an order that depends on `seed` alone."""
    return tuple(sorted(range(count), key=lambda place: sha256(seed + place.to_bytes(4, "big")).digest()))


def asked_form(question: Question, seed: bytes) -> dict[str, Any]:
    """Write what a question asks and nothing of what is right; `seed` mixes its parts."""
    form: dict[str, Any] = {
        "kind": _NAMES[type(question)],
        "text": question.text,
        "name": question.name,
        "format": question.format.value,
    }
    match question:
        case Single() | Multiple():
            order = mixed(len(question.options), seed)
            form["options"] = [question.options[place].text for place in order]
        case Matching():
            form["lefts"] = list(question.lefts)
            form["rights"] = [question.rights[place] for place in mixed(len(question.rights), seed)]
        case Ordering():
            form["items"] = [question.items[place] for place in mixed(len(question.items), seed)]
        case TrueFalse() | ShortText() | Number():
            pass
        case _:
            assert_never(question)
    return form


def key_form(question: Question, seed: bytes) -> dict[str, Any]:
    """Write what is right, by the places that `asked_form` gave."""
    form: dict[str, Any] = {"feedback": question.feedback}
    match question:
        case Single() | Multiple():
            order = mixed(len(question.options), seed)
            form["options"] = [_option(question.options[place]) for place in order]
        case ShortText():
            form["accepted"] = [[option.text, *_option(option)] for option in question.accepted]
        case Number():
            form["spans"] = [[str(s.low), str(s.high), str(s.weight), s.feedback] for s in question.spans]
        case TrueFalse():
            form |= {"truth": question.truth, "wrong": question.when_wrong, "right": question.when_right}
        case Matching():
            order = mixed(len(question.rights), seed)
            form["places"] = [order.index(right) for right in question.key]
        case Ordering():
            order = mixed(len(question.items), seed)
            form["places"] = [order.index(place) for place in question.right]
        case _:
            assert_never(question)
    return form


def question_of(said: Mapping[str, Any], key: Mapping[str, Any] | None) -> Question:  # noqa: PLR0911 - one a kind
    """Read a question; without its key nothing is right. Raises ValueError, KeyError or TypeError."""
    text = _text(said["text"])
    more: dict[str, Any] = {
        "name": _text(said["name"]),
        "feedback": "" if key is None else _text(key["feedback"]),
        "format": TextFormat(said["format"]),
    }
    match said["kind"]:
        case "single":
            return Single(text, _options(said["options"], key), **more)
        case "multiple":
            return Multiple(text, _options(said["options"], key), **more)
        case "true_false":
            if key is None:
                return TrueFalse(text, truth=False, **more)
            return TrueFalse(text, key["truth"] is True, _text(key["wrong"]), _text(key["right"]), **more)
        case "short_text":
            told = () if key is None else tuple(_told(*one) for one in key["accepted"])
            return ShortText(text, told, **more)
        case "number":
            return Number(text, () if key is None else tuple(_span(*one) for one in key["spans"]), **more)
        case "matching":
            lefts, rights = _texts(said["lefts"]), _texts(said["rights"])
            return Matching(text, lefts, rights, _places(key, len(lefts), len(rights)), **more)
        case "ordering":
            items = _texts(said["items"])
            return Ordering(text, items, key=_places(key, len(items), len(items)), **more)
        case kind:
            raise ValueError(kind)


def _option(option: Option) -> list[str]:
    return [str(option.weight), option.feedback]


def _told(text: str, weight: str, feedback: str) -> Option:
    return Option(_text(text), Fraction(weight), _text(feedback))


def _span(low: str, high: str, weight: str, feedback: str) -> Span:
    return Span(Decimal(low), Decimal(high), Fraction(weight), _text(feedback))


def _options(texts: Sequence[object], key: Mapping[str, Any] | None) -> tuple[Option, ...]:
    if key is None:
        return tuple(Option(text, Fraction(0)) for text in _texts(texts))
    pairs = zip(_texts(texts), key["options"], strict=True)
    return tuple(_told(text, *one) for text, one in pairs)


def _places(key: Mapping[str, Any] | None, count: int, below: int) -> tuple[int, ...]:
    if key is None:
        return ()
    found = tuple(key["places"])
    if len(found) != count or not all(type(place) is int and 0 <= place < below for place in found):
        raise ValueError("places")
    return found


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("text expected")
    return value


def _texts(values: Sequence[object]) -> tuple[str, ...]:
    return tuple(_text(value) for value in values)
