"""The cohort report: the same sums as on the PCs, folded behind, for the coordinator's eyes alone."""

import json
import time
from zoneinfo import ZoneInfo

import msgspec
import pytest
from sqlalchemy import select

from sync.catalogue import read_catalogue
from sync.folds.cohort import CohortRow, CohortState
from sync.folds.listing import Listing
from sync.folds.standing import standing
from sync.journal.keys import VerifyKey
from sync.journal.sealing import unseal
from sync.journal.statement import Fact
from sync.refusal import Refusal
from sync.server.commands import main
from sync.server.database import open_database
from sync.server.documents import Documents
from sync.server.matrix import COHORT
from sync.server.reports import Missing, cohort_report, office_named
from sync.server.routes import REPORT
from sync.server.standings import Standings, unpack
from sync.server.tables import person as person_table
from sync.server.tables import standing as standing_table
from tests.builders.centre import BUDI, MARIA, PETRUS, YOHANA, Pc
from tests.builders.journal import ScriptedClock


def report_of(home, office, now=None):
    with open_database(home) as database, database.reading() as connection:
        key = office_named(connection, office.file.header.name)
        return cohort_report(connection, key, now or int(time.time()))


def row_of(report, office, nip) -> CohortRow:
    return next(row for row in report.rows if row.person == office.entry(nip).person)


def test_no_data_is_never_zero(office, home):
    report = report_of(home, office)
    assert [row.state for row in report.rows] == [CohortState.BELUM_ADA_DATA] * 4
    assert {row.jp for row in report.rows} == {None}
    assert report.silent == 4


def test_the_centre_adds_up_as_the_pc_does(office, line, home):
    budi = Pc.of(office, BUDI)
    budi.reads(10)
    budi.finishes("pelayanan", 600)
    budi.syncs(line)
    budi.start()
    budi.finishes("pelayanan", 600)
    budi.finishes("keamanan", 200)
    budi.syncs(line)
    row = row_of(report_of(home, office), office, BUDI)
    facts = [Fact(budi.writer.header, one, budi.signing.public, endorsed=True) for one in budi.statements]
    zone = ZoneInfo("Asia/Jayapura")
    year = time.gmtime(time.time() + 9 * 3600).tm_year
    with open_database(home) as database, database.reading() as connection:
        listing = Listing.of_catalogue(read_catalogue(Documents.read(connection).catalogue.data))
    assert row.jp == standing(facts, zone, listing=listing).jp_of(year).total == 800
    assert row.jp_recognised == 800
    assert row.nip_tail == BUDI[-4:]
    assert row.as_of is not None


def test_rows_folded_behind_and_on_the_spot_are_the_same(office, line, home):
    budi, maria = Pc.of(office, BUDI), Pc.of(office, MARIA)
    for pc, course, jp in ((budi, "pelayanan", 600), (maria, "keamanan", 200)):
        pc.finishes(course, jp)
        pc.syncs(line)
    now = int(time.time())
    on_the_spot = report_of(home, office, now)
    with open_database(home) as database:
        behind = Standings(database, ScriptedClock(unix=now))
        while behind.step():
            pass
    assert report_of(home, office, now) == on_the_spot
    budi.start()
    budi.finishes("keamanan", 200)
    budi.syncs(line)
    assert row_of(report_of(home, office, now), office, BUDI).jp == 800


def test_a_row_turns_over_with_the_year_and_with_silence(office, line, home):
    budi = Pc.of(office, BUDI)
    budi.finishes("pelayanan", 600)
    budi.syncs(line)
    now = int(time.time())
    with open_database(home) as database:
        behind = Standings(database, ScriptedClock(unix=now))
        while behind.step():
            pass
    assert row_of(report_of(home, office, now), office, BUDI).state is CohortState.SEDANG_BERJALAN
    later = row_of(report_of(home, office, now + 15 * 24 * 3600), office, BUDI)
    assert later.state is CohortState.TIDAK_AKTIF
    assert row_of(report_of(home, office, now + 366 * 24 * 3600), office, BUDI).jp == 0


def test_work_that_waits_for_vouching_is_told_apart_from_none(office, line, home):
    petrus = Pc(office.file.header.centre)
    petrus.opens(office.entry(PETRUS).person)
    petrus.finishes("pelayanan", 600)
    petrus.syncs(line)
    row = row_of(report_of(home, office), office, PETRUS)
    assert row.state is CohortState.MENUNGGU_VERIFIKASI
    assert row.jp is None


def test_a_clock_from_2010_counts_in_the_year_it_was(office, line, home):
    budi = Pc.of(office, BUDI, clock=ScriptedClock(unix=1_262_304_000))
    budi.finishes("pelayanan", 600)
    budi.syncs(line)
    row = row_of(report_of(home, office), office, BUDI)
    assert row.jp == 600
    assert row.as_of is not None
    assert abs(row.as_of - time.time()) < 600


def test_a_coordinator_reads_the_report_and_only_the_own_letter_key_opens_it(office, line):
    budi, desk = Pc.of(office, BUDI), Pc.of(office, YOHANA)
    budi.finishes("pelayanan", 600)
    budi.syncs(line)
    desk.syncs(line)
    method, path = COHORT
    answer = line.send(b"", path, method, desk.authorization())
    assert answer.status == 200
    signature, sealed = answer.body[:64], answer.body[64:]
    VerifyKey(desk.centre_public).verify(signature, REPORT + sealed)
    with pytest.raises(Refusal):
        unseal(sealed, budi.letter, REPORT)
    told = msgspec.msgpack.decode(
        unseal(sealed, desk.letter, REPORT),
        type=tuple[bytes, int, tuple[CohortRow, ...], tuple[Missing, ...]],
    )
    assert told[3] == ()
    assert told[0] == office.file.header.office
    assert {row.person: row.jp for row in told[2]}[office.entry(BUDI).person] == 600


def test_the_command_prints_what_a_program_and_a_person_can_read(office, line, home, capsys):
    budi = Pc.of(office, BUDI)
    budi.finishes("arsip", 650)
    budi.syncs(line)
    words = ["report", "--office", office.file.header.name, "--data", str(home.folder)]
    assert main([*words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["offices"][0]
    assert told["jp"] == 650
    assert [one["jp"] for one in told["people"]] == [None, 650, None, None]
    assert main(words) == 0
    said = capsys.readouterr().out
    assert "Budi Wanggai;Puskesmas Urfas;sedang berjalan;6,5;" in said
    assert "Maria Imbiri;Puskesmas Urfas;belum ada data;;;;" in said
    assert main(["report", "--office", "tidak ada", "--data", str(home.folder)]) == 2


def test_the_running_centre_folds_behind_by_itself(office, line, home):
    """No report is asked for: the row appears all the same, a moment after the sync."""
    budi = Pc.of(office, BUDI)
    budi.finishes("pelayanan", 600)
    budi.syncs(line)
    person = office.entry(BUDI).person
    kept = select(standing_table.c.row).join(person_table, person_table.c.id == standing_table.c.person)
    found = None
    with open_database(home) as database:
        for _ in range(100_000):
            with database.reading() as connection:
                found = connection.execute(kept.where(person_table.c.uuid == person)).scalar()
            if found is not None and unpack(found).row.jp is not None:
                break
    assert found is not None
    assert unpack(found).row.jp == 600
