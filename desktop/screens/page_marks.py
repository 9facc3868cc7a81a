"""Marks of a learner on a page: notes and highlights drawn on the text, found again where it has moved."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

from desktop.player.notes import Form, Note
from desktop.screens.page_text import PageText
from desktop.screens.style import look

_LINE_BREAKS = str.maketrans("\u2029\u2028\xa0", "   ")


def selection_of(text: PageText) -> tuple[int, int, str]:
    """Give what is selected: first and last letter, and the words; the line at the top where nothing is."""
    cursor = text.textCursor()
    if cursor.hasSelection():
        return cursor.selectionStart(), cursor.selectionEnd(), cursor.selectedText().translate(_LINE_BREAKS)
    return text.letter(), text.letter(), ""


def find_quote(document: QTextDocument, quote: str, start: int = 0, end: int = 0) -> QTextCursor | None:
    """Find words on a page: where they were, else the first place that has them in a newer version."""
    if not quote:
        return None
    cursor = QTextCursor(document)
    last = document.characterCount() - 1
    cursor.setPosition(min(start, last))
    cursor.setPosition(min(end, last), QTextCursor.MoveMode.KeepAnchor)
    if cursor.selectedText().translate(_LINE_BREAKS) == quote:
        return cursor
    at = document.toPlainText().replace("\n", " ").translate(_LINE_BREAKS).casefold().find(quote.casefold())
    if at < 0:
        return None
    cursor.setPosition(at)
    cursor.setPosition(at + len(quote), QTextCursor.MoveMode.KeepAnchor)
    return cursor


def draw_marks(text: PageText, notes: Sequence[Note]) -> None:
    """Draw the notes of this page; what is no longer on it is only in the list."""
    drawn = []
    for note in notes:
        cursor = find_quote(text.document(), note.quote, note.start, note.end)
        if cursor is None:
            continue
        mark = QTextEdit.ExtraSelection()
        mark.cursor = cursor
        ground, ink = ("selection", "on_selection") if look().contrast else ("warn_soft", "text")
        mark.format.setBackground(look().colour(ground))
        mark.format.setForeground(look().colour(ink))
        mark.format.setFontUnderline(note.form is Form.NOTE)
        drawn.append(mark)
    text.setExtraSelections(drawn)
