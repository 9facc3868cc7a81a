"""Somebody leaves service and is deleted: three PCs without a line carry it out, and each says that it did."""

import io
import json
import uuid
import zipfile

import pytest

from desktop.demo.people import COORDINATOR, LEARNERS
from desktop.errors import Problem
from desktop.office.erasures import reaching
from desktop.office.exchange_stick import exchange
from desktop.office.merge import merge
from desktop.people import erasing
from desktop.people.erasing import carry_out
from desktop.people.own_data import ask_deletion, copy_of, deletions, kept_of, withdraw_deletion
from desktop.people.vouching import vouch, waiting_keys
from desktop.store.farewell import Farewells
from sync.client.stick import Stick
from sync.folds.reach import CARRIED, KINDS_OF_REACH, erasures
from sync.folds.requests import DELETION, State
from tests.builders.road import Pc, carried, jp_of, read_all, sent, take_quiz

HELENA, KETUT = LEARNERS[3], LEARNERS[4]


class Story:
    """Ketut at two village PCs, Helena at the first of them, a third at the desk; nobody but the desk has a line."""

    def __init__(self, town, folder):
        self.town = town
        self.office = town.office((COORDINATOR, HELENA, KETUT))
        pack = town.pack()
        self.kampung, self.pustu, self.meja = (
            Pc(folder / name, name, self.office) for name in ("PC Kampung", "PC Pustu", "PC Sekretariat")
        )
        self.all = (self.kampung, self.pustu, self.meja)
        for pc in self.all:
            pc.install(pack)
        self.helena, self.ketut = (self.kampung.sit(one) for one in (HELENA, KETUT))
        self.second = self.pustu.sit(KETUT, code=False)
        self.yohana = self.meja.sit(COORDINATOR)
        for pc, one in ((self.kampung, self.helena), (self.kampung, self.ketut)):
            read_all(pc.learning(one))
            take_quiz(pc.learning(one))
        self.gone = self.ketut.person
        self.root = folder / "flashdisk"
        self.root.mkdir()
        Stick(self.root, self.meja.store.office()).prepare()

    def lock(self):
        for one in (self.helena, self.ketut, self.second):
            one.close()

    def round(self):
        """Around the village with the stick, and to town."""
        for pc in (self.kampung, self.pustu):
            exchange(pc.store, Stick(self.root, pc.store.office()))
        merge(self.yohana, Stick(self.root, self.meja.store.office()))
        for key in waiting_keys(self.yohana):
            vouch(self.yohana, key, key.person)
        carried(self.yohana, self.town.url)
        sent(self.yohana, self.town.url)
        merge(self.yohana, Stick(self.root, self.meja.store.office()))
        for pc in (self.kampung, self.pustu):
            exchange(pc.store, Stick(self.root, pc.store.office()))

    def erases(self):
        self.town.ask("person", "erase", str(uuid.UUID(bytes=self.gone)))

    def reach(self):
        """What the operator is shown: PC name to (done, the profile went too)."""
        told = json.loads(self.town.ask("person", "reach", "--json", "--office", self.office.name))
        (one,) = told["erasures"]
        assert uuid.UUID(one["person"]).bytes == self.gone
        return {pc["name"]: (pc["done"] is not None, pc["own"]) for pc in one["computers"]}

    def ends(self):
        for one in (self.helena, self.yohana):
            one.close()
        for pc in self.all:
            pc.off()


@pytest.fixture
def story(town, tmp_path, cheap_pins):
    made = Story(town, tmp_path)
    yield made
    made.ends()


def files_of(pc, row):
    return [path for path in pc.folder.rglob("*") if path.name.startswith(row.file)]


