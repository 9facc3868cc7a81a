"""An answer is called saved only when the store holds it, and an interrupted attempt goes on."""

import threading

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.errors import Problem
from desktop.screens.learning_views import QuizActions
from tests.fakes.learning import LearningWorld

ENTER = Qt.Key.Key_Return


def test_saved_is_said_after_the_store_and_not_before(enter, world):
    held = threading.Event()
    actions = world.actions()

    def slowly(*given) -> None:
        held.wait(5)
        world._answer(*given)

    world.actions = lambda: type(actions)(
        **{name: getattr(actions, name) for name in actions.__slots__ if name != "quiz"},
        quiz=QuizActions(actions.quiz.start, slowly, actions.quiz.finish),
    )
    room = enter(world)
    room.open("a7")
    room.press(Qt.Key.Key_Space)
    focused = room.screen.window().focusWidget()
    room.qtbot.keyClick(focused, Qt.Key.Key_2)
    assert room.text("savedWords") == "Menyimpan…"
    held.set()
    room.rest()
    assert room.text("savedWords") == "Jawaban tersimpan"


def test_an_answer_that_was_not_kept_says_so_and_is_tried_again(room, world):
    world.fail_answers = True
    room.open("a7")
    room.press(Qt.Key.Key_Space)
    room.press(Qt.Key.Key_2)
    assert room.text("savedWords") == "Jawaban belum tersimpan"
    assert room.has("answerProblem")
    room.click("handIn")
    assert not room.has("handInSheet")  # nothing is handed in while an answer is not with the store
    world.fail_answers = False
    room.click("answerProblem_retry")
    assert room.text("savedWords") == "Jawaban tersimpan"
    assert world.answers == {0: "0"}


def test_a_newer_answer_is_never_replaced_by_an_older_one_that_failed(enter, world):
    gate = threading.Event()
    plain = world._answer
    refused = []

    def answer(activity, attempt, question, given, seconds) -> None:
        gate.wait(5)
        if given == "2":
            refused.append(given)
            raise Problem("Ruang penyimpanan penuh.", "Yang sudah tersimpan tetap aman.")
        plain(activity, attempt, question, given, seconds)

    world._answer = answer
    room = enter(world)
    room.open("a7")
    room.press(Qt.Key.Key_Space)
    for key in (Qt.Key.Key_1, Qt.Key.Key_2):  # the first is refused, the second is kept
        room.qtbot.keyClick(room.window.focusWidget(), key)
    gate.set()
    room.rest()
    assert refused == ["2"]
    assert world.answers == {0: "0"}
    assert room.text("savedWords") == "Jawaban tersimpan"
    assert not room.has("answerProblem")


def test_after_a_power_cut_the_answers_are_there_and_the_message_says_so(enter, world):
    before = enter(world)
    before.open("a7")
    before.press(Qt.Key.Key_Space)
    before.press(Qt.Key.Key_2, ENTER)
    before.press(Qt.Key.Key_1, Qt.Key.Key_2, ENTER)
    before.screen.hide()  # no goodbye: what was said saved is all there is
    world.interrupted = True

    after = enter(world)
    after.open("a7")
    note = after.find("safeAnswers")
    assert note.accessibleName().startswith("Komputer sempat mati. 2 jawaban Anda aman.")
    after.press(Qt.Key.Key_Space)
    assert after.text("questionPlace") == "Soal 3 dari 7"
    after.press(Qt.Key.Key_PageUp)
    assert [row.isChecked() for row in after.find("answerBox").findChildren(type(after.find("option1")))] == [
        True,
        True,
        False,
        False,
    ]
    assert world.attempt == 1  # no attempt was spent


def test_without_a_kept_place_it_goes_on_at_the_first_open_question(enter):
    world = LearningWorld(attempt=1, answers={0: "0", 1: "0,1", 2: "1"}, interrupted=True)
    room = enter(world)
    room.open("a7")
    room.press(Qt.Key.Key_Space)
    assert room.text("questionPlace") == "Soal 4 dari 7"


def test_a_word_half_typed_is_kept_when_the_screen_is_locked(room, world):
    world.questions = tuple(q for q in world.questions if q.id == 3)
    room.open("a7")
    room.press(Qt.Key.Key_Space)
    room.qtbot.keyClicks(room.screen.window().focusWidget(), "pemerin")
    room.screen.hide()
    room.rest()
    assert world.answers == {3: "pemerin"}


def test_pause_keeps_everything_and_goes_on(room, world):
    room.open("a7")
    room.press(Qt.Key.Key_Space)
    room.press(Qt.Key.Key_2, ENTER)
    room.press(Qt.Key.Key_Escape)
    assert room.text("startQuiz") == "Lanjutkan kuis"
    assert not room.has("safeAnswers")  # nothing went wrong: no message
    room.press(Qt.Key.Key_Space)
    assert room.text("questionPlace") == "Soal 2 dari 7"
    assert world.answers == {0: "0"}


def test_the_result_tells_score_pass_mark_and_what_each_question_teaches(room, world):
    room.open("a7")
    room.press(Qt.Key.Key_Space)
    room.press(Qt.Key.Key_2)
    room.click("handIn")
    room.click("confirmHandIn")
    assert room.text("score") == "14,3"
    assert room.text("correctCount") == "1 dari 7 soal benar"
    assert room.has("tryAgain")
    assert "Tepat" in room.find("mark1").accessibleName()
    assert "Belum tepat" in room.find("mark2").accessibleName()
    room.click("tryAgain")
    assert room.text("questionPlace") == "Soal 1 dari 7"
    assert world.attempt == 2
    assert world.answers == {}


def labels(room, name: str) -> str:
    return " ".join(made.text() for made in room.find(name).findChildren(QLabel))


def test_right_answers_are_told_only_when_no_attempt_can_use_them(enter):
    world = LearningWorld(attempt=2, used=2, answers={0: "2"})
    room = enter(world)
    room.open("a7")
    room.click("startQuiz")
    room.click("handIn")
    room.click("confirmHandIn")
    assert "Jawaban yang benar ditampilkan setelah lulus" in labels(room, "quizResult")
    assert "Jawaban yang benar" not in labels(room, "mark1")
    assert "Lihat pasal 22" in labels(room, "mark1")  # what to read again is told at once
    room.click("tryAgain")
    room.click("handIn")
    room.click("confirmHandIn")
    assert not room.has("tryAgain")
    assert "Jawaban yang benar" in labels(room, "mark1")


def test_when_all_attempts_are_used_nothing_starts(enter):
    world = LearningWorld(used=3)
    room = enter(world)
    room.open("a7")
    assert not room.find("startQuiz").isEnabled()
