"""When a PC tries again: soon at first, never all at once, and within a quarter of an hour at last."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.client.retry import FIRST, GREATEST, PERIOD, Retry

DRAWS = st.floats(0, 1, exclude_max=True)


@given(st.integers(1, 400), DRAWS)
def test_a_pause_after_a_failure_lies_between_seconds_and_a_quarter_of_an_hour(failures, draw):
    assert FIRST / 2 <= Retry(failures).pause(draw) <= GREATEST


@given(st.integers(1, 400))
def test_pauses_never_shrink_while_it_keeps_failing(failures):
    assert Retry(failures).failed().pause(0.5) >= Retry(failures).pause(0.5)


def test_success_forgets_the_failures():
    assert Retry(9).succeeded() == Retry()
    assert 0.9 * PERIOD <= Retry().pause(0.0) <= PERIOD


def test_an_office_does_not_call_in_one_second():
    pauses = {round(Retry(3).pause(step / 30), 1) for step in range(30)}
    assert len(pauses) == 30


@given(st.integers(0, 50), DRAWS)
def test_what_a_busy_centre_asked_for_is_kept(failures, draw):
    assert Retry(failures).pause(draw, at_least=1200.0) >= 1200.0


def test_a_draw_outside_its_range_is_a_bug():
    with pytest.raises(ValueError, match="draw"):
        Retry().pause(1.0)
