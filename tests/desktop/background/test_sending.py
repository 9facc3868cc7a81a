"""How far a delivery is and how long it takes yet: from what this delivery itself has measured."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.background.sending import SendingProgress, sending_progress
from sync.client.deliver import Progress

COUNTS = st.integers(0, 10**9)


def test_a_third_is_sent_in_a_minute_and_a_half_so_three_minutes_are_left():
    found = sending_progress(Progress(25, 9000, 0, 390_000, 10_000), 800_000, 90.0)
    assert found == SendingProgress(400_000, 1_200_000, 180)
    assert found.minutes_left == 3


def test_before_anything_went_the_size_is_known_and_the_time_is_not():
    found = sending_progress(Progress(0, 0, 0), 48_000, 0.0)
    assert (found.total_bytes, found.seconds_left, found.minutes_left) == (48_000, None, None)


def test_while_the_centre_has_more_nobody_promises_an_end():
    found = sending_progress(Progress(3, 0, 900, 600, 60_000, more=True), 0, 20.0)
    assert found == SendingProgress(60_600, None, None)


def test_seconds_are_a_minute_to_a_person():
    assert SendingProgress(1, 2, 3).minutes_left == 1
    assert SendingProgress(1, 2, 61).minutes_left == 2


@given(COUNTS, COUNTS, COUNTS, st.floats(0, 1e6))
def test_the_whole_is_never_less_than_what_is_done_and_time_never_negative(up, down, waiting, seconds):
    found = sending_progress(Progress(1, 0, 0, up, down), waiting, seconds)
    assert found.total_bytes is not None
    assert found.total_bytes - found.done_bytes == waiting
    assert found.seconds_left is None or found.seconds_left >= 0
    assert waiting or not found.seconds_left
