"""Laporan Belajar Mandiri and transcripts wired: a year's rows from the log, or all years', on paper."""

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from desktop.app.outside import form_words, route_words
from desktop.app.saving import choose_pdf, save_pdf
from desktop.evidence.study_report import STUDY, Studied, studied
from desktop.evidence.sums import KLASIKAL, NONKLASIKAL, RouteSum, by_route, route_of
from desktop.formats import jp, long_day, year_name
from desktop.language import tr
from desktop.player.reflection import Reflected, note_printed, put_reflection, reflection_of
from desktop.screens.evidence import EvidenceView, JpEntry, JpState, StudyPaper, state_words
from desktop.screens.paper_sheet import DrawnPaper, PaperActions, PaperSheet, PaperSize
from desktop.screens.reflection_sheet import ReflectionActions, ReflectionSheet, ReflectionView
from desktop.store.jp_table import jp_table_of
from sync.nip import LENGTH, spaced

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.app.session import Session
    from desktop.paper.letter_page import Letter, Table, Text

_LOOKED_AT = 600
_BY_HAND = ("." * 200,) * 2
"""Lines for what is written by hand."""


class StudyPapers:
    """Both papers of one signed-in person."""

    def __init__(self, session: "Session") -> None:
        self._session = session
        self._profile = session.profile
        self._reflected: dict[bytes, bytes] = {}

    def actions(self, which: StudyPaper, year: int) -> PaperActions:
        """What looking at one of them needs; year 0 is this one."""
        chosen = self._year(year)
        save = self._save_report(chosen) if which is StudyPaper.REPORT else save_pdf
        return PaperActions(
            lambda size: self.draw(which, chosen, size), choose_pdf, save, self._session.app.jobs
        )

    def look(self, window: "QWidget", which: StudyPaper, year: int) -> PaperSheet:
        """Show one of the papers over a window."""
        return PaperSheet(window, tr("Laporan dan transkrip"), "bukti-jp", self.actions(which, year))

    def reflect(self, window: "QWidget", year: int) -> ReflectionSheet:
        """Ask for the person's own words on a year, 0 for this one."""
        return ReflectionSheet(window, self._name(self._year(year)), self.reflection(year))

    def reflection(self, year: int) -> ReflectionActions:
        """What writing a year's reflection needs."""
        chosen, profile = self._year(year), self._profile

        def load() -> ReflectionView:
            held = reflection_of(profile, chosen)
            printed = None if held.printed is None else self._session.homes.day(held.printed)
            return ReflectionView(held.learned, held.use, printed, held.closed)

        def save(learned: str, use: str) -> None:
            put_reflection(profile, chosen, learned, use)
            self._session.noted()

        def saved() -> None:
            self._session.app.window.say(tr("Refleksi disimpan. Tercetak di laporan belajar mandiri."))

        return ReflectionActions(load, save, saved, self._session.app.jobs)

    def _year(self, year: int) -> int:
        return year or self._profile.years().of(self._session.homes.today())

    def _save_report(self, year: int) -> Callable[[str, bytes], None]:
        """Save a report, and note which reflection went out on it: the one that was drawn into this file."""

        def save(path: str, pdf: bytes) -> None:
            save_pdf(path, pdf)
            digest = self._reflected.get(sha256(pdf).digest())
            if digest:
                note_printed(self._profile, year, digest)
                self._session.noted()

        return save

    def draw(self, which: StudyPaper, year: int, size: PaperSize) -> DrawnPaper:
        """Draw a year's paper."""
        from desktop.paper.letter_page import print_letter  # noqa: PLC0415 - only who looks at paper
        from desktop.paper.proof_page import look_at  # noqa: PLC0415 - as above
        from desktop.paper.sheet import Paper, pages_of  # noqa: PLC0415 - as above

        held = reflection_of(self._profile, year) if which is StudyPaper.REPORT else Reflected()
        letter = self._letter(which, year, held)
        pdf = print_letter(letter, Paper[size.name])
        self._reflected[sha256(pdf).digest()] = held.digest
        return DrawnPaper(letter.title, pages_of(pdf), pdf, look_at(pdf, _LOOKED_AT))

    def _letter(self, which: StudyPaper, year: int, held: Reflected | None = None) -> "Letter":
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
        title, parts = self._parts(which, year, held or Reflected())
        made = tr("Disusun dari catatan belajar di komputer ini, menurut hari di zona waktu kantor. ")
        if self._profile.years().by_contract:
            made = tr(
                "Disusun dari catatan belajar di komputer ini, menurut tahun kontrak di zona waktu kantor. "
            )
        note = made + tr("JP yang menunggu belum dihitung pusat.")
        return Letter(
            head=tr("Komputer tanpa kantor") if office is None else office.header.name,
            title=title,
            lines=lines,
            parts=(*parts, Text("", (note,))),
            place=today,
            signers=(Signer(tr("Mengetahui, atasan langsung")), Signer(tr("Yang belajar"), name, nip)),
        )

    def _parts(self, which: StudyPaper, year: int, held: Reflected) -> "tuple[str, tuple[Table | Text, ...]]":
        """The title of a paper and what stands in it."""
        called = self._name(year)
        if which is StudyPaper.REPORT:
            title = tr("Laporan Belajar Mandiri {tahun}").format(tahun=called)
            return title, (self._studied(year), *self._reflection(held))
        if which is StudyPaper.TRANSCRIPT:
            earned = self._earned(self._session.homes.evidence(year), tr("Pelatihan"))
            return tr("Transkrip pelatihan {tahun}").format(tahun=called), (earned, *self._routes(year))
        views = [self._session.homes.evidence(one) for one in self._filled()]
        tables = tuple(self._earned(view, tr("Tahun {tahun}").format(tahun=view.jp.name)) for view in views)
        return tr("Transkrip pelatihan, semua tahun"), (self._by_year(views), *tables)

    def _reflection(self, held: Reflected) -> "tuple[Text, ...]":
        """The person's own words, with their day; an answer that was not typed has lines to write on."""
        from desktop.paper.letter_page import Text  # noqa: PLC0415 - as above

        def answer(title: str, words: str) -> Text:
            return Text(title, tuple(filter(None, map(str.strip, words.split("\n")))) or _BY_HAND)

        parts = (
            answer(tr("Refleksi: yang saya pelajari"), held.learned),
            answer(tr("Refleksi: yang akan saya pakai di tempat kerja"), held.use),
        )
        if not held.learned and not held.use:
            return parts
        day = long_day(self._session.homes.day(held.at))
        return (*parts, Text("", (tr("Refleksi ditulis oleh yang belajar, {tgl}.").format(tgl=day),)))

    def _filled(self) -> list[int]:
        """The years of which anything is known, the oldest first."""
        standing = self._profile.standing()
        return sorted(standing.jp)

    def _name(self, year: int) -> str:
        return year_name(*self._profile.years().span(year))

    def _sums(self, year: int) -> tuple[RouteSum, ...]:
        standing = self._profile.standing()
        return by_route(
            jp_table_of(self._profile.store),
            standing.courses,
            (*standing.trainings, *standing.sessions),
            year,
        )

    def _routes(self, year: int) -> "tuple[Table, ...]":
        """A year's counted JP by route and form; nothing while none counts."""
        from desktop.paper.letter_page import Col, Table  # noqa: PLC0415 - as above

        table, rows = jp_table_of(self._profile.store), []
        for one in self._sums(year):
            rows += [
                (route_words(one.route), form_words(table, form), jp(hours)) for form, hours in one.forms
            ]
            if len(one.forms) > 1:
                rows.append(
                    (tr("Jumlah {jalur}").format(jalur=route_words(one.route).lower()), "", jp(one.jp))
                )
        heads = Col(tr("Jalur"), 26), Col(tr("Bentuk"), 62), Col(tr("JP"), 12, right=True)
        return (Table(tr("Menurut jalur dan bentuk"), heads, tuple(rows)),) if rows else ()

    def _by_year(self, views: Sequence[EvidenceView]) -> "Table":
        """All years in one table, each with its routes and what of it the centre has recognised."""
        from desktop.paper.letter_page import Col, Table  # noqa: PLC0415 - as above

        sums = {view.jp.year: {one.route: one.jp for one in self._sums(view.jp.year)} for view in views}
        routes = [KLASIKAL, NONKLASIKAL]
        routes += sorted({route for one in sums.values() for route in one} - {*routes})
        lines = [
            [
                *(sums[view.jp.year].get(route, 0) for route in routes),
                view.jp.recognised,
                view.jp.waiting,
                view.jp.counted,
            ]
            for view in views
        ]
        total = [sum(amounts) for amounts in zip(*lines, strict=True)]
        called = [*(view.jp.name for view in views), tr("Semua tahun")]
        rows = tuple((name, *map(jp, line)) for name, line in zip(called, [*lines, total], strict=True))
        names = (*map(route_words, routes), tr("Diakui"), tr("Menunggu"), tr("Jumlah JP"))
        width = 76 // len(names)
        heads = (
            Col(tr("Tahun"), 100 - width * len(names)),
            *(Col(name, width, right=True) for name in names),
        )
        return Table(tr("Jumlah per tahun"), heads, rows if lines else (), tr("Belum ada JP."))

    def _studied(self, year: int) -> "Table":
        from desktop.paper.letter_page import Col, Table  # noqa: PLC0415 - as above

        facts = self._profile.facts(kinds=(*STUDY, "clock.fixed"))
        found = studied(facts, self._profile.zone(), year, self._profile.years())
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

    def _earned(self, view: EvidenceView, title: str) -> "Table":
        """A year's training, each with its form and route, and the sums under it."""
        from desktop.paper.letter_page import Col, Table  # noqa: PLC0415 - as above

        table = jp_table_of(self._profile.store)
        standing = self._profile.standing()
        forms = {one.claim.id: one.form for one in standing.trainings}
        forms |= {one.sheet.digest.hex(): one.form for one in standing.sessions}
        rows = []
        for entry in sorted(view.entries, key=lambda entry: entry.day):
            form = forms.get(entry.claim or entry.session, "")
            kind, route = form_words(table, form), route_words(route_of(table, form)).lower()
            said = f"{entry.title}\n{entry.number}" if entry.number else entry.title
            rows.append((said, f"{kind}\n{route}", long_day(entry.day), _state(entry), jp(entry.jp)))
        sums = (tr("Jumlah diakui"), view.jp.recognised), (tr("Jumlah menunggu"), view.jp.waiting)
        if rows:
            rows += [(what, "", "", "", jp(amount)) for what, amount in sums]
        heads = (
            Col(tr("Pelatihan, nomor sertifikat"), 35),
            Col(tr("Bentuk"), 26),
            Col(tr("Selesai"), 17),
            Col(tr("Keadaan"), 13),
            Col(tr("JP"), 9, right=True),
        )
        return Table(title, heads, tuple(rows), tr("Belum ada JP tahun {tahun}").format(tahun=view.jp.name))


def _state(entry: JpEntry) -> str:
    """Say where JP stand; what is in no sum says so, since no pill with a colour stands beside it."""
    return tr("Belum dijumlahkan") if entry.state is JpState.CLAIMED else state_words(entry.state)
