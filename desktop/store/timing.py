"""When work was handed in, as this profile knows: the evidence, what people decided, and deciding it."""

from collections.abc import Iterable, Iterator, Mapping

from desktop.errors import Problem
from desktop.language import tr
from desktop.store.facts import Scope
from desktop.store.profile import Profile
from sync.folds.assignments import Submission
from sync.folds.deadlines import (
    DECIDED,
    DECISIONS,
    KINDS_OF_TIME,
    REASON_LIMIT,
    SHOWN,
    Deadline,
    Decision,
    Judged,
    Place,
    Trace,
    Verdict,
    by_clock_alone,
    decision_fields,
    decision_of,
    in_force,
    judge,
    traces,
)
from sync.folds.order import octets
from sync.journal.authority import Authority
from sync.journal.keys import LetterKey
from sync.journal.passing import PASSED, passed
from sync.journal.secret_fields import open_fields
from sync.journal.statement import Fact, Value
from sync.refusal import Refusal

TRAINER = "trainer"


class Times:
    """What a profile knows of the time of all work it may read; made anew for each look."""

    def __init__(self, profile: Profile) -> None:
        self.known = profile.authority()
        counted = self.known.accepted(profile.facts(kinds=KINDS_OF_TIME))
        self._traces: Mapping[Place, Trace] = traces(counted, self.known.person_of)
        self._decided = in_force(_decisions(profile, self.known))

    def judged(self, work: Submission, deadline: Deadline) -> Judged:
        """Judge a work; of another office's, whose clock is not known here, goes by what it says itself."""
        trace = self._traces.get((work.profile, work.log, work.seq), Trace(work.at, received=work.at))
        person = self.known.aliases.of(work.person)
        decided = self._decided.get((person, work.log, work.seq))
        return Judged(judge(trace, deadline), trace, decided, by_clock_alone(trace, deadline))


def decide(profile: Profile, work: Submission, verdict: Verdict, reason: str) -> None:
    """State whether a work counts as on time, for its learner, the desks and who marks here. Raises Problem.

    Nobody else reads it but the centre. Nobody decides of their own work.
    """
    office = profile.store.office()
    if office is None:
        raise Problem(tr("Komputer ini belum mengenal kantor."), tr("Pasang berkas kantor dahulu."))
    if not reason.strip() or len(reason) > REASON_LIMIT:
        raise Problem(tr("Alasan belum ditulis."), tr("Peserta dan penilai membaca alasan ini."))
    known = profile.authority()
    me, learner = known.aliases.of(profile.person), known.aliases.of(work.person)
    if me == learner:
        raise Problem(
            tr("Waktu tugas sendiri tidak dapat diputuskan sendiri."),
            tr("Minta koordinator lain atau widyaiswara."),
        )
    of = (work.log, work.seq)
    before = [one.counter for one in _decisions(profile, known) if (one.learner, one.of) == (learner, of)]
    said = Decision(
        max(before, default=0) + 1, 0, 0, 0, learner, of, verdict.value, " ".join(reason.split()), me
    )
    readers = (office.header.centre_letter, office.header.office_letter, profile.keys.letter.public)
    markers = {one.person for one in known.holders.values() if TRAINER in one.roles}
    people = {known.aliases.of(one) for one in (*markers, *known.roots.coordinators.values())}
    items: list[tuple[str, Mapping[str, Value]]] = [
        (DECIDED if to == learner else SHOWN, decision_fields(to, learner, said, readers))
        for to in (learner, *sorted(people - {learner, me}))
    ]
    profile.record_all(items)


def _decisions(profile: Profile, known: Authority) -> Iterator[Decision]:
    """Read decisions that count: what the centre passed on, one's own, and at a desk all of the office's."""
    aliases = known.aliases
    letters = known.accepted(profile.facts(Scope.PERSON, kinds=(PASSED,)))
    for word in passed(letters, *DECISIONS):
        found = decision_of(word.fields, word.author, word.at, word.log, word.seq)
        if found is not None and aliases.of(found.learner) != aliases.of(found.author):
            yield found._replace(learner=aliases.of(found.learner))
    keys = (*profile.keys.office.values(), profile.keys.letter, *profile.keys.letters)
    for fact in known.accepted(profile.facts(kinds=DECISIONS)):
        author, fields = known.author_of(fact), _opened(fact, keys)
        if author is None or fields is None:
            continue
        found = decision_of(fields, author, fact.wall, fact.statement.log, fact.statement.seq)
        if found is not None and aliases.of(found.learner) != aliases.of(author):
            yield found._replace(learner=aliases.of(found.learner))


def _opened(fact: Fact, keys: Iterable[LetterKey]) -> Mapping[str, object] | None:
    for key in keys:
        try:
            return open_fields(fact.statement.kind, octets(fact, "sealed"), key)
        except Refusal:
            continue
    return None
