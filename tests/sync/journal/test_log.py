"""A log is new at every start, counts without holes, and its chain tells a branch."""

from __future__ import annotations

import pytest

from sync.journal.log import LogWriter, chain, end_chain, link
from sync.journal.statement import LOG_LIMIT, Fact, Identity, Statement, canonical
from sync.refusal import Code, Refusal
from tests.builders.journal import PC, PROFILE, Desk, ScriptedClock


def test_every_start_is_a_new_log_that_names_the_one_before():
    clock = ScriptedClock()
    first = LogWriter.start(PROFILE, PC, None, clock)
    last = first.next("lesson.completed", {"activity": "a/b/c", "version": "1"})
    second = LogWriter.start(PROFILE, PC, last.identity, clock.tick(3600))
    assert first.header.previous_log == 0
    assert (second.header.previous_log, second.header.previous_seq) == last.identity
    assert second.header.log != first.header.log
    assert 0 < second.header.log < LOG_LIMIT
    assert second.header.wall == first.header.wall + 3600


def test_statements_count_from_one_and_keep_monotonic_time():
    desk = Desk()
    run = desk.reads(3)
    assert [one.seq for one in run.statements] == [1, 2, 3]
    assert [one.at for one in run.statements] == [61, 123, 186]
    assert Fact(run.header, run.statements[2], desk.key.public).wall == run.header.wall + 186


def test_a_wall_clock_set_back_in_the_middle_moves_no_statement():
    desk = Desk()
    desk.reads(1)
    desk.clock.unix -= 90_000_000
    desk.clock.up += 10
    assert desk.reads(1).statements[-1].at == 61 + 10 + 61


def test_a_monotonic_clock_that_falls_back_never_makes_time_run_backwards():
    desk = Desk()
    desk.reads(2)
    desk.clock.up = 0
    assert desk.says("lesson.completed", activity="a", version="1").statement.at == 123


def test_a_truth_value_and_a_number_are_one_thing():
    told = {"activity": "a", "attempt": 1, "correct": 3, "total": 4, "score": 7500}
    said = Desk().says("quiz.finished", passed=True, **told).statement
    plain = Statement(said.log, 1, said.kind, said.at, {**said.fields, "passed": 1})
    assert said.digest == plain.digest


def test_the_write_door_refuses_what_the_register_does_not_know():
    desk = Desk()
    for kind, fields, code in (
        ("certificate.invented", {}, Code.UNKNOWN_KIND),
        ("lesson.completed", {"activity": "a", "version": "1", "more": 1}, Code.FIELD),
        ("lesson.completed", {"activity": "a"}, Code.FIELD),
        ("lesson.completed", {"activity": "a", "version": 1}, Code.FIELD),
        ("lesson.completed", {"activity": "\ud800", "version": "1"}, Code.FIELD),
    ):
        with pytest.raises(Refusal) as refused:
            desk.says(kind, **fields)
        assert refused.value.code is code
    assert desk.writer.seq == 0


def test_the_chain_tells_any_difference_before_it():
    run = Desk().reads(3)
    value = chain(run.header)
    for statement in run.statements:
        value = link(value, statement)
    assert value == end_chain(run)
    other = Statement(run.header.log, 1, "page.read", 0, {**run.statements[0].fields, "seconds": 999})
    assert link(chain(run.header), other) != link(chain(run.header), run.statements[0])


def test_canonical_bytes_do_not_depend_on_the_order_of_fields():
    one = Statement(1, 2, "a.b", 3, {"x": 1, "y": "z"})
    other = Statement(1, 2, "a.b", 3, {"y": "z", "x": 1})
    assert canonical(one) == canonical(other)
    assert one == other
    assert one.identity == Identity(1, 2)


def test_canonical_bytes_tell_types_and_borders_apart():
    said = [
        {"x": 1},
        {"x": "1"},
        {"x": b"1"},
        {"x": (1,)},
        {"x": ("1",)},
        {"x": ("1", "")},
        {"x": ("", "1")},
        {"x": -1},
        {"x1": 1},
        {},
    ]
    assert len({canonical(Statement(1, 2, "k", 3, fields)) for fields in said}) == len(said)
