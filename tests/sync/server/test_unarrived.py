"""What has not come is told by the centre's report, for whom it will still grow, and only for them."""

import json
import time
import uuid
from dataclasses import replace

import msgspec
import pytest

from sync.folds.cohort import CohortRow
from sync.folds.gaps import LogSeen
from sync.journal.acks import Held
from sync.journal.sealing import unseal
from sync.server import reports, rulings, standings, unarrived
from sync.server.commands import main
from sync.server.database import open_database
from sync.server.matrix import COHORT
from sync.server.reports import Missing, cohort_report, office_named
from sync.server.routes import REPORT
from sync.server.standings import Standings
from tests.builders.centre import BUDI, MARIA, YOHANA, Pc
from tests.builders.journal import ScriptedClock


@pytest.fixture
def missing(office, home):
    """Of how many logs of each person something is missing, by the report; those who miss none are left out."""

    def ask():
        with open_database(home) as database, database.reading() as connection:
            key = office_named(connection, office.file.header.name)
            report = cohort_report(connection, key, int(time.time()))
        return {one.person: one.logs for one in report.missing}

    return ask


@pytest.fixture
def budi(office, line):
    """Somebody whose first log has come, and whose second is written and not sent: it lies in `lost`."""
    pc = Pc.of(office, BUDI)
    pc.syncs(line)
    pc.start()
    pc.reads(4)
    pc.lost = [pc.segment(1, 2), pc.segment(3, 4)]
    pc.start()
    pc.reads(2)
    return pc


def rules(home, *words):
    assert main([*words, "--data", str(home.folder)]) == 0


def test_a_log_that_the_next_one_names_is_missed_until_it_turns_up(office, line, budi, missing):
    assert missing() == {}
    budi.syncs(line)
    assert missing() == {office.entry(BUDI).person: 1}
    budi.syncs(line, budi.lost[1])
    assert missing() == {office.entry(BUDI).person: 1}  # half of it is not all
    budi.syncs(line, budi.lost[0])
    assert missing() == {}


def test_the_report_says_it_to_a_program_and_to_a_person(office, line, home, budi, capsys):
    budi.syncs(line)
    words = ["report", "--office", office.file.header.name]
    rules(home, *words, "--json")
    told = json.loads(capsys.readouterr().out)["offices"][0]
    assert told["missing"] == 1
    (late,) = [one for one in told["people"] if one["missing"]]
    assert (late["name"], late["missing_since"]) == ("Budi Wanggai", budi.writer.header.wall)
    rules(home, *words)
    said = capsys.readouterr().out.splitlines()
    assert said[0].endswith("1 sesi belum sampai")
    assert [line_.endswith(";1") for line_ in said if line_.startswith("Budi")] == [True]
    budi.syncs(line, *budi.lost)
    rules(home, *words)
    assert "belum sampai" not in capsys.readouterr().out.splitlines()[0]


def test_a_row_folded_behind_says_the_same_as_one_on_the_spot(office, line, home, budi, missing):
    budi.syncs(line)
    on_the_spot = missing()
    with open_database(home) as database:
        behind = Standings(database, ScriptedClock(unix=int(time.time())))
        while behind.step():
            pass
    assert missing() == on_the_spot != {}


def test_a_key_that_was_revoked_is_waited_for_no_longer(office, line, home, budi, missing):
    budi.syncs(line)
    assert missing() != {}
    rules(home, "key", "revoke", budi.signing.public.hex())
    assert missing() == {}


def test_who_was_erased_is_waited_for_no_longer(office, line, home, budi, missing):
    maria = Pc.of(office, MARIA)
    maria.syncs(line)
    maria.start()
    maria.reads(1)
    maria.start()
    maria.reads(1)
    maria.syncs(line)
    budi.syncs(line)
    assert missing() == {office.entry(one).person: 1 for one in (BUDI, MARIA)}
    rules(home, "person", "erase", str(uuid.UUID(bytes=office.entry(MARIA).person)))
    assert missing() == {office.entry(BUDI).person: 1}


def test_a_stranger_who_claims_the_profile_makes_nothing_missing(office, line, budi, missing):
    budi.syncs(line, *budi.lost)
    stranger = Pc(office.file.header.centre, profile=budi.profile)
    stranger.opens(office.entry(BUDI).person)
    stranger.start()
    stranger.opens(office.entry(BUDI).person)
    stranger.syncs(line)
    assert missing() == {}


def test_a_coordinator_hears_it_over_the_line_with_the_rest(office, line, budi, missing):
    """On PostgreSQL behind the second wall: who was revoked is read with the coordinator's eyes."""
    desk = Pc.of(office, YOHANA)
    desk.syncs(line)
    budi.syncs(line)
    method, path = COHORT
    answer = line.send(b"", path, method, desk.authorization())
    assert answer.status == 200
    told = msgspec.msgpack.decode(
        unseal(answer.body[64:], desk.letter, REPORT),
        type=tuple[bytes, int, tuple[CohortRow, ...], tuple[Missing, ...]],
    )
    assert {one.person: one.logs for one in told[3]} == missing() != {}


class _Everybody:
    """Nobody's row counts as kept: each is folded where the fault is planted, not by the running centre."""

    def __contains__(self, _one):
        return True


def _no_previous(header, *more, **rest):
    first = replace(header, previous_log=0, previous_seq=0)
    return LogSeen(first, *more, **rest)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("LogSeen", _no_previous), ("held_of", lambda numbers: Held(max(numbers)))],
    ids=["nobody reads what a header names", "the greatest number stands for all below"],
)
def test_planted_fault_a_lost_log_is_not_noticed(office, line, budi, missing, monkeypatch, name, wrong):
    monkeypatch.setattr(reports, "stale_people", lambda *_: _Everybody())
    monkeypatch.setattr(unarrived, name, wrong)
    with pytest.raises(AssertionError):
        test_a_log_that_the_next_one_names_is_missed_until_it_turns_up(office, line, budi, missing)


def test_planted_fault_a_revocation_is_not_asked(office, line, home, budi, missing, monkeypatch):
    monkeypatch.setattr(reports, "stale_people", lambda *_: _Everybody())
    monkeypatch.setattr(standings, "revoked_in", lambda _connection, _office: {})
    with pytest.raises(AssertionError):
        test_a_key_that_was_revoked_is_waited_for_no_longer(office, line, home, budi, missing)


def test_planted_fault_a_row_is_kept_though_its_key_was_revoked(
    office, line, home, budi, missing, monkeypatch
):
    """The row was folded before the revocation; nothing new comes by which it would be folded again."""
    budi.syncs(line)
    with open_database(home) as database:
        behind = Standings(database, ScriptedClock(unix=int(time.time())))
        while behind.step():
            pass
    monkeypatch.setattr(rulings, "outdate", lambda *_: None)
    with pytest.raises(AssertionError):
        test_a_key_that_was_revoked_is_waited_for_no_longer(office, line, home, budi, missing)
