"""A roster as SIMPEG exports it: previewed with every mistake, proposed only by Simpan, and what became of it."""

import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import Problem
from desktop.office import roster, roster_child
from desktop.office.roster import Sort, preview, propose, proposed, read_preview, state_words
from desktop.office.roster_file import read_rows
from sync.journal.keys import LetterKey
from sync.journal.secret_fields import open_fields
from sync.nip import spaced
from sync.officefile import NipRecord, PersonEntry
from sync.refusal import Refusal
from sync.roster.lines import read_day
from sync.roster.proposal import PROPOSED, unpack_lines
from sync.roster.sheet import read_roster
from tests.builders.office import DINA, MARKUS, YOHANA
from tests.builders.roster import HEAD, workbook
from tests.builders.round import Desk

TODAY = date(2026, 11, 24)
LUKAS, RINA = "199805052024211004", "199003032015032002"
UNIT = "Distrik Abenaho"


@pytest.fixture
def desk(tmp_path, office):
    made = Desk(tmp_path / "meja", office, "PC Sekretariat")
    made.sit(MARKUS)
    yield made
    made.off()


def row(number, name, nip, unit=UNIT, *more):
    return (number, name, nip, unit, "III/a", *more)


PEOPLE = [row(1, "MARKUS ITLAY", MARKUS), row(2, "Yohana Wenda", YOHANA), row(3, "Dina Kambuaya", DINA)]


def told(found, sort):
    return [(one.line, one.who, one.says) for one in found.told if one.sort is sort]


def test_a_workbook_of_simpeg_is_read_whatever_stands_above_and_how_its_titles_are_merged(desk, tmp_path):
    file = workbook(
        tmp_path / "simpeg.xlsx",
        [
            (1, 2, 3, 4),
            (1, "MARKUS  ITLAY", spaced(MARKUS), UNIT),
            (2, "Yohana Wenda", f" {YOHANA} ", "Puskesmas Urfas"),
            (3, "Rina Wonda", RINA, UNIT),
            (None,),
            (None, "Mengetahui,", None, None),
        ],
        head=[("NO", "PEGAWAI", None, "UNIT KERJA"), (None, "NAMA", "NIP", None)],
        above=[("PEMERINTAH KABUPATEN",), ("DAFTAR PEGAWAI per 1 November 2026",), ()],
        merged=["A4:A5", "B4:C4", "D4:D5"],
    )
    found = read_preview(desk.people[MARKUS], file)
    assert not found.faulty
    assert (found.people, found.coming, found.going, found.changing) == (3, 1, 1, 1)
    assert told(found, Sort.NEW) == [(9, "Rina Wonda", UNIT)]
    assert told(found, Sort.MOVED) == [(8, "Yohana Wenda", f"dari {UNIT} ke Puskesmas Urfas")]
    assert told(found, Sort.GONE) == [(0, "Dina Kambuaya", UNIT)]
    assert told(found, Sort.RENAMED) == [], "SIMPEG's capitals are no new name"
    assert [line for line, _, _ in told(found, Sort.SKIPPED)] == [11]


def test_every_planted_mistake_is_named_by_its_row_and_nothing_can_be_proposed(desk, tmp_path):
    file = workbook(
        tmp_path / "salah.xlsx",
        [
            *PEOPLE,
            row(4, "Ganda", DINA),
            row(5, "Huruf", "1998050520242110O4"),
            row(6, "Lama", "130131110"),
            row(7, "Terpotong", 1.98805052024211e17),
            row(8, "Tanggal", "199002302015051001"),
            row(9, "Tanpa Nip", None),
            row(10, "Kelamin", "198609262015053001"),
            row(11, "Urut", 198609262015051000),
            row(12, "Bulan", "198609262015131001"),
            row(13, "Tua", "196001012010012003"),
        ],
    )
    found = read_preview(desk.people[MARKUS], file)
    assert found.faulty
    assert {line: says for line, _, says in told(found, Sort.FAULT)} == {
        5: "NIP sama dengan baris 4.",
        6: "NIP harus 18 angka.",
        7: "NIP harus 18 angka.",
        8: "Excel memendekkan NIP ini; jadikan kolom NIP berformat Teks lalu isi kembali.",
        9: "8 angka pertama NIP bukan tanggal lahir yang mungkin.",
        10: "NIP belum diisi. Praktisi tanpa NIP: isi Peran dengan tamu, mentor, atau juri.",
        11: "Angka ke-15 NIP harus 1 atau 2.",
        12: "Excel memendekkan NIP ini; jadikan kolom NIP berformat Teks lalu isi kembali.",
        13: "Angka ke-13 dan ke-14 NIP harus bulan 01-12 (PNS) atau 21 ke atas (PPPK).",
    }
    assert [line for line, _, _ in told(found, Sort.ODD)] == [14]
    with pytest.raises(Problem):
        propose(desk.people[MARKUS], found)
    assert desk.people[MARKUS].facts(kinds=(PROPOSED,)) == ()


