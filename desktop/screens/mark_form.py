"""The rubric of one work to be filled in: points by criterion, comment, reason, and what can be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.formats import number
from desktop.language import tr
from desktop.screens.arrange import Part, column, holder, mid, row
from desktop.screens.assignment_views import CriterionView, PaperView, Typed
from desktop.screens.button import Button
from desktop.screens.card import card
from desktop.screens.choice import NumberBox
from desktop.screens.notice import notice
from desktop.screens.style import sp
from desktop.screens.text import label


@dataclass(frozen=True, slots=True)
class MarkDeeds:
    """What the buttons of the form do."""

    give: Callable[[], None]
    settle: Callable[[], None]
    agree: Callable[[], None]
    back: Callable[[], None]
    void: Callable[[], None]


class MarkForm(QWidget):
    """One rubric. `typed` is emitted at each change."""

    typed = Signal()

    def __init__(self, paper: PaperView, deeds: MarkDeeds) -> None:
        super().__init__()
        self._paper, self._deeds = paper, deeds
        self._boxes: dict[str, NumberBox] = {}
        self.kept = label(_kept_words() if paper.draft else "", "caption", name="paper_kept")
        self._total = label("", "strong", name="paper_total")
        parts: list[Part] = [label(tr("Rubrik"), "card")]
        parts += [self._criterion(one) for one in paper.criteria]
        self._comment = _area("paper_comment", tr("Komentar untuk peserta"), paper.comment)
        self._reason = _area("paper_reason", tr("Alasan"), paper.reason)
        parts.append(holder(row(None, mid(self._total))))
        parts += [label(tr("Komentar untuk peserta"), "strong"), self._comment]
        if paper.need == "settle":
            parts += [label(tr("Alasan nilai akhir"), "strong"), self._reason]
        parts += [self.kept, row(None, *self._buttons(), gap=8)]
        self.setLayout(column(card(*parts), gap=0))
        for box in self._boxes.values():
            box.valueChanged.connect(self._changed)
        self._comment.textChanged.connect(self.typed)
        self._reason.textChanged.connect(self.typed)
        self._add_up()

    def value(self, seconds: int) -> Typed:
        """What stands in the form now."""
        points = tuple((name, box.value()) for name, box in self._boxes.items())
        return Typed(points, self._comment.toPlainText(), self._reason.toPlainText(), seconds)

    def was_kept(self) -> None:
        """Say that what was typed is on the disk."""
        self.kept.setText(_kept_words())

    def _changed(self) -> None:
        self._add_up()
        self.typed.emit()

    def _add_up(self) -> None:
        most = sum(one.points for one in self._paper.criteria if not one.voided)
        given = sum(box.value() for box in self._boxes.values())
        self._total.setText(tr("Jumlah {n} dari {m}").format(n=given, m=most))

    def _criterion(self, one: CriterionView) -> QWidget:
        words = column(label(one.title, "strong", wrap=True), label(one.about, "muted", wrap=True), gap=1)
        if one.voided:
            about = tr("Tidak dihitung untuk siapa pun: {alasan}").format(alasan=one.voided)
            return notice("warn", one.title, about, name=f"voided_{one.id}")
        self._boxes[one.id] = box = points_box(one)
        most = label(tr("dari {n}").format(n=number(one.points)), "muted")
        return holder(row((words, 1), mid(box), mid(most), gap=12))

    def _buttons(self) -> list[Part]:
        need, deeds = self._paper.need, self._deeds
        made: list[Part] = []
        if self._boxes and not self._paper.office:
            away = Button(tr("Batalkan kriteria…"), "plain", name="paper_void")
            away.clicked.connect(deeds.void)
            made.append(mid(away))
        if need in {"mark", "agree"}:
            back = Button(tr("Kembalikan untuk diperbaiki"), "plain", name="paper_back")
            back.clicked.connect(deeds.back)
            made.append(mid(back))
        if need == "mark":
            give = Button(tr("Simpan penilaian"), "main", "tick", name="paper_give")
            give.clicked.connect(deeds.give)
            made.append(mid(give))
        elif need == "agree":
            agree = Button(tr("Kirim nilai rata-rata"), "main", "tick", name="paper_agree")
            agree.clicked.connect(deeds.agree)
            made.append(mid(agree))
        elif need == "settle":
            settle = Button(tr("Simpan nilai akhir"), "main", "gavel", name="paper_settle")
            settle.clicked.connect(deeds.settle)
            made.append(mid(settle))
        return made


def points_box(one: CriterionView) -> NumberBox:
    """A box for the whole points of one criterion."""
    words = tr("{kriteria}, paling banyak {n}").format(kriteria=one.title, n=one.points)
    return NumberBox(one.points, (one.given or 0) // 100, name=f"points_{one.id}", words=words, width=96)


def _kept_words() -> str:
    return tr("Tersimpan di komputer ini, belum dikirim")


def _area(name: str, words: str, text: str = "") -> QPlainTextEdit:
    made = QPlainTextEdit(text)
    made.setObjectName(name)
    made.setAccessibleName(words)
    made.setTabChangesFocus(True)
    made.setFixedHeight(sp(84))
    return made
