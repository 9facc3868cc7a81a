"""The same learner at two computers, then with a new contract: one history, whatever order a stick has seen."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from desktop.app.application import Application
from desktop.app.study_desk import StudyDesk
from desktop.demo.people import COORDINATOR, LEARNERS, PIN
from desktop.demo.pilot import Pilot
from desktop.evidence.proofs import certificates_of, provisional
from desktop.office.carry import to_centre
from desktop.office.desk import Desk as OfficeDesk
from desktop.office.exchange_stick import exchange
from desktop.office.merge import merge
from desktop.office.report import Filter
from desktop.people.office import adopt_office, inspect_office
from desktop.people.profiles import look_up, sign_in
from desktop.people.vouching import vouch, waiting_keys
from desktop.player.notes import Note
from desktop.screens.pill import Pill
from desktop.store.facts import Scope
from sync.client.faults import Failure
from sync.client.stick import Stick
from sync.client.transport import Transport
from sync.folds.standing import StandingFold
from sync.proof import read_proof
from tests.builders.road import (
    COURSE,
    JP,
    QUIZ,
    READ,
    WATCH,
    Handed,
    Pc,
    jp_of,
    read_all,
    take_quiz,
)

MARIA = LEARNERS[5]
NEW_NI = "199604242026212011"
"""Her number after the new contract of 2026."""
AT_OFFICE, AT_CLINIC = "catatan di kantor", "catatan di puskesmas"


class Story:
    """Two PCs with the course, the coordinator's PC, and a stick for each PC that is visited."""

    def __init__(self, town, folder):
        self.town, self.folder = town, folder
        self.office = town.office((COORDINATOR, MARIA))
        pack = town.pack(rules="")
        self.here, self.there, self.desk = (
            Pc(folder / name, name, self.office) for name in ("PC Kantor", "PC Puskesmas", "PC Sekretariat")
        )
        for pc in (self.here, self.there, self.desk):
            pc.install(pack)
        self.yohana = self.desk.sit(COORDINATOR).profile
        self.maria = {"A": self.at_office(), "B": self.at_clinic()}
        self.sticks = {"A": self.visited(self.here, "A"), "B": self.visited(self.there, "B")}

    def at_office(self):
        """Half of the pages, a note, and an attempt that fails."""
        maria = self.here.sit(MARIA)
        learning = self.here.learning(maria)
        learning.page_read(READ, 1, 60)
        StudyDesk(maria, self.here.shelf, lambda: None).put(Note(READ, 1, text=AT_OFFICE))
        take_quiz(learning, wrong=2)
        maria.close()
        return maria.profile

    def at_clinic(self):
        """All of it, a note, and two attempts: as many as the course allows."""
        maria = self.there.sit(MARIA, code=False)
        learning = self.there.learning(maria)
        read_all(learning)
        StudyDesk(maria, self.there.shelf, lambda: None).put(Note(READ, 2, text=AT_CLINIC))
        take_quiz(learning, wrong=1)
        take_quiz(learning)
        assert jp_of(maria) == JP
        maria.close()
        return maria.profile

    def visited(self, pc, name):
        root = self.folder / f"flashdisk {name}"
        root.mkdir()
        Stick(root, pc.store.office()).prepare()
        exchange(pc.store, Stick(root, pc.store.office()))
        return root

    def collected(self, order):
        """A copy of the coordinator's PC takes the sticks in this order; gives what it then says of Maria."""
        self.desk.off()
        copy = self.desk.copy(self.folder / f"meja {order}")
        yohana = copy.enter(self.yohana)
        found = self.take(copy, yohana, order)
        yohana.close()
        copy.off()
        self.desk.on()
        return found

    def take(self, pc, yohana, order):
        for name in order:
            merge(yohana, Stick(self.sticks[name], pc.store.office()))
        for waiting in waiting_keys(yohana):
            vouch(yohana, waiting, waiting.person)
        return state_of(yohana, self.maria.values())


def state_of(yohana, profiles):
    """The hash of what the desk's facts of these profiles add up to."""
    fold = StandingFold({})
    for fact in yohana.authority().accepted(yohana.facts(Scope.OFFICE)):
        if fact.header.profile in profiles:
            fold.add(fact)
    return fold.standing(yohana.zone()).state_hash


def notes(pc, profile):
    return {one.text for one in StudyDesk(profile, pc.shelf, lambda: None).notes() if not one.closed}


def row_of(yohana):
    desk = OfficeDesk(yohana)
    desk.renew()
    return next(one for one in desk.table.rows(desk.table.ids(Filter())) if one.row.name == MARIA.name)


def on_the_screen(pc, yohana):
    """Open Maria in the real window of the coordinator; gives all its words."""
    folders = pc.store.folders
    pc.off()
    qt = QApplication.instance()
    app = Application(qt, folders, tuple)
    app.open()
    pilot = Pilot(qt, app.window)
    try:
        pilot.until(lambda: app.window.page() or pilot.names(), "the first screen")
        app.enter(sign_in(app.store, yohana, PIN))
        pilot.settle(app.jobs.idle)
        app.session.visit("office")
        pilot.settle(app.jobs.idle)
        app.session.desk._look_at(row_of(app.session.profile))
        pilot.settle(app.jobs.idle)
        sheet = pilot.wait("person_sheet")
        labels = [one.text() for one in sheet.findChildren(QLabel)]
        return " | ".join([*labels, *(one.accessibleName() for one in sheet.findChildren(Pill))])
    finally:
        app.window.close()
        app.window.deleteLater()
        app.store.close()
        pc.on()


