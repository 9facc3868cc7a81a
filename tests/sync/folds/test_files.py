"""A file that travelled in parts comes out as it went in, in any order, or not at all."""

from hypothesis import given
from hypothesis import strategies as st

from sync.folds.files import PART, arrived, cut
from tests.builders.facts import PC


def stated(data, pc=None):
    pc = pc or PC()
    return [pc.says("file.part", 0, **fields) for fields in cut(data)]


@given(st.binary(max_size=64), st.integers(0, 3), st.randoms(use_true_random=False))
def test_parts_in_any_order_and_as_often_as_you_like_give_the_file(seed, parts, dice):
    data = seed + b"x" * (PART * parts)
    facts = stated(data)
    file = facts[0].statement.fields["file"]
    shuffled = facts + dice.choices(facts, k=2)
    dice.shuffle(shuffled)
    found = arrived(shuffled, file)
    assert (found.data, found.come, found.parts) == (data, len(facts), len(facts))


def test_while_a_part_is_on_its_way_there_is_no_file():
    facts = stated(b"a" * (PART * 2 + 1))
    file = facts[0].statement.fields["file"]
    assert arrived([facts[0], facts[2]], file) == arrived([facts[2], facts[0], facts[2]], file)
    found = arrived([facts[0], facts[2]], file)
    assert (found.data, found.come, found.parts) == (None, 2, 3)
    assert arrived([], file).parts == 0


def test_a_changed_part_gives_no_file_and_another_file_is_no_matter():
    pc = PC()
    facts = stated(b"a" * (PART + 1), pc)
    file = facts[0].statement.fields["file"]
    stated(b"lain", pc)
    wrong = pc.says("file.part", 0, **(facts[0].statement.fields | {"data": b"z" * PART}))
    assert arrived(pc.facts, file).data == b"a" * (PART + 1), "what was stated first stands"
    assert arrived([wrong, facts[1]], file).data is None


def test_numbers_that_make_no_sense_are_passed_over():
    pc = PC()
    (good,) = stated(b"surat", pc)
    file = good.statement.fields["file"]
    for part, parts in ((0, 1), (-1, 1), (2, 1), (1, 10**9)):
        pc.says("file.part", 0, **(good.statement.fields | {"part": part, "parts": parts, "data": b"?"}))
    assert arrived(pc.facts, file).data == b"surat"
    assert arrived(pc.facts[1:], file).data is None
