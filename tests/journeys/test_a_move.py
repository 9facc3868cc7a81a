"""Somebody moves to another office: the work goes along, also what still lay at the old PC, and only the new office sees what comes."""

import pytest

from desktop.demo.people import COORDINATOR, LEARNERS, Invented
from desktop.office.carry import to_centre
from desktop.office.desk import Desk
from desktop.office.exchange_stick import exchange
from desktop.office.merge import merge
from desktop.office.roster import move_words, moves, propose, proposed, read_preview
from desktop.people.office import adopt_office, inspect_office
from desktop.people.vouching import vouch, waiting_keys
from desktop.store.facts import Scope
from sync.client.faults import Failure
from sync.client.stick import Stick
from sync.client.transport import Transport
from sync.server import rulings
from sync.server.office_plan import Plan
from tests.builders.road import JP, READ, Handed, Pc, desk_row, jp_of, read_all, read_codes, sent, take_quiz
from tests.builders.roster import workbook

MARIA, KETUT = LEARNERS[5], LEARNERS[4]
AGUSTINA = Invented("Agustina Waromi", "198908172014032001", "Sekretariat", "koordinator")


def updated(town, office, folder, people, *words):
    """The operator takes a new roster; gives the office as it now lies on a stick."""
    folder.mkdir()
    roster = folder / "daftar.csv"
    rows = [f"{one.nip};{one.name};{one.unit};{one.role}" for one in people]
    roster.write_text("NIP;Nama;Unit;Peran\n" + "\n".join(rows) + "\n", "utf-8")
    where = ("--office", office.name, "--out", str(folder / "hasil"))
    town.ask("office", "update", str(roster), *where, *words)
    (file,) = (folder / "hasil").glob("*.suluh-kantor")
    paper = folder / "hasil" / "kode-pendaftaran.csv"
    return Handed(file, read_codes(paper) if paper.exists() else {}, office.name)


def takes(pc, handed):
    adopt_office(pc.store, inspect_office(pc.store, handed.file).raw)


def to_town(town, coordinator):
    road = Transport(town.url)
    try:
        outcome = to_centre(
            coordinator,
            lambda body: (
                answer if isinstance(answer := road.post(body, "/v1/carry"), Failure) else answer.body
            ),
        )
    finally:
        road.close()
    assert (outcome.failure, outcome.left) == (None, 0)


def names(profile):
    return {one.name for one in Desk(profile).people()}


@pytest.fixture
def offices(town):
    return town.office((COORDINATOR, MARIA, KETUT)), town.office((AGUSTINA,))


def test_the_history_follows_and_what_lay_at_the_old_pc_comes_home(town, offices, tmp_path, cheap_pins):
    old, new = offices
    pack = town.pack()
    there, desk_a = Pc(tmp_path / "lama", "PC Lama", old), Pc(tmp_path / "meja-a", "PC Sekretariat A", old)
    there.install(pack)
    yohana = desk_a.sit(COORDINATOR)
    maria = there.sit(MARIA)
    at_old = there.learning(maria)
    read_all(at_old)
    sent(maria, town.url)
    before = maria.person
    take_quiz(at_old)  # stays on the PC: the line is down from now on
    assert jp_of(maria) == JP
    maria.close()

    # The district moves her: the centre says that the two records are one, and both offices have a new file.
    moved = updated(town, new, tmp_path / "b", (AGUSTINA, MARIA), "--accept-moves")
    (made,) = (tmp_path / "b").glob("hasil/kantor-lama-*/*.suluh-kantor")
    left = Handed(made, {}, old.name)
    here, desk_b = Pc(tmp_path / "baru", "PC Baru", moved), Pc(tmp_path / "meja-b", "PC Sekretariat B", new)
    here.install(pack)
    agustina = desk_b.sit(AGUSTINA)
    takes(desk_b, moved)
    maria_b = here.sit(MARIA)
    after = maria_b.person
    assert before != after

    # At the new PC she goes on; what she reads there is nobody's at the old office.
    sent(maria_b, town.url)
    here.learning(maria_b).page_read(READ, 1, 33)
    for profile in (maria_b, yohana, agustina):
        sent(profile, town.url)
    assert desk_a.store.office().header.version == 2, "by the line"
    assert MARIA.name not in names(yohana)
    assert MARIA.name in names(agustina)
    (went,), (came,) = moves(yohana), moves(agustina)
    assert (went.name, went.other, went.came) == (MARIA.name, new.name, False)
    assert (came.name, came.other, came.came) == (MARIA.name, old.name, True)
    assert move_words(went, yohana.zone()).startswith(f"Pindah ke {new.name}, ")
    assert move_words(came, agustina.zone()).startswith(f"Pindah dari {old.name}, ")
    assert moves(maria_b) == (), "who moved is for the desks alone"
    assert not [fact for fact in yohana.facts(Scope.OFFICE) if fact.header.profile == maria_b.profile]
    assert [fact for fact in agustina.facts(Scope.OFFICE) if fact.header.profile == maria_b.profile]

    # The old PC is visited once more: the coordinator who is left brings her quiz to town.
    root = tmp_path / "flashdisk"
    root.mkdir()
    Stick(root, desk_a.store.office()).prepare()
    exchange(there.store, Stick(root, there.store.office()))
    merge(yohana, Stick(root, desk_a.store.office()))
    for waiting in waiting_keys(yohana):
        vouch(yohana, waiting, waiting.person)
    to_town(town, yohana)
    for _ in range(2):
        for profile in (maria_b, agustina, yohana):
            sent(profile, town.url)
    exchange(there.store, Stick(root, there.store.office()))
    assert there.store.office().raw == left.file.read_bytes(), "by the stick"
    assert jp_of(maria_b) == JP
    assert desk_row(agustina, MARIA).jp == JP
    assert town.row(moved, MARIA)["jp"] == JP
    assert MARIA.name not in {one["name"] for one in town.report(left)}

    # A year later she comes back: the old office has her and all her work again, the other one no more.
    back = updated(town, old, tmp_path / "c", (COORDINATOR, KETUT, MARIA), "--accept-moves")
    (made,) = (tmp_path / "c").glob("hasil/kantor-lama-*/*.suluh-kantor")
    for _ in range(2):
        for profile in (yohana, agustina):
            sent(profile, town.url)
    assert town.row(back, MARIA)["jp"] == JP
    assert MARIA.name not in {one["name"] for one in town.report(Handed(made, {}, new.name))}
    assert (MARIA.name in names(yohana), MARIA.name in names(agustina)) == (True, False)
    assert desk_row(yohana, MARIA).jp == JP
    assert {one.came for one in moves(yohana)} == {True, False}, "here both fall in one second at times"

    # Whoever opens the old profile still finds it, and the work done.
    again = there.enter(maria.profile)
    assert (again.role, jp_of(again)) == ("learner", JP)


