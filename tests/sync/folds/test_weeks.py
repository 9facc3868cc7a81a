"""How many people learned in each week: each once, by the office's Monday, in any order of arrival."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from sync.folds.weeks import active_weeks
from tests.builders.facts import PC

WIT = ZoneInfo("Asia/Jayapura")
NOW = int(datetime(2026, 11, 25, 12, tzinfo=WIT).timestamp())
DAY = 86_400
OWNERS = {bytes([n]) * 16: bytes([n % 3]) * 16 for n in range(1, 7)}


def read(profile, at, kind="page.read"):
    return PC(profile, log=at * 8 + profile[0], wall=at).says(
        kind, activity="a", page=1, seconds=9, version="1"
    )


def test_a_person_counts_once_a_week_also_with_two_profiles():
    two = [one for one, person in OWNERS.items() if person == bytes(16)]
    weeks = active_weeks([read(one, NOW - 3600 * n) for n, one in enumerate(two)], OWNERS, WIT, NOW, 2)
    assert [(one.monday, one.people) for one in weeks] == [(date(2026, 11, 16), 0), (date(2026, 11, 23), 1)]


def test_a_week_begins_on_monday_where_the_office_is():
    monday = int(datetime(2026, 11, 23, 0, 5, tzinfo=WIT).timestamp())
    one, other = list(OWNERS)[:2]
    weeks = active_weeks([read(one, monday), read(other, monday - 600)], OWNERS, WIT, NOW, 2)
    assert [week.people for week in weeks] == [1, 1]


def test_strangers_the_future_and_what_is_no_learning_count_nowhere():
    one = next(iter(OWNERS))
    facts = [read(b"x" * 16, NOW), read(one, NOW + DAY), read(one, NOW, "pin.reset")]
    assert sum(week.people for week in active_weeks(facts, OWNERS, WIT, NOW)) == 0


@given(
    st.lists(st.tuples(st.sampled_from(sorted(OWNERS)), st.integers(NOW - 60 * DAY, NOW + DAY)), max_size=20),
    st.randoms(),
)
def test_order_and_repetition_change_nothing(seen, chance):
    facts = [read(profile, at) for profile, at in seen]
    again = facts + facts
    chance.shuffle(again)
    assert active_weeks(again, OWNERS, WIT, NOW) == active_weeks(facts, OWNERS, WIT, NOW)
