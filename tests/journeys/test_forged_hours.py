"""Hours of study that a key claims and no signed catalogue lists: counted nowhere, and nothing honest is lost."""

import json

import pytest

from desktop.demo.centre import Centre
from desktop.demo.people import COORDINATOR, LEARNERS
from desktop.office.desk import Desk
from tests.builders.road import COURSE, JP, Pc, Town, desk_row, jp_of, read_all, sent, take_quiz

DORCE, MARIA, SIMON = LEARNERS[1], LEARNERS[2], LEARNERS[3]
FORGED = 90_000


@pytest.fixture
def own_town(tmp_path, cheap_pins):
    """A new centre of its own, whose catalogue is still empty."""
    with Centre(tmp_path / "pusat") as running:
        yield Town(running, tmp_path / "operator")


def finish(pc, profile):
    learning = pc.learning(profile)
    read_all(learning)
    take_quiz(learning)


def spread(url, *profiles):
    for _ in range(2):
        for profile in profiles:
            sent(profile, url)


def sum_at_the_centre(town, handed):
    (told,) = json.loads(town.ask("report", "--json", "--office", handed.name))["offices"]
    return told["jp"]


def test_nine_hundred_hours_out_of_a_learners_own_key_are_counted_nowhere(town, cheap_pins, tmp_path):
    handed = town.office((COORDINATOR, DORCE, SIMON))
    pc = Pc(tmp_path / "pc", "PC Loket 1", handed)
    pc.install(town.pack())
    dorce, simon = pc.sit(DORCE), pc.sit(SIMON)
    yohana = Pc(tmp_path / "meja", "PC Sekretariat", handed).sit(COORDINATOR)

    # Simon has studied nothing and says he has; Dorce has studied and says it was worth far more.
    simon.record("course.completed", course=COURSE, version="1.0", jp=FORGED)
    simon.record("course.completed", course="palsu", version="1.0", jp=FORGED)
    dorce.record("course.completed", course=COURSE, version="9.9", jp=FORGED)
    dorce.record("course.completed", course="palsu", version="1.0", jp=FORGED)
    for lesson in ("m1", "m2"):
        dorce.record("module.completed", module=f"{COURSE}/{lesson}", version="1.0")
    dorce.record("course.completed", course=COURSE, version="1.0", jp=FORGED)
    spread(town.url, dorce, simon, yohana)

    for profile, person, worth, claimed in ((dorce, DORCE, JP, FORGED), (simon, SIMON, 0, 2 * FORGED)):
        here = next(iter(profile.standing().jp.values()))
        at_the_desk, at_the_centre = desk_row(yohana, person), town.row(handed, person)
        assert here.recognised == here.total == worth
        assert at_the_desk.jp == at_the_centre["jp"] == worth
        assert at_the_desk.jp_recognised == at_the_centre["jp_recognised"] == worth
        assert here.claimed == at_the_desk.jp_claimed == at_the_centre["jp_claimed"] == claimed
    in_the_report = sum(one.row.jp or 0 for one in Desk(yohana).renew().rows)
    assert in_the_report == sum_at_the_centre(town, handed) == JP


def test_each_version_of_a_course_gives_its_own_hours(own_town, tmp_path):
    handed = own_town.office((COORDINATOR, DORCE, MARIA))
    first, second = (Pc(tmp_path / name, name, handed) for name in ("PC A", "PC B"))
    first.install(own_town.pack("1.0", jp=6))
    dorce = first.sit(DORCE)
    finish(first, dorce)
    second.install(own_town.pack("1.1", jp=5))
    maria = second.sit(MARIA)
    finish(second, maria)
    yohana = Pc(tmp_path / "meja", "PC Sekretariat", handed).sit(COORDINATOR)
    spread(own_town.url, dorce, maria, yohana)
    for profile, person, worth in ((dorce, DORCE, 600), (maria, MARIA, 500)):
        assert jp_of(profile) == desk_row(yohana, person).jp == worth
        assert own_town.row(handed, person)["jp_recognised"] == worth


def test_a_new_centre_without_a_catalogue_lets_hours_wait_until_it_has_one(own_town, tmp_path):
    handed = own_town.office((COORDINATOR, DORCE))
    pack = own_town.pack(catalogue=False)
    pc = Pc(tmp_path / "pc", "PC Loket 1", handed)
    pc.install(pack)
    dorce = pc.sit(DORCE)
    finish(pc, dorce)
    yohana = Pc(tmp_path / "meja", "PC Sekretariat", handed).sit(COORDINATOR)
    spread(own_town.url, dorce, yohana)

    # The PC has the signed pack, so it can say how much waits; desk and centre have only her word.
    here = next(iter(dorce.standing().jp.values()))
    assert (here.recognised, here.waiting, here.claimed) == (0, JP, 0)
    at_the_desk, at_the_centre = desk_row(yohana, DORCE), own_town.row(handed, DORCE)
    assert (at_the_desk.jp, at_the_desk.jp_claimed) == (0, JP)
    assert (at_the_centre["jp"], at_the_centre["jp_claimed"]) == (0, JP)

    own_town.ask("catalogue", "add", str(pack))
    spread(own_town.url, dorce, yohana)
    assert jp_of(dorce) == desk_row(yohana, DORCE).jp == own_town.row(handed, DORCE)["jp_recognised"] == JP
    assert desk_row(yohana, DORCE).jp_claimed == own_town.row(handed, DORCE)["jp_claimed"] == 0
