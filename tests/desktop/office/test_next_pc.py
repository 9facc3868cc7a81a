"""The stick says at each PC, also at a locked one, which PC comes next; old sticks say nothing, and no finder reads it."""

import pytest

from desktop.errors import Problem
from desktop.office import round_on_stick
from desktop.office.carry import to_centre
from desktop.office.exchange_stick import exchange
from desktop.office.merge import merge
from desktop.office.round import note_sent
from sync.client.stick import FOLDER
from sync.client.stick_disk import RealDisk
from sync.postbag.round_list import MARKS_FILE, ROUND_FILE
from tests.builders.office import DINA, MARKUS, YOHANA
from tests.builders.round import Desk, PostCentre

NAMES = ("PC Arsip", "PC Loket", "PC Rapat")


@pytest.fixture
def desk(tmp_path, office):
    made = Desk(tmp_path / "meja", office, "PC Sekretariat")
    made.sit(MARKUS)
    yield made
    made.off()


@pytest.fixture
def pcs(tmp_path, office):
    """Three PCs; at the first two somebody works, the third stands there for whoever comes."""
    made = [Desk(tmp_path / name, office, name) for name in NAMES]
    for pc, nip in zip(made, (YOHANA, DINA, YOHANA), strict=True):
        pc.sit(nip)
        pc.study(nip, [1, 2, 3])
    yield made
    for pc in made:
        pc.off()


@pytest.fixture
def root(tmp_path, desk):
    folder = tmp_path / "flashdisk"
    folder.mkdir()
    desk.stick(folder).prepare()
    return folder


def visited(pc, root, disk=None):
    """Names that the locked screen of a PC shows after its visit."""
    return exchange(pc.store, pc.stick(root, disk)).left


def second_round(desk, pcs, root, office):
    """Go once around, so that the desk knows the PCs, and begin a new round at the centre."""
    for pc in pcs:
        assert visited(pc, root) is None, "nobody has said yet where this stick goes"
    merge(desk.people[MARKUS], desk.stick(root))
    assert to_centre(desk.people[MARKUS], PostCentre(office)).failure is None
    note_sent(desk.store)
    desk.clock.wait(60)
    round_on_stick.round_to(desk.people[MARKUS], desk.stick(root))


def test_each_locked_pc_tells_the_next_and_the_last_tells_that_all_were_visited(desk, pcs, root, office):
    second_round(desk, pcs, root, office)
    arsip, loket, rapat = pcs
    assert visited(loket, root) == ("PC Arsip", "PC Rapat")
    assert visited(rapat, root) == ("PC Arsip",)
    assert visited(loket, root) == ("PC Arsip",), "a second visit changes nothing"
    assert visited(arsip, root) == ()


def test_merging_in_the_middle_of_a_round_forgets_no_visit(desk, pcs, root, office):
    second_round(desk, pcs, root, office)
    visited(pcs[0], root)
    merge(desk.people[MARKUS], desk.stick(root))
    assert visited(pcs[1], root) == ("PC Rapat",)


def test_marks_of_the_last_round_say_nothing_in_the_next(desk, pcs, root, office):
    second_round(desk, pcs, root, office)
    assert [visited(pc, root) for pc in pcs][-1] == ()
    note_sent(desk.store)
    desk.clock.wait(60)
    round_on_stick.round_to(desk.people[MARKUS], desk.stick(root))
    assert visited(pcs[0], root) == ("PC Loket", "PC Rapat")


def test_a_new_pc_that_the_desk_has_not_met_says_nothing_and_gives_its_work(
    desk, pcs, root, office, tmp_path
):
    second_round(desk, pcs, root, office)
    new = Desk(tmp_path / "baru", office, "PC Baru")
    new.sit(YOHANA)
    new.study(YOHANA, [4])
    done = exchange(new.store, new.stick(root))
    assert (done.left, done.statements > 0) == (None, True)
    new.off()


def test_a_torn_list_or_torn_marks_are_as_none(desk, pcs, root, office):
    second_round(desk, pcs, root, office)
    visited(pcs[0], root)
    marks, held = root / FOLDER / MARKS_FILE, root / FOLDER / ROUND_FILE
    marks.write_bytes(marks.read_bytes()[:-1])
    assert visited(pcs[1], root) == ("PC Arsip", "PC Rapat"), "named once more, and no harm is done"
    held.write_bytes(held.read_bytes()[:-5])
    assert visited(pcs[2], root) is None


def test_whoever_finds_the_stick_reads_no_name_of_a_pc(desk, pcs, root, office):
    second_round(desk, pcs, root, office)
    visited(pcs[0], root)
    everything = b"\0".join(path.read_bytes() for path in root.rglob("*") if path.is_file())
    for pc in (desk, *pcs):
        assert pc.store.pc().id not in everything
        assert pc.store.pc().name.encode() not in everything


class Pulled(RealDisk):
    """Comes out while the mark is being written, after all results are safe."""

    def write(self, path, data):
        if len(data) == 48:
            raise OSError(5, "pulled")
        super().write(path, data)


def test_a_stick_pulled_at_the_mark_is_told_and_nothing_is_lost(desk, pcs, root, office):
    second_round(desk, pcs, root, office)
    pcs[0].study(YOHANA, [5, 6])
    with pytest.raises(Problem, match="tercabut"):
        visited(pcs[0], root, Pulled())
    found = merge(desk.people[MARKUS], desk.stick(root))
    assert found.new >= 2
