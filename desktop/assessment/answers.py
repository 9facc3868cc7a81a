"""How answers are written and read: places in a list, words, and numbers with a decimal comma or point."""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import assert_never

from sync.packs.questions import Matching, Multiple, Number, Ordering, Question, ShortText, Single, TrueFalse

LONGEST = 2_000

_PLAIN = re.compile(r"[+-]?([0-9]{1,18}(\.[0-9]{1,18})?|\.[0-9]{1,18})\Z")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{3}){1,5}\Z")


def places(answer: str, count: int) -> tuple[int | None, ...]:
    """Read "2,,1" as (2, None, 1). Anything that is no place below `count` reads as None."""
    if not answer.strip() or len(answer) > LONGEST:
        return ()
    return tuple(
        int(part) if part.isascii() and part.isdigit() and len(part) < 4 and int(part) < count else None
        for part in (piece.strip() for piece in answer.split(","))
    )


def written(chosen: Iterable[int | None]) -> str:
    """Write places as an answer: the inverse of `places`."""
    return ",".join("" if place is None else str(place) for place in chosen)


def number_text(typed: str) -> str | None:
    """Turn what a person typed into the decimal text of an answer, or None where it is no number.

    The comma is the decimal sign, as in Indonesian; a point is taken as one too where no comma is there.
    """
    text = re.sub(r"[\s\u00a0\u202f]", "", typed).replace("\u2212", "-")
    if len(text) > 40:
        return None
    if "," in text:
        whole, _, rest = text.rpartition(",")
        if "." in rest or "," in whole:
            return None
        if "." in whole and not _GROUPED.match(whole):
            return None
        text = f"{whole.replace('.', '')}.{rest}" if rest else whole.replace(".", "")
    elif text.count(".") > 1:
        if not _GROUPED.match(text):
            return None
        text = text.replace(".", "")
    return text if _PLAIN.match(text) else None


def number_readings(answer: str) -> tuple[Decimal, ...]:
    """Read an answer as a number. "1.234" is read both ways, as 1.234 and as 1234: either may be meant."""
    text = number_text(answer)
    if text is None:
        return ()
    readings = [Decimal(text)]
    if _GROUPED.match(text):
        readings.append(Decimal(text.replace(".", "")))
    return tuple(readings)


def same_words(accepted: str, answer: str) -> bool:
    r"""Compare words as a teacher would: case, spacing and typographic variants do not count.

    `*` in `accepted` stands for any letters, none included; `\*` for the sign itself.
    """
    if len(answer) > LONGEST:
        return False
    parts = [_folded(part.replace("\0", "*")) for part in accepted.replace("\\*", "\0").split("*")]
    text = _folded(answer)
    if len(parts) == 1:
        return bool(text) and text == parts[0]
    if not text or not text.startswith(parts[0]):
        return False
    at = len(parts[0])
    for part in parts[1:-1]:
        found = text.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return len(text) - at >= len(parts[-1]) and text.endswith(parts[-1])


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).replace("\u2019", "'").replace("\u2018", "'")
    return " ".join(plain.casefold().split())


def right_answer(question: Question) -> str:  # noqa: PLR0911 - one return a kind
    """Write the answer that earns the whole mark, for the review after handing in."""
    match question:
        case Single():
            return written(
                [max(range(len(question.options)), key=lambda place: question.options[place].weight)]
            )
        case Multiple():
            return written(place for place, option in enumerate(question.options) if option.weight > 0)
        case TrueFalse():
            return "1" if question.truth else "0"
        case ShortText():
            return next(option.text for option in question.accepted if option.weight == 1)
        case Number():
            return _middle(question)
        case Matching():
            return written(question.key)
        case Ordering():
            return written(question.right)
    assert_never(question)


def _middle(question: Number) -> str:
    span = next(span for span in question.spans if span.weight == 1)
    if span.low.is_infinite():
        return "0"
    return f"{((span.low + span.high) / 2).normalize():f}"


def is_answered(question: Question, answer: str) -> bool:
    """Tell whether an answer leaves nothing open, so that "belum dijawab" can be counted."""
    match question:
        case Matching():
            given = places(answer, len(question.rights))
            return len(given) == len(question.lefts) and None not in given
        case Single() | Multiple():
            return any(place is not None for place in places(answer, len(question.options)))
        case _:
            return bool(answer.strip())
