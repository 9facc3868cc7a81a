"""Whatever a program of one's own puts into the fields of today's kinds: no fold ever fails on it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.assessment.deadline import evidence_lines
from desktop.formats import moment_of
from sync.folds import jp, pairing, peers
from sync.folds.deadlines import Deadline, by_clock_alone, decision_of, in_force, judge, traces
from sync.folds.lent import lending, lent_file, lent_now, lent_voided, lent_works
from sync.folds.order import clock_offsets
from sync.folds.sessions import PeerRule, SessionFold
from sync.folds.standing import StandingFold
from sync.folds.years import contract_years
from sync.journal.passing import PASSED, Passed, passed
from tests.builders.facts import PC

WIT = ZoneInfo("Asia/Jayapura")
RULES = {"mentoring": PeerRule(200, 45, 600), "coaching": PeerRule(200, 45, 400, both=True)}
WHOLE = st.one_of(
    st.integers(-(1 << 63), (1 << 63) - 1), st.sampled_from([0, 1, -1, (1 << 63) - 1, -(1 << 63)])
)
ONE = st.one_of(WHOLE, st.text(max_size=6), st.binary(max_size=40), st.sampled_from([b"p" * 16, b"m" * 16]))
ANY = st.one_of(
    ONE, st.lists(WHOLE, max_size=3).map(tuple), st.lists(st.text(max_size=3), max_size=3).map(tuple)
)
NAMES = [
    "floor",
    "said",
    "of_log",
    "of_seq",
    "came",
    "log",
    "by",
    "offset",
    "person",
    "office",
    "name",
    "active",
    "after",
    "counter",
    "sealed",
    "id",
    "form",
    "day",
    "start",
    "minutes",
    "digest",
    "session",
    "yes",
    "activity",
    "version",
    "authors",
    "works",
    "reviewers",
    "stated",
    "author",
    "of_at",
    "fields",
    "files",
    "names",
    "work",
    "text",
    "learner",
    "verdict",
    "reason",
    "ticket",
    "points",
    "comment",
    "part",
    "parts",
    "data",
    "file",
    "markers",
    "office_name",
]
FIELDS = st.dictionaries(st.sampled_from(NAMES), ANY, max_size=12)
SHEET = st.fixed_dictionaries(
    {
        "person": st.just(b"m" * 16),
        "id": st.text(max_size=3),
        "form": st.sampled_from(["mentoring", "coaching", "lain"]),
        "day": st.one_of(WHOLE, st.integers(1, 3_652_059)),
        "start": st.one_of(WHOLE, st.integers(0, 1439)),
        "minutes": st.one_of(WHOLE, st.integers(1, 1440)),
        "digest": st.sampled_from([b"d" * 32, b"e" * 32]),
        "counter": WHOLE,
    }
)
STATED = [
    "work.sealed",
    "work.received",
    "work.collected",
    "assignment.submitted",
    "clock.fixed",
    "clock.ahead",
    "clock.doubted",
    "trainer.lent",
    "lending.ended",
    "lending.proposed",
    "session.stated",
    "session.answered",
    "peers.paired",
    "deadline.decided",
    "deadline.shown",
]
TOLD = [
    "peer.paper",
    "peer.file",
    "peer.reviewed",
    "peer.taken",
    "assignment.submitted",
    "assignment.part",
    "criterion.voided",
    "session.stated",
    "session.answered",
    "deadline.decided",
]
SAID = st.tuples(
    st.sampled_from([*STATED, PASSED]), st.integers(1, 5), st.integers(0, (1 << 40) - 1), FIELDS | SHEET
)


def facts_of(said):
    return [
        PC(b"p" * 16 if log < 4 else b"m" * 16, log=log, wall=wall, endorsed=True).says(
            kind, wall // 2, **fields
        )
        for kind, log, wall, fields in said
    ]


@settings(max_examples=60)
@given(
    st.lists(SAID, max_size=8), st.lists(st.tuples(st.sampled_from(TOLD), FIELDS | SHEET), max_size=6), WHOLE
)
def test_no_fold_of_rights_and_judgement_fails_on_any_field(said, told, now):
    facts = facts_of(said)
    words = [Passed(kind, b"m" * 16, 1, 1, now, fields) for kind, fields in told]
    deadline = Deadline(10**9, 9)
    for trace in traces(facts).values():
        assert isinstance(by_clock_alone(trace, deadline), bool)
        assert judge(trace, deadline)
        assert evidence_lines(trace, deadline, WIT), "and the desk can show it"
    decided = (decision_of(one.fields, one.author, one.at, one.log, one.seq) for one in words)
    assert len(in_force(one for one in decided if one is not None)) <= len(words)
    assert set(lent_now(facts, now)) <= set(lending(facts))
    assert lent_works(words) is not None
    assert lent_voided(words, b"o" * 16) is not None
    assert lent_file(words, b"f" * 32) is not None
    assert len(pairing.pairs_known(facts)) <= pairing.PAIRS_LIMIT * len(facts)
    assert len(peers.papers(words)) + len(peers.reviews_told(words)) + len(peers.taken(words)) <= len(words)
    assert peers.paper_file(words, b"f" * 32) is not None
    assert len(list(passed(facts, *TOLD))) <= len(facts)
    sessions = SessionFold()
    for fact in facts:
        sessions.add(fact)
    for word in words:
        sessions.hear(word)
    for years in (contract_years(()), contract_years(["0001-01-01", "2024-02-29", "9999-12-31"])):
        assert all(one.jp >= 0 for one in sessions.sessions(RULES, years))


@given(WHOLE, st.integers(0, (1 << 40) - 1))
def test_a_signed_time_or_a_clock_beyond_all_years_costs_no_desk_its_report(floor, wall):
    pc = PC(b"p" * 16, wall=wall, endorsed=True)
    pc.says("clock.doubted", 0, floor=floor, said=wall)
    pc.says("course.completed", 1, course="k", version="1", jp=600)
    fold = StandingFold(clock_offsets(pc.facts))
    for fact in pc.facts:
        fold.add(fact)
    assert sum(one.total for one in fold.standing(WIT).jp.values()) >= 0
    assert moment_of(wall + floor, WIT).year >= 1970


def test_planted_fault_an_unbounded_time_is_seen(monkeypatch):
    monkeypatch.setattr(jp, "_LAST", 1 << 62)
    with pytest.raises((ValueError, OverflowError, OSError)):
        jp.day_of(1 << 61, WIT)
    assert jp.day_of(-1, UTC) == datetime(1970, 1, 1, tzinfo=UTC).date()
