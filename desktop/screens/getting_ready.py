"""A small window while something is made ready: what is done now, how far it is, and a way out."""

from collections.abc import Callable

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.language import tr
from desktop.screens.arrange import column, holder, row
from desktop.screens.bar import Bar, Fill, Piece
from desktop.screens.button import Button
from desktop.screens.style import sp
from desktop.screens.text import label


class GettingReady(QWidget):
    """Shows steps as they come. `leave` is called once, when the person has had enough."""

    def __init__(self, title: str, about: str, steps: int, leave: Callable[[], None]) -> None:
        super().__init__()
        self.setWindowTitle(title)
        self.setObjectName("getting_ready")
        self._steps, self._leave, self._done, self._left = steps, leave, 0, False
        self._now, self._far = label("", name="ready_now", wrap=True), label("", "muted", name="ready_far")
        self._bar = Bar((), steps, title, name="ready_bar")
        self._stop = Button(tr("Batal"), "plain", name="ready_cancel")
        self._stop.clicked.connect(self._enough)
        body = column(
            label(title, "title", wrap=True),
            label(about, "muted", wrap=True),
            self._now,
            self._bar,
            row(self._far, None, self._stop),
            gap=12,
            margins=(24, 20, 24, 20),
        )
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(holder(body, "card"))
        self.setFixedWidth(sp(520))

    def step(self, words: str) -> None:
        """Tell of a step that begins."""
        if self._left:
            return
        self._done = min(self._done + 1, self._steps)
        self._now.setText(words)
        self._far.setText(tr("Langkah {n} dari {semua}").format(n=self._done, semua=self._steps))
        self._bar.show_parts((Piece(self._done, Fill.RUNNING),), self._steps, words)

    def failed(self, words: str) -> None:
        """Tell that it cannot be made ready, and stay until the person has read it."""
        self._now.setText(words)
        self._far.clear()
        self._stop.setText(tr("Tutup"))
        self._stop.setEnabled(True)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing is leaving."""
        self._enough()
        event.accept()

    def _enough(self) -> None:
        if not self._left:
            self._left = True
            self._now.setText(tr("Menghentikan…"))
            self._stop.setEnabled(False)
        self._leave()
