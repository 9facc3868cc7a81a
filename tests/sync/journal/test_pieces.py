"""What the centre hands to one profile: every fact of the set, for that profile's eyes only."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.journal import pieces
from sync.journal.keys import LetterKey, SigningKey
from sync.journal.limits import PIECE
from sync.journal.pieces import check_piece, open_piece, seal_piece
from sync.journal.sealing import seal
from sync.journal.statement import Fact, LogHeader, Statement
from sync.refusal import Code, Refusal
from tests.builders.journal import KEY, OTHER_KEY, OTHER_PROFILE, PC, PROFILE, Desk, logs

CENTRE, READER, OTHER_READER = SigningKey(b"z" * 32), LetterKey(b"r" * 32), LetterKey(b"s" * 32)
quick = settings(deadline=None, max_examples=25)


def facts_of(run, signer=KEY.public):
    return [Fact(run.header, one, signer) for one in run.statements]


def endorsed(facts):
    return {Fact(fact.header, fact.statement, fact.signer, endorsed=True) for fact in facts}


@quick
@given(st.lists(logs(None), max_size=4), st.data())
def test_any_subset_of_many_profiles_comes_through_in_any_order(runs, data):
    whole = [
        fact for run in runs for fact in facts_of(run, data.draw(st.sampled_from([KEY, OTHER_KEY])).public)
    ]
    told = data.draw(st.permutations([fact for fact in whole if data.draw(st.booleans())]))
    piece = open_piece(
        seal_piece("office", 5, 9, [*told, *told[:2]], READER.public, CENTRE), READER, CENTRE.public
    )
    assert (piece.scope, piece.start, piece.end) == ("office", 5, 9)
    assert set(piece.facts) == endorsed(told)
    assert len(piece.facts) == len(set(piece.facts))


def test_a_branch_comes_through_with_both_versions():
    header = LogHeader(9, PROFILE, PC, 0, 0, 5, 0, b"bootboot")
    told = [
        Fact(header, Statement(9, seq, "x", 0, {"n": n}), KEY.public) for seq in (1, 3) for n in (1, 2, 3)
    ]
    piece = open_piece(seal_piece("office", 0, 1, told, READER.public, CENTRE), READER, CENTRE.public)
    assert set(piece.facts) == endorsed(told)


def test_people_on_one_piece_share_nothing_but_the_parcel():
    told = [*facts_of(Desk().reads(2)), *facts_of(Desk(OTHER_KEY, OTHER_PROFILE).reads(2), OTHER_KEY.public)]
    piece = open_piece(seal_piece("office", 0, 4, told, READER.public, CENTRE), READER, CENTRE.public)
    assert set(piece.facts) == endorsed(told)


def test_only_its_reader_opens_it_but_whoever_carries_it_knows_what_it_is():
    data = seal_piece("person", 3, 7, facts_of(Desk().reads(3)), READER.public, CENTRE)
    assert check_piece(data, CENTRE.public) == ("person", 3, 7)
    assert b"kursus" not in data
    with pytest.raises(Refusal) as refused:
        open_piece(data, OTHER_READER, CENTRE.public)
    assert refused.value.code is Code.RECIPIENT


def test_only_the_centres_word_counts():
    data = seal_piece("person", 3, 7, facts_of(Desk().reads(3)), READER.public, KEY)
    for look in (check_piece, lambda one, key: open_piece(one, READER, key)):
        with pytest.raises(Refusal) as refused:
            look(data, CENTRE.public)
        assert refused.value.code is Code.CENTRE


def test_a_sealed_part_moved_to_another_place_in_the_feed_does_not_open():
    data = seal_piece("person", 3, 7, facts_of(Desk().reads(3)), READER.public, CENTRE)
    body = bytearray(data[:-64])
    assert body[8:10] == bytes((3, 7))
    body[9] = 99
    moved = bytes(body) + CENTRE.sign(pieces._DOMAIN + bytes(body))
    with pytest.raises(Refusal):
        open_piece(moved, READER, CENTRE.public)


def test_every_bit_flip_is_refused():
    data = seal_piece("person", 0, 1, facts_of(Desk().reads(1)), READER.public, CENTRE)
    for bit in range(len(data) * 8):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Refusal):
            open_piece(bytes(flipped), READER, CENTRE.public)


@quick
@given(st.lists(logs(None), min_size=1, max_size=2), st.data())
def test_a_mangled_inside_is_refused_or_read(runs, data):
    inside = bytearray(pieces._put_facts([fact for run in runs for fact in facts_of(run)]))
    for _ in range(data.draw(st.integers(1, 3))):
        inside[data.draw(st.integers(0, len(inside) - 1))] = data.draw(st.integers(0, 255))
    body = bytearray(b"\1\6person\0\1")
    body += seal(bytes(inside), [READER.public], pieces._DOMAIN + body)
    whole = bytes(body) + CENTRE.sign(pieces._DOMAIN + bytes(body))
    with contextlib.suppress(Refusal):
        assert open_piece(whole, READER, CENTRE.public).scope == "person"


@pytest.mark.parametrize(("start", "end"), [(5, 4), (-1, 4), (0, 1 << 40)])
def test_a_piece_that_goes_nowhere_is_not_written(start, end):
    with pytest.raises(Refusal):
        seal_piece("person", start, end, [], READER.public, CENTRE)


def test_an_empty_piece_moves_the_cursor():
    piece = open_piece(seal_piece("person", 3, 9, [], READER.public, CENTRE), READER, CENTRE.public)
    assert piece == ("person", 3, 9, ())


def test_too_much_for_one_piece_is_refused():
    with pytest.raises(Refusal) as refused:
        open_piece(bytes(PIECE.size + 1), READER, CENTRE.public)
    assert refused.value.code is Code.TOO_LARGE
