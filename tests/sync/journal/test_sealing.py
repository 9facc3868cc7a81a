"""A found stick tells nothing: what is sealed opens for its recipients and for nobody else."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.journal import sealing
from sync.journal.keys import LetterKey
from sync.journal.sealing import key_id, pad, recipients_of, seal, unpad, unseal
from sync.journal.secret_fields import open_fields, opened, seal_fields
from sync.refusal import Code, Refusal
from tests.builders.journal import Desk

OFFICE, CENTRE, FINDER = (LetterKey(bytes([number]) * 32) for number in (1, 2, 3))
BOTH = [OFFICE.public, CENTRE.public]
SECRET = b"19860926 201505 1 001 Anna Wonda"


def test_each_recipient_opens_it_and_a_finder_does_not():
    sealed = seal(SECRET, BOTH, b"tail")
    assert unseal(sealed, OFFICE, b"tail") == SECRET
    assert unseal(sealed, CENTRE, b"tail") == SECRET
    assert SECRET not in sealed
    assert recipients_of(sealed) == tuple(map(key_id, BOTH))
    with pytest.raises(Refusal) as refused:
        unseal(sealed, FINDER, b"tail")
    assert refused.value.code is Code.RECIPIENT


def test_a_letter_for_one_purpose_is_not_opened_for_another():
    with pytest.raises(Refusal):
        unseal(seal(SECRET, BOTH, b"tail"), OFFICE, b"piece")


def test_a_wrap_moved_to_another_letter_opens_nothing():
    one, other = seal(SECRET, BOTH), seal(b"other", BOTH)
    head = 2 + 2 * sealing.KEY_ID_SIZE
    mixed = one[: head + sealing.WRAP_SIZE * 2] + other[head + sealing.WRAP_SIZE * 2 :]
    with pytest.raises(Refusal):
        unseal(mixed, OFFICE)


def test_a_recipient_struck_from_the_list_spoils_the_letter():
    sealed = bytearray(seal(SECRET, BOTH))
    sealed[2 : 2 + sealing.KEY_ID_SIZE] = key_id(FINDER.public)
    with pytest.raises(Refusal):
        unseal(bytes(sealed), CENTRE)


def every_flip_is_refused(data):
    for bit in range(len(data) * 8):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Refusal):
            unseal(bytes(flipped), OFFICE)


def test_every_bit_flip_is_refused():
    every_flip_is_refused(seal(b"jawaban", [OFFICE.public]))


def test_a_flip_in_a_wrap_for_somebody_else_is_his_to_refuse():
    sealed = bytearray(seal(SECRET, BOTH))
    sealed[2 + 2 * sealing.KEY_ID_SIZE + sealing.WRAP_SIZE] ^= 1
    assert unseal(bytes(sealed), OFFICE) == SECRET
    with pytest.raises(Refusal):
        unseal(bytes(sealed), CENTRE)


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=300))
def test_noise_is_refused(noise):
    for data in (noise, b"\1\1" + key_id(OFFICE.public) + noise):
        with pytest.raises(Refusal):
            unseal(data, OFFICE)


def test_nobody_and_no_key_are_no_recipients():
    for recipients in ([], [b"short"], BOTH * 40):
        with pytest.raises(Refusal):
            seal(SECRET, recipients)
    with pytest.raises(Refusal):
        seal(SECRET, [bytes(32)])


@given(st.binary(max_size=9000), st.integers(8, 5000))
def test_padding_hides_the_size_and_comes_off(data, block):
    padded = pad(data, block)
    assert len(padded) % block == 0
    assert unpad(padded) == data


def test_padding_that_was_touched_is_refused():
    for broken in (b"", b"\0\0\0", b"\0\0\0\5abc", pad(b"abc")[:-1] + b"\1"):
        with pytest.raises(Refusal):
            unpad(broken)


def test_a_note_is_read_by_its_person_and_not_at_the_desk():
    mine, text = LetterKey(b"m" * 32), "Tanya Bu Wonda soal maklumat"
    sealed = seal_fields("note.put", {"text": text, "page": 3}, [mine.public, CENTRE.public])
    note = Desk().says("note.put", activity="a/b/c", field="catatan", sealed=sealed, counter=1, base=0)
    assert opened(note, mine).statement.fields["text"] == text
    assert opened(note, mine).statement.fields["page"] == 3
    with pytest.raises(Refusal):
        opened(note, OFFICE)
    plain = Desk().says("lesson.completed", activity="a", version="1")
    assert opened(plain, mine) == plain


def test_sealed_fields_cannot_replace_what_stands_in_the_open():
    sealed = seal_fields("note.put", {"counter": 99, "text": "x"}, [OFFICE.public])
    note = Desk().says("note.put", activity="a/b/c", field="catatan", sealed=sealed, counter=1, base=0)
    assert opened(note, OFFICE).statement.fields["counter"] == 1


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=80))
def test_hostile_sealed_fields_are_refused_or_read(noise):
    sealed = seal(noise, [OFFICE.public], b"suluh fields\0note.put")
    with contextlib.suppress(Refusal):
        assert isinstance(open_fields("note.put", sealed, OFFICE), dict)
