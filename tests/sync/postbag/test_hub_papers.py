"""A hub's certificate: only a coordinator of the office gives one, and a bent one says nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.journal.keys import SigningKey
from sync.postbag.hub_papers import office_mark, read_certificate, write_certificate
from sync.postbag.words import Certificate, certify
from sync.refusal import Code, Refusal

OFFICE = bytes(range(16))
COORDINATOR, HUB = SigningKey.generate(), SigningKey.generate()
GOOD = write_certificate(certify(HUB.public, OFFICE, 2_000, COORDINATOR), OFFICE)


def refused(data, office=OFFICE, coordinators=(COORDINATOR.public,)):
    with pytest.raises(Refusal) as found:
        read_certificate(data, office, coordinators)
    return found.value.code


def test_a_certificate_comes_back_as_it_was_given():
    found = read_certificate(GOOD, OFFICE, [COORDINATOR.public])
    assert (found.hub, found.until, found.coordinator) == (HUB.public, 2_000, COORDINATOR.public)


def test_only_a_coordinator_of_the_very_office_counts():
    assert refused(GOOD, bytes(16)) is Code.OFFICE
    assert refused(GOOD, coordinators=(HUB.public,)) is Code.AUTHOR
    moved = write_certificate(certify(HUB.public, bytes(16), 2_000, COORDINATOR), OFFICE)
    assert refused(moved) is Code.SIGNATURE


def test_nobody_makes_a_certificate_last_longer_or_name_another_hub():
    good = certify(HUB.public, OFFICE, 2_000, COORDINATOR)
    other = SigningKey.generate().public
    for bent in (
        Certificate(HUB.public, 9_000, good.coordinator, good.signature),
        Certificate(other, 2_000, good.coordinator, good.signature),
        Certificate(HUB.public, 2_000, good.coordinator, bytes(64)),
    ):
        assert refused(write_certificate(bent, OFFICE)) is Code.SIGNATURE


@given(data=st.binary(max_size=300))
def test_whatever_lies_in_the_file_is_refused_and_never_raises_anything_else(data):
    assert refused(data) is Code.MALFORMED
    refused(GOOD[:10] + data)


@given(place=st.integers(0, len(GOOD) - 1), bit=st.integers(0, 7))
def test_a_flipped_bit_is_noticed(place, bit):
    bent = bytearray(GOOD)
    bent[place] ^= 1 << bit
    refused(bytes(bent))


def test_the_mark_of_an_office_says_nothing_of_it():
    assert office_mark(OFFICE) == office_mark(bytes(OFFICE))
    assert office_mark(OFFICE) != office_mark(bytes(16))
    assert OFFICE.hex()[:8] not in office_mark(OFFICE)
