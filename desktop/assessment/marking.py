"""Penilaian: what was handed in, marked offline by rubric, by one or by two, and settled with a reason."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from desktop.assessment.lent import lent_file_here, lent_here
from desktop.assessment.marks import marks_known, state
from desktop.assessment.voiding import reasons, ruled, void_criterion, voided_here
from desktop.errors import Problem
from desktop.language import tr
from desktop.store.files import file_of
from desktop.store.profile import Profile
from sync.folds.assignments import (
    PART,
    SUBMITTED,
    Form,
    Mark,
    Rule,
    Standing,
    State,
    agreed,
    standing,
    submissions,
)
from sync.folds.criteria import Points


@dataclass(frozen=True, slots=True)
class Paper:
    """One person's assignment in the queue. `mine` are this trainer's own marks of the work that counts.

    `voided` are criteria of its version that count no more, with the reason of each. Marks of others are
    shown only to who has given their own: a second marker judges by themselves. `office` names the other
    office whose learner it is, to which this trainer is lent; empty for the own.
    """

    person: bytes
    activity: str
    standing: Standing
    mine: tuple[Mark, ...]
    voided: Mapping[str, str] = field(default_factory=dict)
    office: str = ""

    @property
    def open(self) -> bool:
        """Whether the marks of others may be seen: after the own, or once it is settled."""
        return bool(self.mine) or self.standing.state not in {State.WAITING, State.SECOND}

    @property
    def waits(self) -> bool:
        """Whether this trainer has something to do."""
        state = self.standing.state
        if state in {State.AGREED, State.MODERATION}:
            return True
        return state is State.WAITING or (state is State.SECOND and not self.mine)


@dataclass(frozen=True, slots=True)
class Given:
    """What a trainer gives: whole points by criterion, a comment, and a reason where one is asked for.

    `seconds` is how long they worked on it.
    """

    points: tuple[tuple[str, int], ...] = ()
    comment: str = ""
    reason: str = ""
    seconds: int = 0

    @property
    def hundredths(self) -> Points:
        """What is given, in hundredths of a point."""
        return tuple((name, 100 * points) for name, points in self.points)


def queue(profile: Profile, rules: Callable[[str], Rule | None]) -> tuple[Paper, ...]:
    """Read what waits first, then the rest; an activity without a rule here (no pack) has the usual one.

    Nobody marks their own work.
    """
    known = profile.authority()
    facts = known.accepted(profile.facts(kinds=(SUBMITTED,)))
    marks, words = marks_known(profile, known), voided_here(profile)
    me = known.aliases.of(profile.person)
    elsewhere = lent_here(profile, known)
    handed = {**submissions(facts, known.person_of), **elsewhere.works}
    papers = []
    for (person, activity), versions in handed.items():
        if person == me:
            continue
        office = elsewhere.office.get((person, activity))
        here = words if office is None else elsewhere.voided(office)
        of = [one for one in marks if (one.person, one.activity) == (person, activity)]
        found = standing(versions, of, ruled(rules(activity) or Rule(), here, activity))
        if found is not None:
            mine = tuple(one for one in found.marks if one.author == me)
            name = "" if office is None else elsewhere.names[office]
            papers.append(Paper(person, activity, found, mine, reasons(here, found.submission), name))
    return tuple(sorted(papers, key=lambda one: (not one.waits, one.activity, one.standing.newest.work)))


def mark(profile: Profile, paper: Paper, given: Given, rule: Rule) -> None:
    """Give marks by the rubric; where they are the only ones asked for, or agree with those here, the grade.

    Whoever marks against a difference that is too great only marks: it goes to moderation.
    """
    work = paper.standing.newest.work
    turn = 1 + max((one.round for one in paper.mine), default=0)
    mine = _made(profile, paper, Form.MARK, work, given, turn)
    version = paper.standing.newest.version
    rule = replace(rule, gone=frozenset((version, name) for name in paper.voided))
    after = standing([paper.standing.newest], [*_told_of(profile, paper), mine], rule)
    made = [mine]
    if after is not None and after.state is State.AGREED:
        final = replace(_final(profile, paper, given, work), seconds=0)
        made.append(_with_points(final, agreed(after.marks)))
    state(profile, made)


def agree(profile: Profile, paper: Paper) -> None:
    """State the grade of marks that met on their ways and agree: their mean."""
    marks = paper.standing.marks
    own = max(paper.mine or marks, key=lambda one: one.round)
    final = _final(profile, paper, Given(comment=own.comment), paper.standing.submission.work)
    state(profile, [_with_points(final, agreed(marks))])


def settle(profile: Profile, paper: Paper, given: Given) -> None:
    """Settle a difference, or grade anew: what was given before stays, and this says why. Raises Problem."""
    if not given.reason.strip():
        raise Problem(
            tr("Alasan belum ditulis."),
            tr("Nilai akhir yang berbeda dari penilaian sebelumnya selalu disertai alasan."),
        )
    work = paper.standing.newest.work
    state(profile, [_final(profile, paper, given, work)])


def send_back(profile: Profile, paper: Paper, comment: str, seconds: int = 0) -> None:
    """Return a work for revision, with what is to be better. Raises Problem without a word of it."""
    if not comment.strip():
        raise Problem(tr("Komentar belum ditulis."), tr("Tulis apa yang perlu diperbaiki."))
    given, work = Given(comment=comment, seconds=seconds), paper.standing.newest.work
    state(profile, [_made(profile, paper, Form.RETURN, work, given, _turn(paper))])


def void(profile: Profile, paper: Paper, criterion: str, reason: str) -> None:
    """Void a criterion of the rubric that this work was handed in under, for everybody. Raises Problem.

    Who is lent to an office voids nothing there: that is for its own trainers.
    """
    if paper.office:
        raise Problem(
            tr("Kriteria ini milik {kantor}.").format(kantor=paper.office),
            tr("Hanya widyaiswara kantor itu yang dapat membatalkannya."),
        )
    version = paper.standing.submission.version
    void_criterion(profile, paper.activity, version, criterion, reason)


def paper_file(profile: Profile, digest: bytes) -> bytes | None:
    """Give a file that was handed in; None until all of its parts have come."""
    here = file_of(profile, digest, PART).data
    return lent_file_here(profile, digest) if here is None else here


def _final(profile: Profile, paper: Paper, given: Given, work: bytes) -> Mark:
    return _made(profile, paper, Form.FINAL, work, given, _turn(paper))


def _turn(paper: Paper) -> int:
    return 1 + max((one.round for one in paper.standing.finals), default=0)


def _made(profile: Profile, paper: Paper, form: Form, work: bytes, given: Given, turn: int) -> Mark:
    return Mark(
        secrets.token_bytes(16),
        form,
        profile.person,
        paper.person,
        paper.activity,
        work,
        given.hundredths,
        sum(points for _, points in given.hundredths),
        given.comment.strip(),
        given.reason.strip(),
        turn,
        0,
        given.seconds,
    )


def _with_points(final: Mark, points: Points) -> Mark:
    return replace(final, points=points, total=sum(given for _, given in points))


def _told_of(profile: Profile, paper: Paper) -> Sequence[Mark]:
    return [
        one
        for one in marks_known(profile, profile.authority())
        if (one.person, one.activity) == (paper.person, paper.activity)
    ]
