"""The data meter: what the internet has cost today and this month, and the limit somebody set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame

from desktop.formats import size
from desktop.language import tr
from desktop.screens.arrange import Part, mid, row
from desktop.screens.bar import Bar, Fill, Piece
from desktop.screens.button import Button
from desktop.screens.card import card
from desktop.screens.text import label


@dataclass(frozen=True, slots=True)
class MeterView:
    """Bytes over the internet, both ways; `limit` of the month, 0: none. `lan` went over the office's own."""

    today: int
    month: int
    limit: int = 0
    lan: int = 0

    @property
    def reached(self) -> bool:
        """Whether nothing goes by itself any more this month."""
        return bool(self.limit) and self.month >= self.limit


def meter_card(meter: MeterView, change: Callable[[], None]) -> QFrame:
    """Today, this month, and how much of the limit that is."""
    button = Button(tr("Ubah batas"), "quiet", name="change_limit")
    button.clicked.connect(change)
    month = size(meter.month)
    if meter.limit:
        month = tr("{a} dari {b}").format(a=month, b=size(meter.limit))
    parts: list[Part] = [
        row(mid(label(tr("Pemakaian data"), "card"), 1), mid(button)),
        _line(tr("Hari ini"), size(meter.today)),
        _line(tr("Bulan ini"), month),
    ]
    if meter.limit:
        used = Piece(min(meter.month, meter.limit), Fill.RUNNING)  # a full month is no fault of anybody
        parts += [2, Bar([used], meter.limit, month, name="meter_bar")]
    else:
        parts.append(label(tr("Tanpa batas bulanan"), "caption"))
    if meter.lan:
        parts.append(
            label(tr("Jaringan kantor tidak dihitung: {n}").format(n=size(meter.lan)), "caption", wrap=True)
        )
    made = card(*parts, gap=6, margins=(20, 10, 20, 16))
    made.setObjectName("meter")
    made.setAccessibleName(
        tr("Pemakaian data. Hari ini {a}, bulan ini {b}").format(a=size(meter.today), b=month)
    )
    return made


def _line(words: str, value: str) -> Part:
    return row(mid(label(words)), None, mid(label(value, "strong")), gap=12)
