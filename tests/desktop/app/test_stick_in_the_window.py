"""A stick's round through the real window: a locked PC gives its work, the coordinator merges it."""

import errno
import threading

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.app.application import Application
from desktop.demo.pilot import Pilot
from desktop.store.device import Store
from sync.client.stick_disk import RealDisk
from tests.builders.office import MARKUS, YOHANA, new_office
from tests.builders.round import PIN, Desk


class Seat:
    """Somebody before the window of a PC that has been used before."""

    def __init__(self, desk: Desk, stick) -> None:
        desk.store.put_setting("place", "Kantor Distrik, WIT")
        desk.off()
        self.stick = stick
        self.plugged = self.here = True
        qt = QApplication.instance()
        self.app = Application(qt, desk.store.folders, lambda: (self.stick,) if self.plugged else ())
        self.app.open()
        self.pilot = Pilot(qt, self.app.window)
        self.pilot.wait("stick_exchange")

    def rest(self) -> None:
        self.pilot.settle(self.app.jobs.idle)

    def words(self, name: str) -> str:
        return self.pilot.wait(name).accessibleName()

    def up(self) -> None:
        """Get up: the window closes, once."""
        if self.here:
            self.here = False
            self.app.window.close()
            self.app.window.deleteLater()


@pytest.fixture
def office():
    return new_office()


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "FLASHDISK"
    folder.mkdir()
    (folder / "liburan.jpg").write_bytes(b"gambar")
    return folder


@pytest.fixture
def sit(qtbot):
    seats = []

    def down(desk, stick) -> Seat:
        seats.append(Seat(desk, stick))
        return seats[-1]

    yield down
    for seat in seats:
        seat.up()


def used(folder, office, name, nip, pages=()):
    desk = Desk(folder, office, name)
    desk.sit(nip)
    if pages:
        desk.study(nip, pages)
    return desk


def exchange(seat) -> None:
    """Tukar data at a locked PC, by its buttons alone."""
    seat.pilot.click("stick_exchange")
    seat.pilot.until(lambda: seat.pilot.see("visit_prepare") or seat.pilot.see("visit_go"), "a stick")
    if seat.pilot.see("visit_prepare"):
        seat.pilot.click("visit_prepare")
    seat.pilot.click("visit_go")
    seat.pilot.click("visit_finish")


def test_a_locked_pc_gives_its_work_and_the_coordinator_merges_it(sit, tmp_path, office, stick):
    loket = sit(used(tmp_path / "loket", office, "PC Loket 1", YOHANA, range(4)), stick)
    exchange(loket)
    assert list((stick / "SULUH").glob("k-*.suluh"))
    assert (stick / "liburan.jpg").read_bytes() == b"gambar"
    loket.up()

    meja = sit(used(tmp_path / "meja", office, "PC Sekretariat", MARKUS), stick)
    meja.pilot.write("pin", PIN)
    meja.pilot.click("sign_in")
    meja.pilot.click("rail_exchange")
    meja.pilot.until(
        lambda: (made := meja.pilot.see("round_title")) and made.text() == "Ada hasil dari 1 komputer.",
        "merge",
    )
    meja.pilot.click("round_go")
    merged = meja.words("round_merged")
    assert "0 perlu diperiksa. 1 orang baru menunggu dikenali." in merged, "nobody has vouched for them yet"
    meja.pilot.until(
        lambda: meja.words("round_road") == "Langkah 3 dari 4: Ke pusat", "the way to the centre"
    )
    assert (stick / "KIRIM-KE-PUSAT.suluh").is_file()
    assert "PC Loket 1, dikunjungi dalam putaran ini" in meja.words("round_pc_0")


