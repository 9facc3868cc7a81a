"""Mode latihan to its end: a new coordinator goes the whole round by clicks, as the banner says, and leaves nothing."""

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.demo import practice_walk
from desktop.demo.people import COORDINATOR, LEARNERS, PIN
from desktop.demo.pilot import Pilot
from desktop.demo.practice import PEOPLE, practice_office
from desktop.demo.practice_steps import STEPS
from desktop.demo.practice_walk import PracticeWalk
from desktop.demo.world import FIRST_PC, SECOND_PC, THIRD_PC, World
from desktop.errors import Problem
from desktop.office.exchange_stick import exchange
from sync.client.stick import Stick, StickState
from tests.builders.road import JP, Pc, desk_row

DORCE, FERDINAND = LEARNERS[1], LEARNERS[2]
NEW_PIN = "730264"


class SmallOffice(World):
    """The practice office with a small course, at the centre of all stories; all else is as it is."""

    def __init__(self, folder, town):
        super().__init__(folder, town.centre)
        self._town = town

    def found(self, tell):
        self.stick.mkdir(parents=True)
        pack = self._town.pack()
        shutil.copy(pack, self.stick)
        handed = self._town.office(PEOPLE)
        shutil.copy(handed.file, self.office)
        self.packs, self.codes = (pack,), handed.codes


class Trainee:
    """A new coordinator before the practice window, wherever it is."""

    def __init__(self, qt, walk):
        self.qt, self.walk = qt, walk

    @property
    def pilot(self):
        return Pilot(self.qt, self.walk.app.window)

    def rest(self):
        self.pilot.until(self.walk.app.jobs.idle, "rest")
        self.pilot.live()

    def click(self, *names):
        for name in names:
            self.pilot.click(name)
            self.rest()

    def goes_to(self, name):
        before = self.walk.app
        others = [one for one in self.walk.rooms if one != self.walk.here]
        self.pilot.click("practice_walk")
        self.pilot.choose(f"practice_to_{others.index(name)}")
        self.pilot.until(lambda: self.walk.app is not before, name)
        self.pilot.wait("stick_exchange")
        self.rest()
        assert f"Anda di {name}" in self.pilot.wait("practice_said").text()

    def chooses(self, person):
        self.pilot.wait("tile_other")
        words = person.name.split()
        self.click(f"tile_{words[0][0]}{words[-1][0]}")

    def signs_in_as(self, person):
        self.chooses(person)
        self.pilot.write("pin", PIN)
        self.pilot.key(Qt.Key.Key_Return)
        self.pilot.wait("rail_home")
        self.rest()

    def told(self, number, part):
        """Wait until the banner names this step."""
        self.reads("practice_next", f"Langkah {number} dari {len(STEPS)}")
        self.reads("practice_next", part)

    def opens_tab(self, words):
        bar = self.pilot.wait("office_tabs")
        at = next(place for place in range(bar.count()) if bar.tabText(place) == words)
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(at).center())
        self.rest()

    def hours_of(self, person):
        """What the desk's table says, as it stands on the glass by now."""
        return desk_row(self.walk.app.session.profile, person).jp

    def reads(self, name, part):
        def said():
            found = self.pilot.see(name)
            return found is not None and part in (found.accessibleName() or found.text())

        self.pilot.until(said, f"{name}: {part}")


@pytest.fixture
def world(town, tmp_path, cheap_pins):
    return SmallOffice(tmp_path / "latihan", town)


@pytest.fixture
def trainee(world, qapp, monkeypatch):
    monkeypatch.setattr(practice_walk, "LOOK_EVERY_MS", 100)
    rooms = practice_office(world, lambda _words: None)
    walk = PracticeWalk(qapp, world.folder, rooms, world.stick, PIN)
    walk.sit(next(iter(rooms)))
    yield Trainee(qapp, walk)
    walk.end()
    QApplication.setQuitOnLastWindowClosed(True)


