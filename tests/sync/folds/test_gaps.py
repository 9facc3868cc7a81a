"""What has not come: a lost log is told by the one after it, whatever came in which order, and only a lost one."""

import random
from dataclasses import replace
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.folds import gaps as module
from sync.folds.gaps import LogSeen, gaps, held_of, lacks, united
from sync.journal.acks import Held
from sync.journal.statement import LogHeader

BUDI, PC, KEY, NEWER = b"p" * 16, b"c" * 16, b"k" * 32, b"n" * 32


def log(number, held, before=(0, 0), *, wall=0, signer=KEY, **more):
    """A log of Budi's of which some numbers came; `before` is what its header names."""
    header = LogHeader(number, BUDI, PC, *before, wall or number * 100, 0, b"b" * 8)
    return LogSeen(header, signer, held_of(held), **more)


def missing(*logs, revoked=None):
    return {gap.log: gap.numbers for gap in gaps(logs, revoked or {})}


def test_what_came_whole_misses_nothing_and_a_first_log_has_none_before_it():
    assert missing(log(1, range(1, 11)), log(2, range(1, 4), (1, 10))) == {}


def test_a_log_that_a_later_one_names_and_nobody_brought_is_missing_since_the_later_one():
    (gap,) = gaps([log(1, range(1, 11)), log(3, range(1, 4), (2, 5))])
    assert (gap.log, gap.numbers, gap.since, gap.pc) == (2, ((1, 5),), 300, PC)
    assert missing(log(1, range(1, 11)), log(2, range(1, 6), (1, 10)), log(3, range(1, 4), (2, 5))) == {}


def test_a_hole_and_an_end_that_did_not_come_are_missing():
    assert missing(log(1, [1, 2, 5, 6])) == {1: ((3, 4),)}
    assert missing(log(1, [1, 2, 5, 6]), log(2, [1], (1, 9))) == {1: ((3, 4), (7, 9))}


def test_a_corrected_clock_corrects_since_when():
    assert gaps([log(3, [1], (2, 5))], offsets={3: 7000})[0].since == 7300


def test_a_restored_backup_names_an_older_end_of_the_same_log_and_that_is_no_gap():
    told = [log(1, range(1, 11)), log(2, [1, 2], (1, 10)), log(3, [1, 2], (1, 6))]
    assert missing(*told) == {}


def test_what_was_recorded_on_the_branch_that_died_and_never_sent_is_missing():
    """The old disk said that log 1 went to 10; the image put back knows 6 of it, and only 6 ever came."""
    assert missing(log(1, range(1, 7)), log(2, [1], (1, 10)), log(3, [1], (1, 6))) == {1: ((7, 10),)}


def test_the_same_numbers_made_twice_by_a_running_copy_hide_and_invent_nothing():
    assert missing(log(1, range(1, 7)), log(1, range(4, 9)), log(2, [1], (1, 8)), log(3, [1], (1, 7))) == {}


def test_a_log_that_may_be_read_in_part_only_is_not_missed():
    assert missing(log(1, [1, 4], whole=True), log(2, [1], (1, 9))) == {}


def test_of_a_revoked_key_only_what_was_accepted_is_missed():
    cut = [log(1, range(1, 5)), log(2, [1], (1, 9)), log(4, [1], (3, 2))]
    assert missing(*cut, revoked={KEY: {1: 4, 2: 1, 4: 1}}) == {}
    assert missing(*cut, revoked={KEY: {1: 6, 2: 1, 4: 1}}) == {1: ((5, 6),)}


def test_after_new_keys_the_log_before_is_missed_only_where_an_older_key_counts():
    keyed = log(5, [1, 2], (4, 3), signer=NEWER, keyed=True)
    assert missing(keyed) == {}  # nobody ever vouched for the older key
    assert missing(log(1, [1]), keyed) == {4: ((1, 3),)}
    assert missing(log(1, [1]), keyed, revoked={KEY: {1: 1}}) == {}
    assert missing(keyed, log(7, [1], (6, 2), signer=NEWER), revoked={KEY: {}}) == {6: ((1, 2),)}


def test_logs_of_another_profile_fill_nothing():
    other = log(2, range(1, 6))
    stranger = replace(other, header=replace(other.header, profile=b"q" * 16))
    assert missing(log(3, [1], (2, 5)), stranger) == {2: ((1, 5),)}


