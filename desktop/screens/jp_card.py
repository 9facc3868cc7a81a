"""`12 dari 20 JP`: the year's JP in one card, split in recognised, waiting and rejected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QFrame, QWidget

from desktop.formats import jp, long_day, short_day, year_name
from desktop.language import tr
from desktop.screens.arrange import holder, mid, row
from desktop.screens.bar import Bar, Fill, Piece, Swatch
from desktop.screens.card import card
from desktop.screens.fold import Flow
from desktop.screens.text import label


@dataclass(frozen=True, slots=True)
class JpView:
    """A year of JP, all in hundredths. Waiting is counted but not yet received by the centre or graded.

    With `today` of that year the card says how much a month is left to do. `span` are the first and last
    day of a year of contract; None for the calendar's.
    """

    year: int
    recognised: int
    waiting: int
    rejected: int
    target: int
    today: date | None = None
    span: tuple[date, date] | None = None

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day of the year."""
        return self.span or (date(self.year, 1, 1), date(self.year, 12, 31))

    @property
    def name(self) -> str:
        """How the year is called."""
        return year_name(*self.days)

    @property
    def counted(self) -> int:
        """What the big number says: recognised and waiting."""
        return self.recognised + self.waiting


def jp_words(view: JpView) -> str:
    """The sentence a screen reader says for the card."""
    return tr("{n} dari {t} JP. {a} diakui, {b} menunggu, {c} ditolak").format(
        n=jp(view.counted),
        t=jp(view.target),
        a=jp(view.recognised),
        b=jp(view.waiting),
        c=jp(view.rejected),
    )


def rest_words(view: JpView) -> str:
    """What is still needed this year."""
    rest = view.target - view.counted
    if rest <= 0:
        return tr("Target tahun {tahun} tercapai").format(tahun=view.name)
    first, last = view.days
    words = tr("Perlu {n} JP lagi sampai {tgl}").format(n=jp(rest), tgl=long_day(last))
    if view.today is None or not first <= view.today <= last:
        return words
    months = 12 * (last.year - view.today.year) + last.month - view.today.month + 1  # this one counted in
    pace = -(-rest // (100 * months))  # whole JP
    return tr("{sisa}, sekitar {n} JP sebulan").format(sisa=words, n=jp(100 * pace))


def year_words(view: JpView) -> str:
    """Say which year it is: the calendar's, or from when to when a contract's."""
    if view.span is None:
        return tr("Tahun {tahun}").format(tahun=view.year)
    first, last = view.span
    return tr("Tahun kontrak {dari} - {sampai}").format(dari=short_day(first), sampai=short_day(last))


def jp_bar(view: JpView) -> Bar:
    """The bar: recognised filled, waiting hatched."""
    pieces = (Piece(view.recognised, Fill.DONE), Piece(view.waiting, Fill.WAITING))
    return Bar(pieces, max(view.target, view.counted, 1), jp_words(view), name="jp_bar")


def jp_legend(view: JpView) -> QWidget:
    """Three swatches with their numbers; zero has an empty one."""
    shown = (
        (Fill.DONE, tr("{n} diakui"), view.recognised),
        (Fill.WAITING, tr("{n} menunggu"), view.waiting),
        (Fill.BAD, tr("{n} ditolak"), view.rejected),
    )
    parts = [
        holder(row(mid(Swatch(fill, empty=value == 0)), mid(label(words.format(n=jp(value)))), gap=6))
        for fill, words, value in shown
    ]
    return holder(Flow(parts, gap=18))


def jp_card(view: JpView, *, low: bool = False) -> QFrame:
    """The whole card."""
    head = row(
        mid(label(jp(view.counted), "number", name="jp_counted")),
        mid(label(tr("dari {n} JP").format(n=jp(view.target)), "card", name="jp_target")),
        None,
        mid(label(year_words(view), "muted", name="jp_year")),
        gap=8,
    )
    made = card(
        head,
        8 if low else 12,
        None,
        jp_bar(view),
        None,
        10 if low else 12,
        jp_legend(view),
        4,
        label(rest_words(view), "muted", wrap=True, name="jp_rest"),
        gap=0,
        margins=(20, 12, 20, 14),
    )
    made.setObjectName("jp_card")
    made.setAccessibleName(jp_words(view))
    return made
