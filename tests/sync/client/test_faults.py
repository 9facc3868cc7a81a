"""A clock that is wrong is told apart from a server that cannot prove itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.client.faults import DAY, EXPIRED, NOT_YET, STRANGER, Failure, Fault, blame_clock

IN_1980, NOW, IN_2038 = 315_532_800, 1_795_700_000, 2_147_483_000
TIMES = st.integers(0, 1 << 40)


def blamed(code, wall, reached=NOW, *, exact=False):
    return blame_clock(Failure(Fault.TLS, code), wall, reached, exact=exact)


@pytest.mark.parametrize("reached", [0, NOW])
def test_a_pc_in_1980_meets_a_certificate_of_the_future_and_its_clock_is_at_fault(reached):
    found = blamed(NOT_YET, IN_1980, reached)
    assert (found.fault, found.values) == (Fault.CLOCK, {"clock": IN_1980})


def test_a_clock_that_ran_ahead_since_the_centre_last_spoke_is_at_fault():
    assert blamed(EXPIRED, IN_2038, exact=True).fault is Fault.CLOCK


def test_a_certificate_that_really_expired_is_not_blamed_on_the_clock():
    assert blamed(EXPIRED, NOW + DAY // 2, exact=True).fault is Fault.TLS
    assert blamed(EXPIRED, NOW + 90 * DAY).fault is Fault.TLS, "the PC was off for three months, perhaps"
    assert blamed(EXPIRED, NOW).values == {"clock": NOW}, "what the clock says is told all the same"


@given(st.sampled_from(list(Fault)), st.sampled_from(["", STRANGER, "dropped"]), TIMES, TIMES, st.booleans())
def test_a_stranger_is_never_excused_by_a_clock(fault, code, wall, reached, exact):
    failure = Failure(fault, code)
    assert blame_clock(failure, wall, reached, exact=exact) == failure


@given(st.sampled_from([NOT_YET, EXPIRED]), TIMES, TIMES, st.booleans())
def test_whoever_is_blamed_nothing_counts_as_sent_or_believed(code, wall, reached, exact):
    found = blame_clock(Failure(Fault.TLS, code), wall, reached, exact=exact)
    assert found.fault in {Fault.TLS, Fault.CLOCK}
    assert not found.fault.offline
    assert found.code == code
