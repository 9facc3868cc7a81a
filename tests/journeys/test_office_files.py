"""Office files that come late, that are another office's, that are forged: no work is lost, no PC changes sides."""

import pytest

from desktop.demo.centre import Centre
from desktop.demo.people import COORDINATOR, LEARNERS, Invented
from desktop.errors import explain
from desktop.people.office import adopt_office, inspect_office
from desktop.people.vouching import finish, vouch, waiting_keys
from desktop.store.facts import Scope
from sync.journal.keys import SigningKey
from sync.officefile import SIGNED
from sync.refusal import Code, Refusal
from tests.builders.road import JP, Pc, Town, desk_row, jp_of, read_all, send, sent, take_quiz

DORCE, HELENA = LEARNERS[1], LEARNERS[3]
ELSEWHERE = Invented("Agustina Waromi", "198908172014032001", "Sekretariat", "koordinator")


@pytest.fixture
def office(town):
    return town.office((COORDINATOR, DORCE, HELENA))


def test_who_studied_before_the_office_file_came_is_known_by_it_and_loses_nothing(
    town, office, cheap_pins, tmp_path
):
    """A PC far from everything: the pack came first, the office file a month later, the line after that."""
    pc = Pc(tmp_path / "pc", "PC Kampung")
    own_papers = town.pack(papers=town.papers())
    pc.install(own_papers)
    dorce = pc.sit(DORCE, code=False)
    read_all(pc.learning(dorce))
    take_quiz(pc.learning(dorce))
    assert (jp_of(dorce), dorce.person, pc.store.outbox.outgoing()) == (JP, b"", ())
    dorce.close()
    pc.off()

    pc.on()
    adopt_office(pc.store, inspect_office(pc.store, office.file).raw)
    dorce = pc.enter(dorce.profile)
    assert dorce.person == pc.store.office().find(DORCE.nip).person
    own = sorted(fact.identity for fact in dorce.facts(Scope.OWN))
    assert pc.store.outbox.offered() == {log: max(n for at, n in own if at == log) for log, _ in own}

    sent(dorce, town.url)
    assert dorce.unsent() == 0
    assert town.row(office, DORCE)["jp"] is None
    assert town.row(office, DORCE)["state"] == "menunggu_verifikasi"
    yohana = Pc(tmp_path / "meja", "PC Sekretariat", office).sit(COORDINATOR)
    sent(yohana, town.url)
    (key,) = waiting_keys(yohana)
    assert (key.person, key.pc_name) == (dorce.person, "PC Kampung")
    vouch(yohana, key, key.person)
    sent(yohana, town.url)
    sent(dorce, town.url)
    assert jp_of(dorce) == desk_row(yohana, DORCE).jp == town.row(office, DORCE)["jp"] == JP
    assert sorted(fact.identity for fact in town.stored(dorce.profile)) == own


def test_the_office_file_may_come_while_somebody_sits_there(town, office, cheap_pins, tmp_path):
    pc = Pc(tmp_path / "pc", "PC Kampung")
    helena = pc.sit(HELENA, code=False)
    helena.record("page.read", activity="a/b/c", page=1, seconds=9, version="1")
    adopt_office(pc.store, inspect_office(pc.store, office.file).raw)
    finish(pc.store, helena)
    assert helena.person
    sent(helena, town.url)
    assert helena.unsent() == 0


@pytest.fixture
def settled(office, cheap_pins, tmp_path):
    """A PC of the office, with somebody at work."""
    pc = Pc(tmp_path / "tetap", "PC Loket 1", office)
    helena = pc.sit(HELENA)
    helena.record("page.read", activity="a/b/c", page=1, seconds=9, version="1")
    return pc, helena


def refused(pc, file):
    """Try to give the PC this office file; gives the refusal, and is sure that nothing changed."""
    before = pc.store.office().raw
    with pytest.raises(Refusal) as told:
        inspect_office(pc.store, file)
    with pytest.raises(Refusal):
        adopt_office(pc.store, file if isinstance(file, bytes) else file.read_bytes())
    assert pc.store.office().raw == before
    problem = explain(told.value)
    assert problem.known
    assert "Data Anda tidak berubah" in problem.advice or "Pekerjaan Anda tetap tersimpan" in problem.advice
    return told.value.code, problem


def test_the_file_of_a_neighbour_office_of_the_same_centre_is_refused(town, office, settled):
    pc, helena = settled
    neighbour = town.office((ELSEWHERE,))
    code, _ = refused(pc, neighbour.file)
    assert code is Code.OFFICE
    sent(helena, town.url)
    assert town.row(office, HELENA)["name"] == HELENA.name


def test_the_file_of_another_centre_is_refused_and_its_server_gets_nothing(
    town, settled, tmp_path, tmp_path_factory
):
    pc, helena = settled
    with Centre(tmp_path / "pusat-lain") as running:
        other = Town(running, tmp_path_factory.mktemp("lain"))
        foreign = other.office((ELSEWHERE, HELENA))
        code, problem = refused(pc, foreign.file)
        assert code is Code.SIGNATURE
        assert problem.title == "Asal berkas ini tidak dapat dipastikan, jadi tidak dipakai."
        unsent = helena.unsent()
        outcome = send(helena, running.url)
        assert outcome.failure is not None
        assert helena.unsent() == unsent
        assert other.stored(helena.profile) == []
    sent(helena, town.url)


@pytest.mark.parametrize("spoil", ["forged", "damaged", "truncated", "empty", "another file"])
def test_a_forged_or_damaged_office_file_is_refused_with_a_sentence(office, settled, spoil):
    pc, _ = settled
    good = office.file.read_bytes()
    magic, body = good[:14], good[14 + 64 :]
    assert magic == b"SULUH-KANTOR\x01" + good[13:14]
    forger = SigningKey.generate()
    head = len(b"SULUH-KANTOR\x01")
    body = good[head + 64 :]
    held = pc.store.office().header.centre
    spoiled = {
        "forged": good[:head]
        + forger.sign(SIGNED + body.replace(held, forger.public))
        + body.replace(held, forger.public),
        "damaged": good[: len(good) // 2] + bytes([good[len(good) // 2] ^ 1]) + good[len(good) // 2 + 1 :],
        "truncated": good[: len(good) * 2 // 3],
        "empty": b"",
        "another file": b"%PDF-1.7 daftar pegawai",
    }[spoil]
    code, _ = refused(pc, spoiled)
    assert code in {Code.SIGNATURE, Code.MALFORMED}


def test_planted_fault_a_pc_that_takes_any_office_file_is_seen(town, settled, monkeypatch):
    pc, _ = settled
    from desktop.people import office as people_office
    from sync.officefile import read_office

    neighbour = town.office((ELSEWHERE,))
    monkeypatch.setattr(people_office, "judge_office", lambda _store, _held, raw: read_office(raw))
    with pytest.raises(pytest.fail.Exception, match="DID NOT RAISE"):
        refused(pc, neighbour.file)
