"""A cloned disk writes two different statements under one number: both are kept, and it is told."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.journal.branches import branches
from sync.journal.log import Run, follows
from sync.journal.statement import Fact, LogHeader, Statement
from tests.builders.journal import KEY, PC, PROFILE, Desk, chains

HEADER = LogHeader(9, PROFILE, PC, 0, 0, 5, 0, b"bootboot")
facts = st.lists(
    st.builds(
        lambda seq, seconds, wall: Fact(
            LogHeader(9, PROFILE, PC, 0, 0, wall, 0, b"bootboot"),
            Statement(9, seq, "x", 0, {"seconds": seconds}),
            KEY.public,
        ),
        st.integers(1, 3),
        st.integers(1, 3),
        st.integers(0, 1),
    ),
    max_size=9,
)


@settings(deadline=None, max_examples=100)
@given(facts, st.randoms())
def test_branches_are_the_same_in_whatever_order_they_came(told, chance):
    shuffled = [*told, *told[:2]]
    chance.shuffle(shuffled)
    assert branches(told) == branches(shuffled)
    for branch in branches(told):
        assert {fact.statement.digest for fact in branch.versions} <= {one.statement.digest for one in told}


def test_repetition_is_no_branch_and_another_digest_is():
    one = Fact(HEADER, Statement(9, 1, "x", 0, {"n": 1}), KEY.public)
    same = Fact(HEADER, Statement(9, 1, "x", 0, {"n": 1}), KEY.public, endorsed=True)
    other = Fact(HEADER, Statement(9, 1, "x", 0, {"n": 2}), KEY.public)
    assert branches([one, same]) == ()
    (branch,) = branches([one, same, other])
    assert branch.identity == (9, 1)
    assert set(branch.versions) == {one, other}


def test_one_statement_under_two_headers_is_a_branch():
    one = Fact(HEADER, Statement(9, 1, "x", 0, {}), KEY.public)
    moved = Fact(
        LogHeader(9, PROFILE, PC, 0, 0, 99_999, 0, b"bootboot"), Statement(9, 1, "x", 0, {}), KEY.public
    )
    assert len(branches([one, moved])[0].versions) == 2


def test_a_log_that_goes_on_after_a_clone_does_not_follow():
    run = Desk().reads(4)
    first = Statement(run.header.log, 1, "page.read", 0, {**run.statements[0].fields, "seconds": 1})
    clone = Run(run.header, run.start_chain, (first, *run.statements[1:]))
    tail = Run(run.header, chains(clone)[2], clone.statements[2:])
    assert not follows(tail, chains(run)[2])
    assert follows(tail, chains(clone)[2])


@pytest.mark.parametrize("planted", [lambda told: (), lambda told: branches(told[:1])])
def test_a_blind_detector_is_caught(planted):
    told = [Fact(HEADER, Statement(9, 1, "x", 0, {"n": n}), KEY.public) for n in (1, 2)]
    with pytest.raises(AssertionError):
        assert planted(told) == branches(told)
