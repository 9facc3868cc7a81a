"""From a clerk's roster to an office file: every fault named by its line, and nothing half made."""

import datetime as dt
import stat

import pytest
from sqlalchemy import select

from sync.officefile import Role, read_office, unlock_coordinator
from sync.officefile_codes import clean_code, enrolment_check, enrolment_verifier
from sync.roster.lines import RosterFaultError
from sync.roster.sheet import read_roster
from sync.server import office_new as making
from sync.server.centre import open_house
from sync.server.commands import main
from sync.server.home import Home
from sync.server.office_new import OfficeFaultError, OfficeWish, new_office
from sync.server.tables import office as office_table
from sync.server.tables import person as person_table
from tests.builders.centre import BUDI, CHEAP, ROSTER, YOHANA, make_office

TODAY = dt.date(2026, 11, 24)
WISH = OfficeWish("Kantor Distrik Waropen", "Asia/Jayapura", ("http://10.0.0.2:8750",), cost=CHEAP)


@pytest.fixture
def house(tmp_path):
    keys, database, _ = open_house(Home(tmp_path / "pusat"))
    with database:
        yield keys, database


def faults(text, **more):
    with pytest.raises(RosterFaultError) as fault:
        read_roster(text.encode(), TODAY, **more)
    return [str(remark) for remark in fault.value.remarks]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize(
    "head", ["NIP;Nama;Unit;Peran", "nip;name;unit;role", "NIP/NI PPPK;Nama Lengkap;Unit Kerja;Peran"]
)
def test_a_roster_is_read_with_any_separator_and_either_language(separator, head):
    text = (head + "\n" + ROSTER.split("\n", 1)[1]).replace(";", separator)
    lines = read_roster(text.encode("utf-8-sig"), TODAY).lines
    assert [line.nip for line in lines[:2]] == [YOHANA, BUDI]
    assert [line.role for line in lines] == [Role.COORDINATOR, Role.LEARNER, Role.LEARNER, Role.LEARNER]
    assert [line.kind for line in lines] == ["PNS", "PPPK", "PPPK_PARUH_WAKTU", "PNS"]


def test_columns_may_stand_in_any_order_with_others_between():
    text = "No;Peran;Nama;Golongan;NIP;Unit\n1;koordinator;Yohana;III/a;19860926 201505 1 001;Distrik"
    assert read_roster(text.encode(), TODAY).lines[0].name == "Yohana"


def test_every_fault_is_named_by_its_line():
    text = (
        "NIP;Nama;Unit;Peran\n"
        "198609262015051001;Yohana;Distrik;koordinator\n"
        "\n"
        "1986092620150510O1;Huruf O;Distrik;peserta\n"
        "199002302015051001;Tanggal;Distrik;peserta\n"
        "198609262015131001;Bulan;Distrik;peserta\n"
        "198609262015053001;Kelamin;Distrik;peserta\n"
        "198609262015051000;Urut;Distrik;peserta\n"
        "198609262015051001;Ganda;Distrik;peserta\n"
        "198705152022212007;;Distrik;kepala\n"
        "1.98609E+17;Excel;Distrik;peserta\n"
        "199102172025242009;=cmd;Distrik;peserta\n"
    )
    assert faults(text) == [
        "Baris 4: NIP harus 18 angka.",
        "Baris 5: 8 angka pertama NIP bukan tanggal lahir yang mungkin.",
        "Baris 6: Angka ke-13 dan ke-14 NIP harus bulan 01-12 (PNS) atau 21 ke atas (PPPK).",
        "Baris 7: Angka ke-15 NIP harus 1 atau 2.",
        (
            "Baris 8: Nomor urut NIP (3 angka terakhir) tidak boleh 000. Bila Excel yang mengubahnya: "
            "jadikan kolom NIP berformat Teks lalu isi kembali."
        ),
        "Baris 9: NIP sama dengan baris 2.",
        "Baris 10: Nama belum diisi.",
        "Baris 10: Peran harus salah satu dari: peserta, koordinator, pengajar, mentor, juri, admin pusat, tamu.",
        "Baris 11: Excel memendekkan NIP ini; jadikan kolom NIP berformat Teks lalu isi kembali.",
        "Baris 12: Nama harus diawali huruf atau angka.",
    ]


def test_a_roster_without_coordinator_people_or_columns_says_so():
    head = "NIP;Nama;Unit;Peran\n"
    assert faults(head + "198609262015051001;Yohana;Distrik;peserta") == [
        "Daftar belum memuat koordinator: isi kolom Peran seorang dengan koordinator."
    ]
    assert faults(head) == ["Daftar tidak memuat seorang pun."]
    assert faults("") == ["Berkas daftar kosong."]
    assert faults("NIP;Nama\n1;2") == [
        "Baris 1: Baris judul harus memuat kolom NIP, Nama, dan Unit; periksa: Unit."
    ]


def test_odd_ages_are_remarked_and_let_through():
    text = (
        "NIP;Nama;Unit;Peran\n196001012010012003;Tua;Distrik;koordinator\n201001012025011001;Muda;Distrik;\n"
    )
    found = read_roster(text.encode(), TODAY)
    assert [remark.line for remark in found.odd] == [2, 3]


