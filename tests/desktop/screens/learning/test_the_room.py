"""The room: from the library into an activity and back, with what cannot be opened said plainly."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop.errors import Problem
from desktop.screens.learning import Learning, Place
from desktop.screens.style import RESOURCES
from tests.fakes.learning import COURSES, LearningWorld

ROOT = Path(__file__).resolve().parents[4]


def test_one_button_is_filled_and_it_goes_on_where_one_stopped(room):
    filled = [
        made for made in room.find("shelf").findChildren(type(room.find("open_ppd"))) if made.kind == "main"
    ]
    assert [made.objectName() for made in filled] == ["open_ppd"]
    room.press(Qt.Key.Key_Space)  # the focus is there already
    assert room.screen.spot == Place("ppd", "ppd/m3/a3")


def test_nothing_installed_says_how_to_begin(enter):
    room = enter(LearningWorld(courses=()))
    assert room.find("emptyLibrary").accessibleName().startswith("Belum ada modul. Pasang dari flashdisk")
    room.press(Qt.Key.Key_Space)
    assert room.has("choosePack")
    assert room.screen.help_page() == "pasang-paket"
    room.press(Qt.Key.Key_Escape)
    assert room.screen.help_page() == "belajar"


def test_alt_left_and_escape_lead_out_step_by_step(room):
    room.open("a3")
    room.press(Qt.Key.Key_Left, modifier=Qt.KeyboardModifier.AltModifier)
    assert room.screen.spot == Place("ppd", None)
    assert room.has("outline")
    room.press(Qt.Key.Key_Escape)
    assert room.screen.spot == Place()
    assert room.has("library")


def test_an_outline_tells_what_each_activity_is_and_how_far_one_is(room):
    room.screen.show_course("ppd")
    room.rest()
    words = [
        made.accessibleName() for made in room.find("module2").findChildren(type(room.find("activity_m3_a7")))
    ]
    assert "Kuis: Standar dan Maklumat. Kuis, 7 soal, 10 menit. belum mulai" in words
    assert "Cerita dari loket. Video, 6 menit. selesai" in words
    room.find("activity_m3_a7").setFocus()
    room.press(Qt.Key.Key_Return)
    assert room.has("startQuiz")


def test_the_list_beside_an_activity_leads_to_any_other(room):
    room.open("a3")
    room.click("activity_m3_a6")
    assert room.screen.spot.activity == "ppd/m3/a6"


def test_a_withdrawn_course_says_so_and_opens_nothing(enter):
    room = enter(LearningWorld(courses=(replace(COURSES[0], withdrawn=True), COURSES[1])))
    assert not room.has("open_ppd")
    room.click("outline_ppd")
    assert "Kemajuan dan nilai Anda tetap tersimpan" in room.find("withdrawnCourse").accessibleName()
    assert not room.find("resumeCourse").isEnabled()


def test_many_courses_are_searched_and_sorted(enter):
    many = tuple(replace(COURSES[1], id=f"k{n}", title=f"Kursus {chr(122 - n)}") for n in range(8))
    room = enter(LearningWorld(courses=(*COURSES, *many)))
    room.find("findCourse").setFocus()
    room.press("kursus z")
    assert [made.objectName() for made in _cards(room)] == ["course_k0"]
    room.press(" tidak ada")
    assert room.has("noMatch")
    room.find("findCourse").clear()
    room.find("sortCourses").choose("title")
    assert _cards(room)[0].accessibleName().startswith("Etika")


def _cards(room):
    grid = room.find("shelf").layout()
    return [grid.itemAt(n).widget() for n in range(grid.count())]


def test_what_cannot_be_opened_is_said_and_tried_again(enter, world):
    actions = world.actions()
    broken = [True]

    def load(course: str):
        if broken:
            raise Problem("Kursus ini tidak terpasang lagi di komputer ini.", "Kemajuan Anda aman.")
        return world.outline(course)

    world.actions = lambda: replace(actions, load_outline=load)
    room = enter(world)
    room.screen.show_course("ppd")
    room.rest()
    assert "Kemajuan Anda aman" in room.find("openProblem").accessibleName()
    broken.clear()
    room.click("openProblem_retry")
    assert room.has("outline")


def test_a_new_look_opens_at_the_same_place(qtbot, world, jobs):
    place = Place("ppd", "ppd/m3/a3")
    screen = Learning(world.actions(), jobs, place)
    qtbot.addWidget(screen)
    screen.show()
    qtbot.waitUntil(jobs.idle)
    assert screen.currentWidget().objectName() == "activity"


@pytest.mark.parametrize(
    ("activity", "page"),
    [("a2", "putar"), ("a3", "baca"), ("a5", "pdf"), ("a6", "baca"), ("a7", "kuis")],
)
def test_each_screen_names_its_help(room, activity, page):
    assert room.screen.help_page() == "belajar"
    room.screen.show_course("ppd")
    room.rest()
    assert room.screen.help_page() == "isi_modul"
    room.open(activity)
    assert room.screen.help_page() == page


def test_every_page_of_help_that_is_named_exists():
    for folder in ("id", "en"):
        pages = {path.stem for path in (RESOURCES / "help" / folder).glob("*.md")}
        assert {"belajar", "isi_modul", "baca", "pdf", "putar", "kuis", "pasang-paket"} <= pages


def test_arrows_walk_along_an_outline_and_enter_opens(room):
    room.screen.show_course("ppd")
    room.rest()
    room.find("activity_m3_a3").setFocus()
    room.press(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return)
    assert room.screen.spot.activity == "ppd/m3/a4"


def test_the_library_is_up_before_anything_that_plays_is_loaded():
    script = (
        "import sys\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from desktop.background.jobs import Jobs\n"
        "from desktop.screens.learning import Learning\n"
        "from tests.fakes.learning import LearningWorld\n"
        "app = QApplication([])\n"
        "jobs = Jobs()\n"
        "room = Learning(LearningWorld().actions(), jobs)\n"
        "room.show()\n"
        "while not jobs.idle(): app.processEvents()\n"
        "assert room.currentWidget().objectName() == 'library'\n"
        "late = {'markdown_it', 'nh3', 'PySide6.QtPdf', 'PySide6.QtMultimedia', 'PySide6.QtSvg', 'sqlalchemy'}\n"
        "assert not late & set(sys.modules), late & set(sys.modules)\n"
        "sys.stdout.flush(); __import__('os')._exit(0)\n"  # Qt's own end is not the subject here
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_long_title_and_a_narrow_window_lose_nothing(enter):
    long = "Penyelenggaraan Pelayanan Publik Digital yang Inklusif bagi Masyarakat Adat di Wilayah Kepulauan"
    room = enter(LearningWorld(courses=(replace(COURSES[0], title=long),)))
    room.window.resize(690, 440)
    card = room.find("course_ppd")
    assert long in card.accessibleName()
    button = room.find("open_ppd")
    assert card.rect().contains(button.mapTo(card, button.rect().bottomRight()))
