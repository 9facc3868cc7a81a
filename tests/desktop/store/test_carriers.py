"""What a PC keeps for the roads beside the network: custody, carried pieces, the round, bytes, and a key."""

from dataclasses import replace

import pytest

from desktop.store.carried import CarriedPiece, HomewardPiece
from desktop.store.device import Store
from desktop.store.doors import Newcomer, create_profile, unlock
from desktop.store.receipts import Receipt
from desktop.store.traffic import LAN, NET, Bytes
from desktop.store.visits import Visit
from sync.bundle import SyncReply, seal_piece
from sync.journal.acks import Ack
from sync.journal.sealing import seal, unseal
from sync.journal.statement import Fact, LogHeader, Statement
from sync.officefile import read_office
from tests.builders.office import YOHANA

PIN = "135790"
MARKUS, HUB = b"m" * 32, b"h" * 32
HERE, THERE = b"\x01" * 16, b"\x02" * 16
DAY = 86_400


@pytest.fixture
def at_office(store, office):
    store.put_office(read_office(office.raw))
    return store


@pytest.fixture
def profile(at_office):
    made = create_profile(at_office, Newcomer(YOHANA, "Yo", "YO", "learner", {}), PIN)
    yield made
    made.close()


def reopened(store):
    again = Store.open(store.folders, store.clock)
    store.close()
    return again


def test_a_custody_receipt_stays_until_the_ack_covers_it_and_never_falls(store):
    store.receipts.put([Receipt(7, MARKUS, 10, 100, "Markus"), Receipt(7, HUB, 12, 90, "Distrik")])
    store.receipts.put([Receipt(7, MARKUS, 8, 200, "Markus")])
    assert [(one.holder, one.seq) for one in store.receipts.held()] == [(MARKUS, 10), (HUB, 12)]
    store.outbox.put_acks([Ack(7, 10)])
    assert store.receipts.held() == (Receipt(7, HUB, 12, 90, "Distrik"),)
    store.receipts.put([Receipt(7, MARKUS, 10, 300, "Markus")])
    assert [one.holder for one in store.receipts.held()] == [HUB], (
        "an old receipt of what is acked says nothing"
    )


def test_a_receipt_frees_nothing_in_the_outbox(profile, at_office):
    log = profile.record("page.read", activity="a/b/c", page=1, seconds=5, version="1").log
    before = at_office.outbox.outgoing()
    at_office.receipts.put([Receipt(log, MARKUS, 1, 100, "Markus")])
    assert at_office.outbox.outgoing() == before != ()


def test_an_ack_remembers_when_it_came_and_an_older_one_does_not_make_it_younger(store, clock):
    def acked():
        return store.device.query("SELECT log, seq, at FROM ack ORDER BY log")

    store.outbox.put_acks([Ack(7, 5)])
    first = clock.wall()
    clock.wait(60)
    store.outbox.put_acks([Ack(7, 3), Ack(8, 1)])
    assert acked() == [(7, 5, first), (8, 1, first + 60)]
    store.outbox.put_acks([Ack(7, 6)])
    assert acked() == [(7, 6, first + 60), (8, 1, first + 60)]


def test_carried_pieces_outlive_a_restart_and_go_only_by_name(store):
    first, second = CarriedPiece(b"a" * 32, HERE, 5, 0, b"one"), CarriedPiece(b"b" * 32, THERE, 6, 0, b"two")
    store.carried.put([first, second])
    store.carried.merge([first.digest], 9)
    store.carried.put([first])
    again = reopened(store)
    assert again.carried.list() == (replace(first, merged=9), second)
    again.carried.drop([first.digest, b"?" * 32])
    assert again.carried.list() == (second,)
    again.close()


def test_answers_wait_for_their_pc_alone(store):
    pieces = [HomewardPiece(HERE, b"a" * 32, 5, b"one"), HomewardPiece(THERE, b"a" * 32, 6, b"two")]
    store.homeward.put(pieces)
    store.homeward.put(pieces)
    assert store.homeward.pcs() == (HERE, THERE)
    store.homeward.drop(HERE, [b"a" * 32])
    assert (store.homeward.for_pc(HERE), store.homeward.for_pc(THERE)) == ((), (pieces[1],))


