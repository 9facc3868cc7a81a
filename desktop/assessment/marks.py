"""Marks on their way: told to every trainer of the office and to the learner, and read back each once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from desktop.assessment.lent import LentHere, lent_here, lent_to
from desktop.errors import Problem
from desktop.language import tr
from desktop.store.facts import Scope
from desktop.store.profile import Profile
from sync.folds.assignments import GRADED, MARKED, Form, Mark, mark_fields, read_mark
from sync.folds.order import octets
from sync.journal.authority import Authority
from sync.journal.passing import passed, to_one
from sync.journal.secret_fields import open_fields
from sync.journal.statement import Fact, Value
from sync.refusal import Refusal

TRAINER = "trainer"


def state(profile: Profile, made: Sequence[Mark]) -> None:
    """Tell every trainer who marks there, oneself too, and the learner what is for them: all or nothing.

    Raises Problem where this PC knows no office yet.
    """
    office = profile.store.office()
    if office is None:
        raise Problem(tr("Komputer ini belum mengenal kantor."), tr("Pasang berkas kantor dahulu."))
    known = profile.authority()
    centre, own = office.header.centre_letter, profile.keys.letter.public
    elsewhere = lent_here(profile, known)
    items: list[tuple[str, Mapping[str, Value]]] = []
    for one in made:
        said = mark_fields(one)
        items += [
            (MARKED, to_one(MARKED, trainer, said, (centre, own)))
            for trainer in _markers(profile, known, elsewhere, one)
        ]
        if one.form is not Form.MARK:
            items.append((GRADED, to_one(GRADED, one.person, said, (centre, own))))
    profile.record_all(items)


def tell_newcomers(profile: Profile) -> bool:
    """Tell own marks to trainers who were not vouched for when they were given; whether there were any.

    Nobody is told twice: to whom a mark went stands in clear beside what is sealed.
    """
    office = profile.store.office()
    given = profile.facts(Scope.OWN, Scope.PERSON, kinds=(MARKED,))
    if office is None or not given:
        return False
    known = profile.authority()
    told: dict[bytes, set[bytes]] = {}
    made: dict[bytes, Mark] = {}
    for fact in known.accepted(given):
        one = _own(profile, fact)
        if one is not None:
            made[one.id] = one
            told.setdefault(one.id, set()).add(known.aliases.of(octets(fact, "person")))
    readers = office.header.centre_letter, profile.keys.letter.public
    elsewhere = lent_here(profile, known)
    items = [
        (MARKED, to_one(MARKED, trainer, mark_fields(one), readers))
        for one in made.values()
        for trainer in _markers(profile, known, elsewhere, one)
        if trainer not in told[one.id]
    ]
    if items:
        profile.record_all(items)
    return bool(items)


def marks_known(profile: Profile, known: Authority) -> tuple[Mark, ...]:
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


def _markers(profile: Profile, known: Authority, elsewhere: LentHere, of: Mark) -> tuple[bytes, ...]:
    """Return who is told a mark: all who mark at the office of the work, and its author."""
    office = elsewhere.office.get((of.person, of.activity))
    if office is not None:
        return tuple(sorted({*elsewhere.markers.get(office, ()), profile.person}))
    people = {holder.person for holder in known.holders.values() if TRAINER in holder.roles}
    own = {known.aliases.of(person) for person in people} | {profile.person}
    return tuple(sorted(own | lent_to(profile, known)))


def _own(profile: Profile, fact: Fact) -> Mark | None:
    sealed = fact.statement.fields.get("sealed")
    for key in (profile.keys.letter, *profile.keys.letters):
        try:
            said = open_fields(MARKED, sealed if isinstance(sealed, bytes) else b"", key)
        except Refusal:
            continue
        return read_mark(said, profile.person, fact.wall)
    return None