def test_a_stick_is_noticed_at_the_sign_in_and_the_pin_goes_on(sit, tmp_path, office, stick, monkeypatch):
    monkeypatch.setattr("desktop.app.stick_visits.LOOK_AFTER_MS", 0)
    first = sit(used(tmp_path / "loket", office, "PC Loket 1", YOHANA, range(2)), stick)
    first.plugged = False
    first.app.visits().visit.look()
    first.rest()
    exchange_later = first.pilot.wait("pin")
    QTest.keyClicks(exchange_later, "13")
    (stick / "SULUH").mkdir()
    (stick / "SULUH" / "kantor.suluh-kantor").write_bytes(office.raw)
    first.plugged = True
    first.app.visits().visit.look()
    first.pilot.wait("stick_notice")
    QTest.keyClicks(QApplication.focusWidget(), "5790")
    assert exchange_later.text() == PIN
    QTest.keyClick(exchange_later, Qt.Key.Key_Return)
    first.pilot.wait("rail_home")
    assert not list((stick / "SULUH").glob("k-*")), "nothing is copied before somebody says so"


def test_a_stick_that_is_gone_at_the_worst_moment_is_told_and_the_pc_has_everything(
    sit, tmp_path, office, stick, monkeypatch
):
    loket = sit(used(tmp_path / "loket", office, "PC Loket 1", YOHANA, range(4)), stick)
    waiting = len(loket.app.store.outbox.outgoing())
    real = RealDisk.rename

    def pulled(self, source, target):
        if target.name.startswith("k-"):
            raise OSError(5, "Input/output error")
        real(self, source, target)

    monkeypatch.setattr(RealDisk, "rename", pulled)
    loket.pilot.click("stick_exchange")
    loket.pilot.click("visit_prepare")
    loket.pilot.click("visit_go")
    assert "Flashdisk tercabut sebelum selesai. Data di komputer ini aman" in loket.words("visit_problem")
    assert len(loket.app.store.outbox.outgoing()) == waiting
    monkeypatch.setattr(RealDisk, "rename", real)
    loket.pilot.click("visit_again")
    loket.pilot.wait("visit_finish")
    assert list((stick / "SULUH").glob("k-*.suluh"))


class Hand:
    """Counts what is done with the stick, and pulls it when so much was done."""

    def __init__(self, monkeypatch) -> None:
        self.done, self.pull_at = 0, None
        for name in ("read", "write", "rename", "remove"):
            monkeypatch.setattr(RealDisk, name, self._watched(getattr(RealDisk, name)))

    def grab(self, pull_at=None) -> None:
        self.done, self.pull_at = 0, pull_at

    def _watched(self, real):
        def act(disk, *given):
            self.done += 1
            if self.pull_at is not None and self.done > self.pull_at:
                raise OSError(19, "No such device")
            return real(disk, *given)

        return act


