"""Care of the databases wired: checks and backups at quiet moments, and plain words for what was restored."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer

from desktop.errors import Problem
from desktop.formats import clock_time, long_day, size
from desktop.language import tr, trn
from desktop.store.care import DEVICE_FILE, Restored
from desktop.store.faults import Reason, StoreFault

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.app.application import Application
    from desktop.screens.health_sheet import HealthView
    from desktop.screens.settings_backup import BackupActions, BackupView
    from desktop.store.profile import Profile

EVERY_MS = 60_000
AFTER_ENTERING_MS = 5_000
TERMS_S = 3_600
"""Seconds between two looks for what has come to the end of its term."""


class Caretaking(QObject):
    """Looks once a minute whether something is to be checked or copied, and does it when nobody waits."""

    def __init__(self, app: "Application") -> None:
        super().__init__(app.window)
        self._app = app
        self._told: set[str] = set()
        self._working = False
        self._terms = 0
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Begin, once the first screen is on the glass."""
        self._timer.start()
        self._app.jobs.run(self._begin, self._begun, _later)

    def entered(self) -> None:
        """Somebody signed in: tell what had to be restored, and look after their database soon."""
        session = self._app.session
        if session is not None:
            profile, self._terms = session.profile, 0
            self._app.jobs.run(lambda: self._news(profile), self._tell, _later)
            QTimer.singleShot(AFTER_ENTERING_MS, self, self.look)

    def close(self) -> None:
        """Look no more."""
        self._timer.stop()

    def look(self) -> None:
        """Check and copy what is due, unless somebody works, plays or sends just now."""
        session = self._app.session
        if self._working or not self._app.jobs.idle() or (session is not None and session.playing()):
            return
        self._working = True
        profile = None if session is None else session.profile
        self._app.jobs.run(lambda: self._look(profile), self._looked, self._looked)

    def _begin(self) -> Restored | None:
        care = self._app.store.care
        care.begin()
        return care.news(DEVICE_FILE)

    def _begun(self, news: Restored | None) -> None:
        if news is not None:
            self._app.window.problem(device_problem(news, self._zone()))

    def _look(self, profile: "Profile | None") -> str:
        """Do what is due; gives the name of a database that is damaged."""
        care = self._app.store.care
        targets: list[tuple[str, bytes | None]] = [(DEVICE_FILE, None)]
        if profile is not None:
            targets.append((self._app.store.profile(profile.profile).file, profile.keys.database))
        for file, key in targets:
            if care.is_unchecked(file):
                care.check(file, key)
            if care.is_damaged(file):
                return file
            if care.is_due(file):
                care.copy(file, key)
        return ""

    def _looked(self, found: "str | Problem") -> None:
        """Tell of damage once; a backup that failed is tried again, and Cek kesehatan shows its age."""
        self._working = False
        damage = isinstance(found, StoreFault) and found.reason is Reason.DAMAGED
        self._keep_terms()
        name = found if isinstance(found, str) else "copy" if damage else ""
        if name and name not in self._told:
            self._told.add(name)
            self._app.window.problem(StoreFault(Reason.DAMAGED))

    def _keep_terms(self) -> None:
        """Tell what comes to its end on this PC, and end what is over, while somebody can state it."""
        session, now = self._app.session, self._app.store.clock.monotonic()
        if session is None or (self._terms and now - self._terms < TERMS_S):
            return
        self._terms = now or 1
        from desktop.people.terms import keep_terms  # noqa: PLC0415 - once an hour

        self._app.jobs.write(
            lambda: keep_terms(self._app.store, session.profile),
            lambda stated: session.noted() if stated else None,
            _later,
        )

    def _news(self, profile: "Profile") -> Problem | None:
        care, file = self._app.store.care, self._app.store.profile(profile.profile).file
        news, missing = care.news(file), care.missing(file)
        if missing:
            care.note_missing(file, 0)
        return profile_problem(news, missing, self._zone()) if news is not None or missing else None

    def _tell(self, problem: Problem | None) -> None:
        if problem is not None:
            self._app.window.problem(problem)

    def _zone(self) -> ZoneInfo:
        from desktop.store.profile import DEFAULT_ZONE  # noqa: PLC0415 - the sign-in screen needs none of it

        office = self._app.store.office()
        return ZoneInfo(DEFAULT_ZONE if office is None else office.header.zone)

    # --- Setelan -----------------------------------------------------------------------------------------

    def actions(self) -> "BackupActions":
        """What the card in Setelan needs."""
        from desktop.screens.health_sheet import HealthActions  # noqa: PLC0415 - with Setelan
        from desktop.screens.settings_backup import BackupActions  # noqa: PLC0415 - as above

        health = HealthActions(self.health, _where, _save, self._app.jobs)
        return BackupActions(
            self.view, self._make, self._restore, health, self._app.window.say, self._app.jobs
        )

    def view(self) -> "BackupView":
        """Tell what is kept of whoever is signed in."""
        from desktop.screens.settings_backup import BackupView  # noqa: PLC0415 - with Setelan

        care, zone = self._app.store.care, self._zone()
        file, _key = self._mine()
        copies = care.copies(file)
        restored = care.restored(file)
        return BackupView(
            last=_moment(copies[0].at, zone) if copies else "",
            copies=tuple((one.number, f"{_moment(one.at, zone)}, {size(one.size)}") for one in copies),
            restored="" if restored is None else _moment(restored.restored, zone),
        )

    def health(self) -> "HealthView":
        """Look at everything, with the profile that is open."""
        from importlib.metadata import version  # noqa: PLC0415 - only who asks

        from desktop.app.health import health_zip  # noqa: PLC0415 - as above
        from desktop.library.drives import Drives  # noqa: PLC0415 - as above
        from desktop.screens.health_sheet import HealthLine, HealthView  # noqa: PLC0415 - as above
        from desktop.store.health import look_after  # noqa: PLC0415 - as above

        roots = [drive.root for drive in Drives(self._app.sticks).drives()]
        found = look_after(self._app.store, roots, version("suluh"), self._mine())
        return HealthView(tuple(HealthLine(f.good, f.title, f.advice) for f in found), health_zip(found))

    def _mine(self) -> tuple[str, bytes]:
        session = self._app.session
        if session is None:
            raise RuntimeError("nobody is signed in")
        profile = session.profile
        return self._app.store.profile(profile.profile).file, profile.keys.database

    def _make(self) -> bool:
        care = self._app.store.care
        return care.copy(*self._mine()) is not None and care.copy(DEVICE_FILE) is not None

    def _restore(self, number: int, pin: str, refused: "Callable[[Problem], None]") -> None:
        session = self._app.session
        if session is not None:
            session.restore(number, pin, refused)


