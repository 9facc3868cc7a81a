"""A session counts once both have stated it: at most by the table, once where two overlap, whatever came first."""

from datetime import date
from itertools import count, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.folds import sessions as module
from sync.folds.cohort import CohortFold, PersonLine
from sync.folds.jp import JpYear
from sync.folds.listing import NOTHING
from sync.folds.sessions import ANSWERED, STATED, PeerRule, Session, SessionFold, Why
from sync.folds.standing import StandingFold
from sync.folds.training import TrainingState
from sync.journal.passing import PASSED, Passed, clear_of
from sync.journal.secret_fields import pack_fields
from tests.builders.facts import NOON, PC

WIT = ZoneInfo("Asia/Jayapura")
DAY = date(2026, 11, 20).toordinal()
ME, MENTOR, OTHER = b"p" * 16, b"m" * 16, b"o" * 16
RULES = {"mentoring": PeerRule(200, 45, 600), "coaching": PeerRule(200, 45, 400, both=True)}


def states(pc, name="a", digest=b"", counter=1, **more):
    fields = {
        "person": MENTOR,
        "id": name,
        "form": "mentoring",
        "day": DAY,
        "start": 540,
        "minutes": 60,
        "digest": digest or (name.encode() * 32)[:32],
        "counter": counter,
        "sealed": b"",
    }
    return pc.says(STATED, **(fields | more))


def letter(centre, fact, yes=1, author=MENTOR, counter=1):
    """What the centre says to who stated a session, once somebody has answered it."""
    fields = {"session": fact.statement.fields["digest"], "yes": yes, "counter": counter}
    said = {"stated": ANSWERED, "author": author, "of_log": 9, "of_seq": counter, "of_at": NOON}
    return centre.says(PASSED, **said, fields=pack_fields(fields))


@pytest.fixture
def pc():
    return PC(endorsed=True)


@pytest.fixture
def centre():
    return PC(profile=b"C" * 16, pc=bytes(16), log=900, endorsed=True)


def found(*pcs, rules=RULES):
    fold = StandingFold()
    for one in pcs:
        for fact in one.facts:
            fold.add(fact)
    return fold.standing(WIT, rules=rules)


def hours(*pcs, rules=RULES, year=2026):
    return found(*pcs, rules=rules).jp_of(year)


def test_what_one_has_stated_counts_nothing_until_the_other_confirms(pc, centre):
    fact = states(pc)
    assert hours(pc) == JpYear(2026, claimed=200)
    letter(centre, fact)
    assert hours(pc, centre) == JpYear(2026, recognised=200)


def test_planted_fault_unconfirmed_hours_would_be_seen(pc, monkeypatch):
    states(pc)
    monkeypatch.setattr(module, "_state", lambda _answer: TrainingState.RECOGNISED)
    assert hours(pc).recognised == 200, "without the check they would count"


def test_declined_counts_nowhere_and_a_later_word_holds(pc, centre):
    fact = states(pc)
    letter(centre, fact, yes=0)
    assert hours(pc, centre) == JpYear(2026, rejected=200)
    letter(centre, fact, counter=2)
    assert hours(pc, centre) == JpYear(2026, recognised=200)


def test_only_the_colleague_who_was_named_can_confirm_and_only_just_what_was_stated(pc, centre):
    fact = states(pc)
    letter(centre, fact, author=OTHER)
    assert hours(pc, centre).recognised == 0, "somebody else"
    letter(centre, fact)
    states(pc, counter=2, minutes=90, digest=b"n" * 32)
    assert hours(pc, centre) == JpYear(2026, claimed=200), "changed after it was confirmed"


def test_a_confirmation_holds_for_one_content_and_not_for_another_under_the_same_digest(pc, centre):
    fact = states(pc)
    letter(centre, fact)
    digest = fact.statement.fields["digest"]
    states(pc, "b", digest=digest, day=DAY - 1)
    assert hours(pc, centre).recognised == 0, "nobody can tell which of the two was confirmed"
    again = PC(log=300, endorsed=True)
    letter(centre, states(again, "c", counter=1))
    states(again, "c", digest=states(again, "c").statement.fields["digest"], counter=2, start=0)
    assert hours(again, centre).recognised == 0, "nor where a later version bears the digest of the confirmed"
    twice = PC(log=400, endorsed=True)
    fact = states(twice, "d")
    letter(centre, fact)
    states(twice, "d", counter=2)
    assert hours(twice, centre).recognised == 200, "stated again as it was it is the same"


