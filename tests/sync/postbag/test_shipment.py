"""A shipment that is torn, shuffled into chunks or damaged gives its whole parts and names the others."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.journal.keys import LetterKey, SigningKey
from sync.postbag.outward import Outward, Want, open_outward, seal_outward
from sync.postbag.part import DIGEST_SIZE, Form, digest_of, encode_part, read_part
from sync.postbag.shipment import encode_shipment, read_shipment
from sync.postbag.words import certify, read_custody, read_receipt, sign_custody
from sync.refusal import Refusal

OFFICE = bytes(range(16))
PARTS = tuple(encode_part(Form.RECEIPT, OFFICE, bytes([n % 256]) * n) for n in (0, 1, 40, 900))
HEAD = 14 + 16 + 1 + DIGEST_SIZE * len(PARTS)


@given(cuts=st.lists(st.integers(0, 3000), max_size=6), end=st.integers(0, 3000))
def test_a_torn_shipment_gives_its_whole_parts_and_names_the_missing(cuts, end):
    whole = encode_shipment(OFFICE, PARTS)
    torn = whole[:end]
    places = sorted({0, len(torn), *(cut for cut in cuts if cut < len(torn))})
    chunks = [torn[a:b] for a, b in itertools.pairwise(places)]
    if end < HEAD:
        with pytest.raises(Refusal):
            read_shipment(chunks)
        return
    found = read_shipment(chunks)
    got = [data for _, data in found.parts]
    assert got == list(PARTS[: len(got)])
    assert found.missing == tuple(digest_of(part) for part in PARTS[len(got) :])
    assert found.office == OFFICE
    assert (end >= len(whole)) == (not found.missing)


@given(bit=st.integers(0, 8 * len(PARTS[2]) - 1))
def test_a_part_with_one_changed_bit_is_no_part(bit):
    damaged = bytearray(PARTS[2])
    damaged[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Refusal):
        read_part(bytes(damaged))


@given(sizes=st.lists(st.integers(1, 200_000), max_size=6))
def test_much_work_is_cut_into_parts_that_each_open_alone(sizes):
    office_key, centre = LetterKey.generate(), LetterKey.generate()
    segments = tuple(bytes([n % 256]) * size for n, size in enumerate(sizes))
    want = Want(b"p" * 16, b"s" * 32, {"person": 4, "office": 7})
    sent = Outward(b"c" * 16, "PC Loket 1", b"l" * 32, 5, {"office": 1}, (want,), segments)
    parts = seal_outward(sent, OFFICE, (office_key.public, centre.public))
    assert all(b"Loket" not in part for part in parts)
    opened = [open_outward(read_part(part), key) for part in parts for key in (office_key,)]
    assert tuple(segment for one in opened for segment in one.segments) == segments
    assert [one.wants for one in opened] == [(want,)] + [()] * (len(parts) - 1)
    with pytest.raises(Refusal):
        open_outward(read_part(parts[0]), LetterKey.generate())


def test_only_a_coordinator_or_a_hub_that_one_certified_speaks_of_custody():
    coordinator, hub, stranger = (SigningKey.generate() for _ in range(3))
    digests = (b"d" * DIGEST_SIZE,)
    known = (coordinator.public,)
    certificate = certify(hub.public, OFFICE, 1_000, coordinator)

    assert read_custody(read_part(sign_custody(9, digests, OFFICE, coordinator)), known).parts == digests
    word = read_custody(read_part(sign_custody(9, digests, OFFICE, hub, certificate)), known)
    assert (word.by_hub, word.coordinator) == (True, coordinator.public)
    bad = (
        sign_custody(9, digests, OFFICE, stranger),
        sign_custody(9, digests, OFFICE, stranger, certificate),
        sign_custody(1_001, digests, OFFICE, hub, certificate),
        sign_custody(9, digests, OFFICE, hub, certify(hub.public, OFFICE, 1_000, stranger)),
        sign_custody(9, digests, b"other office 16b", hub, certificate),
    )
    for part in bad:
        with pytest.raises(Refusal):
            read_custody(read_part(part), known)
    with pytest.raises(Refusal):
        read_receipt(read_part(PARTS[1]), coordinator.public)


def test_a_shipment_of_nothing_is_whole_and_may_come_byte_by_byte():
    data = encode_shipment(bytes(16), [])
    assert read_shipment(bytes((byte,)) for byte in data).missing == ()


@given(rest=st.binary(max_size=400))
def test_what_lies_behind_the_last_announced_part_is_passed_over(rest):
    whole = encode_shipment(OFFICE, PARTS)
    found = read_shipment([whole, rest, encode_shipment(OFFICE, PARTS)[-1000:]])
    assert [data for _, data in found.parts] == list(PARTS)
    assert found.missing == ()
