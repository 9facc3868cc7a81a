"""Whatever bytes arrive, a decoder answers with a Refusal and nothing else, and never with another meaning."""

from __future__ import annotations

import random

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.journal import segment as segments
from sync.journal.codec import codec
from sync.journal.keys import SIGNATURE_SIZE, VerifyKey
from sync.journal.limits import Limits
from sync.journal.octets import put_text, put_varint
from sync.journal.segment import decode_segment, encode_segment, peek_segment
from sync.refusal import Code, Refusal
from tests.builders.journal import KEY, OTHER_KEY, Desk, logs

quick = settings(deadline=None, max_examples=25)
HEAD = 2 + 32 + 16


def signed(body: bytes) -> bytes:
    """What a hostile holder of a good key can send: any body, rightly signed."""
    return body + KEY.sign(segments._DOMAIN + body)


def every_flip_is_refused(decode, data):
    for bit in range(len(data) * 8):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Refusal):
            decode(bytes(flipped))


def test_every_bit_flip_is_refused():
    data = encode_segment([Desk().reads(6)], KEY)
    every_flip_is_refused(peek_segment, data)
    every_flip_is_refused(decode_segment, data)


def test_a_decoder_that_trusts_the_signature_is_caught(monkeypatch):
    monkeypatch.setattr(VerifyKey, "verify", lambda *_: None)
    with pytest.raises(BaseException, match="DID NOT RAISE"):
        every_flip_is_refused(decode_segment, encode_segment([Desk().reads(6)], KEY))


def test_every_cut_is_refused():
    data = encode_segment([Desk().reads(6)], KEY)
    for size in range(len(data)):
        with pytest.raises(Refusal):
            decode_segment(data[:size])
    with pytest.raises(Refusal):
        decode_segment(data + b"\0")


@quick
@given(st.binary(max_size=400))
def test_noise_is_refused(noise):
    with pytest.raises(Refusal):
        decode_segment(noise)


@quick
@given(st.binary(max_size=200))
def test_signed_noise_is_refused_or_read_as_some_statements(noise):
    refused_or_read(signed(bytes((1, 0)) + KEY.public + b"p" * 16 + noise))


@quick
@given(st.lists(logs(), min_size=1, max_size=3), st.data())
def test_a_good_key_that_signs_a_mangled_body_gains_nothing(runs, data):
    body = bytearray(encode_segment(runs, KEY)[:-SIGNATURE_SIZE])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(HEAD, len(body) - 1))
        match data.draw(st.integers(0, 2)):
            case 0:
                body[place] = data.draw(st.integers(0, 255))
            case 1:
                del body[place]
            case _:
                body.insert(place, data.draw(st.integers(0, 255)))
        if len(body) <= HEAD:
            break
    refused_or_read(signed(bytes(body)))


@quick
@given(st.lists(logs(), min_size=1, max_size=3), st.data())
def test_a_good_key_that_mangles_the_columns_gains_nothing(runs, data):
    _, _, heads, shapes, pos = segments._open(encode_segment(runs, KEY), segments.SEGMENT)
    assert heads
    assert shapes
    whole = encode_segment(runs, KEY)
    from sync.journal.blocks import columns_of

    raw = bytearray(columns_of(runs))
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    body = bytearray(whole[:pos])
    put_varint(body, len(raw) << 1 | 1)
    refused_or_read(signed(bytes(body + raw)))


def refused_or_read(data: bytes) -> None:
    """The only two outcomes; and what was read can be written and read again with the same meaning."""
    try:
        segment = decode_segment(data)
    except Refusal:
        return
    again = decode_segment(encode_segment(segment.runs, OTHER_KEY))
    assert again.runs == segment.runs


def test_random_mutations_by_the_thousand():
    rng = random.Random(7)
    data = encode_segment([Desk().reads(9)], KEY)[:-SIGNATURE_SIZE]
    read = 0
    for _ in range(5000):
        body = bytearray(data)
        for _ in range(rng.randint(1, 6)):
            body[rng.randrange(HEAD, len(body))] = rng.randrange(256)
        try:
            decode_segment(signed(bytes(body)))
            read += 1
        except Refusal:
            pass
    assert read < 5000


