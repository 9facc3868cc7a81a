"""Somebody learns before the roster knows them, then the roster names them: one person, one history, by every road."""

import pytest
from PySide6.QtWidgets import QApplication

from desktop.app.application import Application
from desktop.app.study_desk import StudyDesk
from desktop.background.sync_words import word_code
from desktop.demo.people import COORDINATOR, LEARNERS, PIN, Invented
from desktop.demo.pilot import Pilot
from desktop.office.carry import to_centre
from desktop.office.exchange_stick import exchange
from desktop.office.merge import merge
from desktop.people.office import adopt_office, inspect_office
from desktop.people.profiles import sign_in
from desktop.people.vouching import finish, vouch, waiting_keys
from desktop.player.notes import Note
from desktop.screens.office import ACCOUNTS
from desktop.store.facts import Scope
from sync import bundle
from sync.client.faults import Failure
from sync.client.stick import Stick
from sync.client.transport import Transport
from sync.folds.standing import StandingFold
from sync.journal.kind import Audience
from sync.journal.kinds import KINDS
from tests.builders.road import (
    JP,
    QUIZ,
    READ,
    Handed,
    Pc,
    desk_row,
    jp_of,
    read_all,
    read_codes,
    send,
    take_quiz,
)

MARIA = LEARNERS[5]
LUKAS = Invented("Lukas Imbiri", "199805052024211004", "Distrik Baru")
AT_VILLAGE, AT_OFFICE = "catatan di kampung", "catatan di kantor"


class Story:
    """A village PC where Lukas began unknown, a new PC where he went on known, and the coordinator's desk."""

    def __init__(self, town, folder):
        self.town, self.folder = town, folder
        self.office = town.office((COORDINATOR, MARIA))
        self.pack = town.pack(rules="")
        self.village, self.desk = (Pc(folder / name, name, self.office) for name in ("PC Kampung", "PC Meja"))
        for pc in (self.village, self.desk):
            pc.install(self.pack)
        self.yohana = self.desk.sit(COORDINATOR)
        self.began = self.village.sit(LUKAS, code=False)
        assert (self.began.person, self.began.role) == (b"", "learner")
        learning = self.village.learning(self.began)
        learning.page_read(READ, 1, 60)
        self.notes(self.village, self.began).put(Note(READ, 1, text=AT_VILLAGE))
        take_quiz(learning, wrong=2)
        self.root = folder / "flashdisk"
        self.root.mkdir()
        Stick(self.root, self.desk.store.office()).prepare()

    def notes(self, pc, profile):
        return StudyDesk(profile, pc.shelf, lambda: None)

    def named(self):
        """The district's next roster lists him; the office file goes to the desk, and he signs up at a new PC."""
        roster, out = self.folder / "daftar.csv", self.folder / "hasil"
        rows = [f"{one.nip};{one.name};{one.unit};{one.role}" for one in (COORDINATOR, MARIA, LUKAS)]
        roster.write_text("NIP;Nama;Unit;Peran\n" + "\n".join(rows) + "\n", "utf-8")
        self.town.ask("office", "update", str(roster), "--office", self.office.name, "--out", str(out))
        (file,) = out.glob("*.suluh-kantor")
        self.handed = Handed(file, read_codes(out / "kode-pendaftaran.csv"), self.office.name)
        adopt_office(self.desk.store, inspect_office(self.desk.store, file).raw)
        finish(self.desk.store, self.yohana)
        self.new = Pc(self.folder / "baru", "PC Baru", self.handed)
        self.new.install(self.pack)
        self.known = self.new.sit(LUKAS)
        learning = self.new.learning(self.known)
        read_all(learning)
        self.notes(self.new, self.known).put(Note(READ, 2, text=AT_OFFICE))
        take_quiz(learning)
        assert jp_of(self.known) == JP

    def by_net(self):
        """Everybody who has begun sends and receives."""
        for profile in (self.began, getattr(self, "known", None), self.yohana):
            if profile is not None:
                outcome = send(profile, self.town.url)
                assert outcome.failure is None
                told = {code for code, _ in outcome.refusals}
                assert told == set() if profile.person else told == {"office"}, "nothing is kept of strangers"
        finish(self.village.store, self.began)  # as the window does after each delivery

    def by_stick(self):
        """The coordinator visits every PC, and takes the stick to town and back."""
        pcs = [self.village, *([self.new] if hasattr(self, "new") else [])]
        for pc in pcs:
            exchange(pc.store, Stick(self.root, pc.store.office()))
        merge(self.yohana, Stick(self.root, self.desk.store.office()))
        road = Transport(self.town.url)
        try:
            outcome = to_centre(
                self.yohana,
                lambda body: (
                    answer if isinstance(answer := road.post(body, "/v1/carry"), Failure) else answer.body
                ),
            )
        finally:
            road.close()
        assert outcome.failure is None
        assert outcome.left <= (not self.began.person), "only what nobody has introduced is carried again"
        merge(self.yohana, Stick(self.root, self.desk.store.office()))
        for pc in pcs:
            exchange(pc.store, Stick(self.root, pc.store.office()))
        for profile in (self.began, getattr(self, "known", None)):
            if profile is not None:
                profile.catch_up()
        finish(self.village.store, self.began)

    def vouched_in_the_window(self):
        """The coordinator says at her own window whose the old profile is, by the name it now bears itself."""
        mine = self.yohana.profile
        folders = self.desk.store.folders
        self.yohana.close()
        self.desk.off()
        qt = QApplication.instance()
        app = Application(qt, folders, tuple)
        app.open()
        pilot = Pilot(qt, app.window)
        try:
            pilot.until(lambda: app.window.page() or pilot.names(), "the first screen")
            app.enter(sign_in(app.store, mine, PIN))
            pilot.settle(app.jobs.idle)
            app.session.desk.open_tab(ACCOUNTS)
            pilot.settle(app.jobs.idle)
            said = pilot.wait("vouch_0").parentWidget().accessibleName()
            pilot.click("vouch_0")
            pilot.click("vouch_confirm")
            pilot.settle(app.jobs.idle)
            assert pilot.see("vouch_0") is None
        finally:
            app.window.close()
            app.window.deleteLater()
            app.store.close()
        self.desk.on()
        self.yohana = self.desk.enter(mine)
        return said

    def hash_at(self, profile, *scopes):
        """What all that an office reads of both profiles adds up to, where this person sits."""
        fold = StandingFold({})
        facts = {fact.identity: fact for scope in scopes for fact in profile.facts(scope)}
        for fact in profile.authority().accepted(facts.values()):
            mine = fact.header.profile in {self.began.profile, self.known.profile}
            if mine and KINDS[fact.statement.kind].audience is Audience.OFFICE:
                fold.add(fact)
        return fold.standing(profile.zone()).state_hash


