"""Penilaian: what was handed in, marked offline by rubric, by one or by two, and settled with a reason."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.errors import Problem
from desktop.language import tr
from desktop.store.facts import Scope
from desktop.store.files import file_of
from desktop.store.profile import Profile
from sync.folds.assignments import (
    GRADED,
    MARKED,
    PART,
    SUBMITTED,
    Form,
    Mark,
    Rule,
    Standing,
    State,
    agreed,
    mark_fields,
    read_mark,
    standing,
    submissions,
)
from sync.journal.authority import Authority
from sync.journal.passing import passed, to_one
from sync.journal.secret_fields import open_fields
from sync.journal.statement import Fact, Value
from sync.refusal import Refusal

TRAINER = "trainer"


@dataclass(frozen=True, slots=True)
class Paper:
    """One person's assignment in the queue. `mine` are this trainer's own marks of the work that counts.

    Marks of others are shown only to who has given their own: a second marker judges by themselves.
    """

    person: bytes
    activity: str
    standing: Standing
    mine: tuple[Mark, ...]

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
    """What a trainer gives: whole points by criterion, a comment, and a reason where one is asked for."""

    points: tuple[tuple[str, int], ...] = ()
    comment: str = ""
    reason: str = ""

    @property
    def total(self) -> int:
        """The sum, in hundredths of a point."""
        return 100 * sum(points for _, points in self.points)


def queue(profile: Profile, rules: Callable[[str], Rule | None]) -> tuple[Paper, ...]:
    """Read what waits first, then the rest; an activity without a rule here (no pack) has the usual one.

    Nobody marks their own work.
    """
    known = profile.authority()
    facts = known.accepted(profile.facts(kinds=(SUBMITTED,)))
    marks = _marks(profile, known)
    me = known.aliases.of(profile.person)
    papers = []
    for (person, activity), versions in submissions(facts, known.person_of).items():
        if person == me:
            continue
        of = [one for one in marks if (one.person, one.activity) == (person, activity)]
        found = standing(versions, of, rules(activity) or Rule())
        if found is not None:
            mine = tuple(one for one in found.marks if one.author == me)
            papers.append(Paper(person, activity, found, mine))
    return tuple(sorted(papers, key=lambda one: (not one.waits, one.activity, one.standing.newest.work)))


def mark(profile: Profile, paper: Paper, given: Given, rule: Rule) -> None:
    """Give marks by the rubric; where they are the only ones asked for, or agree with those here, the grade.

    Whoever marks against a difference that is too great only marks: it goes to moderation.
    """
    work = paper.standing.newest.work
    turn = 1 + max((one.round for one in paper.mine), default=0)
    mine = _made(profile, paper, Form.MARK, work, given, turn)
    after = standing([paper.standing.newest], [*_told_of(profile, paper), mine], rule)
    made = [mine]
    if after is not None and after.state is State.AGREED:
        made.append(replace(_final(profile, paper, given, work), total=agreed(after.marks)))
    _state(profile, made)


def agree(profile: Profile, paper: Paper) -> None:
    """State the grade of marks that met on their ways and agree: their mean."""
    marks = paper.standing.marks
    own = max(paper.mine or marks, key=lambda one: one.round)
    given = Given(own.points if len(marks) == 1 else (), own.comment)
    final = _final(profile, paper, given, paper.standing.submission.work)
    _state(profile, [replace(final, total=agreed(marks))])


def settle(profile: Profile, paper: Paper, given: Given) -> None:
    """Settle a difference, or grade anew: what was given before stays, and this says why. Raises Problem."""
    if not given.reason.strip():
        raise Problem(
            tr("Alasan belum ditulis."),
            tr("Nilai akhir yang berbeda dari penilaian sebelumnya selalu disertai alasan."),
        )
    work = paper.standing.newest.work
    _state(profile, [_final(profile, paper, given, work)])


def send_back(profile: Profile, paper: Paper, comment: str) -> None:
    """Return a work for revision, with what is to be better. Raises Problem without a word of it."""
    if not comment.strip():
        raise Problem(tr("Komentar belum ditulis."), tr("Tulis apa yang perlu diperbaiki."))
    given, work = Given(comment=comment), paper.standing.newest.work
    _state(profile, [_made(profile, paper, Form.RETURN, work, given, _turn(paper))])


def paper_file(profile: Profile, digest: bytes) -> bytes | None:
    """Give a file that was handed in; None until all of its parts have come."""
    return file_of(profile, digest, PART).data


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
        given.points,
        given.total,
        given.comment.strip(),
        given.reason.strip(),
        turn,
        0,
    )


def _told_of(profile: Profile, paper: Paper) -> Sequence[Mark]:
    return [
        one
        for one in _marks(profile, profile.authority())
        if (one.person, one.activity) == (paper.person, paper.activity)
    ]


def _state(profile: Profile, made: Sequence[Mark]) -> None:
    """Tell every trainer of the office, oneself too, and the learner what is for them: all or nothing."""
    office = profile.store.office()
    if office is None:
        raise Problem(tr("Komputer ini belum mengenal kantor."), tr("Pasang berkas kantor dahulu."))
    known = profile.authority()
    centre, own = office.header.centre_letter, profile.keys.letter.public
    items: list[tuple[str, Mapping[str, Value]]] = []
    for one in made:
        said = mark_fields(one)
        items += [
            (MARKED, to_one(MARKED, trainer, said, (centre, own))) for trainer in _trainers(profile, known)
        ]
        if one.form is not Form.MARK:
            items.append((GRADED, to_one(GRADED, one.person, said, (centre, own))))
    profile.record_all(items)


def _trainers(profile: Profile, known: Authority) -> tuple[bytes, ...]:
    people = {holder.person for holder in known.holders.values() if TRAINER in holder.roles}
    return tuple(sorted({known.aliases.of(person) for person in people} | {profile.person}))


def _marks(profile: Profile, known: Authority) -> tuple[Mark, ...]:
    """Read every mark this trainer has given or was told of, each once; persons as who they are today."""
    found: dict[bytes, Mark] = {}
    letters = known.accepted(profile.facts(Scope.PERSON, kinds=("letter.passed",)))
    for word in passed(letters, MARKED):
        one = read_mark(word.fields, word.author, word.at)
        if one is not None:
            found.setdefault(one.id, one)
    for fact in known.accepted(profile.facts(Scope.OWN, Scope.PERSON, kinds=(MARKED,))):
        one = _own(profile, fact)
        if one is not None:
            found.setdefault(one.id, one)
    aliases = known.aliases
    return tuple(
        replace(one, person=aliases.of(one.person), author=aliases.of(one.author)) for one in found.values()
    )


def _own(profile: Profile, fact: Fact) -> Mark | None:
    sealed = fact.statement.fields.get("sealed")
    for key in (profile.keys.letter, *profile.keys.letters):
        try:
            said = open_fields(MARKED, sealed if isinstance(sealed, bytes) else b"", key)
        except Refusal:
            continue
        return read_mark(said, profile.person, fact.wall)
    return None
