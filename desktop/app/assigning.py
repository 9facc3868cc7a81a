"""Assignments wired: a learner's draft, what was handed in, its receipt, and the grade that came back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from desktop.app.peering import Peering
from desktop.app.rubric import criteria_of, fold_rule, most_of, points_words
from desktop.assessment.assignment import Handed, add_file, draft_of, drop_file, hand_in, handed, keep_text
from desktop.assessment.deadline import counts_words, deadline_of, deadline_words, promise_words
from desktop.errors import Problem
from desktop.language import tr
from desktop.library.shelf import InstalledCourse, Shelf
from desktop.player.progress import done_of, due
from desktop.screens.assignment_views import AssignmentBody, FileView, GradeView, HandedView
from desktop.store.profile import Profile
from desktop.store.timing import Times
from sync.folds.assignments import Form
from sync.folds.deadlines import Deadline, Timing
from sync.folds.files import FILE_LIMIT
from sync.journal.receipt import receipt_code
from sync.packs.assignment import AssignmentRule
from sync.packs.outline import Activity


class Assigning:
    """The assignments of one signed-in person. Calls block for a moment: keep them off the GUI."""

    def __init__(self, profile: Profile, shelf: Shelf, noted: Callable[[], None]) -> None:
        """`noted` is called, on the thread that recorded, after each record."""
        self._profile, self._shelf, self._noted = profile, shelf, noted
        self.peering = Peering(profile, shelf, noted)

    def body(self, key: str) -> AssignmentBody:
        """Lay out an assignment as it stands."""
        installed, activity, rule = self._find(key)
        draft = draft_of(self._profile, key)
        found = handed(self._profile, key, fold_rule(rule))
        zone = self._profile.zone()
        deadline = deadline_of(rule, zone)
        return AssignmentBody(
            name=activity.source,
            instruction=installed.text(activity.source),
            resource=installed.read,
            criteria=criteria_of(rule),
            until=deadline_words(rule, zone),
            promise="" if deadline is None else promise_words(deadline, zone),
            most_files=rule.files,
            text=draft.text,
            files=tuple(FileView(one.name, one.digest, one.size) for one in draft.files),
            handed=self._handed(found, deadline),
            grade=_grade(found, rule),
            peers=self.peering.view(key, rule),
        )

    def keep_text(self, key: str, words: str) -> None:
        """Keep a draft's text; when this returns it is on the disk."""
        keep_text(self._profile, key, words)

    def add_file(self, key: str, path: str) -> AssignmentBody:
        """Add a file to the draft. Raises Problem for one that cannot be read."""
        _, _, rule = self._find(key)
        try:
            with Path(path).open("rb") as file:
                data = file.read(FILE_LIMIT + 1)
        except OSError as fault:
            raise Problem(
                tr("Berkas tidak dapat dibaca."), tr("Periksa flashdisknya, lalu coba lagi.")
            ) from fault
        add_file(self._profile, key, Path(path).name, data, rule.files)
        return self.body(key)

    def drop_file(self, key: str, digest: bytes) -> AssignmentBody:
        """Take a file out of the draft."""
        drop_file(self._profile, key, digest)
        return self.body(key)

    def hand_in(self, key: str) -> AssignmentBody:
        """Hand the draft in as a new version, with what it completes."""
        installed, _, _ = self._find(key)
        done = done_of(self._profile.standing())
        after = replace(done, finished=done.finished | {key}, opened=done.opened | {key})
        steps = [(step.kind, step.fields) for step in due(installed.course, after)]
        hand_in(self._profile, key, installed.course.version, steps)
        self._noted()
        return self.body(key)

    def _handed(self, found: Handed, deadline: Deadline | None) -> HandedView | None:
        if not found.versions:
            return None
        last = found.versions[-1]
        zone = self._profile.zone()
        view = HandedView(
            len(found.versions),
            datetime.fromtimestamp(last.at, zone).date(),
            receipt_code(last.log, last.seq),
        )
        if deadline is None:
            return view
        judged = Times(self._profile).judged(last, deadline)
        day = datetime.fromtimestamp(judged.trace.at, zone).date()
        return replace(
            view,
            day=day,
            late=judged.counts is Timing.LATE,
            looked_at=judged.counts is Timing.PERSON,
            counts=counts_words(judged, deadline, zone),
        )

    def _find(self, key: str) -> tuple[InstalledCourse, Activity, AssignmentRule]:
        found = self._shelf.find(key)
        if found is None or found[2].assignment is None:
            raise Problem(
                tr("Tugas ini tidak terpasang lagi di komputer ini."),
                tr("Pekerjaan Anda aman. Pasang lagi paketnya dari flashdisk."),
            )
        return found[0], found[2], found[2].assignment


def _grade(found: Handed, rule: AssignmentRule) -> GradeView | None:
    standing = found.standing
    if standing is None or not standing.finals:
        return None
    last = standing.grade or standing.finals[-1]
    if standing.grade is None and last.form is Form.FINAL:
        return None  # two grades that differ: nobody has settled it yet
    work = next((one for one in found.versions if one.work == last.work), standing.submission)
    earlier = tuple(
        points_words(one.total) for one in standing.finals if one.form is Form.FINAL and one.id != last.id
    )
    return GradeView(
        total=points_words(last.total) if last.form is Form.FINAL else "",
        most=most_of(rule, found.voided),
        lines=criteria_of(rule, last, found.voided) if last.points or last.void else (),
        comment=last.comment,
        reason=last.reason,
        code=receipt_code(work.log, work.seq),
        earlier=earlier,
        before=tr("{n} dari {m}").format(n=points_words(last.before), m=rule.points) if found.voided else "",
    )
