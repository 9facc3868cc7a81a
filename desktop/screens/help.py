"""F1: the help page of the screen at hand, from files on this PC, over the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import (
    QFont,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QLabel, QTextBrowser, QWidget

from desktop.language import language, tr
from desktop.screens.arrange import column, holder, mid, row
from desktop.screens.button import Button
from desktop.screens.icons import Icon
from desktop.screens.sheet import Sheet
from desktop.screens.style import FAMILY, RESOURCES, look, sp
from desktop.screens.text import label

FOLDER = RESOURCES / "help"
GENERAL = "suluh"


def read_help(name: str) -> str:
    """The Markdown of a help page in the language in use; an unknown name gives the general page."""
    for tried in (name, GENERAL):
        file = FOLDER / language() / f"{tried}.md"
        if tried.replace("_", "").replace("-", "").isalnum() and file.is_file():
            return file.read_text("utf-8")
    return ""


def split_title(markdown: str) -> tuple[str, str]:
    """The first heading and what follows it."""
    first, _, rest = markdown.partition("\n")
    return (first.lstrip("# ").strip(), rest.strip()) if first.startswith("# ") else (tr("Bantuan"), markdown)


class HelpText(QTextBrowser):
    """Markdown in our own type, as high as its words, so that the sheet scrolls it."""

    def __init__(self, markdown: str) -> None:
        super().__init__()
        self.setObjectName("help_text")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setAccessibleName(tr("Bantuan"))
        document = self.document()
        document.setDefaultFont(look().font("body"))
        document.setDocumentMargin(0)
        document.setIndentWidth(sp(24))
        document.setMarkdown(markdown, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        self._space()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _space(self) -> None:
        """Give headings and paragraphs the sizes of the token file."""
        chosen = look()
        block = self.document().begin()
        while block.isValid():
            cursor = QTextCursor(block)
            form = block.blockFormat()
            heading = form.headingLevel()
            form.setTopMargin(chosen.sp(16 if heading else 0))
            form.setBottomMargin(chosen.sp(6 if heading else 8))
            if block.textList() is not None:
                form.setBottomMargin(chosen.sp(5))
            form.setLineHeight(
                chosen.sp(26 if heading else 22), QTextBlockFormat.LineHeightTypes.MinimumHeight.value
            )
            cursor.setBlockFormat(form)
            if heading:
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                letters = cursor.charFormat()
                letters.setFontFamilies([FAMILY])
                letters.setFontWeight(QFont.Weight.DemiBold)
                letters.setProperty(letters.Property.FontSizeAdjustment, 0)
                letters.setProperty(letters.Property.FontPixelSize, chosen.sp(18 if heading <= 1 else 15))
                cursor.mergeCharFormat(letters)
            else:
                self._soften(block)
            block = block.next()

    def _soften(self, block: QTextBlock) -> None:
        """Bold becomes SemiBold: our family has no bolder face, and a smeared one reads badly."""
        spans = []
        walk = block.begin()
        while not walk.atEnd():
            part = walk.fragment()
            if part.isValid() and part.charFormat().fontWeight() > QFont.Weight.DemiBold:
                spans.append((part.position(), part.length()))
            walk += 1
        for start, length in spans:
            cursor = QTextCursor(self.document())
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            lighter = QTextCharFormat()
            lighter.setFontWeight(QFont.Weight.DemiBold)
            cursor.mergeCharFormat(lighter)

    def sizeHint(self) -> QSize:
        """As high as the words at this width."""
        return QSize(sp(600), self.heightForWidth(max(self.viewport().width(), sp(400))))

    def hasHeightForWidth(self) -> bool:
        """The height follows the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of the words at a width, px."""
        document = self.document().clone()
        document.setTextWidth(width)
        high = round(document.size().height()) + 2
        document.deleteLater()
        return high

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height the words need."""
        super().resizeEvent(event)
        self.setMinimumHeight(self.heightForWidth(self.viewport().width()))


def _keys() -> QWidget:
    lines = (
        ("F1", tr("Bantuan untuk layar ini")),
        ("F6", tr("Ke bagian layar berikutnya")),
        ("Tab", tr("Ke tombol atau isian berikutnya")),
        ("Ctrl+L", tr("Ganti pengguna")),
        ("Esc", tr("Tutup lembar ini")),
    )
    made = []
    for keys, words in lines:
        cap: QLabel = label(keys, "strong")
        cap.setFixedWidth(sp(72))
        made.append(holder(row(mid(cap), mid(label(words), 1), gap=8)))
    head = row(mid(Icon("keyboard", "muted", 20)), mid(label(tr("Tombol papan ketik"), "card"), 1), gap=8)
    return holder(column(head, 6, *made, gap=4, margins=(16, 12, 16, 12)), "flat", "help_keys")


class HelpSheet(Sheet):
    """The page of one screen, and the keys that work everywhere."""

    def __init__(self, window: QWidget, name: str, read: Callable[[str], str]) -> None:
        title, text = split_title(read(name))
        self.page_name = name
        self.text = HelpText(text)
        close = Button(tr("Tutup"), "main", name="help_ok")
        body = holder(column(self.text, 20, _keys(), gap=0, margins=(0, 0, 8, 4)))
        super().__init__(
            window, title, tr("Bantuan, tersedia tanpa internet"), body, (close,), name="help", width=720,
            picture=Icon("help", "primary", 28),
        )  # fmt: skip
        close.clicked.connect(self.dismiss)
