"""What Beranda tells of papers and grades: certificates that came, assignments graded, returned, or owed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from desktop.app.rubric import fold_rule, most_of, points_words
from desktop.assessment.assignment import handed
from desktop.assessment.deadline import deadline_of, deadline_words
from desktop.evidence.proofs import known_certificates
from desktop.formats import jp, long_day, score
from desktop.language import tr
from desktop.people.corrections import own_corrections, topic_words
from desktop.screens.home import EntryView
from desktop.store.timing import Times
from sync.folds.assignments import Form
from sync.folds.corrections import CorrectionState
from sync.folds.deadlines import Timing
from sync.folds.training import JUDGED, TrainingState
from sync.journal.passing import PASSED, passed
from sync.packs.deadline import end_of

if TYPE_CHECKING:
    from desktop.library.shelf import Shelf
    from desktop.store.profile import Profile
    from sync.folds.standing import Standing
    from sync.packs.outline import Activity

Dated = tuple[int, EntryView]


def certificates_came(
    profile: Profile, title: Callable[[str], str], day: Callable[[int], date]
) -> Iterator[Dated]:
    """Tell of each certificate, with its Unix time; one that was taken back says so."""
    for one in known_certificates(profile).values():
        course = title(one.course)
        if one.holds and one.file:
            words = tr("Sertifikat resmi bertanda tangan: {kursus}").format(kursus=course)
            about = tr("Dari pusat, nomor {nomor}").format(nomor=one.number)
        elif one.holds:
            words = tr("Sertifikat {kursus}").format(kursus=course)
            about = tr("Diterbitkan pusat, {tgl}").format(tgl=long_day(day(one.at)))
        else:
            words = tr("Sertifikat {kursus} dicabut").format(kursus=course)
            about = one.revoked or ""
        yield one.at, EntryView("evidence", "award", words, about, tint="ok" if one.holds else "warn")


def trainings_judged(profile: Profile, day: Callable[[int], date]) -> Iterator[Dated]:
    """Tell what the desk made of each training outside, with the Unix time of its word; the reason too."""
    letters = profile.authority().accepted(profile.facts(kinds=(PASSED,)))
    said = {letter.fields.get("claim"): letter.at for letter in passed(letters, JUDGED)}
    for one in profile.standing().trainings:
        at = said.get(one.claim.digest)
        if at is None or one.state is TrainingState.WAITING:
            continue
        if one.state is TrainingState.RECOGNISED:
            words = tr("{n} JP diakui: {kursus}").format(n=jp(one.jp), kursus=one.claim.title)
            about = tr("Oleh koordinator, {tgl}").format(tgl=long_day(day(at)))
        else:
            words = tr("Tidak diakui: {judul}").format(judul=one.claim.title)
            about = one.reason
        tint = "ok" if one.state is TrainingState.RECOGNISED else "warn"
        yield at, EntryView("evidence", "award", words, about, tint=tint)


def corrections_answered(profile: Profile, day: Callable[[int], date]) -> Iterator[Dated]:
    """Tell what the desk answered to each request to put something right, with the Unix time of its word."""
    for one in own_corrections(profile):
        topic = topic_words(one.topic)
        if one.state is CorrectionState.DONE:
            words = tr("Sudah diperbaiki: {apa}").format(apa=topic)
            about = (
                tr("Oleh koordinator, {tgl}, daftar kantor versi {n}").format(
                    tgl=long_day(day(one.answered)), n=one.version
                )
                if one.version
                else tr("Oleh koordinator, {tgl}").format(tgl=long_day(day(one.answered)))
            )
            yield one.answered, EntryView("settings", "pen", words, about, tint="ok")
        elif one.state is CorrectionState.DECLINED:
            words = tr("Permintaan perbaikan ditolak: {apa}").format(apa=topic)
            yield one.answered, EntryView("settings", "pen", words, one.reason, tint="warn")


def grades_came(profile: Profile, shelf: Shelf, day: Callable[[int], date]) -> Iterator[Dated]:
    """Tell of each assignment that was graded or sent back, with its Unix time."""
    for key, activity in _assignments(shelf):
        if activity.assignment is None:
            continue
        all_known = handed(profile, key, fold_rule(activity.assignment))
        found = all_known.standing
        last = None if found is None else found.grade or (found.finals[-1] if found.finals else None)
        if found is None or last is None:
            continue
        when = long_day(day(last.at))
        if last.form is Form.RETURN:
            if last.work != found.newest.work:
                continue  # it has come again since
            words = tr("{tugas} dikembalikan untuk diperbaiki").format(tugas=activity.title)
            yield last.at, EntryView(f"activity:{key}", "task", words, when, tint="warn")
        elif found.grade is not None:
            words = tr("Nilai {tugas}: {n} dari {m}").format(
                tugas=activity.title,
                n=points_words(last.total),
                m=most_of(activity.assignment, all_known.voided),
            )
            yield last.at, EntryView(f"activity:{key}", "task", words, when, tint="ok")


def timings_decided(profile: Profile, shelf: Shelf, day: Callable[[int], date]) -> Iterator[Dated]:
    """Tell what somebody decided of the time of each assignment, with the Unix time of that word."""
    times = None
    for key, activity in _assignments(shelf):
        deadline = deadline_of(activity.assignment, profile.zone())
        rule = activity.assignment
        versions = handed(profile, key, fold_rule(rule)).versions if rule is not None and deadline else ()
        if not versions or deadline is None:
            continue
        times = times or Times(profile)
        judged = times.judged(versions[-1], deadline)
        said = judged.decision
        if said is None or judged.timing is Timing.ON_TIME:
            continue
        on_time = judged.counts is Timing.ON_TIME
        words = tr("{tugas}: diputuskan tepat waktu") if on_time else tr("{tugas}: diputuskan terlambat")
        words = words.format(tugas=activity.title)
        about = f"{long_day(day(said.at))}. {said.reason}"
        tint = "ok" if on_time else "warn"
        yield (
            said.at,
            EntryView(f"activity:{key}", "task", words, about, tint=tint),
        )


def recounts_came(standing: Standing, shelf: Shelf, day: Callable[[int], date]) -> Iterator[Dated]:
    """Tell of each quiz that was counted again to the good because a question of it was voided."""
    for key, quiz in standing.quizzes.items():
        better = [one for one in quiz.recounts if one.counted > one.before or one.rises]
        if not better:
            continue
        one = max(better, key=lambda found: (found.rises, found.counted))
        at = max(word.when.at for word in one.words)
        found = shelf.find(key)
        title = key if found is None else found[2].title
        words = (
            tr("Anda lulus {kuis}: nilai menjadi {n}") if one.rises else tr("Nilai {kuis} naik menjadi {n}")
        )
        about = tr("Soal dibatalkan, {tgl}: {alasan}").format(
            tgl=long_day(day(at)), alasan="; ".join(dict.fromkeys(word.reason for word in one.words))
        )
        said = words.format(kuis=title, n=score(one.counted))
        yield at, EntryView(f"activity:{key}", "quiz", said, about, tint="ok")


def tasks_owed(profile: Profile, shelf: Shelf) -> Iterator[EntryView]:
    """Tell of each assignment with a deadline that nobody has handed in yet, the nearest first."""
    owed = []
    for key, activity in _assignments(shelf):
        rule = activity.assignment
        if rule is None or not rule.deadline or handed(profile, key, fold_rule(rule)).versions:
            continue
        zone = profile.zone()
        end = end_of(rule.deadline, rule.hour, zone)
        owed.append((end, key, activity.title, deadline_words(rule, zone)))
    for _, key, title, until in sorted(owed):
        about = tr("Batas {tgl}").format(tgl=until)
        yield EntryView(f"activity:{key}", "task", title, about)


def _assignments(shelf: Shelf) -> Iterator[tuple[str, Activity]]:
    for installed in shelf.courses():
        if installed.withdrawn:
            continue
        for module, activity in installed.course.activities():
            if activity.assignment is not None:
                yield installed.course.key(module, activity), activity
