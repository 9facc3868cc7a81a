"""The journal's road without any window: two PCs and a centre, each with its own disk, and a real office file."""

import pytest

from desktop.demo.people import COORDINATOR, LEARNERS
from desktop.people.vouching import vouch, waiting_keys
from tests.builders.centre import list_courses
from tests.builders.road import Pc, desk_row, found_office, jp_of, send

PEOPLE = (COORDINATOR, *LEARNERS[:3])
DORCE = LEARNERS[1]


@pytest.fixture(autouse=True)
def _listed(town):
    """The centre's catalogue lists both courses."""
    list_courses(town.home, "1.0", pelayanan=600, keamanan=200)


def study(profile, course, jp):
    for page in range(1, 4):
        profile.record("page.read", activity=f"{course}/m1/baca", page=page, seconds=90, version="1.0")
    profile.record("lesson.completed", activity=f"{course}/m1/baca", version="1.0")
    profile.record("module.completed", module=f"{course}/m1", version="1.0")
    profile.record("course.completed", course=course, version="1.0", jp=jp)


def at_the_centre(centre, handed, name):
    office = next(one for one in centre.report()["offices"] if one["name"] == handed.name)
    return next(one for one in office["people"] if one["name"] == name)


def test_work_done_offline_on_two_pcs_reaches_the_centre_and_comes_back_the_same(centre, town, tmp_path):
    handed = found_office(centre, tmp_path / "berkas", PEOPLE)
    counter, meeting_room = (Pc(tmp_path / name, name, handed) for name in ("PC Loket 1", "PC Rapat"))

    here = counter.sit(DORCE)
    study(here, "pelayanan", 600)
    assert here.unsent() > 0
    assert town.row(handed, DORCE)["jp"] is None, "no data is never zero"

    assert send(here, centre.url).failure is None
    assert here.unsent() == 0
    assert town.row(handed, DORCE)["jp"] == 600

    # The code was used up on the first PC, so on the second one the coordinator says whose key it is.
    there = meeting_room.sit(DORCE, code=False)
    study(there, "pelayanan", 600)
    study(there, "keamanan", 200)
    send(there, centre.url)
    assert town.row(handed, DORCE)["jp"] == 600, "a key nobody vouched for counts for nobody"

    coordinator = meeting_room.sit(COORDINATOR)
    send(coordinator, centre.url)
    (waiting,) = waiting_keys(coordinator)
    vouch(coordinator, waiting, waiting.person)
    send(coordinator, centre.url)

    for profile in (there, here, there):
        assert send(profile, centre.url).failure is None
    assert here.standing().state_hash == there.standing().state_hash
    assert jp_of(here) == jp_of(there) == 800
    assert at_the_centre(centre, handed, DORCE.name)["jp"] == desk_row(coordinator, DORCE).jp == 800


def test_a_second_look_at_the_centre_costs_one_small_request(town, cheap_pins, tmp_path):
    handed = town.office(PEOPLE)
    person = Pc(tmp_path / "pc", "PC Loket 1", handed).sit(DORCE)
    study(person, "pelayanan", 600)
    send(person, town.url)

    again = send(person, town.url)

    assert (again.rounds, again.acked, again.facts) == (1, 0, 0)
    assert again.sent_bytes + again.received_bytes <= 500


def test_a_centre_killed_after_its_answer_has_kept_what_it_signed_for(centre, town, cheap_pins, tmp_path):
    handed = town.office(PEOPLE)
    person = Pc(tmp_path / "pc", "PC Loket 1", handed).sit(DORCE)
    study(person, "pelayanan", 600)
    port = centre.port
    send(person, centre.url)

    centre.kill()
    centre.start(port)

    assert town.row(handed, DORCE)["jp"] == 600
    assert send(person, centre.url).acked == 0
