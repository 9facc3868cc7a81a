"""Somebody new at this PC: the NIP once, judged while it is typed, then a nickname and a PIN."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.background.jobs import Job, Jobs
from desktop.errors import Problem
from desktop.language import tr
from desktop.screens.arrange import Part, column, holder, row
from desktop.screens.button import Button
from desktop.screens.day_entry import read_day
from desktop.screens.field import Asked, Field, PinField
from desktop.screens.fold import Beside
from desktop.screens.notice import problem_notice
from desktop.screens.page import Scroll
from desktop.screens.slot import Slot
from desktop.screens.style import sp
from desktop.screens.text import label
from sync.nip import LENGTH, birth_of, clean_nip


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """What the ten rules and the office's roster say about a NIP.

    `fault` words what forbids it, `warning` what looks odd; `listed` is None where this PC has no office.
    """

    fault: str = ""
    warning: str = ""
    name: str = ""
    unit: str = ""
    kind: str = ""
    listed: bool | None = None
    needs_code: bool = False
    known_here: bool = False


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What a newcomer typed."""

    nip: str = field(repr=False)
    birth: date
    nickname: str
    pin: str = field(repr=False)
    code: str = field(repr=False, default="")


@dataclass(frozen=True, slots=True)
class SignUpActions:
    """`find` and `create` run as jobs; `create` gives the session; `pin_fault` words a PIN not taken."""

    find: Callable[[str, date | None], FoundPerson]
    create: Callable[[NewPerson], object]
    pin_fault: Callable[[str, date | None], str]


