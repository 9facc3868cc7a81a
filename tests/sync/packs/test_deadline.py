"""A deadline as authors write it and manifests carry it: with an hour and its zone, or a day alone as before."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from sync.packs.assignment import AssignmentRule, assignment_document, assignment_of, read_rule
from sync.packs.deadline import end_of, written_deadline
from sync.refusal import Code, Refusal

JAKARTA, PAPUA = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Jayapura")
CRITERION = {"id": "isi", "title": "Isi", "points": 10}


def rule(**more):
    return read_rule({"criterion": [CRITERION], **more}, "m2/tugas.md")


@pytest.mark.parametrize(
    ("said", "hour"),
    [
        ("2026-04-16 12.00 WIB", "12:00+07:00"),
        ("2026-04-16 13:00 WITA", "13:00+08:00"),
        ("2026-04-16 14.00 WIT", "14:00+09:00"),
        ("2026-04-16T12:00+07:00", "12:00+07:00"),
        (datetime(2026, 4, 16, 14, 0, tzinfo=timezone(timedelta(hours=9))), "14:00+09:00"),
    ],
)
def test_noon_in_jakarta_is_one_moment_however_it_is_written(said, hour):
    assert written_deadline(said) == ("2026-04-16", hour)
    noon = int(datetime(2026, 4, 16, 5, tzinfo=UTC).timestamp())
    assert end_of("2026-04-16", hour, PAPUA) == end_of("2026-04-16", hour, JAKARTA) == noon


def test_a_day_alone_lasts_until_its_end_where_the_office_is():
    assert written_deadline(date(2026, 4, 16)) == ("2026-04-16", "")
    ends = [datetime.fromtimestamp(end_of("2026-04-16", "", zone), zone) for zone in (JAKARTA, PAPUA)]
    assert [f"{end:%d %H:%M:%S}" for end in ends] == ["16 23:59:59"] * 2
    assert end_of("2026-04-16", "", JAKARTA) - end_of("2026-04-16", "", PAPUA) == 2 * 3600


def test_a_pack_from_before_reads_as_it_did_and_is_written_as_it_was():
    old = {**assignment_document(rule()), "deadline": "2026-04-16"}
    assert old.keys() == {"criteria", "deadline", "markers", "limit", "files"}
    read = assignment_of(old)
    assert (read.deadline, read.hour, read.grace) == ("2026-04-16", "", None)
    assert assignment_document(read) == old


def test_an_hour_and_a_grace_go_there_and_back_beside_the_day_that_older_programs_read():
    made = rule(deadline="2026-04-16 12.00 WIB", grace=9)
    document = assignment_document(made)
    assert (document["deadline"], document["hour"], document["grace"]) == ("2026-04-16", "12:00+07:00", 9)
    assert assignment_of(document) == made
    assert isinstance(made, AssignmentRule)


@pytest.mark.parametrize(
    "more",
    [
        {"deadline": "2026-04-16 12.00"},
        {"deadline": datetime(2026, 4, 16, 12)},  # noqa: DTZ001 - what an author may write
        {"deadline": "2026-04-31"},
        {"deadline": "2026-04-16 25.00 WIB"},
        {"deadline": 20260416},
        {"deadline": "2026-04-16", "grace": 91},
        {"deadline": "2026-04-16", "grace": -1},
        {"grace": 9},
    ],
    ids=["no zone", "no offset", "no such day", "no such hour", "a number", "too long", "negative", "no day"],
)
def test_what_could_be_read_in_two_ways_is_refused_before_it_is_signed(more):
    with pytest.raises(Refusal) as refused:
        rule(**more)
    assert refused.value.code is Code.SOURCE
