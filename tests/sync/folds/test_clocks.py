"""Clocks that were wrong: what is in doubt, by which bounds, and what is judged in time, in any order of arrival."""

from hypothesis import given
from hypothesis import strategies as st

from sync.folds.clocks import BEGINNING, clock_doubts
from sync.folds.order import clock_offsets, moment
from sync.journal.statement import Fact, LogHeader, Statement

DAY = 86_400
NOW = BEGINNING + 700 * DAY
KEY, OTHER = b"k" * 32, b"o" * 32


def log_of(number, wall, *said, previous=0, signer=KEY):
    """A log that began at `wall`: pairs of seconds since, and what was noted of the clock then (or nothing)."""
    header = LogHeader(number, b"p" * 16, b"c" * 16, previous, 1 if previous else 0, wall, 10, b"b" * 8)
    facts = []
    for seq, (at, noted) in enumerate(said, 1):
        kind, fields = "page.read", {"activity": "a/m/b", "page": 1, "seconds": 5, "version": "1"}
        if noted:
            kind, fields = "clock.doubted", {"floor": noted, "said": wall + at}
        facts.append(Fact(header, Statement(number, seq, kind, at, fields), signer))
    return tuple(facts)


def fixed(log, offset):
    header = LogHeader(99, b"z" * 16, b"\0" * 16, 0, 0, NOW, 10, b"b" * 8)
    return (Fact(header, Statement(99, 1, "clock.fixed", 0, {"log": log, "offset": offset}), b"z" * 32),)


WELL = log_of(1, NOW - 9 * DAY, (0, 0), (60, 0))
DEAD = log_of(2, 1_262_304_000, (0, NOW - 8 * DAY), (600, 0), previous=1)
HASTY = log_of(3, NOW - 3 * DAY, (0, 0), (600, 0), previous=2)
SET_BACK = log_of(4, NOW - 6 * DAY, (0, NOW - 8 * DAY), (60, 0), previous=3)
AHEAD = log_of(5, 2_147_483_000, (0, 0), previous=4)
EVERYTHING = (*WELL, *DEAD, *HASTY, *SET_BACK, *AHEAD)


@given(st.permutations(EVERYTHING), st.integers(0, len(EVERYTHING)))
def test_the_same_is_in_doubt_in_any_order_and_however_often_it_comes(facts, again):
    assert clock_doubts([*facts, *facts[:again]], NOW) == clock_doubts(EVERYTHING, NOW)


def test_what_is_in_doubt_is_what_was_noted_contradicted_or_cannot_be():
    found = {one.log: one for one in clock_doubts(EVERYTHING, NOW)}
    assert found.keys() == {2, 3, 4, 5}, "the one before the dead battery is not to blame for it"
    assert (found[2].earliest, found[2].latest) == (NOW - 8 * DAY, NOW)
    assert found[5].said == 2_147_483_000


def test_the_centres_word_settles_it():
    assert 2 not in {one.log for one in clock_doubts((*EVERYTHING, *fixed(2, 5)), NOW)}


def ahead(log, by):
    header = LogHeader(98, b"z" * 16, b"\0" * 16, 0, 0, NOW, 10, b"b" * 8)
    return (Fact(header, Statement(98, 1, "clock.ahead", 0, {"log": log, "by": by}), b"z" * 32),)


def test_what_came_before_its_own_time_moves_back_to_when_it_came_and_stays_in_doubt():
    by = 2_147_483_000 - NOW
    facts = (*EVERYTHING, *ahead(5, by))
    assert moment(AHEAD[0], clock_offsets(facts)).at == NOW
    assert 5 in {one.log for one in clock_doubts(facts, NOW + 9_000 * DAY)}, "also when that day has come"
    told = clock_offsets((*facts, *fixed(5, -by - 60)))
    assert moment(AHEAD[0], told).at == NOW - 60, "the centre's word on the clock itself is better"


def test_a_log_that_was_behind_moves_up_to_what_was_signed_and_no_further():
    offsets = clock_offsets(EVERYTHING)
    assert [moment(one, offsets).at for one in DEAD] == [NOW - 8 * DAY, NOW - 8 * DAY + 600]
    assert [moment(one, offsets).at for one in HASTY] == [one.wall for one in HASTY]
    assert moment(DEAD[0], clock_offsets((*DEAD, *fixed(2, 5)))).at == DEAD[0].wall + 5


def test_whoever_copies_the_id_of_a_log_moves_nobody_elses_hours():
    copied = log_of(1, 1_262_304_000, (0, NOW), signer=OTHER)
    offsets = clock_offsets((*WELL, *copied))
    assert [moment(one, offsets).at for one in WELL] == [one.wall for one in WELL]
    assert moment(copied[0], offsets).at == NOW
