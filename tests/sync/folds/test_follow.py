"""Who is worth a word: by what is known, the months that have gone by, and the end of the year."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.folds import follow
from sync.folds.cohort import CohortRow, CohortState
from sync.folds.follow import Pace, Why, counts, follow_ups, pace_of, reasons

WIT = ZoneInfo("Asia/Jayapura")
PACE = Pace(target=2000, expected=1000, days_left=180)


def row(state=CohortState.SEDANG_BERJALAN, jp=1500, name="Yohana", person=b"p" * 16):
    return CohortRow(
        person, name, "1001", "Arsip", "learner", state, jp, jp, 1, 5, None, None, None, (), 0
    )  # fmt: skip


def at(*parts):
    return int(datetime(*parts, tzinfo=WIT).timestamp())


def test_a_month_counts_for_the_pace_once_it_is_over_where_the_office_is():
    assert pace_of(2000, at(2026, 1, 31, 23, 59), WIT).expected == 0
    assert pace_of(2000, at(2026, 2, 1, 0, 1), WIT).expected == 166
    assert pace_of(2000, at(2026, 11, 24), WIT) == Pace(2000, 1666, 37)
    utc = datetime(2026, 1, 31, 16, tzinfo=UTC)
    assert pace_of(2000, int(utc.timestamp()), WIT).expected == 166, "it is February in Jayapura already"


def test_on_the_last_day_of_the_year_everything_is_due():
    assert pace_of(2000, at(2026, 12, 31, 8), WIT) == Pace(2000, 2000, 0)


@pytest.mark.parametrize(
    ("state", "jp", "why"),
    [
        (CohortState.BELUM_ADA_DATA, None, ()),
        (CohortState.MENUNGGU_VERIFIKASI, None, (Why.UNKNOWN,)),
        (CohortState.BELUM_MULAI, 0, (Why.NOT_STARTED, Why.BELOW_PACE)),
        (CohortState.TIDAK_AKTIF, 1200, (Why.INACTIVE,)),
        (CohortState.TIDAK_AKTIF, 999, (Why.INACTIVE, Why.BELOW_PACE)),
        (CohortState.SEDANG_BERJALAN, 1000, ()),
        (CohortState.SELESAI, 600, (Why.BELOW_PACE,)),
    ],
)
def test_each_state_has_its_reasons_and_nobody_without_data_is_blamed(state, jp, why):
    assert reasons(row(state, jp), PACE) == why


def test_in_the_last_week_whoever_lacks_hours_comes_first():
    near = Pace(2000, 1833, 7)
    assert reasons(row(jp=1900), near) == (Why.DEADLINE,)
    assert reasons(row(jp=2000), near) == ()
    assert reasons(row(jp=1900), Pace(2000, 1833, 8)) == ()


def test_a_planted_fault_that_takes_no_data_for_zero_is_seen(monkeypatch):
    silent = row(CohortState.BELUM_ADA_DATA, None)
    assert follow_ups([(silent, PACE)]) == ()
    honest = follow.reasons
    monkeypatch.setattr(
        follow, "reasons", lambda one, pace: honest(row(one.state, one.jp or 0, person=one.person), pace)
    )
    assert follow_ups([(silent, PACE)]) != ()


PEOPLE = st.lists(
    st.builds(
        row,
        st.sampled_from(CohortState),
        st.one_of(st.none(), st.integers(0, 3000)),
        st.sampled_from(["Ani", "Budi", "citra"]),
        st.binary(min_size=16, max_size=16),
    ),
    unique_by=lambda one: one.person,
    max_size=12,
)


@given(PEOPLE, st.integers(0, 2000), st.integers(0, 365), st.randoms())
def test_the_list_is_the_same_in_any_order_and_counts_everybody_once(people, expected, left, chance):
    pace = Pace(2000, expected, left)
    found = follow_ups((one, pace) for one in people)
    shuffled = list(people)
    chance.shuffle(shuffled)
    assert follow_ups((one, pace) for one in shuffled) == found
    assert len({one.row.person for one in found}) == len(found)
    assert sum(counts(found).values()) == sum(len(one.why) for one in found)
    assert [one.why[0] for one in found] == sorted(one.why[0] for one in found)
    for one in found:
        assert one.row.state is not CohortState.BELUM_ADA_DATA or one.row.jp is not None
