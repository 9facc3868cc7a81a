"""What the desk carries goes to the centre in an order that needs no second try, and gets one where it does."""

import pytest

from desktop.office.carry import to_centre
from desktop.office.exchange_stick import exchange
from desktop.office.merge import merge
from sync.postbag.part import read_part
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


def test_what_a_pc_wrote_first_goes_first_whatever_its_files_are_called(desk, office):
    centre = PostCentre(office)
    assert to_centre(desk.people[MARKUS], centre).left == 0
    others = [one for one in centre.asked if one.pc != desk.store.pc().id]
    assert len(others) == 6
    assert [one.at for one in others] == sorted(one.at for one in others)


@pytest.mark.parametrize("known_after", [4, 99])
def test_a_part_whose_writer_is_introduced_by_a_later_one_goes_once_more(desk, office, known_after):
    """A centre that does not list the first part until it has heard of its writer; 99: it never does."""
    centre, late, brought = PostCentre(office), desk.store.carried.list()[0].digest, []

    def bring(body):
        brought.append(read_part(body).digest)
        return centre(body, unlisted=() if len(brought) > known_after else (late,))

    done = to_centre(desk.people[MARKUS], bring)
    assert (done.failure, done.left) == (None, int(known_after == 99))
    assert brought.count(late) == 2, "once more, and not for ever"
    assert all(brought.count(one) == 1 for one in set(brought) - {late})
