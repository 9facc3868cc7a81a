"""A second version of an office file: who stays stays the same person, who leaves loses nothing, who comes gets a code."""

import datetime as dt
import time
import uuid

import pytest
from sqlalchemy import select

from sync.journal.keys import LetterKey
from sync.officefile import read_office, unlock_coordinator, unlock_recovery
from sync.roster import changes as roster_changes
from sync.server.commands import main
from sync.server.database import open_database
from sync.server.office_new import CODES, RECOVERY
from sync.server.reports import cohort_report, office_named
from sync.server.tables import office as office_table
from tests.builders.centre import BUDI, MARIA, PETRUS, YOHANA, CentreProcess, Line, Office, Pc, make_office

HEAD = "NIP;Nama;Unit;Peran;UUID;NIP lama\n"
LUKAS = "199805052024211004"
ROWS = {
    YOHANA: "Yohana Rumbiak;Distrik Waropen;koordinator",
    BUDI: "Budi Wanggai;Puskesmas Urfas;peserta",
    MARIA: "Maria Imbiri;Puskesmas Urfas;peserta",
    PETRUS: "Petrus Ayorbaba;Distrik Waropen;peserta",
}
TODAY = dt.date(2026, 11, 24)


def roster(*rows):
    return HEAD + "\n".join(rows) + "\n"


def rows_of(*nips, **more):
    return [f"{nip};{ROWS[nip]}" for nip in nips] + [f"{nip[1:]};{row}" for nip, row in more.items()]


class Desk:
    """The operator, who changes one office again and again."""

    def __init__(self, home, office, folder):
        self.home, self.office, self.folder, self.times = home, office, folder, 0

    @property
    def name(self):
        return self.office.file.header.name

    def ask(self, text, *words, word="update"):
        self.times += 1
        self.out = self.folder / str(self.times)
        given = []
        if text is not None:
            path = self.folder / f"{self.times}.csv"
            path.write_text(text, "utf-8")
            given = [str(path)]
        where = ("--office", self.name, "--out", str(self.out), "--data", str(self.home.folder))
        return main(["office", word, *given, *where, *words])

    def changed(self, text, *words, word="update"):
        """Change it; gives the office as it lies on a stick now, with the codes that were printed."""
        assert self.ask(text, *words, word=word) == 0
        (file,) = self.out.glob("*.suluh-kantor")
        return Office(read_office(file.read_bytes(), self.office.file.header.centre), self.codes())

    def codes(self):
        paper = self.out / CODES
        lines = paper.read_text(encoding="utf-8-sig").splitlines()[1:] if paper.exists() else []
        return {line.split(";")[0].replace(" ", ""): line.split(";")[-1] for line in lines}

    def recovery(self):
        paper = self.out / RECOVERY
        return paper.read_text("utf-8").splitlines()[2] if paper.exists() else ""

    def secrets(self):
        import msgspec

        with open_database(self.home) as database, database.reading() as connection:
            query = select(office_table.c["keys"]).where(
                office_table.c.uuid == self.office.file.header.office
            )
            return msgspec.msgpack.decode(connection.execute(query).scalar_one(), type=dict[int, bytes])

    def report(self):
        with open_database(self.home) as database, database.reading() as connection:
            number = office_named(connection, self.office.file.header.office.hex())
            return {row.person: row for row in cohort_report(connection, number, int(time.time())).rows}


@pytest.fixture
def desk(home, office, tmp_path):
    return Desk(home, office, tmp_path)


def test_who_stays_keeps_uuid_and_code_and_only_who_is_new_gets_one(desk, office):
    after = desk.changed(
        roster(*rows_of(YOHANA, BUDI, MARIA, PETRUS), f"{LUKAS};Lukas Mofu;Puskesmas Urfas;")
    )
    old, new = office.file.header, after.file.header
    assert (new.version, new.salt, new.office, new.generation) == (2, old.salt, old.office, 1)
    for nip in ROWS:
        before, now = office.entry(nip), after.entry(nip)
        assert (now.person, now.check) == (before.person, before.check)
    assert set(after.codes) == {LUKAS}
    assert after.entry(LUKAS).person not in {office.entry(nip).person for nip in ROWS}
    assert unlock_coordinator(after.entry(YOHANA), office.codes[YOHANA]) is not None
    assert desk.recovery() == "", "the keys are the same, so the sheet in the safe still opens them"
    assert new.recovery == old.recovery


