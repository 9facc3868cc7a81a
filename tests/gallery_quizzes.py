"""Penilaian > Kuis in the gallery, after the packs that may be fetched: all quizzes, one of them, voiding a question, few answers, none."""

from PySide6.QtWidgets import QWidget

from desktop.language import tr
from desktop.screens.empty import Sign
from desktop.screens.exam_desk import ExamDesk
from desktop.screens.person_sheet import PersonSheet
from desktop.screens.quiz_desk import QuizDesk
from desktop.screens.rooms import Room, Who
from tests.fakes import one_person, quizzed
from tests.gallery_corrections import draw_corrections
from tests.gallery_lending import draw_endings, draw_lending
from tests.gallery_offers import draw_offers
from tests.gallery_peers import draw_peers
from tests.gallery_privacy import draw_privacy
from tests.gallery_roster import draw_roster
from tests.gallery_timings import draw_timings


def draw_more(studio) -> None:
    """Draw the rooms that stand in files of their own."""
    draw_offers(studio)
    draw_quizzes(studio)
    draw_privacy(studio)
    draw_corrections(studio)
    draw_timings(studio)
    draw_roster(studio)
    draw_peers(studio)
    draw_exams(studio)
    draw_person(studio)
    draw_lending(studio)
    draw_endings(studio)


def draw_quizzes(studio) -> None:
    """Draw each."""
    for name, view, key in (
        ("semua", quizzed.VIEW, ""),
        ("soal", quizzed.VIEW, quizzed.FULL.key),
        ("batal", quizzed.VIEW, quizzed.FULL.key),
        ("sedikit", quizzed.VIEW, quizzed.SMALL.key),
        ("kosong", quizzed.EMPTY, ""),
    ):
        if not studio.wanted(f"21-kuis-{name}"):
            continue
        build = lambda view=view: QuizDesk(quizzed.actions(view), studio.jobs, back=lambda: None)  # noqa: E731
        room = Room("grading", tr("Penilaian"), "pen", build)
        studio.window.enter(Who("Tuti", "TS"), lambda room=room: [room], "grading")
        studio.settle()
        desk = studio.window.page()
        desk.open(key)
        studio.settle()
        if name == "batal":
            desk._ask(quizzed.FULL, quizzed.ITEMS[4])
            studio.settle()
        studio.save(f"21-kuis-{name}")
        if name == "batal":
            desk._sheet.sheet.dismiss()


def draw_exams(studio) -> None:
    """Draw all exams, one of them, the form for a new one, and none."""
    for name, view, key in (
        ("semua", quizzed.EXAMS, b""),
        ("satu", quizzed.EXAMS, quizzed.EXAM.key),
        ("baru", quizzed.EXAMS, b""),
        ("kosong", quizzed.NO_EXAM, b""),
    ):
        if not studio.wanted(f"22-ujian-{name}"):
            continue
        build = lambda view=view: ExamDesk(quizzed.exams(view), studio.jobs, back=lambda: None)  # noqa: E731
        room = Room("grading", tr("Penilaian"), "pen", build)
        studio.window.enter(Who("Tuti", "TS"), lambda room=room: [room], "grading")
        studio.settle()
        desk = studio.window.page()
        desk.open(key)
        studio.settle()
        if name == "baru":
            desk._ask(view)
        studio.save(f"22-ujian-{name}")


def draw_person(studio) -> None:
    """Draw one person of the office as the desk opens them: in sums, and down to each answer."""
    for name, opened in (("", ()), ("-jawaban", ("answers_2",))):
        if not studio.wanted(f"23-peserta{name}"):
            continue
        room = Room("office", tr("Kantor"), "office", lambda: Sign("office"))
        studio.window.enter(Who("Yosina", "YK"), lambda room=room: [room], "office")
        studio.settle()
        shown = PersonSheet(studio.window, one_person.RAHEL, one_person.actions(studio.jobs))
        studio.settle()
        for button in opened:
            studio.window.findChild(QWidget, button).click()
        studio.save(f"23-peserta{name}")
        shown.sheet.dismiss()
