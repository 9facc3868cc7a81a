"""First run, sign-in and lock wired to the people of this PC."""

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.errors import Problem
from desktop.formats import clock_time, long_day, size, zone_letters
from desktop.language import tr
from desktop.screens.first_run import FirstRun, FirstRunActions, OfficePreview, ReadyLine
from desktop.screens.lock import Lock, LockActions
from desktop.screens.new_guest import FoundGuest, GuestActions, NewGuest
from desktop.screens.new_person import FoundPerson, NewPerson, SignUpActions
from desktop.screens.pin_reset import ResetActions
from desktop.screens.sign_in import PlaceView, SignIn, SignInActions
from desktop.screens.tile import TileView

if TYPE_CHECKING:
    from desktop.app.application import Application
    from desktop.people.office import OfficeOffer
    from desktop.store.device import Store
    from desktop.store.profile import Profile

NEEDED_BYTES = 2_000_000_000
"""What a PC should have free for courses; less is said, never refused."""
BELIEVABLE = datetime(2026, 1, 1, tzinfo=UTC)
"""A clock before the program was written is surely wrong: the battery of old PCs is dead."""


class Entrance:
    """Everything before a profile is open. Nothing here imports crypto or SQLAlchemy until it is needed."""

    def __init__(self, app: "Application") -> None:
        self._app = app
        self._store = app.store

    def first_run(self) -> QWidget:
        """Build *Siapkan komputer ini*."""
        return FirstRun(
            FirstRunActions(
                found=self._found,
                choose_file=choose_office,
                inspect=lambda path: inspect(self._store, path),
                adopt=self._adopt,
                done=lambda: _none(self._app.window.show_alone(self.sign_in)),
                ready=self._ready,
                suggested_name=lambda: self._store.pc().name,
                look=self._app.look,
                jobs=self._app.jobs,
            )
        )

    def sign_in(self) -> QWidget:
        """Build the sign-in screen."""
        return SignIn(
            SignInActions(
                tiles=self._tiles,
                read_gone=self._store.farewells.read,
                place=self._place,
                unlock=self._unlock,
                entered=self._app.enter,
                sign_up=SignUpActions(self._find, self._create, self._pin_fault),
                guest=GuestActions(
                    self._find_guest, self._create_guest, lambda pin: self._pin_fault(pin, None)
                ),
                reset=ResetActions(self._reset, lambda pin: self._pin_fault(pin, None)),
                look=self._app.look,
                jobs=self._app.jobs,
                exchange=self._exchange(),
            )
        )

    def _tiles(self) -> tuple[TileView, ...]:
        """Give the people of this PC, and after them whoever was erased, until they have read it."""
        here = tuple(TileView(one.profile, one.nickname, one.initials) for one in self._store.tiles())
        gone = tuple(
            TileView(one.profile, tr("Data dihapus"), one.initials, self._gone_day(one.at), gone=True)
            for one in self._store.farewells.all()
        )
        return here + gone

    def _gone_day(self, at: int) -> str:
        return long_day(datetime.fromtimestamp(at, UTC).astimezone().date())

    def lock(self) -> QWidget:
        """Build the lock over whoever is signed in."""
        return Lock(
            LockActions(
                who=self._who,
                place=self._place,
                unlock=self._unlock_again,
                unlocked=lambda _: self._app.window.uncover(),
                switch_user=self._app.switch_user,
                look=self._app.look,
                jobs=self._app.jobs,
                exchange=self._exchange(),
            )
        )

    def _exchange(self) -> Callable[[], None] | None:
        """Give *Tukar data*, where this PC has an office; the name kept for this screen tells so."""
        return self._app.exchange_stick if self._store.setting("place") else None

    def _found(self) -> OfficePreview | None:
        from desktop.library.drives import Drives, Found  # noqa: PLC0415 - after the first paint

        for file in Drives(self._app.sticks).files(Found.OFFICE):
            try:
                return inspect(self._store, str(file.path))
            except (Problem, OSError):
                continue
        return None

    def _adopt(self, office: OfficePreview | None, pc_name: str) -> None:
        if office is not None:
            adopt(self._store, office)
        self._store.name_pc(pc_name)
        self._store.put_setting("ready", "1")

    def _ready(self) -> tuple[ReadyLine, ...]:
        free = shutil.disk_usage(self._store.folders.data).free
        now = datetime.now(UTC).astimezone()
        return (
            ReadyLine(
                free >= NEEDED_BYTES,
                tr("Ruang cukup") if free >= NEEDED_BYTES else tr("Ruang hampir habis"),
                tr("{ada} tersedia, perlu {perlu}").format(ada=size(free), perlu=size(NEEDED_BYTES)),
            ),
            ReadyLine(
                now >= BELIEVABLE,
                tr("Jam komputer cocok") if now >= BELIEVABLE else tr("Jam komputer tidak tepat"),
                f"{long_day(now.date())}, {clock_time(now)}",
            ),
            ReadyLine(
                good=True, title=tr("Tidak perlu hak admin"), about=tr("Suluh dipasang untuk pengguna ini")
            ),
        )

    def _place(self) -> PlaceView:
        return PlaceView(self._store.pc().name, self._store.setting("place"))

    def _unlock(self, profile: bytes, pin: str) -> object:
        from desktop.people.profiles import sign_in  # noqa: PLC0415 - after the first paint

        return sign_in(self._store, profile, pin)

    def _unlock_again(self, profile: bytes, pin: str) -> object:
        """Check the PIN of whoever is signed in; the profile that is open stays the one in use."""
        from desktop.people.profiles import confirm_pin  # noqa: PLC0415 - after the first paint

        confirm_pin(self._store, profile, pin)
        return None

    def _who(self) -> TileView:
        session = self._app.session
        if session is None:
            raise RuntimeError("nobody is signed in")
        return TileView(session.profile.profile, session.profile.nickname, session.initials)

    def _find(self, nip: str, birth: date | None) -> FoundPerson:
        from desktop.people.profiles import look_up, nip_problem  # noqa: PLC0415 - after the first paint

        found = look_up(self._store, nip, birth)
        if found.check.faults:
            problem = nip_problem(found.check.faults[0])
            return FoundPerson(fault=f"{problem.title} {problem.advice}".strip())
        return FoundPerson(
            warning=_odd(bool(found.check.warnings)),
            name=found.name,
            unit=found.unit,
            kind="" if found.check.kind is None else _kind_words(found.check.kind.name),
            listed=None if self._store.office() is None else bool(found.name),
            needs_code=found.needs_code,
            known_here=found.known_here,
        )

    def _create(self, wish: NewPerson) -> object:
        from desktop.people.profiles import SignUp, sign_up  # noqa: PLC0415 - after the first paint

        return _begun(sign_up(self._store, SignUp(wish.nip, wish.birth, wish.pin, wish.nickname, wish.code)))

    def _find_guest(self, code: str) -> FoundGuest:
        from desktop.people.guests import look_up_guest  # noqa: PLC0415 - after the first paint

        found = look_up_guest(self._store, code)
        fault = found.fault
        if found.known_here and not fault:
            fault = tr("Kode ini sudah punya profil di komputer ini. Pilih namanya di layar masuk.")
        about = role_words(found.role)
        if found.until is not None:
            about = tr("{peran} sampai {tgl}").format(peran=about, tgl=long_day(found.until))
        return FoundGuest(fault, found.name, about)

    def _create_guest(self, wish: NewGuest) -> object:
        from desktop.people.guests import GuestSignUp, sign_up_guest  # noqa: PLC0415 - after the first paint

        return _begun(sign_up_guest(self._store, GuestSignUp(wish.code, wish.pin, wish.nickname)))

    def _reset(self, profile: bytes, code: str, pin: str) -> object:
        from desktop.people.profiles import reset_pin  # noqa: PLC0415 - after the first paint

        return reset_pin(self._store, profile, code, pin)

    def _pin_fault(self, pin: str, birth: date | None) -> str:
        from desktop.people.pin import check_pin, pin_problem  # noqa: PLC0415 - after the first paint

        fault = check_pin(pin, birth)
        if fault is None:
            return ""
        problem = pin_problem(fault)
        return f"{problem.title} {problem.advice}".strip()


