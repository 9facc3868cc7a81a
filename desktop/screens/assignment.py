"""Tugas: what is asked, a text and files kept as they are made, handing in, the receipt, and the grade."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.formats import long_day, number, size
from desktop.language import tr
from desktop.screens.activity_player import Player
from desktop.screens.arrange import column, holder, mid, row
from desktop.screens.assignment_views import AssignmentActions, AssignmentBody, FileView, GradeView
from desktop.screens.button import Button
from desktop.screens.card import card
from desktop.screens.notice import notice, problem_notice
from desktop.screens.page import Scroll, body, rows
from desktop.screens.page_text import PageText
from desktop.screens.peer_cards import peer_cards
from desktop.screens.peer_sheet import PeerDeeds, PeerSheet, choose_place
from desktop.screens.peer_views import PeerPaperView, PeersView
from desktop.screens.screen_jobs import ScreenJobs
from desktop.screens.slot import Slot
from desktop.screens.style import sp
from desktop.screens.text import label

_PAUSE_MS = 600  # the text is kept when typing pauses, so that a power cut takes half a word at most
_PAGE, _TEXT = 300, 180


def choose_file(parent: QWidget) -> str:
    """Ask which file to add; empty for none."""
    return QFileDialog.getOpenFileName(parent, tr("Pilih berkas"), "", "")[0]


class Assignment(Player):
    """One assignment of a learner; everything but the buttons works without any net."""

    def __init__(
        self,
        key: str,
        view: AssignmentBody,
        actions: AssignmentActions,
        jobs: Jobs,
        *,
        choose: Callable[[QWidget], str] = choose_file,
        choose_place: Callable[[QWidget, str], str] = choose_place,
    ) -> None:
        super().__init__()
        self.setObjectName("assignment")
        self._key, self._actions, self._choose = key, actions, choose
        self._choose_place = choose_place
        self._jobs = ScreenJobs(self, jobs)
        self._kept = view.text
        self._state, self._files, self._said = Slot("task_state"), Slot("task_files"), Slot("task_said")
        self._peers, self._plain_jobs = Slot("task_peers"), jobs
        self._sheet: PeerSheet | None = None
        self.page = PageText(self)
        self.page.setMinimumHeight(sp(_PAGE))
        self.page.show_page(_with_rubric(view), view.name, view.resource)
        self.words = QPlainTextEdit(view.text)
        self.words.setObjectName("task_text")
        self.words.setAccessibleName(tr("Jawaban Anda"))
        self.words.setPlaceholderText(tr("Tulis di sini. Tersimpan sendiri saat Anda berhenti mengetik."))
        self.words.setTabChangesFocus(True)
        self.words.setMinimumHeight(sp(_TEXT))
        self.words.textChanged.connect(self._typed)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.keep)
        self._add = Button(tr("Tambah berkas…"), "plain", "plus", name="task_add")
        self._add.clicked.connect(self._ask_file)
        self._hand_in = Button(tr("Kumpulkan"), "main", "tick", name="task_hand_in")
        self._hand_in.clicked.connect(self._ask_hand_in)
        self._kept_words = label("", "caption", name="task_kept")
        desk = card(
            label(tr("Jawaban Anda"), "card"),
            self.words,
            self._files,
            row(mid(self._add), mid(self._kept_words), None, mid(self._hand_in), gap=12),
            self._said,
        )
        inside = body(self._state, self._peers, self.page, desk, None, margins=(24, 16, 24, 24))
        self.setLayout(column((Scroll(inside, name="task_scroll"), 1), gap=0))
        self._show(view)

    def begin(self) -> None:
        """Begin with the text."""
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Keep what was typed last."""
        self.keep()

    def help_page(self) -> str:
        """The page of help."""
        return "tugas"

    def keep(self) -> None:
        """Keep the text where it differs from what is kept."""
        self._pause.stop()
        words = self.words.toPlainText()
        if words == self._kept:
            return
        self._kept = words
        self._jobs.write(
            lambda: self._actions.keep_text(self._key, words),
            lambda _none: self._kept_words.setText(tr("Tersimpan di komputer ini, belum dikumpulkan")),
            self._failed,
        )

    def _typed(self) -> None:
        self._kept_words.setText("")
        self._pause.start()

    def _ask_file(self) -> None:
        path = self._choose(self)
        if path:
            self.keep()
            self._jobs.write(lambda: self._actions.add_file(self._key, path), self._show, self._failed)

    def _drop(self, digest: bytes) -> None:
        self._jobs.write(lambda: self._actions.drop_file(self._key, digest), self._show, self._failed)

    def _ask_hand_in(self) -> None:
        self.keep()
        self._hand_in.setEnabled(False)
        self._jobs.write(lambda: self._actions.hand_in(self._key), self._was_handed_in, self._failed)

    def _was_handed_in(self, view: AssignmentBody) -> None:
        self._kept = ""
        self.words.setPlainText("")
        self._pause.stop()
        self._kept_words.setText("")
        self._show(view)
        self.completed.emit()
        self.page.verticalScrollBar().setValue(0)

    def _failed(self, problem: Problem) -> None:
        self._hand_in.setEnabled(True)
        self._said.put(problem_notice(problem, name="task_problem"))

    def _show(self, view: AssignmentBody) -> None:
        """Show where it stands: files, receipt and grade; the text stays as it is being written."""
        self._hand_in.setEnabled(True)
        self._hand_in.set_text(tr("Kumpulkan lagi") if view.handed else tr("Kumpulkan"))
        self._said.put()
        self._add.setEnabled(len(view.files) < view.most_files)
        self._files.put(*[_file_row(one, at, self._drop) for at, one in enumerate(view.files)])
        told: list[QWidget] = []
        if view.handed is not None:
            words = tr("Versi {n}, {tgl}. Kode tanda terima {kode}.").format(
                n=view.handed.version, tgl=long_day(view.handed.day), kode=view.handed.code
            )
            kind = "info" if view.handed.looked_at else "ok"
            words = " ".join(filter(None, (words, view.handed.counts)))
            told.append(notice(kind, tr("Sudah dikumpulkan"), words, name="task_handed"))
        elif view.until:
            until = tr("Batas waktu {tgl}").format(tgl=view.until)
            told.append(notice("info", until, view.promise, name="task_deadline"))
        if view.grade is not None:
            told.append(_grade(view.grade))
        self._state.put(*([rows(*told)] if told else []))
        self._show_peers(view.peers)

    def _show_peers(self, view: PeersView | None) -> None:
        """Show what colleagues wait for, and what they said."""
        made = [] if view is None else peer_cards(view, self._open_paper)
        self._peers.put(*([rows(*made, gap=16)] if made else []))

    def _open_paper(self, paper: PeerPaperView) -> None:
        actions = self._actions.peers
        if actions is not None:
            self.keep()
            deeds = PeerDeeds(actions, self._key, self._after_review, self._choose_place)
            self._sheet = PeerSheet(self.window(), paper, deeds, self._plain_jobs)

    def _after_review(self, view: PeersView | None) -> None:
        """Show what was sent; after a draft was kept the list is read again."""
        if view is not None:
            self._show_peers(view)
            return
        load = self._actions.load
        self._jobs.run(lambda: load(self._key), lambda body: self._show_peers(body.peers), self._failed)


