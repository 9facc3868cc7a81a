"""The first day of a contract comes with the roster, and stays where a later roster does not say it."""

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.officefile import NipRecord, Role
from sync.roster import changes as roster_changes
from sync.roster import proposal
from sync.roster.changes import SHORTEST_CONTRACT, Known, changes, contract_moved
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


def test_a_renewed_contract_under_the_same_number_stands_beside_the_first():
    held = NipRecord(MARIA, "PPPK", contract="2022-03-01")
    one, says = marias(read("01-06-2027"), held)
    assert one.nips == (NipRecord(MARIA, "PPPK", contract="2027-06-01", earlier=("2022-03-01",)),)
    assert says == ("Kontrak baru: Maria, 2027-06-01",)
    again, says = marias(read("01-06-2027"), *one.nips)
    assert (again.nips, says) == (one.nips, ())
    third, _ = marias(read("01-06-2028"), *one.nips)
    assert third.nips[-1].contracts == ("2022-03-01", "2027-06-01", "2028-06-01")


@pytest.mark.parametrize("right", ["01-04-2022", "01-02-2022", "01-03-2021", "31-12-2022"])
def test_a_date_that_is_put_right_leaves_no_contract_that_never_was(right):
    one, says = marias(read(right), NipRecord(MARIA, "PPPK", contract="2022-03-01"))
    assert len(one.nips[-1].contracts) == 1
    assert says[0].startswith("Mulai kontrak: ")


def test_a_renewal_typed_too_early_is_taken_back_whole():
    held = NipRecord(MARIA, "PPPK", contract="2027-06-01", earlier=("2022-03-01",))
    one, _ = marias(read("01-03-2022"), held)
    assert one.nips == (NipRecord(MARIA, "PPPK", contract="2022-03-01"),)


@given(st.lists(st.dates(date(2018, 1, 1), date(2034, 12, 31)), min_size=1, max_size=5))
def test_whatever_a_roster_dates_the_contracts_are_in_order_and_a_contract_apart(days):
    nips = (NipRecord(MARIA, "PPPK"),)
    for day in days:
        nips = marias(read(f"{day:%d-%m-%Y}"), *nips)[0].nips
        starts = [date.fromisoformat(one) for one in nips[-1].contracts]
        assert starts[-1] == day
        assert all(later - sooner >= SHORTEST_CONTRACT for sooner, later in itertools.pairwise(starts))


def test_planted_fault_a_renewal_that_forgets_the_first_is_seen(monkeypatch):
    monkeypatch.setattr(roster_changes, "_renews", lambda _before, _start: False)
    with pytest.raises(AssertionError):
        test_a_renewed_contract_under_the_same_number_stands_beside_the_first()


def test_a_proposal_carries_it_and_stays_as_small_as_before_without_it():
    lines = read("01-03-2022")
    assert read_roster(unpack_lines(pack_lines(lines)), TODAY).lines[1].contract == "2022-03-01"
    assert b"kontrak" not in unpack_lines(pack_lines(read("")))


def test_a_proposal_that_dropped_it_would_be_caught(monkeypatch):
    monkeypatch.setattr(proposal, "_CONTRACT", "Catatan")
    with pytest.raises(AssertionError):
        test_a_proposal_carries_it_and_stays_as_small_as_before_without_it()
