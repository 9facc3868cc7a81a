"""The office file changes while people work: roles, the office's key, and a deputy with the paper from the safe."""

import dataclasses
from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec
import pytest

from desktop.errors import Problem
from desktop.office.desk import Desk
from desktop.people import handover
from desktop.people.handover import is_newer
from desktop.people.office import adopt_office
from desktop.people.profiles import SignUp, enrol_later, sign_in, sign_up
from desktop.people.vouching import WaitingKey, finish, reset_codes, vouch
from desktop.store.facts import Scope
from desktop.store.keyring import lock_by_pin, new_keyring, unlock_by_pin
from desktop.store.wraps import pin_keys, wrap
from sync.journal.keys import LetterKey
from sync.journal.sealing import unseal
from sync.journal.segment import decode_segment
from sync.officefile import NipRecord, Role, close_recovery
from sync.refusal import Code, Refusal
from tests.builders.office import DINA, MARKUS, YOHANA

PIN = "274910"
BIRTHS = {YOHANA: date(1986, 9, 26), MARKUS: date(1975, 1, 1), DINA: date(1991, 2, 17)}


@pytest.fixture
def pc(store, office):
    adopt_office(store, office.raw)
    store.name_pc("PC Loket 1")
    return store


def sits(store, office, nip, *, code=True):
    return sign_up(store, SignUp(nip, BIRTHS[nip], PIN, "", office.codes[nip] if code else ""))


def again(store, profile):
    """Another day: sign out and in."""
    profile.close()
    return sign_in(store, profile.profile, PIN)


def handed_over(office, **changes):
    """Version 2: Yohana coordinates, Markus learns on; the key is new, with a sheet for the safe."""
    keys = {1: office.keys[1].raw, 2: LetterKey.generate().raw}
    swap = {office.person(YOHANA): Role.COORDINATOR, office.person(MARKUS): Role.LEARNER}
    people = tuple(
        dataclasses.replace(one, role=role, coordinator=None) if (role := swap.get(one.person)) else one
        for one in office.people
    )
    sheet = close_recovery(b"\x0f" * 16, keys)
    raw, codes = office.issue(
        2, **({"people": people, "office_keys": keys, "recovery": sheet.closed} | changes)
    )
    return raw, {code.person: code.code for code in codes}, sheet.code, keys


def test_in_session_the_desk_goes_on_with_the_new_key_and_work_is_sealed_to_it(pc, office):
    markus = sits(pc, office, MARKUS)
    desk = Desk(markus)
    assert len(desk.people()) == 3
    keys = {1: office.keys[1].raw, 2: LetterKey.generate().raw}
    gone = tuple(one for one in office.people if one.person != office.person(DINA))
    raw, _ = office.issue(2, office_keys=keys, people=gone)
    adopt_office(pc, raw)
    assert is_newer(pc, markus)
    finish(pc, markus)
    assert not is_newer(pc, markus)
    assert sorted(markus.keys.office) == [1, 2]
    assert {one.name for one in desk.people()} == {"Yohana Wenda", "Markus Itlay"}
    markus.record("lesson.completed", activity="a/b/c", version="1")
    newest = pc.outbox.outgoing()[-1].sealed
    assert decode_segment(unseal(newest, LetterKey(keys[2]))).profile == markus.profile
    with pytest.raises(Refusal) as told:
        unseal(newest, office.keys[1])
    assert told.value.code is Code.RECIPIENT
    markus.close()


def test_roles_follow_the_newest_file_and_a_code_still_opens_the_desk(pc, office):
    yohana = sits(pc, office, YOHANA)
    raw, codes, _, _ = handed_over(office)
    adopt_office(pc, raw)
    yohana = again(pc, yohana)
    assert (yohana.role, dict(yohana.keys.office)) == ("coordinator", {})
    letter = yohana.keys.letter
    leader = enrol_later(pc, yohana, codes[office.person(YOHANA)], PIN)
    assert leader.vouched()
    assert sorted(leader.keys.office) == [1, 2]
    assert [key.public for key in leader.keys.letters] == [letter.public], "her letters of before still open"
    leader = again(pc, leader)
    assert [key.public for key in leader.keys.letters] == [letter.public]
    leader.close()


