"""A coordinator's month at the desk as the window runs it: whom to call, a word noted, and the report on paper."""

from io import BytesIO
from types import SimpleNamespace

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from desktop.app.desk_handover import minutes_of
from desktop.app.desk_report import letter_of
from desktop.app.desk_room import DeskRoom
from desktop.background.jobs import Jobs
from desktop.office.contacts import contacts
from desktop.office.exchange_stick import exchange
from desktop.office.lost_stick import report_lost
from desktop.office.merge import merge
from desktop.office.open_tasks import open_tasks
from desktop.office.person import person_file
from desktop.office.report_xlsx import report_xlsx
from desktop.office.round import note_sent
from desktop.people.vouching import finish, vouch, waiting_keys
from desktop.screens import style
from desktop.screens.office import FOLLOW, PEOPLE, REPORT
from desktop.screens.paper_sheet import PaperSize
from desktop.screens.style import Theme
from sync.folds.cohort import CohortState
from tests.builders.office import DINA, MARKUS, YOHANA, new_office
from tests.builders.round import Desk

DAY = 86_400
NAME = "Yohana Wenda"


class World:
    """One PC and the desk; a stick goes between them, and the room Kantor stands in a window."""

    def __init__(self, folder, window, jobs):
        office = new_office()
        self.jobs, self.window, self.said, self.noted = jobs, window, [], 0
        self.stick = folder / "stick"
        self.stick.mkdir()
        self.pc, self.desk = (Desk(folder / name, office, f"PC {name}") for name in ("Loket", "Meja"))
        self.markus, self.yohana = self.desk.sit(MARKUS), self.pc.sit(YOHANA)
        for place, one in ((self.desk, self.markus), (self.pc, self.yohana)):
            finish(place.store, one)
        self.pc.study(YOHANA, [1, 2, 3])
        self.pc.answer(YOHANA, "jawaban B")
        self.yohana.record(
            "quiz.finished", activity="layanan/m2/kuis", attempt=1, correct=1, total=2, score=5000, passed=0
        )
        self.yohana.record("quiz.power_loss", activity="layanan/m2/kuis", attempt=1, used=480, gone=10_800)
        self.desk.stick(self.stick).prepare()
        exchange(self.pc.store, self.pc.stick(self.stick))
        merge(self.markus, self.desk.stick(self.stick))
        (key,) = waiting_keys(self.markus)
        vouch(self.markus, key, self.yohana.person)
        window.say, window.go, window.page = self.said.append, lambda _room: None, lambda _room: None
        app = SimpleNamespace(window=window, jobs=jobs, sticks=tuple, store=self.desk.store, session=None)
        self.session = SimpleNamespace(
            app=app,
            profile=self.markus,
            road=None,
            noted=self._note,
            step=None,
            resume=None,
            homes=None,
            quiz_desk=lambda _names: SimpleNamespace(actions=lambda: None),
            exam_room=lambda *_names: SimpleNamespace(actions=lambda: None),
            shelf=SimpleNamespace(course=lambda *_key: None, find=lambda _key: None),
        )
        self.room = DeskRoom(self.session)

    def _note(self):
        self.noted += 1

    def off(self):
        self.pc.off()
        self.desk.off()


@pytest.fixture
def world(tmp_path, qtbot):
    style.apply(QApplication.instance(), Theme.LIGHT)
    window = QWidget()
    window.practising = False
    window.setLayout(QVBoxLayout())
    qtbot.addWidget(window)
    window.resize(1262, 700)
    jobs = Jobs()
    made = World(tmp_path, window, jobs)
    yield made
    assert jobs.close()
    made.off()


def shown(qtbot, world, tab):
    office = world.room.build()
    world.window.layout().addWidget(office)
    world.window.show()
    office.open(tab)
    qtbot.waitUntil(world.jobs.idle)
    QApplication.processEvents()


def child(world, name):
    return next((one for one in world.window.findChildren(QWidget, name) if one.isVisible()), None)


def press(qtbot, world, name):
    child(world, name).click()
    qtbot.waitUntil(world.jobs.idle)
    QApplication.processEvents()


def test_after_three_weeks_of_silence_yohana_is_to_be_called_and_the_word_is_kept(qtbot, world):
    world.desk.clock.wait(20 * DAY)
    shown(qtbot, world, FOLLOW)
    rows = [
        one.accessibleName()
        for one in world.window.findChildren(QWidget)
        if one.objectName().startswith("call_")
    ]
    (hers,) = [place for place, words in enumerate(rows) if words.startswith("Yohana")]
    assert "14 hari tidak aktif" in rows[hers]
    assert not any("Dina" in words for words in rows), "nothing is known of her: her PC is to be visited"
    press(qtbot, world, f"call_{hers}")
    child(world, "contact_note").setText("mulai lagi Senin")
    press(qtbot, world, "contact_save")
    assert contacts(world.markus)[world.yohana.person][0].note == "mulai lagi Senin"
    assert world.noted == 1
    assert child(world, f"call_{hers}").accessibleName().endswith("mulai lagi Senin")