def columns(raw: bytes, *, stored: bool = True) -> bytes:
    """A signed segment of one run of one statement of kind `x` without fields, around given columns."""
    body = bytearray((1, 0)) + KEY.public + b"p" * 16
    body += b"\1" + b"c" * 16 + b"\1" + b"bootboot" + b"\1"
    body += (9).to_bytes(8, "big") + bytes((0, 0, 0, 1, 1 << 1))
    body += b"\1\0"
    put_text(body, "x")
    body += b"\0"
    put_varint(body, len(raw) << 1 | stored)
    return signed(bytes(body + (raw if stored else codec(1).squeeze(raw))))


def test_a_hand_made_segment_is_read():
    for stored in (True, False):
        statement = decode_segment(columns(b"\0" + b"\0\5", stored=stored)).facts[0].statement
        assert (statement.kind, statement.at, statement.fields) == ("x", 5, {})


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0\0\5rest",
        b"\0\x08\5",  # a way to write columns that does not exist
        b"\0\4\1",  # at -1
        b"\0\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\1",  # over 64 bits
        b"\0\0\x85\0",  # a second spelling of 5
        b"\0\0\xff",  # cut
        b"\1\5\0\0\5",  # a text that leans on nothing
        b"\1\0\2\xff\xfe\0\5",  # not UTF-8
    ],
)
def test_broken_columns_are_malformed(raw):
    with pytest.raises(Refusal) as refused:
        decode_segment(columns(raw))
    assert refused.value.code is Code.MALFORMED


def block(frame: bytes, size: int) -> bytes:
    """The hand-made segment around a zstd frame and the size it claims to have."""
    body = bytearray(columns(b"\0\0\5")[: -SIGNATURE_SIZE - 4])
    put_varint(body, size << 1)
    return signed(bytes(body + frame))


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = codec(1).squeeze(bytes(64 << 20))
    assert len(bomb) < 10_000
    with pytest.raises(Refusal) as refused:
        decode_segment(block(bomb, 64 << 20))
    assert refused.value.code is Code.TOO_LARGE
    with pytest.raises(Refusal) as refused:
        decode_segment(block(bomb, 1 << 20))
    assert refused.value.code is Code.MALFORMED


def test_a_frame_that_names_a_huge_size_or_window_is_refused_unread():
    for frame in (
        bytes([0xE0]) + (1 << 40).to_bytes(8, "little") + b"\1\0\0",
        bytes([0x00, 0xFF, 1, 0, 0]),
        zstandard.ZstdCompressor().compress(b"\0\0\5"),
    ):
        with pytest.raises(Refusal) as refused:
            decode_segment(block(frame, 3))
        assert refused.value.code is Code.MALFORMED


def test_two_frames_are_not_one():
    frame = codec(1).squeeze(b"\0\0\5")
    assert decode_segment(block(frame, 3)).facts
    with pytest.raises(Refusal):
        decode_segment(block(frame + frame, 3))
    with pytest.raises(Refusal):
        decode_segment(block(frame + frame, 6))


@pytest.mark.parametrize(
    "limits",
    [
        Limits(size=100, raw=4096, statements=99, cells=999, runs=9),
        Limits(size=4096, raw=10, statements=99, cells=999, runs=9),
        Limits(size=4096, raw=4096, statements=3, cells=999, runs=9),
        Limits(size=4096, raw=4096, statements=99, cells=3, runs=9),
        Limits(size=4096, raw=4096, statements=99, cells=999, runs=1),
        Limits(size=4096, raw=4096, statements=99, cells=999, runs=9, shapes=0),
        Limits(size=4096, raw=4096, statements=99, cells=999, runs=9, table=0),
    ],
)
def test_each_limit_holds(limits):
    data = encode_segment([Desk().reads(4), Desk().reads(4)], KEY)
    with pytest.raises(Refusal):
        decode_segment(data, limits)
    assert decode_segment(data, Limits(size=4096, raw=4096, statements=99, cells=999, runs=9))


def test_a_codec_from_the_future_is_named_as_such():
    body = bytearray(encode_segment([Desk().reads(1)], KEY)[:-SIGNATURE_SIZE])
    body[0] = 2
    with pytest.raises(Refusal) as refused:
        decode_segment(signed(bytes(body)))
    assert refused.value.code is Code.VERSION
    assert refused.value.values == {"version": 2}


def test_a_key_that_fits_many_messages_is_no_key():
    for weak in (bytes(32), b"\1" + bytes(31), bytes.fromhex("ecff" + "ff" * 29 + "7f")):
        with pytest.raises(Refusal) as refused:
            VerifyKey(weak)
        assert refused.value.code is Code.SIGNATURE
