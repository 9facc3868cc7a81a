"""A coordinator looks at somebody and saves papers: the desk's list tells it, and so does the person's own PC."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from desktop.app import trail as wired
from desktop.app.application import Application
from desktop.demo.people import COORDINATOR, LEARNERS
from desktop.demo.pilot import Pilot
from desktop.office.report import Filter
from desktop.people.trail import own_trail
from desktop.people.vouching import hand_out, reset_codes, vouch, waiting_keys
from desktop.screens.cohort import Cohort
from desktop.screens.paper_sheet import PaperSize
from sync.folds.trail import TAKEN, VIEWED, Deed, Taken
from tests.builders.road import Pc, read_all, sent

HELENA, KETUT = LEARNERS[3], LEARNERS[4]


class Story:
    """Helena and Ketut at a village PC, Yohana before the window of the desk."""

    def __init__(self, town, folder):
        self.town = town
        self.office = town.office((COORDINATOR, HELENA, KETUT))
        self.kampung, self.meja = (Pc(folder / name, name, self.office) for name in ("PC Kampung", "PC Meja"))
        self.kampung.install(town.pack())
        self.helena, self.ketut = (self.kampung.sit(one) for one in (HELENA, KETUT))
        read_all(self.kampung.learning(self.helena))
        yohana = self.meja.sit(COORDINATOR)
        for one in (self.helena, self.ketut, yohana):
            sent(one, town.url)
        for key in waiting_keys(yohana):
            vouch(yohana, key, key.person)
        sent(yohana, town.url)
        self.profile = yohana.profile
        self.meja.store.put_setting("ready", "1")
        folders = self.meja.store.folders
        yohana.close()
        self.meja.off()
        qt = QApplication.instance()
        self.app = Application(qt, folders, tuple)
        self.app.open()
        self.pilot = Pilot(qt, self.app.window)
        self.pilot.until(lambda: self.pilot.see("sign_in_screen"), "the first screen")
        self.app.enter(self.enter())
        self.rest()
        if self.pilot.see("privacy_sheet"):
            self.pilot.click("privacy_read")
        self.yohana = self.app.session.profile
        self.app.session.visit("office")
        self.rest()

    def enter(self):
        from desktop.people.profiles import sign_in

        return sign_in(self.app.store, self.profile, "481526")

    def rest(self):
        self.pilot.settle(self.app.jobs.idle)

    def looks_at(self, person):
        desk = self.app.session.desk.desk
        table = desk.table
        row = next(one for one in table.rows(table.ids(Filter())) if one.row.name == person.name)
        self.app.window.findChild(Cohort)._actions.look_at(row)
        self.rest()
        self.pilot.click("person_leave")

    def saves(self, folder):
        self.app.window.findChild(Cohort).save_to(folder / "peserta.csv")
        self.rest()

    def told(self):
        """What the desk's list says, newest first."""
        self.pilot.click("office_trail")
        self.rest()
        said = [one.text() for one in self.pilot.wait("trail_slot").findChildren(QLabel)]
        self.pilot.click("trail_ok")
        return said

    def ends(self):
        self.helena.close()
        self.ketut.close()
        self.kampung.off()
        self.app.window.close()
        self.app.window.deleteLater()


@pytest.fixture
def story(town, tmp_path, cheap_pins, qtbot):
    made = Story(town, tmp_path)
    yield made
    made.ends()


def test_the_desk_and_the_person_are_told_who_looked_and_what_was_saved(story, tmp_path):
    story.looks_at(HELENA)
    story.looks_at(HELENA)
    assert len(story.yohana.facts(kinds=(VIEWED,))) == 1, "once a day is enough to know"
    story.saves(tmp_path)
    assert (tmp_path / "peserta.csv").stat().st_size
    hand_out(story.yohana, reset_codes(story.yohana, story.helena.person)[0])
    told = story.told()
    assert f"Membuka halaman {HELENA.name}" in told
    assert "Menyimpan daftar peserta, 3 orang" in told
    assert f"Memberikan kode atur ulang PIN {HELENA.name}" in told
    assert COORDINATOR.name in told

    sent(story.yohana, story.town.url)
    for one in (story.helena, story.ketut):
        sent(one, story.town.url)
        sent(one, story.town.url)
    hers = {(one.deed, one.by) for one in own_trail(story.helena)}
    yohana = story.yohana.person
    assert hers == {(deed, yohana) for deed in (Deed.VIEWED, Deed.TAKEN, Deed.RESET)}
    # Whom she looked at is nobody else's business, and is on nobody else's disk.
    assert {one.deed for one in own_trail(story.ketut)} == {Deed.TAKEN}
    kinds = {fact.statement.kind for fact in story.ketut.facts()}
    assert VIEWED not in kinds
    assert "letter.passed" not in kinds
    # Who looks at their own data is no news to them.
    assert own_trail(story.yohana) == ()


def test_a_paper_is_noted_as_what_it_is_also_where_another_was_drawn_behind_it(story, tmp_path):
    actions = story.app.session.desk._report.actions()
    report = actions.load()
    actions.save_handover(str(tmp_path / "serah-terima.pdf"), b"%PDF-1")
    actions.draw(report, PaperSize.A4)
    actions.save_handover(str(tmp_path / "serah-terima.pdf"), b"%PDF-1")
    actions.save_pdf(str(tmp_path / "laporan.pdf"), b"%PDF-1")
    story.rest()
    noted = [
        (one.statement.fields["what"], one.statement.fields["people"])
        for one in story.yohana.facts(kinds=(TAKEN,))
    ]
    assert noted == [(Taken.HANDOVER.value, 0), (Taken.HANDOVER.value, 0), (Taken.REPORT.value, 3)]


def test_planted_fault_a_look_that_is_not_noted_is_missing_from_the_list(story, monkeypatch):
    monkeypatch.setattr(wired, "note_viewed", lambda _profile, _person: False)
    story.looks_at(HELENA)
    assert f"Membuka halaman {HELENA.name}" not in story.told()