def test_merged_records_are_one_person_who_confirms_nothing_of_ones_own_and_loses_nothing_of_others(
    pc, centre
):
    fold = StandingFold()
    fact = states(pc)
    for one in (fact, letter(centre, fact)):
        fold.add(one)
    fold.sessions.known_as(ME, {MENTOR: ME}.get)
    assert fold.standing(WIT, rules=RULES).jp_of(2026).total == 0, (
        "the mentor was oneself under a second record"
    )
    fold = StandingFold()
    for one in (fact, letter(centre, fact, author=OTHER)):
        fold.add(one)
    fold.sessions.known_as(ME, lambda uuid: {MENTOR: OTHER}.get(uuid, uuid))
    assert fold.standing(WIT, rules=RULES).jp_of(2026).recognised == 200, (
        "the mentor answers as who they are now"
    )


def test_nobody_confirms_their_own(pc):
    fact = states(pc)
    pc.says(ANSWERED, person=MENTOR, session=fact.statement.fields["digest"], yes=1, counter=1, sealed=b"")
    pc.says(ANSWERED, person=ME, session=fact.statement.fields["digest"], yes=1, counter=1, sealed=b"")
    assert hours(pc).recognised == 0


def test_a_table_without_a_word_on_it_allows_nothing(pc, centre):
    letter(centre, states(pc))
    letter(centre, states(pc, "b", form="seminar", start=900))
    assert hours(pc, centre, rules={}) == JpYear(2026)
    assert hours(pc, centre) == JpYear(2026, recognised=200), "the seminar is nothing for two colleagues"


def test_a_doubled_and_an_overlapping_session_count_once_and_a_short_one_not(pc, centre):
    other = PC(log=200, pc=b"d" * 16, endorsed=True)
    for fact in (
        states(pc),
        states(other, "b"),
        states(pc, "c", start=590),
        states(pc, "d", start=600, minutes=44),
        states(pc, "e", start=600),
    ):
        letter(centre, fact)
    said = found(pc, other, centre)
    assert said.jp_of(2026).recognised == 400
    assert sorted(one.why.name for one in said.sessions) == ["NONE", "NONE", "OVERLAP", "OVERLAP", "SHORT"]


def six(pc, centre):
    for number in range(6):
        letter(centre, states(pc, f"s{number}", day=DAY - number))


def test_a_year_has_a_most_by_form_and_the_next_begins_anew(pc, centre):
    six(pc, centre)
    letter(centre, states(pc, "dulu", day=date(2025, 12, 31).toordinal()))
    assert hours(pc, centre).recognised == 600
    assert hours(pc, centre, year=2025).recognised == 200
    assert hours(pc, centre, rules={"mentoring": PeerRule(200, 45, 500)}).recognised == 500, (
        "cut, not dropped"
    )


def test_planted_fault_without_the_cap_six_would_count(pc, centre):
    six(pc, centre)
    assert hours(pc, centre, rules={"mentoring": PeerRule(200, 45, 10**9)}).recognised == 1200


def test_the_colleague_is_given_hours_only_where_the_table_says_so(centre):
    mentor = PC(profile=b"q" * 16, log=300, endorsed=True)
    for number, form in enumerate(("mentoring", "coaching")):
        fields = clear_of(states(PC(), form, form=form, start=540 + 100 * number))
        said = {"stated": STATED, "author": ME, "of_log": 100, "of_seq": number + 1, "of_at": NOON}
        centre.says(PASSED, **said, fields=pack_fields(fields))
        mentor.says(ANSWERED, person=ME, session=fields["digest"], yes=1, counter=1, sealed=b"")
    said = found(mentor, centre)
    assert said.jp_of(2026) == JpYear(2026, recognised=200)
    assert [(one.form, one.why) for one in said.sessions] == [("mentoring", Why.FORM), ("coaching", Why.NONE)]


