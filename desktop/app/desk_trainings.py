"""Kantor > Pelatihan lain wired: claims from the desk's facts, scans drawn, judgements stated."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.app.outside import STATES, short_words
from desktop.errors import Problem
from desktop.formats import long_day
from desktop.language import tr
from desktop.office.trainings import Claimed, claims_at_desk, recognise, reject, scan_of
from desktop.screens.cohort_trainings import ClaimLook, ClaimRow, TrainingsActions, TrainingsView
from desktop.store.durable import durable_write
from desktop.store.jp_table import jp_table_of
from sync.folds.training import TrainingState
from sync.jp_table import Unit

if TYPE_CHECKING:
    from desktop.app.desk_room import DeskRoom
    from desktop.app.session import Session

_WIDE = 900
"""Pixels of a scan's width as it is shown: sharp at twice its size on the glass."""
_PDF = b"%PDF-"


class DeskTrainings:
    """The tab of a signed-in coordinator."""

    def __init__(self, session: "Session", desk: "DeskRoom") -> None:
        self._session, self._desk = session, desk
        self._profile = session.profile

    def actions(self) -> TrainingsActions:
        """What the tab needs."""
        app = self._session.app
        return TrainingsActions(
            self._view, self._look, self._recognise, self._reject, self._save, app.window.say, app.jobs
        )

    def _claims(self) -> tuple[Claimed, ...]:
        return claims_at_desk(self._profile, self._desk.desk.people())

    def _find(self, key: bytes) -> Claimed:
        found = next((one for one in self._claims() if one.training.claim.digest == key), None)
        if found is None:
            raise Problem(tr("Catatan ini sudah berubah."), tr("Tutup, lalu lihat daftar yang baru."))
        return found

    def _view(self) -> TrainingsView:
        rows = [(one, self._row(one)) for one in self._claims()]
        waiting = [row for one, row in rows if one.training.state is TrainingState.WAITING]
        judged = [row for one, row in rows if one.training.state is not TrainingState.WAITING]
        return TrainingsView(waiting, judged[::-1])

    def _row(self, one: Claimed) -> ClaimRow:
        said = one.training.claim
        form = jp_table_of(self._profile.store).form(said.form)
        waits = one.training.state is TrainingState.WAITING
        about = f"{short_words(form, said.form)}, {said.organiser}, {long_day(one.training.day)}"
        if one.own:
            about = f"{about}. {tr('Milik Anda: dinilai koordinator lain.')}"
        jp = one.worth if waits else one.training.jp
        return ClaimRow(said.digest, one.name, said.title, about, jp, STATES[one.training.state], not one.own)

    def _look(self, key: bytes) -> ClaimLook:
        one = self._find(key)
        said, form = one.training.claim, jp_table_of(self._profile.store).form(one.training.claim.form)
        lines = [
            (tr("Nama"), one.name),
            (tr("Judul"), said.title),
            (tr("Bentuk pelatihan"), short_words(form, said.form)),
            (tr("Penyelenggara"), said.organiser),
            (tr("Hari terakhir"), long_day(one.training.day)),
        ]
        if form is not None and form.unit in {Unit.DAY, Unit.TIME}:
            lines.append((tr("Berapa hari") if form.unit is Unit.DAY else tr("Berapa kali"), str(said.units)))
        if said.abroad:
            lines.append((tr("Tempat"), tr("Luar negeri")))
        if one.training.reason:
            lines.append((tr("Alasan"), one.training.reason))
        scan, told = self._scan(one)
        return ClaimLook(self._row(one), lines, scan, told)

    def _scan(self, one: Claimed) -> tuple[QImage | None, str]:
        if not one.training.claim.file:
            return None, tr("Tanpa pindaian. Minta sertifikatnya, atau tolak dengan alasan itu.")
        found = scan_of(self._profile, one)
        if found.data is None:
            words = tr("Pindaian belum lengkap: {n} dari {m} bagian sudah datang.")
            return None, words.format(n=found.come, m=found.parts or "?")
        image = _drawn(found.data)
        return (None, tr("Pindaian ini tidak dapat dibuka.")) if image is None else (image, "")

    def _recognise(self, key: bytes, jp: int) -> None:
        recognise(self._profile, self._find(key), jp)
        self._session.noted()

    def _reject(self, key: bytes, reason: str) -> None:
        reject(self._profile, self._find(key), reason)
        self._session.noted()

    def _save(self, parent: QWidget, key: bytes) -> str:
        """Save the whole scan, which may have more pages than are shown. Raises Problem."""
        data = scan_of(self._profile, self._find(key)).data or b""
        end = "pdf" if data.startswith(_PDF) else "png" if data.startswith(b"\x89PNG") else "jpg"
        path = QFileDialog.getSaveFileName(parent, tr("Simpan pindaian"), f"pindaian.{end}")[0]
        if path:
            try:
                durable_write(Path(path), data, mode=0o600)
            except OSError as fault:
                raise Problem(
                    tr("Pindaian tidak dapat disimpan di sana."),
                    tr("Periksa sisa ruang, atau pilih tempat lain."),
                ) from fault
        return path


def _drawn(data: bytes) -> QImage | None:
    """Draw a scan, of a PDF its first page; nothing where it cannot be read."""
    if not data.startswith(_PDF):
        image = QImage.fromData(data)
        return None if image.isNull() else image
    from desktop.paper.proof_page import look_at  # noqa: PLC0415 - only who looks at paper

    try:
        page = look_at(data, _WIDE)
    except ValueError:
        return None
    return None if page.isNull() else page
