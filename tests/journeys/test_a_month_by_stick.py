"""A month without internet: six PCs, one stick twice around, a report at the desk, and every certificate of receipt."""

import random

import pytest

from desktop.demo.people import COORDINATOR, LEARNERS
from desktop.office.carry import to_centre
from desktop.office.exchange_stick import exchange
from desktop.office.merge import merge
from desktop.office.round import Step, round_of
from desktop.people.vouching import vouch, waiting_keys
from desktop.store.custody import Whereabouts
from desktop.store.facts import Scope
from desktop.store.post import Post
from sync.client.faults import Failure, Fault
from sync.client.stick import Stick
from sync.client.transport import Transport
from tests.builders.road import JP, Pc, desk_row, jp_of, read_all, take_quiz

LIMIT_S = 240
BEHIND = (LEARNERS[3], LEARNERS[8])
"""Two read and did not finish."""
FORBIDDEN = (b"keamanan-loket", *(word.encode() for one in LEARNERS for word in (one.name, one.nip)))


@pytest.fixture
def office(town):
    return town.office((COORDINATOR, *LEARNERS))


@pytest.fixture
def pack(town):
    return town.pack()


@pytest.fixture
def desk(office, pack, tmp_path, cheap_pins):
    """The coordinator's PC, which has the course too: by its signed pack hours count before any line."""
    made = Pc(tmp_path / "meja", "PC Sekretariat", office)
    made.install(pack)
    yield made
    made.off()


@pytest.fixture
def pcs(office, pack, tmp_path, cheap_pins):
    """Six PCs with two people each; everybody has locked and gone home."""
    made = {}
    for number in range(6):
        pc = Pc(tmp_path / f"pc{number}", f"PC Loket {number}", office)
        pc.install(pack)
        for person in LEARNERS[2 * number : 2 * number + 2]:
            profile = pc.sit(person)
            learning = pc.learning(profile)
            read_all(learning)
            if person not in BEHIND:
                take_quiz(learning)
            made[person] = (pc, profile.profile)
            profile.close()
    yield made
    for pc in {pc for pc, _ in made.values()}:
        pc.off()


def around(pcs, root, dice):
    """Visit every PC, some twice, in any order; all are locked."""
    six = list({id(pc): pc for pc, _ in pcs.values()}.values())
    for pc in dice.sample(six, len(six)) + dice.sample(six, 2):
        exchange(pc.store, Stick(root, pc.store.office()))


def states(pc, profile):
    """Where each of somebody's statements is, by the words of the chain of custody."""
    identities = [fact.identity for fact in profile.facts(Scope.OWN)]
    return {one.whereabouts for one in Post(pc.store).chains(identities).values()}


def test_six_pcs_a_stick_and_one_bad_day_in_town(town, office, desk, pcs, tmp_path):
    dice = random.Random(6)
    yohana = desk.sit(COORDINATOR)
    root = tmp_path / "flashdisk"
    root.mkdir()
    Stick(root, desk.store.office()).prepare()

    # Around, and merged: the month's report is there without any internet.
    around(pcs, root, dice)
    first = merge(yohana, Stick(root, desk.store.office()))
    assert (first.known, first.doubtful, len(first.computers)) == (0, 0, 6)
    for waiting in waiting_keys(yohana):
        vouch(yohana, waiting, waiting.person)
    done = [person for person in LEARNERS if person not in BEHIND]
    assert {desk_row(yohana, person).jp for person in done} == {JP}
    assert [desk_row(yohana, person).jp or 0 for person in BEHIND] == [0, 0]
    assert round_of(desk.store).step is Step.CENTRE

    # A PC that is visited again shows the coordinator's word, which is no ack.
    pc, key = pcs[LEARNERS[0]]
    exchange(pc.store, Stick(root, pc.store.office()))
    profile = pc.enter(key)
    assert states(pc, profile) == {Whereabouts.COORDINATOR}
    assert profile.unsent() > 0
    profile.close()

    # Whoever finds the stick reads nothing, and merging again counts nothing again.
    everything = b"\0".join(path.read_bytes() for path in root.rglob("*") if path.is_file())
    assert not [word for word in FORBIDDEN if word in everything]
    again = merge(yohana, Stick(root, desk.store.office()))
    assert (again.new, again.known) == (0, first.new)

    # To town: the line drops in the middle, then once more with the answer on its way.
    road = Transport(town.url)
    asked = []

    def post(body):
        answer = road.post(body, "/v1/carry")
        asked.append(body)
        if len(asked) in {3, 6}:
            return Failure(Fault.CUT)
        return answer if isinstance(answer, Failure) else answer.body

    outcomes = []
    while not outcomes or outcomes[-1].failure is not None:
        outcomes.append(to_centre(yohana, post))
    road.close()
    assert [one.failure is None for one in outcomes] == [False, False, True]
    assert (outcomes[-1].left, outcomes[-1].computers) == (0, 6)
    for person in done:
        assert town.row(office, person)["jp"] == JP

    # Home again: everybody's work is at the centre, nothing is owed, and all sums are one.
    merge(yohana, Stick(root, desk.store.office()))
    around(pcs, root, dice)
    total = 0
    for person, (pc, key) in pcs.items():
        assert pc.store.outbox.outgoing() == ()
        profile = pc.enter(key)
        assert states(pc, profile) == {Whereabouts.CENTRE}
        assert profile.unsent() == 0
        total += jp_of(profile)
        assert jp_of(profile) == (desk_row(yohana, person).jp or 0) == (town.row(office, person)["jp"] or 0)
        profile.close()
    assert total == len(done) * JP
    last = merge(yohana, Stick(root, desk.store.office()))
    assert (last.new, round_of(desk.store).owed) == (0, ())
    yohana.close()
