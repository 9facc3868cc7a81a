"""Work of other offices that this trainer was lent to: what the centre passed on, while the lending holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from desktop.store.facts import Scope
from desktop.store.profile import Profile
from sync.folds.assignments import Submission
from sync.folds.criteria import Voided
from sync.folds.lent import LENT, LENT_UNTIL, WORK, lent_file, lent_now, lent_until, lent_voided, lent_works
from sync.journal.authority import Authority
from sync.journal.ending import OPEN_END
from sync.journal.passing import PASSED, Passed, passed


@dataclass(frozen=True, slots=True)
class LentHere:
    """By person and activity what was handed in, oldest first, and where; names and markers by office."""

    works: Mapping[tuple[bytes, str], tuple[Submission, ...]] = field(default_factory=dict)
    office: Mapping[tuple[bytes, str], bytes] = field(default_factory=dict)
    names: Mapping[bytes, str] = field(default_factory=dict)
    markers: Mapping[bytes, tuple[bytes, ...]] = field(default_factory=dict)
    words: tuple[Passed, ...] = ()

    def voided(self, office: bytes) -> Voided:
        """Tell which criteria the trainers of that office voided."""
        return lent_voided(self.words, office)


def lent_here(profile: Profile, known: Authority) -> LentHere:
    """Read the work of the offices this trainer is lent to now; of one that called them back nothing."""
    now = _offices(profile, known)
    if not now:
        return LentHere()
    words = _words(profile, known)
    found: dict[tuple[bytes, str], dict[tuple[int, int, int], Submission]] = {}
    office: dict[tuple[bytes, str], bytes] = {}
    markers: dict[bytes, tuple[bytes, ...]] = {}
    for one in lent_works(words):
        if one.office in now:
            key = one.submission.person, one.submission.activity
            found.setdefault(key, {})[one.submission.place] = one.submission
            office[key] = one.office
            markers[one.office] = tuple(sorted({*markers.get(one.office, ()), *one.markers}))
    works = {key: tuple(of[place] for place in sorted(of)) for key, of in found.items()}
    return LentHere(works, office, now, markers, words)


def lent_to(profile: Profile, known: Authority) -> frozenset[bytes]:
    """Tell who of other offices marks for this one."""
    office = profile.store.office()
    facts = known.accepted(profile.facts(Scope.OFFICE, kinds=(LENT, LENT_UNTIL)))
    own = b"" if office is None else office.header.office
    return frozenset(
        known.aliases.of(person) for where, person in lent_now(facts, profile.store.now()) if where == own
    )


def lent_days(profile: Profile) -> tuple[tuple[str, date], ...]:
    """Give each office this trainer is lent to now for which a last day was named, the nearest first."""
    known = profile.authority()
    facts = known.accepted(profile.facts(Scope.PERSON, kinds=(LENT, LENT_UNTIL)))
    now, ends = _offices(profile, known), lent_until(facts)
    found = [
        (name, datetime.fromtimestamp(after, profile.zone()).date())
        for where, name in now.items()
        for (place, _), after in ends.items()
        if place == where and after != OPEN_END
    ]
    return tuple(sorted(set(found), key=lambda one: (one[1], one[0])))


def lent_file_here(profile: Profile, digest: bytes) -> bytes | None:
    """Give a file handed in at an office this trainer is lent to now; None until all its parts have come."""
    known = profile.authority()
    now = _offices(profile, known)
    return lent_file((one for one in _words(profile, known) if one.fields.get("office") in now), digest).data


def _offices(profile: Profile, known: Authority) -> dict[bytes, str]:
    facts = known.accepted(profile.facts(Scope.PERSON, kinds=(LENT, LENT_UNTIL)))
    mine = {profile.person, known.aliases.of(profile.person)}
    here = lent_now(facts, profile.store.now())
    return {where: name for (where, person), name in here.items() if person in mine}


def _words(profile: Profile, known: Authority) -> tuple[Passed, ...]:
    return passed(known.accepted(profile.facts(Scope.PERSON, kinds=(PASSED,))), *WORK)
