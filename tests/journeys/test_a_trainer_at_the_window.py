"""A trainer at the real window, by clicks: an exam from its codes to its minutes, and a question that is voided."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPlainTextEdit

from desktop.app.application import Application
from desktop.demo.people import COORDINATOR, LEARNERS, PIN
from desktop.demo.pilot import Pilot
from desktop.people.profiles import sign_in
from desktop.screens.pill import Pill
from desktop.screens.text import Elided
from sync.nip import spaced
from tests.builders.road import QUIZ, RIGHT, Pc, sent
from tests.journeys.assignment_round import TUTI
from tests.journeys.test_a_voided_question import WHY, gift, takes

ASKED, ABSENT = LEARNERS[2], LEARNERS[3]
EXAM = 'proctored = true\ntime_limit = 30\nfixed_end = true\nreview = "score"\n'


class Glass:
    """The window of whoever sits at a PC, with hands; `off` gives the PC back as it was."""

    def __init__(self, pc, profile):
        self.pc, qt = pc, QApplication.instance()
        folders = pc.store.folders
        pc.off()
        self.app = Application(qt, folders, tuple)
        self.app.open()
        self.pilot = Pilot(qt, self.app.window)
        self.pilot.until(lambda: self.app.window.page() or self.pilot.names(), "the first screen")
        self.app.enter(sign_in(self.app.store, profile, PIN))
        self.rest()

    def rest(self):
        self.pilot.settle(self.app.jobs.idle)

    def click(self, *names):
        for name in names:
            self.pilot.click(name)
            self.rest()

    def words(self):
        shown = (QLabel, Elided, Pill)
        found = [one for kind in shown for one in self.app.window.findChildren(kind) if one.isVisible()]
        return " | ".join(one.accessibleName() if isinstance(one, Pill) else one.text() for one in found)

    def exchanges(self):
        """Press *Kirim sekarang*, and wait for the centre."""
        cycle = self.app.session.road.cycle
        before = cycle.totals
        self.click("rail_exchange", "send_now")
        self.pilot.until(lambda: not cycle.busy and cycle.totals != before, "the centre")
        self.rest()

    def types(self, name, *lines):
        """Type line by line where several fit."""
        field = self.pilot.wait(name)
        self.pilot.press(field)
        QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(field, Qt.Key.Key_Delete)
        for at, words in enumerate(lines):
            if at:
                QTest.keyClick(field, Qt.Key.Key_Return)
            QTest.keyClicks(field, words)
        self.rest()

    def off(self):
        self.app.window.close()
        self.app.window.deleteLater()
        self.app.store.close()
        self.pc.on()


@pytest.fixture
def sits(qtbot):
    """Sit somebody down at a PC."""
    seats = []

    def sit(pc, profile):
        seats.append(Glass(pc, profile))
        return seats[-1]

    yield sit
    for seat in seats:
        seat.off()


@pytest.fixture
def office(town, tmp_path, cheap_pins):
    """The trainer's laptop, and the PC of the learners, whose keys the centre knows."""
    handed = town.office((COORDINATOR, ASKED, ABSENT, TUTI))
    laptop, loket = (Pc(tmp_path / name, f"PC {name}", handed) for name in ("laptop", "loket"))
    tuti = laptop.sit(TUTI)
    learners = [loket.sit(ASKED), loket.sit(ABSENT)]
    for _ in range(2):
        for one in (tuti, *learners):
            sent(one, town.url)
    tuti.close()
    return laptop, loket, tuti.profile, learners


def read_pdf(path):
    document = QPdfDocument()
    document.load(str(path))
    return " ".join(" ".join(document.getAllText(n).text().split()) for n in range(document.pageCount()))


