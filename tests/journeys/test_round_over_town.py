"""The coordinator's round with nothing invented: real stores, a folder as the stick, a real hub and centre."""

import pytest

from desktop.background.hub_process import post_at_hub, prepare_hub
from desktop.demo.people import COORDINATOR, LEARNERS
from desktop.office.carry import from_answer, to_centre
from desktop.office.exchange_stick import exchange
from desktop.office.merge import merge, merge_parts
from desktop.office.on_stick import load_stick
from desktop.store.post import LAN, Post
from sync.client.faults import Failure
from sync.client.hub import HubLink
from sync.client.stick import Stick
from sync.client.transport import Transport
from sync.journal.sealing import key_id
from sync.postbag.part import Form
from tests.builders.centre import Line
from tests.builders.form import form, link, submits
from tests.builders.hub import HubProcess
from tests.builders.road import JP, Pc, desk_row, jp_of, read_all, sent, take_quiz

FERDINAND, HELENA = LEARNERS[2], LEARNERS[3]
TIMES = 500
"""Questions to a hub before a story gives up."""


@pytest.fixture
def office(town):
    return town.office((COORDINATOR, FERDINAND, HELENA))


@pytest.fixture
def pcs(town, office, tmp_path, cheap_pins):
    """Two PCs at which one learner each has done a course, and the coordinator's; none saw a network."""
    pack = town.pack()
    made = {}
    for person, name in ((FERDINAND, "PC Loket 1"), (HELENA, "PC Loket 2"), (COORDINATOR, "PC Sekretariat")):
        pc = Pc(tmp_path / name, name, office)
        pc.install(pack)
        profile = pc.sit(person)
        if person is not COORDINATOR:
            learning = pc.learning(profile)
            read_all(learning)
            take_quiz(learning)
        made[person] = (pc, profile)
    yield made
    for pc, profile in made.values():
        profile.close()
        pc.off()


@pytest.fixture
def root(tmp_path):
    made = tmp_path / "flashdisk"
    made.mkdir()
    return made


def visits(pcs, person, root):
    """One visit with the stick: collect and deliver."""
    store = pcs[person][0].store
    stick = Stick(root, store.office())
    stick.prepare()
    exchange(store, stick)
    return stick


def tells(profile):
    """What has come is read when its person signs in."""
    profile.take_waiting()
    profile.tell_reached()


def counts(town, office, pcs, person):
    """One sum on the PC, at the desk and at the centre."""
    on_pc, at_desk = jp_of(pcs[person][1]), desk_row(pcs[COORDINATOR][1], person).jp
    at_centre = town.row(office, person)["jp"]
    return {on_pc, at_desk, at_centre}


def test_a_round_by_the_borrowed_pc_in_town(town, office, pcs, root):
    desk, coordinator = pcs[COORDINATOR]
    for person in (FERDINAND, HELENA):
        visits(pcs, person, root)
    stick = Stick(root, desk.store.office())
    merge(coordinator, stick)
    with Line(town.centre.port) as line:
        page = submits(line, form((root / "KIRIM-KE-PUSAT.suluh").read_bytes()))
        assert "Pusat sudah menerima semuanya" in page.body.decode()
        (root / "JAWABAN-PUSAT.suluh").write_bytes(line.send(b"", link(page), "GET").body)
    found = from_answer(coordinator, stick)
    assert (found.left, found.missing, found.failure) == (0, 0, None)
    assert found.computers == 2
    load_stick(desk.store, stick)
    for person in (FERDINAND, HELENA):
        visits(pcs, person, root)
        tells(pcs[person][1])
        assert pcs[person][1].unsent() == 0, "the centre's word came home"
        assert counts(town, office, pcs, person) == {JP}


def test_a_round_by_the_coordinators_own_line(town, office, pcs, root):
    desk, coordinator = pcs[COORDINATOR]
    for person in (FERDINAND, HELENA):
        visits(pcs, person, root)
    stick = Stick(root, desk.store.office())
    merge(coordinator, stick)
    road = Transport(town.url)

    def post(body):
        answer = road.post(body, "/v1/carry")
        return answer if isinstance(answer, Failure) else answer.body

    found = to_centre(coordinator, post)
    road.close()
    sent(coordinator, town.url)  # where there is a line, the app sends and fetches as on any day
    assert (found.left, found.failure, found.computers) == (0, None, 2)
    load_stick(desk.store, stick)
    for person in (FERDINAND, HELENA):
        visits(pcs, person, root)
        tells(pcs[person][1])
        assert pcs[person][1].unsent() == 0
        assert counts(town, office, pcs, person) == {JP}


def over_the_hub(store, hub):
    """Give the hub what it has not, and keep what it has for this PC."""
    post, link = Post(store), HubLink(hub.address, key_id(store.device_letter().public))
    for packed in post.outward():
        shipment = link.carry(packed.part)
        assert not isinstance(shipment, Failure), shipment
        post.handed(packed, LAN)
        for part, data in shipment.parts:
            # a document comes again until a letter for this PC has named it
            assert post.take(data).refused is None or part.form is Form.DOCUMENT
    link.close()


def test_post_over_the_hub_is_merged_at_the_desk_and_comes_home_by_itself(town, office, pcs, tmp_path):
    desk, coordinator = pcs[COORDINATOR]
    folder = tmp_path / "hub"
    prepare_hub(folder, desk.store.office(), coordinator.keys.signing, desk.store.now())
    with HubProcess(folder) as hub:  # no internet
        for person in (FERDINAND, HELENA):
            over_the_hub(pcs[person][0].store, hub)
            assert pcs[person][1].unsent() > 0, "custody is no ack"
        assert merge_parts(coordinator, post_at_hub(folder)).new > 0, "the desk need not wait for the centre"
    with HubProcess(folder, town.url) as hub:
        for person in (FERDINAND, HELENA):
            pc, profile = pcs[person]
            for _ in range(TIMES):
                over_the_hub(pc.store, hub)
                tells(profile)
                if not profile.unsent():
                    break
            assert profile.unsent() == 0
        for _ in range(TIMES):
            over_the_hub(desk.store, hub)
            tells(coordinator)
            if desk_row(coordinator, HELENA).jp is not None:
                break
        for person in (FERDINAND, HELENA):
            assert counts(town, office, pcs, person) == {JP}
