"""Jejak audit at this PC: noting that a person was looked at or a paper went out, and what was done."""

from datetime import datetime

from desktop.store.facts import Scope
from desktop.store.profile import Profile
from sync.folds.trail import KINDS_OF_TRAIL, OF_TERMS, TAKEN, VIEWED, Deed, Step, Taken, trail, upcoming
from sync.journal.passing import to_one
from sync.retention import Term


def note_taken(profile: Profile, what: Taken, people: int) -> None:
    """State that something with the names of so many people leaves the program."""
    if profile.keys.office:
        profile.record(TAKEN, what=what.value, people=people)


def note_viewed(profile: Profile, person: bytes) -> bool:
    """State that a coordinator looks at a person, once a day for each; tells whether it was stated now.

    Only the person and the desks of the office read it, however it travels. Whoever looks at the own page is
    not noted.
    """
    office, zone = profile.store.office(), profile.zone()
    if office is None or not profile.keys.office or person == profile.person:
        return False
    today = datetime.fromtimestamp(profile.store.now(), zone).date()
    for fact in profile.facts(Scope.OWN, kinds=(VIEWED,)):
        same = fact.statement.fields.get("person") == person
        if same and datetime.fromtimestamp(fact.wall, zone).date() == today:
            return False
    readers = (office.header.centre_letter, office.header.office_letter)
    profile.record(VIEWED, **to_one(VIEWED, person, {"day": today.toordinal()}, readers))
    return True


def office_trail(profile: Profile) -> tuple[Step, ...]:
    """List what was done with data of people of this office, as far as this desk has heard, newest first."""
    found = trail(profile.facts(kinds=KINDS_OF_TRAIL), profile.authority())
    return tuple(one for one in found if not _by_itself(one))


def endings_told(profile: Profile) -> tuple[Step, ...]:
    """List what PCs of this office will delete at the end of its term, as far as this desk has heard."""
    facts = profile.facts(kinds=[one.value for one in OF_TERMS])
    found = upcoming(trail(facts, profile.authority()), profile.store.now()) if facts else ()
    return tuple(one for one in found if one.what != Term.COPY.value)  # no one's work, and often


def own_trail(profile: Profile) -> tuple[Step, ...]:
    """List what others did with this person's data, as far as this PC has heard; the newest first."""
    known = profile.authority()
    me = known.aliases.of(profile.person)
    found = trail(profile.facts(kinds=KINDS_OF_TRAIL), known, me)
    return tuple(one for one in found if one.by != me and one.concerns(me) and not _by_itself(one))


def _by_itself(step: Step) -> bool:
    """The centre vouches by itself for whoever has typed a right code: nobody looked at anything."""
    return step.centre and step.deed is Deed.VOUCHED
