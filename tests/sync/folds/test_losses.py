"""Lost sticks add up the same in any order and however often they came, and odd fields break nothing."""

from hypothesis import given
from hypothesis import strategies as st

from sync.folds.losses import CLOCK, losses
from sync.journal.statement import Fact, LogHeader, Statement

HEADER = LogHeader(5, b"p" * 16, b"c" * 16, 0, 0, 1_795_000_000, 1, b"b" * 8)


def fact(seq, **fields):
    told = {"at": 100 + seq, "seen": 0, "pcs": b"a" * 32, "people": b"x" * 16, "about": "di kapal"} | fields
    return Fact(HEADER, Statement(5, seq, "stick.lost", 0, told), b"k" * 32)


def test_a_loss_says_what_was_on_it_and_when_its_three_days_end():
    (loss,) = losses([fact(1)])
    assert (loss.pcs, loss.people, loss.until) == ((b"a" * 16, b"a" * 16), (b"x" * 16,), 101 + CLOCK)


def test_what_is_no_whole_id_is_none():
    (loss,) = losses([fact(1, pcs=b"a" * 17, people=b"")])
    assert (loss.pcs, loss.people) == ((b"a" * 16,), ())


@given(st.lists(st.integers(1, 6), max_size=12), st.randoms())
def test_order_and_repetition_change_nothing(numbers, dice):
    facts = [fact(n) for n in numbers]
    again = facts + facts
    dice.shuffle(again)
    assert losses(again) == losses(sorted(set(facts), key=lambda one: one.statement.seq))
