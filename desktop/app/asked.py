"""What a quiz asked, read in the very version that was taken, and answers to it in words."""

from dataclasses import replace

from desktop.app.wording import answer_words
from desktop.assessment.quiz import read_quiz
from desktop.library.shelf import InstalledCourse, Shelf
from desktop.office.person import Attempt, PersonFile
from desktop.office.person import Quiz as Taken
from sync.folds.quiz import Answer
from sync.packs.questions import Question, Quiz
from sync.refusal import Refusal


def asked(shelf: Shelf, activity: str, version: str) -> tuple[InstalledCourse | None, Quiz | None]:
    """Read what is asked, in this version: another may ask something else under the same number.

    No key of an answer is opened. None where the version is not installed here, or cannot be read.
    """
    installed = shelf.course(activity.partition("/")[0], version)
    found = None if installed is None else installed.course.find(activity)
    if installed is None or found is None:
        return installed, None
    try:
        return installed, read_quiz(activity, found[1], installed.text(found[1].source), keys=False)
    except Refusal:
        return installed, None


def question_of(quiz: Quiz | None, number: int) -> Question | None:
    """Give a question by its number from 0, where it is known."""
    return quiz.questions[number] if quiz is not None and 0 <= number < len(quiz.questions) else None


def in_words(found: PersonFile, shelf: Shelf) -> PersonFile:
    """Say a person's answers as they read them, wherever the pack they were given in is installed."""
    return replace(found, quizzes=tuple(_quiz(one, shelf) for one in found.quizzes))


def _quiz(taken: Taken, shelf: Shelf) -> Taken:
    versions = {one.version for one in taken.attempts if one.version}
    known = {one: asked(shelf, taken.standing.activity, one)[1] for one in versions}
    return replace(taken, attempts=tuple(_attempt(one, known.get(one.version)) for one in taken.attempts))


def _attempt(one: Attempt, quiz: Quiz | None) -> Attempt:
    if quiz is None:
        return one
    said = {number: _answer(given, question_of(quiz, number)) for number, given in one.answers.items()}
    return replace(one, answers=said, worded=True)


def _answer(given: Answer, question: Question | None) -> Answer:
    if question is None or not given.text.strip():
        return given
    return replace(given, text=answer_words(question, given.text) or given.text)