def test_who_hands_over_opens_the_old_and_not_the_new_and_signs_with_a_key_of_their_own(pc, office):
    markus, dina = sits(pc, office, MARKUS), sits(pc, office, DINA)
    old_letter, old_signing = markus.keys.letter.public, markus.keys.signing.public
    raw, codes, _, _ = handed_over(office)
    before = pc.outbox.outgoing(dina.profile)[-1].sealed
    adopt_office(pc, raw)
    dina = again(pc, dina)
    dina.record("lesson.completed", activity="a/b/c", version="1")
    markus = again(pc, markus)
    assert (markus.role, sorted(markus.keys.office)) == ("learner", [1])
    assert markus.keys.signing.public != old_signing
    assert [key.public for key in markus.keys.letters] == [old_letter]
    assert decode_segment(unseal(before, markus.keys.office[1])).profile == dina.profile
    with pytest.raises(Refusal):
        unseal(pc.outbox.outgoing(dina.profile)[-1].sealed, markus.keys.office[1])
    with pytest.raises(Refusal) as told:
        vouch(markus, WaitingKey(b"p" * 16, b"s" * 32, b"l" * 32, b"", ""), office.person(DINA))
    assert told.value.code is Code.AUTHOR
    key = markus.keys.signing.public
    markus = again(pc, markus)
    assert markus.keys.signing.public == key, "once is enough"
    (keyed,) = markus.facts(Scope.OWN, kinds=("profile.keyed",))
    assert keyed.signer == key
    yohana = sign_up(pc, SignUp(YOHANA, BIRTHS[YOHANA], PIN, "", codes[office.person(YOHANA)]))
    assert decode_segment(unseal(before, yohana.keys.office[1])).profile == dina.profile
    sealed_now = pc.outbox.outgoing(dina.profile)[-1].sealed
    assert decode_segment(unseal(sealed_now, yohana.keys.office[2])).profile == dina.profile
    for profile in (markus, dina, yohana):
        profile.close()


def test_a_deputy_opens_the_office_with_the_paper_from_the_safe_and_without_the_centre(pc, office):
    keys = {1: office.keys[1].raw}
    sheet = close_recovery(b"\x0f" * 16, keys)
    raw, _ = office.issue(2, recovery=sheet.closed)
    adopt_office(pc, raw)
    yohana, dina = sits(pc, office, YOHANA), sits(pc, office, DINA)
    signing = yohana.keys.signing.public
    with pytest.raises(Problem, match="PIN tidak cocok"):
        enrol_later(pc, yohana, sheet.code, "918273")
    with pytest.raises(Problem, match="Kode pendaftaran tidak cocok"):
        enrol_later(pc, yohana, "0" * 32, PIN)
    deputy = again(pc, enrol_later(pc, yohana, sheet.code.lower(), PIN))
    assert (deputy.role, sorted(deputy.keys.office)) == ("coordinator", [1])
    assert deputy.keys.signing.public == signing
    assert len(Desk(deputy).people()) == 3
    sealed = pc.outbox.outgoing(dina.profile)[-1].sealed
    assert decode_segment(unseal(sealed, deputy.keys.office[1])).profile == dina.profile
    assert reset_codes(deputy, office.person(DINA)) == (), "none has come here yet; it may be asked for"
    with pytest.raises(Refusal) as told:
        vouch(deputy, WaitingKey(b"p" * 16, b"s" * 32, b"l" * 32, b"", ""), office.person(DINA))
    assert told.value.code is Code.AUTHOR, "who speaks for the office is for the centre to say"
    raw, _ = office.issue(3, recovery=sheet.closed)
    adopt_office(pc, raw)
    deputy = again(pc, deputy)
    assert deputy.role == "coordinator", "a new roster alone ends no deputyship"
    raw, _ = office.issue(4, office_keys={1: keys[1], 2: LetterKey.generate().raw})
    adopt_office(pc, raw)
    deputy = again(pc, deputy)
    assert deputy.role == "learner", "the next hand-over does"
    for profile in (deputy, dina):
        profile.close()


