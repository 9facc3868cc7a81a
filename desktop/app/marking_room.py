"""Penilaian wired: the queue of a trainer, and what each decision states. Works without any net."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from desktop.app.peering import Sharing, heard_words, reviews_shown
from desktop.app.rubric import criteria_of, fold_rule, points_words
from desktop.assessment.deadline import deadline_of, evidence_lines
from desktop.assessment.mark_draft import (
    SECONDS_LIMIT,
    MarkDraft,
    drop_mark_draft,
    keep_mark_draft,
    mark_draft,
)
from desktop.assessment.marking import Given, Paper, agree, mark, paper_file, queue, send_back, settle, void
from desktop.assessment.marks import tell_newcomers
from desktop.assessment.peers import Heard, heard_of
from desktop.errors import Problem
from desktop.formats import long_day, moment_of
from desktop.language import tr
from desktop.library.shelf import Shelf
from desktop.screens.assignment_views import (
    FileView,
    MarkingActions,
    MarkView,
    PaperView,
    QueueView,
    TimingView,
    Typed,
)
from desktop.screens.paper_sheet import PaperActions
from desktop.store.durable import durable_write
from desktop.store.profile import Profile
from desktop.store.timing import Times, decide
from sync.folds.assignments import Form, Mark, Rule, State
from sync.folds.deadlines import Deadline, Judged, Timing, Verdict
from sync.journal.receipt import receipt_code
from sync.packs.assignment import AssignmentRule

_NEEDS = {
    State.WAITING: "mark",
    State.SECOND: "mark",
    State.AGREED: "agree",
    State.MODERATION: "settle",
    State.RETURNED: "",
    State.GRADED: "settle",
}


class MarkingRoom:
    """The queue of one signed-in trainer. Calls block for a moment: keep them off the GUI."""

    def __init__(self, profile: Profile, shelf: Shelf, noted: Callable[[], None]) -> None:
        """`noted` is called, on the thread that recorded, after each record."""
        self._profile, self._shelf, self._noted = profile, shelf, noted
        self._sharing = Sharing(profile, shelf, noted)

    def actions(self, hours: PaperActions | None = None) -> MarkingActions:
        """What the room asks for; `hours` is the paper that proves them."""
        return MarkingActions(
            self.view, self.keep, self.give, self.settle, self.agree, self.back, self.void, self.save_file,
            hours, self._sharing.share, self.decide, self.another,
        )  # fmt: skip

    def view(self) -> QueueView:
        """Lay out the queue; whose work it is, is nowhere in it. Trainers who came since are told first."""
        if tell_newcomers(self._profile):
            self._noted()
        papers = queue(self._profile, self._rule)
        times = Times(self._profile)
        heard = heard_of(self._profile)
        views = tuple(self._view(one, times, heard.get((one.person, one.activity))) for one in papers)
        return QueueView(views, sum(one.waits for one in papers), self._sharing.circles())

    def keep(self, key: str, typed: Typed) -> None:
        """Keep marks in work; when this returns a power cut takes nothing of them."""
        person, work = _named(key)
        draft = MarkDraft(typed.points, typed.comment, typed.reason, typed.seconds)
        keep_mark_draft(self._profile, person, work, draft)

    def give(self, key: str, typed: Typed) -> None:
        """Mark a work."""
        paper = self._paper(key)
        mark(self._profile, paper, _given(typed), self._rule(paper.activity) or Rule())
        self._done(key)

    def settle(self, key: str, typed: Typed) -> None:
        """Settle a difference or grade anew."""
        settle(self._profile, self._paper(key), _given(typed))
        self._done(key)

    def agree(self, key: str) -> None:
        """State the grade of two marks that agree."""
        agree(self._profile, self._paper(key))
        self._done(key)

    def back(self, key: str, typed: Typed) -> None:
        """Return a work for revision."""
        send_back(self._profile, self._paper(key), typed.comment, _given(typed).seconds)
        self._done(key)

    def void(self, key: str, criterion: str, reason: str) -> None:
        """Void a criterion for everybody. Raises Problem without a reason."""
        void(self._profile, self._paper(key), criterion, reason)
        self._noted()

    def decide(self, key: str, on_time: bool, reason: str) -> None:  # noqa: FBT001 - as the sheet calls it
        """Decide whether a work counts as on time. Raises Problem without a reason."""
        verdict = Verdict.ON_TIME if on_time else Verdict.LATE
        decide(self._profile, self._paper(key).standing.newest, verdict, reason)
        self._noted()

    def another(self, key: str) -> str:
        """Give a work to one more colleague of its author. Raises Problem with nobody left."""
        paper = self._paper(key)
        return self._sharing.another(paper.person, paper.activity)

    def _done(self, key: str) -> None:
        drop_mark_draft(self._profile, *_named(key))
        self._noted()

    def save_file(self, key: str, digest: bytes, path: str) -> None:
        """Save a file that was handed in, to be opened with the program it was made with. Raises Problem."""
        del key
        data = paper_file(self._profile, digest)
        if data is None:
            raise Problem(
                tr("Berkas ini belum lengkap datang."), tr("Bagian sisanya datang dengan data berikutnya.")
            )
        try:
            durable_write(Path(path), data)
        except OSError as fault:
            raise Problem(
                tr("Berkas tidak dapat disimpan di sana."),
                tr("Periksa sisa ruang, atau pilih tempat lain."),
            ) from fault

    def _paper(self, key: str) -> Paper:
        for one in queue(self._profile, self._rule):
            if _key(one) == key:
                return one
        raise Problem(tr("Naskah ini sudah berganti."), tr("Ada versi yang lebih baru di antrean."))

    def _rule(self, activity: str) -> Rule | None:
        rule = self._asked(activity)
        return None if rule is None else fold_rule(rule)

    def _asked(self, activity: str) -> AssignmentRule | None:
        found = self._shelf.find(activity)
        return None if found is None else found[2].assignment

    def _view(self, paper: Paper, times: Times, heard: Heard | None) -> PaperView:
        found = self._shelf.find(paper.activity)
        rule = None if found is None else found[2].assignment
        newest, standing = paper.standing.newest, paper.standing
        zone = self._profile.zone()
        deadline = deadline_of(rule, zone)
        judged = None if deadline is None else times.judged(newest, deadline)
        at = newest.at if judged is None else judged.trace.at
        day = moment_of(at, zone).date()
        state, kind = _state_words(paper)
        need = _NEEDS[standing.state]
        if standing.state is State.SECOND and paper.mine:
            need = "mark"  # thinking again, until the second mark is here
        about = tr("Dikumpulkan {tgl}").format(tgl=long_day(day))
        if judged is not None and judged.counts is Timing.LATE:
            about += tr(", lewat batas waktu")
        if judged is not None and judged.counts is Timing.PERSON:
            about += tr(", waktu perlu diperiksa")
        if paper.office:
            about = tr("{kantor}. {tentang}").format(kantor=paper.office, tentang=about)
        mine = max(paper.mine, key=lambda one: one.round, default=None)
        shown = standing.grade or mine
        draft = mark_draft(self._profile, paper.person, newest.work)
        criteria = () if rule is None else criteria_of(rule, shown, paper.voided)
        if draft is not None:
            typed = dict(draft.points)
            criteria = tuple(replace(one, given=100 * typed.get(one.id, 0)) for one in criteria)
        return PaperView(
            key=_key(paper),
            code=receipt_code(newest.log, newest.seq),
            task=paper.activity if found is None else found[2].title,
            about=about,
            state=state,
            kind=kind,
            need=need if rule is not None else "",
            text=newest.text,
            files=tuple(FileView(name, digest) for name, digest in newest.files),
            criteria=criteria,
            comment=draft.comment if draft is not None else "" if shown is None else shown.comment,
            marks=tuple(self._mark(one) for one in standing.marks) if paper.open else (),
            grades=tuple(self._mark(one) for one in standing.finals) if paper.open else (),
            reason="" if draft is None else draft.reason,
            draft=draft is not None,
            seconds=0 if draft is None else draft.seconds,
            office=paper.office,
            peers=() if heard is None else reviews_shown(heard.reviews, rule),
            peers_about=heard_words(heard),
            peers_late=heard is not None and len(heard.reviews) < heard.asked,
            timing=None if deadline is None or judged is None else self._timing(paper, judged, deadline),
        )

    def _timing(self, paper: Paper, judged: Judged, deadline: Deadline) -> TimingView | None:
        """Lay out the evidence where somebody has to or may decide; of another office its own people do."""
        if not judged.asks or paper.office:
            return None
        newest = paper.standing.newest
        found = self._shelf.find(paper.activity)
        return TimingView(
            _key(paper),
            paper.activity if found is None else found[2].title,
            receipt_code(newest.log, newest.seq),
            evidence_lines(judged.trace, deadline, self._profile.zone()),
            waits=not judged.clock_alone,
        )

    def _mark(self, one: Mark) -> MarkView:
        by = tr("Anda") if one.author == self._profile.person else tr("Penilai lain")
        total = tr("dikembalikan") if one.form is Form.RETURN else points_words(one.total)
        before = points_words(one.before) if one.void else ""
        return MarkView(by, total, one.reason or one.comment, before)


def _given(typed: Typed) -> Given:
    return Given(typed.points, typed.comment, typed.reason, min(max(typed.seconds, 0), SECONDS_LIMIT))


def _named(key: str) -> tuple[bytes, bytes]:
    person, work = (bytes.fromhex(part) for part in key.split(" "))
    return person, work


def _key(paper: Paper) -> str:
    return f"{paper.person.hex()} {paper.standing.newest.work.hex()}"


def _state_words(paper: Paper) -> tuple[str, str]:
    """Say in words how a work stands, and of what kind that is."""
    state = paper.standing.state
    if state is State.GRADED and paper.standing.newer:
        return tr("Dinilai; versi baru datang sesudahnya"), "warn"
    if state is State.SECOND and not paper.mine:
        return tr("Menunggu Anda sebagai penilai kedua"), "info"
    return {
        State.WAITING: (tr("Menunggu dinilai"), "info"),
        State.SECOND: (tr("Menunggu penilai kedua"), "muted"),
        State.AGREED: (tr("Dua penilaian sepakat"), "info"),
        State.MODERATION: (tr("Moderasi: penilaian terlalu jauh berbeda"), "warn"),
        State.RETURNED: (tr("Dikembalikan untuk diperbaiki"), "muted"),
        State.GRADED: (tr("Dinilai"), "ok"),
    }[state]