def _begun(profile: "Profile") -> "Profile":
    """Note that whoever signed up was shown the privacy notice; after a power cut it is shown again."""
    from desktop.people.privacy_notice import newest_notice, note_read  # noqa: PLC0415 - after the first paint

    note_read(profile, newest_notice().version)
    return profile


def choose_office(parent: QWidget) -> str:
    """Ask for an office file with the system's own dialog; empty when nobody chose one."""
    kinds = tr("Berkas kantor (*.suluh-kantor)")
    return QFileDialog.getOpenFileName(parent, tr("Pilih berkas kantor"), "", kinds)[0]


def inspect(store: "Store", path: str) -> OfficePreview:
    """Look at an office file without taking anything from it."""
    from pathlib import Path  # noqa: PLC0415 - with the next

    from desktop.people.office import inspect_office  # noqa: PLC0415 - crypto waits

    return preview(inspect_office(store, Path(path)))


def adopt(store: "Store", office: OfficePreview) -> None:
    """Make an office file this PC's own, and keep its name for the sign-in screen, which reads no crypto."""
    from desktop.people.office import adopt_office  # noqa: PLC0415 - crypto waits

    if not isinstance(office.key, bytes):
        raise TypeError(office.key)
    header = adopt_office(store, office.key).header
    store.put_setting("place", f"{header.name}, {zone_letters(header.zone)}")


def preview(offer: "OfficeOffer") -> OfficePreview:
    """Show an office file's head as the screens want it."""
    return OfficePreview(
        key=offer.raw,
        name=offer.name,
        zone=zone_letters(offer.zone),
        coordinator=offer.coordinator,
        fingerprint=offer.fingerprint,
        issued=_issued(offer),
        servers=offer.servers,
        people=offer.people,
    )


def _issued(offer: "OfficeOffer") -> str:
    return long_day(datetime.fromtimestamp(offer.issued, ZoneInfo(offer.zone)).date())


def _kind_words(name: str) -> str:
    return {"PNS": "PNS", "PPPK": "PPPK"}.get(name, name)


def _odd(odd: bool) -> str:  # noqa: FBT001 - one question
    return tr("NIP ini tidak biasa. Periksa sekali lagi; Anda tetap dapat mulai.") if odd else ""


def role_words(role: str) -> str:
    """Say a role as people call it."""
    words = {"guest": tr("tamu"), "mentor": tr("mentor"), "jury": tr("juri")}
    return words.get(role, tr("peserta"))


def _none(_: object) -> None:
    return None
