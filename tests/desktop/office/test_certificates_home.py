"""The desk counts the certificates that wait for other PCs, each once, until their PCs have taken them."""

import pytest

from desktop.office.certificates_home import certificates_waiting, note_certificates
from desktop.store.carried import HomewardPiece
from sync.journal.keys import LetterKey
from sync.postbag.tally import seal_tally
from sync.postbag.words import Receipt
from tests.builders.office import MARKUS
from tests.builders.round import Desk

A, B = b"a" * 16, b"b" * 16


@pytest.fixture
def desk(tmp_path, office):
    made = Desk(tmp_path / "meja", office, "PC Sekretariat")
    made.sit(MARKUS)
    made.store.homeward.put([HomewardPiece(A, b"1" * 32, 5, b"x"), HomewardPiece(B, b"2" * 32, 5, b"y")])
    yield made
    made.off()


def test_each_certificate_counts_once_until_its_pcs_have_it(desk):
    header = desk.store.office().header
    tally = seal_tally({A: [(5, 1), (5, 2)], B: [(5, 2), (5, 3)]}, header.office, header.office_letter)
    for _ in range(2):
        note_certificates(desk.people[MARKUS], [Receipt(5, (), tally), Receipt(5, ())])
    assert certificates_waiting(desk.store) == 3
    desk.store.homeward.drop(A, [b"1" * 32])
    assert certificates_waiting(desk.store) == 2
    note_certificates(desk.people[MARKUS], [])
    desk.store.homeward.drop(B, [b"2" * 32])
    assert certificates_waiting(desk.store) == 0


def test_a_tally_for_another_key_says_nothing(desk):
    tally = seal_tally({A: [(5, 1)]}, desk.store.office().header.office, LetterKey.generate().public)
    note_certificates(desk.people[MARKUS], [Receipt(5, (), tally)])
    assert certificates_waiting(desk.store) == 0
