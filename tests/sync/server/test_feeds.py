"""Who is sent what: a person's own PCs, the desk, and everybody of an office; and nobody else anything."""

import copy
import dataclasses
import secrets
import time

import pytest

from sync.bundle import decode_reply, open_piece
from sync.folds.order import clock_offsets
from sync.journal.keys import LetterKey, SigningKey
from sync.journal.sealing import seal
from sync.journal.segment import encode_segment
from sync.refusal import Code, Refusal
from tests.builders.centre import BUDI, MARIA, PETRUS, YOHANA, Pc, make_office
from tests.builders.journal import ScriptedClock


def vouches(desk, for_pc, person, role="learner"):
    desk.says(
        "profile.vouched",
        profile=for_pc.profile,
        signing=for_pc.signing.public,
        letter=for_pc.letter.public,
        person=person,
        role=role,
    )


@pytest.fixture
def desk(office, line):
    """Yohana, coordinator, at her desk."""
    yohana = Pc.of(office, YOHANA)
    yohana.syncs(line)
    yohana.fetches(line)
    return yohana


@pytest.fixture
def two_pcs(office, line, desk):
    """Budi on two PCs: the second vouched for by the coordinator, because his code is used up."""
    first, second = Pc.of(office, BUDI), Pc.of(office, BUDI)
    first.syncs(line)
    second.syncs(line)
    desk.start()
    vouches(desk, second, office.entry(BUDI).person)
    desk.syncs(line)
    return first, second


def test_two_profiles_of_one_person_see_each_others_work(two_pcs, line):
    first, second = two_pcs
    for pc, pages in ((first, 4), (second, 7)):
        pc.start()
        pc.reads(pages)
        pc.syncs(line)
    first.fetches(line)
    second.fetches(line)
    assert {(profile, log) for profile, log, _ in first.heard("person", "page.read")} == {
        (second.profile, second.log)
    }
    assert len(first.heard("person", "page.read")) == 7
    assert len(second.heard("person", "page.read")) == 4


def test_who_holds_less_of_their_own_work_than_the_centre_gets_it_back_and_nobody_else_does(two_pcs, line):
    first, second = two_pcs
    first.start()
    first.reads(6)
    first.syncs(line)
    first.fetches(line)
    everything = 7  # the opening, and six pages
    for says, comes in ((None, 0), (everything, 0), (everything + 3, 0), (everything - 1, 7)):
        first.pieces.clear()
        first.cursors.pop("own", None)
        if says is not None:
            first.cursors["own"] = says
        reply = first.fetches(line)
        assert len([fact for piece in first.pieces if piece.scope == "own" for fact in piece.facts]) == comes
        assert not reply.more
    second.cursors["own"] = 0
    second.fetches(line)
    mine = {fact.header.profile for piece in second.pieces if piece.scope == "own" for fact in piece.facts}
    assert mine == {second.profile}


def test_a_running_pc_that_was_copied_has_both_its_versions_everywhere_and_each_once(two_pcs, line):
    first, _ = two_pcs
    first.start()
    first.reads(2)
    copied = copy.copy(first)
    copied.statements, copied.pieces = list(first.statements), []
    copied.writer = copy.copy(first.writer)
    copied.writer._chain = list(first.writer._chain)
    first.reads(1, "kursus/m1/sini")
    copied.reads(3, "kursus/m1/sana")
    for pc in (first, copied, first, copied):  # the second time as after a lost answer
        pc.syncs(line)

    for pc, own in ((first, 1 + 3), (copied, 1 + 5)):
        pc.pieces.clear()
        pc.cursors["own"] = own
        pc.fetches(line)
        came = [
            (fact.statement.seq, fact.statement.fields["activity"])
            for piece in pc.pieces
            if piece.scope == "own"
            for fact in piece.facts
            if fact.statement.log == first.log and fact.statement.seq > 2
        ]
        assert sorted(came) == [
            (3, "kursus/m1/sana"),
            (3, "kursus/m1/sini"),
            (4, "kursus/m1/sana"),
            (5, "kursus/m1/sana"),
        ]
        pc.pieces.clear()
        pc.cursors["own"] = 1 + 5 + 1  # the opening, five numbers, and one of them twice
        pc.fetches(line)
        assert not [piece for piece in pc.pieces if piece.scope == "own"]


def test_a_colleague_sees_nothing_of_it(office, two_pcs, line):
    first, _ = two_pcs
    first.start()
    first.reads(5)
    first.syncs(line)
    maria = Pc.of(office, MARIA)
    maria.syncs(line)
    maria.fetches(line)
    kinds = {fact.statement.kind for piece in maria.pieces for fact in piece.facts}
    assert kinds == {"profile.vouched"}


def test_another_office_sees_nothing_of_it(two_pcs, line, home, tmp_path):
    first, _ = two_pcs
    first.start()
    first.reads(5)
    first.syncs(line)
    elsewhere = make_office(home, tmp_path / "lain", name=f"Lain {first.log}")
    other_desk = Pc.of(elsewhere, YOHANA)
    other_desk.syncs(line)
    other_desk.fetches(line)
    assert other_desk.heard("office", "page.read") == []


