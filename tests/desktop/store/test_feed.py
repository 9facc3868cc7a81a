"""What comes back: acks for what was offered, feed pieces that leave no hole, and nothing from a stranger."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from desktop.app import metered, road
from desktop.background.sending import Errand
from desktop.store import inward
from desktop.store.doors import Newcomer, create_profile, unlock
from desktop.store.facts import Scope
from desktop.store.rows import Waiting
from desktop.store.sealed_side import SealedSide
from sync.bundle import OFFICE_OF, SyncReply, decode_request, office_mark, seal_piece
from sync.catalogue import sign_catalogue
from sync.client.deliver import SyncOutcome, deliver
from sync.client.faults import Failure, Fault
from sync.folds.completion import CourseShape
from sync.journal.acks import Ack
from sync.journal.keys import LetterKey, SigningKey
from sync.journal.sealing import unseal
from sync.journal.segment import decode_segment
from sync.journal.statement import Fact, LogHeader, Statement
from sync.officefile import read_office
from sync.refusal import Code, Refusal
from tests.builders.office import DINA, MARKUS, YOHANA

PIN = "135790"


@pytest.fixture
def at_office(store, office):
    store.put_office(read_office(office.raw))
    return store


@pytest.fixture
def profile(at_office):
    made = create_profile(at_office, Newcomer(YOHANA, "Yo", "YO", "learner", {}), PIN)
    yield made
    made.close()


def read_page(profile, page=1):
    return profile.record("page.read", activity="a/b/c", page=page, seconds=5, version="1")


def elsewhere(profile, *pages):
    """Facts of the same person, stated on another PC."""
    header = LogHeader(77, b"\x07" * 16, b"\x08" * 16, 0, 0, 1_795_000_000, 5, b"bootboot")
    return [
        Fact(
            header,
            Statement(
                77, page, "page.read", page, {"activity": "a/b/c", "page": page, "seconds": 9, "version": "1"}
            ),
            b"\x05" * 32,
        )
        for page in pages
    ]


def piece(profile, office, start, end, facts, scope="person", **other):
    letter = other.get("letter", profile.keys.letter.public)
    return seal_piece(scope, start, end, facts, letter, other.get("centre", office.centre))


def reply(**parts):
    return SyncReply(time=1_795_000_100, request=b"\0" * 8, **parts)


def test_a_piece_is_kept_with_its_cursor_once_however_often_it_comes(profile, office):
    first = piece(profile, office, 0, 2, elsewhere(profile, 1, 2))
    second = piece(profile, office, 1, 3, elsewhere(profile, 2, 3))
    counts = [profile.accept(reply(pieces=(one,))).facts for one in (first, second, first, second)]
    assert counts == [2, 1, 0, 0]
    assert profile.cursors() == {"person": 3, "office": 0, "own": 0}
    assert {fact.statement.seq for fact in profile.facts(Scope.PERSON)} == {1, 2, 3}
    assert all(fact.endorsed for fact in profile.facts(Scope.PERSON))


def test_work_of_its_own_that_a_restored_profile_forgot_comes_back_beside_what_it_has(profile, office):
    kept = profile.record("page.read", activity="a/b/c", page=1, seconds=9, version="1")
    (held,) = profile.facts(Scope.OWN)
    forgotten = [replace(one, signer=held.signer) for one in elsewhere(profile, 1, 2)]
    forgotten = [
        replace(one, header=replace(one.header, profile=profile.profile, pc=held.header.pc))
        for one in forgotten
    ]
    assert profile.cursors()["own"] == 1
    back = piece(profile, office, 0, 0, [held, *forgotten], scope="own")
    assert [profile.accept(reply(pieces=(back,))).facts for _ in range(2)] == [2, 0]
    assert profile.cursors() == {"person": 0, "office": 0, "own": 3}
    assert profile.standing().pages["a/b/c"] == {1, 2}
    assert [fact.statement for fact in profile.facts(Scope.OWN)] == [kept], (
        "and is not sent as if it were new"
    )
    assert profile.unsent() == 1


def test_a_piece_that_begins_after_the_cursor_is_left_out_until_the_hole_is_filled(profile, office):
    early = piece(profile, office, 2, 3, elsewhere(profile, 3))
    assert profile.accept(reply(pieces=(early,))).facts == 0
    assert profile.cursors()["person"] == 0
    assert (
        profile.accept(reply(pieces=(early, piece(profile, office, 0, 2, elsewhere(profile, 1, 2))))).facts
        == 3
    )


def test_planted_fault_a_cursor_that_jumps_leaves_a_hole_for_ever(profile, office, monkeypatch):
    monkeypatch.setattr(inward, "fits", lambda start, reached: True)
    profile.accept(reply(pieces=(piece(profile, office, 2, 3, elsewhere(profile, 3)),)))
    asked_from = profile.cursors()["person"]
    assert asked_from == 3  # the centre will never send facts 1 and 2 again
    assert len(profile.facts(Scope.PERSON)) == 1


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"centre": SigningKey.generate()}, Code.CENTRE),
        ({"letter": LetterKey.generate().public}, Code.RECIPIENT),
    ],
)
def test_a_piece_of_a_stranger_or_for_a_stranger_changes_nothing(profile, office, other, code):
    good = piece(profile, office, 0, 1, elsewhere(profile, 1))
    bad = piece(profile, office, 1, 2, elsewhere(profile, 2), **other)
    with pytest.raises(Refusal) as caught:
        profile.accept(reply(pieces=(good, bad)))
    assert caught.value.code is code
    assert (profile.facts(Scope.PERSON), profile.cursors()["person"]) == ((), 0)


def offer_all(profile):
    """Send everything, as a delivery does before an answer can come."""
    assert profile.segments_to_send(1 << 20)


def test_an_ack_for_what_a_copy_of_this_pc_sent_is_no_ack_for_what_comes_next(profile):
    log = read_page(profile).log
    read_page(profile)
    offer_all(profile)
    # The copy went on in the same log as far as 5, and the centre says so to whoever asks.
    profile.accept(reply(acks=(Ack(log, 5),)))
    assert profile.unsent() == 0
    for page in (3, 4):
        read_page(profile, page)
    assert profile.unsent() == 2, "these two the centre has never seen"


def test_an_ack_counts_up_to_what_was_offered_and_frees_the_outbox(profile, at_office):
    log = read_page(profile).log
    for page in range(2, 71):
        read_page(profile, page)
    assert profile.unsent() == 70
    offer_all(profile)
    accepted = profile.accept(reply(acks=(Ack(log, 65), Ack(4242, 9))))
    assert (accepted.acked, profile.unsent()) == (65, 5)
    assert [(one.first, one.last) for one in at_office.outbox.outgoing()] == [(65, 70)]
    assert at_office.outbox.acks() == {log: 65}
    assert profile.accept(reply(acks=(Ack(log, 10),))).acked == 0
    assert at_office.outbox.acks() == {log: 65}


def test_an_acked_course_of_the_catalogue_is_recognised(profile, office):
    catalogue = sign_catalogue([CourseShape("a", "Kursus", 600, version="1")], office.centre)
    profile.store.put_blob("document_catalogue", catalogue)
    made = profile.record("course.completed", course="a", version="1", jp=600)
    assert [year.recognised for year in profile.standing().jp.values()] == [0]
    offer_all(profile)
    profile.accept(reply(acks=(Ack(made.log, made.seq),)))
    assert [year.recognised for year in profile.standing().jp.values()] == [600]


def test_work_on_two_pcs_adds_up_the_same_on_both(profile, office):
    read_page(profile)
    own = profile.facts(Scope.OWN)
    profile.accept(reply(pieces=(piece(profile, office, 0, 2, elsewhere(profile, 1, 2)),)))
    here = profile.standing().state_hash
    profile.accept(reply(pieces=(piece(profile, office, 0, 3, [*own, *elsewhere(profile, 2, 1)]),)))
    assert profile.standing().state_hash == here
    assert len(profile.facts()) == 3
    assert len(profile.facts(Scope.OWN)) == 1


def test_what_is_sent_is_cut_to_the_size_of_a_batch_and_goes_on_after_the_ack(profile):
    for page in range(1, 400):
        read_page(profile, page * 37 % 101)
    sent = 0
    while segments := profile.segments_to_send(600):
        (data,) = segments
        segment = decode_segment(data)
        assert len(data) <= 600
        assert segment.signer == profile.keys.signing.public
        sent += len(segment.facts)
        profile.accept(reply(acks=tuple(Ack(run.header.log, run.last) for run in segment.runs)))
    assert (sent, profile.unsent()) == (399, 0)


def test_many_logs_go_in_one_segment(profile, at_office):
    for _ in range(5):
        again = unlock(at_office, profile.profile, PIN)
        read_page(again)
        again.close()
    (data,) = profile.segments_to_send(16 * 1024)
    assert len(decode_segment(data).runs) == 5


def test_work_of_others_goes_along_sealed_and_its_ack_reaches_them(profile, at_office):
    dina = create_profile(at_office, Newcomer(DINA, "Di", "DI", "learner", {}), PIN)
    made = read_page(dina)
    dina.close()
    read_page(profile)
    (sealed,) = profile.sealed_of_others(16 * 1024)
    assert sealed == at_office.outbox.outgoing(dina.profile)[0].sealed
    assert profile.sealed_of_others(0) == ()
    profile.accept(reply(acks=(Ack(made.log, 1),)))
    assert profile.sealed_of_others(16 * 1024) == ()
    again = unlock(at_office, dina.profile, PIN)
    assert again.unsent() == 0
    again.close()


class Relay:
    """Whoever typed the address: reads all that passes, and answers nothing."""

    def __init__(self):
        self.passed = []

    def post(self, body):
        self.passed.append(decode_request(body))
        return Failure(Fault.CUT)


def test_a_relay_behind_a_typed_address_reads_no_work_and_the_centre_reads_all(profile, at_office, office):
    made, relay = read_page(profile), Relay()
    deliver(profile, relay, at_office.clock)
    assert len(relay.passed[0].segments) == 1  # to an address of the office file it goes plain, over TLS
    deliver(SealedSide(profile), relay, at_office.clock)
    assert relay.passed[1].segments == ()
    (sealed,) = relay.passed[1].sealed
    assert decode_segment(unseal(sealed, office.letter)).facts[0].identity == made.identity
    SealedSide(profile).accept(reply(acks=(Ack(made.log, 1),)))
    assert (profile.unsent(), profile.sealed_of_all(1 << 20)) == (0, ())


@pytest.mark.parametrize(("typed", "sealed"), [("https://pusat.example", [True, False]), ("", [False])])
def test_only_an_address_of_the_office_file_gets_work_plain(
    qapp, profile, at_office, monkeypatch, typed, sealed
):
    asked = []

    def offline(side, *_, **__):
        asked.append(isinstance(side, SealedSide))
        return SyncOutcome(None, 1, 0, 0, 0, 0, failure=Failure(Fault.UNREACHABLE))

    monkeypatch.setattr(metered, "deliver", offline)
    at_office.put_setting("server", typed)
    road.Road(SimpleNamespace(store=at_office), profile)._deliver(
        Errand(by_hand=True, cancelled=lambda: False, tell=lambda _: None)
    )
    assert asked == sealed


def test_a_segment_the_centre_never_acks_does_not_hold_up_those_behind_it(profile, at_office):
    for nip, nickname in ((DINA, "Di"), (MARKUS, "Ma")):
        other = create_profile(at_office, Newcomer(nip, nickname, nickname, "learner", {}), PIN)
        read_page(other)
        other.close()
    sent = {sealed for _ in range(3) for sealed in profile.sealed_of_others(10)}
    assert len(sent) == 2


def test_what_was_acked_is_not_sealed_again_with_the_tail(profile, at_office):
    for page in range(1, 11):
        log = read_page(profile, page).log
    offer_all(profile)
    profile.accept(reply(acks=(Ack(log, 10),)))
    read_page(profile, 11)
    assert [(one.first, one.last) for one in at_office.outbox.outgoing()] == [(11, 11)]
    for page in range(12, 71):
        read_page(profile, page)
    assert [(one.first, one.last) for one in at_office.outbox.outgoing()] == [(11, 64), (65, 70)]


def test_pieces_that_came_by_stick_wait_sealed_for_their_person(profile, at_office, office):
    second = piece(profile, office, 1, 2, elsewhere(profile, 2))
    first = piece(profile, office, 0, 1, elsewhere(profile, 1))
    third = piece(profile, office, 5, 6, elsewhere(profile, 6))
    foreign = piece(profile, office, 0, 9, elsewhere(profile, 9), letter=LetterKey.generate().public)
    heads = inward.heads_of((third, second, first, foreign), office.centre.public)
    at_office.outbox.put_waiting(profile.profile, heads)
    at_office.outbox.put_waiting(profile.profile, heads)
    profile.close()
    again = unlock(at_office, profile.profile, PIN)
    assert {fact.statement.seq for fact in again.facts(Scope.PERSON)} == {1, 2}
    assert [one.start for one in at_office.outbox.waiting(profile.profile)] == [5]
    again.close()


def test_a_stranger_cannot_make_a_piece_wait(office):
    forged = seal_piece("person", 0, 1, (), LetterKey.generate().public, SigningKey.generate())
    with pytest.raises(Refusal):
        inward.heads_of((forged,), office.centre.public)
    assert Waiting("person", 0, b"secret").piece not in repr(Waiting("person", 0, b"secret")).encode()


def test_the_signed_time_of_an_answer_is_never_fallen_below(profile, at_office, clock):
    clock.restart(wall=1_262_304_000)  # the battery is dead: 1 January 2010
    profile.accept(reply())
    assert at_office.now() == 1_795_000_100
    clock.wait(60)
    assert at_office.now() == 1_795_000_160


def test_documents_that_come_with_an_answer_are_judged_before_they_are_kept(profile, at_office, office):
    newer, older = office.issue(3)[0], office.issue(2)[0]
    forged = office.issue(9, name="Kantor palsu")[0][:-1] + b"!"
    with_documents = reply(documents={"office": newer, "trust": b"list"}, versions={"trust": 4})
    assert set(profile.accept(with_documents).documents) == {"office", "trust"}
    salt = at_office.office().header.salt
    held = {"catalogue": 0, "trust": 4, "office": 3}
    assert profile.versions() == held | {OFFICE_OF: office_mark(salt)}, "no roster names this profile yet"
    profile.put_about(person=b"p" * 16)
    assert profile.versions() == held
    for document in (older, forged, newer):
        assert profile.accept(reply(documents={"office": document})).documents == ()
    assert at_office.office().header.version == 3
    assert profile.accept(reply(documents={"trust": b"old"}, versions={"trust": 4})).documents == ()
