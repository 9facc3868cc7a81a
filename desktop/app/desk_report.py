"""Laporan wired: the month's report gathered, drawn for the office's paper, and written as a workbook."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.app.desk_follow import DeskFollow, drawn
from desktop.app.desk_handover import DeskHandover
from desktop.app.saving import choose_file, choose_pdf, plain, save_file, save_pdf
from desktop.app.trail import taken
from desktop.formats import jp, long_day, short_day
from desktop.language import SEVERAL, tr, trn
from desktop.office.export import state_words
from desktop.office.gather import nip_of
from desktop.office.lost_stick import lost_sticks
from desktop.office.monthly import (
    Line,
    Monthly,
    bounds,
    clock_words,
    computer_words,
    contracts_line,
    fresh_line,
    hours_head,
    monthly,
    summary,
    timing_words,
    title_of,
)
from desktop.office.report_xlsx import report_xlsx, xlsx_name
from desktop.screens.cohort_report import ReportActions
from desktop.screens.paper_sheet import DrawnPaper, PaperSize
from sync.folds.trail import Taken
from sync.nip import LENGTH, spaced

if TYPE_CHECKING:
    from desktop.app.desk_room import DeskRoom
    from desktop.app.session import Session
    from desktop.paper.letter_page import Letter, Table

_XLSX = ".xlsx"


class DeskReport:
    """The monthly report of a signed-in coordinator's office."""

    def __init__(self, session: "Session", desk: "DeskRoom", follow: DeskFollow) -> None:
        self._session, self._desk, self._follow = session, desk, follow
        self._profile = session.profile
        self._handover = DeskHandover(session, desk, follow)

    def actions(self) -> ReportActions:
        """What the tab needs."""
        return ReportActions(
            load=self.report,
            draw=self.draw,
            handover=self._handover.draw,
            workbook=report_xlsx,
            choose_pdf=choose_pdf,
            choose_xlsx=_choose_xlsx,
            save_pdf=self._save_report,
            save_handover=self._save_handover,
            save_xlsx=self._save_xlsx,
            say=self._session.app.window.say,
            jobs=self._session.app.jobs,
        )

    def _save_report(self, path: str, pdf: bytes) -> None:
        """Save it; that it goes out is stated first: no file is unnoted."""
        taken(self._session, Taken.REPORT, self._count())
        save_pdf(path, pdf)

    def _save_handover(self, path: str, pdf: bytes) -> None:
        taken(self._session, Taken.HANDOVER, 0)
        save_pdf(path, pdf)

    def _save_xlsx(self, path: str, data: bytes) -> None:
        taken(self._session, Taken.WORKBOOK, self._count())
        save_file(path, _XLSX, data)

    def _count(self) -> int:
        return len(self._desk.renewed.rows)

    def report(self) -> Monthly:
        """Fold what has come into the report."""
        found, days = self._desk.renew(), self._desk.days()
        own = next((one for one in self._desk.desk.people() if one.person == self._profile.person), None)
        return monthly(
            found,
            self._follow.paces(),
            self._desk.desk.weeks(),
            lost_sticks(self._profile),
            (self._follow.office_name(), days.zone, days.now),
            ("", "") if own is None else (own.name, nip_of(own)),
            self._follow.timings.works(),
        )

    @staticmethod
    def draw(report: Monthly, size: PaperSize) -> DrawnPaper:
        """Draw the report for one size of paper."""
        return drawn(letter_of(report), size)


def letter_of(report: Monthly) -> "Letter":
    """Lay the report out as a paper of the office."""
    from desktop.paper.letter_page import Letter, Signer, Text  # noqa: PLC0415 - only who draws paper

    counts = "; ".join(f"{words.lower()} {value}" for words, value in summary(report).items())
    hours = tr("Jumlah {apa}: {n}").format(apa=hours_head(report), n=jp(report.jp))
    told = (f"{counts[:1].upper()}{counts[1:]}.", f"{hours}.", contracts_line(report))
    nip = spaced(report.nip) if len(report.nip) == LENGTH else ""
    return Letter(
        report.office,
        title_of(report),
        (fresh_line(report),),
        (
            Text(tr("Ringkasan"), tuple(filter(None, told))),
            _units(report),
            _people(report),
            _computers(report),
            _sticks(report),
            *((_clocks(report),) if report.clocks else ()),
            *((_works(report),) if report.works else ()),
        ),
        place=long_day(report.day),
        signers=(
            Signer(tr("Mengetahui, kepala kantor")),
            Signer(tr("Koordinator pelatihan"), report.coordinator, nip),
        ),
        foot=f"{title_of(report)}, {report.office}",
        wide=True,
    )


