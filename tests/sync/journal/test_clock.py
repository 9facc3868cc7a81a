"""A dead clock battery does not bring back last year."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sync.journal.clock import SystemClock, TrustedTime
from tests.builders.journal import ScriptedClock


def test_time_never_falls_below_what_the_centre_signed():
    clock = ScriptedClock(unix=1_500_000_000)
    trusted = TrustedTime().seen(1_795_600_000, clock)
    assert trusted.now(clock) == 1_795_600_000
    assert trusted.now(clock.tick(3600)) == 1_795_603_600


def test_after_a_restart_the_floor_stays_though_time_since_is_unknown():
    clock = ScriptedClock(unix=1_500_000_000)
    trusted = TrustedTime().seen(1_795_600_000, clock)
    rebooted = ScriptedClock(unix=1_500_000_100, up=3, mark=b"nextboot")
    assert trusted.now(rebooted) == 1_795_600_000


def test_a_clock_that_is_ahead_is_believed():
    clock = ScriptedClock(unix=1_900_000_000)
    assert TrustedTime().seen(1_795_600_000, clock).now(clock) == 1_900_000_000


@given(
    st.lists(
        st.tuples(st.integers(0, 1 << 33), st.integers(0, 1 << 33), st.integers(0, 99), st.booleans()),
        max_size=9,
    )
)
def test_whatever_the_pc_clock_does_trusted_time_keeps_every_signed_word(events):
    clock, trusted, signed = ScriptedClock(), TrustedTime(), 0
    for word, wall, step, reboot in events:
        if reboot:
            clock.mark, clock.up = clock.mark[::-1], 0
        clock.up += step
        clock.unix = wall
        before = trusted.now(clock)
        trusted = trusted.seen(word, clock)
        signed = max(signed, word)
        assert trusted.now(clock) >= max(signed, before)


def test_the_clocks_of_this_pc():
    clock = SystemClock()
    assert clock.wall() > 1_700_000_000
    assert clock.monotonic() >= 0
    assert clock.boot() == SystemClock().boot()
    assert len(clock.boot()) == 8
