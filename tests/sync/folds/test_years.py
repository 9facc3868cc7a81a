"""Years of a contract: every day lies in exactly one, whatever order the roster names the contracts in."""

from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.folds import years as years_module
from sync.folds.cohort import PersonLine, cohort_row
from sync.folds.follow import pace_of
from sync.folds.listing import NOTHING
from sync.folds.standing import StandingFold
from sync.folds.training import RECOGNISED, Judgement, claim_of
from sync.folds.years import CALENDAR, Years, contract_years
from sync.jp_table import parse_jp_table, shipped_table, years_for
from sync.officefile import NipRecord
from tests.builders.facts import PC

WIT = ZoneInfo("Asia/Jayapura")
PNS, PPPK, RENEWED = "198609262015051001", "199604242022212008", "199604242025212001"
DAYS = st.dates(date(1995, 1, 1), date(2060, 12, 31))
STARTS = st.lists(st.dates(date(2018, 1, 1), date(2032, 12, 31)), max_size=4)
SHIPPED = files("resources").joinpath("jp", "table-0.toml").read_bytes()


def lawful(starts, day):
    years = contract_years(one.isoformat() for one in starts)
    first, last = years.span(years.of(day))
    assert first <= day <= last
    assert years.of(first) == years.of(last) == years.of(day)
    assert years.of(first - timedelta(days=1)) == years.of(day) - 1
    assert years.of(last + timedelta(days=1)) == years.of(day) + 1
    assert all(years.of(one) == one.year for one in starts)
    if len(set(starts)) == 1:
        assert years.span(starts[0].year)[0] == starts[0], "a contract's first day begins its year"
    if len(set(starts)) < 2:
        assert 365 <= (last - first).days + 1 <= 366


@given(STARTS, DAYS)
def test_every_day_lies_in_exactly_one_year_and_years_follow_each_other(starts, day):
    lawful(starts, day)


def test_years_that_all_began_in_january_would_be_caught(monkeypatch):
    monkeypatch.setattr(years_module, "_again", lambda _start, year: date(year, 1, 1))
    with pytest.raises(AssertionError):
        lawful([date(2024, 3, 1)], date(2026, 2, 28))


@given(st.data(), STARTS, DAYS)
def test_the_order_of_contracts_changes_nothing_and_what_is_no_day_is_passed_over(data, starts, day):
    words = [one.isoformat() for one in starts]
    turned = data.draw(st.permutations([*words, *words, "", "tidak tahu", "2024-02-30"]))
    assert contract_years(turned) == contract_years(words)
    assert contract_years(turned).of(day) == contract_years(words).of(day)


@given(DAYS)
def test_whose_contract_nobody_dated_counts_by_the_calendar(day):
    assert contract_years(["", "besok"]) == CALENDAR
    assert CALENDAR.of(day) == day.year
    assert CALENDAR.span(day.year) == (date(day.year, 1, 1), date(day.year, 12, 31))


def test_a_contract_of_the_leap_day_has_a_year_every_year():
    years = contract_years(["2024-02-29"])
    assert years.span(2024) == (date(2024, 2, 29), date(2025, 2, 27))
    assert years.span(2025)[0] == date(2025, 2, 28)
    assert years.span(2028)[0] == date(2028, 2, 29)


def test_a_new_contract_cuts_the_year_and_no_hour_falls_between():
    later = contract_years(["2022-09-01", "2025-03-01"])
    assert later.span(2024) == (date(2024, 9, 1), date(2025, 2, 28))
    assert later.span(2025) == (date(2025, 3, 1), date(2026, 2, 28))
    soon = contract_years(["2022-03-01", "2025-09-01"])
    assert soon.span(2025) == (date(2025, 3, 1), date(2026, 8, 31)), "both began in 2025"


def test_the_signed_table_says_whose_years_run_by_contract():
    table = shipped_table()
    mine = (NipRecord(PPPK, contract="2022-03-01"), NipRecord(RENEWED, contract="2025-03-01"))
    assert years_for(table, mine) == Years((date(2022, 3, 1), date(2025, 3, 1)))
    assert years_for(table, (NipRecord(PNS, contract="2022-03-01"),)) == CALENDAR
    assert years_for(table, (mine[0], NipRecord(PNS))) == CALENDAR, "who became PNS owes by the calendar"
    assert years_for(table, (NipRecord(PPPK),)) == years_for(table, ()) == CALENDAR
    newer = parse_jp_table(SHIPPED.replace(b'"contract-year"', b'"calendar-year"'))
    assert years_for(newer, mine) == CALENDAR


def test_the_pace_is_that_of_the_contracts_months():
    def at(*when):
        return int(datetime(*when, 12, tzinfo=WIT).astimezone(UTC).timestamp())

    years = contract_years(["2024-10-15"])
    assert pace_of(2400, at(2026, 11, 14), WIT, years).expected == 0
    found = pace_of(2400, at(2026, 11, 15), WIT, years)
    assert (found.expected, found.days_left) == (200, 333)
    end = pace_of(2400, at(2027, 10, 14), WIT, years)
    assert (end.expected, end.days_left) == (2400, 0)


def test_the_pc_and_the_report_put_an_hour_in_the_same_year():
    pc, zone = PC(endorsed=True), WIT
    for name, day in (("a", date(2026, 2, 28)), ("b", date(2026, 3, 1)), ("c", date(2027, 2, 1))):
        fields = {"form": "seminar", "title": "S", "organiser": "B", "units": 2, "abroad": 0, "table": 0}
        fact = pc.says(
            "training.claimed", id=name, day=day.toordinal(), jp=800, file=b"", counter=1, **fields
        )
    fold = StandingFold()
    for number, fact in enumerate(pc.facts, 1):
        fold.add(fact)
        claim = claim_of(fact)
        fold.trainings.judge(Judgement(1, 9, number, claim.digest, RECOGNISED, claim.jp, 0, "", b"d" * 16))
    years = contract_years(["2024-03-01"])
    here = fold.standing(zone, years=years)
    assert {year: one.recognised for year, one in here.jp.items()} == {2025: 800, 2026: 1600}
    now = int(datetime(2027, 2, 20, 12, tzinfo=WIT).timestamp())
    line = PersonLine(b"p" * 16, "Maria", "2008", "Distrik")
    more = {"modules": frozenset(), "listing": NOTHING, "zone": zone, "now": now, "waiting": False}
    row = cohort_row(line, fold, **more, as_of=now, pcs=(), years=years)
    assert row.jp == here.jp_of(years.of(date(2027, 2, 20))).total == 1600
    assert cohort_row(line, fold, **more, as_of=now, pcs=()).jp == 800, (
        "by the calendar only what was in 2027"
    )
    assert here.state_hash == fold.standing(zone).state_hash