def names(stick):
    return {one.relative_to(stick) for one in stick.rglob("*")}


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
def test_a_new_coordinator_practises_the_whole_round_by_clicks(trainee, town, tmp_path, monkeypatch):
    paper = tmp_path / "laporan.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(paper), ""))

    trainee.told(1, COORDINATOR.nickname)
    trainee.signs_in_as(COORDINATOR)
    trainee.told(2, FIRST_PC)
    trainee.click("rail_exchange")
    trainee.reads("round_road", "Langkah 1 dari 4: Keliling komputer (1/3)")
    trainee.goes_to(FIRST_PC)
    trainee.click("stick_exchange", "visit_prepare", "visit_go", "visit_finish")
    trainee.told(3, SECOND_PC)
    trainee.goes_to(SECOND_PC)
    trainee.click("stick_exchange", "visit_go", "visit_finish")

    trainee.told(4, "Gabungkan")
    trainee.goes_to(THIRD_PC)
    trainee.signs_in_as(COORDINATOR)
    trainee.click("rail_exchange")
    trainee.reads("round_title", "Ada hasil dari 2 komputer.")
    trainee.click("round_go")
    trainee.told(5, "Kirim dan ambil")
    trainee.reads("round_road", "Langkah 3 dari 4: Ke pusat")
    trainee.click("round_go")
    trainee.reads("round_road", "Langkah 4 dari 4: Keliling lagi")

    for number, name in ((6, FIRST_PC), (7, SECOND_PC)):
        trainee.told(number, name)
        trainee.goes_to(name)
        trainee.click("stick_exchange", "visit_go", "visit_finish")
    trainee.told(8, "sekali lagi")
    trainee.goes_to(THIRD_PC)
    trainee.signs_in_as(COORDINATOR)
    trainee.click("rail_exchange", "round_go")

    trainee.told(9, "Laporan")
    trainee.click("rail_office")
    assert trainee.pilot.see("office_trail") is not None
    assert trainee.pilot.see("office_practise") is None, "practice within practice"
    assert trainee.hours_of(FERDINAND) == JP
    trainee.opens_tab("Laporan")
    trainee.click("report_print", "paper_save")
    trainee.told(10, DORCE.nickname)
    assert paper.read_bytes().startswith(b"%PDF")

    trainee.click("paper_leave")
    trainee.opens_tab("Akun && PIN")
    trainee.pilot.write("accounts_search", DORCE.name)
    trainee.click("person_0", "show_code_0")
    code = trainee.pilot.wait("reset_code").text()
    trainee.told(11, "Lupa PIN")
    trainee.goes_to(FIRST_PC)
    trainee.chooses(DORCE)
    trainee.click("forgot_pin")
    for field, words in (("reset_code", code), ("new_pin", NEW_PIN), ("new_pin_again", NEW_PIN)):
        trainee.pilot.write(field, words)
    trainee.click("reset_pin")
    trainee.pilot.wait("rail_home")

    trainee.told(12, "hilang")
    trainee.goes_to(THIRD_PC)
    trainee.signs_in_as(COORDINATOR)
    trainee.click("rail_exchange", "report_lost", "loss_send")
    trainee.reads("practice_next", "Semua langkah sudah dilatih")

    # The practice stick at a PC of a real office: nothing goes on it, nothing comes off it.
    real = Pc(tmp_path / "nyata", "PC Arsip", town.office((COORDINATOR, FERDINAND)))
    try:
        root = trainee.walk.stick
        stick, before = Stick(root, real.store.office()), names(root)
        assert stick.look() is StickState.OTHER_OFFICE
        with pytest.raises(Problem):
            exchange(real.store, stick)
        assert names(root) == before
        assert not real.store.visits.all()

        # The planted fault: a PC that does not look whose the stick is would write on it.
        monkeypatch.setattr(Stick, "_whose", lambda _self: StickState.OURS)
        exchange(real.store, stick)
        assert names(root) != before
    finally:
        real.off()
