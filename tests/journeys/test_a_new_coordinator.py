"""A new coordinator's first round by clicks and keys alone: the stick is pulled, swapped, and the line is cut."""

import shutil
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt

from desktop.app.application import Application
from desktop.app.learning import Learning
from desktop.demo.people import COORDINATOR, LEARNERS, PIN
from desktop.demo.pilot import Pilot
from desktop.demo.ways import Ways
from desktop.paths import Folders
from sync.client.stick_disk import RealDisk
from tests.builders.cable import Cable
from tests.builders.road import COURSE, JP, read_all, take_quiz

LEARNER = LEARNERS[1]
LOKET, MEJA = "PC Loket 1", "PC Sekretariat"


class Hand:
    """The hand on the stick: it pulls it just before the so-many-th file of a sort would be whole."""

    def __init__(self, monkeypatch) -> None:
        self._sort, self._left = "", 0
        real = RealDisk.rename

        def rename(disk, source, target):
            if self._sort and target.name.startswith(self._sort):
                self._left -= 1
                if self._left < 0:
                    raise OSError(19, "No such device")
            real(disk, source, target)

        monkeypatch.setattr(RealDisk, "rename", rename)

    def pull(self, sort, after=0) -> None:
        self._sort, self._left = sort, after

    def leave(self) -> None:
        self._sort = ""


class Round:
    """The office's PCs, one stick, and the line to town."""

    def __init__(self, folder, handed, stick) -> None:
        self.folder, self.handed, self.stick = folder, handed, stick

    @contextmanager
    def at(self, name, qt):
        """Sit down before a PC; get up again whatever happened."""
        home = self.folder / name
        app = Application(qt, Folders(home / "data", home / "kunci", shared=True), lambda: (self.stick,))
        app.open()
        seat = Seat(app, Pilot(qt, app.window))
        try:
            yield seat
        finally:
            app.window.close()
            app.window.deleteLater()


class Seat:
    """Somebody before one PC."""

    def __init__(self, app, pilot) -> None:
        self.app, self.pilot = app, pilot
        self.ways = Ways(app, pilot)

    def rest(self) -> None:
        self.pilot.settle(self.app.jobs.idle)

    def words(self, name) -> str:
        return self.pilot.wait(name).accessibleName()

    def reads(self, name, part) -> None:
        """Wait until a line on the glass says so."""

        def said():
            found = self.pilot.see(name)
            return found is not None and part in (found.accessibleName() or found.text())

        self.pilot.until(said, f"{name}: {part}", patience=15)

    def first_run(self, name) -> None:
        self.pilot.wait("office_card")
        self.pilot.write("pc_name", name)
        self.pilot.click("prepare")

    def sign_up(self, person, code) -> None:
        self.pilot.click("tile_other")
        self.pilot.write("nip", person.nip)
        self.pilot.key(Qt.Key.Key_Return)
        self.pilot.write("birth", person.birth.strftime("%d-%m-%Y"))
        self.pilot.write("enrolment_code", code)
        self.pilot.write("nickname", person.nickname)
        self.pilot.write("pin_new", PIN)
        self.pilot.write("pin_again", PIN)
        self.pilot.key(Qt.Key.Key_Return)
        self.pilot.wait("rail_home")
        self.rest()

    def install(self) -> None:
        self.pilot.click("rail_learn")
        self.pilot.click("installFirst")
        self.pilot.click("found0")
        self.pilot.click("confirmInstall")
        self.pilot.wait(f"open_{COURSE}")
        self.rest()

    def study(self) -> None:
        learning = Learning(self.app.session.profile, self.app.session.shelf, lambda: None)
        read_all(learning)
        take_quiz(learning)

    def sign_in(self) -> None:
        self.pilot.write("pin", PIN)
        self.pilot.key(Qt.Key.Key_Return)
        self.pilot.wait("rail_home")
        self.rest()


@pytest.fixture
def cable(centre):
    with Cable(centre.url) as line:
        line.broken = True
        yield line


@pytest.fixture
def walk(town, cable, tmp_path, cheap_pins):
    stick = tmp_path / "FLASHDISK"
    stick.mkdir()
    handed = town.office((COORDINATOR, *LEARNERS[:3]), url=cable.url)
    shutil.copy(handed.file, stick)
    shutil.copy(town.pack(), stick)
    return Round(tmp_path, handed, stick)


