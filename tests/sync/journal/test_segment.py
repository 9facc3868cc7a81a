"""A segment gives back what went in, however it is cut, doubled or mixed, and whoever knows the kinds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.journal.log import Run, cut, end_chain, follows
from sync.journal.segment import decode_segment, encode_segment, peek_segment, with_context
from sync.journal.statement import LogHeader, Statement
from sync.refusal import Code, Refusal
from tests.builders.journal import KEY, OTHER_KEY, OTHER_PROFILE, PC, PROFILE, Desk, a_log, chains, logs

quick = settings(deadline=None, max_examples=25)


@quick
@given(st.lists(logs(), min_size=1, max_size=5))
def test_what_goes_in_comes_out(runs):
    segment = decode_segment(encode_segment(runs, KEY))
    assert segment.runs == tuple(runs)
    assert (segment.profile, segment.signer) == (PROFILE, KEY.public)


@quick
@given(st.lists(logs(), min_size=1, max_size=5))
def test_a_peek_says_what_is_inside_without_unpacking_it(runs):
    data = encode_segment(runs, KEY)
    peek, segment = peek_segment(data), decode_segment(data)
    assert peek.runs == tuple((run.header.log, run.first, run.last) for run in segment.runs)
    assert peek.headers == tuple(run.header for run in segment.runs)
    assert peek.chains == tuple(run.start_chain for run in segment.runs)
    assert set(peek.kinds) == {one.kind for run in segment.runs for one in run.statements}


@quick
@given(logs(most=12), st.data())
def test_any_cuts_in_any_order_with_any_overlap_give_the_same_facts(run, data):
    ends = st.integers(1, run.last)
    pairs = data.draw(st.lists(st.tuples(ends, ends).map(sorted), max_size=6))
    pieces = [cut(run, first, last) for first, last in [*pairs, (1, run.last)]]
    pieces = data.draw(st.permutations(pieces))
    groups = [pieces[: len(pieces) // 2], pieces[len(pieces) // 2 :], pieces[:1]]
    arrived = {fact for group in groups if group for fact in decode_segment(encode_segment(group, KEY)).facts}
    assert arrived == set(decode_segment(encode_segment([run], KEY)).facts)


@quick
@given(logs(most=12), st.data())
def test_a_cut_knows_where_in_the_chain_it_stands(run, data):
    first = data.draw(st.integers(1, run.last))
    part = decode_segment(encode_segment([cut(run, first, run.last)], KEY)).runs[0]
    assert part.start_chain == chains(run)[first - 1]
    assert end_chain(part) == end_chain(run)
    assert follows(part, chains(run)[first - 1])
    assert not follows(part, b"\0" * 32)


def test_a_second_log_names_the_first_in_one_byte_and_any_earlier_log_in_full():
    first = Desk().reads(3)
    later = LogHeader(77, PROFILE, PC, first.header.log, 3, 1_795_700_000, 40, b"bootboot")
    orphan = LogHeader(78, PROFILE, PC, 12345, 6, 1_795_800_000, 40, b"bootboot")
    statements = [Statement(77, 1, "lesson.completed", 5, {"activity": "a/b/c", "version": "1"})]
    other = [Statement(78, 1, "lesson.completed", 5, {"activity": "a/b/c", "version": "1"})]
    runs = (first, a_log(statements, later), a_log(other, orphan))
    assert decode_segment(encode_segment(runs, KEY)).runs == runs
    near = len(encode_segment([first, a_log(statements, later)], KEY))
    far = LogHeader(77, PROFILE, PC, 999, 3, 1_795_700_000, 40, b"bootboot")
    assert len(encode_segment([first, a_log(statements, far)], KEY)) == near + 8


def test_a_kind_from_a_newer_program_is_read_by_its_own_description():
    header = LogHeader(5, PROFILE, PC, 0, 0, 1_795_700_000, 40, b"bootboot")
    board = Statement(5, 1, "board.pinned", 3, {"colour": "kuning", "places": (1, 2, 3), "seal": b"\1\2"})
    wider = Statement(
        5, 2, "page.read", 4, {"activity": "a", "page": 1, "seconds": 2, "version": "1", "zoom": 125}
    )
    run = a_log([board, wider], header)
    first = decode_segment(encode_segment([run], KEY))
    forwarded = decode_segment(encode_segment(first.runs, OTHER_KEY))
    assert forwarded.runs == (run,)
    assert [one.digest for one in forwarded.runs[0].statements] == [board.digest, wider.digest]


def test_a_segment_names_one_profile():
    other = Desk(profile=OTHER_PROFILE).reads(1)
    with pytest.raises(Refusal) as refused:
        encode_segment([Desk().reads(1), other], KEY)
    assert refused.value.code is Code.MALFORMED


def test_a_segment_bound_to_a_request_carries_the_same_statements():
    run = Desk().reads(4)
    bound = with_context(with_context(encode_segment([run], KEY), b"x" * 16, KEY), b"y" * 16, KEY)
    assert decode_segment(bound).runs == (run,)
    assert peek_segment(bound).context == b"y" * 16
    with pytest.raises(Refusal):
        with_context(encode_segment([run], KEY), b"x" * 16, OTHER_KEY)


@pytest.mark.parametrize(
    "broken",
    [
        lambda run: Run(run.header, run.start_chain, ()),
        lambda run: Run(run.header, run.start_chain, run.statements[::2]),
        lambda run: Run(run.header, b"short", run.statements[1:]),
        lambda run: Run(run.header, run.start_chain, run.statements[::-1]),
        lambda run: Run(_changed(run.header, log=3), run.start_chain, run.statements),
        lambda run: Run(_changed(run.header, boot=b"x"), run.start_chain, run.statements),
        lambda run: Run(_changed(run.header, previous_log=4), run.start_chain, run.statements),
        lambda run: Run(_changed(run.header, wall=-1), run.start_chain, run.statements),
        lambda run: _saying(run, {"n": 1 << 63}),
        lambda run: _saying(run, {"n": True}),
        lambda run: _saying(run, {"n": "\ud800"}),
        lambda run: _saying(run, {"n" * 70: 1}),
        lambda run: _saying(run, {f"n{number}": 1 for number in range(65)}),
        lambda run: _saying(run, {"n": (1, "a")}),
    ],
)
def test_what_a_reader_would_refuse_is_not_written(broken):
    with pytest.raises(Refusal):
        encode_segment([broken(Desk().reads(4))], KEY)


def _changed(header, **values):
    names = ("log", "profile", "pc", "previous_log", "previous_seq", "wall", "monotonic", "boot")
    return LogHeader(**{name: values.get(name, getattr(header, name)) for name in names})


def _saying(run, fields):
    first = run.statements[0]
    return Run(run.header, run.start_chain, (Statement(first.log, 1, "x", 0, fields),))