def test_a_nip_that_bkn_really_issued_so_can_be_accepted():
    text = "NIP;Nama;Unit;Peran\n198609262015053001;Yohana;Distrik;koordinator\n"
    assert read_roster(text.encode(), TODAY, accept_odd=True).lines[0].nip == "198609262015053001"


def test_the_file_and_the_codes_fit_together(house, tmp_path):
    office = make_office(Home(tmp_path / "lain"), tmp_path / "kantor")
    assert office.file.header.units == ("Distrik Waropen", "Puskesmas Urfas")
    budi, yohana = office.entry(BUDI), office.entry(YOHANA)
    assert enrolment_check(verifier_of(office, budi)) == budi.check
    assert unlock_coordinator(yohana, office.codes[YOHANA]) is not None
    assert unlock_coordinator(yohana, office.codes[BUDI]) is None


def verifier_of(office, entry):
    return enrolment_verifier(clean_code(office.codes[entry.nips[0].nip]))


def test_codes_are_for_the_clerk_alone_and_stand_nowhere_else(house, tmp_path):
    keys, database = house
    made = new_office(database, keys, ROSTER.encode(), WISH, tmp_path / "kantor")
    assert stat.S_IMODE(made.codes.stat().st_mode) == 0o600
    text = made.codes.read_text(encoding="utf-8-sig")
    codes = [line.split(";")[-1] for line in text.splitlines()[1:]]
    assert len(set(codes)) == 4
    files = [path for path in (tmp_path / "pusat").rglob("*") if path.is_file()]
    held = b"".join(path.read_bytes() for path in (*files, made.file))
    for code in codes:
        assert code.encode() not in held
        assert clean_code(code).encode() not in held


def test_the_signed_file_tells_a_finder_no_name_and_no_nip(house, tmp_path):
    keys, database = house
    made = new_office(database, keys, ROSTER.encode(), WISH, tmp_path / "kantor")
    data = made.file.read_bytes()
    for word in ("Budi", "Maria", "Petrus", BUDI, YOHANA):
        assert word.encode() not in data


def test_nothing_is_left_when_the_second_file_cannot_be_written(house, tmp_path, monkeypatch):
    keys, database = house
    real = making.write_file

    def full(path, data, mode=0o644):
        if path.suffix == ".csv":
            raise OSError(28, "No space left on device")
        real(path, data, mode)

    monkeypatch.setattr(making, "write_file", full)
    with pytest.raises(OSError, match="No space"):
        new_office(database, keys, ROSTER.encode(), WISH, tmp_path / "kantor")
    assert list((tmp_path / "kantor").iterdir()) == []
    with database.reading() as connection:
        assert connection.execute(select(office_table.c.id)).all() == []
        assert connection.execute(select(person_table.c.id)).all() == []


def test_a_faulty_roster_makes_nothing(house, tmp_path):
    keys, database = house
    with pytest.raises(RosterFaultError):
        new_office(database, keys, b"NIP;Nama;Unit;Peran\n1;A;B;koordinator", WISH, tmp_path / "kantor")
    assert not (tmp_path / "kantor").exists()


def test_files_that_are_there_are_never_replaced(house, tmp_path):
    keys, database = house
    made = new_office(database, keys, ROSTER.encode(), WISH, tmp_path / "kantor")
    before = made.file.read_bytes(), made.codes.read_bytes()
    with pytest.raises(OfficeFaultError, match="sudah ada"):
        new_office(database, keys, ROSTER.encode(), WISH, tmp_path / "kantor")
    with pytest.raises(OfficeFaultError, match="sudah ada di pusat"):
        new_office(database, keys, ROSTER.encode(), WISH, tmp_path / "lain")
    assert (made.file.read_bytes(), made.codes.read_bytes()) == before


@pytest.mark.parametrize(
    ("name", "zone", "servers", "says"),
    [
        ("", "Asia/Jayapura", ("http://a",), "Nama kantor"),
        ("K", "Asia/Waropen", ("http://a",), "Zona waktu"),
        ("K", "Asia/Jayapura", ("pusat.go.id",), "Alamat"),
        ("K", "Asia/Jayapura", ("http://user@a/",), "Alamat"),
        ("K", "Asia/Jayapura", (), "paling sedikit satu"),
    ],
)
def test_a_wish_that_cannot_be_is_answered_with_a_sentence(house, tmp_path, name, zone, servers, says):
    keys, database = house
    with pytest.raises(OfficeFaultError, match=says):
        new_office(database, keys, ROSTER.encode(), OfficeWish(name, zone, servers), tmp_path / "kantor")


def test_the_command_makes_an_office_or_says_why_not(tmp_path, capsys):
    roster = tmp_path / "daftar.csv"
    roster.write_text("NIP,name,unit,role\n198609262015051001,Yohana,Distrik,koordinator\n", encoding="utf-8")
    words = ["office", "new", str(roster), "--name", "Kantor", "--zone", "Asia/Jayapura"]
    words += ["--url", "http://127.0.0.1:8750", "--out", str(tmp_path / "k"), "--data", str(tmp_path / "d")]
    assert main(words) == 0
    assert "1 orang." in capsys.readouterr().out
    assert read_office((tmp_path / "k" / "kantor.suluh-kantor").read_bytes()).header.name == "Kantor"
    assert main(words) == 2
    assert "sudah ada" in capsys.readouterr().err
