"""Sheets: a question over the dimmed window; Esc closes, focus stays inside and goes back after."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from desktop.language import tr
from desktop.screens.arrange import TOP, Part, column, holder, line, mid, row
from desktop.screens.button import Button
from desktop.screens.page import Scroll, scroll_by_key
from desktop.screens.style import look, sp
from desktop.screens.text import label

_GAP = 12
"""Between what stands at the right and the scroll bar, which runs in the margin of the sheet."""


class Sheet(QWidget):
    """One sheet over the whole window, inside it, so that it looks the same on every platform.

    `owner` is the plain object whose methods its buttons call; it lives as long as the sheet. Qt keeps bound
    methods weakly: without it the buttons of an open sheet that nobody else holds would do nothing.
    """

    def __init__(
        self,
        window: QWidget,
        title: str,
        subtitle: str,
        body: QWidget,
        buttons: tuple[QWidget, ...],
        *,
        name: str,
        width: int = 640,
        picture: QWidget | None = None,
        foot: str = "",
        closed: Callable[[], None] | None = None,
        owner: object = None,
    ) -> None:
        super().__init__(window)
        self._window, self._owner = window, owner
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setProperty("sheet", True)
        self._closed = closed
        self._before = QApplication.focusWidget()
        close = Button(tr("Tutup"), "icon", "x", name=f"{name}_close")
        close.clicked.connect(self.dismiss)
        head: list[Part] = [] if picture is None else [(picture, 0, TOP)]
        words: list[Part] = [label(title, "title", wrap=True)]
        if subtitle:
            words.append(label(subtitle, "muted", wrap=True))
        head += [(column(*words, gap=4), 1), (close, 0, TOP)]
        self._body = body
        self._scroll = Scroll(body, name=f"{name}_scroll", gap=sp(_GAP))
        body.setObjectName("sheet_body")
        parts: list[Part] = [row(*head, gap=16, margins=(0, 0, _GAP, 0)), 16, (self._scroll, 1)]
        if buttons or foot:
            under: list[Part] = [mid(label(foot, "muted"))] if foot else []
            rule = row((line(), 1), margins=(0, 0, _GAP, 0))
            deeds = (mid(button) for button in buttons)
            parts += [16, rule, 16, row(*under, None, *deeds, gap=8, margins=(0, 0, _GAP, 0))]
        self._panel: QFrame = holder(
            column(*parts, gap=0, margins=(24, 20, 24 - _GAP, 20)), "sheet", f"{name}_panel"
        )
        self._panel.setParent(self)
        self._wanted = sp(width)
        window.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()
        self._panel.show()
        self._place()
        first = next((button for button in reversed(buttons) if button.isEnabled()), close)
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def dismiss(self) -> None:
        """Close without answering; the focus returns to where it was."""
        self._finish()
        if self._closed is not None:
            self._closed()

    def finish(self) -> None:
        """Close after an answer."""
        self._finish()

    def _finish(self) -> None:
        self._window.removeEventFilter(self)
        self.hide()
        before = self._before
        try:
            if before is not None and before.isVisible():
                before.setFocus(Qt.FocusReason.PopupFocusReason)
        except RuntimeError:
            # The page under the sheet was built anew meanwhile.
            self._before = None
        self.deleteLater()

    def refit(self) -> None:
        """Take the size of changed contents."""
        self._place()

    def _place(self) -> None:
        self.setGeometry(self._window.rect())
        self.ensurePolished()
        width = min(self._wanted, self.width() - 2 * sp(24))
        inner = self._body.sizeHint().height()
        if self._body.hasHeightForWidth():
            inner = self._body.heightForWidth(width - sp(48))
        self._scroll.setMinimumHeight(min(inner, max(60, self.height() - sp(224))))
        height = min(self._panel.sizeHint().height(), self.height() - 2 * sp(16))
        if self._panel.hasHeightForWidth():
            height = min(max(height, self._panel.heightForWidth(width)), self.height() - 2 * sp(16))
        self._panel.setGeometry((self.width() - width) // 2, (self.height() - height) // 2, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay over the whole window."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's signature
        """Keep Tab inside the sheet."""
        moved = super().focusNextPrevChild(forward)
        now = QApplication.focusWidget()
        if now is not None and not self.isAncestorOf(now):
            inside = [child for child in self.findChildren(QWidget) if _reachable(child)]
            if inside:
                (inside[0] if forward else inside[-1]).setFocus(Qt.FocusReason.TabFocusReason)
        return moved

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            scroll_by_key(self, event.key())
            event.accept()

    def mousePressEvent(self, event: object) -> None:
        """The ground under a sheet takes no clicks."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dim what is behind."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), look().colour("scrim"))
        painter.end()


def _reachable(widget: QWidget) -> bool:
    return bool(widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
