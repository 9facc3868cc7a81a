"""The focus ring: one painted overlay that follows what is focused, for keyboard users only."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QWindow
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QScrollArea,
    QSpinBox,
    QTabBar,
    QWidget,
)
from shiboken6 import isValid

from desktop.screens.style import look

_GAP = 4  # 2 px of ring, 2 px away, so that the control's own box never changes
_MOVING_KEYS = {
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_F6,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
}
# Fields show focus by their own 2 px edge.
_OWN_EDGE = (QLineEdit, QPlainTextEdit, QSpinBox, QScrollArea)


class FocusRing(QWidget):
    """Child of the window, above everything, deaf to the mouse."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("focus_ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._target: QWidget | None = None
        self._followed: list[QWidget] = []
        self._keyboard = False
        self._handle: QWindow | None = None
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    def watch(self, handle: QWindow) -> None:
        """Learn from the native window whether keys or the mouse move the focus."""
        self._handle = handle
        handle.installEventFilter(self)

    def use_keyboard(self, *, keyboard: bool) -> None:
        """Show (or hide) the ring as if the last input had been a key (a mouse)."""
        self._keyboard = keyboard
        self._follow(QApplication.focusWidget())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys show the ring, the mouse hides it; the target's moves move it."""
        kind = event.type()
        if watched is self._handle:
            if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _MOVING_KEYS:
                if not self._keyboard:
                    self.use_keyboard(keyboard=True)
            elif kind == QEvent.Type.MouseButtonPress and self._keyboard:
                self.use_keyboard(keyboard=False)
        elif kind in {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide}:
            self._place()
        return super().eventFilter(watched, event)

    def _moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        if isValid(self):
            self._follow(now)

    def _follow(self, widget: QWidget | None) -> None:
        for old in self._followed:
            if isValid(old):  # a page that was built again took its widgets along
                old.removeEventFilter(self)
        self._followed = []
        self._target = None
        window = self._window
        wanted = (
            self._keyboard
            and widget is not None
            and widget is not window
            and not isinstance(widget, _OWN_EDGE)
            and widget.property("ring") != "own"
            and window.isAncestorOf(widget)
        )
        if wanted and widget is not None:
            self._target = widget
            step: QWidget | None = widget
            while step is not None and step is not window:
                step.installEventFilter(self)
                self._followed.append(step)
                step = step.parentWidget()
        self._place()

    def _place(self) -> None:
        target = self._target
        if target is None or not isValid(target) or not target.isVisible():
            self.hide()
            return
        window = self._window
        box = QRect(target.mapTo(window, QPoint(0, 0)), target.size()).adjusted(-_GAP, -_GAP, _GAP, _GAP)
        if isinstance(target, QCheckBox | QRadioButton):
            box.adjust(1, 0, 1, 0)
        elif isinstance(target, QAbstractItemView | QTabBar):
            box.adjust(2, 2, -2, -2)
        self.setGeometry(box.intersected(window.rect()))
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Two px, radius three more than the control's; on the rail in ember."""
        del event
        target = self._target
        if target is None or not isValid(target):
            return
        radius = target.property("ring")
        radius = float(radius) if isinstance(radius, int | float) else 6.0
        colour = "ember" if target.property("on_rail") else "focus"
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look().colour(colour), 2))
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if isinstance(target, QComboBox):
            radius = 6
        painter.drawRoundedRect(box, radius + 3, radius + 3)
        painter.end()
