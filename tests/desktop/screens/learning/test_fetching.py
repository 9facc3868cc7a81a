"""Belajar shows what can be fetched: found, asked for, followed, cancelled, installed; the keyboard stays put."""

from dataclasses import replace

import pytest

from desktop.background.jobs import Jobs
from desktop.screens.button import Button
from desktop.screens.offer_views import OfferState
from desktop.screens.offers import offer_words
from tests.desktop.screens.learning.conftest import Room
from tests.fakes.learning import LearningWorld
from tests.fakes.offered import FAULTY, ROWS, Counter

RUNNING, READY, NEAR, FAR = ROWS


@pytest.fixture
def counter():
    return Counter()


@pytest.fixture
def shown(qtbot, counter):
    jobs = Jobs()
    room = Room(qtbot, LearningWorld(offers=counter.actions()), jobs)
    yield room
    assert jobs.close()


def words(offer):
    return offer_words(offer)


@pytest.mark.parametrize(
    ("offer", "said"),
    [
        (NEAR, "Versi baru 1.2, 9,4 MB, dari komputer kantor, sekitar 1 menit"),
        (FAR, "61 MB, dari pusat lewat internet, sekitar 64 menit"),
        (replace(FAR, office=None, minutes=0), "61 MB"),
        (RUNNING, "12 MB dari 48 MB, sekitar 3 menit lagi"),
        (replace(RUNNING, minutes=0), "12 MB dari 48 MB"),
        (READY, "Sudah diambil, 23 MB. Periksa isinya, lalu pasang."),
        (FAULTY[0], "12 MB dari 48 MB. Sambungan terputus; nanti dilanjutkan sendiri."),
        (FAULTY[1], "8 MB dari 23 MB sudah ada di komputer ini"),
        (FAULTY[3], "9,4 MB, menunggu giliran"),
    ],
    ids=["near", "far", "unknown", "running", "no pace yet", "ready", "cut", "partial", "queued"],
)
def test_a_row_says_what_it_costs_and_how_far_it_is(offer, said):
    assert words(offer) == said


@pytest.mark.parametrize(
    ("offer", "button", "asked"),
    [
        (NEAR, "take_c3c3c3c3", "take"),
        (RUNNING, "drop_a1a1a1a1", "drop"),
        (READY, "drop_b2b2b2b2", "drop"),
        (FAULTY[1], "take_b2b2b2b2", "take"),
        (FAULTY[2], "take_d4d4d4d4", "take"),
        (FAULTY[3], "drop_c3c3c3c3", "drop"),
    ],
    ids=["ambil", "batal", "buang", "lanjutkan", "coba lagi", "batal antre"],
)
def test_each_state_offers_what_helps(shown, counter, offer, button, asked):
    counter.becomes(offer)
    shown.rest()
    shown.qtbot.waitUntil(lambda: shown.has(button))
    shown.click(button)
    assert (asked, offer.digest) in counter.asked


def test_what_came_is_looked_at_like_a_file_from_a_stick_and_let_go_when_installed(shown, counter):
    shown.click("install_b2b2b2b2")
    shown.qtbot.waitUntil(lambda: shown.has("previewPack"))
    assert not any(word == "installed" for word, _ in counter.asked), "looking installs nothing"
    shown.world.go.set()
    shown.click("confirmInstall")
    shown.qtbot.waitUntil(lambda: ("installed", READY.digest) in counter.asked)


def test_progress_moves_no_focus_and_builds_nothing_anew(shown, counter):
    batal = shown.find("drop_a1a1a1a1", Button)
    batal.setFocus()
    counter.becomes(replace(RUNNING, done=24_000_000, minutes=2), *ROWS[1:])
    line = shown.find("offer_a1a1a1a1")
    shown.qtbot.waitUntil(lambda: "24 MB" in line.accessibleName())
    assert shown.find("drop_a1a1a1a1", Button) is batal
    assert shown.window.focusWidget() is batal
    counter.becomes(replace(RUNNING, state=OfferState.READY), *ROWS[1:])
    shown.qtbot.waitUntil(lambda: shown.has("install_a1a1a1a1"))
    assert shown.window.focusWidget() is shown.find("install_a1a1a1a1")


def test_nothing_offered_takes_no_room_and_many_are_folded_behind_a_button(shown, counter):
    counter.becomes()
    shown.qtbot.waitUntil(lambda: not shown.has("offersCard"))
    assert not shown.has("toOffers")
    many = [replace(NEAR, digest=f"{n:02x}" * 32, title=f"Kursus {n}") for n in range(9)]
    counter.becomes(RUNNING, *many)
    shown.qtbot.waitUntil(lambda: shown.has("allOffers"))
    assert shown.find("toOffers", Button).accessibleName() == "10 bisa diambil"
    assert shown.has("offer_a1a1a1a1"), "what was asked for is always in sight"
    assert not shown.has("offer_08080808")
    shown.click("allOffers")
    shown.qtbot.waitUntil(lambda: shown.has("offer_08080808"))


def test_the_way_to_the_card_brings_it_into_sight(shown):
    shown.window.resize(900, 420)
    shown.click("toOffers")
    assert shown.window.focusWidget() is shown.find("drop_a1a1a1a1")


def test_an_empty_library_shows_them_too(qtbot, counter):
    jobs = Jobs()
    room = Room(qtbot, LearningWorld(courses=(), offers=counter.actions()), jobs)
    assert room.has("emptyLibrary")
    assert room.has("take_c3c3c3c3")
    assert jobs.close()
