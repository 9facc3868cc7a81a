"""Story 6. The same learner at two computers, then with a new contract: one history in whatever order it came."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from desktop.app.application import Application
from desktop.app.study_desk import StudyDesk
from desktop.demo.people import COORDINATOR, LEARNERS, PIN
from desktop.demo.pilot import Pilot
from desktop.evidence.proofs import certificates_of, known_certificates, provisional
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
from sync.client.stick import Stick
from sync.folds.standing import StandingFold
from sync.proof import read_proof
from tests.builders.road import (
    COURSE,
    FILM,
    QUIZ,
    READ,
    WATCH,
    Handed,
    Pc,
    carried,
    jp_of,
    right_answers,
    take_quiz,
)

MARIA = LEARNERS[5]
NEW_NI = "199604242026212011"
"""Her number after the new contract of 2026."""
AT_OFFICE, AT_CLINIC = "catatan di kantor", "catatan di puskesmas"
PAGES, SIX = 8, 600
"""Pages of the lesson, and the hours of the course in hundredths of JP."""
GIFT = "\n\n".join(f"::Soal {n}:: Pilih yang benar tentang {n}. {{=benar ~salah ~keliru}}" for n in range(20))
RIGHT = right_answers(GIFT)


class Story:
    """Two PCs with the course, the coordinator's PC, and a stick for each PC that is visited."""

    def __init__(self, town, folder):
        self.town, self.folder = town, folder
        self.office = town.office((COORDINATOR, MARIA))
        pack = town.pack(jp=SIX // 100, pages=PAGES, gift=GIFT)
        self.here, self.there, self.desk = (
            Pc(folder / name, name, self.office) for name in ("PC Kantor", "PC Puskesmas", "PC Sekretariat")
        )
        for pc in (self.here, self.there, self.desk):
            pc.install(pack)
        self.yohana = self.desk.sit(COORDINATOR).profile
        self.maria = {"A": self.at_office(), "B": self.at_clinic()}
        self.sticks = {"A": self.visited(self.here, "A"), "B": self.visited(self.there, "B")}

    def at_office(self):
        """Pages 1 to 5, a note, and an attempt that fails: 60."""
        maria = self.here.sit(MARIA)
        learning = self.studies(maria, self.here, range(1, 6), AT_OFFICE)
        assert take_quiz(learning, wrong=8, right=RIGHT) == 6000
        maria.close()
        return maria.profile

    def at_clinic(self):
        """Pages 4 to 8, the film, a note, and two attempts, as many as the course allows: 80 and 75."""
        maria = self.there.sit(MARIA, code=False)
        learning = self.studies(maria, self.there, range(4, 9), AT_CLINIC)
        learning.watched(WATCH, FILM, FILM, FILM)
        assert [take_quiz(learning, wrong=wrong, right=RIGHT) for wrong in (4, 5)] == [8000, 7500]
        assert jp_of(maria) == 0, "nobody has read the whole lesson at one computer"
        maria.close()
        return maria.profile

    def studies(self, maria, pc, pages, words):
        learning = pc.learning(maria)
        for page in pages:
            learning.page_read(READ, page, 60)
        StudyDesk(maria, pc.shelf, lambda: None).put(Note(READ, pages[0], text=words))
        return learning

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

    def goes_round(self, yohana):
        """Both PCs give, the desk merges and brings it to town, and each PC takes what the centre answered."""
        for name, pc in self.pcs.items():
            exchange(pc.store, Stick(self.sticks[name], pc.store.office()))
            merge(yohana, Stick(self.sticks[name], self.desk.store.office()))
        carried(yohana, self.town.url)
        for name, pc in self.pcs.items():
            merge(yohana, Stick(self.sticks[name], self.desk.store.office()))
            exchange(pc.store, Stick(self.sticks[name], pc.store.office()))

    def goes_twice(self, yohana):
        """What came to the centre with the second PC is in its answer to the first at the next round."""
        self.goes_round(yohana)
        self.goes_round(yohana)

    @property
    def pcs(self):
        return {"A": self.here, "B": self.there}


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


@pytest.fixture
def story(town, tmp_path, cheap_pins):
    return Story(town, tmp_path)


def collected_in_any_order(story):
    """The clinic's first or twice: one state, and nobody is asked which copy to keep."""
    first = story.collected("BA")
    assert story.collected("AB") == story.collected("ABA") == first
    yohana = story.desk.enter(story.yohana)
    assert story.take(story.desk, yohana, "BA") == first
    assert row_of(yohana).row.modules_done == 1, "the quiz's; of the lesson each computer has a part"
    yohana.close()
    said = on_the_screen(story.desk, story.yohana)
    assert "3 percobaan, batas 2" in said, said
    return first


def both_computers_have_the_union(story, yohana, first):
    """Pages 1 to 8, all three attempts and both notes; each states what is whole by that, and it counts once."""
    story.goes_twice(yohana)
    both = {name: pc.enter(story.maria[name]) for name, pc in story.pcs.items()}
    for name, one in both.items():
        standing = one.standing()
        assert standing.state_hash == first
        assert standing.pages[READ] == set(range(1, PAGES + 1))
        quiz = standing.quizzes[QUIZ]
        assert sorted(result.score for result in quiz.results) == [6000, 7500, 8000], "all are kept"
        assert (quiz.attempts, quiz.limit, quiz.surplus, quiz.best.score) == (3, 2, 1, 8000)
        learning = story.pcs[name].learning(one)
        assert (learning.settle(), learning.settle()) == (True, False)
        assert set(one.standing().activities) == {READ, WATCH, QUIZ}
    story.goes_twice(yohana)
    for one in both.values():
        one.catch_up()
    hashes = {one.standing().state_hash for one in both.values()} | {state_of(yohana, story.maria.values())}
    assert len(hashes) == 1, "the same on every machine"
    sums = [jp_of(one) for one in both.values()]
    sums += [row_of(yohana).row.jp, story.town.row(story.office, MARIA)["jp"]]
    assert sums == [SIX] * 4, "6 and not 12"
    assert AT_OFFICE in notes(story.here, both["A"])
    assert AT_CLINIC in notes(story.there, both["B"])
    for name, one in both.items():
        kept = StudyDesk(one, story.pcs[name].shelf, lambda: None).notes()
        assert len(kept) == 2, "both notes are kept on both, one of them sealed until its PC opens it again"
    return both, hashes.pop()


def one_certificate(story, yohana, both):
    """Though two computers stated that she finished."""
    town, name = story.town, story.office.name
    town.ask("certificate", "form", "--issuer", "BPSDM Provinsi", "--code", "SLH/BPSDM")
    (line,) = town.ask("certificate", "issue", "--office", name).splitlines()[:-1]
    assert town.ask("certificate", "issue", "--office", name).splitlines()[:-1] == []
    story.goes_round(yohana)
    for one in both.values():
        one.catch_up()
        assert set(known_certificates(one)) == {line.split("  ")[0]}, "the same one at both computers"


def a_new_contract(story, folder):
    """The roster has another number for her; gives the office file that says so."""
    roster = folder / "kontrak.csv"
    roster.write_text(
        "NIP;Nama;Unit;Peran;NIP lama\n"
        f"{COORDINATOR.nip};{COORDINATOR.name};{COORDINATOR.unit};koordinator;\n"
        f"{NEW_NI};{MARIA.name};{MARIA.unit};peserta;{MARIA.nip}\n",
        "utf-8",
    )
    out = folder / "baru"
    story.town.ask("office", "update", str(roster), "--office", story.office.name, "--out", str(out))
    (file,) = out.glob("*.suluh-kantor")
    for pc in (story.here, story.there, story.desk):
        adopt_office(pc.store, inspect_office(pc.store, file).raw)
    return file


def test_one_learner_two_computers_and_a_new_contract(story, tmp_path, qtbot):
    first = collected_in_any_order(story)
    yohana = story.desk.enter(story.yohana)
    both, whole = both_computers_have_the_union(story, yohana, first)
    one_certificate(story, yohana, both)

    # The person is the same everywhere, and her history follows her.
    file = a_new_contract(story, tmp_path)
    person = both["A"].person
    for name, one in both.items():
        one.close()
        both[name] = story.pcs[name].enter(story.maria[name])
        assert (both[name].person, both[name].nip) == (person, NEW_NI)
        assert both[name].standing().state_hash == whole
        assert read_proof(provisional(both[name], COURSE, "Kantor yang rapi")).nip == NEW_NI
        assert certificates_of(both[name]).keys() == {COURSE}
        for number in (MARIA.nip, NEW_NI):
            assert look_up(story.pcs[name].store, number).known_here, "neither number makes a second profile"
    yohana.close()
    yohana = story.desk.enter(story.yohana)
    row = row_of(yohana)
    assert (row.nip, row.row.person, row.row.jp) == (NEW_NI, person, SIX)
    told = story.town.row(story.office, MARIA)
    assert (told["person"].replace("-", ""), told["jp"]) == (person.hex(), SIX)

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
