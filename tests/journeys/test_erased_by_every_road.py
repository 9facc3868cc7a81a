"""A person is erased, and months later an old stick with their work turns up by every road there is."""

import time
import uuid

import pytest

from desktop.background.hub_process import prepare_hub
from desktop.demo.people import COORDINATOR
from desktop.office.desk import Desk as OfficeDesk
from desktop.office.report import Filter
from desktop.people.vouching import waiting_keys
from desktop.store import erasure
from desktop.store.post import LAN, Post
from sync.client.faults import Failure
from sync.client.hub import HubLink
from sync.client.stick import Stick
from sync.postbag.part import Form
from sync.postbag.shipment import encode_shipment
from tests.builders.centre import Line, holds
from tests.builders.form import form, link, submits
from tests.builders.hub import PATIENCE, HubProcess
from tests.builders.road import JP, carried, desk_row, jp_of, read_all, sent, take_quiz
from tests.builders.village import HELENA, KETUT, Village

SECRET = "JAWABAN-RAHASIA-KETUT"


class Story(Village):
    """Ketut has done the course at a PC that nobody reaches but by stick; Helena shares that PC."""

    def __init__(self, town, folder):
        super().__init__(town, folder, town.pack())
        for one in (self.ketut, self.helena):
            read_all(self.pc.learning(one))
            take_quiz(self.pc.learning(one))
        self.ketut.record("quiz.answered", activity="a/b/c", attempt=1, question=1, answer=SECRET, seconds=9)

    def stick(self, name):
        """The PC gives what it has to a stick."""
        root = self.prepares(name)
        self.gives(root)
        return root

    def erases(self):
        """The operator: it reaches the desk with its next answer."""
        self.town.ask("person", "erase", str(uuid.UUID(bytes=self.ketut.person)))
        sent(self.yohana, self.town.url)

    def names(self):
        """Whom the desk's report shows."""
        desk = OfficeDesk(self.yohana)
        desk.renew()
        return {one.row.name for one in desk.table.rows(desk.table.ids(Filter()))}

    def at_the_desk(self):
        """What the desk's database still says in Ketut's words, but that a key introduced itself."""
        with self.yohana.database.read() as connection:
            query = (
                "SELECT kind FROM statement JOIN log ON log.id = statement.header AND log.log = statement.log"
                " WHERE log.profile = ? AND kind NOT IN ('profile.opened', 'profile.keyed')"
            )
            return [row.kind for row in connection.exec_driver_sql(query, (self.ketut.profile,))]

    def is_gone(self):
        """Nothing of Ketut anywhere but at his own PC, and nothing of Helena is missing."""
        assert self.town.stored(self.ketut.profile) == []
        assert not holds(self.town.home, SECRET.encode())
        assert self.at_the_desk() == []
        assert self.names() == {HELENA.name, COORDINATOR.name}
        assert desk_row(self.yohana, HELENA).jp == self.town.row(self.office, HELENA)["jp"] == JP


@pytest.fixture
def story(town, tmp_path, cheap_pins):
    made = Story(town, tmp_path)
    yield made
    made.ends()


def known_everywhere(story):
    """The first round: desk and centre have everybody's work."""
    root = story.stick("pertama")
    story.merges(root)
    story.vouches()
    story.to_the_centre()
    assert story.names() == {HELENA.name, KETUT.name, COORDINATOR.name}
    assert story.at_the_desk()
    assert story.town.stored(story.ketut.profile)


def studies_on(story):
    """Nobody has told the PC in the village."""
    story.pc.learning(story.ketut).page_read("keamanan-loket/m1/baca", 1, 9)
    story.ketut.record("quiz.answered", activity="a/b/c", attempt=2, question=1, answer=SECRET, seconds=9)


def by_the_page_in_town(story, root):
    """Whoever finds the stick gives its file to the page, and brings the answer back."""
    office = story.pc.store.office()
    with Line(story.town.centre.port) as line:
        parts = tuple(data for _, data in Stick(root, office).parts(Form.OUTWARD))
        page = submits(line, form(encode_shipment(office.header.office, parts)))
        assert "Pusat sudah menerima semuanya" in page.body.decode()
        (root / "JAWABAN-PUSAT.suluh").write_bytes(line.send(b"", link(page), "GET").body)
    story.gives(root)


def by_the_hub(story):
    """The PC gives its post to the hub until the hub has brought the centre's answer."""
    folder = story.folder / "hub"
    prepare_hub(folder, story.meja.store.office(), story.yohana.keys.signing, story.meja.store.now())
    post = Post(story.pc.store)
    with HubProcess(folder, story.town.url) as hub:
        road = HubLink(hub.address, post.key())
        end = time.monotonic() + PATIENCE
        while story.ketut.unsent():
            assert time.monotonic() < end, "the hub never brought the answer"
            for packed in post.outward():
                shipment = road.carry(packed.part)
                assert not isinstance(shipment, Failure), shipment
                post.handed(packed, LAN)
                for _, data in shipment.parts:
                    post.take(data)
        road.close()


def test_what_an_erased_person_did_is_taken_by_every_road_and_kept_by_none(story):
    known_everywhere(story)
    studies_on(story)
    lost, drawer = story.stick("di-kota"), story.stick("di-laci")
    story.erases()
    story.is_gone()

    # Months later somebody takes a stick to the page in town, and the office has got a hub.
    by_the_page_in_town(story, lost)
    assert story.ketut.unsent() == 0
    story.is_gone()
    studies_on(story)
    by_the_hub(story)
    story.is_gone()

    # A second one is found in a drawer, and the coordinator merges it.
    story.merges(drawer)
    assert story.at_the_desk() == []
    carried(story.yohana, story.town.url)
    story.merges(drawer)
    assert list(Stick(drawer, story.meja.store.office()).parts(Form.OUTWARD)) == [], "it is empty now"
    story.is_gone()

    # At the PC nothing waits for ever; whoever signs in there sees that nothing counts any more.
    story.gives(drawer)
    for one in (story.ketut, story.helena):
        one.take_waiting()
    assert (story.ketut.unsent(), story.helena.unsent()) == (0, 0)
    assert (jp_of(story.ketut), jp_of(story.helena)) == (0, JP)


def test_a_key_that_waits_for_a_word_is_not_offered_once_its_person_is_erased(story):
    drawer = story.stick("di-laci")
    story.merges(drawer)
    assert story.ketut.person in {key.person for key in waiting_keys(story.yohana)}
    sent(story.yohana, story.town.url)
    story.erases()
    assert {key.person for key in waiting_keys(story.yohana)} == {story.helena.person}
    assert story.at_the_desk() == []
    story.merges(drawer)
    assert story.at_the_desk() == []


def test_planted_fault_a_desk_that_only_leaves_them_out_of_the_sum_is_seen(story, monkeypatch):
    known_everywhere(story)
    studies_on(story)
    drawer = story.stick("di-laci")
    with monkeypatch.context() as faulty:
        faulty.setattr(erasure, "forget_erased", lambda _connection, _known: 0)
        story.erases()
        assert KETUT.name not in story.names()
        assert story.at_the_desk(), "what had come before stays"
    erasure.drop_erased(story.yohana)
    story.is_gone()
    with monkeypatch.context() as faulty:
        faulty.setattr("desktop.office.merge.gone_from", lambda _profile: frozenset())
        faulty.setattr("desktop.office.merge.drop_erased", lambda _profile: 0)
        story.merges(drawer)
        assert story.at_the_desk(), "what comes later stays"