@pytest.mark.parametrize(
    "spoilt", [{"day": 0}, {"start": -1}, {"start": 1440}, {"minutes": 0}, {"minutes": 9999}]
)
def test_a_time_that_never_was_makes_no_session(pc, spoilt):
    states(pc, **spoilt)
    assert found(pc).sessions == ()


# --- the desk ---------------------------------------------------------------------------------------------


def row(facts, *letters):
    fold = CohortFold()
    for fact in facts:
        fold.add(fact)
    for person, one in letters:
        fold.hear(person, one)
    (made,) = fold.rows(
        [PersonLine(ME, "Simon", "", "Loket")], {b"p" * 16: ME}, NOTHING, WIT, NOON, rules=RULES
    )
    return made.jp, made.jp_recognised, made.jp_claimed


def test_the_desk_counts_as_the_pc_will_and_hears_nobody_on_themselves(pc, monkeypatch):
    digest = states(pc, person=ME).statement.fields["digest"]
    fields = {"session": digest, "yes": 1, "counter": 1}
    own = Passed(ANSWERED, ME, 9, 1, NOON, fields)
    assert row(pc.facts, (ME, own)) == (0, 0, 0), "with oneself there was no session"
    monkeypatch.setattr(
        CohortFold, "hear", lambda self, person, one: self._words.setdefault(person, []).append(one)
    )
    assert row(pc.facts, (ME, own)) == (0, 0, 0), "the fold itself sees who sits at both sides"
    monkeypatch.setattr(SessionFold, "known_as", lambda *_: None)
    assert row(pc.facts, (ME, own)) == (200, 200, 0), "without both checks they would"
    monkeypatch.undo()
    other = PC(endorsed=True)
    states(other)
    assert row(other.facts, (ME, Passed(ANSWERED, MENTOR, 9, 1, NOON, fields))) == (200, 200, 0)


# --- orders -----------------------------------------------------------------------------------------------

deeds = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.integers(1, 2),
        st.sampled_from(["mentoring", "coaching", "seminar"]),
        st.integers(0, 30),
        st.integers(1, 120),
        st.sampled_from((None, 0, 1)),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=120)
@given(deeds, st.randoms(use_true_random=False))
def test_order_repetition_and_two_pcs_change_nothing_and_no_cap_is_broken(told, chance):
    pcs = PC(endorsed=True), PC(log=200, pc=b"d" * 16, endorsed=True)
    centre = PC(profile=b"C" * 16, pc=bytes(16), log=900, endorsed=True)
    numbers = count(1)
    for name, counter, form, slot, minutes, yes in told:
        digest = bytes([next(numbers)]) * 32
        fact = states(
            chance.choice(pcs), name, digest, counter, form=form, start=540 + slot * 10, minutes=minutes
        )
        if yes is not None:
            letter(centre, fact, yes, counter=next(numbers))
    facts = pcs[0].facts + pcs[1].facts + centre.facts
    first = SessionFold()
    for fact in facts:
        first.add(fact)
    mixed = facts + chance.choices(facts, k=3)
    chance.shuffle(mixed)
    halves = SessionFold(), SessionFold()
    for fact in mixed:
        chance.choice(halves).add(fact)
    halves[0].merge(halves[1])
    made = first.sessions(RULES)
    assert halves[0].sessions(RULES) == made
    counted = [one for one in made if one.state is TrainingState.RECOGNISED and one.jp]
    assert all(RULES[one.form].minutes <= one.sheet.minutes for one in counted)
    for form, rule in RULES.items():
        assert sum(one.jp for one in counted if one.form == form) <= rule.cap
    assert not overlapping(counted)


def overlapping(counted: list[Session]) -> bool:
    times = sorted((one.sheet.begin, one.sheet.begin + one.sheet.minutes) for one in counted)
    return any(after[0] < before[1] for before, after in pairwise(times))