def test_nobody_moves_because_a_roster_names_them(town, offices, tmp_path, cheap_pins):
    """A coordinator's list may name anybody; whose history goes where is for the operator to say."""
    old, new = offices
    before = town.row(old, MARIA)["person"]
    listed = updated(town, new, tmp_path / "b", (AGUSTINA, MARIA))
    assert not list((tmp_path / "b").glob("hasil/kantor-lama-*"))
    assert town.row(old, MARIA)["person"] == before
    assert town.row(listed, MARIA)["person"] != before
    where = ("--office", old.name, "--out", "x", "--dry-run", "--accept-gone")
    roster = tmp_path / "a.csv"
    rows = [f"{one.nip};{one.name};{one.unit};{one.role}" for one in (COORDINATOR, KETUT, AGUSTINA)]
    roster.write_text("NIP;Nama;Unit;Peran\n" + "\n".join(rows) + "\n", "utf-8")
    said = town.ask("office", "update", str(roster), *where)
    assert f"Pindah kantor: {AGUSTINA.name}, dari {new.name} (masih tercatat di sana)" in said
    assert "Mereka belum dipindahkan" in said


def test_a_proposed_list_shows_who_moves_before_the_operator_says_so(town, offices, tmp_path, cheap_pins):
    """From the desk's *Simpan* to both offices' files: nobody looks up a UUID."""
    old, new = offices
    pc = Pc(tmp_path / "meja", "PC Sekretariat B", new)
    agustina = pc.sit(AGUSTINA)
    rows = [(n, one.name, one.nip, one.unit, "") for n, one in enumerate((AGUSTINA, MARIA), 1)]
    propose(agustina, read_preview(agustina, workbook(tmp_path / "simpeg.xlsx", rows)))
    sent(agustina, town.url)
    said = town.ask("office", "proposals", "--office", new.name)
    assert f"Pindah kantor: {MARIA.name}, dari {old.name} (masih tercatat di sana)" in said
    assert town.row(old, MARIA), "a proposal moves nobody"
    mark = proposed(agustina)[0].proposal.mark
    town.ask("office", "accept", mark, "--out", str(tmp_path / "baru"), "--accept-moves")
    for _ in range(2):
        sent(agustina, town.url)
    assert (names(agustina), [one.came for one in moves(agustina)]) == ({AGUSTINA.name, MARIA.name}, [True])
    assert MARIA.name not in {one["name"] for one in town.report(old)}


def test_planted_fault_a_plan_that_moves_whom_nobody_meant_to_is_seen(
    town, offices, tmp_path, cheap_pins, monkeypatch
):
    monkeypatch.setattr(Plan, "moving", property(lambda plan: plan.moves))
    with pytest.raises((AssertionError, StopIteration)):
        test_nobody_moves_because_a_roster_names_them(town, offices, tmp_path, cheap_pins)


def test_planted_fault_a_centre_that_introduces_no_moved_keys_is_seen(
    town, offices, tmp_path, cheap_pins, monkeypatch
):
    """Without the centre's word the new desk holds the history and does not know whose it is."""
    monkeypatch.setattr(rulings, "_introduce", lambda *_: None)
    with pytest.raises(AssertionError):
        test_the_history_follows_and_what_lay_at_the_old_pc_comes_home(town, offices, tmp_path, cheap_pins)
