"""The first day of a contract comes with the roster, and stays where a later roster does not say it."""

from datetime import date

import pytest

from sync.officefile import NipRecord, Role
from sync.roster import proposal
from sync.roster.changes import Known, changes, contract_moved
from sync.roster.lines import RosterFaultError
from sync.roster.proposal import pack_lines, unpack_lines
from sync.roster.sheet import read_roster

TODAY = date(2026, 11, 24)
LEAD, MARIA, RENEWED = "197501012000031002", "199604242022212008", "199604242027212001"
HEAD = "NIP;Nama;Unit;Peran;"


def read(*cells, title="Mulai kontrak", nip=MARIA):
    rows = [f"{LEAD};Markus;Distrik;koordinator;", *(f"{nip};Maria;Distrik;peserta;{cell}" for cell in cells)]
    return read_roster("\n".join([HEAD + title, *rows]).encode(), TODAY).lines


def known(*nips):
    return (
        Known(b"k" * 16, "Markus", "Distrik", Role.COORDINATOR, (NipRecord(LEAD),)),
        Known(b"m" * 16, "Maria", "Distrik", Role.LEARNER, nips),
    )


def marias(lines, *nips):
    found = changes(lines, known(*nips), TODAY)
    return next(one for one in found.placed if one.known.name == "Maria"), found.says


@pytest.mark.parametrize("title", ["Mulai kontrak", "TMT Kontrak", "TMT PPPK"])
@pytest.mark.parametrize("cell", ["01-03-2022", "2022-03-01", "2022-03-01 00:00:00", "1/3/2022"])
def test_it_is_read_as_clerks_and_spreadsheets_write_it(title, cell):
    one, says = marias(read(cell, title=title), NipRecord(MARIA, "PPPK"))
    assert one.nips == (NipRecord(MARIA, "PPPK", contract="2022-03-01"),)
    assert contract_moved(one) == "2022-03-01"
    assert says == ("Mulai kontrak: Maria, 2022-03-01",)


@pytest.mark.parametrize("cell", ["", "-"])
def test_an_empty_cell_leaves_it_as_it_was(cell):
    held = NipRecord(MARIA, "PPPK", contract="2022-03-01")
    one, says = marias(read(cell), held)
    assert (one.nips, says) == ((held,), ())
    one, says = marias(read("x", title="Golongan"), held)
    assert (one.nips, says) == ((held,), ())


def test_what_is_no_day_is_told_by_its_line():
    with pytest.raises(RosterFaultError, match="Baris 3: Mulai kontrak harus tanggal"):
        read("tahun lalu")


def test_a_renewed_contract_under_a_new_number_keeps_the_first():
    lines = read("01-03-2022") + read("01-03-2027", nip=RENEWED)[1:]
    one, _ = marias([lines[0], lines[1]], NipRecord(MARIA, "PPPK"))
    line = read("01-03-2027", nip=RENEWED)[1]
    again = type(line)(**{name: getattr(line, name) for name in line.__slots__} | {"former": MARIA})
    two, _ = marias([lines[0], again], *one.nips)
    assert [(each.nip, each.contract) for each in two.nips] == [
        (MARIA, "2022-03-01"),
        (RENEWED, "2027-03-01"),
    ]


def test_a_proposal_carries_it_and_stays_as_small_as_before_without_it():
    lines = read("01-03-2022")
    assert read_roster(unpack_lines(pack_lines(lines)), TODAY).lines[1].contract == "2022-03-01"
    assert b"kontrak" not in unpack_lines(pack_lines(read("")))


def test_a_proposal_that_dropped_it_would_be_caught(monkeypatch):
    monkeypatch.setattr(proposal, "_CONTRACT", "Catatan")
    with pytest.raises(AssertionError):
        test_a_proposal_carries_it_and_stays_as_small_as_before_without_it()
