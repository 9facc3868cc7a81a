"""The round's list on a stick: the office's PCs read it, and whoever finds the stick learns nothing from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.journal.keys import LetterKey, SigningKey
from sync.postbag.round_list import RoundList, Stop, open_round, read_marks, seal_round, write_marks
from sync.refusal import Code, Refusal

OFFICE = bytes(range(16))
COORDINATOR = SigningKey.generate()
PCS = [LetterKey.generate() for _ in range(3)]
LIST = RoundList(
    7, tuple(Stop(bytes([n]) * 16, f"PC Loket {n}", bytes([n + 100]) * 16, n == 0) for n in range(3))
)
GOOD = seal_round(LIST, OFFICE, [one.public for one in PCS], COORDINATOR)


def opened(data=GOOD, key=PCS[1], office=OFFICE, coordinators=(COORDINATOR.public,)):
    return open_round(data, office, key, coordinators)


def refused(*values, **more):
    with pytest.raises(Refusal) as found:
        opened(*values, **more)
    return found.value.code


def test_every_pc_of_the_office_reads_the_list():
    assert [opened(key=one) for one in PCS] == [LIST] * 3


def test_another_pc_or_a_finder_reads_nothing():
    assert refused(key=LetterKey.generate()) is Code.RECIPIENT
    for word in (b"PC Loket", b"Loket", bytes([1]) * 16, bytes([101]) * 16, COORDINATOR.public):
        assert word not in GOOD


def test_only_a_coordinator_of_the_office_says_where_the_stick_goes():
    forged = seal_round(LIST, OFFICE, [one.public for one in PCS], SigningKey.generate())
    assert refused(forged) is Code.AUTHOR
    assert refused(office=bytes(16)) is Code.OFFICE


def test_neither_names_nor_few_pcs_show_in_the_size():
    long = RoundList(7, tuple(Stop(one.pc, one.name * 9, one.mark, one.visited) for one in LIST.stops))
    many = RoundList(7, LIST.stops + LIST.stops)
    readers = [LetterKey.generate().public for _ in range(8)]
    assert {
        len(seal_round(one, OFFICE, readers[:n], COORDINATOR))
        for one in (LIST, long, many)
        for n in (1, 3, 8)
    } == {len(GOOD)}


def test_an_office_of_two_hundred_pcs_has_one_list():
    keys = [LetterKey.generate() for _ in range(200)]
    data = seal_round(LIST, OFFICE, [one.public for one in keys], COORDINATOR)
    assert opened(data, keys[0]) == opened(data, keys[199]) == LIST


@given(place=st.integers(0, len(GOOD) - 1), bit=st.integers(0, 7))
def test_a_flipped_bit_is_noticed(place, bit):
    bent = bytearray(GOOD)
    bent[place] ^= 1 << bit
    assert refused(bytes(bent)) is Code.MALFORMED


@given(data=st.binary(max_size=200))
def test_whatever_lies_there_instead_is_refused_or_holds_no_mark(data):
    assert refused(data) is Code.MALFORMED
    assert refused(GOOD[: len(data)]) is Code.MALFORMED
    assert read_marks(data + bytes(32)) == frozenset()


@given(marks=st.frozensets(st.binary(min_size=16, max_size=16), max_size=6), cut=st.integers(1, 20))
def test_marks_come_back_whole_or_not_at_all(marks, cut):
    data = write_marks(marks)
    assert read_marks(data) == marks
    assert read_marks(data[:-cut]) == frozenset()
    assert read_marks(None) == frozenset()
