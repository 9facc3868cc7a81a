"""Laporan Belajar Mandiri and transcript wired: a year's rows from the log, on the office's paper."""

from typing import TYPE_CHECKING

from desktop.app.outside import short_words
from desktop.app.saving import choose_pdf, save_pdf
from desktop.evidence.study_report import STUDY, Studied, studied
from desktop.formats import jp, long_day
from desktop.language import tr
from desktop.screens.evidence import JpEntry, JpState, StudyPaper, state_words
from desktop.screens.paper_sheet import DrawnPaper, PaperActions, PaperSize
from desktop.store.jp_table import jp_table_of
from sync.nip import LENGTH, spaced

if TYPE_CHECKING:
    from desktop.app.session import Session
    from desktop.paper.letter_page import Letter, Table

_LOOKED_AT = 600
_CLASSROOM = "klasikal"


class StudyPapers:
    """Both papers of one signed-in person."""

    def __init__(self, session: "Session") -> None:
        self._session = session
        self._profile = session.profile

    def actions(self, which: StudyPaper, year: int) -> PaperActions:
        """What looking at one of them needs; year 0 is this one."""
        chosen = year or self._session.homes.today().year
        return PaperActions(
            lambda size: self.draw(which, chosen, size), choose_pdf, save_pdf, self._session.app.jobs
        )

    def draw(self, which: StudyPaper, year: int, size: PaperSize) -> DrawnPaper:
        """Draw a year's paper."""
        from desktop.paper.letter_page import print_letter  # noqa: PLC0415 - only who looks at paper
        from desktop.paper.proof_page import look_at  # noqa: PLC0415 - as above
        from desktop.paper.sheet import Paper, pages_of  # noqa: PLC0415 - as above

        letter = self._letter(which, year)
        pdf = print_letter(letter, Paper[size.name])
        return DrawnPaper(letter.title, pages_of(pdf), pdf, look_at(pdf, _LOOKED_AT))

    def _letter(self, which: StudyPaper, year: int) -> "Letter":
        from desktop.paper.letter_page import Letter, Signer, Text  # noqa: PLC0415 - as above

        office = self._profile.store.office()
        person = None if office is None else office.find(self._profile.nip)
        name = self._profile.nickname if person is None else person.name
        nip = spaced(self._profile.nip) if len(self._profile.nip) == LENGTH else ""
        today = long_day(self._session.homes.today())
        lines = tuple(
            line
            for line in (
                name,
                tr("NIP {nip}").format(nip=nip) if nip else "",
                "" if person is None else person.unit,
            )
            if line
        )
        report = which is StudyPaper.REPORT
        title = tr("Laporan Belajar Mandiri {tahun}") if report else tr("Transkrip pelatihan {tahun}")
        parts = (
            (self._studied(year), Text(tr("Refleksi"), ("." * 200,) * 4)) if report else (self._earned(year),)
        )
        note = tr("Disusun dari catatan belajar di komputer ini, menurut hari di zona waktu kantor. ") + tr(
            "JP yang menunggu belum dihitung pusat."
        )
        return Letter(
            head=tr("Komputer tanpa kantor") if office is None else office.header.name,
            title=title.format(tahun=year),
            lines=lines,
            parts=(*parts, Text("", (note,))),
            place=today,
            signers=(Signer(tr("Mengetahui, atasan langsung")), Signer(tr("Yang belajar"), name, nip)),
        )

    def _studied(self, year: int) -> "Table":
        from desktop.paper.letter_page import Col, Table  # noqa: PLC0415 - as above

        found = studied(self._profile.facts(kinds=(*STUDY, "clock.fixed")), self._profile.zone(), year)
        hours = {
            one.course: one.jp for one in self._profile.standing().courses if one.year == year and one.listed
        }
        rows = tuple(self._row(one, hours.get(one.course)) for one in found.values())
        heads = (
            Col(tr("Mata pelatihan dan sumbernya"), 44),
            Col(tr("Hari belajar"), 24),
            Col(tr("Menit"), 10, right=True),
            Col(tr("Halaman"), 11, right=True),
            Col(tr("JP"), 11, right=True),
        )
        return Table(tr("Yang dipelajari"), heads, rows, tr("Belum ada yang dipelajari pada tahun ini."))

    def _row(self, one: Studied, hours: int | None) -> tuple[str, ...]:
        installed = self._session.shelf.course(one.course)
        title = one.course if installed is None else installed.course.title
        source = ", ".join(sorted(one.versions))
        if installed is not None:
            source = tr("{penerbit}, versi {versi}").format(penerbit=installed.publisher, versi=source or "-")
        days = long_day(min(one.days))
        if len(one.days) > 1:
            days = f"{days} -\n{long_day(max(one.days))} ({tr('{n} hari').format(n=len(one.days))})"
        minutes = str(-(-one.seconds // 60))
        return f"{title}\n{source}", days, minutes, str(len(one.pages)), "-" if hours is None else jp(hours)

    def _earned(self, year: int) -> "Table":
        from desktop.paper.letter_page import Col, Table  # noqa: PLC0415 - as above

        table = jp_table_of(self._profile.store)
        routes = {one.id: one.route for one in table.forms}
        forms = {one.claim.id: one.claim.form for one in self._profile.standing().trainings}
        view = self._session.homes.evidence(year)
        rows = []
        for entry in sorted(view.entries, key=lambda entry: entry.day):
            form = forms.get(entry.claim, "")
            classroom = routes.get(form, "") == _CLASSROOM
            kind = short_words(table.form(form), form) if form else tr("Belajar di Suluh")
            route = tr("klasikal") if classroom else tr("nonklasikal")
            said = f"{entry.title}\n{entry.number}" if entry.number else entry.title
            rows.append((said, f"{kind}\n{route}", long_day(entry.day), _state(entry), jp(entry.jp)))
        sums = (tr("Jumlah diakui"), view.jp.recognised), (tr("Jumlah menunggu"), view.jp.waiting)
        if rows:
            rows += [(what, "", "", "", jp(amount)) for what, amount in sums]
        heads = (
            Col(tr("Pelatihan, nomor sertifikat"), 38),
            Col(tr("Bentuk"), 22),
            Col(tr("Selesai"), 17),
            Col(tr("Keadaan"), 13),
            Col(tr("JP"), 10, right=True),
        )
        return Table(tr("Pelatihan"), heads, tuple(rows), tr("Belum ada JP tahun {tahun}").format(tahun=year))


def _state(entry: JpEntry) -> str:
    """Say where JP stand; what is in no sum says so, since no pill with a colour stands beside it."""
    return tr("Belum dijumlahkan") if entry.state is JpState.CLAIMED else state_words(entry.state)
