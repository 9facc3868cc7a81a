"""A quiz with a clock: the time left is on screen, survives a power cut, and its end hands in."""

from PySide6.QtCore import Qt

from desktop.screens.quiz import QuizScreen
from tests.fakes.learning import LearningWorld


def wind(room, clock):
    """Put the countdown of the quiz on a clock that the test moves."""
    made = room.window.findChild(QuizScreen).countdown
    made._clock = lambda: clock[0]
    made.stop()
    return made


def test_the_rules_name_the_clock_and_the_head_shows_what_is_left(enter):
    room = enter(LearningWorld(left=1320))
    room.open("a7")
    clock = [0.0]
    counting = wind(room, clock)
    room.press(Qt.Key.Key_Space)
    counting.stop()
    assert room.text("timeLeft") == "Sisa waktu 22:00"
    clock[0] = 61.0
    counting.tick()
    assert room.text("timeLeft") == "Sisa waktu 20:59"
    room.rest()
    assert ("beat", 1) in room.world.recorded


def test_the_end_of_the_time_hands_in_what_is_answered_and_asks_nothing(enter):
    room = enter(LearningWorld(left=60))
    room.open("a7")
    clock = [0.0]
    counting = wind(room, clock)
    room.press(Qt.Key.Key_Space)
    room.press(Qt.Key.Key_2)
    room.click("handIn")
    assert room.has("handInSheet")
    clock[0] = 60.0
    counting.tick()
    room.rest()
    assert [one for one in room.world.recorded if one[0] == "finished"] == [("finished", "ppd/m3/a7", 1, 1)]
    assert room.has("resultCard")
    assert not room.has("handInSheet")


def test_after_a_power_cut_the_message_says_how_much_time_is_left(enter):
    room = enter(LearningWorld(attempt=1, answers={0: "0"}, interrupted=True, left=1290))
    room.open("a7")
    words = room.find("safeAnswers").accessibleName()
    assert "Komputer sempat mati. 1 jawaban Anda aman." in words
    assert "sisa waktu 21 menit" in words


def test_where_the_end_came_meanwhile_the_learner_hands_in_and_it_is_called_an_incident(enter):
    room = enter(LearningWorld(attempt=1, answers={0: "0"}, interrupted=True, left=0, fixed=True))
    room.open("a7")
    assert "insiden listrik" in room.find("safeAnswers").accessibleName()
    assert room.text("startQuiz") == "Kumpulkan jawaban"
    room.click("startQuiz")
    assert room.has("resultCard")


def test_leaving_the_screen_is_told_apart_from_a_power_cut(enter):
    room = enter(LearningWorld(left=600))
    room.open("a7")
    room.press(Qt.Key.Key_Space)
    room.screen.leave()
    room.rest()
    assert room.world.recorded[-1] == ("away", 1)
