"""Somebody new without NIP: the code from the coordinator says who they are, then a nickname and a PIN."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
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
from desktop.screens.slot import Slot
from desktop.screens.style import sp
from desktop.screens.text import label
from sync.officefile_codes import LEARNER_LENGTH, clean_code


@dataclass(frozen=True, slots=True)
class FoundGuest:
    """Whom a code names; `about` is their role and its last day, `fault` why the code is not taken."""

    fault: str = ""
    name: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class NewGuest:
    """What a newcomer without NIP typed."""

    code: str = field(repr=False)
    nickname: str
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class GuestActions:
    """`find` and `create` run as jobs; `create` gives the session; `pin_fault` words a PIN not taken."""

    find: Callable[[str], FoundGuest]
    create: Callable[[NewGuest], object]
    pin_fault: Callable[[str], str]


class NewGuestForm(QWidget):
    """One page like that of somebody with a NIP: who you are at the left, how you come back at the right."""

    def __init__(
        self,
        actions: GuestActions,
        jobs: Jobs,
        entered: Callable[[object], None],
        back: Callable[[], None],
    ) -> None:
        super().__init__()
        self.setObjectName("new_guest")
        self._actions, self._jobs, self._entered = actions, jobs, entered
        self._found: FoundGuest | None = None
        code = Field(name="guest_code", words=tr("Kode pendaftaran"), hint="7K2M-4QXD-90HT")
        self.code = Asked(
            tr("Kode pendaftaran"),
            code,
            tr("12 huruf dan angka dari koordinator, diketik hanya sekali di sini."),
        )
        name = Field(name="guest_nickname", words=tr("Nama panggilan"))
        name.setMaxLength(24)
        self.nickname = Asked(tr("Nama panggilan"), name, tr("Hanya nama ini yang terlihat di layar masuk."))
        self.pin = Asked(
            tr("PIN"), PinField(name="guest_pin", words=tr("PIN")), tr("6 sampai 12 angka, mudah diingat.")
        )
        self.again = Asked(tr("Ulangi PIN"), PinField(name="guest_pin_again", words=tr("Ulangi PIN")))
        self._problem = Slot("guest_slot")
        self._go = Button(tr("Mulai belajar"), "main", "arrow-right", name="guest_sign_up", trailing=True)
        self._go.clicked.connect(self.submit)
        leave = Button(tr("Kembali"), "plain", "left", name="new_guest_back")
        leave.clicked.connect(back)
        area = holder(
            column(
                None,
                label(tr("Masuk tanpa NIP"), "hero", wrap=True),
                4,
                label(
                    tr("Untuk praktisi, mentor, dan juri yang bukan ASN. NIP tidak ditanyakan."),
                    "muted",
                    wrap=True,
                ),
                22,
                Beside(
                    holder(column(self.code, gap=0)),
                    holder(column(self.nickname, 10, self.pin, 10, self.again, gap=0)),
                    right_width=290,
                    fold=570,
                    gap=28,
                ),
                8,
                self._problem,
                14,
                row(leave, None, self._go, gap=8),
                None,
                None,
                gap=0,
            )
        )
        area.setMaximumWidth(sp(760))
        body = QWidget()
        body.setLayout(row((area, 1), (QWidget(), 0), gap=0, margins=(64, 24, 40, 12)))
        self.setLayout(column((Scroll(body, name="new_guest_scroll"), 1), gap=0))
        code.textEdited.connect(self._typed_code)
        self._order = (code, name, self.pin.field, self.again.field)
        for asked in (self.nickname, self.pin, self.again):
            asked.field.textEdited.connect(lambda _text, asked=asked: asked.advise())
        for number, each in enumerate(self._order):
            each.returnPressed.connect(lambda at=number: self._after(at))
            if number:
                QWidget.setTabOrder(self._order[number - 1], each)
        QWidget.setTabOrder(self.again.field, self._go)
        QWidget.setTabOrder(self._go, leave)

    def help_page(self) -> str:
        """The page of help for F1."""
        return "masuk"

    def begin(self) -> None:
        """Put the focus on the first thing still empty."""
        first = next((each for each in self._order if not each.text()), self._order[0])
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed_code(self, text: str) -> None:
        self._found = None
        self._problem.put()
        code = clean_code(text)
        if len(code) == LEARNER_LENGTH:
            self.code.advise(tr("Memeriksa…"))
            self._jobs.run(
                lambda: self._actions.find(code), lambda found: self._show_found(code, found), self._failed
            )
        elif len(code) > LEARNER_LENGTH or (text.strip() and not code):
            self.code.advise(tr("Kode terdiri atas 12 huruf dan angka, misalnya 7K2M-4QXD-90HT."), "bad")
        elif code:
            self.code.advise(tr("{n} dari 12").format(n=len(code)))
        else:
            self.code.advise()

    def _show_found(self, code: str, found: FoundGuest) -> None:
        if code != clean_code(self.code.field.text()):
            return
        self._found = found
        if found.fault:
            self.code.advise(found.fault, "bad")
            return
        self.code.advise(tr("Terdaftar: {nama}").format(nama=f"{found.name}, {found.about}"), "ok")
        if found.name and not self.nickname.field.text():
            self.nickname.field.setText(found.name.split()[0][:24])

    def _after(self, at: int) -> None:
        """Enter goes to the next field, and from the last one on."""
        if at + 1 < len(self._order):
            self._order[at + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.submit()

    def submit(self) -> None:
        """Check everything, then sign up."""
        code = clean_code(self.code.field.text())
        if len(code) != LEARNER_LENGTH:
            self._wrong(self.code, tr("Kode terdiri atas 12 huruf dan angka, misalnya 7K2M-4QXD-90HT."))
            return
        if self._found is not None and self._found.fault:
            self.code.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        nickname = " ".join(self.nickname.field.text().split())
        if not nickname:
            self._wrong(self.nickname, tr("Tulis nama panggilan Anda."))
            return
        pin = self.pin.field.text()
        fault = self._actions.pin_fault(pin)
        if fault:
            self._wrong(self.pin, fault)
            return
        if self.again.field.text() != pin:
            self._wrong(self.again, tr("Kedua PIN tidak sama."))
            return
        self._problem.put()
        self._go.setEnabled(False)
        wish = NewGuest(code, nickname, pin)
        self._jobs.write(lambda: self._actions.create(wish), self._done, self._failed)

    def _wrong(self, asked: Asked, words: str) -> None:
        asked.advise(words, "bad")
        asked.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _done(self, session: object) -> None:
        self._go.setEnabled(True)
        for each in (self.pin.field, self.again.field, self.code.field):
            each.clear()
        self._entered(session)

    def _failed(self, problem: Problem) -> None:
        self._go.setEnabled(True)
        self._problem.put(problem_notice(problem, name="guest_problem"))
