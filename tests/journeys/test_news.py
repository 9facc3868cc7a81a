"""Beranda tells what is owed and what came: a task with its deadline, its grade, a certificate."""

from datetime import UTC, datetime

from desktop.app.marking_room import MarkingRoom
from desktop.app.news import certificates_came, grades_came, tasks_owed
from desktop.demo.people import COORDINATOR, LEARNERS, Invented
from desktop.screens.assignment_views import Typed
from tests.builders.road import COURSE, Pc, read_all, sent, take_quiz

FERDINAND, HELENA = LEARNERS[2], LEARNERS[3]
TUTI = Invented("Tuti Sapari", "198803032012012004", "Sekretariat", "widyaiswara")
TASK = f"{COURSE}/m2/rencana"
EXTRA = """
[[module.activity]]
id = "rencana"
title = "Rencana loket"
kind = "tugas"
source = "m2/rencana.md"
minutes = 60
markers = 1
deadline = "2026-12-05"

[[module.activity.criterion]]
id = "isi"
title = "Isi"
points = 60
"""


def day(at):
    return datetime.fromtimestamp(at, UTC).date()


def exchange(town, *profiles):
    for one in (*profiles, *profiles):
        sent(one, town.url)


def grades(pc, profile):
    return [view.title for _, view in grades_came(profile, pc.shelf, day)]


def hand_in(pc, profile, words):
    assigning = pc.learning(profile).assigning
    assigning.keep_text(TASK, words)
    assigning.hand_in(TASK)


def test_a_task_is_owed_until_it_is_handed_in_and_its_grade_comes_to_its_owner_alone(
    town, tmp_path, cheap_pins
):
    office = town.office((COORDINATOR, FERDINAND, HELENA, TUTI))
    pack = town.pack(extra=EXTRA, files={"m2/rencana.md": "# Rencana\n"})
    loket, boat = Pc(tmp_path / "loket", "PC loket", office), Pc(tmp_path / "tuti", "PC tuti", office)
    loket.install(pack)
    boat.install(pack)
    ferdinand, helena, tuti = loket.sit(FERDINAND), loket.sit(HELENA), boat.sit(TUTI)
    exchange(town, ferdinand, helena, tuti)

    (owed,) = tasks_owed(ferdinand, loket.shelf)
    assert (owed.key, owed.title) == (f"activity:{TASK}", "Rencana loket")
    assert "5 Desember 2026" in owed.about
    hand_in(loket, ferdinand, "Terlalu singkat")
    assert list(tasks_owed(ferdinand, loket.shelf)) == []
    assert len(list(tasks_owed(helena, loket.shelf))) == 1

    exchange(town, ferdinand, tuti)
    marking = MarkingRoom(tuti, boat.shelf, lambda: None)
    marking.back(marking.view().papers[0].key, Typed((), "Tambahkan data"))
    exchange(town, tuti, ferdinand, helena)
    assert grades(loket, ferdinand) == ["Rencana loket dikembalikan untuk diperbaiki"]
    hand_in(loket, ferdinand, "Dengan data")
    assert grades(loket, ferdinand) == [], "what was returned came again: nothing is to be done"
    exchange(town, ferdinand, tuti)
    marking.give(marking.view().papers[0].key, Typed((("isi", 50),), "Baik"))
    exchange(town, tuti, ferdinand, helena)
    assert grades(loket, ferdinand) == ["Nilai Rencana loket: 50 dari 60"]
    assert grades(loket, helena) == []


def test_a_certificate_is_told_on_its_owners_beranda(town, tmp_path, cheap_pins):
    office = town.office((COORDINATOR, FERDINAND, HELENA))
    pc = Pc(tmp_path / "pc", "PC Loket 1", office)
    pc.install(town.pack())
    ferdinand, helena = pc.sit(FERDINAND), pc.sit(HELENA)
    learning = pc.learning(ferdinand)
    read_all(learning)
    take_quiz(learning)
    exchange(town, ferdinand, helena)
    town.ask("certificate", "form", "--issuer", "BPSDM Provinsi", "--code", "SLH/BPSDM")
    town.ask("certificate", "issue", "--office", office.name)
    exchange(town, ferdinand, helena)

    def told(profile):
        return [view.title for _, view in certificates_came(profile, lambda key: f"<{key}>", day)]

    assert told(ferdinand) == [f"Sertifikat <{COURSE}>"]
    assert told(helena) == []
