"""Signing up, signing in and starting again, with no network at all."""

from datetime import date

import pytest

from desktop.errors import Problem
from desktop.people.office import adopt_office
from desktop.people.pin import PinFault, check_pin
from desktop.people.profiles import (
    SignUp,
    confirm_pin,
    enrol_later,
    initials,
    look_up,
    reset_pin,
    sign_in,
    sign_up,
)
from desktop.people.roles import Role, Room, role_of, rooms_of
from desktop.people.vouching import WaitingKey, finish, hand_out, reset_codes, vouch, waiting_keys
from desktop.store.device import Store
from desktop.store.facts import Scope
from sync.bundle import SyncReply, seal_piece
from sync.journal.keys import LetterKey
from sync.journal.statement import Fact
from sync.nip import NipWarning
from sync.officefile_codes import check_proof
from tests.builders.office import DINA, MARKUS, YOHANA

PIN, OTHER_PIN = "135790", "864209"
BIRTH = {YOHANA: date(1986, 9, 26), MARKUS: date(1975, 1, 1), DINA: date(1991, 2, 17)}


def wish(nip=YOHANA, **changes):
    typed = {"nip": nip, "birth": BIRTH[nip], "pin": PIN, "nickname": "Yo", "code": ""}
    return SignUp(**(typed | changes))


@pytest.fixture
def at_office(store, office):
    adopt_office(store, office.raw)
    store.name_pc("PC Loket 1")
    return store


def test_a_newcomer_in_the_roster_signs_up_and_is_known(at_office, office):
    profile = sign_up(at_office, wish(code=office.codes[YOHANA]))
    (opened,) = profile.facts(kinds=("profile.opened",))
    verifier = next(one.verifier for one in office.people if one.person == profile.person)
    assert profile.person == office.person(YOHANA)
    assert opened.statement.fields["pc_name"] == "PC Loket 1"
    assert check_proof(verifier, profile.keys.signing.public, opened.statement.fields["proof"])
    assert not profile.vouched()
    assert [(tile.nickname, tile.initials, tile.role) for tile in at_office.tiles()] == [
        ("Yo", "YW", "learner")
    ]
    profile.close()


def test_a_code_may_be_missing_but_never_wrong(at_office, office):
    for code in (office.codes[DINA], "ABCD", "ü"):
        with pytest.raises(Problem, match="Kode pendaftaran"):
            sign_up(at_office, wish(code=code))
    assert at_office.tiles() == ()
    profile = sign_up(at_office, wish())
    assert profile.facts(kinds=("profile.opened",))[0].statement.fields["proof"] == b""
    again = enrol_later(at_office, profile, office.codes[YOHANA], PIN)
    assert any(fact.statement.fields["proof"] for fact in again.facts(kinds=("profile.opened",)))
    again.close()


def test_who_is_not_in_the_roster_may_begin_and_waits(at_office):
    stranger = "199001012020121001"
    view = look_up(at_office, stranger, date(1990, 1, 1))
    profile = sign_up(at_office, SignUp(stranger, date(1990, 1, 1), PIN, "Orang"))
    assert view.check.warnings == (NipWarning.NOT_IN_ROSTER,)
    assert (profile.person, profile.role) == (b"", "learner")
    profile.close()


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({"nip": "19860926"}, "18 angka"),
        ({"birth": date(1986, 9, 27)}, "8 angka pertama"),
        ({"pin": "12345"}, "6 sampai 12"),
        ({"pin": "123456"}, "mudah ditebak"),
        ({"pin": "260986"}, "mudah ditebak"),
        ({"pin": "135a79"}, "6 sampai 12"),
    ],
)
def test_what_cannot_be_taken_is_said_before_anything_is_made(at_office, changes, title):
    with pytest.raises(Problem, match=title):
        sign_up(
            at_office,
            SignUp(**({"nip": YOHANA, "birth": BIRTH[YOHANA], "pin": PIN, "nickname": "Yo"} | changes)),
        )
    assert at_office.tiles() == ()


