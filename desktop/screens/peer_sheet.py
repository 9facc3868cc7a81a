"""A colleague's paper over the page: read without a name, reviewed by the rubric and in words, offline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QWidget
from shiboken6 import isValid

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.formats import number
from desktop.language import tr
from desktop.screens.arrange import Part, column, holder, mid, row
from desktop.screens.assignment_views import CriterionView, FileView, Typed
from desktop.screens.button import Button
from desktop.screens.choice import NumberBox
from desktop.screens.mark_form import points_box
from desktop.screens.notice import problem_notice
from desktop.screens.peer_views import PeerActions, PeerPaperView, PeersView
from desktop.screens.screen_jobs import ScreenJobs
from desktop.screens.sheet import Sheet
from desktop.screens.slot import Slot
from desktop.screens.style import sp
from desktop.screens.text import label

_PAUSE_MS = 600  # a review is kept when typing pauses, so that a power cut takes half a word at most


def choose_place(parent: QWidget, name: str) -> str:
    """Ask where to save a colleague's file; empty for nowhere."""
    return QFileDialog.getSaveFileName(parent, tr("Simpan berkas"), name, "")[0]


@dataclass(frozen=True, slots=True)
class PeerDeeds:
    """What the sheet does: `after` is given the view after sending, None after a draft was kept."""

    actions: PeerActions
    activity: str
    after: Callable[[PeersView | None], None]
    choose: Callable[[QWidget, str], str] = choose_place


class PeerSheet:
    """One paper and its review. What is typed is kept; only the button sends it."""

    def __init__(self, window: QWidget, paper: PeerPaperView, deeds: PeerDeeds, jobs: Jobs) -> None:
        self._paper, self._deeds = paper, deeds
        self._boxes: dict[str, NumberBox] = {}
        self._said, self._kept = Slot("peer_said"), label("", "caption", name="peer_kept")
        self._total = label("", "strong", name="peer_total")
        self._words = QPlainTextEdit(paper.comment)
        self._words.setObjectName("peer_comment")
        self._words.setAccessibleName(tr("Komentar untuk penulis"))
        self._words.setPlaceholderText(tr("Apa yang sudah baik, dan apa yang dapat lebih baik?"))
        self._words.setTabChangesFocus(True)
        self._words.setFixedHeight(sp(96))
        self._go = Button(
            tr("Kirim lagi") if paper.sent else tr("Kirim penilaian"), "main", "tick", name="peer_send"
        )
        self._go.clicked.connect(self._send)
        later = Button(tr("Simpan dulu"), name="peer_later")
        files: list[Part] = [self._file(one, at) for at, one in enumerate(paper.files)]
        parts: list[Part] = [
            label(paper.text or tr("Tanpa teks."), wrap=True, name="peer_text"),
            *files,
            10,
            label(tr("Rubrik"), "card"),
            *[self._criterion(one) for one in paper.criteria],
            row(None, mid(self._total)),
            label(tr("Komentar untuk penulis"), "strong"),
            self._words,
            self._kept,
            self._said,
        ]
        about = tr(
            "Penulisnya tidak disebut, dan ia membaca penilaian ini tanpa nama Anda. Nilai tugas tetap dari"
            " widyaiswara."
        )
        self.sheet = Sheet(
            window,
            paper.name,
            about,
            holder(column(*parts, None, gap=8)),
            (later, self._go),
            name="peer_sheet",
            owner=self,
            width=760,
            closed=self._left,
        )
        self.sheet.setProperty("help", "penilaian-sejawat")
        later.clicked.connect(self.sheet.dismiss)
        self._jobs = ScreenJobs(self.sheet, jobs)
        self._plain_jobs, self._typed = jobs, paper.draft
        self._pause = QTimer(self.sheet)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._keep)
        for box in self._boxes.values():
            box.valueChanged.connect(self._changed)
        self._words.textChanged.connect(self._changed)
        self._add_up()

    def value(self) -> Typed:
        """What stands in the sheet now."""
        points = tuple((name, box.value()) for name, box in self._boxes.items())
        return Typed(points, self._words.toPlainText())

    def _changed(self) -> None:
        self._typed = True
        self._kept.setText("")
        self._add_up()
        self._pause.start()

    def _keep(self) -> None:
        self._pause.stop()
        keep, id_, typed = self._deeds.actions.keep, self._paper.id, self.value()
        self._jobs.write(lambda: keep(id_, typed), lambda _none: self._was_kept(), self._refused)

    def _was_kept(self) -> None:
        if isValid(self._kept):
            self._kept.setText(tr("Tersimpan di komputer ini, belum dikirim"))

    def _left(self) -> None:
        """Closed without sending: the last letters are kept before the list is read again."""
        if not self._typed:
            return
        deeds, id_, typed = self._deeds, self._paper.id, self.value()
        self._plain_jobs.write(
            lambda: deeds.actions.keep(id_, typed), lambda _none: deeds.after(None), lambda _problem: None
        )

    def _send(self) -> None:
        self._pause.stop()
        self._go.setEnabled(False)
        send, activity, id_, typed = (
            self._deeds.actions.send,
            self._deeds.activity,
            self._paper.id,
            self.value(),
        )
        self._jobs.write(lambda: send(activity, id_, typed), self._was_sent, self._refused)

    def _was_sent(self, view: PeersView) -> None:
        self.sheet.finish()
        self._deeds.after(view)

    def _refused(self, problem: Problem) -> None:
        self._go.setEnabled(True)
        self._said.put(problem_notice(problem, name="peer_problem"))
        self.sheet.refit()

    def _add_up(self) -> None:
        most = sum(one.points for one in self._paper.criteria)
        given = sum(box.value() for box in self._boxes.values())
        self._total.setText(tr("Jumlah {n} dari {m}").format(n=given, m=most))

    def _criterion(self, one: CriterionView) -> QWidget:
        words = column(label(one.title, "strong", wrap=True), label(one.about, "muted", wrap=True), gap=1)
        self._boxes[one.id] = box = points_box(one)
        most = label(tr("dari {n}").format(n=number(one.points)), "muted")
        return holder(row((words, 1), mid(box), mid(most), gap=12))

    def _file(self, one: FileView, at: int) -> QWidget:
        save = Button(
            tr("Simpan {berkas}…").format(berkas=one.name), "plain", "export", name=f"peer_file_{at}"
        )
        save.clicked.connect(lambda: self._save(one))
        return holder(row(mid(save), None))

    def _save(self, one: FileView) -> None:
        path = self._deeds.choose(self.sheet, one.name)
        if path:
            save = self._deeds.actions.save_file
            self._jobs.write(lambda: save(one.digest, path), lambda _none: self._said.put(), self._refused)
