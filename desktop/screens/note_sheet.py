"""The sheet of one note: what stands on the page, what one thinks of it, and what another PC says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.language import tr
from desktop.player.notes import LIMIT, Form, Note
from desktop.screens.arrange import Part, column, holder
from desktop.screens.button import Button
from desktop.screens.icons import Icon
from desktop.screens.sheet import Sheet
from desktop.screens.style import sp
from desktop.screens.text import label

ICONS = {Form.NOTE: "note", Form.HIGHLIGHT: "highlight", Form.BOOKMARK: "bookmark", Form.GONE: "note"}


class NoteSheet:
    """Asks for the words of a note; `keep` and `drop` are given the note."""

    def __init__(
        self, window: QWidget, note: Note, keep: Callable[[Note], None], drop: Callable[[Note], None]
    ) -> None:
        self._note, self._keep, self._drop = note, keep, drop
        self._words = QPlainTextEdit(note.text)
        self._words.setObjectName("note_text")
        self._words.setAccessibleName(tr("Catatan"))
        self._words.setTabChangesFocus(True)
        self._words.setFixedHeight(sp(120))
        parts: list[Part] = []
        if note.quote:
            parts.append(label(f"“{note.quote}”", "muted", wrap=True, name="note_quote"))
        if note.closed:
            parts.append(
                label(
                    tr("Ditulis di komputer lain dan belum dapat dibuka di sini. Isinya aman."),
                    wrap=True,
                    name="note_closed",
                )
            )
        else:
            parts.append(self._words)
        for number, other in enumerate(note.others):
            parts.append(label(tr("Versi lain, dari komputer lain"), "strong"))
            parts.append(label(other, wrap=True, name=f"note_other_{number}"))
        parts.append(label(tr("Hanya Anda yang dapat membaca catatan ini."), "caption"))
        buttons: list[QWidget] = []
        if note.id and not note.closed:
            remove = Button(tr("Hapus"), "quiet", name="note_remove")
            remove.clicked.connect(self._remove)
            buttons.append(remove)
        close = Button(tr("Tutup"), name="note_cancel")
        buttons.append(close)
        if not note.closed:
            save = Button(tr("Simpan"), "main", "tick", name="note_save")
            save.clicked.connect(self._save)
            buttons.append(save)
        self.sheet = Sheet(
            window,
            tr("Catatan"),
            tr("Halaman {n}").format(n=note.page),
            holder(column(*parts, None, gap=8)),
            tuple(buttons),
            name="note_sheet",
            owner=self,
            width=560,
            picture=Icon(ICONS[note.form], "primary", 28),
        )
        self.sheet.setProperty("help", "baca")
        close.clicked.connect(self.sheet.dismiss)
        self.sheet.refit()
        if not note.closed:
            self._words.moveCursor(QTextCursor.MoveOperation.End)
            self._words.setFocus()

    def _save(self) -> None:
        text = self._words.toPlainText().strip()[:LIMIT]
        if not text and not self._note.quote and not self._note.id:
            self._words.setFocus()
            return
        form = Form.NOTE if text else Form.HIGHLIGHT if self._note.quote else self._note.form
        self.sheet.finish()
        self._keep(replace(self._note, text=text, form=form))

    def _remove(self) -> None:
        self.sheet.finish()
        self._drop(self._note)