def test_the_printed_list_and_the_report_are_drawn_from_what_came_by_stick(qtbot, world):
    report_lost(world.markus, "di kapal")
    shown(qtbot, world, REPORT)
    report = world.room._report.report()
    assert {one.name for one in report.computers} == {"PC Loket", "PC Meja"}
    by_name = {line.one.row.name: line for line in report.lines}
    assert by_name["Dina Kambuaya"].one.row.state is CohortState.BELUM_ADA_DATA
    assert by_name["Dina Kambuaya"].lacking is None
    assert [loss.about for loss in report.losses] == ["di kapal"]
    assert sum(week.people for week in report.weeks) >= 1
    drawn = world.room._report.draw(report, PaperSize.F4)
    assert drawn.pages >= 1
    assert letter_of(report).signers[-1].name == next(
        entry.name for entry in world.room.desk.people() if entry.person == world.markus.person
    )
    book = openpyxl.load_workbook(BytesIO(report_xlsx(report)))
    assert {cell.value for cell in book["Peserta"]["B"]} >= set(by_name)


def test_from_the_office_to_the_person_to_the_single_answer(qtbot, world):
    shown(qtbot, world, PEOPLE)
    table = child(world, "cohort_table")
    (row,) = [n for n in range(table.model().rowCount()) if table.model().index(n, 1).data() == NAME]
    table.model().index(row, 0)
    qtbot.mouseClick(
        table.viewport(),
        Qt.MouseButton.LeftButton,
        pos=table.visualRect(table.model().index(row, 0)).center(),
    )
    press(qtbot, world, "cohort_person")
    told = [one.text() for one in child(world, "person_quizzes").findChildren(QLabel)]
    assert any("nilai 50, 1 insiden listrik," in words for words in told), told
    assert any(words.startswith("Percobaan 1: nilai 50, ") and words.endswith("PC Loket") for words in told)
    press(qtbot, world, "answers_1")
    answers = [one.text() for one in child(world, "answers_of_1").findChildren(QLabel)]
    assert answers == ["Soal 2", "jawaban B", "9 detik"], "the question that statements call 1 is the second"
    press(qtbot, world, "answers_1")
    assert not [one for one in world.window.findChildren(QWidget, "answers_of_1") if one.isVisible()]
    pcs = [one.text() for one in child(world, "person_pcs").findChildren(QLabel)]
    assert "PC Loket" in pcs
    assert "belum dipastikan pusat" in " ".join(
        one.text() for one in child(world, "person_sums").findChildren(QLabel)
    )


def test_what_the_desk_knows_of_one_is_not_told_of_another(world):
    found = person_file(world.markus, world.markus.person)
    assert found.quizzes == ()
    assert found.stated == 0
    hers = person_file(world.markus, world.yohana.person)
    assert [one.standing.activity for one in hers.quizzes] == ["layanan/m2/kuis"]
    assert (hers.stated, hers.at_centre) == (6, 0)


def test_the_minutes_say_what_is_open_and_never_the_recovery_code(world):
    world.desk.clock.wait(20 * DAY)
    tasks = open_tasks(world.markus, world.room.renew(), world.room._follow.view().calls)
    assert not tasks.none
    assert tasks.carried > 0
    assert tasks.carried_bytes > 0
    assert tasks.unsent == world.markus.unsent() > 0
    assert tasks.follow == len(world.room._follow.view().calls) > 0
    paper = minutes_of(tasks, "Waropen", ("Markus", MARKUS), world.room.days())
    words = repr(paper)
    assert "Bagian hasil komputer lain untuk pusat" in words
    assert all(code not in words for code in world.desk.office.codes.values())
    assert paper.signers[0].name == "Markus"
    assert "PC Loket" not in {one.name for one in tasks.left}
    note_sent(world.desk.store)
    later = open_tasks(world.markus, world.room.renew(), ())
    assert "PC Loket" in {one.name for one in later.left}
    assert world.room._report.actions().handover(PaperSize.A4).pages == 1


def test_no_name_and_no_note_lies_in_clear_in_the_folders(qtbot, world):
    shown(qtbot, world, FOLLOW)
    press(qtbot, world, "call_0")
    child(world, "contact_note").setText("CATATAN-RAHASIA")
    press(qtbot, world, "contact_save")
    exchange(world.desk.store, world.desk.stick(world.stick))
    for folder in (world.desk.folder, world.stick):
        for file in folder.rglob("*"):
            if file.is_file():
                data = file.read_bytes()
                assert not [
                    word for word in (b"CATATAN-RAHASIA", YOHANA.encode(), DINA.encode()) if word in data
                ]
