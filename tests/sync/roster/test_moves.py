"""What the centre says of moves adds up to the same, in whatever order and however often it comes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.roster import moves
from sync.roster.moves import MOVED, moved
from tests.builders.facts import NOON, PC

A, B = b"a" * 16, b"b" * 16
WORD = st.tuples(st.sampled_from([(A, B), (B, A)]), st.integers(0, 1), st.integers(0, 3), st.booleans())


def told(words):
    """The centre's statements; `closed` ones are sealed to another desk."""
    pc = PC()
    for (source, target), came, day, closed in words:
        said = {"source": source, "target": target, "since": NOON + 86_400 * day, "came": came}
        pc.says(MOVED, sealed=b"" if closed else b"x", **said)
    return pc.facts


def opened(fact):
    return {"name": "Maria", "office": "Distrik"} if fact.statement.fields["sealed"] else {}


@given(st.lists(WORD, max_size=6), st.data())
def test_any_order_and_any_number_of_times_gives_one_answer(words, data):
    facts = told(words)
    found = moved(facts, opened)
    turned = data.draw(st.permutations(facts + facts[:2]))
    assert moved(turned, opened) == found
    assert [one.since for one in found] == sorted((one.since for one in found), reverse=True)
    assert len(found) == len({ends for ends, _, _, closed in words if not closed})


def test_of_two_words_about_one_move_the_later_day_holds_and_what_does_not_open_is_passed_over():
    facts = told([((A, B), 0, 1, False), ((A, B), 0, 3, False), ((B, A), 1, 2, True)])
    (one,) = moved(facts, opened)
    assert (one.person, one.name, one.other, one.since, one.came) == (
        B, "Maria", "Distrik", NOON + 3 * 86_400, False,
    )  # fmt: skip
    odd = replace(facts[0], statement=replace(facts[0].statement, fields={"source": 7}))
    assert moved([odd], opened) == ()


def both_orders():
    """Two words of one second about one move, in the two orders in which they may come."""
    facts = told([((A, B), 0, 1, False), ((A, B), 0, 1, False)])
    names = {fact.statement.seq: f"Kantor {fact.statement.seq}" for fact in facts}

    def read(fact):
        return {"name": "Maria", "office": names[fact.statement.seq]}

    return moved(facts, read), moved(facts[::-1], read)


def test_of_two_words_of_one_second_the_same_holds_everywhere():
    straight, turned = both_orders()
    assert straight == turned


def test_planted_fault_a_fold_that_goes_by_arrival_is_seen(monkeypatch):
    monkeypatch.setattr(moves, "sorted", lambda facts, **_: list(facts), raising=False)
    with pytest.raises(AssertionError):
        test_of_two_words_of_one_second_the_same_holds_everywhere()
