"""Whoever answers for exams reads in a browser what reached the centre of them: by office, with how old it is."""

import os
import re
import time
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By

from sync.server.home import Home
from tests.builders.browser import browser
from tests.builders.centre import BUDI, MARIA, PETRUS, YOHANA, CentreProcess, Line, Pc, make_office
from tests.builders.exam import opens_exam, proctor_says, sits_exam
from tests.builders.operator import tells

SIZES = {"small screen": (1024, 600), "at 125 %": (819, 480), "phone": (360, 640)}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return Home(tmp_path_factory.mktemp("pusat"))


@pytest.fixture(scope="module")
def centre(home):
    with CentreProcess(home) as running:
        yield running


@pytest.fixture(scope="module")
def page(home, centre, tmp_path_factory):
    """The page as it stands open in a browser without scripts, the word typed and sent."""
    office = make_office(home, tmp_path_factory.mktemp("kantor"))
    proctor = Pc.of(office, YOHANA)
    opens_exam(proctor, office, BUDI, MARIA, PETRUS)
    proctor_says(proctor, office, "exam.attended", person=office.entry(PETRUS).person, here=0, turn=1)
    proctor_says(
        proctor,
        office,
        "exam.noted",
        at=int(time.time()),
        person=b"",
        text="Genset dinyalakan pukul sembilan",
    )
    with Line(centre.port) as line:
        proctor.syncs(line)
        for nip, score, gone in ((BUDI, 6666, 0), (MARIA, None, 600)):
            pc = Pc.of(office, nip)
            sits_exam(pc, score, gone=gone)
            pc.syncs(line)
    said = tells(home, "exam", "access", "--office", office.file.header.name)
    word = re.search(r"(\w{4}-){3}\w{4}", said).group()
    with browser(tmp_path_factory.mktemp("peramban")) as opened:
        opened.opens(f"http://127.0.0.1:{centre.port}/ujian")
        opened.complaints()
        opened.chrome.find_element(By.NAME, "kata").send_keys(word)
        opened.follows("button")
        yield opened, word


def test_the_word_opens_its_office_and_is_not_left_in_the_form_or_the_address(page):
    shown, word = page
    said = shown.reads()
    assert "Kantor Distrik Waropen" in said
    assert "1 ujian, 3 peserta. 1 hasil sudah ada, 1 masih ditunggu." in said
    assert len(shown.chrome.find_elements(By.CSS_SELECTOR, "tbody tr")) == 3
    assert "nilai 66,7" in said
    assert "listrik padam, komputer mati 10 menit, waktu kuis tetap berjalan" in said
    assert shown.chrome.find_element(By.NAME, "kata").get_attribute("value") == ""
    assert word not in shown.chrome.current_url
    assert word not in shown.chrome.page_source
    assert shown.complaints() == []


@pytest.mark.parametrize("size", SIZES)
def test_the_page_fits_every_screen_and_only_its_table_scrolls(page, size):
    shown, _ = page
    shown.resizes(*SIZES[size])
    assert shown.measures("document.documentElement.scrollWidth <= window.innerWidth")
    if folder := os.environ.get("SULUH_SHOTS"):
        for scheme in ("light", "dark"):
            shown.dims(scheme)
            shown.shoots(Path(folder) / f"ujian-{size[:5]}-{scheme}.png")


def test_a_word_that_ended_shows_nothing(page, home):
    shown, word = page
    tells(home, "exam", "access", "--office", "Kantor Distrik Waropen", "--end")
    shown.chrome.find_element(By.NAME, "kata").send_keys(word)
    shown.follows("button")
    assert "tidak berlaku atau sudah berakhir" in shown.reads("[role=status]")
    assert "Aula Setda" not in shown.reads()
