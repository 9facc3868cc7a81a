"""Sums by route and form are of what counts: whatever a table knows, they add up to the year's hours."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.evidence import sums
from desktop.evidence.sums import by_route, route_of
from sync.folds.jp import JpEntry, jp_years
from sync.folds.training import Claim, Training, TrainingState
from sync.jp_table import shipped_table

TABLE = shipped_table()
FORMS = [*(one.id for one in TABLE.forms), "pendidikan", "dari-tabel-lain"]
HOURS = st.integers(0, 100_000)
YEARS = st.sampled_from([2024, 2025, 2026])
COURSES = st.builds(
    lambda n, year, hours, known, listed: JpEntry(f"k{n}", year, hours, 0, known, listed),
    st.integers(0, 9),
    YEARS,
    HOURS,
    st.booleans(),
    st.booleans(),
)


def training(form, state, hours, year):
    day = date(year, 5, 4).toordinal()
    claim = Claim(1, 1, 1, b"", "id", form, "T", "O", day, 1, hours, False, 0, b"", b"p" * 16)
    return Training(claim, state, hours, year, 0)


TRAININGS = st.builds(training, st.sampled_from(FORMS), st.sampled_from(TrainingState), HOURS, YEARS)


def adds_up(courses, trainings, year):
    found = by_route(TABLE, courses, trainings, year)
    years = jp_years(courses, trainings)
    assert sum(one.jp for one in found) == (years[year].total if year in years else 0)
    assert all(one.jp == sum(hours for _, hours in one.forms) for one in found)
    assert len({one.route for one in found}) == len(found)


@given(st.lists(COURSES), st.lists(TRAININGS), YEARS)
def test_they_add_up_to_what_counts(courses, trainings, year):
    adds_up(courses, trainings, year)


def test_a_rejected_training_among_them_would_be_caught(monkeypatch):
    monkeypatch.setattr(sums, "COUNTED", frozenset(TrainingState))
    with pytest.raises(AssertionError):
        adds_up([], [training("seminar", TrainingState.REJECTED, 800, 2026)], 2026)


def test_classroom_stands_first_and_the_most_before_the_rest():
    given_ = [
        training("bimbingan", TrainingState.RECOGNISED, 200, 2026),
        training("seminar", TrainingState.RECOGNISED, 400, 2026),
        training("lokakarya", TrainingState.RECOGNISED, 1000, 2026),
        training("pendidikan", TrainingState.RECOGNISED, 2000, 2026),
    ]
    found = by_route(TABLE, [JpEntry("k", 2026, 600, 0, recognised=True)], given_, 2026)
    assert [(one.route, one.jp) for one in found] == [("klasikal", 1400), ("nonklasikal", 800), ("", 2000)]
    assert found[0].forms == (("lokakarya", 1000), ("seminar", 400))
    assert found[1].forms == (("", 600), ("bimbingan", 200))
    assert route_of(TABLE, "") == "nonklasikal"