def test_pulled_at_a_tenth_half_and_nearly_all_of_a_visit_it_is_told_and_the_next_try_ends_it(
    sit, tmp_path, office, stick, monkeypatch
):
    loket = sit(used(tmp_path / "loket", office, "PC Loket 1", YOHANA, range(4)), stick)
    hand, calm = Hand(monkeypatch), 0
    waiting = len(loket.app.store.outbox.outgoing())
    for share in (100, 10, 50, 99):
        loket.stick = tmp_path / f"STICK{share}"
        loket.stick.mkdir()
        (loket.stick / "liburan.jpg").write_bytes(b"gambar")
        loket.app.visits().visit.look()
        loket.pilot.click("stick_exchange")
        loket.pilot.click("visit_prepare")
        loket.pilot.wait("visit_go")
        loket.rest()
        hand.grab(calm * share // 100 if calm else None)
        loket.pilot.click("visit_go")
        if calm:
            assert "Data di komputer ini aman" in loket.words("visit_problem")
            assert loket.pilot.see("visit_finish") is None, "nobody says that it may be pulled"
            hand.grab()
            loket.pilot.click("visit_again")
        loket.pilot.wait("visit_finish")
        calm = calm or hand.done
        assert calm > 4
        loket.pilot.click("visit_finish")
        assert list((loket.stick / "SULUH").glob("k-*.suluh"))
        assert not list((loket.stick / "SULUH").glob(".tmp-*"))
        assert (loket.stick / "liburan.jpg").read_bytes() == b"gambar"
        assert len(loket.app.store.outbox.outgoing()) == waiting


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (errno.EROFS, "Flashdisk tidak dapat ditulisi. Pakai flashdisk lain."),
        (errno.ENOSPC, "Flashdisk penuh"),
    ],
)
def test_a_stick_that_turns_read_only_or_full_on_the_way_is_told_as_what_it_is(
    sit, tmp_path, office, stick, monkeypatch, fault, told
):
    loket = sit(used(tmp_path / "loket", office, "PC Loket 1", YOHANA, range(2)), stick)
    waiting = len(loket.app.store.outbox.outgoing())
    loket.pilot.click("stick_exchange")
    loket.pilot.click("visit_prepare")
    loket.pilot.wait("visit_go")
    loket.rest()

    def refused(_disk, _path, _data):
        raise OSError(fault, "no")

    monkeypatch.setattr(RealDisk, "write", refused)
    loket.pilot.click("visit_go")
    assert told in loket.words("visit_problem")
    assert loket.pilot.see("visit_finish") is None
    assert not list((stick / "SULUH").glob("k-*"))
    assert len(loket.app.store.outbox.outgoing()) == waiting


def test_the_window_closes_in_the_middle_of_a_visit_without_a_question(
    sit, tmp_path, office, stick, monkeypatch, qtbot
):
    loket = sit(used(tmp_path / "loket", office, "PC Loket 1", YOHANA, range(4)), stick)
    reached, go = threading.Event(), threading.Event()
    real = RealDisk.write

    def slow(self, path, data):
        if (stick / "SULUH" / "kantor.suluh-kantor").exists():
            reached.set()
            assert go.wait(30)
        real(self, path, data)

    monkeypatch.setattr(RealDisk, "write", slow)
    loket.pilot.click("stick_exchange")
    loket.pilot.click("visit_prepare")
    loket.pilot.click("visit_go")
    loket.pilot.until(reached.is_set, "the first copy")
    waiting = len(loket.app.store.outbox.outgoing())
    QTimer.singleShot(0, go.set)
    loket.app.window.close()
    assert not loket.app.window.isVisible()
    again = Store.open(loket.app.store.folders)
    assert len(again.outbox.outgoing()) == waiting > 0
    again.close()


def test_a_window_that_is_closed_at_once_looks_at_no_drives(sit, tmp_path, office, stick, qtbot):
    loket = sit(used(tmp_path / "loket", office, "PC Loket 1", YOHANA), stick)
    loket.app.window.close()
    qtbot.wait(1)  # whatever was planned for later meets a closed store, and says nothing


def test_pulled_in_the_middle_of_a_merge_it_is_told_and_the_next_try_counts_everything_once(
    sit, tmp_path, office, stick, monkeypatch
):
    loket = sit(used(tmp_path / "loket", office, "PC Loket 1", YOHANA, range(4)), stick)
    exchange(loket)
    loket.up()
    meja = sit(used(tmp_path / "meja", office, "PC Sekretariat", MARKUS), stick)
    meja.pilot.write("pin", PIN)
    meja.pilot.click("sign_in")
    meja.pilot.click("rail_exchange")
    meja.pilot.wait("round_go")
    meja.rest()
    hand = Hand(monkeypatch)
    hand.grab(2)
    meja.pilot.click("round_go")
    assert "Data di komputer ini aman" in meja.words("round_problem")
    assert not (stick / "KIRIM-KE-PUSAT.suluh").exists()
    hand.grab()
    meja.pilot.click("round_problem_retry")
    assert "4 data" in meja.words("round_merged") or "4 sudah ada" in meja.words("round_merged")
    meja.pilot.until((stick / "KIRIM-KE-PUSAT.suluh").is_file, "what goes to the centre")
