"""Jam penilaian wired: a trainer's hours of marking as a paper for credit points."""

from datetime import datetime
from typing import TYPE_CHECKING

from desktop.app.saving import choose_pdf, save_pdf
from desktop.assessment.hours import hours_of
from desktop.background.jobs import Jobs
from desktop.formats import long_day, month_name, number
from desktop.language import tr
from desktop.library.shelf import Shelf
from desktop.screens.paper_sheet import DrawnPaper, PaperActions, PaperSize
from desktop.store.profile import Profile
from sync.nip import LENGTH, spaced

if TYPE_CHECKING:
    from desktop.paper.letter_page import Letter


class MarkedPaper:
    """The paper of one signed-in trainer."""

    def __init__(self, profile: Profile, shelf: Shelf) -> None:
        self._profile, self._shelf = profile, shelf

    def actions(self, jobs: Jobs) -> PaperActions:
        """What looking at it needs."""
        return PaperActions(self.draw, choose_pdf, save_pdf, jobs)

    def draw(self, size: PaperSize) -> DrawnPaper:
        """Draw it with what is known here now."""
        from desktop.app.desk_follow import drawn  # noqa: PLC0415 - only who draws paper

        return drawn(self.letter(), size)

    def letter(self) -> "Letter":
        """Lay it out: a line for each month and assignment, their sum, and a place for two signatures."""
        from desktop.paper.letter_page import Col, Letter, Signer, Table, Text  # noqa: PLC0415 - as above

        lines = hours_of(self._profile)
        rows = [
            (str(at), month_name(one.month), self._title(one.activity), str(one.works), hours(one.seconds))
            for at, one in enumerate(lines, 1)
        ]
        total = sum(one.seconds for one in lines)
        if rows:
            rows.append(("", tr("Jumlah"), "", str(sum(one.works for one in lines)), hours(total)))
        columns = (
            Col(tr("No."), 6, right=True),
            Col(tr("Bulan"), 22),
            Col(tr("Tugas"), 42),
            Col(tr("Naskah"), 12, right=True),
            Col(tr("Jam"), 18, right=True),
        )
        name, nip = self._who()
        title = tr("Jam penilaian")
        today = long_day(datetime.fromtimestamp(self._profile.store.now(), self._profile.zone()).date())
        how = tr(
            "Dihitung selama naskah terbuka di layar dan ada tanda kehadiran; jeda panjang tidak dihitung."
            " Nama peserta tidak ada dalam laporan ini."
        )
        return Letter(
            self._office(),
            title,
            (tr("{nama}, NIP {nip}").format(nama=name, nip=nip), tr("Data per {tgl}").format(tgl=today)),
            (
                Table("", columns, tuple(rows), tr("Belum ada naskah yang dinilai.")),
                Text("", (how,)),
            ),
            signers=(Signer(tr("Atasan langsung")), Signer(tr("Widyaiswara"), name, nip)),
            foot=f"{title}, {today}",
        )

    def _who(self) -> tuple[str, str]:
        office, nip = self._profile.store.office(), self._profile.nip
        entry = None if office is None else office.find(nip)
        name = self._profile.nickname if entry is None else entry.name
        return name, spaced(nip) if len(nip) == LENGTH else nip

    def _title(self, activity: str) -> str:
        found = self._shelf.find(activity)
        return activity if found is None else f"{found[2].title}, {found[0].course.title}"

    def _office(self) -> str:
        office = self._profile.store.office()
        return tr("Komputer tanpa kantor") if office is None else office.header.name


def hours(seconds: int) -> str:
    """Write hours with two decimals, as credit points are counted: 5400 seconds are `1,50`."""
    return number(seconds / 3600, 2)