def _people(report: Monthly) -> "Table":
    from desktop.paper.letter_page import Col, Table  # noqa: PLC0415 - as above

    columns = (
        Col(tr("No."), 4, right=True),
        Col(tr("Nama"), 20),
        Col(tr("NIP"), 15),
        Col(tr("Unit kerja"), 17),
        Col(tr("Modul"), 6, right=True),
        Col(tr("JP diakui"), 6, right=True),
        Col(tr("JP"), 5, right=True),
        Col(tr("Kurang"), 6, right=True),
        Col(tr("Keadaan"), 12),
        Col(tr("Data per"), 9),
    )
    rows = tuple(_person(number, line, report) for number, line in enumerate(report.lines, 1))
    return Table(trn("Peserta", SEVERAL), columns, rows, tr("Daftar kantor belum ada."))


def _person(number: int, line: Line, report: Monthly) -> tuple[str, ...]:
    one, row = line.one, line.one.row
    seen = report.day_of(row.as_of)
    return (
        str(number),
        row.name,
        spaced(one.nip) if len(one.nip) == LENGTH else one.nip or "-",
        row.unit,
        "–" if row.modules_done is None else f"{row.modules_done}/{row.modules_total}",
        "–" if row.jp_recognised is None else jp(row.jp_recognised),
        "–" if row.jp is None else jp(row.jp),
        "–" if line.lacking is None else jp(line.lacking),
        f"{state_words(row.state)}. {clock_words()}" if line.clock else state_words(row.state),
        "–" if seen is None else short_day(seen),
    )


def _units(report: Monthly) -> "Table":
    from desktop.paper.letter_page import Col, Table  # noqa: PLC0415 - as above

    columns = (
        Col(tr("Unit kerja"), 49),
        Col(trn("Peserta", SEVERAL), 17, right=True),
        Col(tr("Selesai"), 17, right=True),
        Col(tr("Belum ada data"), 17, right=True),
    )
    rows = tuple((one.unit, str(one.people), str(one.done), str(one.unknown)) for one in report.units)
    return Table(tr("Menurut unit kerja"), columns, rows, tr("Daftar kantor belum ada."))


def _computers(report: Monthly) -> "Table":
    from desktop.paper.letter_page import Col, Table  # noqa: PLC0415 - as above

    columns = (
        Col(tr("Komputer"), 32),
        Col(tr("Orang"), 9, right=True),
        Col(tr("Data per"), 17),
        Col(tr("Yang belum sampai"), 42),
    )
    rows = tuple(
        (
            one.name or tr("Komputer tanpa nama"),
            str(one.people),
            short_day(report.day_of(one.as_of) or report.day),
            computer_words(one, report),
        )
        for one in report.computers
    )
    return Table(tr("Data per tanggal"), columns, rows, tr("Belum ada data dari komputer mana pun."))


def _sticks(report: Monthly) -> "Table":
    from desktop.paper.letter_page import Col, Table  # noqa: PLC0415 - as above

    columns = (
        Col(tr("Dilaporkan"), 18),
        Col(tr("Orang"), 9, right=True),
        Col(trn("Komputer", SEVERAL), 11, right=True),
        Col(tr("Batas 3 x 24 jam"), 20),
        Col(tr("Keterangan"), 42),
    )
    rows = tuple(
        (
            short_day(report.day_of(one.at) or report.day),
            str(len(one.people)),
            str(len(one.pcs)),
            short_day(report.day_of(one.until) or report.day),
            one.about,
        )
        for one in report.losses
    )
    return Table(tr("Flashdisk hilang"), columns, rows, tr("Tidak ada laporan flashdisk hilang."))


def _clocks(report: Monthly) -> "Table":
    from desktop.paper.letter_page import Col, Table  # noqa: PLC0415 - as above

    columns = (
        Col(tr("Nama"), 32),
        Col(tr("Komputer"), 23),
        Col(tr("Menurut komputer"), 15),
        Col(tr("Paling awal"), 15),
        Col(tr("Paling akhir"), 15),
    )
    rows = tuple(
        (
            one.name,
            one.pc or tr("Komputer tanpa nama"),
            *("–" if day is None else short_day(day) for day in bounds(one, report)),
        )
        for one in report.clocks
    )
    return Table(clock_words(), columns, rows, "")


def _works(report: Monthly) -> "Table":
    from desktop.paper.letter_page import Col, Table  # noqa: PLC0415 - as above

    columns = (
        Col(tr("Nama"), 22),
        Col(tr("Tugas"), 22),
        Col(tr("Batas waktu"), 12),
        Col(tr("Sampai di pusat"), 12),
        Col(tr("Keputusan"), 32),
    )
    rows = tuple(
        (
            one.name,
            one.title,
            short_day(report.day_of(one.deadline.end) or report.day),
            "–" if (came := report.day_of(one.judged.trace.received or None)) is None else short_day(came),
            timing_words(one),
        )
        for one in report.works
    )
    return Table(tr("Waktu pengumpulan tugas"), columns, rows, "")


def _choose_xlsx(parent: QWidget, report: Monthly) -> str:
    return choose_file(parent, f"{plain(xlsx_name(report))}{_XLSX}", tr("Buku kerja Excel (*.xlsx)"))
