"""A lost stick in one form: what it means, what to collect again, and a note for the record."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.language import tr
from desktop.screens.arrange import TOP, column, holder, row
from desktop.screens.button import Button
from desktop.screens.field import Asked, Field
from desktop.screens.icons import Icon
from desktop.screens.round_views import RoundView
from desktop.screens.sheet import Sheet
from desktop.screens.text import label

NOTE_LIMIT = 200


def loss_sheet(window: QWidget, view: RoundView, report: Callable[[str], None]) -> Sheet:
    """Ask for nothing but a note; `report` is given it."""
    del view
    field = Field(name="loss_note", words=tr("Kapan dan di mana terakhir terlihat"))
    field.setMaxLength(NOTE_LIMIT)
    asked = Asked(
        tr("Kapan dan di mana terakhir terlihat"), field, tr("Boleh kosong. Jangan tulis nama atau NIP.")
    )
    lines = (
        (
            "lock",
            tr("Isinya terkunci. Siapa pun yang menemukannya tidak dapat membaca nama, NIP, atau nilai."),
        ),
        (
            "computer",
            tr("Hasil masih ada di setiap komputer. Kunjungi lagi; tidak ada yang tercatat dua kali."),
        ),
        ("stick", tr("Pakai flashdisk lain. Suluh menyiapkannya dan menyalin lagi yang belum sampai.")),
    )
    told = [
        row((Icon(icon, "ok", 20), 0, TOP), (label(words, wrap=True), 1), gap=12) for icon, words in lines
    ]
    cancel = Button(tr("Batal"), name="loss_cancel")
    send = Button(tr("Laporkan"), "main", name="loss_send")
    sheet = Sheet(
        window,
        tr("Flashdisk hilang"),
        tr("Sesudah ini Suluh menunjukkan komputer yang harus dikunjungi lagi."),
        holder(column(*told, 8, asked, None, gap=10)),
        (cancel, send),
        name="loss_sheet",
        width=600,
        picture=Icon("warning", "warn", 28),
    )
    cancel.clicked.connect(sheet.dismiss)

    def answer() -> None:
        note = field.text().strip()
        sheet.finish()
        report(note)

    send.clicked.connect(answer)
    field.returnPressed.connect(answer)
    sheet.setProperty("help", "putaran")
    sheet.refit()
    field.setFocus()
    return sheet