@pytest.mark.parametrize("code", ["utf-8-sig", "cp1252", "utf-16", "utf-8"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_csv_is_read_in_every_writing_that_offices_use(desk, tmp_path, code, separator):
    file = tmp_path / "simpeg.csv"
    rows = [HEAD, *PEOPLE[:2], row(3, "Díná Kambuaya", f"'{DINA}")]
    file.write_bytes("\r\n".join(separator.join(map(str, one)) for one in rows).encode(code))
    found = read_preview(desk.people[MARKUS], file)
    assert told(found, Sort.RENAMED) == [(4, "Díná Kambuaya", "sebelumnya Dina Kambuaya")]
    assert (found.faulty, found.changes) == (False, 1)


def test_who_has_a_new_nip_is_the_same_person_and_who_has_no_nip_is_not_gone():
    known = [
        PersonEntry(b"m" * 16, (NipRecord(MARKUS),), "Markus Itlay", UNIT, "coordinator"),
        PersonEntry(b"d" * 16, (NipRecord(DINA),), "Dina Kambuaya", UNIT),
        PersonEntry(b"g" * 16, (), "Praktisi Tamu", UNIT, "guest", until="2027-01-31"),
    ]
    rows = [
        (1, ["NIP", "NAMA", "UNIT", "NIP LAMA"]),
        (2, [MARKUS, "Markus Itlay", UNIT, "130131110"]),
        (3, [LUKAS, "Dina Kambuaya", UNIT, DINA]),
    ]
    found = preview(rows, known, TODAY)
    assert [one.sort for one in found.told] == [Sort.NIP]
    assert [line.person for line in found.lines] == [b"m" * 16, b"d" * 16, b"g" * 16]
    assert (found.going, found.lines[2].until) == (0, "2027-01-31")


def test_a_role_that_ended_is_over_and_one_that_the_file_does_not_know_stays():
    known = [
        PersonEntry(b"m" * 16, (NipRecord(MARKUS),), "Markus Itlay", UNIT, "coordinator"),
        PersonEntry(b"d" * 16, (NipRecord(DINA),), "Dina Kambuaya", UNIT, "jury", until="2026-11-23"),
    ]
    rows = [(1, HEAD), *((number, list(map(str, one))) for number, one in enumerate(PEOPLE[::2], 2))]
    found = preview(rows, known, TODAY)
    assert told(found, Sort.ROLE) == [(3, "Dina Kambuaya", "peserta")]
    assert [line.role.value for line in found.lines] == ["coordinator", "learner"]


def test_only_simpan_states_it_and_only_the_centre_opens_it(desk, tmp_path, office):
    markus = desk.people[MARKUS]
    file = workbook(tmp_path / "simpeg.xlsx", [*PEOPLE[:2], row(3, "Rina Wonda", RINA)])
    found = read_preview(markus, file)
    assert markus.facts(kinds=(PROPOSED,)) == ()
    assert proposed(markus) == ()
    propose(markus, found)
    (state,) = proposed(markus)
    assert state_words(state) == "Menunggu pusat."
    assert (state.proposal.coming, state.proposal.going, state.proposal.changing) == (1, 1, 0)
    (fact,) = markus.facts(kinds=(PROPOSED,))
    sealed = fact.statement.fields["sealed"]
    with pytest.raises(Refusal):
        open_fields(PROPOSED, sealed, next(iter(markus.keys.office.values())))
    lines = unpack_lines(open_fields(PROPOSED, sealed, office.letter)["lines"])
    assert [line.nip for line in read_roster(lines, TODAY).lines] == [MARKUS, YOHANA, RINA]
    planted = (RINA.encode(), b"Rina Wonda")
    files = [one for one in desk.folder.rglob("*") if one.is_file()]
    assert not any(word in one.read_bytes() for word in planted for one in files)


def test_a_learner_neither_previews_nor_proposes(tmp_path, office):
    pc = Desk(tmp_path / "loket", office, "PC Loket")
    yohana = pc.sit(YOHANA)
    try:
        with pytest.raises(Problem, match="koordinator"):
            read_preview(yohana, workbook(tmp_path / "x.xlsx", PEOPLE))
        with pytest.raises(Problem, match="koordinator"):
            propose(yohana, roster.Preview(1, (), coming=1))
    finally:
        pc.off()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("x.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "Excel lama"),
        ("x.xls", b"<html><table><tr><td>NIP</td></tr></table></html>", "Excel lama"),
        ("x.xlsx", b"PK\x03\x04" + bytes(100), "tidak dapat dibaca"),
        ("x.csv", b"", "kosong"),
        ("x.csv", b"\x00\xff" * 50, ""),
    ],
)
def test_a_file_that_is_no_roster_is_refused_in_words(desk, tmp_path, name, data, says):
    file = tmp_path / name
    file.write_bytes(data)
    if name.endswith("csv"):
        found = read_preview(desk.people[MARKUS], file)
        assert found.faulty
        assert says in found.told[0].says
    else:
        with pytest.raises(Problem, match=says):
            read_preview(desk.people[MARKUS], file)
    with pytest.raises(Problem, match="dibuka"):
        read_rows(tmp_path / "tidak-ada.csv")


def test_a_workbook_that_unpacks_without_end_ends_the_child_only(tmp_path, monkeypatch):
    file = tmp_path / "bom.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", bytes(roster_child.UNPACKED + 1))
    with pytest.raises(Problem, match="tidak dapat dibaca"):
        read_rows(file)
    with pytest.raises(MemoryError):
        roster_child._judge(file.read_bytes())
    monkeypatch.setattr(roster_child, "UNPACKED", 1 << 40)
    roster_child._judge(file.read_bytes())


