"""A year's JP by route and form: classroom beside the rest, one under another where it is narrow."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from desktop.formats import jp
from desktop.language import tr
from desktop.screens.arrange import TOP, Part, column, holder, row
from desktop.screens.card import card
from desktop.screens.fold import Fold
from desktop.screens.text import label

_SIDE_BY_SIDE = 640


@dataclass(frozen=True, slots=True)
class RouteView:
    """One route with its JP in hundredths, and those of each form of it, all in words."""

    words: str
    jp: int
    forms: tuple[tuple[str, int], ...]


def routes_card(routes: tuple[RouteView, ...]) -> QFrame:
    """The whole card; each route says its own sum and what it is made of."""
    parts = [(_route(one), 1) for one in routes]
    made = card(
        label(tr("Menurut jalur dan bentuk"), "card"),
        Fold(*parts, fold=_SIDE_BY_SIDE, gap=40, align=Qt.AlignmentFlag.AlignTop),
        gap=8,
        margins=(20, 12, 20, 14),
    )
    made.setObjectName("jp_routes")
    made.setAccessibleName(". ".join(routes_words(one) for one in routes))
    return made


def routes_words(one: RouteView) -> str:
    """The sentence a screen reader says of a route."""
    forms = ", ".join(f"{words} {jp(amount)}" for words, amount in one.forms)
    return tr("{jalur} {n} JP: {daftar}").format(jalur=one.words, n=jp(one.jp), daftar=forms)


def _route(one: RouteView) -> QWidget:
    lines: list[Part] = [_line(one.words, one.jp, "strong")]
    lines += [_line(words, amount, "muted") for words, amount in one.forms]
    return holder(column(*lines, None, gap=4))


def _line(words: str, amount: int, role: str) -> QWidget:
    said = label(words, role, wrap=True)
    hours = label(tr("{n} JP").format(n=jp(amount)), role)
    return holder(row((said, 1), (hours, 0, TOP), gap=16))
