"""Riwayat kontak of one person: the words had before, and a form for the one that was had now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.language import tr
from desktop.office.contacts import NOTE_LIMIT, Way
from desktop.office.follow_up import way_words
from desktop.screens.arrange import Part, column, holder, line, row
from desktop.screens.button import Button
from desktop.screens.choice import Combo
from desktop.screens.day_entry import read_day
from desktop.screens.field import Asked, Field
from desktop.screens.icons import Icon
from desktop.screens.sheet import Sheet
from desktop.screens.text import label


@dataclass(frozen=True, slots=True)
class ContactLine:
    """A word that was had, in words, and where its note is kept."""

    said: str
    kept: str


@dataclass(frozen=True, slots=True)
class ContactForm:
    """What the sheet begins with: who, why, the words before (newest first), and today."""

    name: str
    why: str
    before: Sequence[ContactLine]
    today: date


class ContactSheet:
    """Asks for day, way and note; `note` is given them."""

    def __init__(self, window: QWidget, form: ContactForm, note: Callable[[date, Way, str], None]) -> None:
        self._note, self._today = note, form.today
        self._way = Combo(
            [(way.value, way_words(way)) for way in Way], name="contact_way", words=tr("Lewat apa")
        )
        self._day = Asked(
            tr("Tanggal"),
            Field(name="contact_day", words=tr("Tanggal"), text=form.today.strftime("%d-%m-%Y"), width=160),
        )
        words = Field(name="contact_note", words=tr("Catatan"))
        words.setMaxLength(NOTE_LIMIT)
        self._words = Asked(
            tr("Catatan"), words, tr("Boleh kosong. Hanya koordinator kantor ini yang dapat membacanya.")
        )
        parts: list[Part] = [
            row(
                self._day,
                (column(label(tr("Lewat apa"), "strong"), 4, self._way, None, gap=0), 1),
                gap=16,
            ),
            self._words,
            8,
            label(tr("Riwayat kontak"), "card"),
        ]
        if not form.before:
            parts.append(label(tr("Belum pernah dihubungi."), "muted"))
        for number, one in enumerate(form.before):
            parts += [line()] if number else []
            said = label(one.said, wrap=True, name=f"contact_{number}")
            parts.append(column(said, label(one.kept, "caption"), gap=1))
        cancel = Button(tr("Tutup"), name="contact_cancel")
        save = Button(tr("Catat kontak"), "main", "tick", name="contact_save")
        self.sheet = Sheet(
            window,
            form.name,
            form.why,
            holder(column(*parts, None, gap=8)),
            (cancel, save),
            name="contact_sheet",
            owner=self,
            width=600,
            picture=Icon("people", "primary", 28),
        )
        self.sheet.setProperty("help", "kantor-tindak-lanjut")
        cancel.clicked.connect(self.sheet.dismiss)
        save.clicked.connect(self._save)
        words.returnPressed.connect(self._save)
        self.sheet.refit()
        words.setFocus()

    def _save(self) -> None:
        day = read_day(self._day.field.text())
        if day is None or day > self._today:
            self._day.advise(tr("Tulis seperti 21-11-2026, paling akhir hari ini."), "bad")
            self._day.field.setFocus()
            return
        way, words = Way(self._way.value()), self._words.field.text()
        self.sheet.finish()
        self._note(day, way, words)
