"""A lost PIN: the coordinator's one-time code, and a new PIN twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.language import tr
from desktop.screens.arrange import TOP, column, mid, row
from desktop.screens.avatar import Avatar
from desktop.screens.button import Button
from desktop.screens.field import Asked, Field, PinField
from desktop.screens.icons import Icon
from desktop.screens.text import Elided, label, set_role
from desktop.screens.tile import TileView


@dataclass(frozen=True, slots=True)
class ResetActions:
    """`reset` (profile, code, new PIN) runs as a job and gives the session; `pin_fault` words a refusal."""

    reset: Callable[[bytes, str, str], object]
    pin_fault: Callable[[str], str]


class PinResetCard(QFrame):
    """The card that takes the place of the PIN card after *Lupa PIN*."""

    def __init__(
        self,
        view: TileView,
        jobs: Jobs,
        actions: ResetActions,
        entered: Callable[[object], None],
        back: Callable[[], None],
    ) -> None:
        super().__init__()
        self.setProperty("f", "card")
        self.setObjectName("reset_card")
        self._view, self._jobs, self._actions, self._entered = view, jobs, actions, entered
        code = Field(name="reset_code", words=tr("Kode atur ulang PIN"))
        self._code = Asked(
            tr("Kode atur ulang PIN"), code, tr("Minta kepada koordinator. Dapat diberikan lewat telepon.")
        )
        self._first = Asked(
            tr("PIN baru"), PinField(name="new_pin", words=tr("PIN baru")), tr("6 sampai 12 angka")
        )
        self._again = Asked(
            tr("Ulangi PIN baru"), PinField(name="new_pin_again", words=tr("Ulangi PIN baru"))
        )
        for asked in (self._code, self._first, self._again):
            asked.field.returnPressed.connect(self.submit)
            asked.field.textEdited.connect(lambda _text, asked=asked: asked.advise())
        self._words = label(
            tr("Pekerjaan lama tetap ada. Kunci baru Anda menunggu pengesahan koordinator."),
            "muted",
            wrap=True,
            name="reset_words",
        )
        self._go = Button(tr("Pakai PIN baru"), "main", name="reset_pin")
        self._go.clicked.connect(self.submit)
        cancel = Button(tr("Batal"), name="reset_cancel")
        cancel.clicked.connect(back)
        title = tr("Atur ulang PIN {nama}").format(nama=view.nickname)
        self.setLayout(
            column(
                row(
                    mid(Avatar(view.initials, 40, "primary", "on_primary")),
                    mid(Elided(title, "card"), 1),
                    gap=12,
                ),
                14,
                self._code,
                8,
                row((self._first, 1), (self._again, 1), gap=16),
                8,
                row((Icon("shield", "ok", 20), 0, TOP), (self._words, 1), gap=8),
                14,
                row(None, cancel, self._go, gap=8),
                gap=0,
                margins=(24, 18, 24, 18),
            )
        )

    def begin(self) -> None:
        """Put the focus on the code."""
        self._code.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Check what was typed, then try the code."""
        code, pin = self._code.field.text().strip(), self._first.field.text()
        if not code:
            self._wrong(self._code, tr("Ketik kode dari koordinator."))
            return
        fault = self._actions.pin_fault(pin)
        if fault:
            self._wrong(self._first, fault)
            return
        if self._again.field.text() != pin:
            self._wrong(self._again, tr("Kedua PIN tidak sama."))
            return
        self._go.setEnabled(False)
        profile = self._view.profile
        self._jobs.write(lambda: self._actions.reset(profile, code, pin), self._entered, self._refused)

    def _wrong(self, asked: Asked, words: str) -> None:
        asked.advise(words, "bad")
        asked.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, problem: Problem) -> None:
        self._go.setEnabled(True)
        self._code.advise(f"{problem.title} {problem.advice}".strip(), "bad")
        set_role(self._words, "muted")
        self.begin()
