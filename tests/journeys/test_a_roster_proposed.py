"""A coordinator brings a new roster: looked at, proposed, taken by the centre, and everybody's office file is new."""

import pytest

from desktop.demo.people import COORDINATOR, LEARNERS
from desktop.office.desk import Desk
from desktop.office.roster import Sort, propose, proposed, read_preview, state_words
from sync.roster.proposal import Outcome
from tests.builders.road import Pc, sent
from tests.builders.roster import workbook

MARIA, KETUT = LEARNERS[5], LEARNERS[4]
LUKAS = "199805052024211004"


@pytest.fixture
def office(town):
    return town.office((COORDINATOR, MARIA, KETUT))


def test_a_proposal_goes_to_the_centre_is_taken_and_comes_back_as_the_new_office_file(
    town, office, tmp_path, cheap_pins
):
    pc = Pc(tmp_path / "meja", "PC Sekretariat", office)
    desk = pc.sit(COORDINATOR)
    here = {one.nips[-1].nip: one for one in Desk(desk).people()}
    stays = [one for nip, one in here.items() if nip != KETUT.nip]
    rows = [(n, one.name.upper(), one.nips[-1].nip, one.unit, "") for n, one in enumerate(stays, 1)]
    file = workbook(tmp_path / "simpeg.xlsx", [*rows, (9, "Lukas Imbiri", LUKAS, "Distrik Baru", "")])
    found = read_preview(desk, file)
    assert [one.sort for one in found.told] == [Sort.GONE, Sort.NEW]
    propose(desk, found)
    sent(desk, town.url)
    (state,) = proposed(desk)
    assert state_words(state) == "Menunggu pusat."

    town.ask("office", "accept", state.proposal.mark, "--out", str(tmp_path / "baru"))
    for _ in range(2):
        sent(desk, town.url)
    (state,) = proposed(desk)
    assert (state.proposal.outcome, state.proposal.version) == (Outcome.TAKEN, 2)
    assert state_words(state) == "Diterima pusat: berkas kantor versi 2."
    assert desk.store.office().header.version == 2
    after = {one.nips[-1].nip: one for one in Desk(desk).people()}
    assert LUKAS in after
    assert KETUT.nip not in after
    assert after[MARIA.nip].person == here[MARIA.nip].person
    assert after[MARIA.nip].name == here[MARIA.nip].name, "capitals are no new name"

    propose(desk, read_preview(desk, workbook(tmp_path / "lagi.xlsx", rows)))
    sent(desk, town.url)
    newest = proposed(desk)[0]
    town.ask("office", "decline", newest.proposal.mark, "--why", "Lukas baru masuk bulan ini")
    sent(desk, town.url)
    assert state_words(proposed(desk)[0]) == "Tidak diambil pusat: Lukas baru masuk bulan ini"
    assert desk.store.office().header.version == 2