@pytest.mark.parametrize("road", ["net", "stick"])
@pytest.mark.parametrize("first", ["the work", "the roster"])
def test_who_began_unknown_is_who_the_roster_names(town, tmp_path, cheap_pins, qtbot, road, first):
    story = Story(town, tmp_path)
    go = story.by_net if road == "net" else story.by_stick
    if first == "the work":
        go()
        unknown = [one.person for one in waiting_keys(story.yohana)]
        assert unknown == ([b""] if road == "stick" else [])
    story.named()
    for _ in range(2):
        go()
    person = story.desk.store.office().find(LUKAS.nip).person
    assert story.began.person == story.known.person == person
    if (road, first) == ("stick", "the work"):
        assert story.vouched_in_the_window().startswith(LUKAS.name)
    else:
        (waiting,) = waiting_keys(story.yohana)
        vouch(story.yohana, waiting, waiting.person)
    for _ in range(3):
        go()

    assert waiting_keys(story.yohana) == ()
    both = (story.began, story.known)
    assert len({one.standing().state_hash for one in both}) == 1
    hashes = {story.hash_at(one, Scope.OWN, Scope.PERSON) for one in both}
    assert hashes == {story.hash_at(story.yohana, Scope.OFFICE)}, "one state at both PCs and at the desk"
    for pc, one, own in ((story.village, story.began, AT_VILLAGE), (story.new, story.known, AT_OFFICE)):
        assert jp_of(one) == JP, "the hours of the course once"
        assert one.standing().quizzes[QUIZ].attempts == 2
        kept = story.notes(pc, one).notes()
        assert len(kept) == 2, (
            "both notes are on both, that of the other PC perhaps sealed until it opens it again"
        )
        assert own in {each.text for each in kept}
    assert desk_row(story.yohana, LUKAS).jp == town.row(story.office, LUKAS)["jp"] == JP
    assert [one["name"] for one in town.report(story.office)].count(LUKAS.name) == 1


def test_planted_fault_a_pc_that_does_not_say_whose_file_it_holds_stays_unknown(
    town, tmp_path, cheap_pins, qtbot, monkeypatch
):
    """Alone and online, whom no roster named would never hear that the next one does."""
    monkeypatch.setattr(bundle, "office_mark", lambda _uuid: 0)
    with pytest.raises(AssertionError):
        test_who_began_unknown_is_who_the_roster_names(town, tmp_path, cheap_pins, qtbot, "net", "the work")


def test_what_an_unknown_learner_reads_when_the_centre_takes_nothing_yet(town, tmp_path, cheap_pins):
    story = Story(town, tmp_path)
    unsent = story.began.unsent()
    outcome = send(story.began, town.url)
    told = word_code(*outcome.refusals[0])
    assert told.title == "Anda belum ada di daftar kantor ini."
    assert "tetap tersimpan" in told.advice
    assert story.began.unsent() == unsent > 0
