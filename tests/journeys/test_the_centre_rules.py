"""What the centre alone may rule: two records are one person, a key is no longer its owner's, a person is erased."""

import uuid

import pytest

from desktop.demo.people import COORDINATOR, LEARNERS
from desktop.office.carry import to_centre
from desktop.office.exchange_stick import exchange
from desktop.office.merge import merge
from desktop.office.on_stick import load_stick
from desktop.people.vouching import vouch, waiting_keys
from sync.client.faults import Failure
from sync.client.stick import Stick
from sync.client.transport import Transport
from tests.builders.road import JP, READ, Pc, desk_row, jp_of, read_all, send, sent, take_quiz

MARIA, MARIA_AGAIN, KETUT = LEARNERS[5], LEARNERS[3], LEARNERS[4]


@pytest.fixture
def office(town):
    return town.office((COORDINATOR, MARIA, MARIA_AGAIN, KETUT))


@pytest.fixture
def pack(town):
    return town.pack()


@pytest.fixture
def seat(office, pack, tmp_path, cheap_pins):
    """Sit somebody down at a PC of their own with the course."""

    def at(person, name):
        pc = Pc(tmp_path / name, name, office)
        pc.install(pack)
        return pc, pc.sit(person)

    return at


def finish(pc, profile):
    read_all(pc.learning(profile))
    take_quiz(pc.learning(profile))


def test_two_records_of_one_person_become_one_with_the_hours_once_and_can_be_parted_again(town, office, seat):
    """She got a new number with a new contract, and the roster took her for a second person."""
    old_pc, old = seat(MARIA, "PC Lama")
    new_pc, new = seat(MARIA_AGAIN, "PC Baru")
    _, yohana = seat(COORDINATOR, "PC Sekretariat")
    finish(old_pc, old)
    new_pc.learning(new).page_read(READ, 1, 20)
    for profile in (old, new, yohana):
        sent(profile, town.url)
    ids = [str(uuid.UUID(bytes=one.person)) for one in (old, new)]

    town.ask("person", "merge", *ids)
    for profile in (old, new, yohana, old, new):
        sent(profile, town.url)
    assert old.standing().state_hash == new.standing().state_hash
    row = desk_row(yohana, MARIA_AGAIN)
    assert jp_of(old) == jp_of(new) == row.jp == town.row(office, MARIA_AGAIN)["jp"] == JP

    town.ask("person", "unmerge", *ids)
    for profile in (old, new, yohana):
        sent(profile, town.url)
    assert town.row(office, MARIA)["jp"] == desk_row(yohana, MARIA).jp == JP
    assert town.row(office, MARIA_AGAIN)["jp"] == desk_row(yohana, MARIA_AGAIN).jp == 0


class TwoRecords:
    """Her old record is at a PC that only a stick reaches, the new one has a line; a desk stands between."""

    def __init__(self, town, office, seat, root):
        self.town, self.office, self.root = town, office, root
        self.far, self.old = seat(MARIA, "PC Kampung")
        self.near, self.new = seat(MARIA_AGAIN, "PC Baru")
        self.desk, self.yohana = seat(COORDINATOR, "PC Sekretariat")
        root.mkdir()
        self.stick().prepare()

    def stick(self):
        return Stick(self.root, self.desk.store.office())

    def round(self, *, line_first):
        """Everything travels once: by stick over the desk, and by HTTPS before or after it."""
        if line_first:
            sent(self.new, self.town.url)
        exchange(self.far.store, self.stick())
        merge(self.yohana, self.stick())
        for key in waiting_keys(self.yohana):
            vouch(self.yohana, key, key.person)
        road = Transport(self.town.url)

        def bring(part):
            answer = road.post(part, "/v1/carry")
            return answer if isinstance(answer, Failure) else answer.body

        assert to_centre(self.yohana, bring).failure is None
        road.close()
        for one in (self.new, self.yohana, self.new):
            sent(one, self.town.url)

    def home(self):
        """The answer comes to the far PC; what the desk said meanwhile is fetched for it too."""
        for _ in range(2):
            self.round(line_first=False)
            load_stick(self.desk.store, self.stick())
            exchange(self.far.store, self.stick())
            self.old.take_waiting()

    def hours(self, person, profile):
        """On the PC, at the desk, at the centre."""
        return jp_of(profile), desk_row(self.yohana, person).jp, self.town.row(self.office, person)["jp"]

    def rules(self, what):
        self.town.ask("person", what, *(str(uuid.UUID(bytes=one.person)) for one in (self.old, self.new)))


