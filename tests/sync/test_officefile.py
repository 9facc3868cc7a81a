"""The office file: who opens what, and what a forger, a finder and an older file get."""

import msgspec
import pytest

from sync.journal.keys import LetterKey, SigningKey
from sync.officefile import (
    Cost,
    NipRecord,
    OfficeDraft,
    PersonDraft,
    Role,
    read_office,
    unlock_coordinator,
    write_office,
)
from sync.officefile_codes import check_proof, clean_code, enrolment_check, enrolment_proof, group_code
from sync.refusal import Code, Refusal

CHEAP = Cost(memory=8, passes=1)
LEARNER, LEADER = b"\x01" * 16, b"\x02" * 16
LEARNER_NIP, OLD_NIP, LEADER_NIP = "198609262015051001", "198609262022211001", "197501012000031002"
CENTRE = SigningKey.generate()
OFFICE_KEY = LetterKey.generate()


def draft(**changes):
    people = (
        PersonDraft(LEARNER, (NipRecord(LEARNER_NIP), NipRecord(OLD_NIP)), "Yohana Wenda", "Distrik Abenaho"),
        PersonDraft(LEADER, (NipRecord(LEADER_NIP),), "Markus Itlay", "Distrik Abenaho", Role.COORDINATOR),
    )
    made = OfficeDraft(
        office=b"\x09" * 16,
        name="BKPSDM Yalimo",
        zone="Asia/Jayapura",
        version=1,
        issued=1_760_000_000,
        coordinator="Markus",
        servers=("https://pusat.example",),
        centre_letter=LetterKey.generate().public,
        office_keys={1: OFFICE_KEY.raw},
        units=("Distrik Abenaho",),
        people=people,
        salt=b"s" * 16,
        cost=CHEAP,
    )
    fields = {name: getattr(made, name) for name in OfficeDraft.__slots__}
    return OfficeDraft(**(fields | changes))


@pytest.fixture(scope="module")
def issued():
    data, codes = write_office(draft(), CENTRE)
    return data, {code.person: code for code in codes}


def test_a_new_pc_reads_the_office_and_finds_a_person_by_any_of_their_nips(issued):
    office = read_office(issued[0])
    by_new, by_old = office.find(LEARNER_NIP), office.find(OLD_NIP)
    assert (office.header.name, office.header.centre) == ("BKPSDM Yalimo", CENTRE.public)
    assert by_new == by_old
    assert (by_new.person, by_new.name, by_new.role) == (LEARNER, "Yohana Wenda", "learner")


def test_a_nip_the_roster_does_not_list_finds_nobody(issued):
    assert read_office(issued[0]).find("199001012020121001") is None


def test_a_finder_reads_no_name_and_no_nip_in_the_file(issued):
    for planted in ("Yohana", "Wenda", "Itlay", LEARNER_NIP, OLD_NIP, LEADER_NIP):
        assert planted.encode() not in issued[0]


def test_two_people_cannot_share_a_nip():
    twice = (*draft().people, PersonDraft(b"\x03" * 16, (NipRecord(OLD_NIP),), "Dua", "Distrik"))
    with pytest.raises(Refusal) as caught:
        write_office(draft(people=twice), CENTRE)
    assert caught.value.code is Code.MALFORMED


def test_the_length_of_an_entry_tells_no_name(issued):
    assert len({len(entry) for entry in read_office(issued[0]).header.entries.values()}) == 1


def test_a_learners_code_proves_their_key_to_who_holds_the_verifier_only(issued):
    code = issued[1][LEARNER]
    key, other = SigningKey.generate().public, SigningKey.generate().public
    entry = read_office(issued[0]).find(LEARNER_NIP)
    proof = enrolment_proof(group_code(code.code).lower(), key)
    assert enrolment_check(code.verifier) == entry.check
    assert entry.verifier == b""
    assert check_proof(code.verifier, key, proof)
    assert not check_proof(code.verifier, other, proof)
    assert not check_proof(b"", key, enrolment_proof("", key))