def test_who_left_or_whose_nip_is_somebody_elses_now_learns_on_as_who_they_were(pc, office):
    dina, markus = sits(pc, office, DINA), sits(pc, office, MARKUS)
    person = dina.person
    newcomer = dataclasses.replace(
        office.people[2], person=b"n" * 16, role=Role.COORDINATOR, coordinator=None
    )
    raw, _ = office.issue(2, people=(*office.people[:2], newcomer))
    adopt_office(pc, raw)
    dina = again(pc, dina)
    assert (dina.person, dina.role) == (person, "learner")
    dina.record("lesson.completed", activity="a/b/c", version="1")
    raw, _ = office.issue(3, people=(office.people[0], newcomer))
    adopt_office(pc, raw)
    markus = again(pc, markus)
    assert (markus.person, markus.role) == (office.person(MARKUS), "learner")
    for profile in (dina, markus):
        profile.close()


def test_a_new_nip_in_the_history_changes_nothing_for_a_profile_of_the_old_one(pc, office):
    dina = sits(pc, office, DINA)
    renewed = dataclasses.replace(
        office.people[2], nips=(*office.people[2].nips, NipRecord("199102172029242009")), unit="Kampung"
    )
    raw, _ = office.issue(2, people=(*office.people[:2], renewed))
    adopt_office(pc, raw)
    dina = again(pc, dina)
    assert (dina.person, dina.role) == (office.person(DINA), "learner")
    dina.close()


def test_a_keyring_from_before_there_were_older_letters_opens(pc, office):
    dina = sits(pc, office, DINA)
    keys, row = new_keyring(), pc.profile(dina.profile)
    under = pin_keys(PIN, row.stretch, pc.secret)
    held = msgspec.msgpack.encode((keys.signing.raw, keys.letter.raw, {1: keys.letter.raw}))
    old = dataclasses.replace(row, keys_by_pin=wrap(under.keys, held, b"keys" + row.profile))
    opened = unlock_by_pin(old, PIN, pc.secret)
    assert (opened.signing.public, opened.letters, set(opened.office)) == (keys.signing.public, (), {1})
    kept = lock_by_pin(
        dataclasses.replace(opened, letters=(LetterKey.generate(),)), PIN, pc.secret, row.profile
    )
    newer = unlock_by_pin(dataclasses.replace(row, **_columns(kept)), PIN, pc.secret)
    assert len(newer.letters) == 1
    dina.close()


def _columns(wraps):
    return {
        "stretch": wraps.stretch,
        "database_by_pin": wraps.database_by_pin,
        "keys_by_pin": wraps.keys_by_pin,
    }


def test_planted_fault_a_role_that_never_changes_is_seen(pc, office, monkeypatch):
    monkeypatch.setattr(handover, "is_newer", lambda *_: False)
    with pytest.raises(AssertionError):
        test_roles_follow_the_newest_file_and_a_code_still_opens_the_desk(pc, office)


def test_planted_fault_a_coordinators_key_that_stays_after_the_hand_over_is_seen(pc, office, monkeypatch):
    from desktop.people import profiles

    monkeypatch.setattr(profiles, "leads_no_more", lambda *_: False)
    with pytest.raises(AssertionError):
        test_who_hands_over_opens_the_old_and_not_the_new_and_signs_with_a_key_of_their_own(pc, office)


def test_a_role_with_a_last_day_is_over_the_day_after_without_any_new_file(pc, office, clock, monkeypatch):
    """Dina sits in a jury until the end of a month; nobody sends a file when it ends."""
    today = datetime.fromtimestamp(pc.now(), ZoneInfo("Asia/Jayapura")).date()
    people = tuple(
        dataclasses.replace(one, role=Role.JURY, until=today.isoformat()) if one.nips[0].nip == DINA else one
        for one in office.people
    )
    adopt_office(pc, office.issue(2, people=people)[0])
    dina = sits(pc, office, DINA)
    assert dina.role == "jury"
    clock.wait(86_400)
    dina = again(pc, dina)
    assert dina.role == "learner"
    dina.close()


def test_planted_fault_a_role_that_never_ends_is_seen(pc, office, clock, monkeypatch):
    people = tuple(dataclasses.replace(one, role=Role.JURY, until="2020-01-31") for one in office.people[2:])
    people = (*office.people[:2], *people)
    adopt_office(pc, office.issue(2, people=people)[0])
    monkeypatch.setattr(handover, "_end_role", lambda _store, _profile: None)
    dina = sits(pc, office, DINA)
    assert dina.role == "jury"
    monkeypatch.undo()
    dina = again(pc, dina)
    assert dina.role == "learner"
    dina.close()
