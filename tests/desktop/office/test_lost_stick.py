"""A stick is lost: a coordinator's statement says who may be on it, and everything is collected again."""

import shutil

import pytest

from desktop.errors import Problem
from desktop.office.carry import to_centre
from desktop.office.exchange_stick import exchange
from desktop.office.lost_stick import lost_sticks, may_be_aboard, report_lost
from desktop.office.merge import merge
from desktop.office.round import round_of
from desktop.people.vouching import finish
from desktop.store.profile import Profile
from sync.folds.losses import CLOCK, LOST, losses
from sync.journal.authority import Authority
from tests.builders.office import DINA, MARKUS, YOHANA
from tests.builders.round import Desk, PostCentre


@pytest.fixture
def desk(tmp_path, office):
    made = Desk(tmp_path / "meja", office, "PC Sekretariat")
    made.sit(MARKUS)
    yield made
    made.off()


@pytest.fixture
def pcs(tmp_path, office):
    made = [Desk(tmp_path / name, office, f"PC {name}") for name in ("Arsip", "Loket")]
    for pc, nip in zip(made, (YOHANA, DINA), strict=True):
        finish(pc.store, pc.sit(nip))
        pc.study(nip, [1, 2, 3])
    yield made
    for pc in made:
        pc.off()


def stick(tmp_path, desk, name="flashdisk"):
    folder = tmp_path / name
    folder.mkdir()
    desk.stick(folder).prepare()
    return folder


def visit(pc, root):
    return exchange(pc.store, pc.stick(root))


def merged(desk, root):
    return merge(desk.people[MARKUS], desk.stick(root))


def test_the_report_names_who_has_worked_at_the_pcs_also_whom_nobody_has_vouched_for(desk, pcs, tmp_path):
    root = stick(tmp_path, desk)
    for pc in pcs:
        visit(pc, root)
    merged(desk, root)
    loss = report_lost(desk.people[MARKUS], "  di kapal  ")
    assert set(loss.pcs) == {pc.store.pc().id for pc in pcs}
    assert set(loss.people) == {pcs[0].people[YOHANA].person, pcs[1].people[DINA].person}
    assert (loss.about, loss.until - loss.at) == ("di kapal", CLOCK)
    assert lost_sticks(desk.people[MARKUS]) == (loss,)


def test_the_report_goes_to_the_centre_as_all_work_does(desk, pcs, tmp_path, office):
    report_lost(desk.people[MARKUS], "")
    centre = PostCentre(office)
    assert to_centre(desk.people[MARKUS], centre).failure is None
    assert [one.statement.kind for one in centre.facts.values() if one.statement.kind == LOST] == [LOST]


def test_what_was_only_on_the_lost_stick_counts_as_not_visited_and_is_handed_out_again(desk, pcs, tmp_path):
    root = stick(tmp_path, desk)
    for pc in pcs:
        visit(pc, root)
    merged(desk, root)
    later = stick(tmp_path, desk, "kedua")
    pcs[0].study(YOHANA, [4, 5])
    given = visit(pcs[0], later).statements
    assert given >= 2
    shutil.rmtree(later)
    report_lost(desk.people[MARKUS], "")
    third = stick(tmp_path, desk, "ketiga")
    assert visit(pcs[0], third).statements >= given, "nothing is forgotten until an answer lists it"
    assert merged(desk, third).new == 2


def test_a_pc_that_was_visited_and_not_merged_is_still_to_be_visited(desk, pcs, tmp_path, office):
    root = stick(tmp_path, desk)
    for pc in pcs:
        visit(pc, root)
    merged(desk, root)
    assert to_centre(desk.people[MARKUS], PostCentre(office)).failure is None
    desk.clock.wait(60)
    visit(pcs[0], root)
    shutil.rmtree(root)
    report_lost(desk.people[MARKUS], "")
    assert {one.name for one in round_of(desk.store).left} == {"PC Arsip", "PC Loket"}


def test_a_learner_reports_no_stick(pcs):
    with pytest.raises(Problem, match="koordinator"):
        report_lost(pcs[0].people[YOHANA], "")
    assert pcs[0].people[YOHANA].facts(kinds=(LOST,)) == ()


def test_a_learners_forged_report_is_none(desk, pcs, tmp_path, monkeypatch):
    """A changed program may state anything; the desk and the centre ask whose right it is."""
    root = stick(tmp_path, desk)
    monkeypatch.setattr(Profile, "_allow", lambda _self, _kinds: None)
    pcs[0].people[YOHANA].record(LOST, at=1, seen=0, pcs=b"", people=b"", about="palsu")
    visit(pcs[0], root)
    merged(desk, root)
    (forged,) = desk.people[MARKUS].facts(kinds=(LOST,))
    assert lost_sticks(desk.people[MARKUS]) == ()
    monkeypatch.setattr(Authority, "accepted", lambda _self, facts: tuple(facts))
    assert losses([forged]) == lost_sticks(desk.people[MARKUS]), "a desk that asks nobody would count it"


def test_no_name_of_the_report_lies_on_the_next_stick(desk, pcs, tmp_path):
    root = stick(tmp_path, desk)
    for pc in pcs:
        visit(pc, root)
    merged(desk, root)
    report_lost(desk.people[MARKUS], "di kapal Sabuk Nusantara")
    merged(desk, root)
    everything = b"".join(path.read_bytes() for path in root.rglob("*") if path.is_file())
    for word in (b"Sabuk Nusantara", *may_be_aboard(desk.people[MARKUS]).people):
        assert word not in everything