def test_a_nip_has_one_profile_on_a_pc(at_office):
    sign_up(at_office, wish()).close()
    with pytest.raises(Problem, match="sudah punya profil"):
        sign_up(at_office, wish())


def test_study_first_and_office_later_finds_the_person_and_loses_nothing(store, office):
    profile = sign_up(store, wish())
    profile.record("page.read", activity="a/b/c", page=1, seconds=9, version="1")
    assert (profile.person, store.outbox.outgoing()) == (b"", ())
    adopt_office(store, office.raw)
    finish(store, profile)
    openings = [one.statement.fields["person"] for one in profile.facts(kinds=("profile.opened",))]
    assert sorted(openings) == [b"", office.person(YOHANA)]
    assert store.outbox.outgoing()[-1].last == len(profile.facts(Scope.OWN)) == 5
    finish(store, profile)
    assert len(profile.facts(Scope.OWN)) == 5
    profile.close()


def test_five_wrong_pins_close_the_door_for_five_minutes_whatever_is_restarted(at_office, folders, clock):
    profile = sign_up(at_office, wish())
    profile.close()
    for left in (4, 3, 2, 1):
        with pytest.raises(Problem) as caught:
            sign_in(at_office, profile.profile, OTHER_PIN)
        assert str(left) in caught.value.advice
    with pytest.raises(Problem, match="5 menit"):
        sign_in(at_office, profile.profile, OTHER_PIN)
    with pytest.raises(Problem, match="5 menit"):
        sign_in(at_office, profile.profile, PIN)
    clock.wait(120)
    with pytest.raises(Problem, match="3 menit"):
        sign_in(at_office, profile.profile, PIN)
    at_office.close()
    clock.restart(wall=clock.wall() - 86_400)  # the PC is restarted with its clock a day back
    again = Store.open(folders, clock)
    with pytest.raises(Problem, match="5 menit"):
        sign_in(again, profile.profile, PIN)
    clock.wait(299)
    with pytest.raises(Problem, match="1 menit"):
        sign_in(again, profile.profile, PIN)
    clock.wait(1)
    sign_in(again, profile.profile, PIN).close()
    again.close()


def test_a_right_pin_forgets_the_wrong_ones(at_office):
    profile = sign_up(at_office, wish())
    profile.close()
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(Problem):
                sign_in(at_office, profile.profile, OTHER_PIN)
        sign_in(at_office, profile.profile, PIN).close()


def test_a_covered_screen_opens_by_its_pin_alone_and_counts_wrong_ones(at_office):
    profile = sign_up(at_office, wish())
    confirm_pin(at_office, profile.profile, PIN)
    for _ in range(5):
        with pytest.raises(Problem):
            confirm_pin(at_office, profile.profile, OTHER_PIN)
    with pytest.raises(Problem, match="Tunggu"):
        confirm_pin(at_office, profile.profile, PIN)
    profile.record("page.read", activity="a/b/c", page=1, seconds=1, version="1")
    profile.close()


