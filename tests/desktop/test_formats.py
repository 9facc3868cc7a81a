"""Dates, numbers and sizes as Indonesian offices write them, and as English writes them."""

from datetime import UTC, date, datetime

import pytest

from desktop import formats, language


@pytest.fixture
def english():
    language.use("en")
    assert language.language() == "en", "the catalogue is compiled by the build hook"
    yield
    language.use("id")


def test_indonesian_writes_31_desember_and_a_comma_for_the_fraction():
    assert formats.long_day(date(2025, 12, 31)) == "31 Desember 2025"
    assert formats.week_day(date(2026, 11, 24)) == "Selasa, 24 November 2026"
    assert formats.short_day(date(2026, 8, 3)) == "3 Agu 2026"
    assert formats.clock_time(datetime(2026, 1, 1, 14, 30, tzinfo=UTC), "Asia/Jayapura") == "14.30 WIT"
    assert formats.number(1234.5, 1) == "1.234,5"


def test_english_is_english(english):
    assert formats.long_day(date(2025, 12, 31)) == "31 December 2025"
    assert formats.clock_time(datetime(2026, 1, 1, 14, 30, tzinfo=UTC), "Asia/Makassar") == "14:30 WITA"
    assert formats.number(1234.5, 1) == "1,234.5"


@pytest.mark.parametrize(
    ("hundredths", "written"),
    [(600, "6"), (250, "2,5"), (475, "4,75"), (0, "0"), (-50, "-0,5"), (123450, "1.234,5")],
)
def test_jp_show_a_fraction_only_where_there_is_one(hundredths, written):
    assert formats.jp(hundredths) == written


@pytest.mark.parametrize(
    ("octets", "written"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1240, "1,2 KB"),
        (48_000_000, "48 MB"),
        (1_200_000_000, "1,2 GB"),
        (2_000_000, "2 MB"),
    ],
)
def test_sizes_are_those_sticks_are_sold_by(octets, written):
    assert formats.size(octets) == written


def test_recent_days_have_names():
    today = date(2026, 11, 24)
    assert formats.recent_day(today, today) == "hari ini"
    assert formats.recent_day(date(2026, 11, 23), today) == "kemarin"
    assert formats.recent_day(date(2026, 11, 19), today) == "19 November"
    assert formats.recent_day(date(2025, 11, 19), today) == "19 November 2025"


@pytest.mark.parametrize(
    ("hundredths", "written"), [(6666, "66,7"), (6996, "69,9"), (8750, "87,5"), (10000, "100")]
)
def test_a_score_has_one_decimal_at_most(hundredths, written):
    assert formats.score(hundredths) == written