def test_what_was_studied_before_vouching_streams_after_it(office, line, desk):
    first, second = Pc.of(office, BUDI), Pc.of(office, BUDI)
    first.syncs(line)
    second.reads(6)
    second.syncs(line)
    first.fetches(line)
    assert first.heard("person", "page.read") == []
    desk.fetches(line)
    assert desk.heard("office", "page.read") == []
    assert (second.profile, second.log, 1) in desk.heard("office", "profile.opened")
    desk.start()
    vouches(desk, second, office.entry(BUDI).person)
    desk.syncs(line)
    first.fetches(line)
    assert len(first.heard("person", "page.read")) == 6
    desk.fetches(line)
    assert len(desk.heard("office", "page.read")) == 6


def test_the_desk_reads_everybody_and_a_learner_only_what_is_said_to_all(office, line, desk):
    budi, maria = Pc.of(office, BUDI), Pc.of(office, MARIA)
    budi.reads(3)
    budi.syncs(line)
    maria.reads(2)
    maria.syncs(line)
    desk.start()
    desk.says("announcement.posted", id="a1", title="Rapat", text="Senin pukul 9")
    desk.syncs(line)
    desk.fetches(line)
    budi.fetches(line)
    assert len(desk.heard("office", "page.read")) == 5
    assert budi.heard("office", "page.read") == []
    assert len(budi.heard("office", "announcement.posted")) == 1


def test_a_coordinator_of_one_office_cannot_vouch_for_a_person_of_another(office, line, desk, home, tmp_path):
    elsewhere = make_office(home, tmp_path / "lain", name=f"Jauh {desk.log}")
    stranger = Pc(desk.centre_public)
    stranger.opens(elsewhere.entry(BUDI).person)
    stranger.syncs(line)
    desk.start()
    vouches(desk, stranger, elsewhere.entry(BUDI).person)
    assert desk.syncs(line).refusals == ()
    stranger.fetches(line)
    assert stranger.cursors == {}


def test_a_coordinator_cannot_make_a_coordinator(office, line, desk):
    helper = Pc.of(office, BUDI)
    helper.syncs(line)
    second = Pc(desk.centre_public)
    second.opens(office.entry(YOHANA).person)
    second.syncs(line)
    desk.start()
    vouches(desk, second, office.entry(YOHANA).person, role="coordinator")
    desk.syncs(line)
    second.start()
    second.says("announcement.posted", id="x", title="x", text="x")
    assert [code for code, _ in second.syncs(line).refusals] == ["author"]


def test_a_piece_opens_only_for_its_profile(two_pcs, line):
    first, second = two_pcs
    second.start()
    second.reads(2)
    second.syncs(line)
    body = first.request()
    reply = decode_reply(line.send(body).body, first.centre_public, body)
    assert reply.pieces
    for piece in reply.pieces:
        with pytest.raises(Refusal) as refusal:
            open_piece(piece, second.letter, first.centre_public)
        assert refusal.value.code is Code.RECIPIENT


def test_ten_thousand_statements_come_in_pages_and_each_once(two_pcs, line):
    first, second = two_pcs
    for _ in range(40):
        second.start()
        for number in range(250):
            answer = secrets.token_hex(8)
            second.says(
                "quiz.answered", activity="k/m/q", attempt=1, question=number, answer=answer, seconds=9
            )
        second.syncs(line)
    rounds = 0
    while True:
        body = first.request()
        reply = first.takes(line.send(body), body)
        rounds += 1
        assert len(reply.pieces) <= 2
        if not reply.more:
            break
    assert len(first.heard("person", "quiz.answered")) == 10_000
    assert sum(len(piece.facts) for piece in first.pieces if piece.scope == "person") <= 10_001
    assert 1 < rounds < 12


def test_a_new_key_after_a_pin_reset_waits_for_vouching_and_then_starts_at_zero(office, line, desk, two_pcs):
    first, second = two_pcs
    first.start()
    first.reads(3)
    first.syncs(line)
    first.fetches(line)
    renewed = Pc(
        first.centre_public,
        signing=SigningKey.generate(),
        letter=LetterKey.generate(),
        profile=first.profile,
        pc=first.pc,
    )
    renewed.says("profile.keyed", signing=renewed.signing.public, letter=renewed.letter.public)
    renewed.reads(2)
    renewed.syncs(line)
    assert renewed.acked == 3
    assert renewed.cursors == {}
    desk.fetches(line)
    assert (renewed.profile, renewed.log, 1) in desk.heard("office", "profile.keyed")
    desk.start()
    vouches(desk, renewed, office.entry(BUDI).person)
    desk.syncs(line)
    renewed.fetches(line)
    assert len(renewed.heard("person", "page.read")) == 3
    second.fetches(line)
    assert len(second.heard("person", "page.read")) == 5


