"""A clock that stands in 1980 or 2038 for a day, and is right again: nothing is forgotten for it."""

import pytest

from desktop.office.carriage import EVERYONE, KEPT, clear_up, keep_for_all
from desktop.store import handed
from desktop.store.post import Post
from sync.journal.clock import TrustedTime
from sync.postbag.part import Form, read_part
from sync.postbag.shipment import read_shipment
from sync.postbag.words import Receipt, sign_receipt
from tests.builders.office import MARKUS, YOHANA
from tests.builders.round import Desk, PostCentre
from tests.fakes.clock import HandClock

YEARS = (315_532_800, 2_147_500_000)
DAY = 86_400


@pytest.fixture
def centre(office):
    return PostCentre(office)


@pytest.fixture(params=YEARS, ids=["1980", "2038"])
def year(request):
    return request.param


@pytest.fixture
def pc(tmp_path, office):
    made = Desk(tmp_path / "loket", office, "PC Loket")
    made.sit(YOHANA)
    made.study(YOHANA, [1, 2])
    yield made
    made.off()


def give(pc):
    """Hand over everything; gives the parts."""
    post = Post(pc.store)
    packed = post.outward()
    for one in packed:
        post.handed(one)
    return [one.part for one in packed]


def comes_home(pc, answer):
    for _, data in read_shipment([answer]).parts:
        assert Post(pc.store).take(data).refused is None


def for_a_day(pc, year):
    """The clock is wrong, somebody comes by with a stick, and the clock is set right."""
    right = pc.clock.at
    pc.clock.restart(year)
    pc.study(YOHANA, [3])
    parts = give(pc)
    pc.clock.restart(right + DAY)
    return parts


def test_a_part_handed_out_before_is_known_when_its_ack_comes_home(pc, centre, year):
    (part,) = give(pc)
    for_a_day(pc, year)
    comes_home(pc, centre(part))
    assert set(pc.store.outbox.acks().values()) == {2}


def test_a_part_handed_out_meanwhile_is_known_as_well(pc, centre, year):
    (part,) = for_a_day(pc, year)
    give(pc)
    comes_home(pc, centre(part))
    assert pc.store.outbox.outgoing() == ()


def test_of_parts_that_nobody_says_a_word_about_the_last_are_remembered(pc, centre, monkeypatch):
    monkeypatch.setattr(handed, "PARTS", 2)
    monkeypatch.setattr(handed, "QUESTIONS", 1)
    parts = [give(pc)[0] for _ in range(4)]
    post = Post(pc.store)
    assert pc.store.handed.digests() == {read_part(part).digest for part in parts[2:]}
    comes_home(pc, centre(parts[0]))
    assert pc.store.outbox.acks() == {}, "what is forgotten is only sent once more"
    comes_home(pc, centre(parts[3]))
    assert pc.store.outbox.outgoing() == ()
    for _ in range(3):
        (question,) = post.outward()
        post.handed(question)
    assert len(pc.store.handed.digests()) == 1


@pytest.fixture
def desk(tmp_path, office):
    made = Desk(tmp_path / "meja", office, "PC Sekretariat")
    made.sit(MARKUS)
    yield made
    made.off()


def receipt(desk, office, at):
    data = sign_receipt(Receipt(at, (b"d" * 32,)), desk.store.office().header.office, office.centre)
    return read_part(data), data


def waits(desk):
    return {one.digest for one in desk.store.homeward.for_pc(EVERYONE)}


def test_a_desk_hands_on_receipts_whatever_its_clock_says(desk, office, tmp_path, year):
    now = desk.clock.at
    first, second = receipt(desk, office, now), receipt(desk, office, now + DAY)
    stick = desk.stick(tmp_path)
    stick.prepare()
    stick.write(first[1])
    keep_for_all(desk.store, [first], now)
    desk.clock.restart(year)
    keep_for_all(desk.store, [second], now + DAY)
    clear_up(desk.store, stick)
    assert waits(desk) == {first[0].digest, second[0].digest}
    assert [part.digest for part, _ in stick.parts(Form.RECEIPT)] == [first[0].digest]


def test_what_the_centre_has_signed_since_makes_a_receipt_old(desk, office, tmp_path):
    now = desk.clock.at
    first, second = receipt(desk, office, now), receipt(desk, office, now + KEPT + DAY)
    stick = desk.stick(tmp_path)
    stick.prepare()
    stick.write(first[1])
    keep_for_all(desk.store, [first], now)
    desk.store.saw_time(now + KEPT + DAY)
    keep_for_all(desk.store, [second], now + KEPT + DAY)
    clear_up(desk.store, stick)
    assert waits(desk) == {second[0].digest}
    assert list(stick.parts(Form.RECEIPT)) == []


def test_time_that_has_certainly_come_is_what_was_signed_and_what_passed_since_in_this_boot():
    clock = HandClock()
    trusted = TrustedTime().seen(clock.at, clock)
    clock.wait(DAY)
    clock.at = YEARS[1]
    assert (trusted.proven(clock), trusted.now(clock)) == (trusted.signed + DAY, YEARS[1])
    clock.restart()
    assert trusted.proven(clock) == trusted.signed


def test_planted_fault_what_goes_by_the_clock_is_gone(desk, office, monkeypatch):
    now = desk.clock.at
    first = receipt(desk, office, now)
    keep_for_all(desk.store, [first], now)
    monkeypatch.setattr(type(desk.store), "proven", type(desk.store).now)
    desk.clock.restart(YEARS[1])
    keep_for_all(desk.store, [receipt(desk, office, now + DAY)], now + DAY)
    assert waits(desk) == set()