def test_two_records_are_joined_and_parted_while_work_of_both_goes_on_coming(town, office, seat, tmp_path):
    both = TwoRecords(town, office, seat, tmp_path / "flashdisk")
    finish(both.far, both.old)
    both.near.learning(both.new).page_read(READ, 1, 20)
    both.round(line_first=True)
    both.home()
    assert both.hours(MARIA, both.old) == (JP,) * 3
    assert both.hours(MARIA_AGAIN, both.new) == (0,) * 3
    said = {one.profile: town.stored(one.profile) for one in (both.old, both.new)}

    # Joined, while a stick with more of the old record is on its way, and the new one has done the course too.
    both.far.learning(both.old).page_read(READ, 2, 30)
    exchange(both.far.store, both.stick())
    finish(both.near, both.new)
    both.rules("merge")
    both.home()
    assert both.hours(MARIA_AGAIN, both.new) == (JP,) * 3, "the hours of one course count once"
    assert jp_of(both.old) == JP
    assert both.old.standing().state_hash == both.new.standing().state_hash

    # Parted, while work of both is under way again.
    both.near.learning(both.new).page_read(READ, 2, 30)
    both.far.learning(both.old).page_read(READ, 1, 30)
    exchange(both.far.store, both.stick())
    both.rules("unmerge")
    both.home()
    assert both.hours(MARIA, both.old) == (JP,) * 3
    assert both.hours(MARIA_AGAIN, both.new) == (JP,) * 3
    for profile, before in said.items():
        assert town.stored(profile)[: len(before)] == before, "nothing was rewritten"


def test_a_revoked_key_keeps_what_was_accepted_and_adds_nothing_anywhere(town, office, seat):
    pc, ketut = seat(KETUT, "PC Loket 1")
    _, yohana = seat(COORDINATOR, "PC Sekretariat")
    finish(pc, ketut)
    sent(ketut, town.url)
    sent(yohana, town.url)
    town.ask("key", "revoke", ketut.keys.signing.public.hex())
    before = len(town.stored(ketut.profile))

    ketut.record("course.completed", course="palsu", version="1", jp=2_000)
    outcome = send(ketut, town.url)
    assert [code for code, _ in outcome.refusals] == ["revoked"]
    assert (outcome.acked, ketut.unsent()) == (0, 1)
    assert len(town.stored(ketut.profile)) == before
    sent(yohana, town.url)
    assert town.row(office, KETUT)["jp"] == desk_row(yohana, KETUT).jp == JP
    # And if the later work reached the desk by another road, it would not count there either.
    late = [fact for fact in ketut.facts() if fact.statement.fields.get("course") == "palsu"]
    assert yohana.authority().accepted(late) == ()


def test_an_erased_person_is_gone_and_what_comes_later_is_acknowledged_and_dropped(town, office, seat):
    pc, ketut = seat(KETUT, "PC Loket 1")
    finish(pc, ketut)
    sent(ketut, town.url)
    town.ask("person", "erase", str(uuid.UUID(bytes=ketut.person)))
    assert town.stored(ketut.profile) == []
    pc.learning(ketut).page_read(READ, 1, 5)
    sent(ketut, town.url)
    assert ketut.unsent() == 0, "the PC is not left waiting for ever"
    assert town.stored(ketut.profile) == []
    assert KETUT.name not in town.ask("report", "--json", "--office", office.name)
