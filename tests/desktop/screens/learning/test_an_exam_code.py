"""The code of a proctor is typed before the quiz; a wrong one stays to be corrected, a right one begins."""

from dataclasses import replace

from desktop.errors import Problem
from desktop.screens.field import Field
from desktop.screens.learning_views import QuizActions, QuizBody


def shown(room):
    """The field that can be seen."""
    fields = [one for one in room.screen.findChildren(Field, "exam_code") if one.isVisible()]
    return fields[0] if fields else None


def test_a_wrong_code_stays_in_its_field_and_a_right_one_begins(enter, world):
    actions, given = world.actions(), []

    def start_with(key, code):
        given.append(code)
        if code != "7K2M-9QXA":
            raise Problem("Kode ini tidak cocok.", "Periksa huruf dan angkanya.")
        return actions.quiz.start(key)

    def opened(key):
        view = actions.open_activity(key)
        body = replace(view.body, proctored=True) if isinstance(view.body, QuizBody) else view.body
        return replace(view, body=body)

    quiz = QuizActions(actions.quiz.start, actions.quiz.answer, actions.quiz.finish, start_with=start_with)
    world.actions = lambda: replace(actions, open_activity=opened, quiz=quiz)
    room = enter(world)
    room.open("a7")
    shown(room).setText("7K2M-9QXB")
    room.click("startQuiz")
    room.rest()
    field = shown(room)
    assert field.text() == "7K2M-9QXB"
    field.setText("7K2M-9QXA")
    room.click("startQuiz")
    room.rest()
    assert given == ["7K2M-9QXB", "7K2M-9QXA"]
    assert shown(room) is None
