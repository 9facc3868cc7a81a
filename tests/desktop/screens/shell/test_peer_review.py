"""Peer review on the glass: colleagues' papers on the task's page, a sheet that keeps what is typed, a trainer's button."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from desktop.errors import Problem
from desktop.screens.assignment import Assignment
from desktop.screens.assignment_views import Typed
from desktop.screens.button import Button
from desktop.screens.grading import Grading
from desktop.screens.rooms import Room
from tests.fakes.assignments import BODY, HANDED, PAPER, Marker, Writer
from tests.fakes.peers import CAME, CIRCLE, COLLEAGUE, PEERS, Reader


@pytest.fixture
def reader():
    return Reader()


@pytest.fixture
def task(seat, reader):
    writer = Writer()
    writer.body = replace(BODY, handed=HANDED, peers=PEERS)

    def build():
        actions = replace(
            writer.actions(), peers=reader.actions(), load=lambda _: replace(BODY, peers=reader.view)
        )
        return Assignment("k/m/tugas", writer.body, actions, seat.jobs, choose_place=lambda *_: "/x/peta.pdf")

    seat.enter(Room("home", "Tugas", "task", build))
    return seat


def test_a_paper_is_reviewed_by_keys_alone_and_then_stands_as_done(task, reader):
    task.find("peer_0").setFocus()
    task.press(Qt.Key.Key_Space)
    assert COLLEAGUE.text in task.find("peer_text").text()
    task.find("points_isi").setFocus()
    task.find("points_isi").setValue(45)
    task.press(Qt.Key.Key_Tab, Qt.Key.Key_Up, Qt.Key.Key_Tab, "Jelas")
    assert "46 dari 100" in task.find("peer_total").text()
    task.find("peer_send").setFocus()
    task.press(Qt.Key.Key_Space)
    task.rest()
    assert reader.sent == [("k/m/tugas", COLLEAGUE.id, Typed((("isi", 45), ("langkah", 1)), "Jelas"))]
    assert task.find("peer_0").isVisible(), "the list again, as it is after sending"
    assert reader.view.papers[0].sent


def test_without_a_word_it_is_not_sent_and_what_was_typed_stays(task, reader):
    task.click("peer_0")
    reader.refuse = Problem("Komentar belum ditulis.", "Tulis satu hal yang sudah baik.")
    task.find("points_isi").setValue(30)
    task.click("peer_send")
    assert "Komentar" in task.find("peer_problem").accessibleName()
    assert task.find("points_isi").value() == 30
    assert task.find("peer_send").isEnabled()


def test_closing_keeps_what_was_typed_and_the_list_says_it_was_not_sent(task, reader):
    task.click("peer_0")
    task.find("peer_comment").setPlainText("Setengah kalimat")
    task.press(Qt.Key.Key_Escape)
    task.rest()
    assert reader.kept[-1] == (COLLEAGUE.id, Typed((("isi", 0), ("langkah", 0)), "Setengah kalimat"))
    task.click("peer_0")
    assert task.find("peer_comment").toPlainText() == "Setengah kalimat"
    assert reader.sent == []


def test_a_file_of_a_colleague_is_saved(task, reader):
    task.click("peer_0")
    task.click("peer_file_0")
    task.rest()
    assert reader.saved == [(COLLEAGUE.files[0].digest, "/x/peta.pdf")]


def test_what_colleagues_said_is_read_as_no_grade(seat):
    writer = Writer()
    writer.body = replace(BODY, handed=HANDED, peers=replace(PEERS, papers=(), came=CAME))
    seat.enter(
        Room("home", "Tugas", "task", lambda: Assignment("k", writer.body, writer.actions(), seat.jobs))
    )
    said = seat.find("task_reviews").accessibleName()
    for words in (CAME[0].comment, CAME[1].comment, "Rekan 1", "tetap dari widyaiswara"):
        assert words in said


@pytest.mark.parametrize(("handed", "words"), [(False, "Jangan tulis nama"), (True, "tidak menunggunya")])
def test_before_anything_came_it_is_told_how_it_goes(seat, handed, words):
    writer = Writer()
    writer.body = replace(BODY, peers=replace(PEERS, papers=(), handed=handed))
    seat.enter(
        Room("home", "Tugas", "task", lambda: Assignment("k", writer.body, writer.actions(), seat.jobs))
    )
    assert words in seat.find("task_peers_how").accessibleName()


def test_a_trainer_gives_papers_out_and_reads_reviews_beside_the_paper(seat):
    marker = Marker((replace(PAPER, peers=CAME, peers_about="2 dari 3 rekan sudah menilai."),), (CIRCLE,))
    seat.enter(Room("home", "Penilaian", "pen", lambda: Grading(marker.actions(), seat.jobs)))
    seat.rest()
    seat.click("share_0")
    seat.rest()
    assert marker.did == [("share", CIRCLE.activity)]
    marker.refuse = Problem("Belum ada naskah yang dapat dibagikan.", "Perlu dua naskah.")
    seat.click("share_0")
    seat.rest()
    assert "Belum ada naskah" in seat.find("grading_problem").accessibleName()
    marker.refuse = None
    seat.click("paper_0")
    said = seat.find("paper_peers").accessibleName()
    assert "2 dari 3" in said
    assert CAME[0].comment in said


def test_where_a_colleague_does_not_answer_one_more_is_asked_and_what_was_typed_stays(seat):
    late = replace(PAPER, peers=CAME, peers_about="2 dari 3 rekan sudah menilai.", peers_late=True)
    marker = Marker((late, replace(late, key="p3", peers_late=False)))
    seat.enter(Room("home", "Penilaian", "pen", lambda: Grading(marker.actions(), seat.jobs)))
    seat.rest()
    seat.click("paper_0")
    seat.find("points_langkah").setValue(12)
    seat.click("paper_another")
    seat.rest()
    assert marker.did == [("another", PAPER.key)]
    assert marker.kept[-1][1].points == (("isi", 0), ("langkah", 12))
    marker.refuse = Problem("Semua rekan sudah diminta.", "Silakan menilai.")
    seat.click("paper_another")
    seat.rest()
    assert "Semua rekan" in seat.find("grading_problem").accessibleName()
    seat.find("grading").open("p3")
    seat.rest()
    assert seat.window.findChild(Button, "paper_another") is None


def test_nothing_to_give_out_is_a_button_at_rest(seat):
    marker = Marker((PAPER,), (replace(CIRCLE, ready=False),))
    seat.enter(Room("home", "Penilaian", "pen", lambda: Grading(marker.actions(), seat.jobs)))
    seat.rest()
    assert not seat.find("share_0").isEnabled()
