"""The list of certificates taken back proves itself, and nobody else can write one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.journal.keys import SigningKey
from sync.refusal import Refusal
from sync.withdrawn import Withdrawn, read_withdrawn, sign_withdrawn

CENTRE, OTHER = SigningKey(b"c" * 32), SigningKey(b"o" * 32)
SIGNED = sign_withdrawn(3, ["00002/A/2026", "00001/A/2026", "00001/A/2026"], CENTRE)


def test_it_says_which_numbers_do_not_hold_any_more():
    assert read_withdrawn(SIGNED, CENTRE.public) == Withdrawn(3, frozenset({"00001/A/2026", "00002/A/2026"}))
    assert read_withdrawn(b"", CENTRE.public) == Withdrawn()


def test_another_key_convinces_nobody():
    with pytest.raises(Refusal):
        read_withdrawn(sign_withdrawn(9, [], OTHER), CENTRE.public)


@given(st.integers(0, len(SIGNED) - 1), st.integers(1, 255))
def test_any_changed_byte_is_seen(at, flip):
    changed = bytearray(SIGNED)
    changed[at] ^= flip
    with pytest.raises(Refusal):
        read_withdrawn(bytes(changed), CENTRE.public)


@given(st.binary(max_size=200))
def test_nonsense_is_refused_and_never_breaks(data):
    if data:
        with pytest.raises(Refusal):
            read_withdrawn(data, CENTRE.public)
