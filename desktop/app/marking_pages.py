"""Penilaian wired: what was handed in, the quizzes question by question, and the exams with a proctor."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.app.exam_desk import ExamRoom
from desktop.app.marked_paper import MarkedPaper
from desktop.app.marking_room import MarkingRoom
from desktop.app.quiz_desk import QuizDesk
from desktop.screens.exam_views import ExamActions
from desktop.screens.grading import Grading
from desktop.screens.grading_room import GradingRoom
from desktop.screens.quiz_desk_views import QuizDeskActions
from desktop.screens.quiz_room import QuizRoom
from sync.officefile import PersonEntry

if TYPE_CHECKING:
    from desktop.app.session import Session


def grading(session: "Session") -> QWidget:
    """Build the room of a signed-in trainer."""
    jobs = session.app.jobs
    marking = MarkingRoom(session.profile, session.shelf, session.noted)
    hours = MarkedPaper(session.profile, session.shelf).actions(jobs)
    rooms = GradingRoom(
        lambda beside: Grading(marking.actions(hours), jobs, beside=beside),
        lambda back: QuizRoom(quiz_actions(session), exam_actions(session), jobs, back=back),
    )
    rooms.marking.said.connect(session.app.window.say)
    rooms.quizzes.said.connect(session.app.window.say)
    return rooms


def quiz_actions(session: "Session", names: Callable[[], Mapping[bytes, str]] = dict) -> QuizDeskActions:
    """Give the office's quizzes, question by question; `names` are those this person may see."""
    return QuizDesk(session.profile, session.shelf, session.noted, names).actions()


def exam_actions(session: "Session", roster: Callable[[], Sequence[PersonEntry]] = tuple) -> ExamActions:
    """Give the exams of this proctor; `roster` are the people of the office, where they are known."""
    return ExamRoom(session.profile, session.shelf, session.noted, session.app.jobs, roster).actions()
