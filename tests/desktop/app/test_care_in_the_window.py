"""Damaged data, seen through the window: told, put back, looked after, and shown to a technician."""

import io
import json
import subprocess
import sys
import zipfile

import pytest
from PySide6.QtWidgets import QApplication

from desktop.app import caretaking
from desktop.app.application import Application
from desktop.app.health import health_zip
from desktop.demo.pilot import Pilot
from desktop.people.profiles import sign_in
from desktop.screens.choice import Combo
from desktop.store.facts import Scope
from desktop.store.health import Finding, look_after
from desktop.store.soundness import Verdict
from tests.builders.office import YOHANA
from tests.builders.own_pc import office
from tests.builders.round import PIN, Desk

__all__ = ["office"]
NICKNAME = "Yohanarahasia"
WHO = (YOHANA, "Yohana", NICKNAME, "PC-BU-SARI", "Waropen", "JAWABAN-RAHASIA")


@pytest.fixture
def pc(tmp_path, office):
    """A PC on which Yohana has worked, was copied, and has worked on."""
    desk = Desk(tmp_path, office, "PC-BU-SARI")
    desk.profile = desk.sit(YOHANA)
    desk.study(YOHANA, (0, 1, 2))
    desk.file, desk.key = desk.store.profile(desk.profile.profile).file, desk.profile.keys.database
    desk.store.care.copy(desk.file, desk.key)
    desk.store.care.copy("device.db")
    desk.before = set(desk.profile.facts(Scope.OWN))
    desk.answer(YOHANA)
    desk.who = desk.profile.profile
    return desk


@pytest.fixture
def window(qtbot, pc):
    """Open the application over the PC as it lies there; gives it with a pilot, and closes it."""
    opened = []

    def sit(*, sign=True):
        qt = QApplication.instance()
        app = Application(qt, pc.store.folders, tuple)
        opened.append(app)
        app.open()
        pilot = Pilot(qt, app.window)
        pilot.until(lambda: pilot.see("sign_in_screen"), "the first screen")
        pilot.settle(app.jobs.idle)
        if sign:
            app.enter(sign_in(app.store, pc.who, PIN))
            pilot.settle(app.jobs.idle)
        return app, pilot

    yield sit
    for app in opened:
        app.window.close()
        app.window.deleteLater()


def words(pilot, name):
    from PySide6.QtWidgets import QLabel

    return " ".join(one.text() for one in pilot.wait(name).findChildren(QLabel))


def test_damaged_data_comes_back_from_the_backup_and_its_person_is_told_once(pc, window):
    pc.off()
    path = pc.store.folders.data / pc.file
    path.write_bytes(path.read_bytes()[:9000])
    app, pilot = window()
    told = words(pilot, "problem_sheet")
    assert "Data Anda dipulihkan dari cadangan" in told
    assert "belum tampak di komputer ini" in told
    assert "disisihkan, tidak dihapus" in told
    own = app.session.profile.facts(Scope.OWN)
    assert set(own) >= pc.before
    assert "quiz.answered" not in {one.statement.kind for one in own}
    pilot.click("problem_ok")
    app.enter(sign_in(app.store, pc.who, PIN))
    pilot.settle(app.jobs.idle)
    assert pilot.see("problem_sheet") is None
    app.session.visit("settings")
    pilot.settle(app.jobs.idle)
    assert "pernah dipulihkan" in pilot.wait("backup_restored").text()


def test_a_damaged_database_of_the_pc_is_told_on_the_sign_in_screen(pc, window):
    pc.off()
    (pc.store.folders.data / "device.db").write_bytes(b"")
    app, pilot = window(sign=False)
    assert "Data komputer ini dipulihkan dari cadangan" in words(pilot, "problem_sheet")
    assert len(app.store.tiles()) == 1


def test_after_a_power_cut_everything_is_read_behind_the_screen_and_damage_is_told(pc, window):
    pc.store.care.begin()
    pc.profile.close()
    pc.store.device.close()  # and the power went
    app, pilot = window()
    assert app.store.care.is_unchecked("device.db")
    app.care().look()
    pilot.settle(app.jobs.idle)
    assert not app.store.care.is_unchecked("device.db")
    assert not app.store.care.is_unchecked(pc.file)
    assert pilot.see("problem_sheet") is None
    app.store.put_setting("unchecked", pc.file)
    path = pc.store.folders.data / pc.file
    data = bytearray(path.read_bytes())
    for at in range(8192 + 100, len(data), 4096):
        data[at] ^= 1
    path.write_bytes(data)
    app.care().look()
    pilot.settle(app.jobs.idle)
    assert "tidak terbaca" in words(pilot, "problem_sheet")
    assert app.store.care.is_damaged(pc.file)
    pilot.click("problem_ok")
    app.switch_user()
    pilot.settle(app.jobs.idle)
    app.enter(sign_in(app.store, pc.who, PIN))
    pilot.settle(app.jobs.idle)
    assert "dipulihkan" in words(pilot, "problem_sheet")
    assert set(app.session.profile.facts(Scope.OWN)) >= pc.before


def test_a_quiet_minute_makes_the_backup_of_a_new_day(pc, window):
    pc.off()
    for copy in pc.store.care.copies(pc.file):
        copy.path.unlink()
    app, pilot = window()
    app.session.playing = lambda: True  # nobody's recording stutters for it
    app.care().look()
    pilot.settle(app.jobs.idle)
    assert app.store.care.copies(pc.file) == ()
    del app.session.playing
    app.care().look()
    pilot.settle(app.jobs.idle)
    assert len(app.store.care.copies(pc.file)) == 1


