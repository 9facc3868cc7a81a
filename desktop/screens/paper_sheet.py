"""A paper before it is saved: its first page as it will look, its size, and a place for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.language import tr, trn
from desktop.screens.arrange import TOP, column, holder, row
from desktop.screens.button import Button
from desktop.screens.choice import Radio
from desktop.screens.icons import Icon
from desktop.screens.notice import notice, problem_notice
from desktop.screens.screen_jobs import ScreenJobs
from desktop.screens.sheet import Sheet
from desktop.screens.slot import Slot
from desktop.screens.style import look, sp
from desktop.screens.text import label


class PaperSize(Enum):
    """The two sizes offices print on; the value is its name."""

    A4 = "A4"
    F4 = "F4"


@dataclass(frozen=True, slots=True)
class DrawnPaper:
    """A paper drawn: its title, how many pages, the file, and its first page as a picture.

    `about` says what it is worth, in the colour of `kind`; without it whoever saves it is warned that it
    holds names. One that is `fixed` has the size its maker gave it: no other is offered.
    """

    title: str
    pages: int
    pdf: bytes
    page: QImage
    about: str = ""
    kind: str = "info"
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class PaperActions:
    """`draw` and `save` (path, PDF) run as jobs; `choose` asks for a place, empty for none."""

    draw: Callable[[PaperSize], DrawnPaper]
    choose: Callable[[QWidget, str], str]
    save: Callable[[str, bytes], None]
    jobs: Jobs


class PaperSheet:
    """Looks at one paper."""

    def __init__(
        self, window: QWidget, title: str, help_page: str, actions: PaperActions, icon: str = "print"
    ) -> None:
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
        self._size = holder(column(label(tr("Ukuran kertas"), "strong"), row(*sizes, None, gap=16), 8, gap=6))
        side = column(
            self._told,
            8,
            self._size,
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
            owner=self,
            width=760,
            picture=Icon(icon, "primary", 28),
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
        self._size.setVisible(not paper.fixed)
        if paper.fixed:
            self._save.setText(tr("Simpan PDF ke flashdisk"))
        pages = trn("{n} halaman", paper.pages).format(n=paper.pages)
        names = tr("Berisi nama dan NIP. Simpan di tempat yang hanya dibuka orang yang berhak.")
        self._told.put(
            notice(paper.kind, f"{paper.title}, {pages}", paper.about or names, name="paper_state")
        )
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


class Page(QWidget):
    """A sheet of paper on the glass, white in every theme, with an edge."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("paper_page")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._image: QImage | None = None
        self.setFixedSize(sp(250), sp(354))

    def show_page(self, image: QImage, words: str) -> None:
        """Show a page; `words` say what it is to who cannot see it."""
        self._image = image
        self.setFixedHeight(round(self.width() * image.height() / image.width()))
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the paper, empty while it is made."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        if self._image is not None:
            painter.drawImage(QRectF(self.rect()), self._image)
        painter.setPen(look().colour("line"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
