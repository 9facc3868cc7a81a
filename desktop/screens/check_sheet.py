"""Periksa bukti: somebody's paper, by its file or by the text of its code, judged without a network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.language import tr
from desktop.screens.arrange import Part, column, holder, row
from desktop.screens.button import Button
from desktop.screens.field import Asked, Field
from desktop.screens.icons import Icon
from desktop.screens.notice import notice, problem_notice
from desktop.screens.screen_jobs import ScreenJobs
from desktop.screens.sheet import Sheet
from desktop.screens.slot import Slot
from desktop.screens.text import label


@dataclass(frozen=True, slots=True)
class CheckedView:
    """What was found: `kind` is ok, info, warn or bad; `lines` are what the paper must say in print."""

    kind: str
    title: str
    about: str
    lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CheckActions:
    """`of_text` and `of_file` run as jobs; `choose` asks for a file, empty for none."""

    of_text: Callable[[str], CheckedView]
    of_file: Callable[[str], CheckedView]
    choose: Callable[[QWidget], str]
    jobs: Jobs


class CheckSheet:
    """Asks for a file or a text, and says what it is worth."""

    def __init__(self, window: QWidget, actions: CheckActions) -> None:
        self._actions = actions
        field = Field(name="check_text", words=tr("Teks dari kode QR"), hint="SULUH1:…")
        self._asked = Asked(
            tr("Teks dari kode QR"),
            field,
            tr("Pindai kodenya dengan telepon, lalu tempelkan teksnya di sini."),
        )
        self._slot = Slot("check_slot")
        look = Button(tr("Periksa"), "main", name="check_go")
        look.clicked.connect(self._text)
        file = Button(tr("Pilih berkas PDF…"), "plain", "pdf", name="check_file")
        file.clicked.connect(self._file)
        close = Button(tr("Tutup"), name="check_leave")
        self.sheet = Sheet(
            window,
            tr("Periksa bukti"),
            tr("Sertifikat dan bukti sementara dari Suluh dapat diperiksa di sini tanpa internet."),
            holder(column(row(file, None), 4, self._asked, self._slot, None, gap=8)),
            (close, look),
            name="check_sheet",
            owner=self,
            width=600,
            picture=Icon("shield", "primary", 28),
        )
        self.sheet.setProperty("help", "bukti-jp")
        close.clicked.connect(self.sheet.dismiss)
        field.returnPressed.connect(self._text)
        field.textEdited.connect(lambda _text: self._asked.advise())
        self._jobs = ScreenJobs(self.sheet, actions.jobs)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _text(self) -> None:
        text = self._asked.field.text().strip()
        if not text:
            self._asked.advise(tr("Tempelkan teksnya, atau pilih berkas PDF."), "bad")
            return
        self._jobs.run(lambda: self._actions.of_text(text), self._found, self._failed)

    def _file(self) -> None:
        path = self._actions.choose(self.sheet)
        if path:
            self._jobs.run(lambda: self._actions.of_file(path), self._found, self._failed)

    def _found(self, view: CheckedView) -> None:
        rows: list[Part] = [
            row((label(what, "muted"), 1), (label(said, "strong", wrap=True), 2), gap=12)
            for what, said in view.lines
        ]
        self._tell(
            holder(column(notice(view.kind, view.title, view.about, name="check_found"), 4, *rows, gap=4))
        )

    def _failed(self, problem: Problem) -> None:
        self._tell(problem_notice(problem, name="check_problem"))

    def _tell(self, said: QWidget) -> None:
        self._slot.put(said)
        self.sheet.refit()