def test_a_deletion_reaches_three_pcs_without_a_line_and_each_says_so(story):
    story.round()
    story.lock()
    rows = [
        pc.store.profile(one.profile)
        for pc, one in ((story.kampung, story.ketut), (story.pustu, story.second))
    ]
    assert files_of(story.kampung, rows[0])
    assert files_of(story.pustu, rows[1])
    story.erases()
    sent(story.yohana, story.town.url)
    assert not carry_out(story.meja.store, story.yohana)
    sent(story.yohana, story.town.url)
    assert story.reach() == {
        "PC Sekretariat": (True, False),
        "PC Kampung": (False, False),
        "PC Pustu": (False, False),
    }

    (told,) = reaching(story.yohana)
    assert (told.done, told.all, told.waiting) == (1, 3, ("PC Kampung", "PC Pustu"))

    # The stick brings the word; Helena signs in at the PC she shared, and Ketut's file goes without his PIN.
    story.round()
    helena = story.kampung.enter(story.helena.profile)
    assert files_of(story.kampung, rows[0]) == []
    assert jp_of(helena) > 0
    assert [one.initials for one in story.kampung.store.farewells.all()] == [rows[0].initials]
    assert {tile.profile for tile in story.kampung.store.tiles()} == {helena.profile}
    # At the other nobody else sits: he is told when he signs in, and his own key says the last word.
    with pytest.raises(Problem, match="sudah dihapus"):
        story.pustu.enter(story.second.profile)
    assert files_of(story.pustu, rows[1]) == []
    assert story.pustu.store.tiles() == ()
    story.helena = helena

    # The next round brings both words to the centre, and all of it is acknowledged.
    story.round()
    assert story.reach() == {
        "PC Sekretariat": (True, False),
        "PC Kampung": (True, True),
        "PC Pustu": (True, True),
    }
    for pc in (story.kampung, story.pustu):
        assert pc.store.outbox.outgoing() == ()
    said = {fact.statement.kind for fact in story.town.stored(story.second.profile)}
    assert said == set(), "the centre took the word, and nothing else of his"
    # The desk is told the same.
    sent(story.yohana, story.town.url)
    known = story.yohana.authority()
    (one,) = erasures(known.accepted(story.yohana.facts(kinds=KINDS_OF_REACH)))
    assert {due.name: due.own for due in one.due.values()} == {
        "PC Sekretariat": False,
        "PC Kampung": True,
        "PC Pustu": True,
    }
    assert one.waiting == ()
    assert reaching(story.yohana) == ()
    # Nothing is said twice.
    assert not carry_out(story.meja.store, story.yohana)
    before = len(story.yohana.facts(kinds=(CARRIED,)))
    carry_out(story.meja.store, story.yohana)
    assert len(story.yohana.facts(kinds=(CARRIED,))) == before


def test_a_wish_to_be_deleted_is_declined_with_a_reason_taken_back_and_granted(story):
    """Helena takes a copy first; the centre reads her reason, the desk does not."""
    story.round()
    packed = zipfile.ZipFile(io.BytesIO(copy_of(story.helena)))
    assert sorted(packed.namelist()) == ["data-saya.html", "data-saya.json"]
    held = json.loads(packed.read("data-saya.json"))
    assert held["nip"] == HELENA.nip
    assert "quiz.answered" in {one["kind"] for one in held["statements"]}
    assert HELENA.nickname in packed.read("data-saya.html").decode()
    assert story.ketut.nip not in packed.read("data-saya.json").decode()

    ask_deletion(story.helena, "Pindah tugas ke provinsi lain")
    with pytest.raises(Problem, match="menunggu"):
        ask_deletion(story.helena, "sekali lagi")
    story.round()
    told = story.town.ask("person", "deletions")
    assert "Pindah tugas ke provinsi lain" in told
    assert not any(
        b"Pindah tugas" in str(fact.statement.fields).encode()
        for fact in story.yohana.facts(kinds=(DELETION,))
    )
    mark = told.splitlines()[
        next(n for n, line in enumerate(told.splitlines()) if HELENA.name in line)
    ].split()[0]
    story.town.ask("person", "keep", mark, "--reason", "Masih tercatat bertugas sampai Mei")
    story.round()
    story.helena.catch_up()
    (asked,) = deletions(story.helena)
    assert (asked.state, asked.answer) == (State.DECLINED, "Masih tercatat bertugas sampai Mei")

    ask_deletion(story.helena, "")
    withdraw_deletion(story.helena)
    story.round()
    assert HELENA.name not in story.town.ask("person", "deletions")
    assert kept_of(story.helena).deletion.state is State.WITHDRAWN


def test_a_power_cut_between_the_mark_and_the_file_is_made_good_at_the_next_start(story, monkeypatch):
    story.round()
    row = story.kampung.store.profile(story.ketut.profile)
    story.lock()
    story.erases()
    story.round()
    with monkeypatch.context() as cut:
        cut.setattr(story.kampung.store, "remove_profile", lambda _profile: _cut())
        with pytest.raises(OSError, match="listrik"):
            story.kampung.enter(story.helena.profile)
    assert files_of(story.kampung, row)
    story.kampung.off()
    story.kampung.on()
    story.kampung.store.prepare()
    assert files_of(story.kampung, row) == []
    story.helena = story.kampung.enter(story.helena.profile)
    sent(story.helena, story.town.url)
    assert story.reach()["PC Kampung"] == (True, True)


def _cut():
    raise OSError("listrik")


def test_planted_fault_a_pc_that_only_says_it_is_found_by_its_file(story, monkeypatch):
    story.round()
    row = story.kampung.store.profile(story.ketut.profile)
    story.lock()
    story.erases()
    story.round()
    with monkeypatch.context() as faulty:
        faulty.setattr(Farewells, "bid", lambda _self, _profile: None)
        story.helena = story.kampung.enter(story.helena.profile)
    assert files_of(story.kampung, row), "the check above looks at the file, not at the word"


def test_planted_fault_a_pc_that_says_nothing_stays_on_the_list(story, monkeypatch):
    story.round()
    story.lock()
    story.erases()
    story.round()
    with monkeypatch.context() as faulty:
        faulty.setattr(erasing, "_say", lambda *_, **__: None)
        story.helena = story.kampung.enter(story.helena.profile)
    story.round()
    assert story.reach()["PC Kampung"] == (False, False)