def test_a_pc_gets_it_by_sync_and_an_old_code_still_proves_its_owner(desk, office, line):
    budi = Pc.of(office, BUDI)
    assert budi.syncs(line).documents.keys() >= {"office"}
    after = desk.changed(roster(*rows_of(YOHANA, BUDI, MARIA, PETRUS), f"{LUKAS};Lukas Mofu;Kampung;"))
    reply = budi.fetches(line)
    assert read_office(reply.documents["office"]).header.version == 2
    maria = Pc.of(office, MARIA)
    maria.syncs(line)
    lukas = Pc.of(after, LUKAS)
    lukas.reads(2)
    lukas.syncs(line)
    lukas.fetches(line)
    assert [len(pc.heard("office", "profile.vouched")) for pc in (maria, lukas)] == [2, 3]
    assert desk.report()[after.entry(LUKAS).person].jp == 0


def test_a_dry_run_tells_everything_and_changes_nothing(desk, office, capsys):
    text = roster(
        f"{YOHANA};Yohana R. Rumbiak;Distrik Waropen;koordinator",
        f"{BUDI};Budi Wanggai;Distrik Waropen;peserta",
        f"{MARIA};Maria Imbiri;Puskesmas Urfas;koordinator",
        f"{LUKAS};Lukas Mofu;Puskesmas Urfas;peserta",
    )
    assert desk.ask(text, "--dry-run", "--zone", "Asia/Makassar", "--url", "https://pusat.example") == 0
    said = capsys.readouterr().out
    for line in (
        "berkas kantor versi 1 menjadi 2.",
        "Zona waktu: Asia/Jayapura menjadi Asia/Makassar",
        "Alamat pusat: https://pusat.example",
        "Nama: Yohana Rumbiak menjadi Yohana R. Rumbiak",
        "Pindah unit: Budi Wanggai, dari Puskesmas Urfas ke Distrik Waropen",
        "Peran: Maria Imbiri, dari peserta menjadi koordinator",
        "Baru: Lukas Mofu (Puskesmas Urfas, peserta)",
        "Keluar dari daftar: Petrus Ayorbaba (Distrik Waropen, peserta)",
        "Kunci kantor baru",
        "Belum ada yang diubah.",
    ):
        assert line in said
    assert not desk.out.exists()
    assert (desk.secrets().keys(), len(desk.report())) == ({1}, 4)


def test_name_zone_and_addresses_change_without_a_roster(desk, office):
    name = f"{desk.name} Baru"
    after = desk.changed(None, "--name", name, "--zone", "Asia/Makassar", "--url", "https://pusat.example")
    header = after.file.header
    assert (header.name, header.zone, header.servers) == (name, "Asia/Makassar", ("https://pusat.example",))
    assert after.codes == {}
    assert {after.entry(nip).person for nip in ROWS} == {office.entry(nip).person for nip in ROWS}


@pytest.mark.parametrize("how", ["NIP lama", "UUID"])
def test_a_new_contract_brings_a_new_nip_and_the_same_person(desk, office, line, how):
    """PPPK: another contract, another number. The work of the old one is theirs."""
    budi = Pc.of(office, BUDI)
    budi.finishes("pelayanan", 600)
    budi.syncs(line)
    renewed = "198705152026222007"
    person = office.entry(BUDI).person
    row = f"{renewed};Budi Wanggai;Puskesmas Urfas;peserta;" + (
        f";{BUDI}" if how == "NIP lama" else f"{uuid.UUID(bytes=person)};"
    )
    after = desk.changed(roster(*rows_of(YOHANA, MARIA, PETRUS), row))
    assert after.codes == {}
    entry = after.entry(renewed)
    assert entry == after.entry(BUDI), "either number opens the entry"
    assert (entry.person, [one.nip for one in entry.nips]) == (person, [BUDI, renewed])
    assert entry.nips[0].valid_to == entry.nips[1].valid_from != ""
    row = desk.report()[person]
    assert (row.jp, row.nip_tail) == (600, renewed[-4:])
    third = desk.changed(roster(*rows_of(YOHANA, MARIA, PETRUS), f"{renewed};Budi Wanggai;Puskesmas Urfas;"))
    assert third.entry(renewed).nips == entry.nips, "the third version needs no hint"


def test_who_leaves_loses_nothing_and_is_the_same_person_when_they_come_back(desk, office, line):
    maria = Pc.of(office, MARIA)
    maria.finishes("pelayanan", 600)
    maria.syncs(line)
    person = office.entry(MARIA).person
    after = desk.changed(roster(*rows_of(YOHANA, BUDI, PETRUS)))
    assert after.file.find(MARIA) is None
    assert person not in desk.report()
    maria.start()
    maria.finishes("keamanan", 200)
    maria.syncs(line)
    assert maria.acked == 1
    back = desk.changed(roster(*rows_of(YOHANA, BUDI, MARIA, PETRUS)))
    assert back.entry(MARIA).person == person
    assert set(back.codes) == {MARIA}
    assert desk.report()[person].jp == 800


