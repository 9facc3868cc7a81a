"""Minta perbaikan: what is wrong in one's data, and what it should be."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.language import tr
from desktop.people.corrections import topic_words
from desktop.screens.arrange import column, holder
from desktop.screens.button import Button
from desktop.screens.choice import Combo
from desktop.screens.day_entry import read_day
from desktop.screens.field import Asked, Field
from desktop.screens.icons import Icon
from desktop.screens.sheet import Sheet
from desktop.screens.text import label
from sync.folds.corrections import WORDS_LIMIT, Topic
from sync.nip import clean_nip


class CorrectionSheet:
    """Asks for one correction; `asked` is given its topic, what stands there now, and what it should be."""

    def __init__(self, window: QWidget, asked: Callable[[Topic, str, str], None]) -> None:
        self._asked = asked
        self._topic = Combo(
            [(one.value, topic_words(one)) for one in Topic],
            name="correction_topic",
            words=tr("Yang perlu diperbaiki"),
        )
        self._wrong = _field("correction_wrong", tr("Tertulis sekarang"), tr("Boleh kosong bila tidak tahu."))
        self._right = _field("correction_right", tr("Seharusnya"), tr("Tulis persis seperti yang benar."))
        cancel = Button(tr("Batal"), name="correction_cancel")
        go = Button(tr("Kirim permintaan"), "main", "letter", name="correction_go")
        self.sheet = Sheet(
            window,
            tr("Minta data saya diperbaiki"),
            tr("Hanya koordinator kantor Anda yang membacanya. Jawabannya datang di Beranda."),
            holder(
                column(
                    label(tr("Yang perlu diperbaiki"), "strong"),
                    4,
                    self._topic,
                    10,
                    self._wrong,
                    6,
                    self._right,
                    None,
                    gap=0,
                )
            ),
            (cancel, go),
            name="correction_sheet",
            owner=self,
            width=560,
            picture=Icon("pen", "primary", 28),
        )
        self.sheet.setProperty("help", "tentang-data")
        cancel.clicked.connect(self.sheet.dismiss)
        go.clicked.connect(self._submit)
        self._topic.currentIndexChanged.connect(lambda _at: self._right.advise())
        self._right.field.textEdited.connect(lambda _text: self._right.advise())
        self._wrong.field.returnPressed.connect(self._right.field.setFocus)
        self._right.field.returnPressed.connect(self._submit)
        self._topic.setFocus(Qt.FocusReason.OtherFocusReason)

    def _submit(self) -> None:
        topic, right = Topic(self._topic.value()), self._right.field.text().strip()
        fault = _fault(topic, right)
        if fault:
            self._right.advise(fault, "bad")
            self._right.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        wrong = self._wrong.field.text()
        self.sheet.finish()
        self._asked(topic, wrong, right)


def _fault(topic: Topic, right: str) -> str:
    if not right:
        return tr("Tulis bagaimana seharusnya.")
    if topic is Topic.NIP and not clean_nip(right):
        return tr("NIP harus 18 angka.")
    if topic is Topic.BIRTH and read_day(right) is None:
        return tr("Ketik tanggal-bulan-tahun, misalnya 26-09-1986.")
    return ""


def _field(name: str, words: str, advice: str) -> Asked:
    field = Field(name=name, words=words)
    field.setMaxLength(WORDS_LIMIT)
    return Asked(words, field, advice)
