"""The power goes in the middle of a timed quiz: order, answers, attempt and time are right, under both rules."""

import pytest

from desktop.demo.people import LEARNERS, PIN
from desktop.errors import Problem
from desktop.people.profiles import SignUp, sign_up
from sync.journal.keys import SigningKey
from tests.builders.packs import Authority
from tests.builders.road import QUIZ, READ, Pc, make_pack, right_answers
from tests.fakes.clock import HandClock

NAFTALI, OTHER = LEARNERS[6], LEARNERS[2]
HOURS = 3 * 3600
PAUSES, FIXED = "time_limit = 30\n", "time_limit = 30\nfixed_end = true\n"
BANKS = "\n\n".join(
    f"$CATEGORY: {bank}\n\n"
    + "\n\n".join(
        f"::{bank} {n}:: Pilih yang benar tentang {bank} {n}. {{=benar ~salah ~keliru}}" for n in range(20)
    )
    for bank in ("loket", "arsip")
)
ANSWERS = right_answers(BANKS)
SECTIONS = """
[[module.activity.section]]
title = "Bagian A"
bank = "loket"
draw = 18
[[module.activity.section]]
title = "Bagian B"
bank = "arsip"
draw = 12
"""


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def at_desk(cheap_pins, tmp_path, clock):
    """A PC with a timed quiz of two sections, and Naftali signed in on it."""

    def sit(rules):
        authority = Authority(publisher=SigningKey.generate())
        pc = Pc(tmp_path / "pc", "PC Loket 1", clock=clock)
        papers = authority.papers()
        pack = make_pack(tmp_path, authority.publisher, papers=papers, gift=BANKS, rules=rules + SECTIONS)
        pc.install(pack)
        return pc, pc.sit(NAFTALI)

    return sit


def work(quizzing, clock, count, seconds):
    """Answer `count` questions at `seconds` each, with a sign of life in between."""
    attempt = quizzing.start(QUIZ)
    for view in attempt.questions[:count]:
        clock.wait(seconds)
        quizzing.beat(QUIZ, attempt.number)
        quizzing.answer(QUIZ, attempt.number, view.id, ANSWERS[view.id], seconds)
    return attempt


def cut(pc, profile, clock, hours=HOURS):
    """The plug is pulled: nobody says goodbye; much later the PC starts again."""
    who = profile.profile
    profile.close()
    pc.off()
    clock.restart(clock.at + hours)
    pc.on()
    return who


def losses(profile):
    facts = profile.facts(kinds=("quiz.power_loss",))
    return [(f.statement.fields["used"], f.statement.fields["gone"]) for f in facts]


def shown(attempt):
    return [(view.id, view.section, [o.index for o in view.options]) for view in attempt.questions]


def test_three_hours_without_power_cost_no_time_and_no_attempt_where_the_quiz_pauses(at_desk, clock):
    pc, naftali = at_desk(PAUSES)
    before = work(pc.learning(naftali).quizzing, clock, 17, 28)
    assert [view.section for view in before.questions] == ["Bagian A"] * 18 + ["Bagian B"] * 12
    clock.wait(4)  # begun on question 18 when the light goes
    who = cut(pc, naftali, clock)

    other = sign_up(pc.store, SignUp(OTHER.nip, OTHER.birth, PIN, OTHER.nickname, ""))
    pc.learning(other).page_read(READ, 1, 60)
    seen = pc.learning(other).quizzing.body(QUIZ)
    assert (seen.running, seen.used) == (None, 0)
    clock.wait(1200)
    other.close()

    naftali = pc.enter(who)
    quizzing = pc.learning(naftali).quizzing
    body = quizzing.body(QUIZ)
    assert (body.running.interrupted, body.running.left, body.used) == (True, 1800 - 17 * 28, 1)
    assert len(body.running.answers) == 17
    attempt = quizzing.start(QUIZ)
    assert shown(attempt) == shown(before)
    assert attempt.number == before.number
    assert losses(naftali) == [(17 * 28, 4 + HOURS + 1200)]

    # Twice in one quiz, and nothing is counted twice.
    clock.wait(60)
    quizzing.beat(QUIZ, attempt.number)
    naftali = pc.enter(cut(pc, naftali, clock, 60))
    quizzing = pc.learning(naftali).quizzing
    assert quizzing.start(QUIZ).left == 1800 - 17 * 28 - 60
    assert quizzing.body(QUIZ).running.interrupted is False
    assert len(losses(naftali)) == 2
    assert naftali.standing().quizzes[QUIZ].attempts == 1


def test_a_fixed_end_passes_without_power_and_the_attempt_says_it_was_the_power(at_desk, clock):
    pc, naftali = at_desk(FIXED)
    work(pc.learning(naftali).quizzing, clock, 15, 28)
    naftali = pc.enter(cut(pc, naftali, clock))
    quizzing = pc.learning(naftali).quizzing
    body = quizzing.body(QUIZ)
    assert (body.running.interrupted, body.running.left) == (True, 0)
    result = quizzing.finish(QUIZ, body.running.number)
    assert (result.attempt, result.correct, result.score) == (1, 15, 5_000)
    (loss,) = naftali.standing().quizzes[QUIZ].losses
    assert (loss.attempt, loss.gone) == (1, HOURS)


def test_who_leaves_on_purpose_finds_the_clock_run_on_and_no_power_lost(at_desk, clock):
    pc, naftali = at_desk(PAUSES)
    quizzing = pc.learning(naftali).quizzing
    work(quizzing, clock, 2, 30)
    quizzing.farewell()
    naftali = pc.enter(cut(pc, naftali, clock, 600))
    body = pc.learning(naftali).quizzing.body(QUIZ)
    assert (body.running.interrupted, body.running.left) == (False, 1800 - 60 - 600)
    assert losses(naftali) == []


def test_a_clock_set_back_by_somebody_gives_no_time(at_desk, clock):
    pc, naftali = at_desk(FIXED)
    work(pc.learning(naftali).quizzing, clock, 2, 30)
    naftali = pc.enter(cut(pc, naftali, clock, -10 * HOURS))
    assert pc.learning(naftali).quizzing.start(QUIZ).left <= 1800 - 60


def test_an_answer_after_the_end_is_refused_and_those_before_it_count(at_desk, clock):
    pc, naftali = at_desk(PAUSES)
    quizzing = pc.learning(naftali).quizzing
    attempt = work(quizzing, clock, 3, 30)
    clock.wait(1800)
    with pytest.raises(Problem, match="Waktu kuis sudah habis"):
        quizzing.answer(QUIZ, attempt.number, attempt.questions[5].id, "0", 9)
    assert quizzing.finish(QUIZ, attempt.number).correct == 3
