"""A feed's cursor moves only over what was taken in, whatever pieces are lost, doubled or overtaken."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.journal.cursors import moved
from sync.refusal import Refusal

pieces = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 8)), max_size=20)


def no_fact_is_skipped(move):
    """The law: every fact of the feed below the cursor is held, and the cursor never goes back."""

    @settings(deadline=None, max_examples=200)
    @given(pieces)
    def law(arrived):
        cursor, held = 0, set()
        for start, length in arrived:
            before = cursor
            try:
                cursor = move(cursor, start, start + length)
            except Refusal:
                continue
            held |= set(range(start + 1, start + length + 1))
            assert cursor >= before
            assert set(range(1, cursor + 1)) <= held

    law()


def test_no_fact_is_skipped():
    no_fact_is_skipped(moved)
    assert moved(7, 3, 9) == 9
    assert moved(7, 3, 5) == 7


@pytest.mark.parametrize(
    "planted",
    [
        lambda _cursor, _start, end: end,
        lambda cursor, _start, end: max(cursor, end),
        lambda cursor, start, end: end if start <= cursor else cursor,
    ],
)
def test_a_wrong_cursor_is_caught(planted):
    with pytest.raises(AssertionError):
        no_fact_is_skipped(planted)


def test_a_piece_that_ends_before_it_begins_is_refused():
    with pytest.raises(Refusal):
        moved(9, 5, 4)
