"""Beranda and Bukti & JP: what one person's standing and shelf look like on the glass."""

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop.app.custody import by_course
from desktop.app.ending_news import endings_near
from desktop.app.news import (
    certificates_came,
    corrections_answered,
    grades_came,
    recounts_came,
    tasks_owed,
    timings_decided,
    trainings_judged,
)
from desktop.app.outside import entry_of, routes_of
from desktop.app.peering import reviews_came, reviews_owed
from desktop.evidence.proofs import certificates_of
from desktop.evidence.sums import by_route
from desktop.formats import jp, long_day, score, year_name
from desktop.language import tr
from desktop.player.progress import State
from desktop.screens.evidence import EvidenceView, JpEntry, JpState
from desktop.screens.home import EntryView, HomeView, ResumeView
from desktop.screens.jp_card import JpView
from desktop.screens.learning_views import ActivityRow, CourseCard, LibraryView
from desktop.screens.resume_point import read_point
from desktop.store.jp_table import jp_table_of
from sync.folds.jp import JpEntry as Finished
from sync.folds.standing import Standing
from sync.jp_table import status_of
from sync.packs.outline import ActivityKind

if TYPE_CHECKING:
    from desktop.app.session import Session
    from desktop.app.sessions import Sessions
    from desktop.screens.custody import PieceView

SHOWN = 4
"""Rows of a list on Beranda; the rest is one click away."""
ICONS = {
    ActivityKind.PAGE: "page",
    ActivityKind.PDF: "pdf",
    ActivityKind.AUDIO: "audio",
    ActivityKind.VIDEO: "video",
    ActivityKind.IMAGE: "page",
    ActivityKind.QUIZ: "quiz",
    ActivityKind.ASSIGNMENT: "task",
}


