"""Keys are what they say, and a remembered check never covers for another message."""

from __future__ import annotations

import pytest

from sync.journal.keys import LetterKey, SigningKey, VerifyKey
from sync.refusal import Code, Refusal


def test_keys_come_back_from_their_raw_bytes():
    signing, letter = SigningKey.generate(), LetterKey.generate()
    assert SigningKey(signing.raw).public == signing.public
    assert LetterKey(letter.raw).public == letter.public
    for kind in (SigningKey, LetterKey):
        with pytest.raises(Refusal):
            kind(b"short")


def test_a_signature_fits_one_message_and_one_key():
    key, other = SigningKey.generate(), SigningKey.generate()
    signature = key.sign(b"jawaban")
    for _ in range(2):
        VerifyKey(key.public).verify(signature, b"jawaban")
    for public, mark, message in (
        (key.public, signature, b"jawabam"),
        (other.public, signature, b"jawaban"),
        (key.public, other.sign(b"jawaban"), b"jawaban"),
        (key.public, signature + b"j", b"awaban"),
        (key.public, signature[:-1], signature[-1:] + b"jawaban"),
        (key.public, b"", b"jawaban"),
    ):
        with pytest.raises(Refusal) as refused:
            VerifyKey(public).verify(mark, message)
        assert refused.value.code is Code.SIGNATURE


def test_memory_of_checks_is_bounded(monkeypatch):
    monkeypatch.setattr(VerifyKey, "_KEPT", 3)
    key = SigningKey.generate()
    for number in range(9):
        VerifyKey(key.public).verify(key.sign(bytes([number])), bytes([number]))
    assert len(VerifyKey._proved) <= 3
