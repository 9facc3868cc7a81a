"""All seven kinds of question are answered by keyboard alone, and only the store says an answer is saved."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from desktop.screens import style
from desktop.screens.learning_views import Option, QuestionKind
from tests.fakes.learning import QUESTIONS, RIGHT

ENTER = Qt.Key.Key_Return
CTRL = Qt.KeyboardModifier.ControlModifier


def start(room) -> None:
    room.open("a7")
    room.press(Qt.Key.Key_Space)  # the focus is on *Mulai kuis*


def only(world, kind: QuestionKind) -> None:
    world.questions = tuple(q for q in QUESTIONS if q.kind is kind)


def test_the_rules_stand_before_the_first_question(room):
    room.open("a7")
    words = [made.text() for made in room.find("quizRules").findChildren(QLabel)]
    assert words[words.index("Soal") :][:2] == ["Soal", "7"]
    assert words[words.index("Nilai minimal") :][:2] == ["Nilai minimal", "70 dari 100"]
    assert words[words.index("Percobaan") :][:2] == ["Percobaan", "ke-1 dari 3"]
    assert not room.has("questionText")


def test_a_digit_chooses_one(room, world):
    only(world, QuestionKind.SINGLE)
    start(room)
    room.press(Qt.Key.Key_1)
    room.press(Qt.Key.Key_2)
    assert world.answers == {0: "0"}  # the answer names the option's place in the source, not on screen


def test_digits_choose_several_and_take_back(room, world):
    only(world, QuestionKind.MULTIPLE)
    start(room)
    room.press(Qt.Key.Key_4, Qt.Key.Key_1, Qt.Key.Key_3, Qt.Key.Key_3, Qt.Key.Key_2)
    assert world.answers == {1: "0,1,3"}


def test_true_and_false_are_one_and_two(room, world):
    only(world, QuestionKind.TRUE_FALSE)
    start(room)
    room.press(Qt.Key.Key_2)
    assert world.answers == {2: "0"}
    room.press(Qt.Key.Key_1)
    assert world.answers == {2: "1"}


def test_arrows_and_space_choose_as_well(room, world):
    only(world, QuestionKind.SINGLE)
    start(room)
    room.press(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Space)
    assert world.answers == {0: "1"}


def test_a_word_is_typed_and_enter_keeps_it(room, world):
    world.questions = QUESTIONS[3:5]
    start(room)
    room.press("Pemerintahan", ENTER)
    assert world.answers == {3: "Pemerintahan"}
    assert room.text("questionPlace") == "Soal 2 dari 2"


def test_digits_in_a_field_are_text(room, world):
    only(world, QuestionKind.SHORT)
    start(room)
    room.press("5S 123", ENTER)
    assert world.answers == {3: "5S 123"}


@pytest.mark.parametrize(
    ("typed", "kept", "read_back"),
    [("45", "45", "45"), ("12,5", "12.5", "12,5"), ("1.234,5", "1234.5", "1.234,5"), ("-3", "-3", "-3")],
)
def test_a_number_is_read_as_indonesians_write_it(room, world, typed, kept, read_back):
    only(world, QuestionKind.NUMBER)
    start(room)
    room.press(typed)
    assert room.text("readBack") == f"Dibaca sebagai {read_back}"
    room.press(ENTER)
    assert world.answers == {4: kept}


def test_what_is_no_number_is_not_kept_and_says_so(room, world):
    only(world, QuestionKind.NUMBER)
    start(room)
    room.press("empat lima", ENTER)
    assert world.answers == {}
    assert "Belum disimpan" in room.text("readBack")


def test_digits_match_one_left_side_after_the_other(room, world):
    only(world, QuestionKind.MATCHING)
    start(room)
    room.press(Qt.Key.Key_2, Qt.Key.Key_1, Qt.Key.Key_3)
    assert world.answers == {5: "0,1,2"}


def test_a_match_is_taken_back_with_delete(room, world):
    only(world, QuestionKind.MATCHING)
    start(room)
    room.press(Qt.Key.Key_2, Qt.Key.Key_1, Qt.Key.Key_Up, Qt.Key.Key_Delete)
    assert world.answers == {5: "0,,"}
    room.press(Qt.Key.Key_Up, Qt.Key.Key_Delete)
    assert world.answers == {5: ""}


def test_control_with_an_arrow_carries_an_item(room, world):
    only(world, QuestionKind.ORDERING)
    start(room)
    room.press(Qt.Key.Key_Down, modifier=CTRL)
    assert world.answers == {6: "0,2,3,1"}
    room.press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    room.press(Qt.Key.Key_Up, modifier=CTRL)
    room.press(Qt.Key.Key_2)  # a digit sends the item to that place
    assert world.answers == {6: "0,1,2,3"}


def test_an_item_is_dragged_with_the_mouse(room, world):
    only(world, QuestionKind.ORDERING)
    start(room)
    item, below = room.find("item2"), room.find("item0")
    to = item.mapFromGlobal(below.mapToGlobal(below.rect().center()))
    QTest.mousePress(item, Qt.MouseButton.LeftButton, pos=item.rect().center())
    there = QPointF(item.mapToGlobal(to))
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    plain = Qt.KeyboardModifier.NoModifier
    move = QMouseEvent(QEvent.Type.MouseMove, QPointF(to), there, none, left, plain)
    QApplication.sendEvent(item, move)
    QTest.mouseRelease(item, Qt.MouseButton.LeftButton, pos=item.rect().center())
    room.rest()
    assert world.answers == {6: "0,2,3,1"}


def test_an_order_left_alone_is_no_answer_until_it_is_taken(room, world):
    only(world, QuestionKind.ORDERING)
    start(room)
    assert world.answers == {}
    room.click("takeOrder")
    assert world.answers == {6: "2,0,3,1"}


def test_a_whole_quiz_without_a_mouse(room, world):
    start(room)
    room.press(Qt.Key.Key_2, ENTER)
    room.press(Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_4, ENTER)
    room.press(Qt.Key.Key_1, ENTER)
    room.press("pemerintahan", ENTER)
    room.press("45", ENTER)
    room.press(Qt.Key.Key_2, Qt.Key.Key_1, Qt.Key.Key_3, ENTER)
    room.press(Qt.Key.Key_Down, Qt.Key.Key_2, Qt.Key.Key_1)
    room.press(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_2)
    assert world.answers[6].startswith("0,")
    world.answers.update(RIGHT)
    room.press(ENTER)
    assert room.has("handInSheet")
    room.press(Qt.Key.Key_Space)  # the focus is on *Kumpulkan jawaban*
    assert world.recorded[-1] == ("finished", "ppd/m3/a7", 1, 7)
    assert room.text("score") == "100"


def test_nine_options_have_nine_digits(room, world):
    nine = replace(
        QUESTIONS[0], options=tuple(Option(n, f"Pilihan nomor {n + 1} dari sembilan") for n in range(9))
    )
    world.questions = (nine,)
    room.window.resize(880, 460)
    start(room)
    room.press(Qt.Key.Key_9)
    assert world.answers == {0: "8"}
    last = room.find("option9")
    assert not last.visibleRegion().isEmpty()  # what a key chose has come into sight


def test_the_line_of_keys_gives_way_to_the_buttons(room, world):
    only(world, QuestionKind.MATCHING)
    start(room)
    assert room.has("keys")
    room.window.resize(860, 520)
    assert room.window.width() == 860
    assert not room.has("keys")
    assert room.has("nextQuestion")


def test_with_large_letters_the_list_of_questions_is_a_page_of_its_own(room, world, qapp):
    style.apply(qapp, style.Theme.LIGHT, 2.0)
    start(room)
    assert not room.has("quizSide")
    assert room.find("option4").width() <= room.find("questionScroll").width()
    room.click("questionList")
    assert room.has("quizSide")
    assert not room.has("questionText")
    room.click("cell5")
    assert room.text("questionPlace") == "Soal 5 dari 7"
    assert not room.has("quizSide")


def test_tab_stops_once_at_the_grid_and_arrows_walk_in_it(room):
    start(room)
    room.find("cell1").setFocus()
    room.press(Qt.Key.Key_Right, Qt.Key.Key_Down, ENTER)
    assert room.text("questionPlace") == "Soal 7 dari 7"
    stops = [n for n in range(1, 8) if room.find(f"cell{n}").focusPolicy() is Qt.FocusPolicy.TabFocus]
    assert stops == [7]


def test_a_question_begins_at_its_top(room, world):
    world.questions = (replace(QUESTIONS[5], text="Pasangkan. " * 40), QUESTIONS[0])
    room.window.resize(1000, 460)
    start(room)
    assert room.find("questionScroll").verticalScrollBar().value() == 0


def test_doubt_is_marked_by_a_letter_and_told_before_handing_in(room, world):
    start(room)
    room.press(Qt.Key.Key_2, Qt.Key.Key_R, ENTER)
    assert room.text("answeredCount") == "1 dijawab, 1 ditandai ragu"
    room.click("handIn")
    sheet = room.find("handInSheet")
    words = " ".join(made.text() for made in sheet.findChildren(QLabel))
    assert "6 soal belum dijawab: 2, 3, 4, 5, 6, 7." in words
    assert "1 soal ditandai ragu: 1." in words
    room.click("backToQuestions")
    assert room.text("questionPlace") == "Soal 2 dari 7"
    assert not [one for one in world.recorded if one[0] == "finished"]
