"""A PDF document: its sheets one under another, from where one stopped; QtPdf is loaded when first needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.language import tr
from desktop.screens.activity_player import Player, ReadingClock
from desktop.screens.arrange import column, holder, mid, row
from desktop.screens.button import Button
from desktop.screens.learning_views import PdfBody
from desktop.screens.resume_point import ResumePoint
from desktop.screens.screen_jobs import ScreenJobs
from desktop.screens.style import look, sp
from desktop.screens.text import label

if TYPE_CHECKING:
    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtPdfWidgets import QPdfView

_REST_MS = 800
_ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
_WIDEST = 860  # px of sheet that are read without turning the head
_POINTS_TO_PX = 96 / 72


class PdfPage(Player):
    """Sheets of a document. Each sheet that was on screen is recorded; the last place is kept."""

    def __init__(
        self,
        body: PdfBody,
        point: ResumePoint,
        record: Callable[[int, int], bool],
        keep: Callable[[ResumePoint], None],
        jobs: Jobs,
    ) -> None:
        super().__init__()
        from PySide6.QtPdf import QPdfDocument  # noqa: PLC0415  # 15 MB that only a document needs
        from PySide6.QtPdfWidgets import QPdfView  # noqa: PLC0415

        self.setObjectName("pdf")
        self._record, self._keep, self._jobs = record, keep, ScreenJobs(self, jobs)
        self._point = point
        self._zoom = point.zoom
        self._seen: set[int] = set()
        self._clock = ReadingClock(self)
        self._document: QPdfDocument = QPdfDocument(self)
        self._view: QPdfView = QPdfView(self)
        self._view.setObjectName("pdfView")
        self._view.setFrameShape(QFrame.Shape.NoFrame)
        self._view.setPageMode(QPdfView.PageMode.MultiPage)
        self._view.setZoomMode(QPdfView.ZoomMode.Custom)
        self._view.setPageSpacing(sp(12))
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._tint()
        smaller = Button(tr("Perkecil"), "icon", "minus", name="zoomOut", tip=tr("Perkecil (Ctrl+-)"))
        larger = Button(tr("Perbesar"), "icon", "plus", name="zoomIn", tip=tr("Perbesar (Ctrl++)"))
        smaller.clicked.connect(lambda: self._step_zoom(-1))
        larger.clicked.connect(lambda: self._step_zoom(1))
        self._percent = label("100%", "caption", name="zoom")
        tools = holder(
            row(None, mid(smaller), mid(self._percent), mid(larger), gap=4, margins=(24, 4, 24, 4))
        )
        self._tools = tools
        self._broken = label("", "body", wrap=True, name="pdfProblem")
        self._broken.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setLayout(column(tools, (self._view, 1), (self._broken, 1), gap=0))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", "own")
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._keep_place)
        self._open(body)
        self._view.pageNavigator().currentPageChanged.connect(self._turned)
        self._view.verticalScrollBar().valueChanged.connect(lambda _: self._rest.start())

    def begin(self) -> None:
        """Go to the sheet and the height where one stopped."""
        self.setFocus()
        self._fit()
        self._go(self._point.page - 1)
        bar = self._view.verticalScrollBar()
        if self._point.scroll:
            bar.setValue(round(self._point.scroll * bar.maximum()))
        self._seen.add(self._at() + 1)
        self._clock.start()

    def leave(self) -> None:
        """Keep the place; record the sheet in sight."""
        self._rest.stop()
        if self._document.pageCount():
            self._keep_place()
            self._note(self._clock.stop())

    def turn(self, step: int) -> bool:
        """Go a sheet on or back."""
        to = self._at() + step
        if not 0 <= to < self._document.pageCount():
            return False
        self._go(to)
        return True

    def place(self) -> str:
        """Tell which sheet this is."""
        count = self._document.pageCount()
        return tr("Halaman {n} dari {m}").format(n=self._at() + 1, m=count) if count else ""

    def keys(self) -> tuple[tuple[tuple[str, ...], str], ...]:
        """Space pages, Ctrl with plus and minus zooms."""
        return (((tr("Spasi"),), tr("gulir")), (("Ctrl", "+", "−"), tr("perbesar")))

    def help_page(self) -> str:
        """Name the page of help."""
        return "pdf"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll and zoom by key."""
        bar = self._view.verticalScrollBar()
        page = bar.pageStep() - sp(52)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        moves = {
            Qt.Key.Key_Down: sp(48),
            Qt.Key.Key_Up: -sp(48),
            Qt.Key.Key_Space: -page if shift else page,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_Home: -bar.maximum(),
            Qt.Key.Key_End: bar.maximum(),
        }
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and key in {
            Qt.Key.Key_Plus,
            Qt.Key.Key_Equal,
        }:
            self._step_zoom(1)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_Minus:
            self._step_zoom(-1)
        elif key == Qt.Key.Key_Space and not shift and bar.value() == bar.maximum():
            self.ended.emit(1)
        elif key in moves:
            bar.setValue(bar.value() + moves[key])
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the sheet as wide as the window allows."""
        super().resizeEvent(event)
        self._fit()

    def _open(self, body: PdfBody) -> None:
        error = self._document.load(str(body.path))
        good = error.name == "None_" and self._document.pageCount() > 0
        if good:
            self._view.setDocument(self._document)
        else:
            self._broken.setText(
                tr("Dokumen ini tidak dapat dibuka. Minta koordinator memasang ulang paketnya.")
            )
        self._view.setVisible(good)
        self._tools.setVisible(good)
        self._broken.setVisible(not good)

    def _at(self) -> int:
        return self._view.pageNavigator().currentPage()

    def _go(self, sheet: int) -> None:
        self._view.pageNavigator().jump(min(max(sheet, 0), max(0, self._document.pageCount() - 1)), QPointF())

    def _fit(self) -> None:
        """Fit the sheet to the room there is, at most as wide as is read well, times the zoom chosen."""
        if not self._document.pageCount():
            return
        points = max(1.0, self._document.pagePointSize(0).width())
        room = min(self.width() - sp(48), sp(_WIDEST))
        bar = self._view.verticalScrollBar()
        share = bar.value() / bar.maximum() if bar.maximum() else 0.0
        self._view.setZoomFactor(max(0.1, room / (points * _POINTS_TO_PX)) * self._zoom)
        bar.setValue(round(share * bar.maximum()))
        self._percent.setText(f"{round(self._zoom * 100)}%")

    def _step_zoom(self, step: int) -> None:
        nearest = min(range(len(_ZOOMS)), key=lambda place: abs(_ZOOMS[place] - self._zoom))
        self._zoom = _ZOOMS[min(max(nearest + step, 0), len(_ZOOMS) - 1)]
        self._fit()
        self._rest.start()

    def _turned(self, sheet: int) -> None:
        self._note(self._clock.stop())
        self._seen.add(sheet + 1)
        self._clock.start()
        self.moved.emit()

    def _note(self, seconds: int) -> None:
        for page in sorted(self._seen):
            self._record_sheet(page, seconds)
            seconds = 0
        self._seen.clear()

    def _record_sheet(self, page: int, seconds: int) -> None:
        self._jobs.write(lambda: self._record(page, seconds), self._was_recorded, self._complain)

    def _was_recorded(self, done: bool) -> None:  # noqa: FBT001  # a job delivers its result
        if done:
            self.completed.emit()

    def _complain(self, problem: Problem) -> None:
        self.trouble.emit(problem)

    def _keep_place(self) -> None:
        bar = self._view.verticalScrollBar()
        share = bar.value() / bar.maximum() if bar.maximum() else 0.0
        self._point = ResumePoint(page=self._at() + 1, scroll=round(share, 5), zoom=self._zoom)
        self._keep(self._point)

    def _tint(self) -> None:
        """Qt paints the ground between sheets with the palette's dark colour."""
        palette = QPalette(self._view.palette())
        palette.setColor(QPalette.ColorRole.Dark, QColor(look().colour("sunken")))
        self._view.setPalette(palette)
