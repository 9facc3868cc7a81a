"""A lost stick in one form: what it means, what to collect again, and a note for the record."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.language import tr, trn
from desktop.screens.arrange import TOP, Part, column, holder, row
from desktop.screens.button import Button
from desktop.screens.field import Asked, Field
from desktop.screens.icons import Icon
from desktop.screens.page import Scroll
from desktop.screens.round_views import Aboard, RoundView
from desktop.screens.sheet import Sheet
from desktop.screens.style import look, sp
from desktop.screens.text import label

NOTE_LIMIT = 200
_LARGE = 1.35  # letters so large that the sheet has to scroll
_LONG = 240  # letters of names that stand without a scroll bar


def people_words(found: Aboard) -> QWidget | None:
    """Whose work may be on the stick, by name: read at the desk, and written on no stick."""
    if not found.people and not found.unnamed:
        return None
    total = len(found.people) + found.unnamed
    head = trn("Mungkin ada pekerjaan {n} orang di dalamnya, dari {m} komputer:", total)
    named = ", ".join(found.people)
    if found.unnamed:
        rest = trn("{n} orang yang belum dikenali", found.unnamed).format(n=found.unnamed)
        named = f"{named}, {rest}" if named else rest
    words = label(named, "muted", wrap=True, name="loss_people")
    scroll = Scroll(words)
    scroll.setMaximumHeight(sp(84))
    scroll.setMinimumHeight(min(sp(84), words.sizeHint().height() + sp(8)))
    title = label(head.format(n=total, m=len(found.pcs)), wrap=True)
    return holder(column(title, scroll if len(named) > _LONG else words, gap=4))


def loss_sheet(window: QWidget, view: RoundView, report: Callable[[str], None]) -> Sheet:
    """Name whose work may be on it, and ask for nothing but a note; `report` is given it."""
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
    names = people_words(view.aboard)
    if names:
        told.append(row((Icon("people", "muted", 20), 0, TOP), (names, 1), gap=12))
    parts: tuple[Part, ...] = (*told, 8, asked)
    if look().scale > _LARGE:
        parts = (asked, 8, *told)  # what is asked stays in view; what reassures scrolls
    cancel = Button(tr("Batal"), name="loss_cancel")
    send = Button(tr("Laporkan"), "main", name="loss_send")
    sheet = Sheet(
        window,
        tr("Flashdisk hilang"),
        tr("Laporan ini ikut ke pusat pada kiriman berikutnya; batasnya 3 x 24 jam."),
        holder(column(*parts, None, gap=10)),
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
