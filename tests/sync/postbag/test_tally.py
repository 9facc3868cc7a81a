"""Certificates on their way home are counted by the office's coordinators alone, each once."""

import pytest

from sync.journal.keys import LetterKey, SigningKey
from sync.postbag.part import read_part
from sync.postbag.tally import open_tally, seal_tally
from sync.postbag.words import Receipt, read_receipt, sign_receipt
from sync.refusal import Code, Refusal

OFFICE, KEY, CENTRE = bytes(range(16)), LetterKey.generate(), SigningKey.generate()
ISSUED = {b"a" * 16: [(5, 1), (5, 2)], b"b" * 16: [(5, 2)]}


def test_a_certificate_that_goes_to_two_pcs_counts_once():
    found = open_tally(seal_tally(ISSUED, OFFICE, KEY.public), OFFICE, KEY)
    assert {pc: len(marks) for pc, marks in found.items()} == {b"a" * 16: 2, b"b" * 16: 1}
    assert len(frozenset().union(*found.values())) == 2


def test_nobody_else_counts_and_another_offices_tally_is_none():
    sealed = seal_tally(ISSUED, OFFICE, KEY.public)
    for office, key in ((OFFICE, LetterKey.generate()), (bytes(16), KEY)):
        with pytest.raises(Refusal) as told:
            open_tally(sealed, office, key)
        assert told.value.code in {Code.RECIPIENT, Code.MALFORMED}


def test_the_size_tells_no_number_of_certificates():
    many = {b"a" * 16: [(5, n) for n in range(40)]}
    assert len(seal_tally(ISSUED, OFFICE, KEY.public)) == len(seal_tally(many, OFFICE, KEY.public))


def test_a_receipt_with_a_tally_and_one_from_before_are_both_read():
    tally = seal_tally(ISSUED, OFFICE, KEY.public)
    for one in (Receipt(7, (b"d" * 32,), tally), Receipt(7, (b"d" * 32,))):
        assert read_receipt(read_part(sign_receipt(one, OFFICE, CENTRE)), CENTRE.public) == one
