"""The desk's drill down to a single answer shows the one given last, by the PC's own line of starts."""

import pytest

from desktop.office import person
from desktop.office.exchange_stick import exchange
from desktop.office.merge import merge
from desktop.office.person import person_file
from desktop.people.vouching import finish, vouch, waiting_keys
from tests.builders.office import MARKUS, YOHANA
from tests.builders.round import Desk


@pytest.fixture
def desk(tmp_path, office):
    made = Desk(tmp_path / "meja", office, "PC Sekretariat")
    made.sit(MARKUS)
    yield made
    made.off()


@pytest.fixture
def pc(tmp_path, office):
    made = Desk(tmp_path / "pc", office, "PC Loket")
    finish(made.store, made.sit(YOHANA))
    yield made
    made.off()


def starts_again(pc):
    """The plug is pulled, and the battery of the clock is weak: it is a second earlier than before."""
    pc.off()
    pc.clock.restart(pc.clock.wall() - 1)
    pc.on()
    pc.enter(YOHANA)


def answers(desk, whose):
    (quiz,) = person_file(desk.people[MARKUS], whose).quizzes
    (attempt,) = quiz.attempts
    return {question: answer.text for question, answer in attempt.answers.items()}


def test_after_starts_within_a_second_the_desk_reads_the_answer_that_the_learner_sees(
    desk, pc, tmp_path, monkeypatch
):
    pc.answer(YOHANA, "pertama")
    starts_again(pc)
    pc.study(YOHANA, [1])  # a start without any answer keeps its place in the line
    starts_again(pc)
    pc.answer(YOHANA, "kedua")
    starts_again(pc)
    pc.answer(YOHANA, "terakhir")
    root = tmp_path / "flashdisk"
    root.mkdir()
    desk.stick(root).prepare()
    exchange(pc.store, pc.stick(root))
    merge(desk.people[MARKUS], desk.stick(root))
    whose = pc.people[YOHANA].person
    for key in waiting_keys(desk.people[MARKUS]):
        vouch(desk.people[MARKUS], key, whose)
    assert answers(desk, whose) == {1: "terakhir"}
    # Handed in, it is the same.
    pc.people[YOHANA].record(
        "quiz.finished", activity="layanan/m2/kuis", attempt=1, correct=1, total=2, score=5000, passed=0
    )
    exchange(pc.store, pc.stick(root))
    merge(desk.people[MARKUS], desk.stick(root))
    assert answers(desk, whose) == {1: "terakhir"}
    # The planted fault: the wall clock puts the starts in order.
    monkeypatch.setattr(person, "log_order", lambda logs: sorted(logs, key=lambda one: (logs[one].wall, one)))
    assert answers(desk, whose) == {1: "pertama"}