def profile_problem(news: Restored | None, missing: int, zone: ZoneInfo) -> Problem:
    """Word what was put back of a person's data, and what may be missing."""
    parts = [tr("Berkas yang rusak disisihkan, tidak dihapus.")] if news is not None else []
    if missing:
        parts.append(trn("{n} catatan sesudahnya belum tampak di komputer ini.", missing).format(n=missing))
    parts.append(
        tr(
            "Hasil yang menunggu dikirim tetap ada di antrean, dan yang sudah sampai di pusat datang kembali "
            "saat data dikirim. Draf dan jawaban yang belum selesai mungkin perlu diulang."
        )
    )
    if news is None:
        return Problem(tr("Sebagian hasil terakhir Anda belum tampak di komputer ini."), " ".join(parts))
    title = tr("Data Anda dipulihkan dari cadangan {kapan}.").format(kapan=_moment(news.copied, zone))
    return Problem(title, " ".join(parts))


def device_problem(news: Restored, zone: ZoneInfo) -> Problem:
    """Word what putting back the device's own database means for everybody on this PC."""
    return Problem(
        tr("Data komputer ini dipulihkan dari cadangan {kapan}.").format(kapan=_moment(news.copied, zone)),
        tr(
            "Hasil belajar setiap orang tetap ada. PIN yang diganti sesudah tanggal itu kembali ke PIN lama; "
            "siapa yang mendaftar sesudahnya perlu mendaftar lagi. Yang menunggu dikirim disiapkan lagi saat "
            "pemiliknya masuk. Berkas yang rusak disisihkan, tidak dihapus."
        ),
    )


def _moment(at: int, zone: ZoneInfo) -> str:
    moment = datetime.fromtimestamp(at, zone)
    return f"{long_day(moment.date())}, {clock_time(moment, zone.key)}"


def _where(parent: "QWidget") -> str:
    from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - only who saves

    kinds = tr("Berkas ZIP (*.zip)")
    return QFileDialog.getSaveFileName(parent, tr("Simpan ZIP"), "cek-kesehatan.zip", kinds)[0]


def _save(path: str, packed: bytes) -> None:
    from desktop.store.durable import durable_write  # noqa: PLC0415 - only who saves

    durable_write(Path(path), packed, mode=0o644)


def _later(_: object) -> None:
    """What failed here is tried again a minute later, and shown by Cek kesehatan."""