def test_an_exam_by_clicks_from_its_codes_to_its_minutes(town, office, sits, tmp_path, monkeypatch):
    laptop, loket, tuti, (asked, _) = office
    pack = town.pack(rules=EXAM)
    for pc in (laptop, loket):
        pc.install(pack)
    glass = sits(laptop, tuti)
    glass.click("rail_grading", "grading_quizzes", "quiz_exams")
    assert "Belum ada ujian" in glass.words()

    glass.click("exam_new")
    glass.pilot.write("exam_place", "Aula Setda")
    glass.types("exam_nips", ASKED.nip, "199901012020121999")
    glass.click("exam_open")
    assert "NIP ini tidak ada di kantor ini: … 1999" in glass.words()
    assert glass.pilot.see("exam_place").text() == "Aula Setda", "what was typed is still there"
    glass.types("exam_nips", f"{spaced(ASKED.nip)}  {ASKED.name}", ABSENT.nip)
    glass.click("exam_open")
    said = glass.words()
    assert ASKED.name in said
    assert "Aula Setda, hadir 0 dari 2 orang" in said
    assert said.count("Belum dicatat") == 2
    code = glass.pilot.see("exam_code_0").text()

    # at the other PC, without any net between them
    quizzing = loket.learning(asked).quizzing
    attempt = quizzing.start(QUIZ, code)
    for view in attempt.questions:
        quizzing.answer(QUIZ, attempt.number, view.id, RIGHT[view.id], 20)
    quizzing.finish(QUIZ, attempt.number)

    glass.click("exam_here_1")
    assert "hadir 1 dari 2 orang" in glass.words()
    glass.pilot.write("exam_note", "Proyektor padam")
    glass.click("exam_absent_1")  # in the middle of a sentence
    note = glass.pilot.see("exam_note")
    assert isinstance(note, QLineEdit)
    assert note.text() == "Proyektor padam", "a tick takes nothing from a note that is being written"
    assert "Tidak hadir" in glass.words()
    glass.click("exam_note_save")
    assert "Proyektor padam" in glass.words()
    assert glass.pilot.see("exam_note").text() == ""
    glass.click("exam_note_save")
    assert "Catatan belum ditulis." in glass.words()

    sent(asked, town.url)
    glass.exchanges()
    glass.click("rail_grading")
    assert "Hadir, memakai kode" in glass.words()
    assert not glass.pilot.see("exam_here_0"), "who used their code was there: nothing to tick"

    target = tmp_path / "berita-acara.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    glass.click("exam_paper", "paper_save")
    glass.pilot.wait("paper_saved")
    paper = read_pdf(target)
    for words in (
        "Berita Acara Ujian",
        ASKED.name,
        ABSENT.name,
        "nilai 100",
        "Tidak hadir",
        "Proyektor padam",
    ):
        assert words in paper, words
    glass.click("paper_leave", "back")
    assert "Kuis akhir" in glass.words()
    assert not glass.pilot.see("exam_strays")


def test_a_trainer_finds_the_wrong_key_voids_it_and_reads_the_log(town, office, sits):
    laptop, loket, tuti, learners = office
    pack = town.pack("1.0", gift=gift("F"))
    for pc in (laptop, loket):
        pc.install(pack)
    for one, wrong in zip(learners, ({1, 2, 3}, {9}), strict=True):
        takes(loket, one, wrong=wrong)
        sent(one, town.url)
    glass = sits(laptop, tuti)
    glass.exchanges()
    glass.click("rail_grading", "grading_quizzes")
    assert "2 percobaan selesai" in glass.words()
    glass.click("quiz_0")
    said = glass.words()
    assert "Pernyataan 9" in said
    assert "Benar (1 orang)" in said, "what most gave where it was wrong"
    assert "(0 orang)" not in said
    assert not set(ASKED.name.split()) & set(said.split()), "no names"

    glass.click("void_8")
    assert "1 percobaan menjadi lulus." in glass.words()
    glass.click("void_question_go")
    assert "Alasan belum ditulis." in glass.words()
    reason = glass.pilot.wait("void_question_reason")
    assert isinstance(reason, QPlainTextEdit)
    QTest.keyClicks(reason, WHY)
    glass.click("void_question_go")
    assert not glass.pilot.see("void_question_sheet")
    said = glass.words()
    assert f"{WHY} (Anda, " in said
    assert "Riwayat hitung ulang (2)" in said
    assert "nilai 66,7 menjadi 72,7, tanpa soal 9" in said
    assert "nilai tetap 100, tanpa soal 9" in said
    assert "Menjadi lulus" in said
    assert not glass.pilot.see("void_8"), "a word that cannot be taken back is not offered twice"
    glass.click("back")
    assert "1 soal dibatalkan" in glass.words()

    glass.exchanges()
    for one in learners:
        sent(one, town.url)
    assert learners[0].standing().quizzes[QUIZ].passed, "it reached the learner's PC"
