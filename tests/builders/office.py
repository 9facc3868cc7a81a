"""An invented office: a centre's keys, a signed office file with a coordinator and learners, and their codes."""

from dataclasses import dataclass

from sync.journal.keys import LetterKey, SigningKey
from sync.officefile import Cost, NipRecord, OfficeDraft, PersonDraft, Role, write_office

YOHANA, MARKUS, DINA = "198609262015051001", "197501012000031002", "199102172025242009"
PEOPLE = {YOHANA: "Yohana Wenda", MARKUS: "Markus Itlay", DINA: "Dina Kambuaya"}


@dataclass
class Office:
    """A centre with one office; `issue` writes the file anew, with a higher version and changes."""

    centre: SigningKey
    letter: LetterKey
    keys: dict[int, LetterKey]
    raw: bytes
    codes: dict[str, str]
    people: tuple[PersonDraft, ...]

    def person(self, nip):
        return next(one.person for one in self.people if one.nips[0].nip == nip)

    def issue(self, version, **changes):
        fields = {
            "office": b"\x0f" * 16,
            "name": "Distrik Abenaho",
            "zone": "Asia/Jayapura",
            "version": version,
            "issued": 1_790_000_000 + version,
            "coordinator": "Markus",
            "servers": ("http://127.0.0.1:9",),
            "centre_letter": self.letter.public,
            "office_keys": {generation: key.raw for generation, key in self.keys.items()},
            "units": ("Distrik Abenaho",),
            "people": self.people,
            "salt": b"s" * 16,
            "cost": Cost(8, 1),
        }
        return write_office(OfficeDraft(**(fields | changes)), self.centre)


def new_office():
    """Make a centre with an office of one coordinator and two learners; codes by NIP."""
    people = tuple(
        PersonDraft(
            bytes([number]) * 16,
            (NipRecord(nip),),
            PEOPLE[nip],
            "Distrik Abenaho",
            Role.COORDINATOR if nip == MARKUS else Role.LEARNER,
        )
        for number, nip in enumerate(PEOPLE, 1)
    )
    office = Office(SigningKey.generate(), LetterKey.generate(), {1: LetterKey.generate()}, b"", {}, people)
    office.raw, codes = office.issue(1)
    made = {code.person: code for code in codes}
    office.codes = {one.nips[0].nip: made[one.person].code for one in people}
    office.people = tuple(
        PersonDraft(
            one.person,
            one.nips,
            one.name,
            one.unit,
            one.role,
            verifier=made[one.person].verifier,
            coordinator=made[one.person].coordinator,
        )
        for one in people
    )
    return office
