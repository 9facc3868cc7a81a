"""One page of a pack as it is read: a column of 68 characters, pictures, tables, and nothing from outside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from desktop.screens.learning_views import nothing
from desktop.screens.page_dress import WIDE, dress, is_caption, is_code, is_picture, is_quote
from desktop.screens.page_html import inside, page_html
from desktop.screens.page_picture import draw, drawing_size, follow_theme, is_drawing, missing, photograph
from desktop.screens.picture_canvas import show_large
from desktop.screens.style import look

_SIDE = 24
_TOP = 28


class PageText(QTextBrowser):
    """Shows one Markdown page; `followed` gives the path in the pack that a link means.

    Nothing is fetched: pictures come from the pack through `resource`, and other addresses are plain words.
    """

    followed = Signal(str)
    end_reached = Signal()
    picture_asked = Signal(str)
    marked = Signal(str)  # C: a note is wanted here, T: what is selected is to be marked, B: the page kept
    composed = Signal()
    turned = Signal(int)  # 1 when Space is pressed at the end, -1 when Shift+Space at the top

    def __init__(self, parent: QWidget | None = None, *, beside: bool = False) -> None:
        super().__init__(parent)
        self._least, self._top = (20, 12) if beside else (_SIDE, _TOP)
        self.setObjectName("pageText")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self._markdown = ""
        self._name = ""
        self._resource: Callable[[str], bytes | None] = nothing
        self._wide = 0
        self._letter = 0
        self._steady = False
        self.anchorClicked.connect(self._follow)
        self.picture_asked.connect(self.open_picture)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def show_page(self, markdown: str, name: str, resource: Callable[[str], bytes | None]) -> None:
        """Show a page; `name` is its path in the pack, from which its pictures and links are found."""
        self._markdown, self._name, self._resource = markdown, name, resource
        self._letter = 0
        self._compose()
        self.verticalScrollBar().setValue(0)

    def caption_of(self, path: str) -> str:
        """The words under (or about) a picture of this page."""
        block = self.document().begin()
        while block.isValid():
            if is_picture(block):
                form = QTextCursor(block)
                form.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor)
                if inside(form.charFormat().toImageFormat().name(), self._name) == path:
                    below = block.next()
                    return below.text().strip() if is_caption(below) else ""
            block = block.next()
        return ""

    def open_picture(self, path: str) -> None:
        """Show a picture of this page as large as the window allows."""
        data = self._resource(path)
        if data:
            show_large(self.window(), data, self.caption_of(path))

    def letter(self) -> int:
        """The place in the text of the line at the top: the same line in any width and text size."""
        return self._letter

    def go_to(self, letter: int) -> None:
        """Scroll until the line with that letter is at the top."""
        bar = self.verticalScrollBar()
        if letter <= 0:
            bar.setValue(0)
            return
        self.document().documentLayout().documentSize()  # lays out all, so that the bar knows its range
        mark = self.textCursor()
        mark.setPosition(min(letter, self.document().characterCount() - 1))
        bar.setValue(bar.value() + self.cursorRect(mark).top())
        self._letter = letter

    def at_end(self) -> bool:
        """Whether the last line is in sight."""
        bar = self.verticalScrollBar()
        return bar.value() >= bar.maximum() - 2

    def column_width(self) -> int:
        """Width in px of pictures and tables, the widest a page gets."""
        frame = self.width() - self.verticalScrollBar().sizeHint().width()
        return max(200, min(look().sp(WIDE), frame - 2 * self._least))

    # --- Qt ----------------------------------------------------------------------------------------------

    def loadResource(self, kind: int, url: QUrl | str) -> Any:
        """Give a picture of the pack, drawn for this width and screen; nothing else is ever loaded."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        address = url.toString() if isinstance(url, QUrl) else url
        path = inside(address, self._name)
        data = self._resource(path) if path else None
        # anything but a picture would make Qt look for a file of that name
        return (self._picture(data) if data else None) or missing(self._wide, self.devicePixelRatioF())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column in the middle; compose again only when its width changed."""
        self._steady = True
        super().resizeEvent(event)
        self._centre()
        if self._markdown and self._wide != self.column_width():
            self._compose()
        if self._markdown:
            self.go_to(self._letter)
        self._steady = False
        self._look_for_end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A picture looks like something that can be opened."""
        super().mouseMoveEvent(event)
        if self._picture_at(event.position().toPoint()):
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a picture asks to see it large."""
        super().mouseReleaseEvent(event)
        path = self._picture_at(event.position().toPoint())
        if path and event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            self.picture_asked.emit(path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space pages, at the end to the next; G opens the picture in sight; F7 brings the text cursor."""
        if event.key() == Qt.Key.Key_Space:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            bar = self.verticalScrollBar()
            if back and bar.value() == 0:
                self.turned.emit(-1)
            elif not back and self.at_end():
                self.turned.emit(1)
            else:
                step = bar.pageStep() - look().sp(52)  # two lines stay in sight
                bar.setValue(bar.value() + (-step if back else step))
            event.accept()
            return
        if event.key() == Qt.Key.Key_G and not event.modifiers():
            path = self._first_in_sight()
            if path:
                self.picture_asked.emit(path)
            event.accept()
            return
        letter = event.text().upper()
        if letter in {"C", "T", "B"} and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            self.marked.emit(letter)
            event.accept()
            return
        if event.key() == Qt.Key.Key_F7:
            self._toggle_caret()
            event.accept()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the grounds of notes and code, then the text on them."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(QPointF(0, -self.verticalScrollBar().value()))
        self._grounds(painter)
        painter.end()
        super().paintEvent(event)

    # --- inside ------------------------------------------------------------------------------------------

    def _compose(self) -> None:
        self._wide = self.column_width()
        self.document().clear()
        self.setHtml(page_html(self._markdown))
        dress(self.document(), look(), self._wide)
        self._centre()
        self._look_for_end()
        self.composed.emit()

    def _centre(self) -> None:
        """Put the column in the middle by the margins of the document: Qt loses margins set while hidden."""
        free = self.width() - self.verticalScrollBar().sizeHint().width() - self.column_width()
        side = max(self._least, free // 2)
        root = self.document().rootFrame()
        shape = root.frameFormat()
        shape.setTopMargin(self._top)
        shape.setBottomMargin(self._top)
        shape.setLeftMargin(side)
        # the room of a scroll bar stays free, so that one that appears does not move the words
        bar = 0 if self.verticalScrollBar().isVisible() else self.verticalScrollBar().sizeHint().width()
        shape.setRightMargin(max(self._least, free - side) + bar)
        if shape != root.frameFormat():
            root.setFrameFormat(shape)

    def _picture(self, data: bytes) -> QImage | None:
        ratio = self.devicePixelRatioF()
        if not is_drawing(data):
            return photograph(data, self._wide, ratio)
        wide = min(self._wide, max(look().sp(drawing_size(data).width()), 120))
        themed = follow_theme(data)
        return draw(themed or data, wide, ratio, paper=None if themed else look().colour("#FFFFFF"))

    def _picture_at(self, place: QPoint) -> str | None:
        """The path in the pack of the picture under the mouse."""
        mark = self.cursorForPosition(place)
        box = self.cursorRect(mark)
        for step in (QTextCursor.MoveOperation.Right, QTextCursor.MoveOperation.Left):
            one = QTextCursor(mark)
            one.movePosition(step, QTextCursor.MoveMode.KeepAnchor)
            form = one.charFormat()
            if form.isImageFormat() and box.top() <= place.y() <= box.bottom():
                return inside(form.toImageFormat().name(), self._name)
        return None

    def _first_in_sight(self) -> str | None:
        """The path of the first picture of which something is on screen."""
        top = self.verticalScrollBar().value()
        sight = QRectF(0, top, self.viewport().width(), self.viewport().height())
        block = self.document().begin()
        while block.isValid():
            if is_picture(block) and _lines_box(block).intersects(sight):
                mark = QTextCursor(block)
                mark.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor)
                return inside(mark.charFormat().toImageFormat().name(), self._name)
            block = block.next()
        return None

    def _follow(self, url: QUrl) -> None:
        path = inside(url.toString(), self._name)
        if path:
            self.followed.emit(path)
        elif url.hasFragment() and not url.path():
            self.scrollToAnchor(url.fragment())

    def _scrolled(self) -> None:
        if not self._steady:
            self._letter = self.cursorForPosition(QPoint(0, 2)).position()
        self._look_for_end()

    def _look_for_end(self) -> None:
        if self._markdown and self.isVisible() and self.at_end():
            self.end_reached.emit()

    def _toggle_caret(self) -> None:
        flag = Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.setTextInteractionFlags(self.textInteractionFlags() ^ flag)

    def _grounds(self, painter: QPainter) -> None:
        block = self.document().begin()
        while block.isValid():
            kind = is_quote if is_quote(block) else is_code if is_code(block) else None
            if kind is None:
                block = block.next()
                continue
            whole = QRectF()
            while block.isValid() and kind(block):
                whole = whole.united(_lines_box(block))
                block = block.next()
            self._ground(painter, whole, note=kind is is_quote)

    def _ground(self, painter: QPainter, whole: QRectF, *, note: bool) -> None:
        beside = 20 if note else 16
        box = whole.adjusted(-beside, -12, beside, 12)
        painter.setBrush(look().colour("primary_soft" if note else "sunken"))
        edge = look().colour("edge")
        painter.setPen(QPen(edge, look().border) if look().contrast else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(box, 8, 8)


def _lines_box(block: QTextBlock) -> QRectF:
    """The place of a paragraph's lines without the margins around them."""
    layout = block.layout()
    box = QRectF()
    for number in range(layout.lineCount()):
        box = box.united(layout.lineAt(number).rect())
    return box.translated(layout.position())