CELL = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [MARKUS, YOHANA, DINA, spaced(DINA), "NIP", "Nama", "Unit kerja", "koordinator", "=1+1", "'"]
    ),
)


@given(st.lists(st.lists(CELL, max_size=6), max_size=8), st.booleans())
def test_whatever_stands_in_cells_is_previewed_or_refused_and_never_half(cells, titles):
    known = [PersonEntry(b"m" * 16, (NipRecord(MARKUS),), "Markus Itlay", UNIT, "coordinator")]
    head = [["NIP", "Nama", "Unit kerja", "Peran"]] if titles else []
    found = preview(list(enumerate([*head, *cells], 1)), known, TODAY)
    assert found.faulty or found.lines
    nips = [line.nip for line in found.lines if line.nip]
    assert len(nips) == len(set(nips))
    assert all(line.name and line.unit for line in found.lines)
    if found.lines and not found.faulty:
        assert any(line.role.value == "coordinator" for line in found.lines)


def test_a_number_cell_keeps_its_digits_where_the_file_still_has_them_all():
    assert roster_child._text(int(YOHANA)) == YOHANA
    assert roster_child._text(float(YOHANA)) == "1.98609262015051E+17"
    assert [roster_child._text(one) for one in (3.0, 2.5, None, TODAY)] == [
        "3",
        "2.50000000000000E+00",
        "",
        "2026-11-24",
    ]


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_day_is_read_as_clerks_write_it(day):
    assert read_day(f"{day:%d-%m-%Y}") == read_day(f"{day:%d/%m/%Y}") == read_day(day.isoformat()) == f"{day}"


def test_planted_fault_a_desk_that_asks_for_no_coordinator_is_seen(monkeypatch):
    rows = [(1, HEAD), (2, list(map(str, PEOPLE[1])))]
    assert preview(rows, [], TODAY).faulty
    monkeypatch.setattr(roster, "without_coordinator", lambda _roles: ())
    assert not preview(rows, [], TODAY).faulty
    assert LetterKey.generate().raw


def test_capitals_and_titles_of_simpeg_move_and_rename_nobody(desk, tmp_path):
    """One more title is told; a cell that Excel rounded says what to do, and nothing can be saved."""
    rows = [
        (1, "MARKUS ITLAY", f"'{MARKUS}", UNIT.upper()),
        (2, "YOHANA WENDA, S.SOS", YOHANA, UNIT),
        (3, "DINA KAMBUAYA", DINA, UNIT),
        (4, "RINA WONDA, S.E", RINA, UNIT),
    ]
    head = [("NO", "NAMA PEGAWAI", "NIP BARU", "UNIT KERJA")]
    found = read_preview(desk.people[MARKUS], workbook(tmp_path / "a.xlsx", rows, head=head))
    assert not found.faulty
    assert told(found, Sort.MOVED) == []
    assert told(found, Sort.RENAMED) == [(3, "Yohana Wenda, S.SOS", "sebelumnya Yohana Wenda")]
    assert told(found, Sort.NEW) == [(5, "Rina Wonda, S.E", UNIT)]

    rounded = [*rows[:3], (4, "RINA WONDA", 1.98609e17, UNIT)]
    found = read_preview(desk.people[MARKUS], workbook(tmp_path / "b.xlsx", rounded, head=head))
    ((line, who, says),) = told(found, Sort.FAULT)
    assert (line, who) == (5, "RINA WONDA")
    assert "jadikan kolom NIP berformat Teks lalu isi kembali" in says
    with pytest.raises(Problem):
        propose(desk.people[MARKUS], found)
