"""An attempt at a quiz: found again after a kill, whatever the clock says and whoever else studied meanwhile."""

import random

from desktop.player.attempt import in_order, next_number, restore, used_attempts
from sync.journal.statement import Fact, LogHeader, Statement

QUIZ = "kursus/m1/kuis"
ME, OTHER = b"a" * 16, b"b" * 16


class Pc:
    """Records like a PC does: one log for each start, each naming the one before."""

    def __init__(self, profile=ME, first_log=10):
        self.profile, self.facts, self.log, self.previous = profile, [], first_log - 1, (0, 0)
        self.start(1_000)

    def start(self, wall):
        self.log += 1
        self.header = LogHeader(self.log, self.profile, b"p" * 16, *self.previous, wall, 0, b"b" * 8)
        self.seq = 0

    def record(self, kind, **fields):
        self.seq += 1
        self.previous = (self.log, self.seq)
        fields.setdefault("activity", QUIZ)
        self.facts.append(Fact(self.header, Statement(self.log, self.seq, kind, self.seq, fields), b"s" * 32))

    def begin(self, attempt=1, questions=(2, 0, 1), version="1.0"):
        self.record("quiz.started", attempt=attempt, version=version, questions=questions)

    def answer(self, question, answer, attempt=1, seconds=5):
        self.record("quiz.answered", attempt=attempt, question=question, answer=answer, seconds=seconds)

    def finish(self, attempt=1):
        self.record("quiz.finished", attempt=attempt, correct=1, total=3, score=3333, passed=0)


def test_after_a_kill_every_confirmed_answer_is_there():
    pc = Pc()
    pc.begin()
    pc.answer(2, "1")
    pc.answer(0, "0,3", seconds=9)
    pc.start(2_000)
    found = restore(pc.facts, ME, QUIZ, running_log=pc.log)
    assert (found.number, found.version, found.questions) == (1, "1.0", (2, 0, 1))
    assert found.answers == {2: "1", 0: "0,3"}
    assert (found.seconds, found.interrupted, found.open, found.position) == (14, True, (1,), 2)


def test_killed_after_each_answer_nothing_confirmed_is_lost():
    for killed_after in range(4):
        pc = Pc()
        pc.begin(questions=(0, 1, 2, 3))
        for question in range(killed_after):
            pc.answer(question, str(question))
        pc.start(1_500)
        found = restore(pc.facts, ME, QUIZ)
        assert found.answers == {q: str(q) for q in range(killed_after)}
        assert found.position == killed_after


def test_the_answer_given_last_counts_although_the_clock_was_set_back():
    pc = Pc()
    pc.begin()
    pc.answer(2, "1")
    pc.start(5)
    pc.answer(2, "3")
    random.Random(1).shuffle(pc.facts)
    found = restore(pc.facts, ME, QUIZ)
    assert found.answers[2] == "3"
    assert found.latest == 2


def test_a_start_in_which_nothing_was_answered_keeps_its_place_between_the_others():
    """The power went again before the first answer: that start says nothing of the quiz but that it was cut."""
    pc = Pc()
    headers = [pc.header]
    pc.begin()
    for number in range(1, 5):
        pc.answer(2, str(number))
        for wall in (1_000 - number, 900 - number):
            pc.start(wall)
            headers.append(pc.header)
            pc.record("quiz.power_loss", attempt=1, used=9, gone=60)
    pc.answer(2, "5")
    asked = [fact for fact in pc.facts if fact.statement.kind != "quiz.power_loss"]
    random.Random(1).shuffle(asked)
    assert restore(asked, ME, QUIZ, logs=headers).answers[2] == "5"
    assert restore(asked, ME, QUIZ).answers[2] != "5", "without the logs between, the clock alone would say"


def test_an_attempt_handed_in_is_not_offered_again():
    pc = Pc()
    pc.begin()
    pc.answer(2, "1")
    pc.finish()
    assert restore(pc.facts, ME, QUIZ) is None
    pc.begin(attempt=2)
    found = restore(pc.facts, ME, QUIZ, running_log=pc.log)
    assert (found.number, found.answers, found.interrupted) == (2, {}, False)


def test_an_attempt_on_another_pc_or_at_another_quiz_is_not_mine_to_go_on_with():
    mine, other = Pc(), Pc(OTHER, first_log=50)
    other.begin()
    other.answer(2, "9")
    mine.record("quiz.started", activity="kursus/m2/lain", attempt=1, version="1.0", questions=(0,))
    assert restore(mine.facts + other.facts, ME, QUIZ) is None
    assert used_attempts(mine.facts + other.facts, QUIZ) == 1
    assert next_number(mine.facts + other.facts, ME, QUIZ) == 1


def test_attempts_of_all_pcs_count_against_the_limit():
    mine, other = Pc(), Pc(OTHER, first_log=50)
    mine.begin()
    mine.finish()
    other.begin()
    other.begin(attempt=2)
    facts = mine.facts + other.facts + mine.facts
    assert used_attempts(facts, QUIZ) == 3
    assert next_number(facts, ME, QUIZ) == 2


def test_answers_to_an_attempt_that_nobody_began_are_passed_over():
    pc = Pc()
    pc.answer(0, "1")
    pc.finish()
    assert restore(pc.facts, ME, QUIZ) is None


def test_logs_follow_each_other_and_a_lost_one_is_bridged():
    pc = Pc()
    for wall in (900, 300, 700):
        pc.record("page.read", page=1)
        pc.start(wall)
    pc.record("page.read", page=1)
    logs = [fact.statement.log for fact in in_order(pc.facts)]
    assert logs == sorted(logs)
    without_second = [fact for fact in pc.facts if fact.statement.log != 11]
    assert sorted(fact.statement.log for fact in in_order(without_second)) == [10, 12, 13]


def test_logs_that_name_each_other_in_a_ring_lose_nothing():
    a = LogHeader(1, ME, b"p" * 16, 2, 1, 0, 0, b"b" * 8)
    b = LogHeader(2, ME, b"p" * 16, 1, 1, 0, 0, b"b" * 8)
    facts = [Fact(h, Statement(h.log, 1, "page.read", 0, {}), b"s" * 32) for h in (a, b)]
    assert len(in_order(facts)) == 2
