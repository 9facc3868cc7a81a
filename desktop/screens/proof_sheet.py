"""A proof before it is printed: the page as it will look, its size, and a place to save it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.language import tr
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
class ProofPaper:
    """A proof drawn: `official` once the centre issued it; `page` is what the printer will make of `pdf`."""

    title: str
    about: str
    official: bool
    revoked: bool
    pdf: bytes
    page: QImage


@dataclass(frozen=True, slots=True)
class ProofActions:
    """`draw` (course, size) and `save` (path, PDF) run as jobs; `choose` asks for a place, empty for none."""

    draw: Callable[[str, PaperSize], ProofPaper]
    choose: Callable[[QWidget, str], str]
    save: Callable[[str, bytes], None]
    jobs: Jobs


class ProofSheet:
    """Looks at one course's proof."""

    def __init__(self, window: QWidget, course: str, actions: ProofActions) -> None:
        self._course, self._actions = course, actions
        self._paper: ProofPaper | None = None
        self._page = Page()
        self._told = Slot("proof_told")
        self._said = Slot("proof_said")
        self._save = Button(tr("Simpan PDF…"), "main", "export", name="proof_save")
        self._save.setEnabled(False)
        self._save.clicked.connect(self._ask)
        close = Button(tr("Tutup"), name="proof_leave")
        self._sizes = QButtonGroup()
        sizes = []
        for size, words in ((PaperSize.A4, tr("A4")), (PaperSize.F4, tr("F4 (folio)"))):
            radio = Radio(words, name=f"proof_{size.value.lower()}", on=size is PaperSize.A4)
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
            tr("Bukti belajar"),
            "",
            holder(row((self._page, 0, TOP), (side, 1), gap=20)),
            (close, self._save),
            name="proof_sheet",
            width=760,
            picture=Icon("award", "primary", 28),
        )
        self.sheet.setProperty("help", "bukti-jp")
        close.clicked.connect(self.sheet.dismiss)
        self._jobs = ScreenJobs(self.sheet, actions.jobs)
        self._draw(PaperSize.A4)

    def _draw(self, size: PaperSize) -> None:
        self._save.setEnabled(False)
        self._jobs.run(lambda: self._actions.draw(self._course, size), self._drawn, self._failed)

    def _drawn(self, paper: ProofPaper) -> None:
        self._paper = paper
        self._page.show_page(paper.page, paper.title)
        kind = "bad" if paper.revoked else "ok" if paper.official else "info"
        self._told.put(notice(kind, paper.title, paper.about, name="proof_state"))
        self._save.setEnabled(True)
        self._save.setFocus(Qt.FocusReason.OtherFocusReason)
        self.sheet.refit()

    def _ask(self) -> None:
        if self._paper is None:
            return
        pdf, title = self._paper.pdf, self._paper.title
        path = self._actions.choose(self.sheet, title)
        if path:
            self._jobs.run(
                lambda: self._actions.save(path, pdf),
                lambda _none: self._tell(
                    notice("ok", tr("PDF disimpan dan sudah diperiksa."), path, name="proof_saved")
                ),
                self._failed,
            )

    def _failed(self, problem: Problem) -> None:
        self._tell(problem_notice(problem, name="proof_problem"))

    def _tell(self, said: QWidget) -> None:
        self._said.put(said)
        self.sheet.refit()


class Page(QWidget):
    """A sheet of paper on the glass, white in every theme, with an edge."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("proof_page")
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
