"""Riwayat kontak: when a coordinator spoke with somebody, by which way, and a note for the desk alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from desktop.office.stick_words import without_key
from sync.journal.keys import LetterKey
from sync.journal.secret_fields import opened, seal_fields
from sync.journal.statement import Fact
from sync.refusal import Refusal

if TYPE_CHECKING:
    from desktop.store.profile import Profile

NOTED = "follow.noted"
NOTE_LIMIT = 200
"""Letters of a note."""


class Way(Enum):
    """By which way a coordinator reached somebody; the value is stable in what is stated."""

    TALK = "talk"
    PHONE = "phone"
    MESSAGE = "message"
    SUPERIOR = "superior"
    UNREACHED = "unreached"
    """They were tried and not reached: that is worth knowing too."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One word with a person: day, way, note, who noted it at Unix `at`, and whether the centre has it."""

    person: bytes
    day: date
    way: Way
    note: str
    by: bytes
    at: int
    at_centre: bool


def note_contact(profile: "Profile", person: bytes, day: date, way: Way, note: str) -> None:
    """State that there was a word with a person; only desks of this office can read what was said.

    Raises Problem for whoever is no coordinator.
    """
    office = profile.store.office()
    if office is None or not profile.keys.office:
        raise without_key()
    said = {"day": day.toordinal(), "way": way.value, "note": note.strip()[:NOTE_LIMIT]}
    sealed = seal_fields(NOTED, said, (office.header.office_letter,))
    profile.record(NOTED, person=person, sealed=sealed)


def contacts(profile: "Profile") -> Mapping[bytes, tuple[Contact, ...]]:
    """Read the contact log of this office by person, the newest first, with what deputies noted."""
    known = profile.authority()
    facts = known.accepted(profile.facts(kinds=(NOTED,)))
    acked = profile.store.outbox.acks()
    found: dict[bytes, dict[tuple[int, int, bytes], Contact]] = {}
    for fact in facts:
        one = _contact(fact, profile.keys.office.values(), acked, known.person_of(fact.header.profile) or b"")
        if one is not None:
            person = known.aliases.of(one.person)
            said = fact.statement
            kept = found.setdefault(person, {})
            before = kept.get((said.log, said.seq, said.digest))
            if before is None or one.at_centre:
                kept[said.log, said.seq, said.digest] = one
    return {
        person: tuple(
            one for _, one in sorted(kept.items(), key=lambda each: (each[1].day, each[1].at, each[0]))[::-1]
        )
        for person, kept in found.items()
    }


def _contact(fact: Fact, keys: Iterable[LetterKey], acked: Mapping[int, int], by: bytes) -> Contact | None:
    """Open one word with any office key held; none where it cannot be read or says nothing."""
    for key in keys:
        try:
            said = opened(fact, key).statement.fields
        except Refusal:
            continue
        person, day, way, note = said.get("person"), said.get("day"), said.get("way"), said.get("note")
        if not (isinstance(person, bytes) and isinstance(day, int) and isinstance(note, str)):
            return None
        at_centre = fact.endorsed or acked.get(fact.statement.log, 0) >= fact.statement.seq
        try:
            return Contact(person, date.fromordinal(day), Way(way), note, by, fact.wall, at_centre)
        except (ValueError, OverflowError):
            return None
    return None