@given(st.sets(st.integers(1, 30)), st.integers(0, 40))
def test_numbers_held_and_lacking_are_each_other_s_rest(numbers, end):
    held = held_of(numbers)
    assert held == reduce(lambda so_far, one: so_far.add(one, one), numbers, Held())
    lacking = {one for low, high in lacks(held, end) for one in range(low, high + 1)}
    assert lacking == set(range(1, end + 1)) - numbers


@st.composite
def pasts(draw):
    """A PC's past: each log follows some point of some log before it, as restored backups and clones do."""
    ends = {}
    before = {}
    for number in range(1, draw(st.integers(1, 7)) + 1):
        if ends and draw(st.integers(0, 9)):
            behind = draw(st.sampled_from(sorted(ends)))
            before[number] = (behind, draw(st.integers(1, ends[behind])))
        else:
            before[number] = (0, 0)
        ends[number] = draw(st.integers(1, 6))
    everything = [(number, seq) for number, end in ends.items() for seq in range(1, end + 1)]
    return before, everything, draw(st.sets(st.sampled_from(everything)))


def seen(before, statements):
    """What somebody knows who was brought these statements, in pieces of any size."""
    return [log(number, [seq], before[number]) for number, seq in statements]


def by_hand(before, came):
    """The rule in one line of sets: known are all numbers below one that came, and all that a log names."""
    known = {(number, at) for number, seq in came for at in range(1, seq + 1)}
    named = [before[number] for number, _ in came if before[number][0]]
    known |= {(number, at) for number, end in named for at in range(1, end + 1)}
    return known - set(came)


def spread(found):
    return {(gap.log, at) for gap in found for low, high in gap.numbers for at in range(low, high + 1)}


@given(pasts(), st.randoms(use_true_random=False))
def test_in_any_order_and_any_parts_the_same_is_missing_and_with_everything_nothing(past, chance):
    before, everything, came = past
    pieces = seen(before, came)
    told = gaps(pieces)
    assert spread(told) == by_hand(before, came)
    again = pieces + chance.choices(pieces, k=3) if pieces else []
    chance.shuffle(again)
    assert gaps(again) == told
    whole = [
        replace(one, held=reduce(united, (each.held for each in pieces if each.header == one.header)))
        for one in {piece.header: piece for piece in pieces}.values()
    ]
    assert gaps(whole) == told
    assert gaps(seen(before, everything)) == ()


def _only_the_latest(held, end):
    return () if held.top >= end else lacks(held, end)


def _prefix_alone(held, end):
    return ((held.prefix + 1, end),) if held.prefix < end else ()


def _nobody_reads_previous(held, end):
    return lacks(held, held.top) if end > held.top else lacks(held, end)


@pytest.mark.parametrize("fault", [_only_the_latest, _prefix_alone, _nobody_reads_previous])
def test_planted_fault_in_what_is_lacking_is_found(fault, monkeypatch):
    monkeypatch.setattr(module, "lacks", fault)
    assert not _holds()


def test_planted_fault_the_last_successor_alone_is_believed(monkeypatch):
    """Of two logs that name one, the branch that lives is taken at its word: the dead one's work is forgotten."""
    honest = module.gaps

    def last_word(logs, *more):
        latest = {one.header.previous_log or -one.header.log: one for one in logs}
        return honest(latest.values(), *more)

    monkeypatch.setattr(module, "gaps", last_word)
    assert not _holds()


def test_planted_fault_a_revocation_is_not_obeyed(monkeypatch):
    monkeypatch.setattr(module, "_accepted", lambda _signer, _log, end, _revoked: end)
    with pytest.raises(AssertionError):
        test_of_a_revoked_key_only_what_was_accepted_is_missed()


def _holds():
    """Whether the rule stands in five hundred drawn pasts."""
    chance = random.Random(7)
    for _ in range(500):
        before, ends = {1: (0, 0)}, {1: chance.randint(1, 6)}
        for number in range(2, chance.randint(2, 7)):
            behind = chance.choice(list(ends))
            before[number], ends[number] = (behind, chance.randint(1, ends[behind])), chance.randint(1, 6)
        came = [
            (number, seq)
            for number, end in ends.items()
            for seq in range(1, end + 1)
            if chance.random() < 0.6
        ]
        if spread(module.gaps(seen(before, came))) != by_hand(before, came):
            return False
    return True


def test_the_rule_stands_where_no_fault_is_planted():
    assert _holds()
