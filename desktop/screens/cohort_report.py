"""Kantor > Laporan: the month in numbers and two charts, and the report as a workbook or on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.formats import number, short_day
from desktop.language import SEVERAL, tr, trn
from desktop.office.monthly import Monthly, UnitLine, fresh_line, summary, title_of
from desktop.screens.arrange import Part, column, holder, line, mid, row
from desktop.screens.bar import Bar, Fill, Piece
from desktop.screens.button import Button
from desktop.screens.card import card
from desktop.screens.chart import Column, Columns
from desktop.screens.fold import Beside, Fold
from desktop.screens.notice import notice, problem_notice
from desktop.screens.page import Scroll, body
from desktop.screens.paper_sheet import DrawnPaper, PaperActions, PaperSheet, PaperSize
from desktop.screens.slot import Slot
from desktop.screens.style import sp
from desktop.screens.text import Elided, label

UNITS = 12
"""Units shown; the workbook has all."""
_HELP = "kantor-laporan"
_CELL, _FOLD = 56, 860


@dataclass(frozen=True, slots=True)
class ReportActions:
    """`load`, `draw`, `handover`, `workbook` and `save_*` run as jobs; `choose_*` give empty for no place."""

    load: Callable[[], Monthly]
    draw: Callable[[Monthly, PaperSize], DrawnPaper]
    handover: Callable[[PaperSize], DrawnPaper]
    workbook: Callable[[Monthly], bytes]
    choose_pdf: Callable[[QWidget, str], str]
    choose_xlsx: Callable[[QWidget, Monthly], str]
    save_pdf: Callable[[str, bytes], None]
    save_handover: Callable[[str, bytes], None]
    save_xlsx: Callable[[str, bytes], None]
    say: Callable[[str], None]
    jobs: Jobs


class ReportTab(QWidget):
    """The tab Laporan."""

    def __init__(self, actions: ReportActions) -> None:
        super().__init__()
        self.setObjectName("report")
        self._actions = actions
        self._report: Monthly | None = None
        self._sheet: PaperSheet | None = None
        self._slot = Slot("report_slot")
        self._told = Slot("report_told")
        self.setLayout(column((self._slot, 1), gap=0))
        self.refresh()

    def help_page(self) -> str:
        """The page of help for F1."""
        return _HELP

    def begin(self) -> None:
        """Put the focus on the report on paper."""
        first = self.findChild(Button, "report_print")
        if first is not None:
            first.setFocus()

    def refresh(self) -> None:
        """Fold anew what has come."""
        self._actions.jobs.write(self._actions.load, self._loaded, self._failed)

    def _loaded(self, report: Monthly) -> None:
        self._report = report
        self._told = Slot("report_told")
        lower = Beside(_units(report.units), _weeks(report), right_width=430, fold=_FOLD)
        self._slot.put(
            Scroll(
                body(self._head(report), self._told, _numbers(report), lower, None, margins=(24, 16, 24, 24)),
                name="report_scroll",
            )
        )

    def _head(self, report: Monthly) -> QWidget:
        paper = Button(tr("Cetak laporan"), "main", "print", name="report_print")
        paper.clicked.connect(self._print)
        book = Button(tr("Simpan XLSX…"), "plain", "export", name="report_xlsx")
        book.clicked.connect(self._save)
        over = Button(tr("Serah terima…"), "quiet", "swap-user", name="report_handover")
        over.clicked.connect(self._hand_over)
        words = column(label(title_of(report), "title"), label(fresh_line(report), "muted", wrap=True), gap=2)
        return Fold((holder(words), 1), (holder(row(over, book, paper, gap=8)), 0), fold=_FOLD, gap=12)

    def _print(self) -> None:
        report, actions = self._report, self._actions
        if report is not None:
            self._sheet = PaperSheet(
                self.window(),
                tr("Laporan bulanan"),
                _HELP,
                PaperActions(
                    lambda size: actions.draw(report, size),
                    actions.choose_pdf,
                    actions.save_pdf,
                    actions.jobs,
                ),
            )

    def _hand_over(self) -> None:
        actions = self._actions
        self._sheet = PaperSheet(
            self.window(),
            tr("Berita Acara Serah Terima"),
            _HELP,
            PaperActions(actions.handover, actions.choose_pdf, actions.save_handover, actions.jobs),
        )

    def _save(self) -> None:
        report, actions = self._report, self._actions
        path = "" if report is None else actions.choose_xlsx(self.window(), report)
        if report is None or not path:
            return

        def work() -> None:
            actions.save_xlsx(path, actions.workbook(report))

        actions.jobs.run(
            work, lambda _none: actions.say(tr("Laporan disimpan dan sudah diperiksa.")), self._failed
        )

    def _failed(self, problem: Problem) -> None:
        said = problem_notice(problem, retry=self.refresh, name="report_problem")
        if self._report is None:
            self._slot.put(Scroll(body(said, None)))
        else:
            self._told.put(said)


def _numbers(report: Monthly) -> QWidget:
    parts = []
    for place, (words, value) in enumerate(summary(report).items()):
        inside = column(label(number(value), "title"), label(words, "caption", wrap=True), gap=2)
        made = holder(column(inside, gap=0, margins=(16, 10, 16, 10)), "card", f"report_number_{place}")
        made.setAccessibleName(f"{words}: {number(value)}")
        parts.append((made, 1))
    return Fold(*parts, fold=560, gap=12)


def _units(units: Sequence[UnitLine]) -> QFrame:
    """Finished by unit: a bar in each row of the table, so that picture and number are one."""
    parts: list[Part] = [label(tr("Selesai menurut unit kerja"), "card"), 4]
    heads = row(
        (label(tr("Unit kerja"), "caption_strong"), 1),
        _cell(tr("Selesai"), "caption_strong"),
        _cell(trn("Peserta", SEVERAL), "caption_strong"),
        gap=12,
    )
    parts += [heads, line()]
    shown = sorted(units, key=lambda one: (-one.people, one.unit))[:UNITS]
    for place, one in enumerate(shown):
        words = tr("{unit}: {a} dari {b} selesai").format(unit=one.unit, a=one.done, b=one.people)
        bar = Bar([Piece(one.done, Fill.DONE)], one.people, words, name=f"unit_bar_{place}")
        told = column(Elided(one.unit), bar, gap=4)
        parts.append(row((told, 1), mid(_cell(number(one.done))), mid(_cell(number(one.people))), gap=12))
    if len(units) > UNITS:
        rest = tr("{n} unit lain ada di berkas XLSX.").format(n=number(len(units) - UNITS))
        parts.append(label(rest, "muted"))
    if not units:
        parts.append(notice("info", tr("Daftar kantor belum ada."), name="report_no_units"))
    made = card(*parts, gap=8)
    made.setObjectName("report_units")
    return made


def _weeks(report: Monthly) -> QFrame:
    """Activity by week: columns, and the same numbers in two columns of text under them."""
    weeks = report.weeks
    told = [(short_day(one.monday).rsplit(" ", 1)[0], one.people) for one in weeks]
    words = "; ".join(tr("minggu {tgl}: {n} orang").format(tgl=day, n=people) for day, people in told)
    chart = Columns([Column(day, people) for day, people in told], words, name="report_weeks_chart")
    parts: list[Part] = [label(tr("Orang yang belajar tiap minggu"), "card"), 4, chart, 4]
    half = (len(told) + 1) // 2
    sides: list[Part] = []
    for some in (told[:half], told[half:]):
        lines: list[Part] = [
            row((label(tr("Minggu mulai"), "caption_strong"), 1), _cell(tr("Orang"), "caption_strong"))
        ]
        lines += [row((label(day), 1), _cell(number(people))) for day, people in some]
        sides.append((column(*lines, None, gap=4), 1))
    parts.append(row(*sides, gap=24))
    made = card(*parts, gap=4)
    made.setObjectName("report_weeks")
    return made


def _cell(words: str, role: str = "body") -> QWidget:
    made = label(words, role)
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    made.setMinimumWidth(sp(_CELL))
    return made
