"""One round trip: what the PC asked is what the centre reads, and only the centre's answer counts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.bundle import (
    REQUEST_LIMIT,
    Ack,
    SyncReply,
    SyncRequest,
    decode_reply,
    decode_request,
    encode_reply,
    encode_request,
    request_digest,
)
from sync.journal.keys import SigningKey
from sync.journal.segment import decode_segment, encode_segment, peek_segment
from sync.refusal import Code, Refusal
from tests.builders.journal import KEY, OTHER_KEY, OTHER_PROFILE, PROFILE, Desk, logs

CENTRE = SigningKey(b"z" * 32)
quick = settings(deadline=None, max_examples=25)
ASK = SyncRequest(
    PROFILE,
    KEY.public,
    {"person": 12, "office": 7000},
    {"catalogue": 3, "trust": 1, "office": 2},
    (),
    (b"sealed by another", b""),
    1_795_600_000,
    b"12345678",
)
ANSWER = SyncReply(
    1_795_600_123,
    b"digest!!",
    (Ack(3, 25), Ack((1 << 63) - 1, 1)),
    (b"piece one", b"piece two"),
    {"person": 13, "office": 7000},
    {"catalogue": 4},
    {"office": b"file", "trust": b""},
    (("author", {"kind": "key.revoked", "log": 3, "n": -5}), ("a-code-from-the-future", {})),
    more=True,
)
counts = st.dictionaries(
    st.sampled_from(["person", "office", "trust", "baru"]), st.integers(0, (1 << 40) - 1)
)


def codes(call, *args):
    with pytest.raises(Refusal) as refused:
        call(*args)
    return refused.value.code


def every_flip_is_refused(decode, data):
    for bit in range(len(data) * 8):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Refusal):
            decode(bytes(flipped))


@quick
@given(counts, counts, st.lists(st.binary(max_size=9), max_size=3), st.binary(max_size=16))
def test_a_request_without_news_says_everything_else(cursors, versions, sealed, nonce):
    ask = replace(ASK, cursors=cursors, versions=versions, sealed=tuple(sealed), nonce=nonce)
    assert decode_request(encode_request(ask, KEY)) == ask


@quick
@given(st.lists(logs(), min_size=1, max_size=3))
def test_a_request_with_own_segments_carries_one_signature_less(runs):
    segments = tuple(encode_segment([run], KEY) for run in runs)
    data = encode_request(replace(ASK, segments=segments), KEY)
    got = decode_request(data)
    assert (got.profile, got.signer, got.sealed) == (PROFILE, KEY.public, ASK.sealed)
    assert got.segments[:-1] == segments[:-1]
    assert [decode_segment(one).runs for one in got.segments] == [(run,) for run in runs]
    alone = len(encode_request(ASK, KEY))
    assert len(data) <= alone + sum(len(one) + 3 for one in segments) - 64


def test_a_segment_of_somebody_else_travels_under_the_carriers_own_signature():
    run = Desk(OTHER_KEY, OTHER_PROFILE).reads(2)
    segments = (encode_segment([run], OTHER_KEY),)
    got = decode_request(encode_request(replace(ASK, segments=segments), KEY))
    assert (got.signer, got.profile, got.segments) == (KEY.public, PROFILE, segments)
    other = (encode_segment([Desk(KEY, OTHER_PROFILE).reads(2)], KEY),)
    got = decode_request(encode_request(replace(ASK, segments=other), KEY))
    assert (got.profile, got.segments) == (PROFILE, other)


def test_a_segment_bound_to_one_request_does_not_sign_another():
    segment = encode_segment([Desk().reads(2)], KEY)
    data = encode_request(replace(ASK, segments=(segment,)), KEY)
    bound = decode_request(data).segments[-1]
    head = bytearray(data[: -len(bound)])
    head[-5] ^= 1
    assert codes(decode_request, bytes(head) + bound) is Code.SIGNATURE
    assert codes(decode_request, data[: -len(bound)] + segment) is Code.SIGNATURE
    assert peek_segment(bound).runs == peek_segment(segment).runs


def test_every_bit_flip_in_a_request_is_refused():
    every_flip_is_refused(decode_request, encode_request(ASK, KEY))
    own = replace(ASK, segments=(encode_segment([Desk().reads(3)], KEY),))
    every_flip_is_refused(decode_request, encode_request(own, KEY))


def test_a_decoder_that_takes_the_segments_signature_for_the_whole_is_caught(monkeypatch):
    monkeypatch.setattr("sync.bundle._context", lambda _: bytes(16))
    own = replace(ASK, segments=(encode_segment([Desk().reads(3)], KEY),))
    with pytest.raises(BaseException, match="DID NOT RAISE"):
        every_flip_is_refused(decode_request, encode_request(own, KEY))


def test_a_reply_says_everything():
    data = encode_reply(ANSWER, CENTRE)
    assert decode_reply(data, CENTRE.public) == ANSWER
    empty = SyncReply(5, b"digest!!")
    assert decode_reply(encode_reply(empty, CENTRE), CENTRE.public) == empty


def test_every_bit_flip_in_a_reply_is_refused():
    every_flip_is_refused(lambda data: decode_reply(data, CENTRE.public), encode_reply(ANSWER, CENTRE))


def test_nobody_but_the_centre_answers():
    portal = b"<html><title>Selamat datang di Wi-Fi hotel</title>" + b" " * 500
    for data in (b"", portal, encode_reply(ANSWER, KEY), encode_request(ASK, CENTRE)):
        assert codes(decode_reply, data, CENTRE.public) is Code.CENTRE


def test_an_answer_to_another_request_is_no_answer():
    asked = encode_request(ASK, KEY)
    data = encode_reply(replace(ANSWER, request=request_digest(asked)), CENTRE)
    assert decode_reply(data, CENTRE.public, asked).time == ANSWER.time
    assert codes(decode_reply, data, CENTRE.public, asked + b"x") is Code.ANSWER
    assert codes(encode_reply, replace(ANSWER, request=b"short"), CENTRE) is Code.ANSWER


def test_a_reply_and_a_request_are_never_taken_for_each_other():
    forged = replace(ASK, signer=CENTRE.public)
    assert codes(decode_reply, encode_request(forged, CENTRE), CENTRE.public) is Code.CENTRE
    assert codes(decode_request, encode_reply(ANSWER, KEY)) is not None


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=200))
def test_noise_is_refused(noise):
    for call, args in ((decode_request, ()), (decode_reply, (CENTRE.public,))):
        with pytest.raises(Refusal):
            call(noise, *args)
        with pytest.raises(Refusal):
            call(b"\1\0" + noise, *args)


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_a_mangled_request_or_reply_rightly_signed_is_refused_or_read(data):
    reply = data.draw(st.booleans())
    body = bytearray((encode_reply(ANSWER, CENTRE) if reply else encode_request(ASK, KEY))[:-64])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0 if reply else 34, len(body) - 1))
        if data.draw(st.booleans()):
            body[place] = data.draw(st.integers(0, 255))
        elif len(body) > 40:
            del body[place]
    try:
        if reply:
            whole = bytes(body) + CENTRE.sign(b"suluh reply\0" + bytes(body))
            got = decode_reply(whole, CENTRE.public)
            assert decode_reply(encode_reply(got, CENTRE), CENTRE.public) == got
        else:
            whole = bytes(body) + KEY.sign(b"suluh request\0" + bytes(body))
            asked = decode_request(whole)
            assert decode_request(encode_request(asked, KEY)) == asked
    except Refusal:
        pass


def test_too_much_is_refused_unread():
    assert codes(decode_request, bytes(REQUEST_LIMIT + 1)) is Code.TOO_LARGE
    assert codes(decode_reply, bytes((24 << 20) + 1), CENTRE.public) is Code.TOO_LARGE