def other_stick(town, tmp_path):
    """A stick that belongs to another office."""
    folder = tmp_path / "LAIN"
    (folder / "SULUH").mkdir(parents=True)
    handed = town.office((COORDINATOR, LEARNERS[4]))
    shutil.copy(handed.file, folder / "SULUH" / "kantor.suluh-kantor")
    return folder, handed.name


def names(folder):
    return sorted(path.relative_to(folder) for path in folder.rglob("*"))


@contextmanager
def swapped(stick, other):
    """The other stick is in the same slot, under the same letter, as long as this lasts."""
    pocket = stick.with_name("SAKU")
    stick.rename(pocket)
    other.rename(stick)
    yield
    stick.rename(other)
    pocket.rename(stick)


def test_the_first_round_of_a_new_coordinator(walk, town, cable, tmp_path, monkeypatch, qapp):
    hand, (stranger, other) = Hand(monkeypatch), other_stick(town, tmp_path)
    untouched = names(stranger)

    # A learner's PC: first run by the office file on the stick, a code, study; then the screen locks.
    with walk.at(LOKET, qapp) as loket:
        loket.first_run(LOKET)
        loket.sign_up(LEARNER, walk.handed.codes[LEARNER.nip])
        loket.install()
        loket.study()
        loket.ways.stay_away()
        loket.rest()

        # The coordinator at the locked screen: prepared, swapped for another office's, pulled, done.
        loket.pilot.click("stick_exchange")
        loket.pilot.click("visit_prepare")
        loket.pilot.wait("visit_go")
        loket.rest()
        with swapped(walk.stick, stranger):
            loket.pilot.click("visit_go")
            told = "Flashdisk ini milik kantor " + other.removeprefix("Kantor ")
            assert f"{told}. Tidak ada yang disalin" in loket.words("visit_problem")
        assert names(stranger) == untouched
        hand.pull("k-")
        loket.pilot.click("visit_again")
        assert "Data di komputer ini aman" in loket.words("visit_problem")
        hand.leave()
        loket.pilot.click("visit_again")
        loket.pilot.click("visit_finish")
        assert list((walk.stick / "SULUH").glob("k-*.suluh"))

    # The coordinator's own PC, as new as the coordinator: merge, and to town.
    with walk.at(MEJA, qapp) as meja:
        meja.first_run(MEJA)
        meja.sign_up(COORDINATOR, walk.handed.codes[COORDINATOR.nip])
        meja.pilot.click("rail_exchange")
        meja.reads("round_title", "Ada hasil dari 1 komputer.")
        meja.pilot.click("round_go")
        meja.reads("round_road", "Langkah 3 dari 4: Ke pusat")
        assert "0 perlu diperiksa. 1 orang baru" in meja.words("round_merged"), (
            "a code is judged at the centre"
        )
        meja.rest()
        cable.mend()
        cable.cut_up_after(700)
        meja.pilot.click("round_go")
        assert meja.words("round_problem")
        assert meja.words("round_road") == "Langkah 3 dari 4: Ke pusat"
        meja.rest()
        cable.mend()
        hand.pull("p-")
        meja.pilot.click("round_problem_retry")
        meja.reads("round_problem", "Flashdisk tercabut")
        hand.leave()
        meja.rest()
        meja.pilot.click("round_problem_retry")
        meja.reads("round_road", "Langkah 4 dari 4: Keliling lagi")
        meja.rest()
        assert meja.pilot.see("round_newcomers") is None, "the centre has judged the code meanwhile"
    assert town.row(walk.handed, LEARNER)["jp"] == JP

    # Home again: at the locked PC, and the learner is told.
    cable.broken = True
    with walk.at(LOKET, qapp) as loket:
        loket.pilot.click("stick_exchange")
        loket.pilot.click("visit_go")
        loket.pilot.click("visit_finish")
        loket.sign_in()
        loket.reads("status_words", "Semua sudah diterima pusat")
        loket.reads("resume_title", "Tidak ada yang perlu dilanjutkan")