class NewPersonForm(QWidget):
    """One page: who you are at the left, how you come back at the right."""

    def __init__(
        self,
        actions: SignUpActions,
        jobs: Jobs,
        entered: Callable[[object], None],
        back: Callable[[], None],
        without_nip: Callable[[], None],
    ) -> None:
        super().__init__()
        self.setObjectName("new_person")
        self._actions, self._jobs, self._entered = actions, jobs, entered
        self._found: FoundPerson | None = None
        self._searching: Job | None = None
        self._asked_for = ""
        nip = Field(name="nip", words=tr("NIP / NI PPPK"), hint="19860926 201505 1 001")
        self.nip = Asked(
            tr("NIP / NI PPPK"), nip, tr("18 angka; spasi boleh. Diketik hanya sekali di komputer ini.")
        )
        born = Field(name="birth", words=tr("Tanggal lahir"), hint="26-09-1986")
        self.birth = Asked(
            tr("Tanggal lahir"), born, tr("Tanggal-bulan-tahun, untuk memastikan NIP tidak salah ketik.")
        )
        code = Field(name="enrolment_code", words=tr("Kode pendaftaran"))
        self.code = Asked(
            tr("Kode pendaftaran"),
            code,
            tr("Dari koordinator, bila Anda mempunyainya. Boleh kosong; koordinator akan memeriksa."),
        )
        name = Field(name="nickname", words=tr("Nama panggilan"))
        name.setMaxLength(24)
        self.nickname = Asked(tr("Nama panggilan"), name, tr("Hanya nama ini yang terlihat di layar masuk."))
        self.pin = Asked(
            tr("PIN"), PinField(name="pin_new", words=tr("PIN")), tr("6 sampai 12 angka, mudah diingat.")
        )
        self.again = Asked(tr("Ulangi PIN"), PinField(name="pin_again", words=tr("Ulangi PIN")))
        self._problem = Slot("sign_up_slot")
        self._go = Button(tr("Mulai belajar"), "main", "arrow-right", name="sign_up", trailing=True)
        self._go.clicked.connect(self.submit)
        leave = Button(tr("Kembali"), "plain", "left", name="new_person_back")
        leave.clicked.connect(back)
        other = Button(tr("Saya tidak punya NIP"), "quiet", name="without_nip")
        other.clicked.connect(without_nip)
        left = holder(column(self.nip, 10, self.birth, 10, self.code, gap=0))
        right = holder(column(self.nickname, 10, self.pin, 10, self.again, gap=0))
        self.code.hide()
        pair = Beside(left, right, right_width=290, fold=570, gap=28)
        inside: list[Part] = [
            label(tr("Perkenalkan diri Anda"), "hero", wrap=True),
            4,
            label(tr("Sesudah ini Anda masuk cukup dengan PIN, juga tanpa internet."), "muted", wrap=True),
            22,
            pair,
            8,
            self._problem,
            14,
            row(leave, other, None, self._go, gap=8),
            None,
        ]
        body = QWidget()
        area = holder(column(None, *inside, None, gap=0))
        area.setMaximumWidth(sp(760))
        body.setLayout(row((area, 1), (QWidget(), 0), gap=0, margins=(64, 24, 40, 12)))
        self.setLayout(column((Scroll(body, name="new_person_scroll"), 1), gap=0))
        nip.textEdited.connect(self._typed_nip)
        born.textEdited.connect(self._typed_birth)
        self._order = (nip, born, code, name, self.pin.field, self.again.field)
        for asked in (self.code, self.nickname, self.pin, self.again):
            asked.field.textEdited.connect(lambda _text, asked=asked: asked.advise())
        for number, each in enumerate(self._order):
            each.returnPressed.connect(lambda at=number: self._after(at))
            if number:
                QWidget.setTabOrder(self._order[number - 1], each)
        QWidget.setTabOrder(self.again.field, self._go)
        QWidget.setTabOrder(self._go, leave)
        QWidget.setTabOrder(leave, other)

    def help_page(self) -> str:
        """The page of help for F1."""
        return "masuk"

    def begin(self) -> None:
        """Put the focus on the first thing still empty."""
        first = next(
            (each for each in self._order if each.isVisibleTo(self) and not each.text()), self._order[0]
        )
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- while typing ------------------------------------------------------------------------------------

    def _typed_nip(self, text: str) -> None:
        self._found = None
        digits = "".join(letter for letter in text if letter.isdigit())
        nip = clean_nip(text)
        self._problem.put()
        if nip:
            self._find(nip)
        elif text and (len(digits) > LENGTH or any(letter.isalpha() for letter in text)):
            self.nip.advise(tr("NIP harus 18 angka. Periksa tanggal lahir pada 8 angka pertama."), "bad")
        elif digits:
            self.nip.advise(tr("{n} dari 18 angka").format(n=len(digits)))
        else:
            self.nip.advise()

    def _typed_birth(self, text: str) -> None:
        self._judge_birth(final=False)
        del text

    def _judge_birth(self, *, final: bool) -> date | None:
        """Rule 10: the birth date typed again equals the first eight digits."""
        typed = self.birth.field.text()
        day, nip = read_day(typed), clean_nip(self.nip.field.text())
        if day is None:
            if final:
                self.birth.advise(tr("Ketik tanggal-bulan-tahun, misalnya 26-09-1986."), "bad")
            else:
                self.birth.advise()
            return None
        born = birth_of(nip) if nip else None
        if born is not None and born != day:
            self.birth.advise(tr("Tanggal lahir tidak sama dengan 8 angka pertama NIP."), "bad")
            return None
        self.birth.advise(tr("Cocok dengan NIP.") if born else "", "ok")
        return day

    def _find(self, nip: str) -> None:
        if self._searching is not None:
            self._searching.cancel()
        self._asked_for = nip
        day = read_day(self.birth.field.text())
        self.nip.advise(tr("Memeriksa…"))
        self._searching = self._jobs.run(
            lambda: self._actions.find(nip, None), lambda found: self._show_found(nip, found), self._failed
        )
        if day is not None:
            self._judge_birth(final=False)

    def _show_found(self, nip: str, found: FoundPerson) -> None:
        if nip != clean_nip(self.nip.field.text()):
            return
        self._found = found
        self.code.setVisible(found.needs_code)
        if found.fault:
            self.nip.advise(found.fault, "bad")
        elif found.known_here:
            self.nip.advise(
                tr("NIP ini sudah punya profil di komputer ini. Pilih namanya di layar masuk."), "bad"
            )
        elif found.listed is False:
            self.nip.advise(
                tr("NIP belum ada di daftar kantor ini. Anda dapat mulai; koordinator akan memeriksa."),
                "warn",
            )
        elif found.warning:
            self.nip.advise(found.warning, "warn")
        elif found.name:
            known = f"{found.name}, {found.unit}" if found.unit else found.name
            self.nip.advise(tr("Terdaftar: {nama}").format(nama=known), "ok")
        else:
            self.nip.advise(tr("NIP {jenis}.").format(jenis=found.kind) if found.kind else "", "ok")
        if found.name and not self.nickname.field.text():
            self.nickname.field.setText(found.name.split()[0][:24])

    # --- going on ----------------------------------------------------------------------------------------

    def _after(self, at: int) -> None:
        """Enter goes to the next field, and from the last one on."""
        rest = [each for each in self._order[at + 1 :] if each.isVisibleTo(self)]
        if rest:
            rest[0].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.submit()

    def submit(self) -> None:
        """Check everything, then sign up."""
        nip = clean_nip(self.nip.field.text())
        if not nip:
            self._wrong(self.nip, tr("NIP harus 18 angka. Periksa tanggal lahir pada 8 angka pertama."))
            return
        if self._found is not None and (self._found.fault or self._found.known_here):
            self.nip.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        born = self._judge_birth(final=True)
        if born is None:
            self.birth.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        nickname = " ".join(self.nickname.field.text().split())
        if not nickname:
            self._wrong(self.nickname, tr("Tulis nama panggilan Anda."))
            return
        pin = self.pin.field.text()
        fault = self._actions.pin_fault(pin, born)
        if fault:
            self._wrong(self.pin, fault)
            return
        if self.again.field.text() != pin:
            self._wrong(self.again, tr("Kedua PIN tidak sama."))
            return
        self._problem.put()
        self._go.setEnabled(False)
        code = self.code.field.text().strip() if self.code.isVisibleTo(self) else ""
        wish = NewPerson(nip, born, nickname, pin, code)
        self._jobs.write(lambda: self._actions.create(wish), self._done, self._failed)

    def _wrong(self, asked: Asked, words: str) -> None:
        asked.advise(words, "bad")
        asked.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _done(self, session: object) -> None:
        self._go.setEnabled(True)
        for field_ in (self.pin.field, self.again.field, self.code.field):
            field_.clear()
        self._entered(session)

    def _failed(self, problem: Problem) -> None:
        self._go.setEnabled(True)
        self._problem.put(problem_notice(problem, name="sign_up_problem"))
