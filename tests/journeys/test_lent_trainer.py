"""An academy's trainer marks for a district, by line and by stick; the queue names the office, and it ends."""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

import pytest

import desktop.assessment.lent
from desktop.app.ending_news import endings_near
from desktop.assessment.marking import paper_file
from desktop.demo.people import COORDINATOR, Invented
from desktop.errors import Problem
from desktop.formats import long_day
from desktop.office.endings import endings
from desktop.office.lending import lent_out, lent_words, propose_lending, trainers_of
from desktop.screens.assignment_views import Typed
from sync.folds.lent import lending
from tests.builders.road import Pc, sent
from tests.fakes.clock import HandClock
from tests.journeys.assignment_round import (
    EXTRA,
    FERDINAND,
    FIRST,
    HELENA,
    SECOND,
    TONO,
    TUTI,
    Round,
    desk_of,
    grade,
    hands_in,
)

LEADER = Invented("Agustina Rumaropen", "197901012005012002", "BPSDM", "koordinator")


def exchange(town, *profiles):
    for _ in range(2):
        for one in profiles:
            sent(one, town.url)


@pytest.fixture
def story(town, tmp_path, cheap_pins):
    district, academy = town.office((COORDINATOR, FERDINAND, HELENA, TUTI)), town.office((LEADER, TONO))
    pack = town.pack(extra=EXTRA, files={"m2/rencana.md": "# Rencana"})
    loket, boat = (Pc(tmp_path / name, f"PC {name}", district) for name in ("loket", "perahu"))
    island = Pc(tmp_path / "akademi", "PC akademi", academy, HandClock())
    for pc in (loket, boat, island):
        pc.install(pack)
    ferdinand, tuti, tono = loket.sit(FERDINAND), boat.sit(TUTI), island.sit(TONO)
    exchange(town, ferdinand, tuti, tono)

    def lend(verb, *more):
        town.ask("trainer", verb, str(UUID(bytes=tono.person)), "--office", district.name, *more)

    return town, district, academy, (loket, boat, island), (ferdinand, tuti, tono), lend


def test_two_offices_mark_one_work_and_the_grade_is_the_learners_alone(story, tmp_path):
    town, district, _, (loket, boat, island), (ferdinand, tuti, tono), lend = story
    receipt = hands_in(loket, ferdinand, tmp_path, "Versi yang benar", SECOND).handed
    exchange(town, ferdinand, tono)
    assert desk_of(island, tono).view().papers == ()
    lend("lend")
    exchange(town, tono, tuti)
    far, near = desk_of(island, tono), desk_of(boat, tuti)
    (paper,) = far.view().papers
    assert (paper.code, paper.text, paper.office) == (receipt.code, "Versi yang benar", district.name)
    assert district.name in paper.about
    assert paper_file(tono, paper.files[0].digest) == SECOND
    with pytest.raises(Problem, match=district.name):
        far.void(paper.key, "isi", "Tidak dibahas")
    far.give(paper.key, Typed((("isi", 52), ("langkah", 30)), "Baik"))
    near.give(paper.key, Typed((("isi", 50), ("langkah", 30)), "Baik"))
    exchange(town, tono, tuti, ferdinand)
    assert [one.need for one in (*near.view().papers, *far.view().papers)] == ["agree", "agree"]
    far.agree(paper.key)
    exchange(town, tono, tuti, ferdinand)
    came = grade(loket, ferdinand)
    assert (came.total, came.code) == ("81", receipt.code)
    (seen,) = near.view().papers
    assert [one.total for one in seen.grades] == ["81"]

    near.void(paper.key, "langkah", "Tidak dibahas")
    exchange(town, tuti, tono, ferdinand)
    assert (grade(loket, ferdinand).total, far.view().papers[0].grades[0].total) == ("51", "51")
    lend("recall")
    exchange(town, tono)
    assert far.view().papers == (), "the lending has ended"


def test_it_goes_by_the_sticks_of_both_offices(story, tmp_path):
    town, district, academy, (loket, _, island), (ferdinand, _, tono), lend = story
    lend("lend")
    here = Round(town, district, tmp_path / "d")
    there = Round(town, academy, tmp_path / "a", LEADER)
    receipt = hands_in(loket, ferdinand, tmp_path, "Versi yang benar", FIRST).handed
    here.goes(loket)
    there.goes(island)
    tono.catch_up()
    far = desk_of(island, tono)
    (paper,) = far.view().papers
    assert (paper.code, paper.office) == (receipt.code, district.name)
    far.settle(paper.key, Typed((("isi", 40), ("langkah", 30)), "Baik", "Penilai kedua berhalangan"))
    there.goes(island)
    here.goes(loket)
    ferdinand.catch_up()
    assert grade(loket, ferdinand).total == "70"