def test_switching_off_in_the_middle_of_an_attempt_gives_no_free_one(at_office, monkeypatch):
    profile = sign_up(at_office, wish())
    profile.close()

    def power_cut(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr("desktop.store.doors.unlock_by_pin", power_cut)
    for _ in range(5):
        with pytest.raises(KeyboardInterrupt):
            sign_in(at_office, profile.profile, OTHER_PIN)
    monkeypatch.undo()
    with pytest.raises(Problem, match="Tunggu"):
        sign_in(at_office, profile.profile, PIN)


def test_the_last_who_sat_here_is_the_first_tile(at_office):
    first = sign_up(at_office, wish())
    first.close()
    second = sign_up(at_office, wish(nip=DINA, nickname="Di"))
    second.close()
    sign_in(at_office, first.profile, PIN).close()
    assert [tile.nickname for tile in at_office.tiles()] == ["Yo", "Di"]


@pytest.fixture
def desk(at_office, office):
    made = sign_up(at_office, wish(nip=MARKUS, nickname="Pak Markus", code=office.codes[MARKUS]))
    yield made
    made.close()


def hear(desk, office, facts):
    """The desk hears facts by its office feed, as the centre would send them."""
    start = desk.cursors()["office"]
    piece = seal_piece("office", start, start + len(facts), facts, desk.keys.letter.public, office.centre)
    desk.accept(SyncReply(time=1, request=b"\0" * 8, pieces=(piece,)))


def test_a_coordinators_code_opens_the_desk(desk, office):
    assert desk.vouched()
    assert desk.keys.signing.public in {lead.signing for lead in desk.store.office().header.coordinators}
    assert set(desk.keys.office) == {1}
    assert {entry.name for entry in desk.store.office().desk(desk.keys.office[1])} >= {"Yohana Wenda"}
    assert rooms_of(role_of(desk.role), proven=desk.vouched()) == {Room.OFFICE}


def test_a_coordinators_nip_without_the_code_opens_no_desk(at_office):
    profile = sign_up(at_office, wish(nip=MARKUS, nickname="Markus"))
    assert (profile.role, dict(profile.keys.office), profile.vouched()) == ("coordinator", {}, False)
    assert rooms_of(role_of(profile.role), proven=profile.vouched()) == frozenset()
    with pytest.raises(Problem, match="Hanya koordinator"):
        vouch(profile, WaitingKey(b"p" * 16, b"s" * 32, b"l" * 32, b"", ""), b"q" * 16)
    with pytest.raises(Problem, match="Hanya koordinator"):
        reset_codes(profile, b"q" * 16)
    profile.close()


def test_a_forgotten_pin_is_reset_by_a_code_from_the_desk_and_the_new_key_waits(at_office, office, desk):
    learner = sign_up(at_office, wish(code=office.codes[YOHANA]))
    learner.record("lesson.completed", activity="a/b/c", version="1")
    learner.put_draft("a/b/c", b"page 4")
    before = learner.standing().state_hash
    hear(desk, office, learner.facts())
    (key,) = waiting_keys(desk)
    vouch(desk, key, key.person)
    hear(learner, office, [fact for fact in desk.facts() if fact.statement.kind == "profile.vouched"])
    assert learner.vouched()
    learner.close()
    (code,) = reset_codes(desk, office.person(YOHANA))
    assert code.pc_name == "PC Loket 1"
    assert hand_out(desk, code) == code.code
    assert "pin.reset" in {fact.statement.kind for fact in desk.facts(Scope.OWN)}
    again = reset_pin(at_office, learner.profile, code.code, OTHER_PIN)
    assert again.keys.signing.public != learner.keys.signing.public
    assert again.keys.letter.public != learner.keys.letter.public
    assert not again.vouched()
    introduced = [fact for fact in again.facts() if fact.signer == again.keys.signing.public]
    assert again.cursors() == {"person": 0, "office": 0, "own": len(introduced)}
    assert (again.standing().state_hash, again.draft("a/b/c")) == (before, b"page 4")
    (keyed,) = again.facts(kinds=("profile.keyed",))
    assert keyed.signer == keyed.statement.fields["signing"] == again.keys.signing.public
    again.close()
    with pytest.raises(Problem, match="PIN tidak cocok"):
        sign_in(at_office, learner.profile, PIN)
    sign_in(at_office, learner.profile, OTHER_PIN).close()


def test_a_reset_code_opens_once_and_the_next_one_reaches_the_desk(at_office, office, desk):
    learner = sign_up(at_office, wish())
    learner.close()
    hear(desk, office, learner_facts(at_office, learner, PIN))
    (first,) = reset_codes(desk, office.person(YOHANA))
    with pytest.raises(Problem, match="Kode atur ulang PIN tidak cocok"):
        reset_pin(at_office, learner.profile, "AAAA-BBBB-CCCC", OTHER_PIN)
    reset_pin(at_office, learner.profile, first.code.lower(), OTHER_PIN).close()
    with pytest.raises(Problem, match="Kode atur ulang PIN tidak cocok"):
        reset_pin(at_office, learner.profile, first.code, PIN)
    hear(desk, office, learner_facts(at_office, learner, OTHER_PIN))
    codes = {one.code for one in reset_codes(desk, office.person(YOHANA))}
    assert codes
    assert first.code not in codes
    reset_pin(at_office, learner.profile, codes.pop(), PIN).close()


def learner_facts(store, learner, pin):
    again = sign_in(store, learner.profile, pin)
    facts = again.facts(Scope.OWN)
    again.close()
    return facts


def test_work_signed_by_the_old_key_still_goes_out_after_a_reset(at_office, office, desk):
    learner = sign_up(at_office, wish())
    learner.record("lesson.completed", activity="a/b/c", version="1")
    old = {fact.identity for fact in learner.facts()}
    hear(desk, office, learner.facts())
    learner.close()
    (code,) = reset_codes(desk, office.person(YOHANA))
    again = reset_pin(at_office, learner.profile, code.code, OTHER_PIN)
    sealed = set(again.sealed_of_others(1 << 20))
    kept = {
        part.sealed
        for part in at_office.outbox.outgoing(learner.profile)
        if part.log in {log for log, _ in old}
    }
    assert kept
    assert kept <= sealed
    again.close()


def test_a_coordinator_after_a_reset_types_the_long_code_again(at_office, office, desk):
    hear(desk, office, desk.facts(Scope.OWN))
    (code,) = reset_codes(desk, office.person(MARKUS))
    desk.close()
    again = reset_pin(at_office, desk.profile, code.code, OTHER_PIN)
    assert (dict(again.keys.office), again.vouched()) == ({}, False)
    with pytest.raises(Problem, match="PIN tidak cocok"):
        enrol_later(at_office, again, office.codes[MARKUS], PIN)
    leader = enrol_later(at_office, again, office.codes[MARKUS], OTHER_PIN)
    assert leader.vouched()
    assert set(leader.keys.office) == {1}
    leader.close()
    sign_in(at_office, desk.profile, OTHER_PIN).close()


def test_a_hand_over_brings_the_new_office_key_and_a_new_escrow(at_office, office, desk):
    learner = sign_up(at_office, wish())
    keys = {**office.keys, 2: LetterKey.generate()}
    raw, _ = office.issue(2, office_keys={generation: key.raw for generation, key in keys.items()})
    adopt_office(at_office, raw)
    learner.close()
    learner = sign_in(at_office, learner.profile, PIN)
    assert len(learner.facts(kinds=("pin.escrowed",))) == 2
    desk.close()
    leader = sign_in(at_office, desk.profile, PIN)
    assert set(leader.keys.office) == {1, 2}
    hear(leader, office, learner.facts(Scope.OWN))
    (code,) = reset_codes(leader, office.person(YOHANA))
    learner.close()
    reset_pin(at_office, learner.profile, code.code, OTHER_PIN).close()
    leader.close()


def test_a_facts_signer_is_the_key_of_its_time(at_office, office):
    learner = sign_up(at_office, wish())
    assert all(
        isinstance(fact, Fact) and fact.signer == learner.keys.signing.public for fact in learner.facts()
    )
    learner.close()


@pytest.mark.parametrize(
    ("pin", "fault"),
    [
        ("135790", None),
        ("000000", PinFault.EASY),
        ("987654", PinFault.EASY),
        ("1357901357901", PinFault.LENGTH),
    ],
)
def test_the_rules_of_a_pin(pin, fault):
    assert check_pin(pin) is fault


def test_initials_and_roles_are_never_more_than_said():
    assert [initials(name) for name in ("Yohana Wenda", "Sukarno", "  ", "Ni Luh Putu Ayu")] == [
        "YW",
        "SU",
        "?",
        "NA",
    ]
    assert role_of("superadmin") is Role.LEARNER
    assert rooms_of(Role.TRAINER, proven=True) == {Room.STUDIO, Room.GRADING}
