"""What an attempt has used of its time, whatever happens to power, program and clock in between."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.assessment.time_limit import Beat, Instant, between, packed, read_beat, spent

MORNING = Instant(1_795_000_000, 5_000, b"boot one")
BEAT = Beat(1, 480, MORNING)
AFTER_THREE_HOURS = Instant(MORNING.wall + 3 * 3600, 40, b"boot two")

instants = st.builds(
    Instant,
    st.integers(0, 2**33),
    st.integers(0, 2**25),
    st.sampled_from([b"boot one", b"boot two", b"boot 3.."]),
)
beats = st.builds(Beat, st.integers(1, 99), st.integers(0, 86_400), instants, st.booleans())


def test_a_power_cut_of_three_hours_costs_nothing_under_the_rule_that_pauses():
    found = spent(BEAT, AFTER_THREE_HOURS, alive=False, fixed=False)
    assert (found.used, found.cut, found.gone) == (480, True, 3 * 3600)


def test_and_all_of_them_where_the_end_is_fixed():
    assert spent(BEAT, AFTER_THREE_HOURS, alive=False, fixed=True).used == 480 + 3 * 3600


def test_who_left_on_purpose_lets_the_time_run_and_lost_no_power():
    left = Beat(1, 480, MORNING, away=True)
    found = spent(left, AFTER_THREE_HOURS, alive=False, fixed=False)
    assert (found.used, found.cut) == (480 + 3 * 3600, False)


def test_within_one_boot_a_wall_clock_set_by_somebody_changes_nothing():
    later = Instant(MORNING.wall - 10_000_000, MORNING.monotonic + 60, MORNING.boot)
    assert spent(BEAT, later, alive=True, fixed=False).used == 540


@given(beats, instants, st.booleans(), st.booleans())
def test_time_used_never_shrinks(beat, now, alive, fixed):
    found = spent(beat, now, alive=alive, fixed=fixed)
    assert found.used >= beat.used
    assert found.used in {beat.used, beat.used + between(beat.when, now)}


@given(beats)
def test_a_beat_is_read_as_it_was_written(beat):
    assert read_beat(packed(beat)) == beat


@given(st.one_of(st.none(), st.binary(max_size=80), st.sampled_from([b"[]", b'{"attempt":1}', b"null"])))
def test_what_is_no_beat_reads_as_none(draft):
    assert read_beat(draft) is None