def test_of_an_erased_learner_nothing_stays_at_the_trainer_who_was_lent(story, tmp_path):
    town, _, _, (loket, _, island), (ferdinand, _, tono), lend = story
    lend("lend")
    hands_in(loket, ferdinand, tmp_path, "Versi yang benar", FIRST)
    exchange(town, ferdinand, tono)
    assert len(desk_of(island, tono).view().papers) == 1
    town.ask("person", "erase", str(UUID(bytes=ferdinand.person)))
    exchange(town, tono)
    assert desk_of(island, tono).view().papers == ()
    assert tono.facts(kinds=("letter.passed",)) == ()


def test_after_the_last_day_the_trainer_sees_no_paper_of_that_office_also_without_a_line(
    story, tmp_path, monkeypatch
):
    town, _, _, (loket, _, island), (ferdinand, _, tono), lend = story
    today = datetime.fromtimestamp(island.store.now(), tono.zone()).date()
    lend("lend", "--until", f"{today + timedelta(days=3):%d-%m-%Y}")
    hands_in(loket, ferdinand, tmp_path, "Versi yang benar", FIRST)
    exchange(town, ferdinand, tono)
    far, file = desk_of(island, tono), hashlib.sha256(FIRST).digest()
    assert len(far.view().papers) == 1
    island.clock.wait(3 * 86_400)
    assert len(far.view().papers) == 1, "the last day itself is theirs"
    assert paper_file(tono, file) == FIRST
    island.clock.wait(86_400)
    assert far.view().papers == ()
    assert paper_file(tono, file) is None
    monkeypatch.setattr(desktop.assessment.lent, "lent_now", lambda facts, _: lending(facts))
    assert len(far.view().papers) == 1, "the planted fault: who looks at no clock goes on reading"


def test_the_coordinator_proposes_the_centre_grants_and_both_know_the_last_day(story, tmp_path):
    town, district, academy, (loket, _, island), (ferdinand, _, tono), lend = story
    desk = Pc(tmp_path / "meja", "PC Sekretariat", academy).sit(LEADER)
    today = datetime.fromtimestamp(desk.store.now(), desk.zone()).date()
    until = today + timedelta(days=9)
    assert [one.name for one in trainers_of(desk)] == [TONO.name]
    with pytest.raises(Problem, match="kantor ini sendiri"):
        propose_lending(desk, tono.person, academy.name, until)
    with pytest.raises(Problem, match="sudah lewat"):
        propose_lending(desk, tono.person, district.name, today - timedelta(days=1))
    propose_lending(desk, tono.person, f" {district.name}  ", until)
    (asked,) = lent_out(desk)
    assert lent_words(asked, today).endswith("Menunggu pusat.")
    exchange(town, desk, tono)
    said = town.ask("trainer", "proposals")
    assert f"{TONO.name}, {academy.name}" in said
    assert f"diusulkan untuk {district.name}, hari terakhir {until.isoformat()}" in said
    assert not tono.facts(kinds=("lending.proposed",)), "a proposal is for the desk and the centre"

    lend("lend", "--until", f"{until:%d-%m-%Y}")
    hands_in(loket, ferdinand, tmp_path, "Versi yang benar", FIRST)
    exchange(town, ferdinand, desk, tono)
    (granted,) = lent_out(desk)
    assert (granted.office, granted.until, granted.granted, granted.over) == (
        district.name,
        until,
        True,
        False,
    )
    assert lent_words(granted, today).endswith("9 hari lagi.")
    assert len(desk_of(island, tono).view().papers) == 1
    (near,) = endings(desk)
    assert near.said == f"Menilai tugas {district.name} sampai {long_day(until)}, 9 hari lagi."
    (told,) = endings_near(tono)
    assert told.title == f"Tugas menilai untuk {district.name} berakhir {long_day(until)}"
    lend("recall")
    exchange(town, desk)
    assert endings(desk) == ()
    (ended,) = lent_out(desk)
    assert lent_words(ended, today) == "Sudah berakhir."


def test_what_the_centre_declines_is_said_at_the_desk_and_may_be_proposed_anew(story, tmp_path):
    town, district, academy, _, (_, _, tono), lend = story
    desk = Pc(tmp_path / "meja", "PC Sekretariat", academy, HandClock()).sit(LEADER)
    today = datetime.fromtimestamp(desk.store.now(), desk.zone()).date()
    propose_lending(desk, tono.person, district.name, today + timedelta(days=9))
    exchange(town, desk)
    lend("decline")
    exchange(town, desk)
    (said,) = lent_out(desk)
    assert lent_words(said, today) == "Tidak disetujui pusat."
    assert endings(desk) == ()
    desk.store.clock.wait(30 * 86_400)
    propose_lending(desk, tono.person, district.name, today + timedelta(days=60))
    (again,) = lent_out(desk)
    assert lent_words(again, today).endswith("Menunggu pusat.")
