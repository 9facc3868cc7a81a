"""Perbarui daftar pegawai: what a file would change, line by line, before anything is kept or said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from PySide6.QtWidgets import QWidget

from desktop.formats import number
from desktop.language import tr
from desktop.office.roster import Preview, Sort, Told
from desktop.screens.arrange import Part, column, holder, line, mid, row
from desktop.screens.button import Button
from desktop.screens.notice import notice
from desktop.screens.pill import Pill
from desktop.screens.sheet import Sheet
from desktop.screens.text import label

SHOWN = 40
"""Lines of one sort that are shown; of more than that the number is told."""


class RosterSheet:
    """Shows a preview; `save` is called by Simpan alone, and `dismiss` leaves nothing behind."""

    def __init__(self, window: QWidget, file: str, found: Preview, save: Callable[[], None]) -> None:
        self._save = save
        cancel = Button(tr("Batal"), name="roster_cancel")
        confirm = Button(tr("Simpan"), "main", "tick", name="roster_save")
        confirm.setEnabled(not found.faulty and found.changes > 0)
        self.sheet = Sheet(
            window,
            tr("Perbarui daftar pegawai"),
            tr("{berkas}: {n} orang").format(berkas=file, n=number(found.people)),
            holder(column(*_parts(found), None, gap=8)),
            (cancel, confirm),
            name="roster_sheet",
            owner=self,
            width=760,
            foot=tr("Belum ada yang disimpan."),
        )
        self.sheet.setProperty("help", "kantor-daftar")
        cancel.clicked.connect(self.sheet.dismiss)
        confirm.clicked.connect(self._saved)
        self.sheet.refit()

    def _saved(self) -> None:
        self.sheet.finish()
        self._save()


def _parts(found: Preview) -> list[Part]:
    parts: list[Part] = [_word(found)]
    for sort, title, kind in _titles():
        told = [one for one in found.told if one.sort is sort]
        if told:
            parts += [16, row(mid(label(title, "card")), mid(Pill(number(len(told)), kind)), None, gap=8)]
            parts += _lines(told)
    return parts


def _word(found: Preview) -> QWidget:
    """The one sentence above all: what to do now."""
    if found.faulty:
        return notice(
            "bad",
            tr("Perbaiki berkasnya lebih dulu"),
            tr("Betulkan baris di bawah ini di Excel, simpan, lalu pilih berkas itu lagi."),
            name="roster_word",
        )
    if not found.changes:
        return notice("ok", tr("Daftar pegawai sudah sama"), name="roster_word")
    counts = tr("{a} masuk, {b} berubah, {c} keluar.").format(
        a=number(found.coming), b=number(found.changing), c=number(found.going)
    )
    if found.going * 2 > found.before:
        return notice(
            "warn",
            tr("Lebih dari separuh akan keluar. Apakah ini daftar kantor ini?"),
            counts,
            name="roster_word",
        )
    says = tr("Simpan mengirimnya sebagai usulan; berlaku setelah diperiksa pusat.")
    return notice("info", counts, says, name="roster_word")


def _titles() -> Sequence[tuple[Sort, str, str]]:
    return (
        (Sort.FAULT, tr("Harus diperbaiki"), "bad"),
        (Sort.ODD, tr("Perlu diperiksa"), "warn"),
        (Sort.GONE, tr("Keluar dari daftar"), "warn"),
        (Sort.NEW, tr("Orang baru"), "ok"),
        (Sort.MOVED, tr("Pindah unit"), "primary"),
        (Sort.RENAMED, tr("Nama berubah"), "primary"),
        (Sort.NIP, tr("NIP atau kontrak berubah"), "primary"),
        (Sort.ROLE, tr("Peran berubah"), "primary"),
        (Sort.SKIPPED, tr("Baris yang dilewati"), "muted"),
    )


def _lines(told: Sequence[Told]) -> list[Part]:
    parts: list[Part] = []
    for (row_number, who), some in groupby(told[:SHOWN], key=lambda one: (one.line, one.who)):
        where = tr("Baris {n}").format(n=row_number) if row_number > 0 else ""
        head = " · ".join(filter(None, (where, who))) or tr("Seluruh berkas")
        says = [label(one.says, "muted", wrap=True) for one in some]
        parts += [line(), column(label(head, "strong", wrap=True), *says, gap=1)]
    if len(told) > SHOWN:
        parts += [line(), label(tr("dan {n} lagi").format(n=number(len(told) - SHOWN)), "muted")]
    return parts
