"""A learner's hands in a quiz: knows the course, reads the question on the glass, and answers by keyboard."""

from PySide6.QtCore import Qt

from desktop.assessment.answers import right_answer
from desktop.demo.pilot import Pilot
from desktop.screens.learning_views import QuestionKind
from desktop.screens.quiz_answer import AnswerBox
from desktop.screens.quiz_words import show_number
from sync.packs.questions import Quiz

_DIGITS = tuple(Qt.Key(Qt.Key.Key_0 + digit) for digit in range(10))


def answer_shown(pilot: Pilot, quiz: Quiz, *, right: bool = True) -> None:
    """Answer the question on the glass; `right` False leaves out what would make it right."""
    box = pilot.until(lambda: pilot.find(AnswerBox), "a question")
    question = box.question
    answer = right_answer(quiz.questions[question.id])
    places = [int(part) for part in answer.split(",")] if _is_places(question.kind) else []
    shown = [option.index for option in question.options]
    match question.kind:
        case QuestionKind.TRUE_FALSE:
            pilot.key(_DIGITS[1 if (answer == "1") is right else 2])
        case QuestionKind.SINGLE:
            wanted = places[0] if right else next(index for index in shown if index not in places)
            pilot.key(_DIGITS[shown.index(wanted) + 1])
        case QuestionKind.MULTIPLE:
            for index in places if right else places[:1]:
                pilot.key(_DIGITS[shown.index(index) + 1])
        case QuestionKind.SHORT:
            pilot.write("answerField", answer.replace("*", "") if right else "tidak tahu")
        case QuestionKind.NUMBER:
            pilot.write("answerField", show_number(answer) if right else "1")
        case QuestionKind.MATCHING:
            for index in places:
                pilot.key(_DIGITS[shown.index(index) + 1])
        case QuestionKind.ORDERING:
            _order(pilot, places, shown)


def _order(pilot: Pilot, places: list[int], shown: list[int]) -> None:
    if places == shown:
        pilot.click("takeOrder")
        return
    for place, index in enumerate(places, start=1):
        pilot.click(f"item{index}")
        pilot.key(_DIGITS[place])


def _is_places(kind: QuestionKind) -> bool:
    return kind not in {QuestionKind.TRUE_FALSE, QuestionKind.SHORT, QuestionKind.NUMBER}
