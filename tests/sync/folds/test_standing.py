"""Whatever road and order facts came by, a person's standing is the same."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from sync.folds.order import clock_offsets
from sync.folds.standing import StandingFold
from sync.folds.standing import standing as fold
from sync.journal.statement import Fact, LogHeader, Statement
from tests.builders.facts import LISTING, NOON, PC

WIT = ZoneInfo("Asia/Jayapura")
JAKARTA = ZoneInfo("Asia/Jakarta")


def standing(facts, zone, **more):
    return fold(facts, zone, listing=LISTING, **more)


def test_a_finished_module_stays_finished_whatever_the_other_pc_says_later():
    first = PC(profile=b"1" * 16, log=1)
    second = PC(profile=b"2" * 16, log=2, wall=NOON + 90_000)
    first.finishes_module("k/m1")
    second.reads("k/m1/a", 1)
    found = standing(first.facts + second.facts, WIT)
    assert set(found.modules) == {"k/m1"}
    assert found.resume is not None
    assert found.resume.page == 1


def test_half_past_midnight_in_jayapura_is_still_last_year_in_jakarta():
    at = int(datetime(2026, 12, 31, 15, 30, tzinfo=UTC).timestamp())
    pc = PC(wall=at)
    pc.finishes_course("k", 600)
    assert standing(pc.facts, WIT).jp_of(2027).total == 600
    assert standing(pc.facts, WIT).jp_of(2026).total == 0
    assert standing(pc.facts, JAKARTA).jp_of(2026).total == 600


def test_a_course_finished_on_two_pcs_gives_its_hours_once():
    first, second = PC(log=1), PC(profile=b"2" * 16, log=2, wall=NOON + 60)
    first.finishes_course("k", 600)
    second.finishes_course("k", 600)
    found = standing(first.facts + second.facts, WIT)
    assert found.jp_of(2026).total == 600
    assert [entry.at for entry in found.courses] == [NOON]


def test_hours_wait_until_the_centre_has_signed_for_them():
    pc = PC(log=7)
    pc.reads("k/m/a", 1)
    pc.finishes_course("k", 600)
    pc.finishes_course("l", 200)
    waiting, part = standing(pc.facts, WIT), standing(pc.facts, WIT, acked={7: 2})
    assert (waiting.jp_of(2026).recognised, waiting.jp_of(2026).waiting) == (0, 800)
    assert (part.jp_of(2026).recognised, part.jp_of(2026).waiting) == (600, 200)
    assert waiting.state_hash == part.state_hash


def test_hours_that_came_out_of_the_centre_are_recognised_without_an_ack():
    pc = PC(endorsed=True)
    pc.finishes_course("k", 600)
    assert standing(pc.facts, WIT).jp_of(2026).recognised == 600


def test_the_centre_moves_the_work_of_a_pc_whose_clock_was_a_year_behind():
    pc = PC(log=5, wall=NOON - 365 * 86_400)
    pc.finishes_course("k", 600)
    centre = PC(profile=b"0" * 16, log=9)
    centre.says("clock.fixed", log=5, offset=365 * 86_400)
    assert standing(pc.facts, WIT).jp_of(2025).total == 600
    assert standing(pc.facts + centre.facts, WIT).jp_of(2026).total == 600


def test_of_two_clock_fixes_the_later_word_of_the_centre_counts():
    centre = PC(log=9)
    old = centre.says("clock.fixed", 1, log=5, offset=10)
    new = centre.says("clock.fixed", 2, log=5, offset=20)
    assert clock_offsets([new, old]) == clock_offsets([old, new]) == {5: 20}


def test_a_branch_of_one_log_is_kept_beside_the_other():
    pc = PC(log=3)
    one = pc.again(1, "quiz.finished", 5, _result(9000))
    other = pc.again(1, "quiz.finished", 5, _result(4000))
    found = standing([one, other], WIT).quizzes["k/m/q"]
    assert [result.score for result in found.results] == [4000, 9000]
    assert standing([one, other], WIT).state_hash == standing([other, one], WIT).state_hash


def test_facts_with_fields_of_another_type_never_stop_the_fold():
    header = LogHeader(1, b"p" * 16, b"c" * 16, 0, 0, NOON, 0, b"b" * 8)
    odd = Statement(1, 1, "course.completed", 0, {"course": 5, "jp": "many"})
    assert standing([Fact(header, odd, b"s" * 32)], WIT).jp_of(2026).total == 0


def test_adding_one_by_one_is_the_same_as_folding_all():
    facts = _study(3)
    one_by_one = StandingFold(clock_offsets(facts))
    for fact in facts:
        one_by_one.add(fact)
    assert one_by_one.standing(WIT, listing=LISTING) == standing(facts, WIT)


def _result(score: int) -> dict[str, int | str]:
    return {"activity": "k/m/q", "attempt": 1, "correct": 1, "total": 2, "score": score, "passed": 0}


def _study(seed: int) -> list[Fact]:
    facts: list[Fact] = []
    for number in range(1, 4):
        pc = PC(profile=bytes([number]) * 16, pc=bytes([number]) * 16, log=number, wall=NOON + number * seed)
        pc.reads("k/m1/a", 1)
        pc.reads("k/m1/a", 2, 60)
        pc.finishes("k/m1/a", 70)
        pc.starts_quiz("k/m1/q", 1, 80)
        pc.answers("k/m1/q", 1, 0, "2", 90)
        pc.answers("k/m1/q", 1, 0, "1", 95)
        pc.scores("k/m1/q", 1, 5000 + number * 1000, 99)
        pc.starts_quiz("k/m1/q", 2, 120)
        pc.finishes_module("k/m1", 130)
        pc.finishes_course("k", 600, 140)
        pc.writes(b"catatan %d" % number, 1, 0, 150)
        pc.start(number + 10, NOON + 4000 * number)
        pc.says("media.watched", activity="k/m1/v", second=61, seconds=60, version="1")
        facts += pc.facts
    centre = PC(profile=b"0" * 16, log=99)
    centre.says("clock.fixed", log=2, offset=-5000)
    return facts + centre.facts


STUDY = _study(60)
HASH = standing(STUDY, WIT).state_hash


@given(st.permutations(range(len(STUDY))), st.lists(st.integers(0, len(STUDY) - 1), max_size=12))
def test_any_order_and_any_repetition_give_the_same_standing(order, again):
    came = [STUDY[place] for place in [*order, *again]]
    found = standing(came, WIT)
    assert found.state_hash == HASH
    assert found == standing(STUDY, WIT)


@given(st.lists(st.integers(0, 2), min_size=len(STUDY), max_size=len(STUDY)))
def test_two_halves_merged_are_the_whole(shares):
    folds = [StandingFold(clock_offsets(STUDY)) for _ in range(3)]
    for fact, share in zip(STUDY, shares, strict=True):
        folds[share].add(fact)
    whole = StandingFold(clock_offsets(STUDY))
    for half in folds:
        whole.merge(half)
    assert whole.standing(WIT).state_hash == HASH


@given(st.integers(0, len(STUDY) - 2))
def test_one_fact_less_is_another_hash(missing):
    if STUDY[missing].statement.kind in {"quiz.answered", "page.read"}:
        return
    less = [fact for place, fact in enumerate(STUDY) if place != missing]
    kind = STUDY[missing].statement.kind
    if kind in {"quiz.finished", "note.put"}:
        assert standing(less, WIT).state_hash != HASH
