"""Two PCs from one disk image: the same id at two places, and the desk is one of them."""

import pytest

from desktop.office import carriage
from desktop.store.carried import CarriedPiece
from desktop.store.handed import Handed
from tests.builders.office import MARKUS, YOHANA
from tests.builders.round import Desk


@pytest.fixture
def desk(tmp_path, office):
    made = Desk(tmp_path / "meja", office, "PC Sekretariat")
    made.sit(MARKUS)
    yield made
    made.off()


def carried(desk):
    return {one.digest for one in desk.store.carried.list()}


def from_the_twin(desk):
    """The desk carries work of the PC that has its id too, and then asks something new of its own."""
    carriage.pack_own(desk.store)
    (question,) = carried(desk)
    twin = CarriedPiece(b"t" * 32, desk.store.pc().id, desk.store.now(), desk.store.now(), b"work")
    desk.store.carried.put([twin])
    desk.sit(YOHANA)  # somebody more for whom the PC asks
    carriage.pack_own(desk.store)
    return question, twin.digest


def test_work_of_a_pc_from_the_same_image_is_carried_on_and_only_the_old_question_goes(desk):
    question, twin = from_the_twin(desk)
    assert twin in carried(desk)
    assert question not in carried(desk)


def test_planted_fault_what_this_pc_has_not_handed_out_is_taken_for_a_question(desk, monkeypatch):
    everything = type("Any", (), {"__rand__": lambda _, mine: mine})()
    monkeypatch.setattr(Handed, "digests", lambda _: everything)
    _, twin = from_the_twin(desk)
    assert twin not in carried(desk)
