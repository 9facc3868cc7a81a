"""Helena has gone from a village PC: a year later it lets go of her profile, tells it first, and nothing is lost."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from desktop.app.application import Application
from desktop.demo.people import COORDINATOR, LEARNERS
from desktop.demo.pilot import Pilot
from desktop.people.profiles import sign_in
from desktop.people.trail import endings_told, office_trail
from desktop.people.vouching import vouch, waiting_keys
from desktop.store.outbox import Outbox
from sync.folds.trail import Deed
from sync.retention import DAY, Term, shipped_schedule
from tests.builders.road import JP, Pc, jp_of, read_all, sent, take_quiz

HELENA, KETUT = LEARNERS[3], LEARNERS[4]
YEAR, NOTICE = shipped_schedule().seconds(Term.PROFILE), shipped_schedule().notice


class Story:
    """Helena and Ketut share a village PC, Yohana has the desk."""

    def __init__(self, town, folder):
        self.town = town
        self.office = town.office((COORDINATOR, HELENA, KETUT), url="http://127.0.0.1:9")
        self.kampung, self.meja = (Pc(folder / name, name, self.office) for name in ("PC Kampung", "PC Meja"))
        self.kampung.install(town.pack())
        self.meja.install(town.pack())
        helena, ketut = (self.kampung.sit(one) for one in (HELENA, KETUT))
        read_all(self.kampung.learning(helena))
        take_quiz(self.kampung.learning(helena))
        self.helena, self.ketut = helena.profile, ketut.profile
        self.yohana = self.meja.sit(COORDINATOR)
        sent(self.yohana, town.url)
        sent(helena, town.url)
        sent(ketut, town.url)
        helena.close()
        ketut.close()
        self.kampung.store.put_setting("ready", "1")
        folders = self.kampung.store.folders
        self.kampung.off()
        qt = QApplication.instance()
        self.app = Application(qt, folders, tuple)
        self.app.open()
        self.pilot = Pilot(qt, self.app.window)
        self.pilot.until(lambda: self.pilot.see("sign_in_screen"), "the first screen")

    @property
    def store(self):
        return self.app.store

    def enters(self, profile):
        self.app.enter(sign_in(self.store, profile, "481526"))
        self.rest()
        if self.pilot.see("privacy_sheet"):
            self.pilot.click("privacy_read")
        self.looks()

    def looks(self):
        """The look that the PC takes by itself once an hour, and whenever somebody comes."""
        self.app.care().entered()
        self.rest()
        self.app.care().look()
        self.rest()

    def leaves(self):
        self.app.switch_user()
        self.rest()

    def rest(self):
        self.pilot.settle(self.app.jobs.idle)

    def passes(self, seconds):
        """So much time passes, and the centre signs it."""
        self.store.saw_time(self.store.now() + seconds)

    def told(self):
        """What Setelan says will go."""
        self.app.session.visit("settings")
        self.rest()
        return [one.text() for one in self.pilot.wait("terms_card").findChildren(QLabel)]

    def kept(self):
        """What Data saya says of the person."""
        return [one.text() for one in self.pilot.wait("own_data_state").findChildren(QLabel)]

    def tiles(self):
        return {tile.profile for tile in self.store.tiles()}

    def file(self):
        return self.store.folders.data / self.store.profile(self.helena).file

    def ends(self):
        self.yohana.close()
        self.meja.off()
        self.app.window.close()
        self.app.window.deleteLater()


@pytest.fixture
def story(town, tmp_path, cheap_pins, qtbot):
    made = Story(town, tmp_path)
    yield made
    made.ends()


def test_a_year_after_she_left_her_profile_goes_told_first_and_all_her_work_is_there(story):
    story.enters(story.helena)
    read = story.told()
    assert "Tidak ada." in read
    assert any("terkunci dengan PIN: " in line for line in story.kept())
    assert any("1 tahun sesudah Anda terakhir masuk" in line for line in story.kept())
    story.pilot.click("own_data_terms")
    story.rest()
    rows = [one.text() for one in story.pilot.wait("trail_slot").findChildren(QLabel)]
    assert "Profil yang tidak dipakai lagi di sebuah komputer" in rows
    assert any(line.startswith("5 tahun sejak keluar dari daftar kantor.") for line in rows)
    story.pilot.click("trail_ok")
    # What she read last goes out with Ketut's visit, while she is away.
    story.leaves()
    story.enters(story.ketut)
    sent(story.app.session.profile, story.town.url)

    story.passes(YEAR)
    story.looks()
    initials = next(tile.initials for tile in story.store.tiles() if tile.profile == story.helena)
    sent(story.app.session.profile, story.town.url)
    sent(story.yohana, story.town.url)
    coming = endings_told(story.yohana)
    assert ("PC Kampung", Term.PROFILE.value, 1) in {(one.computer, one.what, one.count) for one in coming}
    said = story.told()
    assert f"Profil {initials}, lama tidak dipakai" in said
    assert any(line.startswith("Dihapus paling cepat ") for line in said)
    story.passes(NOTICE - DAY)
    story.looks()
    assert story.helena in story.tiles()
    gone = story.file()
    story.passes(2 * DAY)
    story.looks()
    assert story.tiles() == {story.ketut}
    assert not gone.exists()
    sent(story.app.session.profile, story.town.url)

    # The desk reads what was told and what went, at which computer, and nobody's name.
    sent(story.yohana, story.town.url)
    sent(story.yohana, story.town.url)
    steps = [one for one in office_trail(story.yohana) if one.what == Term.PROFILE.value]
    assert {one.deed for one in steps} == {Deed.TOLD, Deed.ENDED}
    assert Term.PROFILE.value not in {one.what for one in endings_told(story.yohana)}, "it is over"
    assert {(one.computer, one.count, one.people) for one in steps} == {("PC Kampung", 1, ())}

    # At the centre nothing changed, and she who comes back finds everything.
    assert story.town.row(story.office, HELENA)["jp"] == JP
    again = story.meja.sit(HELENA)
    sent(again, story.town.url)
    sent(story.yohana, story.town.url)
    for key in waiting_keys(story.yohana):
        vouch(story.yohana, key, key.person)
    sent(story.yohana, story.town.url)
    sent(again, story.town.url)
    assert jp_of(again) == JP
    again.close()


def test_planted_fault_work_that_never_came_to_the_centre_keeps_her_profile_unless_nobody_asks(
    story, monkeypatch
):
    story.enters(story.helena)
    story.app.session.profile.record("notice.read", version=1)
    story.leaves()
    story.enters(story.ketut)
    for passed in (YEAR, 2 * NOTICE):
        story.passes(passed)
        story.looks()
        assert "Disimpan: hasilnya belum semua diterima pusat" in story.told()
    assert story.helena in story.tiles()
    monkeypatch.setattr(Outbox, "covered", lambda _self, _profile: {})
    story.looks()
    assert story.tiles() == {story.ketut}
