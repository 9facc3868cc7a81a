"""Penilaian: a trainer's queue without names, and one work with its rubric; all of it works offline."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QSpinBox, QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.language import tr
from desktop.screens.arrange import Part, column, holder, mid, row
from desktop.screens.assignment_views import FileView, MarkingActions, MarkView, PaperView, QueueView
from desktop.screens.button import Button
from desktop.screens.card import card, list_card
from desktop.screens.loaded import Loaded
from desktop.screens.notice import notice, problem_notice
from desktop.screens.page import Scroll, body, empty, header
from desktop.screens.pill import Pill
from desktop.screens.slot import Slot
from desktop.screens.style import sp
from desktop.screens.text import Elided, label


def choose_place(parent: QWidget, name: str) -> str:
    """Ask where to save a file that was handed in; empty for nowhere."""
    return QFileDialog.getSaveFileName(parent, tr("Simpan berkas"), name, "")[0]


class Grading(Loaded[QueueView]):
    """The queue, or the one work that is open. `said` is one line for the window."""

    said = Signal(str)

    def __init__(
        self, actions: MarkingActions, jobs: Jobs, *, choose: Callable[[QWidget, str], str] = choose_place
    ) -> None:
        self._actions, self._choose = actions, choose
        self._open, self._writing = "", False
        self._told = Slot("grading_told")
        super().__init__("grading", tr("Penilaian"), jobs, actions.load)

    def help_page(self) -> str:
        """The page of help for F1."""
        return "penilaian"

    def open(self, key: str) -> None:
        """Open one work of the queue; an empty key goes back to the queue."""
        self._open, self._writing = key, False
        self.refresh()

    def refresh(self) -> None:
        """Load again; a work that is being marked stays as it is, whatever arrives meanwhile."""
        if not self._writing:
            super().refresh()

    def build(self, view: QueueView) -> tuple[QWidget, QWidget]:
        """The queue, or one work of it."""
        self._told = Slot("grading_told")
        paper = next((one for one in view.papers if one.key == self._open), None)
        self._writing = paper is not None
        if paper is not None:
            return self._paper(paper)
        head = header(
            tr("Penilaian"), tr("{n} menunggu. Nama tidak ditampilkan kepada penilai.").format(n=view.waiting)
        )
        if not view.papers:
            nothing = empty(
                "pen",
                tr("Belum ada tugas yang datang"),
                tr("Tugas peserta kantor ini datang lewat Kirim & terima, dengan internet atau flashdisk."),
                name="grading_empty",
            )
            return head, nothing
        rows = [self._row(one, at) for at, one in enumerate(view.papers)]
        return head, Scroll(body(list_card(tr("Tugas yang dikumpulkan"), rows), None))

    def _row(self, paper: PaperView, at: int) -> QWidget:
        go = Button(tr("Buka"), "plain", name=f"paper_{at}")
        go.setAccessibleName(tr("Buka naskah {kode}").format(kode=paper.code))
        go.clicked.connect(lambda: self.open(paper.key))
        words = column(
            None, Elided(paper.task, "strong"), Elided(_about(paper), "caption", "muted"), None, gap=1
        )
        pill = Pill(paper.state, paper.kind)
        made = holder(row((words, 1), mid(pill), mid(go), gap=14, margins=(20, 0, 12, 0)))
        made.setFixedHeight(sp(60))
        return made

    def _paper(self, paper: PaperView) -> tuple[QWidget, QWidget]:
        head = header(
            paper.task, "", Pill(paper.state, paper.kind), over=_about(paper), back=lambda: self.open("")
        )
        parts: list[Part] = [self._told, self._work(paper)]
        if paper.marks or paper.grades:
            parts.append(_history(paper))
        parts.append(self._rubric(paper))
        return head, Scroll(body(*parts, None))

    def _work(self, paper: PaperView) -> QWidget:
        words = label(paper.text or tr("Tanpa teks."), wrap=True, name="paper_text")
        files: list[Part] = [self._file(paper, one, at) for at, one in enumerate(paper.files)]
        return card(label(tr("Yang dikumpulkan"), "card"), words, *files)

    def _file(self, paper: PaperView, one: FileView, at: int) -> QWidget:
        save = Button(
            tr("Simpan {berkas}…").format(berkas=one.name), "plain", "export", name=f"paper_file_{at}"
        )

        def ask() -> None:
            path = self._choose(self, one.name)
            if path:
                self._do(
                    lambda: self._actions.save_file(paper.key, one.digest, path),
                    tr("Berkas disimpan."),
                    stay=True,
                )

        save.clicked.connect(ask)
        return holder(row(mid(save), None))

    def _rubric(self, paper: PaperView) -> QWidget:
        if not paper.criteria:
            about = tr("Rubriknya ada di paket kursus. Pasang paket itu untuk menilai.")
            return notice("info", tr("Paket kursus belum terpasang"), about, name="paper_no_pack")
        parts: list[Part] = [label(tr("Rubrik"), "card")]
        boxes: list[tuple[str, QSpinBox]] = []
        for one in paper.criteria:
            box = QSpinBox()
            box.setObjectName(f"points_{one.id}")
            box.setRange(0, one.points)
            box.setValue(one.given or 0)
            box.setFixedWidth(sp(96))
            box.setAccessibleName(
                tr("{kriteria}, paling banyak {n}").format(kriteria=one.title, n=one.points)
            )
            boxes.append((one.id, box))
            words = column(label(one.title, "strong", wrap=True), label(one.about, "muted", wrap=True), gap=1)
            most = label(tr("dari {n}").format(n=one.points), "muted")
            parts.append(holder(row((words, 1), mid(box), mid(most), gap=12)))
        total = label("", "strong", name="paper_total")

        def add_up() -> None:
            most = sum(one.points for one in paper.criteria)
            total.setText(tr("Jumlah {n} dari {m}").format(n=sum(box.value() for _, box in boxes), m=most))

        for _, box in boxes:
            box.valueChanged.connect(add_up)
        add_up()
        parts.append(holder(row(None, mid(total))))
        comment = _area("paper_comment", tr("Komentar untuk peserta"), paper.comment)
        parts += [label(tr("Komentar untuk peserta"), "strong"), comment]
        reason = _area("paper_reason", tr("Alasan"))
        buttons: list[Part] = [None]

        def given() -> tuple[tuple[str, int], ...]:
            return tuple((name, box.value()) for name, box in boxes)

        if paper.need in {"mark", "agree"}:
            back = Button(tr("Kembalikan untuk diperbaiki"), "plain", name="paper_back")
            back.clicked.connect(
                lambda: self._do(
                    lambda: self._actions.back(paper.key, comment.toPlainText()), tr("Tugas dikembalikan.")
                )
            )
            buttons.append(mid(back))
        if paper.need == "mark":
            give = Button(tr("Simpan penilaian"), "main", "tick", name="paper_give")
            give.clicked.connect(
                lambda: self._do(
                    lambda: self._actions.give(paper.key, given(), comment.toPlainText()),
                    tr("Penilaian tersimpan di komputer ini."),
                )
            )
            buttons.append(mid(give))
        elif paper.need == "agree":
            agree = Button(tr("Kirim nilai rata-rata"), "main", "tick", name="paper_agree")
            agree.clicked.connect(
                lambda: self._do(lambda: self._actions.agree(paper.key), tr("Nilai tersimpan."))
            )
            buttons.append(mid(agree))
        elif paper.need == "settle":
            parts += [label(tr("Alasan nilai akhir"), "strong"), reason]
            settle = Button(tr("Simpan nilai akhir"), "main", "gavel", name="paper_settle")
            settle.clicked.connect(
                lambda: self._do(
                    lambda: self._actions.settle(
                        paper.key, given(), comment.toPlainText(), reason.toPlainText()
                    ),
                    tr("Nilai akhir tersimpan."),
                )
            )
            buttons.append(mid(settle))
        return card(*parts, row(*buttons, gap=8))

    def _do(self, work: Callable[[], None], words: str, *, stay: bool = False) -> None:
        def done(_none: object) -> None:
            self.said.emit(words)
            if not stay:
                self.open("")

        self._jobs.write(work, done, self._refused)

    def _refused(self, problem: Problem) -> None:
        self._told.put(problem_notice(problem, name="grading_problem"))


def _about(paper: PaperView) -> str:
    return tr("Naskah {kode}. {tentang}").format(kode=paper.code, tentang=paper.about)


def _history(paper: PaperView) -> QWidget:
    """Every mark and every grade there was; nothing is written over."""
    parts: list[Part] = [label(tr("Penilaian sejauh ini"), "card")]
    parts += [_line(one, tr("Penilaian")) for one in paper.marks]
    parts += [_line(one, tr("Nilai akhir")) for one in paper.grades]
    return card(*parts)


def _line(one: MarkView, what: str) -> QWidget:
    words = tr("{apa}: {nilai}, {siapa}").format(apa=what, nilai=one.total, siapa=one.by)
    return label(f"{words}. {one.comment}" if one.comment else words, wrap=True)


def _area(name: str, words: str, text: str = "") -> QPlainTextEdit:
    made = QPlainTextEdit(text)
    made.setObjectName(name)
    made.setAccessibleName(words)
    made.setTabChangesFocus(True)
    made.setFixedHeight(sp(84))
    return made
