"""What the desk carries goes to the centre in an order that needs no second try, and gets one where it does."""

import pytest

from desktop.office import carry
from desktop.office.carry import to_centre
from desktop.office.exchange_stick import exchange
from desktop.office.merge import merge
from sync.postbag.part import read_part
from sync.postbag.shipment import read_shipment
from sync.refusal import Refusal
from tests.builders.office import DINA, MARKUS, YOHANA
from tests.builders.round import Desk, PostCentre


@pytest.fixture
def desk(tmp_path, office):
    """Three visits to each of two PCs, an hour and some study between, and then all is merged."""
    made = Desk(tmp_path / "meja", office, "PC Sekretariat")
    made.sit(MARKUS)
    root = tmp_path / "flashdisk"
    root.mkdir()
    made.stick(root).prepare()
    pcs = [Desk(tmp_path / name, office, f"PC {name}") for name in ("Arsip", "Loket")]
    for pc, nip in zip(pcs, (YOHANA, DINA), strict=True):
        pc.sit(nip)
    for turn in range(3):
        for pc, nip in zip(pcs, (YOHANA, DINA), strict=True):
            pc.study(nip, [turn])
            pc.clock.wait(3_600)
            exchange(pc.store, pc.stick(root))
    made.clock.wait(99_999)
    merge(made.people[MARKUS], made.stick(root))
    yield made
    for one in (*pcs, made):
        one.off()


def parts_of(body):
    try:
        return [part for part, _ in read_shipment([body]).parts]
    except Refusal:
        return [read_part(body)]


def test_what_a_pc_wrote_first_goes_first_and_what_is_of_one_pc_together(desk, office):
    centre, own, brought = PostCentre(office), desk.store.pc().id, []
    desk.study(MARKUS, [1])

    def bring(body):
        already = len(centre.asked)
        answer = centre(body)
        brought.append([(one.pc, one.at) for one in centre.asked[already:]])
        return answer

    assert to_centre(desk.people[MARKUS], bring).left == 0
    assert [len(load) for load in brought] == [1, 3, 3], "its own work, with the vouchings, goes first"
    assert brought[0][0][0] == own
    for load in brought:
        assert len({pc for pc, _ in load}) == 1
        assert [at for _, at in load] == sorted(at for _, at in load)
    assert to_centre(desk.people[MARKUS], bring).left == 0
    assert [[pc for pc, _ in load] for load in brought[3:]] == [[own]], "and what it asks last"


def test_a_request_weighs_no_more_than_a_load(desk, office, monkeypatch):
    largest = max(len(one.piece) for one in desk.store.carried.list())
    monkeypatch.setattr(carry, "LOAD", 2 * largest)
    sizes = []

    def bring(body):
        sizes.append(len(body))
        return PostCentre(office)(body)

    assert to_centre(desk.people[MARKUS], bring).left == 0
    assert len(sizes) == 5
    assert max(sizes) < 2 * largest + 200


@pytest.mark.parametrize("known_after", [4, 99])
def test_a_part_whose_writer_is_introduced_by_a_later_one_goes_once_more(desk, office, known_after):
    """A centre that does not list the first part until it has heard of its writer; 99: it never does."""
    centre, late, brought = PostCentre(office), desk.store.carried.list()[0].digest, []

    def bring(body):
        brought.extend(part.digest for part in parts_of(body))
        return centre(body, unlisted=() if len(brought) > known_after + 3 else (late,))

    done = to_centre(desk.people[MARKUS], bring)
    assert (done.failure, done.left) == (None, int(known_after == 99))
    assert brought.count(late) == 2, "once more, and not for ever"
    assert all(brought.count(one) == 1 for one in set(brought) - {late})
