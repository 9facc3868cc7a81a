"""A paper of the office before it is saved: its first page as it will look, its size, and a place for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QButtonGroup, QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.language import tr, trn
from desktop.screens.arrange import TOP, column, holder, row
from desktop.screens.button import Button
from desktop.screens.choice import Radio
from desktop.screens.icons import Icon
from desktop.screens.notice import notice, problem_notice
from desktop.screens.proof_sheet import Page, PaperSize
from desktop.screens.screen_jobs import ScreenJobs
from desktop.screens.sheet import Sheet
from desktop.screens.slot import Slot
from desktop.screens.text import label


@dataclass(frozen=True, slots=True)
class DrawnPaper:
    """A paper drawn: its title, how many pages, the file, and its first page as a picture."""

    title: str
    pages: int
    pdf: bytes
    page: QImage


@dataclass(frozen=True, slots=True)
class PaperActions:
    """`draw` and `save` (path, PDF) run as jobs; `choose` asks for a place, empty for none."""

    draw: Callable[[PaperSize], DrawnPaper]
    choose: Callable[[QWidget, str], str]
    save: Callable[[str, bytes], None]
    jobs: Jobs


class PaperSheet:
    """Looks at one paper; whoever reads it is warned that it holds names."""

    def __init__(self, window: QWidget, title: str, help_page: str, actions: PaperActions) -> None:
        self._actions = actions
        self._paper: DrawnPaper | None = None
        self._page = Page()
        self._told, self._said = Slot("paper_told"), Slot("paper_said")
        self._save = Button(tr("Simpan PDF…"), "main", "export", name="paper_save")
        self._save.setEnabled(False)
        self._save.clicked.connect(self._ask)
        close = Button(tr("Tutup"), name="paper_leave")
        self._sizes = QButtonGroup()
        sizes = []
        for size, words in ((PaperSize.A4, tr("A4")), (PaperSize.F4, tr("F4 (folio)"))):
            radio = Radio(words, name=f"paper_{size.value.lower()}", on=size is PaperSize.A4)
            radio.toggled.connect(lambda on, size=size: self._draw(size) if on else None)
            self._sizes.addButton(radio)
            sizes.append(radio)
        side = column(
            self._told,
            8,
            label(tr("Ukuran kertas"), "strong"),
            row(*sizes, None, gap=16),
            8,
            label(
                tr("Tidak ada pencetak? Simpan ke flashdisk, lalu cetak di tempat lain."), "muted", wrap=True
            ),
            8,
            self._said,
            None,
            gap=6,
        )
        self.sheet = Sheet(
            window,
            title,
            "",
            holder(row((self._page, 0, TOP), (side, 1), gap=20)),
            (close, self._save),
            name="paper_sheet",
            width=760,
            picture=Icon("print", "primary", 28),
        )
        self.sheet.setProperty("help", help_page)
        close.clicked.connect(self.sheet.dismiss)
        self._jobs = ScreenJobs(self.sheet, actions.jobs)
        self._draw(PaperSize.A4)

    def _draw(self, size: PaperSize) -> None:
        self._save.setEnabled(False)
        self._jobs.run(lambda: self._actions.draw(size), self._drawn, self._failed)

    def _drawn(self, paper: DrawnPaper) -> None:
        self._paper = paper
        self._page.show_page(paper.page, paper.title)
        pages = trn("{n} halaman", paper.pages).format(n=paper.pages)
        about = tr("Berisi nama dan NIP. Simpan di tempat yang hanya dibuka orang yang berhak.")
        self._told.put(notice("info", f"{paper.title}, {pages}", about, name="paper_state"))
        self._save.setEnabled(True)
        self._save.setFocus(Qt.FocusReason.OtherFocusReason)
        self.sheet.refit()

    def _ask(self) -> None:
        if self._paper is None:
            return
        pdf = self._paper.pdf
        path = self._actions.choose(self.sheet, self._paper.title)
        if path:
            self._jobs.run(
                lambda: self._actions.save(path, pdf),
                lambda _none: self._tell(
                    notice("ok", tr("PDF disimpan dan sudah diperiksa."), path, name="paper_saved")
                ),
                self._failed,
            )

    def _failed(self, problem: Problem) -> None:
        self._tell(problem_notice(problem, name="paper_problem"))

    def _tell(self, said: QWidget) -> None:
        self._said.put(said)
        self.sheet.refit()
