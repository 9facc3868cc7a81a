"""What everybody new types: nickname and PIN beside who they are, Enter from field to field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.language import tr
from desktop.screens.arrange import column, holder, row
from desktop.screens.button import Button
from desktop.screens.field import Asked, Field, PinField
from desktop.screens.fold import Beside
from desktop.screens.notice import problem_notice
from desktop.screens.page import Scroll
from desktop.screens.privacy_sheet import PrivacyLine
from desktop.screens.slot import Slot
from desktop.screens.style import sp
from desktop.screens.text import label

NICKNAME_LIMIT = 24
"""Letters of a nickname."""


class NewcomerForm(QWidget):
    """One page: who you are at the left, how you come back at the right.

    A form says `compose` what it asks at the left; `filled` is emitted by Enter in the last field and by the
    main button. Every name of a part begins with `prefix`.
    """

    filled = Signal()

    def __init__(
        self, name: str, prefix: str, jobs: Jobs, entered: Callable[[object], None], back: Callable[[], None]
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self._prefix, self._jobs, self._entered = prefix, jobs, entered
        self._order: tuple[Field, ...] = ()
        nickname = Field(name=f"{prefix}nickname", words=tr("Nama panggilan"))
        nickname.setMaxLength(NICKNAME_LIMIT)
        self.nickname = Asked(
            tr("Nama panggilan"), nickname, tr("Hanya nama ini yang terlihat di layar masuk.")
        )
        self.pin = Asked(
            tr("PIN"),
            PinField(name=f"{prefix}pin_new", words=tr("PIN")),
            tr("6 sampai 12 angka, mudah diingat."),
        )
        self.again = Asked(tr("Ulangi PIN"), PinField(name=f"{prefix}pin_again", words=tr("Ulangi PIN")))
        self._problem = Slot(f"{prefix}sign_up_slot")
        self._go = Button(tr("Mulai belajar"), "main", "arrow-right", name=f"{prefix}sign_up", trailing=True)
        self._go.clicked.connect(self.filled)
        self._leave = Button(tr("Kembali"), "plain", "left", name=f"{name}_back")
        self._leave.clicked.connect(back)

    def help_page(self) -> str:
        """The page of help for F1."""
        return "masuk"

    def begin(self) -> None:
        """Put the focus on the first thing still empty."""
        first = next(
            (each for each in self._order if each.isVisibleTo(self) and not each.text()), self._order[0]
        )
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def compose(self, title: str, about: str, who: Sequence[Asked], others: Sequence[Button] = ()) -> None:
        """Lay the page out; `who` stands at the left, `others` between the way back and the main button."""
        left: list[QWidget | int] = []
        for asked in who:
            left += [10, asked] if left else [asked]
        privacy = PrivacyLine(f"{self._prefix}privacy")
        area = holder(
            column(
                None,
                label(title, "hero", wrap=True),
                4,
                label(about, "muted", wrap=True),
                22,
                Beside(
                    holder(column(*left, gap=0)),
                    holder(column(self.nickname, 10, self.pin, 10, self.again, gap=0)),
                    right_width=290,
                    fold=570,
                    gap=28,
                ),
                8,
                self._problem,
                10,
                privacy,
                10,
                row(self._leave, *others, None, self._go, gap=8),
                None,
                None,
                gap=0,
            )
        )
        area.setMaximumWidth(sp(760))
        body = QWidget()
        body.setLayout(row((area, 1), (QWidget(), 0), gap=0, margins=(64, 24, 40, 12)))
        self.setLayout(column((Scroll(body, name=f"{self.objectName()}_scroll"), 1), gap=0))
        mine = (self.nickname, self.pin, self.again)
        for asked in mine:
            asked.field.textEdited.connect(lambda _text, asked=asked: asked.advise())
        self._order = tuple(asked.field for asked in (*who, *mine))
        for number, each in enumerate(self._order):
            each.returnPressed.connect(lambda at=number: self._after(at))
        rest: tuple[QWidget, ...] = (*self._order, privacy.button, self._go, self._leave, *others)
        for before, after in pairwise(rest):
            QWidget.setTabOrder(before, after)

    def suggest(self, name: str) -> None:
        """Offer the first word of a full name as the nickname, where none is typed yet."""
        if name and not self.nickname.field.text():
            self.nickname.field.setText(name.split(maxsplit=1)[0][:NICKNAME_LIMIT])

    def chosen(self, pin_fault: Callable[[str], str]) -> tuple[str, str] | None:
        """Give nickname and PIN; None where something is wrong, which its field then says."""
        nickname = " ".join(self.nickname.field.text().split())
        if not nickname:
            self.wrong(self.nickname, tr("Tulis nama panggilan Anda."))
            return None
        pin = self.pin.field.text()
        fault = pin_fault(pin)
        if fault:
            self.wrong(self.pin, fault)
            return None
        if self.again.field.text() != pin:
            self.wrong(self.again, tr("Kedua PIN tidak sama."))
            return None
        return nickname, pin

    def sign_up(self, create: Callable[[], object], secret: Field) -> None:
        """Make the profile in the writer's lane and enter; then `secret` and both PINs are emptied."""

        def done(session: object) -> None:
            self._go.setEnabled(True)
            for each in (self.pin.field, self.again.field, secret):
                each.clear()
            self._entered(session)

        self._problem.put()
        self._go.setEnabled(False)
        self._jobs.write(create, done, self.failed)

    def wrong(self, asked: Asked, words: str) -> None:
        """Say under a field what is wrong, and go there."""
        asked.advise(words, "bad")
        asked.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def failed(self, problem: Problem) -> None:
        """Show what went wrong."""
        self._go.setEnabled(True)
        self._problem.put(problem_notice(problem, name=f"{self._prefix}sign_up_problem"))

    def clear_problem(self) -> None:
        """Take away what went wrong before."""
        self._problem.put()

    def _after(self, at: int) -> None:
        """Enter goes to the next field, and from the last one on."""
        rest = [each for each in self._order[at + 1 :] if each.isVisibleTo(self)]
        if rest:
            rest[0].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.filled.emit()
