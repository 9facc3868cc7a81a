"""Tugas and Penilaian on the glass: kept while typing, handed in with a code, marked by keys without names."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from desktop.errors import Problem
from desktop.screens.assignment import Assignment
from desktop.screens.assignment_views import Typed
from desktop.screens.grading import Grading
from desktop.screens.rooms import Room
from tests.fakes.assignments import BODY, GRADE, HANDED, PAPER, Marker, Writer


@pytest.fixture
def writer():
    return Writer()


@pytest.fixture
def task(seat, writer):
    made = []

    def build():
        made.append(
            Assignment("k/m/tugas", writer.body, writer.actions(), seat.jobs, choose=lambda _: "/x/peta.pdf")
        )
        return made[-1]

    seat.enter(Room("home", "Tugas", "task", build))
    return seat


def test_what_is_asked_stands_with_its_rubric_and_its_deadline(task):
    page = task.find("assignment").page.toPlainText()
    assert "rencana" in page
    assert "Langkah setiap minggu" in page
    assert "31 Maret 2027 pukul 12.00 WIT" in task.find("task_deadline").accessibleName()


def test_the_text_is_kept_when_typing_pauses_and_when_somebody_leaves(task, writer):
    task.find("task_text").setFocus()
    task.press("Papan syarat")
    task.qtbot.waitUntil(lambda: writer.texts == ["Papan syarat"])
    task.press("!")
    task.find("assignment").leave()
    task.rest()
    assert writer.texts[-1] == "Papan syarat!"
    assert "belum dikumpulkan" in task.find("task_kept").text()


def test_handing_in_keeps_the_last_letters_first_and_shows_the_code(task, writer):
    task.find("task_text").setFocus()
    task.press("Rencana")
    task.click("task_add")
    assert writer.body.files
    task.click("task_hand_in")
    assert writer.did[-2:] == ["add /x/peta.pdf", "hand in Rencana"]
    assert HANDED.code in task.find("task_handed").accessibleName()
    assert task.find("task_text").toPlainText() == ""
    assert task.find("task_hand_in").accessibleName() == "Kumpulkan lagi"


def test_a_file_is_taken_out_again_and_nothing_to_hand_in_is_told(task, writer):
    task.click("task_add")
    task.click("task_drop_0")
    assert writer.body.files == ()
    writer.refuse = Problem("Belum ada yang dikumpulkan.", "Tulis jawaban Anda, atau tambahkan berkas.")
    task.click("task_hand_in")
    assert "Belum ada" in task.find("task_problem").accessibleName()
    assert task.find("task_hand_in").isEnabled()


def test_the_grade_names_the_work_it_is_of(seat, writer):
    writer.body = replace(BODY, handed=HANDED, grade=GRADE)
    seat.enter(
        Room("home", "Tugas", "task", lambda: Assignment("k", writer.body, writer.actions(), seat.jobs))
    )
    said = seat.find("task_grade").accessibleName()
    assert "Nilai 74,5 dari 100" in said
    assert "29,5 dari 40" in said
    assert GRADE.code in said
    assert "Dibicarakan berdua" in said


@pytest.fixture
def marker():
    return Marker()


@pytest.fixture
def grading(seat, marker):
    seat.enter(
        Room(
            "home", "Penilaian", "pen", lambda: Grading(marker.actions(), seat.jobs, choose=lambda *_: "/x/y")
        )
    )
    seat.rest()
    return seat


def test_a_paper_is_marked_by_keys_alone(grading, marker):
    grading.find("paper_0").setFocus()
    grading.press(Qt.Key.Key_Space)
    grading.rest()
    grading.find("points_isi").setFocus()
    grading.find("points_isi").setValue(52)
    grading.press(Qt.Key.Key_Tab, Qt.Key.Key_Up, Qt.Key.Key_Tab, "Data kuat")
    grading.find("paper_give").setFocus()
    grading.press(Qt.Key.Key_Space)
    grading.rest()
    assert marker.did == [("give", PAPER.key, (("isi", 52), ("langkah", 1)), "Data kuat")]
    assert grading.find("paper_0").isVisible(), "back at the queue"


def test_the_wheel_scrolls_the_page_and_changes_no_points(grading, marker):
    grading.click("paper_0")
    box = grading.find("points_isi")
    box.setValue(40)
    box.setFocus()
    upright = False
    turn = QWheelEvent(
        QPointF(box.rect().center()),
        QPointF(box.mapToGlobal(box.rect().center())),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        upright,
    )
    QApplication.sendEvent(box, turn)
    assert box.value() == 40
    grading.press(Qt.Key.Key_Down)
    assert box.value() == 39, "the keys mean it"


def test_what_arrives_meanwhile_takes_no_half_written_comment(grading, marker):
    grading.click("paper_0")
    grading.find("paper_comment").setPlainText("Setengah kalimat")
    grading.find("grading").refresh()
    grading.rest()
    assert grading.find("paper_comment").toPlainText() == "Setengah kalimat"


def test_moderation_shows_both_marks_and_asks_for_a_reason(grading, marker):
    grading.click("paper_1")
    assert grading.find("paper_settle").isVisible()
    marker.refuse = Problem("Alasan belum ditulis.", "Nilai akhir selalu disertai alasan.")
    grading.click("paper_settle")
    assert "Alasan" in grading.find("grading_problem").accessibleName()
    marker.refuse = None
    grading.find("paper_reason").setPlainText("Dibicarakan berdua")
    grading.click("paper_settle")
    assert marker.did[-1][0] == "settle"
    assert marker.did[-1][-1] == "Dibicarakan berdua"


def test_a_file_is_saved_and_the_paper_stays_open(grading, marker):
    grading.click("paper_0")
    grading.click("paper_file_0")
    assert marker.did == [("save", PAPER.key, PAPER.files[0].digest, "/x/y")]
    assert grading.find("paper_give").isVisible()


def test_an_empty_queue_says_where_work_comes_from(seat):
    empty = Marker(papers=())
    seat.enter(Room("home", "Penilaian", "pen", lambda: Grading(empty.actions(), seat.jobs)))
    seat.rest()
    assert seat.find("grading_empty").isVisible()


def test_a_deadline_that_passed_is_told_and_takes_nothing(seat, writer):
    counts = "Disegel 2 April 2027 pukul 08.00 WIT. Lewat batas waktu; tetap diterima."
    writer.body = replace(BODY, handed=replace(HANDED, late=True, day=date(2027, 4, 2), counts=counts))
    seat.enter(
        Room("home", "Tugas", "task", lambda: Assignment("k", writer.body, writer.actions(), seat.jobs))
    )
    assert "tetap diterima" in seat.find("task_handed").accessibleName()


def test_marks_in_work_are_kept_when_typing_pauses_and_shown_again(seat, marker):
    drafted = replace(
        PAPER,
        criteria=tuple(replace(one, given=100 * n) for one, n in zip(PAPER.criteria, (41, 7), strict=True)),
        comment="Setengah",
        draft=True,
        seconds=90,
    )
    marker.papers = (drafted,)
    seat.enter(Room("home", "Penilaian", "pen", lambda: Grading(marker.actions(), seat.jobs)))
    seat.rest()
    seat.click("paper_0")
    assert (seat.find("points_isi").value(), seat.find("points_langkah").value()) == (41, 7)
    assert "belum dikirim" in seat.find("paper_kept").text()
    seat.find("paper_comment").setFocus()
    seat.find("paper_comment").setPlainText("Setengah kalimat")
    seat.qtbot.waitUntil(lambda: len(marker.kept) == 1)
    assert marker.kept == [(PAPER.key, Typed((("isi", 41), ("langkah", 7)), "Setengah kalimat"))]
    seat.find("points_isi").setValue(50)
    seat.find("grading").leave()
    seat.rest()
    assert marker.kept[-1][1].points == (("isi", 50), ("langkah", 7))


def test_a_criterion_is_voided_with_a_reason_and_what_was_typed_stays(grading, marker):
    grading.click("paper_0")
    grading.find("points_langkah").setValue(12)
    grading.click("paper_void")
    marker.refuse = Problem("Alasan belum ditulis.", "Tulis alasannya.")
    grading.click("void_go")
    assert "Alasan" in grading.find("void_problem").accessibleName()
    marker.refuse = None
    grading.find("void_reason").setPlainText("Soalnya tidak dibahas di kelas")
    grading.click("void_go")
    assert marker.did == [("void", PAPER.key, "isi", "Soalnya tidak dibahas di kelas")]
    assert marker.kept[-1][1].points == (("isi", 0), ("langkah", 12)), "kept before it was asked"


def test_a_voided_criterion_takes_no_points_and_says_why(seat):
    isi, langkah = PAPER.criteria
    gone = Marker(papers=(replace(PAPER, criteria=(replace(isi, voided="Tidak dibahas"), langkah)),))
    seat.enter(Room("home", "Penilaian", "pen", lambda: Grading(gone.actions(), seat.jobs)))
    seat.rest()
    seat.click("paper_0")
    assert "Tidak dibahas" in seat.find("voided_isi").accessibleName()
    assert "40" in seat.find("paper_total").text()
    seat.find("points_langkah").setValue(30)
    seat.click("paper_give")
    assert gone.did == [("give", PAPER.key, (("langkah", 30),), "")]


def test_the_learner_reads_why_a_criterion_does_not_count_and_what_the_grade_was(seat, writer):
    isi, langkah = GRADE.lines
    grade = replace(
        GRADE, total="29,5", most=40, lines=(replace(isi, voided="Tidak dibahas"), langkah), before="74,5"
    )
    writer.body = replace(BODY, handed=HANDED, grade=grade)
    seat.enter(
        Room("home", "Tugas", "task", lambda: Assignment("k", writer.body, writer.actions(), seat.jobs))
    )
    said = seat.find("task_grade").accessibleName()
    for words in ("Nilai 29,5 dari 40", "Tidak dibahas", "74,5"):
        assert words in said
