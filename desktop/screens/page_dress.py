"""How a page of a pack is set: sizes, line heights, tables and colours put on a QTextDocument."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QBrush,
    QFont,
    QFontDatabase,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableCellFormat,
)

from desktop.screens.style import FAMILY, Look
from desktop.screens.text import READING_WIDTH

WIDE = 680  # px at 100 %: pictures and tables may be wider than a line of reading
_FIXED = QTextBlockFormat.LineHeightTypes.FixedHeight.value
_SINGLE = QTextBlockFormat.LineHeightTypes.SingleHeight.value
_HEADINGS = {1: (24, 32), 2: (18, 26), 3: (16, 24), 4: (16, 24)}
_READING, _READING_LINE = 16, 26
_CELL, _CELL_LINE = 14, 21
_CAPTION, _CAPTION_LINE = 12, 18
_CODE, _CODE_LINE = 14, 21
_CAPTION_MARK = QTextFormat.Property.UserProperty.value + 1
PICTURE = "\ufffc"


@dataclass(frozen=True, slots=True)
class Setting:
    """How one paragraph is set, px at 100 %; `line` 0 is as high as its picture, `side` both margins."""

    size: int
    line: int
    top: int = 0
    bottom: int = 0
    side: int = 0
    weight: QFont.Weight | None = None
    ink: str = "text"
    family: str | None = None
    plain: bool = False


def dress(document: QTextDocument, how: Look, width: int) -> None:
    """Set the whole document for a column of `width` px; call it after every `setHtml`."""
    document.setDefaultFont(how.font("reading"))
    document.setIndentWidth(how.sp(28))
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    _mark(document)
    for table in _tables(document):
        _dress_table(table, how)
    side = max(0, (width - how.sp(READING_WIDTH)) // 2)
    block = document.begin()
    while block.isValid():
        _dress_block(block, how, side)
        block = block.next()
    cursor.endEditBlock()


def is_picture(block: QTextBlock) -> bool:
    """Whether a paragraph is a picture and nothing else."""
    return block.text().strip() == PICTURE


def is_caption(block: QTextBlock) -> bool:
    """Whether a paragraph is the slanted sentence right under a picture."""
    return block.blockFormat().hasProperty(_CAPTION_MARK)


def is_quote(block: QTextBlock) -> bool:
    """Whether a paragraph stands in a quotation: on our pages, a note or an example set apart."""
    return block.blockFormat().intProperty(QTextFormat.Property.BlockQuoteLevel) > 0


def is_code(block: QTextBlock) -> bool:
    """Whether a paragraph is a line of something to be typed as it stands."""
    return block.blockFormat().nonBreakableLines()


def in_table(block: QTextBlock) -> bool:
    """Whether a paragraph stands in a cell."""
    return QTextCursor(block).currentTable() is not None


def _all_slanted(block: QTextBlock) -> bool:
    fragments = [f for f in _fragments(block) if f[0].strip()]
    return bool(fragments) and all(form.fontItalic() for _, form, _, _ in fragments)


def _fragments(block: QTextBlock) -> Iterator[tuple[str, QTextCharFormat, int, int]]:
    walk = block.begin()
    while not walk.atEnd():
        piece = walk.fragment()
        yield piece.text(), piece.charFormat(), piece.position(), piece.length()
        walk += 1


def _tables(document: QTextDocument) -> list[QTextTable]:
    return [frame for frame in document.rootFrame().childFrames() if isinstance(frame, QTextTable)]


def _mark(document: QTextDocument) -> None:
    """Remember what our own setting would hide.

    A quotation is known by its right margin alone, a caption by its slanted letters right under a picture.
    """
    block = document.begin()
    while block.isValid():
        shape = block.blockFormat()
        if shape.rightMargin() > 0 and not in_table(block):
            shape.setProperty(QTextFormat.Property.BlockQuoteLevel, 1)
            QTextCursor(block).setBlockFormat(shape)
        elif is_picture(block.previous()) and _all_slanted(block):
            shape.setProperty(_CAPTION_MARK, 1)
            QTextCursor(block).setBlockFormat(shape)
        block = block.next()


def _dress_block(block: QTextBlock, how: Look, side: int) -> None:
    if in_table(block):
        _set_lines(block, how, Setting(_CELL, _CELL_LINE))
        return
    level = block.blockFormat().headingLevel()
    first = block.blockNumber() == 0
    if level:
        size, line = _HEADINGS.get(level, (_READING, _READING_LINE))
        top = 0 if first else {1: 0, 2: 16}.get(level, 8)
        bold = QFont.Weight.DemiBold
        setting = Setting(size, line, top, 10 if level == 1 else 6, side, weight=bold)
    elif is_picture(block):
        setting = Setting(_READING, 0, 6, 6 if is_caption(block.next()) else 22)
    elif is_caption(block):
        setting = Setting(_CAPTION, _CAPTION_LINE, 0, 22, 4, ink="muted", plain=True)
    elif is_code(block):
        again, more = is_code(block.previous()), is_code(block.next())
        setting = Setting(_CODE, _CODE_LINE, 0 if again else 20, 0 if more else 32, side + 16, family=_mono())
    elif is_quote(block):
        again, more = is_quote(block.previous()), is_quote(block.next())
        setting = Setting(15, 24, 6 if again else 20, 0 if more else 34, side + 20)
    elif block.textList() is not None:
        last = block.next().textList() is None
        setting = Setting(_READING, _READING_LINE, 0, 16 if last else 6, side)
    else:
        setting = Setting(_READING, _READING_LINE, 0, 14, side)
    _set_lines(block, how, setting)


def _mono() -> str:
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()


def _set_lines(block: QTextBlock, how: Look, setting: Setting) -> None:
    shape = block.blockFormat()
    if setting.line:
        shape.setLineHeight(how.sp(setting.line), _FIXED)
    else:
        shape.setLineHeight(0, _SINGLE)
    shape.setTopMargin(setting.top)
    shape.setBottomMargin(setting.bottom)
    shape.setLeftMargin(setting.side)
    shape.setRightMargin(setting.side)
    if block.textList() is None:
        shape.setIndent(0)
    QTextCursor(block).setBlockFormat(shape)
    for text, form, start, length in list(_fragments(block)):
        if text == PICTURE:
            continue
        mark = QTextCursor(block)
        mark.setPosition(start)
        mark.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        mark.setCharFormat(_letters(form, how, setting))


def _letters(form: QTextCharFormat, how: Look, setting: Setting) -> QTextCharFormat:
    fixed = form.fontFixedPitch()
    heavy = form.fontWeight() > QFont.Weight.Medium.value
    # a fixed face looks larger than its neighbours
    font = how.sized(setting.size - 1 if fixed and not setting.family else setting.size)
    font.setFamily(setting.family or (_mono() if fixed else FAMILY))
    font.setWeight(setting.weight or (QFont.Weight.DemiBold if heavy else QFont.Weight.Normal))
    font.setItalic(form.fontItalic() and not setting.plain)
    font.setStrikeOut(form.fontStrikeOut())
    link = form.isAnchor() and bool(form.anchorHref())
    letters = QTextCharFormat(form)
    # Qt enlarges headings by steps beside the size; ours are said in px
    letters.clearProperty(QTextFormat.Property.FontSizeAdjustment)
    letters.setFont(font)
    letters.setForeground(how.colour("primary" if link else setting.ink))
    letters.setFontUnderline(link)
    return letters


def _dress_table(table: QTextTable, how: Look) -> None:
    shape = table.format()
    shape.setBorder(0)
    shape.setBorderCollapse(True)
    shape.setCellSpacing(0)
    shape.setCellPadding(0)
    above = table.document().findBlock(table.firstPosition() - 2)
    heading = above.blockFormat().headingLevel() > 0
    # Qt drops the margin of a paragraph before a table
    shape.setTopMargin(34 if is_quote(above) else 10 if heading else 6)
    shape.setBottomMargin(14)
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    table.setFormat(shape)
    pad = how.sp(12)
    for row in range(table.rows()):
        for column in range(table.columns()):
            cell = table.cellAt(row, column)
            form = QTextTableCellFormat()
            form.setTopPadding(how.sp(8))
            form.setBottomPadding(how.sp(8))
            form.setLeftPadding(pad)
            form.setRightPadding(pad)
            form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignTop)
            form.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            form.setBottomBorder(1)
            form.setBottomBorderBrush(QBrush(how.colour("edge" if row == 0 else "line")))
            if row == 0:
                form.setBackground(how.colour("sunken"))
            cell.setFormat(form)
            if row == 0:
                _dress_head(table, column)


def _dress_head(table: QTextTable, column: int) -> None:
    """A head stands over its column: on the side of the cell below it, and heavier."""
    below = table.cellAt(min(1, table.rows() - 1), column).firstCursorPosition().blockFormat().alignment()
    mark = table.cellAt(0, column).firstCursorPosition()
    shape = mark.blockFormat()
    right = below & Qt.AlignmentFlag.AlignRight and table.rows() > 1
    shape.setAlignment(Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)
    mark.setBlockFormat(shape)
    form = QTextCharFormat()
    form.setFontWeight(QFont.Weight.DemiBold.value)
    mark.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    mark.mergeCharFormat(form)