def _file_row(one: FileView, at: int, drop: Callable[[bytes], None]) -> QWidget:
    remove = Button(tr("Hapus {berkas}").format(berkas=one.name), "icon", "x", name=f"task_drop_{at}")
    remove.clicked.connect(lambda: drop(one.digest))
    return holder(row(mid(label(one.name)), mid(label(size(one.size), "muted")), mid(remove), None, gap=10))


def _grade(grade: GradeView) -> QWidget:
    """What came back, with the code of the very work it is of."""
    words = [grade.comment] if grade.comment else []
    for one in grade.lines:
        if one.voided:
            words.append(
                tr("{kriteria}: dibatalkan, tidak dihitung. {alasan}").format(
                    kriteria=one.title, alasan=one.voided
                )
            )
        elif one.given is not None:
            given = number(one.given / 100, 2 if one.given % 10 else 1 if one.given % 100 else 0)
            words.append(tr("{kriteria}: {n} dari {m}").format(kriteria=one.title, n=given, m=one.points))
    if grade.before:
        words.append(tr("Sebelum kriteria dibatalkan: {nilai}").format(nilai=grade.before))
    if grade.reason:
        words.append(tr("Alasan: {alasan}").format(alasan=grade.reason))
    if grade.earlier:
        words.append(tr("Nilai sebelumnya: {nilai}").format(nilai=", ".join(grade.earlier)))
    words.append(tr("Yang dinilai: {kode}.").format(kode=grade.code))
    if grade.returned:
        return notice("warn", tr("Dikembalikan untuk diperbaiki"), "\n".join(words), name="task_grade")
    title = tr("Nilai {n} dari {m}").format(n=grade.total, m=grade.most)
    return notice("ok", title, "\n".join(words), icon="award", name="task_grade")


def _with_rubric(view: AssignmentBody) -> str:
    """The instruction with its rubric under it, as one page."""
    parts: list[str] = [view.instruction.rstrip(), "", f"## {tr('Cara menilai')}", ""]
    parts += [f"| {tr('Kriteria')} | {tr('Nilai')} |", "|---|---|"]
    for one in view.criteria:
        words = f"**{one.title}** {one.about}".strip().replace("|", "/")
        parts.append(f"| {words} | {one.points} |")
    return "\n".join(parts) + "\n"