class Homes:
    """Views of one signed-in person; each call reads and folds, so it runs as a job."""

    def __init__(self, session: "Session") -> None:
        self._session = session
        self._profile = session.profile
        self._store = session.app.store

    def learner(self) -> HomeView:
        """Everything on the learner's Beranda."""
        standing = self._profile.standing()
        library = self._session.learning.library()
        today = self.today()
        resume = self.resume(library)
        due = self._due(library)
        return HomeView(
            today=today,
            resume=resume,
            jp=self._jp_view(standing, self._profile.years().of(today)),
            due=due[:SHOWN],
            arrived=self._arrived(standing, library)[:SHOWN],
            more_due=len(due) if len(due) > SHOWN else 0,
            courses=len(library.courses),
        )

    def evidence(self, year: int) -> EvidenceView:
        """A year's JP, 0 for this one, and the courses they come from."""
        standing, years = self._profile.standing(), self._profile.years()
        this_year = years.of(self.today())
        chosen = year or this_year
        entries = [entry for entry in standing.courses if entry.year == chosen]
        told = by_course(self._profile, self.day)
        issued = certificates_of(self._profile)
        table = jp_table_of(self._store)
        shown = [
            _traced(
                told.get(entry.course),
                JpEntry(
                    title=self._title(entry.course),
                    jp=entry.jp,
                    day=self.day(entry.at),
                    state=_jp_state(entry),
                    about=_best_words(standing, entry.course) if entry.listed else tr("Belum dijumlahkan"),
                    course=entry.course,
                    number=issued[entry.course].number if entry.course in issued else "",
                ),
            )
            for entry in reversed(entries)
        ]
        shown += [entry_of(one, table) for one in standing.trainings if one.year == chosen]
        met = self.sessions()
        shown += met.entries(chosen)
        shown.sort(key=lambda entry: entry.day, reverse=True)
        sums = by_route(table, standing.courses, (*standing.trainings, *standing.sessions), chosen)
        routes = routes_of(sums, table)
        known = tuple(sorted({this_year, *standing.jp}, reverse=True))
        names = {year: year_name(*years.span(year)) for year in known}
        hours = self._jp_view(standing, chosen)
        return EvidenceView(known, hours, tuple(shown), routes, names, met.asked())

    def sessions(self) -> "Sessions":
        """Give the sessions of this person with colleagues."""
        from desktop.app.sessions import Sessions  # noqa: PLC0415 - sheets that the first screen needs not

        return Sessions(self._session)

    def resume(self, library: LibraryView) -> ResumeView | None:
        """Where *Lanjutkan* leads: the next activity of the likeliest course."""
        if library.likeliest is None:
            return None
        outline = self._session.learning.outline(library.likeliest)
        rows = [row for module in outline.modules for row in module.activities]
        at = next((row for row in rows if row.id == outline.resume), None)
        if at is None:
            return None
        return ResumeView(
            key=at.id,
            title=outline.course.title,
            place=self._place_words(at),
            done=sum(row.state is State.DONE for row in rows),
            total=len(rows),
            icon=ICONS[at.kind],
            started=outline.course.started,
        )

    def _place_words(self, row: ActivityRow) -> str:
        point = read_point(self._profile.draft(f"place {row.id}"))
        if row.kind is ActivityKind.PAGE and row.count > 1:
            left = max(1, round(row.minutes * (row.count - point.page + 1) / row.count))
            return tr("{judul}, halaman {n} dari {m}, sekitar {menit} menit lagi").format(
                judul=row.title, n=min(point.page, row.count), m=row.count, menit=left
            )
        return tr("{judul}, sekitar {menit} menit").format(judul=row.title, menit=row.minutes)

    def _due(self, library: LibraryView) -> tuple[EntryView, ...]:
        """What is owed: what ends soon, words to colleagues, assignments, modules of mandatory courses."""
        cards = [card for card in library.courses if card.mandatory and card.done_on is None]
        shelf = self._session.shelf
        asked = self.sessions().asked() if self._profile.standing().sessions else ()
        rows = [*endings_near(self._profile)]
        rows += [EntryView("evidence", "letter", one.title, one.about, tint="info") for one in asked]
        rows += [*reviews_owed(self._profile, shelf), *tasks_owed(self._profile, shelf)]
        for card in sorted(cards, key=lambda card: card.id != library.likeliest):
            if card.id == library.likeliest:
                rows += self._modules_left(card)
            else:
                rows.append(EntryView(f"course:{card.id}", "book", card.title, _course_words(card)))
        return tuple(rows)

    def _modules_left(self, card: CourseCard) -> list[EntryView]:
        outline = self._session.learning.outline(card.id)
        left: list[EntryView] = []
        for number, module in enumerate(outline.modules, start=1):
            first = next((row for row in module.activities if row.state is not State.DONE), None)
            if module.state is State.DONE or first is None:
                continue
            words = tr("{kursus}, modul {n} dari {m}, sekitar {menit} menit")
            about = words.format(kursus=card.title, n=number, m=card.modules, menit=module.minutes)
            left.append(EntryView(f"activity:{first.id}", "book", module.title, about))
        return left

    def _arrived(self, standing: Standing, library: LibraryView) -> tuple[EntryView, ...]:
        """What came lately: hours that count, certificates, grades, announcements, new courses."""
        rows = [
            (
                entry.at,
                EntryView(
                    "evidence",
                    "award",
                    tr("{n} JP diakui: {kursus}").format(n=jp(entry.jp), kursus=self._title(entry.course)),
                    tr("Diterima pusat. Selesai {tgl}").format(tgl=long_day(self.day(entry.at))),
                    tint="ok",
                ),
            )
            for entry in standing.courses
            if entry.recognised and entry.listed
        ]
        rows += certificates_came(self._profile, self._title, self.day)
        rows += trainings_judged(self._profile, self.day)
        rows += corrections_answered(self._profile, self.day)
        rows += timings_decided(self._profile, self._session.shelf, self.day)
        rows += grades_came(self._profile, self._session.shelf, self.day)
        rows += reviews_came(self._profile, self._session.shelf, self.day)
        rows += recounts_came(standing, self._session.shelf, self.day)
        for fact in self._profile.authority().accepted(self._profile.facts(kinds=("announcement.posted",))):
            title = str(fact.statement.fields.get("title", ""))
            about = long_day(self.day(fact.wall))
            rows.append((fact.wall, EntryView("", "letter", title, about, tint="info")))
        ordered = [view for _, view in sorted(rows, key=lambda pair: pair[0], reverse=True)]
        new = [
            EntryView(f"course:{card.id}", "book", card.title, _course_words(card), tint="info")
            for card in library.courses
            if card.new and card.id != library.likeliest and not card.mandatory
        ]
        return (*ordered, *new)

    def _title(self, course: str) -> str:
        installed = self._session.shelf.course(course)
        return course if installed is None else installed.course.title

    def _target(self) -> int:
        """What this person owes a year, in hundredths of JP, by the table that counts here."""
        return jp_table_of(self._store).target(status_of(self._profile.nip)).jp

    def _jp_view(self, standing: Standing, year: int) -> JpView:
        """A year's card, with its days where the year is one of contract."""
        hours, years = standing.jp_of(year), self._profile.years()
        span = years.span(year) if years.by_contract else None
        return JpView(
            year, hours.recognised, hours.waiting, hours.rejected, self._target(), self.today(), span
        )

    def today(self) -> date:
        """The day it is where the office is."""
        return self.day(self._store.now())

    def day(self, at: int) -> date:
        """The day of a Unix time where the office is."""
        return datetime.fromtimestamp(at, self._profile.zone()).date()


def _course_words(card: CourseCard) -> str:
    need = tr("Wajib") if card.mandatory else tr("Pilihan")
    state = (
        tr("{n} dari {m} modul").format(n=card.modules_done, m=card.modules)
        if card.started
        else tr("belum mulai")
    )
    return f"{need}, {jp(card.jp)} JP, {state}"


def _traced(piece: "PieceView | None", entry: JpEntry) -> JpEntry:
    """Tell of a course finished on this PC where that word is; one from another PC is with the centre."""
    if piece is None:
        return entry
    return replace(entry, place=piece.place, since=piece.since, receipt=piece.receipt)


def _jp_state(entry: Finished) -> JpState:
    if not entry.listed:
        return JpState.CLAIMED
    return JpState.RECOGNISED if entry.recognised else JpState.WAITING


def _best_words(standing: Standing, course: str) -> str:
    """The mean of the best scores of a course's quizzes; empty where it has none."""
    best = [
        quiz.best.score
        for key, quiz in standing.quizzes.items()
        if quiz.best is not None and key.startswith(f"{course}/")
    ]
    return tr("Nilai {n}").format(n=score(sum(best) // len(best))) if best else ""
