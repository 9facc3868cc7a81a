"""Ujian dengan pengawas wired: codes, ticks and notes of a proctor, and the Berita Acara on paper."""

from datetime import date, datetime
from itertools import takewhile
from typing import TYPE_CHECKING

from desktop.app.saving import choose_pdf, save_pdf
from desktop.assessment.exams import Named, codes_of, known_exams, note, open_exam, tick, today_of
from desktop.errors import Problem
from desktop.formats import clock_time, long_day, score, week_day
from desktop.language import tr
from desktop.library.shelf import Shelf
from desktop.screens.day_entry import read_day
from desktop.screens.exam_views import ExamActions, ExamRow, ExamsView, SeatRow
from desktop.screens.paper_sheet import DrawnPaper, PaperActions, PaperSize
from desktop.store.profile import Profile
from sync.folds.exams import Candidate, Exam, Incident, Seat
from sync.nip import LENGTH, spaced
from sync.officefile_codes import group_code

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desktop.background.jobs import Jobs
    from desktop.paper.letter_page import Letter
    from sync.officefile import PersonEntry

_LEARNER = "learner"


class ExamRoom:
    """The exams of one signed-in proctor; a coordinator has the roster, a trainer types NIPs."""

    def __init__(
        self,
        profile: Profile,
        shelf: Shelf,
        noted: "Callable[[], None]",
        jobs: "Jobs",
        roster: "Callable[[], Sequence[PersonEntry]]" = tuple,
    ) -> None:
        """`noted` is called, on the thread that recorded, after each record."""
        self._profile, self._shelf, self._noted, self._jobs = profile, shelf, noted, jobs
        self._roster = roster

    def actions(self) -> ExamActions:
        """What the screen asks for."""
        return ExamActions(
            self.view, self.open, self.tick, self.note, lambda key: self.paper(key, self._jobs)
        )

    def view(self) -> ExamsView:
        """Lay out what is known here."""
        quizzes = self._quizzes()
        found = known_exams(self._profile, frozenset(quizzes))
        names = {one.person: one.name for one in self._roster()}
        strays = tuple(
            tr("{nama}: {kuis}, {tgl}, {apa}").format(
                nama=names.get(one.person) or tr("Orang {tanda}").format(tanda=one.person.hex()[-4:].upper()),
                kuis=self._title(one.activity),
                tgl=long_day(self._moment(one.at)),
                apa=tr("kode tanpa daftar di sini") if one.coded else tr("tanpa kode"),
            )
            for one in found.strays
        )
        nips = tuple(
            f"{spaced(one.nips[-1].nip)}  {one.name}"
            for one in sorted(self._roster(), key=lambda one: one.name.casefold())
            if one.role == _LEARNER and one.nips
        )
        today = today_of(self._profile).strftime("%d-%m-%Y")
        return ExamsView(
            tuple(self._row(one) for one in found.exams), strays, tuple(quizzes.items()), nips, today
        )

    def open(self, activity: str, day: str, place: str, nips: str) -> bytes:
        """Open an exam; each line of `nips` is one person of this office, a name after it or not.

        Raises Problem.
        """
        when = read_day(day)
        if when is None or when < today_of(self._profile):
            raise Problem(
                tr("Tanggal ujian belum benar."), tr("Tulis seperti 21-11-2026, paling awal hari ini.")
            )
        office = self._profile.store.office()
        known = {of.nip: one for one in self._roster() for of in one.nips}
        people = []
        for line in filter(None, (one.strip() for one in nips.splitlines())):
            nip = _leading_nip(line)
            entry = known.get(nip) or (None if office is None else office.find(nip))  # 0.2 s for each
            if entry is None:
                raise Problem(
                    tr("NIP ini tidak ada di kantor ini: … {akhir}").format(akhir=(nip or line)[-4:]),
                    tr("Periksa angkanya, atau perbarui berkas kantor."),
                )
            people.append(Named(entry.person, entry.name, nip))
        made = open_exam(self._profile, activity, when, place, people)
        self._noted()
        return made

    def tick(self, key: bytes, person: bytes, here: bool) -> None:  # noqa: FBT001 - one of three plain values
        """Tick somebody. Raises Problem."""
        tick(self._profile, key, person, here=here)
        self._noted()

    def note(self, key: bytes, words: str) -> None:
        """Note what happened now. Raises Problem."""
        note(self._profile, key, self._profile.store.now(), b"", words)
        self._noted()

    def paper(self, key: bytes, jobs: "Jobs") -> PaperActions:
        """Give the Berita Acara of an exam."""
        return PaperActions(lambda size: self._draw(key, size), choose_pdf, save_pdf, jobs)

    def letter(self, key: bytes) -> "Letter":
        """Lay it out: who was asked and came, a place for each signature, and what happened."""
        from desktop.paper.letter_page import Col, Letter, Signer, Table, Text  # noqa: PLC0415 - who draws paper

        exam = next((one for one in known_exams(self._profile).exams if one.id == key), None)
        if exam is None:
            raise Problem(tr("Ujian ini tidak ditemukan."), tr("Kembali ke daftar, lalu buka lagi."))
        office = self._profile.store.office()
        rows = tuple(
            (str(at), "\n".join(_who(one)), _state(one)[0], self._result(one), "")
            for at, one in enumerate(exam.candidates, 1)
        )
        happened = tuple(
            (clock_time(self._moment(one.at)), *self._incident(exam, one)) for one in exam.incidents
        )
        day = date.fromordinal(exam.day)
        came = sum(one.seat in {Seat.CODE, Seat.HERE} for one in exam.candidates)
        title = tr("Berita Acara Ujian")
        about = tr("Pada {hari} di {tempat} dilaksanakan ujian ini; hadir {a} dari {b} orang.").format(
            hari=week_day(day),
            tempat=exam.place or tr("kantor"),
            a=came,
            b=len(exam.candidates),
        )
        return Letter(
            tr("Komputer tanpa kantor") if office is None else office.header.name,
            title,
            (self._title(exam.activity),),
            (
                Text("", (about,)),
                Table(
                    tr("Daftar hadir"),
                    (
                        Col(tr("No."), 6, right=True),
                        Col(tr("Nama dan NIP"), 36),
                        Col(tr("Kehadiran"), 18),
                        Col(tr("Hasil"), 18),
                        Col(tr("Tanda tangan"), 22),
                    ),
                    rows,
                ),
                Table(
                    tr("Kejadian"),
                    (Col(tr("Jam"), 14), Col(tr("Siapa"), 26), Col(tr("Apa yang terjadi"), 60)),
                    happened,
                    tr("Tidak ada kejadian yang dicatat."),
                ),
            ),
            place=long_day(day),
            signers=(Signer(tr("Mengetahui")), Signer(tr("Pengawas ujian"))),
            foot=f"{title}, {long_day(day)}",
        )

    def _draw(self, key: bytes, size: PaperSize) -> DrawnPaper:
        from desktop.app.desk_follow import drawn  # noqa: PLC0415 - only who draws paper

        return drawn(self.letter(key), size)

    def _quizzes(self) -> dict[str, str]:
        """Find the proctored quizzes of the packs installed here."""
        return {
            one.course.key(module, activity): f"{activity.title}, {one.course.title}"
            for one in self._shelf.courses()
            for module, activity in one.course.activities()
            if activity.quiz is not None and activity.quiz.proctored
        }

    def _row(self, exam: Exam) -> ExamRow:
        office = self._profile.store.office()
        codes = {} if office is None else codes_of(office, exam)
        came = sum(one.seat in {Seat.CODE, Seat.HERE} for one in exam.candidates)
        about = tr("{tgl}, {tempat}, hadir {a} dari {b} orang").format(
            tgl=long_day(date.fromordinal(exam.day)),
            tempat=exam.place or tr("kantor"),
            a=came,
            b=len(exam.candidates),
        )
        seats = tuple(
            SeatRow(
                one.person,
                _who(one)[0],
                group_code(codes.get(one.person, "")),
                *_state(one),
                ticks=one.seat is not Seat.CODE,
            )
            for one in exam.candidates
        )
        incidents = tuple(
            ", ".join(filter(None, (clock_time(self._moment(one.at)), *self._incident(exam, one))))
            for one in exam.incidents
        )
        return ExamRow(exam.id, self._title(exam.activity), about, seats, incidents)

    def _incident(self, exam: Exam, one: Incident) -> tuple[str, str]:
        who = next((_who(each)[0] for each in exam.candidates if each.person == one.person), "")
        if not one.power:
            return who, one.words
        minutes = max(1, round(one.gone / 60))
        return who, tr("insiden listrik, komputer mati {n} menit").format(n=minutes)

    def _result(self, one: Candidate) -> str:
        if one.score is not None:
            return tr("nilai {n}").format(n=score(one.score))
        return tr("mulai {jam}").format(jam=clock_time(self._moment(one.begun))) if one.begun else ""

    def _title(self, activity: str) -> str:
        found = self._shelf.find(activity)
        return activity if found is None else found[2].title

    def _moment(self, at: int) -> datetime:
        return datetime.fromtimestamp(at, self._profile.zone())


def _leading_nip(line: str) -> str:
    """Give the digits that a line begins with, however they are grouped."""
    return "".join(takewhile(lambda sign: sign.isdigit() or sign.isspace(), line)).replace(" ", "")


def _who(one: Candidate) -> tuple[str, str]:
    name, _, nip = one.name.partition("\t")
    return name, spaced(nip) if len(nip) == LENGTH else nip


def _state(one: Candidate) -> tuple[str, str]:
    return {
        Seat.CODE: (tr("Hadir, memakai kode"), "ok"),
        Seat.HERE: (tr("Hadir"), "ok"),
        Seat.ABSENT: (tr("Tidak hadir"), "warn"),
        Seat.UNKNOWN: (tr("Belum dicatat"), "muted"),
    }[one.seat]