def test_what_a_nip_opens_is_not_enough_to_forge_a_proof(issued):
    entry = read_office(issued[0]).find(LEARNER_NIP)
    verifier = issued[1][LEARNER].verifier
    assert verifier not in msgspec.msgpack.encode(entry)
    assert verifier not in issued[0]


def test_the_coordinators_long_code_opens_their_keys_and_the_desk(issued):
    office = read_office(issued[0])
    entry = office.find(LEADER_NIP)
    keys = unlock_coordinator(entry, issued[1][LEADER].code)
    names = {person.name: person.verifier for person in office.desk(keys.office[1])}
    assert keys.signing.public == office.header.coordinators[0].signing
    assert names == {"Yohana Wenda": issued[1][LEARNER].verifier, "Markus Itlay": issued[1][LEADER].verifier}


def test_another_code_or_another_person_opens_no_keys(issued):
    office = read_office(issued[0])
    assert unlock_coordinator(office.find(LEADER_NIP), issued[1][LEARNER].code) is None
    assert unlock_coordinator(office.find(LEARNER_NIP), issued[1][LEADER].code) is None
    assert unlock_coordinator(office.find(LEADER_NIP), "ü?") is None


def test_an_office_key_of_another_generation_opens_no_desk(issued):
    with pytest.raises(Refusal) as caught:
        read_office(issued[0]).desk(LetterKey.generate())
    assert caught.value.code is Code.RECIPIENT


def test_a_later_version_keeps_codes_on_paper_and_hands_over_a_new_office_key(issued):
    fresh = LetterKey.generate()
    people = tuple(
        PersonDraft(
            one.person,
            one.nips,
            one.name,
            one.unit,
            one.role,
            verifier=issued[1][one.person].verifier,
            coordinator=issued[1][one.person].coordinator,
        )
        for one in draft().people
    )
    data, codes = write_office(
        draft(version=2, people=people, office_keys={1: OFFICE_KEY.raw, 2: fresh.raw}), CENTRE
    )
    office = read_office(data)
    keys = unlock_coordinator(office.find(LEADER_NIP), issued[1][LEADER].code)
    assert codes == ()
    assert sorted(keys.office) == [1, 2]
    assert len(office.desk(keys.office[2])) == 2
    assert sorted(office.office_keys(LEADER, keys.letter)) == [1, 2]
    assert office.office_keys(LEARNER, keys.letter) == {}


def test_a_file_of_another_centre_is_refused_once_a_centre_is_known(issued):
    assert read_office(issued[0], CENTRE.public).header.version == 1
    with pytest.raises(Refusal) as caught:
        read_office(issued[0], SigningKey.generate().public)
    assert caught.value.code is Code.SIGNATURE


def test_every_flipped_byte_is_refused(issued):
    data = issued[0]
    for place in range(0, len(data), max(1, len(data) // 400)):
        bent = bytearray(data)
        bent[place] ^= 0x20
        with pytest.raises(Refusal):
            read_office(bytes(bent))


def test_a_cut_or_foreign_file_is_refused(issued):
    for odd in (b"", issued[0][:20], issued[0][:-1], issued[0] + b"x", b"PK\x03\x04" + issued[0]):
        with pytest.raises(Refusal):
            read_office(odd)


def test_a_hostile_price_for_one_guess_is_refused():
    data, _ = write_office(draft(people=(), cost=Cost(memory=512 * 1024, passes=1)), CENTRE)
    with pytest.raises(Refusal) as caught:
        read_office(data)
    assert caught.value.code is Code.MALFORMED


def test_hands_and_eyes_may_misread_a_code():
    assert clean_code(" o1il-8h2k ") == "01118H2K"
    assert clean_code("U2") == ""
    assert group_code("ABCDEFGHJKMN") == "ABCD-EFGH-JKMN"
