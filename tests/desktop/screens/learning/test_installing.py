"""Installing a pack: everything is told before anything is copied, and it can be stopped."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.errors import explain
from desktop.screens.install_pack import InstallPack, _seconds_left
from desktop.screens.pack_views import FoundPack, PackState
from desktop.screens.sheet import Sheet
from sync.refusal import Code, Refusal
from tests.fakes.learning import PREVIEW

FOUND = FoundPack(Path("/media/stick/kik.suluh"), "kik.suluh", 48_000_000, "Flashdisk BPSDM")
OTHER = FoundPack(Path("/media/stick/ebk.suluh"), "ebk.suluh", 31_000_000, "Flashdisk BPSDM")


def words(room, name: str) -> str:
    found = room.find(name)
    labels = found.findChildren(QLabel)
    return " ".join([found.accessibleName(), *(made.text() for made in labels)])


def look_at(room, world, *found) -> None:
    world.packs = found
    room.click("installPack")
    room.click("found0")


def test_what_a_pack_holds_is_told_before_anything_is_copied(room, world):
    look_at(room, world, FOUND, OTHER)
    told = words(room, "previewPack")
    for part in (
        "Pasang Keamanan Informasi Kantor?",
        "Versi 1.2, 48 MB",
        "3 modul, 22 halaman",
        "2 JP",
        "2 video dengan teks video (takarir)",
        "1 kuis, 20 soal",
        "Asli: ditandatangani BPSDM Provinsi",
        "Perubahan dari versi 1.1: perbaikan soal 9",
        "Peserta yang sedang mengerjakan kuis menyelesaikan versi lama.",
        "perlu 48 MB, tersedia 38 GB",
        "1 paket lain di flashdisk ini, 31 MB",
    ):
        assert part in told
    assert world.recorded == []


def test_an_installed_pack_is_said_and_stands_on_the_shelf(room, world):
    said = []
    room.screen.said.connect(said.append)
    look_at(room, world, FOUND)
    world.go.set()
    room.press(Qt.Key.Key_Space)  # the focus is on *Pasang paket*
    assert said == ["Keamanan Informasi Kantor sudah terpasang dan diperiksa."]
    assert room.has("course_new")


def test_batal_stops_the_copying_and_leaves_the_shelf_as_it_was(room, world):
    look_at(room, world, FOUND)
    room.qtbot.mouseClick(room.find("confirmInstall"), Qt.MouseButton.LeftButton)
    room.qtbot.waitUntil(lambda: room.has("installWords"))
    room.qtbot.mouseClick(room.find("cancelInstall"), Qt.MouseButton.LeftButton)
    assert room.text("installWords") == "Membatalkan"
    world.go.set()
    room.rest()
    assert world.recorded == [("cancelled",)]
    assert not room.has("installing")
    assert not room.has("course_new")


def lock(room, name: str) -> None:
    """Do what the window does when it locks: every sheet is closed, nobody is asked."""
    for sheet in room.window.findChildren(Sheet, name):
        sheet.finish()


def test_a_lock_while_choosing_ends_it_and_no_sheet_comes_back(room, world):
    room.click("installPack")
    flow = next(made for made in room.window.children() if isinstance(made, InstallPack))
    lock(room, "choosePack")
    world.packs = (FOUND,)
    flow._look()
    room.rest()
    assert not room.has("choosePack")
    assert room.screen.help_page() == "belajar"


def test_a_lock_while_a_pack_is_checked_ends_it_too(room, world):
    world.packs = (FOUND,)
    room.click("installPack")
    room.qtbot.mouseClick(room.find("found0"), Qt.MouseButton.LeftButton)
    lock(room, "checkPack")
    room.rest()
    assert not room.has("previewPack")


def test_a_lock_in_the_middle_of_copying_lets_it_finish(room, world):
    said = []
    room.screen.said.connect(said.append)
    look_at(room, world, FOUND)
    room.qtbot.mouseClick(room.find("confirmInstall"), Qt.MouseButton.LeftButton)
    room.qtbot.waitUntil(lambda: room.has("installWords"))
    lock(room, "installing")
    world.go.set()
    room.rest()
    assert world.recorded == [("installed", "Keamanan Informasi Kantor")]
    assert said


@pytest.mark.parametrize(
    ("done", "passed", "left"),
    [(0, 9, 0), (10, 1, 0), (50, 5, 5), (10, 10, 90), (99, 50, 0), (100, 50, 0), (3, 4, 130)],
)
def test_how_long_it_still_takes_is_said_when_it_is_no_guess(done, passed, left):
    assert _seconds_left(done, 100, passed) == left


def test_escape_in_the_middle_of_copying_is_batal_too(room, world):
    look_at(room, world, FOUND)
    room.qtbot.mouseClick(room.find("confirmInstall"), Qt.MouseButton.LeftButton)
    room.qtbot.waitUntil(lambda: room.has("installWords"))
    room.qtbot.keyClick(room.find("cancelInstall"), Qt.Key.Key_Escape)
    world.go.set()
    room.rest()
    assert world.recorded == [("cancelled",)]


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (
            Refusal(Code.PUBLISHER),
            "Asal paket ini tidak dapat dipastikan, jadi tidak dipasang. Hubungi koordinator",
        ),
        (Refusal(Code.MALFORMED), "Berkas rusak saat disalin. Data Anda tidak berubah. Salin ulang"),
        (Refusal(Code.STALE, installed="1.3"), "Versi 1.3 sudah terpasang dan lebih baru."),
    ],
)
def test_a_refused_pack_is_worded_and_another_may_be_chosen(room, world, refusal, said):
    world.refuse = explain(refusal)
    look_at(room, world, FOUND)
    assert said in room.find("packRefused").accessibleName()
    world.refuse = None
    room.click("chooseOther")
    assert room.has("choosePack")


def test_too_little_space_is_said_before_copying(room, world):
    world.preview = replace(PREVIEW, needed=400_000_000, free=180_000_000, state=PackState.NEW)
    look_at(room, world, FOUND)
    assert "perlu 400 MB, tersedia 180 MB" in words(room, "previewPack")
    assert room.has("noSpace")
    assert not room.find("confirmInstall").isEnabled()


def test_the_same_version_is_not_installed_twice(room, world):
    world.preview = replace(PREVIEW, state=PackState.SAME)
    look_at(room, world, FOUND)
    assert room.text("packChange") == "Versi ini sudah terpasang di komputer ini."
    assert not room.find("confirmInstall").isEnabled()


def test_a_computer_that_knows_no_centre_shows_the_fingerprint(room, world):
    world.preview = replace(PREVIEW, first_use=True, fingerprint="4f2a 91c0 77de")
    look_at(room, world, FOUND)
    assert "4f2a 91c0 77de" in room.find("packSigner").accessibleName()


def test_a_file_may_be_chosen_where_no_drive_is_seen(room, world):
    room.chosen_file = Path("/home/x/kik.suluh")
    room.click("installPack")
    assert room.has("noDrive")
    room.click("chooseFile")
    assert room.has("previewPack")


def test_nobody_chose_a_file_and_nothing_happened(room):
    room.click("installPack")
    room.click("chooseFile")
    assert room.has("choosePack")
    room.press(Qt.Key.Key_Escape)
    assert not room.has("choosePack")
