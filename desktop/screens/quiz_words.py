"""The words of a quiz: question text made safe to show, numbers as Indonesians write them, scores."""

import re
from html import escape

import nh3

from desktop.formats import number
from desktop.language import tr
from desktop.screens.learning_views import QuestionKind, QuestionView
from desktop.screens.page_html import inline_html
from sync.packs.questions import TextFormat

_TAGS = {"b", "strong", "i", "em", "code", "sub", "sup", "br"}
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(\.\d{3})+")
_TAG = re.compile(r"<[^>]+>")


def shown_text(text: str, form: TextFormat = TextFormat.PLAIN) -> str:
    """The text of a question or option as a few safe tags for a label."""
    if form is TextFormat.MARKDOWN:
        return inline_html(text)
    if form in {TextFormat.HTML, TextFormat.MOODLE}:
        return nh3.clean(text, tags=_TAGS, attributes={}, url_schemes=set()).replace("\n", "<br>")
    return escape(text).replace("\n", "<br>")


def spoken_text(text: str, form: TextFormat = TextFormat.PLAIN) -> str:
    """The same without tags, for screen readers and lists."""
    return text if form is TextFormat.PLAIN else _TAG.sub(" ", shown_text(text, form)).strip()


def show_number(answer: str) -> str:
    """Write a decimal text as the language does: `1234.5` is `1.234,5`; `1.234` may mean two and stays."""
    if _THOUSANDS.fullmatch(answer):
        return answer
    whole, _, part = answer.partition(".")
    sign = "-" if whole.startswith("-") else ""
    digits = whole.lstrip("+-") or "0"
    return sign + number(int(digits)) + (number(0.5, 1)[1] + part if part else "")


def is_whole(question: QuestionView, answer: str) -> bool:
    """Tell whether an answer leaves nothing open; a matching with one left side alone does."""
    parts = answer.split(",") if question.kind is QuestionKind.MATCHING else [answer]
    return all(part.strip() for part in parts)


def attempts_words(number: int, allowed: int | None) -> str:
    """Say which attempt this is: `percobaan 1 dari 3`, or without the limit where there is none."""
    if allowed is None:
        return tr("percobaan {n}").format(n=number)
    return tr("percobaan {n} dari {m}").format(n=number, m=allowed)