def test_the_spent_code_of_one_who_left_opens_no_second_profile(desk, office, line):
    desk.changed(roster(*rows_of(YOHANA, BUDI, PETRUS)))
    maria = Pc.of(office, MARIA)
    maria.syncs(line)
    maria.fetches(line)
    assert maria.pieces == []


def faults(desk, capsys, text, *words):
    assert desk.ask(text, *words) == 2
    assert not desk.out.exists()
    return capsys.readouterr().err


def test_bad_and_double_people_are_refused_by_their_line(desk, office, capsys):
    one, nobody = uuid.UUID(bytes=office.entry(BUDI).person), uuid.uuid4()
    said = faults(
        desk,
        capsys,
        roster(
            *rows_of(YOHANA),
            f"{BUDI};Budi;Unit;peserta;;",
            f"{LUKAS};Budi Lagi;Unit;peserta;{one};",
            "198609262015131001;Bulan;Unit;peserta;;",
            f"{PETRUS};Petrus;Unit;peserta;;{BUDI}",
            f"{MARIA};Maria;Unit;peserta;bukan-uuid;12",
        ),
    )
    assert "Baris 5: Angka ke-13 dan ke-14 NIP" in said
    assert "Baris 7: UUID tidak dapat dibaca" in said
    assert "Baris 7: NIP lama harus 18 angka" in said
    said = faults(
        desk,
        capsys,
        roster(
            *rows_of(YOHANA, MARIA),
            f"{BUDI};Budi;Unit;peserta;{one};",
            f"{LUKAS};Lukas;Unit;peserta;{nobody};",
            f"{PETRUS};Petrus;Unit;peserta;;{BUDI}",
            f"199512122022031001;Lain;Unit;peserta;;{BUDI}",
            "199512122022031002;Lain Lagi;Unit;peserta;;199512122022031009",
        ),
    )
    assert said.splitlines()[1:] == [
        "Baris 5: UUID ini tidak ada di kantor ini.",
        "Baris 6: NIP dan NIP lama milik dua orang yang berbeda.",
        "Baris 7: Orang yang sama dengan baris 4.",
        "Baris 8: NIP lama ini tidak ada di kantor ini.",
    ]
    assert "NIP sama dengan baris 2" in faults(desk, capsys, roster(*rows_of(YOHANA, YOHANA, BUDI)))


def test_the_roster_of_another_office_is_stopped_unless_it_is_meant(desk, capsys):
    text = roster(*rows_of(YOHANA), f"{LUKAS};Lukas Mofu;Kampung;")
    assert "3 dari 4 orang akan keluar" in faults(desk, capsys, text)
    after = desk.changed(text, "--accept-gone")
    assert len(after.file.header.entries) == 2


def test_somebody_new_with_the_name_and_birth_date_of_somebody_gone_is_pointed_at(desk, capsys):
    text = roster(*rows_of(YOHANA, MARIA, PETRUS), "198705152026222007;budi  wanggai;Puskesmas Urfas;")
    assert desk.ask(text, "--dry-run") == 0
    assert (
        "Perlu diperiksa. Baris 5: Nama dan tanggal lahir seperti orang yang keluar."
        in capsys.readouterr().out
    )


def test_an_unknown_office_and_existing_files_change_nothing(desk, office, capsys):
    assert main(["office", "update", "--office", "Tidak Ada", "--out", str(desk.folder)]) == 2
    desk.changed(None)
    desk.times -= 1
    assert desk.ask(None) == 2
    assert "sudah ada dan tidak ditimpa" in capsys.readouterr().err
    assert desk.changed(None).file.header.version == 3


def test_an_office_made_before_the_first_sync_of_a_running_centre_is_known_to_that_sync(own_home, tmp_path):
    """What was read at the start is older than the office: the first request must not be answered from it."""
    make_office(own_home, tmp_path / "lain", name="Kantor Lain")
    with CentreProcess(own_home) as running, Line(running.port) as line:
        office = make_office(own_home, tmp_path / "kantor")
        reply = Pc.of(office, BUDI).syncs(line)
    assert read_office(reply.documents["office"]).header.office == office.file.header.office


# --- the office's key ----------------------------------------------------------------------------------------


def handed_over(desk):
    """Maria coordinates from now on, Yohana learns on."""
    return desk.changed(
        roster(
            f"{YOHANA};Yohana Rumbiak;Distrik Waropen;peserta",
            f"{MARIA};Maria Imbiri;Puskesmas Urfas;koordinator",
            *rows_of(BUDI, PETRUS),
        )
    )


