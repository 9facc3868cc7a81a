"""A score on every screen, paper and page: short enough to read, and never more than it is worth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.score import shown


@pytest.mark.parametrize(
    ("hundredths", "written"),
    [
        (6666, 6670),
        (3333, 3330),
        (8750, 8750),
        (7000, 7000),
        (6996, 6990),
        (9999, 9990),
        (10000, 10000),
        (0, 0),
    ],
)
def test_two_thirds_are_66_7_and_what_missed_70_is_not_70(hundredths, written):
    assert shown(hundredths) == written


@given(st.integers(0, 10_000), st.integers(0, 100))
def test_who_reads_a_score_sees_whether_it_reached_the_mark(hundredths, mark):
    assert (shown(hundredths) >= mark * 100) is (hundredths >= mark * 100)
    assert abs(shown(hundredths) - hundredths) < 10
    assert shown(shown(hundredths)) == shown(hundredths)
    assert shown(hundredths) % 10 == 0
