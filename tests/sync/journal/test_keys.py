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


PRIME = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
CURVE = -121665 * pow(121666, -1, PRIME) % PRIME


def added(one, other):
    (a, b), (c, d) = one, other
    product = CURVE * a * b * c * d % PRIME
    x = (a * d + c * b) * pow(1 + product, -1, PRIME)
    return x % PRIME, (b * d + a * c) * pow(1 - product, -1, PRIME) % PRIME


def times(point, number):
    result = (0, 1)
    while number:
        if number & 1:
            result = added(result, point)
        point, number = added(point, point), number >> 1
    return result


def on_curve(y):
    square = (y * y - 1) * pow(CURVE * y * y + 1, -1, PRIME) % PRIME
    root = pow(square, (PRIME + 3) // 8, PRIME)
    turned = root * pow(2, (PRIME - 1) // 4, PRIME) % PRIME
    return next(((x, y) for x in (root, turned) if x * x % PRIME == square), None)


def test_every_key_under_which_one_signature_fits_many_messages_is_refused():
    """Random points times the group's order leave all points of small order."""
    points = [point for y in range(2, 40) if (point := on_curve(y))]
    small = {times(times(point, ORDER), number)[1] for point in points for number in range(8)}
    assert len(small) == 5
    spellings = {y + more for y in small for more in (0, PRIME) if y + more < 2**255}
    for y in spellings:
        for sign in (0, 1):
            with pytest.raises(Refusal):
                VerifyKey((y | sign << 255).to_bytes(32, "little"))


def test_memory_of_checks_is_bounded(monkeypatch):
    monkeypatch.setattr(VerifyKey, "_KEPT", 3)
    key = SigningKey.generate()
    for number in range(9):
        VerifyKey(key.public).verify(key.sign(bytes([number])), bytes([number]))
    assert len(VerifyKey._proved) <= 3