def test_another_coordinator_gets_every_key_and_the_one_before_only_the_old(desk, office, capsys):
    before = unlock_coordinator(office.entry(YOHANA), office.codes[YOHANA])
    after = handed_over(desk)
    said = capsys.readouterr().out
    assert "Kunci kantor baru" in said
    assert f"suluh server key revoke {before.signing.public.hex()}" in said
    assert set(after.codes) == {MARIA}
    assert len(after.codes[MARIA].replace("-", "")) == 24
    now = unlock_coordinator(after.entry(MARIA), after.codes[MARIA])
    assert sorted(now.office) == [1, 2] == sorted(desk.secrets())
    assert now.office[1].public == before.office[1].public == office.file.header.office_letter
    assert now.office[2].public == after.file.header.office_letter
    assert (after.file.header.generation, after.entry(YOHANA).coordinator) == (2, None)
    assert after.file.office_keys(after.entry(YOHANA).person, before.letter) == {}
    assert unlock_coordinator(after.entry(YOHANA), office.codes[YOHANA]) is None


def test_the_recovery_code_opens_every_key_without_the_centre_and_an_old_one_only_old_files(desk, office):
    (first,) = desk.folder.glob(f"kantor/{RECOVERY}")
    old_code = first.read_text("utf-8").splitlines()[2]
    assert sorted(unlock_recovery(office.file, old_code)) == [1]
    assert unlock_recovery(office.file, office.codes[YOHANA]) == {}
    after = handed_over(desk)
    code = desk.recovery()
    assert sorted(unlock_recovery(after.file, code.lower())) == [1, 2]
    assert {one.name for one in after.file.desk(unlock_recovery(after.file, code)[2])} >= {"Budi Wanggai"}
    assert unlock_recovery(after.file, old_code) == {}
    assert (desk.out / RECOVERY).stat().st_mode & 0o077 == 0


def test_a_hand_over_without_a_roster_makes_a_new_key_for_the_same_people(desk, office):
    after = desk.changed(None, word="hand-over")
    assert (after.file.header.generation, after.codes) == (2, {})
    keys = unlock_coordinator(after.entry(YOHANA), office.codes[YOHANA])
    assert sorted(keys.office) == [1, 2]
    assert desk.recovery()


def test_who_coordinates_no_more_reads_no_more_of_the_others_from_that_hour(desk, office, line):
    budi, yohana = Pc.of(office, BUDI), Pc.of(office, YOHANA)
    for pc in (budi, yohana):
        pc.syncs(line)
    yohana.fetches(line)
    assert yohana.heard("office", "profile.opened")
    after = handed_over(desk)
    budi.start()
    budi.reads(3)
    budi.syncs(line)
    yohana.fetches(line)
    assert yohana.heard("office", "page.read") == []
    maria = Pc.of(after, MARIA)
    maria.syncs(line)
    maria.fetches(line)
    assert len(maria.heard("office", "page.read")) == 3


def test_planted_fault_a_roster_that_makes_everybody_new_is_seen(desk, office, monkeypatch):
    monkeypatch.setattr(roster_changes, "_matched", lambda lines, _known: [None] * len(lines))
    with pytest.raises(AssertionError):
        test_who_stays_keeps_uuid_and_code_and_only_who_is_new_gets_one(desk, office)


def test_planted_fault_an_office_key_that_is_never_renewed_is_seen(desk, office, monkeypatch, capsys):
    monkeypatch.setattr(roster_changes.Changes, "coordinators_change", False)
    with pytest.raises((AssertionError, ValueError)):
        test_another_coordinator_gets_every_key_and_the_one_before_only_the_old(desk, office, capsys)


def test_the_letter_key_of_the_office_is_a_key(desk):
    assert LetterKey(desk.secrets()[1]).public == desk.office.file.header.office_letter


def test_who_moves_to_another_office_takes_the_work_along_once_the_centre_says_they_are_one(
    desk, office, line, home, tmp_path
):
    """Another office lists Budi by the same NIP: another record, until the operator joins the two."""
    budi = Pc.of(office, BUDI)
    budi.finishes("pelayanan", 600)
    budi.syncs(line)
    desk.changed(roster(*rows_of(YOHANA, MARIA, PETRUS)))
    people = (
        f"{LUKAS};Lukas Imbiri;Distrik Masirei;koordinator\n{BUDI};Budi Wanggai;Distrik Masirei;peserta\n"
    )
    there = make_office(home, tmp_path / "kedua", f"NIP;Nama;Unit;Peran\n{people}", f"{desk.name} kedua")
    moved = Pc.of(there, BUDI)
    moved.finishes("keamanan", 200)
    moved.syncs(line)
    before, now = office.entry(BUDI).person, there.entry(BUDI).person
    new_desk = Desk(home, there, tmp_path / "meja kedua")
    assert new_desk.report()[now].jp == 200
    who = [str(uuid.UUID(bytes=one)) for one in (before, now)]
    assert main(["person", "merge", *who, "--data", str(home.folder)]) == 0
    assert new_desk.report()[now].jp == 800
    assert before not in desk.report()
