"""The room Belajar wired: courses of the shelf under a person's standing, and what studying records."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from desktop.app.assigning import Assigning
from desktop.app.quizzing import Quizzing
from desktop.errors import Problem
from desktop.language import tr
from desktop.library.shelf import InstalledCourse, Shelf
from desktop.player.progress import (
    CourseProgress,
    Done,
    ModuleProgress,
    Step,
    done_of,
    due,
    played_out,
    progress,
    spans_played,
)
from desktop.screens.learning_views import (
    ActivityRow,
    ActivityView,
    Body,
    CourseCard,
    ImageBody,
    LibraryView,
    MediaBody,
    ModuleRow,
    OutlineView,
    PagesBody,
    PdfBody,
)
from desktop.store.profile import Profile
from sync.folds.standing import Standing
from sync.journal.statement import Value
from sync.packs.outline import Activity, ActivityKind, Module


class Learning:
    """One signed-in person among the courses of this PC. Calls block for a moment: keep them off the GUI."""

    def __init__(self, profile: Profile, shelf: Shelf, noted: Callable[[], None]) -> None:
        """`noted` is called, on the thread that recorded, after each record."""
        self._profile = profile
        self._shelf = shelf
        self._noted = noted
        self.quizzing = Quizzing(profile, shelf, noted)
        self.assigning = Assigning(profile, shelf, noted)

    def library(self) -> LibraryView:
        """Lay out the shelf, last opened first."""
        standing = self._profile.standing()
        done = done_of(standing)
        touched = _touched(standing)
        courses = sorted(self._shelf.courses(), key=lambda one: touched.get(one.course.id, 0), reverse=True)
        cards = tuple(_card(one, done, standing, self._profile) for one in courses)
        open_cards = [card for card in cards if card.done_on is None]
        likeliest = next((card.id for card in open_cards if card.started), None) or next(
            (card.id for card in open_cards if card.mandatory), None
        )
        return LibraryView(cards, likeliest or (open_cards[0].id if open_cards else None))

    def outline(self, course: str) -> OutlineView:
        """Lay out one course."""
        installed = self._installed(course)
        standing = self._profile.standing()
        done = done_of(standing)
        laid = _laid(installed, done, standing)
        return OutlineView(
            _card(installed, done, standing, self._profile),
            tuple(_module_row(installed, module) for module in laid.modules),
            None if laid.next is None else installed.course.key(*laid.next),
        )

    def open(self, key: str) -> ActivityView:
        """Open one activity where it was left."""
        installed, module, activity = self._find(key)
        if installed.withdrawn:
            raise Problem(
                tr("Kursus ini ditarik kembali oleh pusat."),
                tr("Kemajuan dan nilai Anda tetap tersimpan. Minta versi yang baru kepada koordinator."),
            )
        course = installed.course
        standing = self._profile.standing()
        laid = _laid(installed, done_of(standing), standing)
        at = course.modules.index(module)
        keys = [course.key(m, a) for m, a in course.activities()]
        place = keys.index(key)
        return ActivityView(
            id=key,
            title=activity.title,
            kind=activity.kind,
            course=course.id,
            course_title=course.title,
            module=_module_row(installed, laid.modules[at]),
            module_number=at + 1,
            modules=len(course.modules),
            body=self._body(installed, key, activity),
            draft=self._profile.draft(_draft_name(key)),
            done=key in standing.activities,
            previous=keys[place - 1] if place else None,
            next=keys[place + 1] if place + 1 < len(keys) else None,
        )

    def page_read(self, key: str, page: int, seconds: int) -> bool:
        """Record that a page was read; tells whether the activity is completed now."""
        installed, _, _ = self._find(key)
        done = done_of(self._profile.standing())
        read = {**done.pages, key: done.pages.get(key, frozenset()) | {page}}
        fields: dict[str, Value] = {
            "activity": key,
            "page": page,
            "seconds": max(0, seconds),
            "version": installed.course.version,
        }
        return self._record(installed, key, replace(done, pages=read), Step("page.read", fields))

    def watched(self, key: str, second: int, seconds: int, length: int) -> bool:
        """Record what was played of a recording of `length` seconds; tells whether it is completed now."""
        installed, _, _ = self._find(key)
        fields: dict[str, Value] = {
            "activity": key,
            "second": second,
            "seconds": max(0, seconds),
            "version": installed.course.version,
        }
        spans = spans_played(self._profile.facts(kinds=("media.watched",)), key)
        spans.append((max(0, second - seconds), second))
        ended = (key,) if played_out(spans, length) else ()
        done = done_of(self._profile.standing())
        return self._record(installed, key, done, Step("media.watched", fields), played=ended)

    def settle(self) -> bool:
        """State what is completed without anything learned here just now; tells whether anything was.

        A question of a quiz was voided, and its attempt now passes: what the quiz is part of is completed in
        the version it was taken in, where that is still installed. Or pages were read at another PC, and with
        those of this one the lesson is whole. Without its pack it waits for a PC that has it.
        """
        stated = False
        for key, quiz in self._profile.standing().quizzes.items():
            risen = [one.version for one in quiz.recounts if one.rises]
            if risen and key not in self._profile.standing().activities:
                name = key.partition("/")[0]
                stated |= self._state_due(self._shelf.course(name, risen[0]) or self._shelf.course(name))
        standing = self._profile.standing()
        begun = {key.partition("/")[0] for key in (*standing.pages, *standing.quizzes)}
        for name in sorted(begun - {entry.course for entry in standing.courses}):
            installed = self._shelf.course(name)
            if installed is not None and not installed.withdrawn:
                stated |= self._state_due(installed)
        return stated

    def _state_due(self, installed: InstalledCourse | None) -> bool:
        steps = () if installed is None else due(installed.course, done_of(self._profile.standing()))
        if steps:
            self._profile.record_all([(step.kind, step.fields) for step in steps])
            self._noted()
        return bool(steps)

    def save_draft(self, key: str, draft: bytes) -> None:
        """Keep the exact spot in an activity."""
        self._profile.put_draft(_draft_name(key), draft)

    def _record(
        self, installed: InstalledCourse, key: str, done: Done, first: Step, played: Sequence[str] = ()
    ) -> bool:
        steps = (first, *due(installed.course, done, played))
        self._profile.record_all([(step.kind, step.fields) for step in steps])
        self._noted()
        return key in done.activities or any(
            step.kind == "lesson.completed" and step.fields["activity"] == key for step in steps
        )

    def _body(self, installed: InstalledCourse, key: str, activity: Activity) -> Body:
        match activity.kind:
            case ActivityKind.PAGE:
                texts = tuple(installed.text(path) for path in activity.paths)
                return PagesBody(activity.paths, texts, installed.read)
            case ActivityKind.QUIZ:
                return self.quizzing.body(key)
            case ActivityKind.ASSIGNMENT:
                return self.assigning.body(key)
            case ActivityKind.IMAGE:
                return ImageBody(installed.read(activity.source) or b"", activity.title)
            case _:
                path = installed.file(activity.source)
                if path is None or not path.exists():
                    raise Problem(
                        tr("Berkas {berkas} tidak ada lagi di komputer ini.").format(berkas=activity.title),
                        tr("Kemajuan Anda aman. Pasang lagi paketnya dari flashdisk."),
                    )
                if activity.kind is ActivityKind.PDF:
                    return PdfBody(path)
                return MediaBody(
                    path,
                    installed.text(activity.transcript) if activity.transcript else "",
                    installed.text(activity.captions) if activity.captions else "",
                    activity.transcript,
                    installed.read,
                )

    def _installed(self, course: str) -> InstalledCourse:
        installed = self._shelf.course(course)
        if installed is None:
            raise _gone()
        return installed

    def _find(self, key: str) -> tuple[InstalledCourse, Module, Activity]:
        found = self._shelf.find(key)
        if found is None:
            raise _gone()
        return found


def _gone() -> Problem:
    return Problem(
        tr("Kursus ini tidak terpasang lagi di komputer ini."),
        tr("Kemajuan Anda aman. Pasang lagi paketnya dari flashdisk."),
    )


def _draft_name(key: str) -> str:
    return f"place {key}"


def _touched(standing: Standing) -> Mapping[str, int]:
    """Tell when each course was last studied, in Unix time."""
    latest: dict[str, int] = {}
    moments = [(place.activity, place.when.at) for place in standing.places.values()]
    moments += [(quiz.activity, quiz.last.when.at) for quiz in standing.quizzes.values() if quiz.last]
    for activity, at in moments:
        course = activity.partition("/")[0]
        latest[course] = max(latest.get(course, 0), at)
    return latest


def _laid(installed: InstalledCourse, done: Done, standing: Standing) -> CourseProgress:
    places = [p for p in standing.places.values() if p.activity.startswith(f"{installed.course.id}/")]
    last = max(places, key=lambda place: place.when, default=None)
    return progress(installed.course, done, None if last is None else last.activity)


def _card(installed: InstalledCourse, done: Done, standing: Standing, profile: Profile) -> CourseCard:
    course = installed.course
    laid = progress(course, done)
    entry = next((one for one in standing.courses if one.course == course.id), None)
    completed = None if entry is None else datetime.fromtimestamp(entry.at, profile.zone()).date()
    started = any(key.startswith(f"{course.id}/") for key in done.opened | done.activities)
    return CourseCard(
        id=course.id,
        title=course.title,
        summary=course.summary,
        jp=course.jp,
        mandatory=course.mandatory,
        modules=len(course.modules),
        modules_done=laid.modules_done,
        version=course.version,
        publisher=installed.publisher,
        started=started,
        done_on=completed,
        new=not started and completed is None,
        glyph=course.glyph,
        withdrawn=bool(installed.withdrawn),
    )


def _module_row(installed: InstalledCourse, laid: ModuleProgress) -> ModuleRow:
    course = installed.course
    rows = tuple(
        ActivityRow(
            course.key(laid.module, activity),
            activity.title,
            activity.kind,
            activity.minutes,
            state,
            activity.quiz.questions if activity.quiz else activity.pages,
        )
        for activity, state in laid.activities
    )
    return ModuleRow(course.module_key(laid.module), laid.module.title, laid.module.minutes, laid.state, rows)