def test_a_cursor_ahead_of_the_feed_is_begun_anew(two_pcs, line):
    """The centre was restored from a copy: what it has, it sends again."""
    first, second = two_pcs
    second.start()
    second.reads(2)
    second.syncs(line)
    first.cursors = {"person": 1_000_000, "office": 1_000_000}
    first.fetches(line)
    assert len(first.heard("person", "page.read")) == 2


def test_an_office_file_and_trust_list_come_once_when_the_pc_has_none(office, line):
    budi = Pc.of(office, BUDI)
    reply = budi.syncs(line)
    assert reply.documents["office"] == office.file.raw
    assert reply.documents["trust"] == office.file.header.trust
    assert reply.documents["root"] == office.file.header.root
    assert budi.fetches(line).documents == {}


def test_a_clock_that_is_far_off_is_fixed_for_everybody_who_folds(office, line, desk):
    budi = Pc.of(office, BUDI, clock=ScriptedClock(unix=1_262_304_000))
    budi.reads(2)
    budi.syncs(line)
    found = [
        fact.statement.fields
        for piece in budi.pieces
        for fact in piece.facts
        if fact.statement.kind == "clock.fixed" and fact.statement.fields["log"] == budi.log
    ]
    assert len(found) == 1
    assert abs(found[0]["offset"] + 1_262_304_000 - time.time()) < 600


def test_a_clock_that_is_a_minute_off_is_left_alone(office, line):
    budi = Pc.of(office, BUDI, clock=ScriptedClock(unix=int(time.time()) - 60))
    budi.reads(2)
    budi.syncs(line)
    budi.fetches(line)
    assert budi.heard("office", "clock.fixed") == []


def test_a_replayed_request_fixes_no_clock(office, line):
    """It is old, so its hour is wrong: but everything in it is known."""
    budi = Pc.of(office, PETRUS)
    budi.reads(2)
    body = budi.request([budi.segment()])
    budi.takes(line.send(body), body)
    old = budi.request([budi.segment()], at=1)
    budi.takes(line.send(old), old)
    budi.fetches(line)
    assert budi.heard("office", "clock.fixed") == []


def moved_by(pc, log):
    """By how many seconds a PC that folds what came would move the clock of a log."""
    facts = [fact for piece in pc.pieces for fact in piece.facts if fact.statement.kind == "clock.fixed"]
    return clock_offsets(facts).get(log, 0)


@pytest.mark.parametrize("claimed_first", [True, False])
def test_nobody_moves_the_clock_of_a_colleague_by_claiming_their_log(office, line, desk, claimed_first):
    budi, petrus = Pc.of(office, BUDI), Pc.of(office, PETRUS)
    petrus.syncs(line)
    wall = int(time.time()) - 400 * 86_400
    header = dataclasses.replace(budi.writer.header, profile=petrus.profile, wall=wall)
    run = dataclasses.replace(budi.writer.run(budi.statements), header=header)
    claim = petrus.request([encode_segment([run], petrus.signing)], at=wall + 60)
    if not claimed_first:
        budi.syncs(line)
    petrus.takes(line.send(claim), claim)
    if claimed_first:
        budi.syncs(line)
    desk.fetches(line)
    assert moved_by(desk, budi.log) == 0


def test_who_carries_the_work_of_a_colleague_cannot_move_its_time(office, line, desk):
    budi = Pc.of(office, BUDI)
    petrus = Pc.of(office, PETRUS, pc=budi.pc)
    budi.reads(3)
    sealed = seal(budi.segment(), [office.file.header.centre_letter])
    body = petrus.request([petrus.segment()], [sealed], at=int(time.time()) + 400 * 86_400)
    petrus.takes(line.send(body), body)
    desk.fetches(line)
    assert len(desk.heard("office", "page.read")) == 3
    assert moved_by(desk, budi.log) == 0


def test_work_that_a_colleague_left_on_a_pc_with_a_wrong_clock_is_fixed_with_the_carriers(office, line, desk):
    clock = ScriptedClock(unix=1_262_304_000)
    budi = Pc.of(office, BUDI, clock=clock)
    budi.reads(3)
    petrus = Pc.of(office, PETRUS, pc=budi.pc, clock=clock)
    body = petrus.request([petrus.segment()], [seal(budi.segment(), [office.file.header.centre_letter])])
    petrus.takes(line.send(body), body)
    desk.fetches(line)
    assert abs(moved_by(desk, budi.log) + 1_262_304_000 - time.time()) < 600


def test_nothing_new_costs_little_and_brings_nothing(office, line):
    budi = Pc.of(office, BUDI)
    budi.syncs(line)
    budi.fetches(line)
    body = budi.request()
    answer = line.send(body)
    reply = budi.takes(answer, body)
    assert reply.pieces == ()
    assert reply.documents == {}
    assert len(body) + len(answer.body) < 320
