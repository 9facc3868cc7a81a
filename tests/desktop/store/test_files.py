"""A learner hands in a scan: it is on the disk in parts, goes out with the rest, and is stated once."""

import os

import pytest

from desktop.errors import Problem
from desktop.store.files import file_of, put_file
from sync.folds.files import FILE_LIMIT, PART
from tests.builders.office import YOHANA, new_office
from tests.builders.round import Desk


@pytest.fixture
def yohana(tmp_path, cheap_pins):
    pc = Desk(tmp_path, new_office(), "PC Loket")
    yield pc.sit(YOHANA)
    pc.off()


def test_a_scan_is_kept_in_parts_and_goes_out_once(yohana):
    scan = os.urandom(PART * 9 + 5)
    before = yohana.unsent()
    digest = put_file(yohana, scan)
    assert file_of(yohana, digest).data == scan
    assert yohana.unsent() == before + 10
    assert put_file(yohana, scan) == digest
    assert yohana.unsent() == before + 10, "stated once"
    assert max(len(one.sealed) for one in yohana.store.outbox.outgoing(yohana.profile)) < 128 * 1024


def test_what_is_too_large_is_told_before_anything_is_stated(yohana):
    before = yohana.unsent()
    with pytest.raises(Problem, match="Berkas terlalu besar"):
        put_file(yohana, bytes(FILE_LIMIT + 1))
    assert yohana.unsent() == before
