"""Somebody new without NIP: the code from the coordinator says who they are, then a nickname and a PIN."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import Qt

from desktop.background.jobs import Jobs
from desktop.language import tr
from desktop.screens.field import Asked, Field
from desktop.screens.newcomer import NewcomerForm
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


class NewGuestForm(NewcomerForm):
    """A page like that of somebody with a NIP, with the code in its place."""

    def __init__(
        self,
        actions: GuestActions,
        jobs: Jobs,
        entered: Callable[[object], None],
        back: Callable[[], None],
    ) -> None:
        super().__init__("new_guest", "guest_", jobs, entered, back)
        self._actions = actions
        self._found: FoundGuest | None = None
        code = Field(name="guest_code", words=tr("Kode pendaftaran"), hint="7K2M-4QXD-90HT")
        self.code = Asked(
            tr("Kode pendaftaran"),
            code,
            tr("12 huruf dan angka dari koordinator, diketik hanya sekali di sini."),
        )
        self.compose(
            tr("Masuk tanpa NIP"),
            tr("Untuk praktisi, mentor, dan juri yang bukan ASN. NIP tidak ditanyakan."),
            (self.code,),
        )
        code.textEdited.connect(self._typed_code)
        self.filled.connect(self.submit)

    def _typed_code(self, text: str) -> None:
        self._found = None
        self.clear_problem()
        code = clean_code(text)
        if len(code) == LEARNER_LENGTH:
            self.code.advise(tr("Memeriksa…"))
            self._jobs.run(
                lambda: self._actions.find(code), lambda found: self._show_found(code, found), self.failed
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
        self.suggest(found.name)

    def submit(self) -> None:
        """Check everything, then sign up."""
        code = clean_code(self.code.field.text())
        if len(code) != LEARNER_LENGTH:
            self.wrong(self.code, tr("Kode terdiri atas 12 huruf dan angka, misalnya 7K2M-4QXD-90HT."))
            return
        if self._found is not None and self._found.fault:
            self.code.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        chosen = self.chosen(self._actions.pin_fault)
        if chosen is not None:
            wish = NewGuest(code, *chosen)
            self.sign_up(lambda: self._actions.create(wish), self.code.field)