def to_town(town, yohana):
    road = Transport(town.url)
    try:
        outcome = to_centre(
            yohana,
            lambda body: (
                answer if isinstance(answer := road.post(body, "/v1/carry"), Failure) else answer.body
            ),
        )
    finally:
        road.close()
    assert (outcome.failure, outcome.left) == (None, 0)


@pytest.fixture
def story(town, tmp_path, cheap_pins):
    return Story(town, tmp_path)


def test_one_learner_two_computers_and_a_new_contract(story, town, tmp_path, qtbot):
    # Collected in any order, the clinic's first or twice: one state, and nobody is asked which copy to keep.
    first = story.collected("BA")
    assert story.collected("AB") == story.collected("ABA") == first

    yohana = story.desk.enter(story.yohana)
    assert story.take(story.desk, yohana, "BA") == first
    row = row_of(yohana)
    assert (row.row.jp, row.row.modules_done) == (JP, 2), (
        "hours once: 6 and not 12, in this course 2 and not 4"
    )
    yohana.close()
    said = on_the_screen(story.desk, story.yohana)
    assert "3 percobaan, batas 2" in said, said

    # To town and back; each PC holds the union, with both notes.
    yohana = story.desk.enter(story.yohana)
    to_town(town, yohana)
    for name in "BA":
        merge(yohana, Stick(story.sticks[name], story.desk.store.office()))
    assert town.row(story.office, MARIA)["jp"] == JP
    pcs = {"A": story.here, "B": story.there}
    for _ in range(2):
        for name in "AB":
            exchange(pcs[name].store, Stick(story.sticks[name], pcs[name].store.office()))
            merge(yohana, Stick(story.sticks[name], story.desk.store.office()))
            to_town(town, yohana)
            merge(yohana, Stick(story.sticks[name], story.desk.store.office()))
    for name in "AB":
        exchange(pcs[name].store, Stick(story.sticks[name], pcs[name].store.office()))
    both = {name: pcs[name].enter(story.maria[name]) for name in "AB"}
    hashes = {name: one.standing().state_hash for name, one in both.items()}
    assert hashes["A"] == hashes["B"] == first
    for one in both.values():
        standing = one.standing()
        assert standing.pages[READ] == {1, 2}
        assert {READ, WATCH, QUIZ} == set(standing.activities)
        quiz = standing.quizzes[QUIZ]
        assert (quiz.attempts, quiz.limit, quiz.surplus, quiz.best.score) == (3, 2, 1, 10_000)
        assert jp_of(one) == JP
    assert AT_OFFICE in notes(story.here, both["A"])
    assert AT_CLINIC in notes(story.there, both["B"])

    for name, one in both.items():
        kept = StudyDesk(one, pcs[name].shelf, lambda: None).notes()
        assert len(kept) == 2, "both notes are kept on both, one of them sealed until its PC opens it again"

    # One certificate, though she finished within reach of two computers.
    town.ask("certificate", "form", "--issuer", "BPSDM Provinsi", "--code", "SLH/BPSDM")
    issued = town.ask("certificate", "issue", "--office", story.office.name).splitlines()[:-1]
    assert len(issued) == 1
    assert town.ask("certificate", "issue", "--office", story.office.name).splitlines()[:-1] == []

    # A new contract: the roster has another number, the person is the same everywhere.
    roster = tmp_path / "kontrak.csv"
    roster.write_text(
        "NIP;Nama;Unit;Peran;NIP lama\n"
        f"{COORDINATOR.nip};{COORDINATOR.name};{COORDINATOR.unit};koordinator;\n"
        f"{NEW_NI};{MARIA.name};{MARIA.unit};peserta;{MARIA.nip}\n",
        "utf-8",
    )
    out = tmp_path / "baru"
    town.ask("office", "update", str(roster), "--office", story.office.name, "--out", str(out))
    (file,) = out.glob("*.suluh-kantor")
    person = both["A"].person
    for pc in (story.here, story.there, story.desk):
        adopt_office(pc.store, inspect_office(pc.store, file).raw)
    for name, one in both.items():
        one.close()
        both[name] = pcs[name].enter(story.maria[name])
        assert (both[name].person, both[name].nip) == (person, NEW_NI)
        assert both[name].standing().state_hash == first
        assert read_proof(provisional(both[name], COURSE, "Kantor yang rapi")).nip == NEW_NI
        for number in (MARIA.nip, NEW_NI):
            assert look_up(pcs[name].store, number).known_here, "neither number makes a second profile"
    yohana.close()
    yohana = story.desk.enter(story.yohana)
    row = row_of(yohana)
    assert (row.nip, row.row.person, row.row.jp) == (NEW_NI, person, JP)
    told = town.row(story.office, MARIA)
    assert (told["person"].replace("-", ""), told["jp"]) == (person.hex(), JP)
    assert certificates_of(both["A"]).keys() <= {COURSE}

    # And at a third computer she signs up with the new number and is who she was.
    third = Pc(tmp_path / "baru-pc", "PC Baru", Handed(file, {}, story.office.name))
    again = third.sit(replace(MARIA, nip=NEW_NI), code=False)
    assert again.person == person


def test_planted_fault_a_desk_that_keeps_one_of_two_copies_is_seen(story, monkeypatch):
    """Whoever asks which copy to keep, or keeps the later one, loses what the other held."""
    union = story.collected("BA")
    real = StandingFold.add

    def only_the_last(self, fact):
        if fact.header.profile == story.maria["A"] or fact.header.profile not in story.maria.values():
            real(self, fact)

    monkeypatch.setattr(StandingFold, "add", only_the_last)
    assert story.collected("AB") != union