def test_a_backup_is_made_and_put_back_by_a_button_with_the_pin(pc, window):
    pc.off()
    app, pilot = window()
    everything = set(app.session.profile.facts(Scope.OWN))
    app.session.visit("settings")
    pilot.settle(app.jobs.idle)
    pilot.click("backup_make")
    pilot.settle(app.jobs.idle)
    assert app.store.care.copies(pc.file)[0].number == 2
    pc.people = {YOHANA: app.session.profile}
    pc.study(YOHANA, (9,))
    pilot.click("backup_restore")
    pilot.write("restore_pin", "999999")
    pilot.click("restore_go")
    pilot.wait("restore_problem")
    first = app.session
    assert set(first.profile.facts(Scope.OWN)) > everything
    pilot.write("restore_pin", PIN)
    pilot.click("restore_go")
    pilot.until(lambda: app.session is not first, "signed in anew")
    pilot.settle(app.jobs.idle)
    again = app.session.profile.facts(Scope.OWN)
    assert set(again) >= everything
    assert 9 not in {one.statement.fields.get("page") for one in again}
    assert app.store.care.aside() == 1
    assert "dipulihkan" in words(pilot, "problem_sheet")


def test_the_health_sheet_shows_its_list_and_saves_a_zip(pc, window, tmp_path, monkeypatch):
    pc.off()
    app, pilot = window()
    monkeypatch.setattr(caretaking, "_where", lambda _parent: str(tmp_path / "cek.zip"))
    app.session.visit("settings")
    pilot.settle(app.jobs.idle)
    pilot.click("health_open")
    pilot.settle(app.jobs.idle)
    assert "Data Anda: utuh" in words(pilot, "health_sheet")
    pilot.click("health_save")
    pilot.settle(app.jobs.idle)
    pilot.wait("health_saved")
    assert zipfile.ZipFile(tmp_path / "cek.zip").namelist() == ["kesehatan.json", "kesehatan.txt"]
    pilot.click("health_leave")
    assert isinstance(pilot.until(lambda: pilot.find(Combo), "Setelan again"), Combo)


def opened_zip(data):
    packed = zipfile.ZipFile(io.BytesIO(data))
    return b"\n".join([*map(packed.read, packed.namelist()), *map(str.encode, packed.namelist()), data])


def test_the_zip_names_nobody(pc, tmp_path):
    stick = tmp_path / f"STIK {NICKNAME} {YOHANA}"
    stick.mkdir()
    pc.store.change_profile(pc.who, nickname=NICKNAME)
    pc.store.put_setting("restored_device.db", "1795000000 1795000000")
    found = look_after(pc.store, [stick, tmp_path / "gone" / YOHANA], "0.1.0", (pc.file, pc.key))
    text = opened_zip(health_zip(found))
    leaks = [*WHO, pc.file, pc.who.hex(), str(tmp_path), pc.store.folders.data.name + "/"]
    assert [word for word in leaks if word.encode() in text] == []
    names = [one.name for one in found]
    assert names == [
        "disk",
        "clock",
        "device",
        "profile_1",
        "backups",
        "exchange",
        "stick",
        "stick",
        "versions",
    ]
    assert [one.good for one in found if one.name == "stick"][1] is False
    assert list(stick.iterdir()) == []  # what was tried on the stick is gone
    held = json.loads(zipfile.ZipFile(io.BytesIO(health_zip(found))).read("kesehatan.json"))
    assert held["findings"][3]["verdict"] == Verdict.SOUND.name
    pc.off()


def test_planted_fault_a_name_in_a_finding_would_be_seen():
    text = opened_zip(health_zip([Finding("disk", good=True, title="x", facts={"pc": NICKNAME})]))
    assert NICKNAME.encode() in text


def test_a_clock_that_fell_behind_and_work_that_waits_are_amber(pc):
    store = pc.store
    store.saw_time(store.clock.wall() + 3600)
    found = {one.name: one for one in look_after(store, [], "0.1.0")}
    assert not found["clock"].good
    assert not found["exchange"].good
    assert found["profile_1"].good  # locked, and nothing is known against it
    assert found["device"].facts["verdict"] == "SOUND"
    pc.off()


def test_the_command_tells_the_same_without_a_window(pc, tmp_path):
    pc.off()
    (tmp_path / "kunci").rename(tmp_path / "data.kunci")
    out = tmp_path / "cek.zip"
    command = [
        sys.executable,
        "-m",
        "desktop",
        "health",
        "--data",
        str(pc.store.folders.data),
        "--out",
        str(out),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode in {0, 1}, done.stderr
    assert "Data komputer ini: utuh" in done.stdout
    text = opened_zip(out.read_bytes()) + done.stdout.encode()
    assert [word for word in WHO if word.encode() in text] == []


def test_the_command_speaks_where_the_data_do_not_open(pc, tmp_path):
    pc.off()
    (tmp_path / "kunci").rename(tmp_path / "data.kunci")
    data = pc.store.folders.data
    (data / "device.db").write_bytes(b"")
    for copy in (data / "cadangan").iterdir():
        copy.unlink()
    out = tmp_path / "cek.zip"
    command = [sys.executable, "-m", "desktop", "health", "--data", str(data), "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1, done.stderr
    assert "rusak" in done.stdout
    assert b'"reason": "DAMAGED"' in opened_zip(out.read_bytes())
