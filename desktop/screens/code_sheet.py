"""A code typed after signing up: what a coordinator handed out, or the paper code from the office's safe."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.errors import Problem
from desktop.language import tr
from desktop.screens.arrange import column, holder
from desktop.screens.button import Button
from desktop.screens.field import Asked, Field, PinField
from desktop.screens.icons import Icon
from desktop.screens.notice import problem_notice
from desktop.screens.sheet import Sheet
from desktop.screens.slot import Slot
from desktop.screens.text import label

Use = Callable[[str, str, Callable[[Problem], None]], None]
"""Try a code with a PIN; the window is built anew when it opens something, else the Problem is told."""


class CodeSheet:
    """Asks for the code and for the PIN, as whoever types it is to hold the keys that the code opens."""

    def __init__(self, window: QWidget, use: Use) -> None:
        self._use = use
        code = Field(name="office_code", words=tr("Kode"))
        self._code = Asked(tr("Kode"), code, tr("Huruf besar, huruf kecil, dan spasi boleh."))
        self._pin = Asked(
            tr("PIN Anda"),
            PinField(name="office_code_pin", words=tr("PIN Anda")),
            tr("PIN yang biasa Anda pakai."),
        )
        self._slot = Slot("office_code_slot")
        self._go = Button(tr("Pakai kode"), "main", name="office_code_go")
        cancel = Button(tr("Batal"), name="office_code_cancel")
        told = label(
            tr("Pekerjaan Anda tetap ada. Bila kode diterima, ruang Anda dibuka lagi dengan hak yang baru."),
            "muted",
            wrap=True,
        )
        self.sheet = Sheet(
            window,
            tr("Pakai kode"),
            tr("Kode pendaftaran dari koordinator, atau kode pemulihan kantor dari lemari arsip."),
            holder(column(self._slot, 4, self._code, 8, self._pin, 8, told, None, gap=0)),
            (cancel, self._go),
            name="code_sheet",
            owner=self,
            width=560,
            picture=Icon("key", "primary", 28),
        )
        self.sheet.setProperty("help", "setelan")
        cancel.clicked.connect(self.sheet.dismiss)
        self._go.clicked.connect(self._submit)
        code.returnPressed.connect(lambda: self._focus(self._pin))
        self._pin.field.returnPressed.connect(self._submit)
        for asked in (self._code, self._pin):
            asked.field.textEdited.connect(lambda _text, asked=asked: asked.advise())
        self._focus(self._code)

    def _submit(self) -> None:
        code, pin = self._code.field.text().strip(), self._pin.field.text()
        for asked, typed, words in (
            (self._code, code, tr("Ketik kodenya.")),
            (self._pin, pin, tr("Ketik PIN Anda.")),
        ):
            if not typed:
                asked.advise(words, "bad")
                self._focus(asked)
                return
        self._go.setEnabled(False)
        self._use(code, pin, self._refused)

    def _refused(self, problem: Problem) -> None:
        self._go.setEnabled(True)
        self._slot.put(problem_notice(problem, name="office_code_problem"))
        self.sheet.refit()
        self._pin.field.clear()
        self._focus(self._code)

    def _focus(self, asked: Asked) -> None:
        asked.field.setFocus(Qt.FocusReason.OtherFocusReason)
