"""Somebody new at this PC: the NIP once, judged while it is typed, then a nickname and a PIN."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import Qt

from desktop.background.jobs import Job, Jobs
from desktop.language import tr
from desktop.screens.button import Button
from desktop.screens.day_entry import read_day
from desktop.screens.field import Asked, Field
from desktop.screens.newcomer import NewcomerForm
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


class NewPersonForm(NewcomerForm):
    """Who one is by the NIP, judged by the ten rules and by the office's roster."""

    def __init__(
        self,
        actions: SignUpActions,
        jobs: Jobs,
        entered: Callable[[object], None],
        back: Callable[[], None],
        without_nip: Callable[[], None],
    ) -> None:
        super().__init__("new_person", "", jobs, entered, back)
        self._actions = actions
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
        self.code.hide()
        other = Button(tr("Saya tidak punya NIP"), "quiet", name="without_nip")
        other.clicked.connect(without_nip)
        self.compose(
            tr("Perkenalkan diri Anda"),
            tr("Sesudah ini Anda masuk cukup dengan PIN, juga tanpa internet."),
            (self.nip, self.birth, self.code),
            (other,),
        )
        nip.textEdited.connect(self._typed_nip)
        born.textEdited.connect(self._typed_birth)
        code.textEdited.connect(lambda _text: self.code.advise())
        self.filled.connect(self.submit)

    # --- while typing ------------------------------------------------------------------------------------

    def _typed_nip(self, text: str) -> None:
        self._found = None
        digits = "".join(letter for letter in text if letter.isdigit())
        nip = clean_nip(text)
        self.clear_problem()
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
            lambda: self._actions.find(nip, None), lambda found: self._show_found(nip, found), self.failed
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
        self.suggest(found.name)

    # --- going on ----------------------------------------------------------------------------------------

    def submit(self) -> None:
        """Check everything, then sign up."""
        nip = clean_nip(self.nip.field.text())
        if not nip:
            self.wrong(self.nip, tr("NIP harus 18 angka. Periksa tanggal lahir pada 8 angka pertama."))
            return
        if self._found is not None and (self._found.fault or self._found.known_here):
            self.nip.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        born = self._judge_birth(final=True)
        if born is None:
            self.birth.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        chosen = self.chosen(lambda pin: self._actions.pin_fault(pin, born))
        if chosen is None:
            return
        code = self.code.field.text().strip() if self.code.isVisibleTo(self) else ""
        wish = NewPerson(nip, born, *chosen, code)
        self.sign_up(lambda: self._actions.create(wish), self.code.field)
