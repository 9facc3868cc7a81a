"""Which UUIDs are one person does not depend on the road a merge took, nor on any clock."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.journal.aliases import Aliases, aliases
from sync.journal.statement import Fact, LogHeader, Statement
from tests.builders.journal import PC, PLANTED, PROFILE

quick = settings(deadline=None, max_examples=150)
A, B, C, D = (bytes([65 + number]) * 16 for number in range(4))


def said(kind, source, target, counter, log=1, seq=1, wall=0):
    header = LogHeader(log, PROFILE, PC, 0, 0, wall, 0, b"bootboot")
    fields = {"source": source, "target": target, "counter": counter}
    return Fact(header, Statement(log, seq, f"person.{kind}", 0, fields), b"s" * 32)


merges = st.lists(
    st.builds(
        said,
        st.sampled_from(["merged", "unmerged"]),
        st.sampled_from([A, B, C, D]),
        st.sampled_from([A, B, C, D]),
        st.integers(1, 4),
        st.integers(1, 3),
        st.integers(1, 9),
        st.integers(0, 1 << 39),
    ),
    max_size=8,
)


def people_do_not_depend_on_order(fold, how=quick):
    @how
    @given(merges, st.randoms())
    def law(facts, chance):
        shuffled = [*facts, *facts[:2]]
        chance.shuffle(shuffled)
        assert fold(facts) == fold(shuffled)

    law()


def test_people_do_not_depend_on_order():
    people_do_not_depend_on_order(aliases)


def test_the_last_to_arrive_as_winner_is_caught():
    def planted(facts):
        targets = {}
        for fact in facts:
            if fact.statement.kind == "person.merged":
                targets[fact.statement.fields["source"]] = fact.statement.fields["target"]
            else:
                targets.pop(fact.statement.fields["source"], None)
        return Aliases(targets)

    with pytest.raises(AssertionError):
        people_do_not_depend_on_order(planted, PLANTED)


def test_a_merge_holds_until_an_unmerge_that_saw_it():
    merged = said("merged", A, B, 1)
    unmerged = said("unmerged", A, B, 2, seq=2)
    again = said("merged", A, B, 3, seq=3)
    assert aliases([merged]).of(A) == B
    assert aliases([unmerged, merged]).of(A) == A
    assert aliases([again, unmerged, merged]).of(A) == B


def no_clock_decides(fold, how=quick):
    """The law: whatever the PCs' clocks say, the same people are one."""

    @how
    @given(merges, st.data())
    def law(facts, data):
        moved = [
            replace(fact, header=replace(fact.header, wall=data.draw(st.integers(0, 1 << 39))))
            for fact in facts
        ]
        assert fold(facts) == fold(moved)

    law()


def test_no_clock_decides():
    no_clock_decides(aliases)


def test_a_tie_broken_by_the_wall_clock_is_caught():
    def planted(facts):
        targets = {}
        for fact in sorted(facts, key=lambda one: (one.statement.fields["counter"], one.wall)):
            if fact.statement.kind == "person.merged":
                targets[fact.statement.fields["source"]] = fact.statement.fields["target"]
            else:
                targets.pop(fact.statement.fields["source"], None)
        return Aliases(targets)

    with pytest.raises(AssertionError):
        no_clock_decides(planted, PLANTED)


def test_of_two_equal_counters_the_greater_log_holds():
    early = said("merged", A, B, 1, log=2, wall=1_000)
    late = said("merged", A, C, 1, log=1, wall=2_000_000_000)
    assert aliases([early, late]).of(A) == B


@settings(deadline=None, max_examples=200)
@given(merges)
def test_everybody_ends_at_somebody_who_stands_for_himself(facts):
    found = aliases(facts)
    for person in (A, B, C, D):
        assert found.of(found.of(person)) == found.of(person)


def test_a_chain_is_followed_and_a_circle_has_one_answer():
    chain = [said("merged", A, B, 1), said("merged", B, C, 1, seq=2), said("merged", D, B, 1, seq=3)]
    assert [aliases(chain).of(person) for person in (A, B, C, D)] == [C, C, C, C]
    circle = [*chain[:2], said("merged", C, A, 1, seq=4)]
    assert [aliases(circle).of(person) for person in (A, B, C)] == [A, A, A]
    assert aliases([said("merged", A, A, 1)]).of(A) == A