def test_the_round_knows_each_step_and_forgets_no_name(store):
    store.visits.put(Visit(HERE, "PC Loket", collected=10))
    store.visits.put(Visit(HERE, "", merged=20))
    store.visits.put(Visit(HERE, "", collected=5))
    store.visits.put(Visit(THERE, "PC Arsip"))
    assert store.visits.all() == (Visit(THERE, "PC Arsip"), Visit(HERE, "PC Loket", 10, 20))


def test_bytes_are_counted_by_the_days_of_the_office(at_office, clock):
    clock.at = 1_796_050_800 - DAY  # 30 November 2026, 00:00 in Jayapura: still the 29th in Greenwich
    at_office.traffic.add(NET, 100, 1000)
    at_office.traffic.add(NET, 1, 2)
    at_office.traffic.add(LAN, 7, 0)
    assert at_office.traffic.today() == {NET: Bytes(101, 1002), LAN: Bytes(7, 0)}
    clock.wait(DAY - 1)
    assert at_office.traffic.today()[NET].total == 1103
    clock.wait(1)
    assert (at_office.traffic.today(), at_office.traffic.month()) == ({}, {}), "1 December has begun"


def test_a_clock_beyond_all_years_keeps_nobody_from_counting(at_office, clock):
    clock.at = 1 << 60
    at_office.traffic.add(NET, 1, 1)
    assert at_office.traffic.today() == {NET: Bytes(1, 1)}


def test_the_key_of_the_pc_is_drawn_once_and_opens_what_was_sealed_to_it(store):
    sealed = seal(b"pulang", (store.device_letter().public,))
    again = reopened(store)
    assert unseal(sealed, again.device_letter()) == b"pulang"
    again.close()


def test_a_locked_pc_knows_how_far_its_people_have_come(profile, at_office, office):
    def known():
        (one,) = at_office.reached.all()
        assert (one.letter, one.signing) == (profile.keys.letter.public, profile.keys.signing.public)
        return one.profile, dict(one.cursors)

    def agrees():
        return known() == (profile.profile, profile.cursors())

    assert agrees()
    for page in (1, 2, 3):
        profile.record("page.read", activity="a/b/c", page=page, seconds=5, version="1")
        assert agrees()
    header = LogHeader(77, profile.profile, b"\x08" * 16, 0, 0, 1_795_000_000, 5, b"bootboot")
    read = Statement(77, 1, "page.read", 1, {"activity": "a/b/c", "page": 1, "seconds": 9, "version": "1"})
    facts = [Fact(header, read, b"\x05" * 32)]
    piece = seal_piece("person", 0, 4, facts, profile.keys.letter.public, office.centre)
    profile.accept(SyncReply(time=0, request=bytes(8), pieces=(piece,)))
    assert agrees()
    assert known()[1]["person"] == 4
    profile.close()
    unlock(at_office, profile.profile, PIN).close()
    assert agrees_after_sign_in(at_office, 4)
    at_office.remove_profile(profile.profile)
    assert at_office.reached.all() == ()


def agrees_after_sign_in(store, person):
    (one,) = store.reached.all()
    return one.cursors == {"office": 0, "own": 3, "person": person}


def test_a_power_cut_between_profile_and_outbox_is_made_good_at_sign_in(profile, at_office, monkeypatch):
    def cut(*_):
        raise OSError("no power")

    with monkeypatch.context() as patch:
        patch.setattr(at_office.outbox, "put_tail", cut)
        with pytest.raises(OSError, match="no power"):
            profile.record("page.read", activity="a/b/c", page=1, seconds=5, version="1")
    profile.close()
    unlock(at_office, profile.profile, PIN).close()
    assert at_office.reached.all()[0].cursors["own"] == 1
