"""Killed on the way through a backup or a mending: a backup is whole or not there, and the way in stays open."""

import os
import shutil
import signal
import sys

import pytest

from desktop.paths import Folders
from desktop.store import mending
from desktop.store.copies import DAY, FOLDER, copies_of, take_copy
from desktop.store.device import Store
from desktop.store.doors import Newcomer, Shut, create_profile, unlock
from desktop.store.facts import Scope
from desktop.store.faults import StoreFault
from desktop.store.mending import put_back
from desktop.store.soundness import Verdict, judge
from sync.officefile import read_office
from tests.builders.office import YOHANA
from tests.fakes.clock import HandClock

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the test forks")
PIN = "135790"
NOW = 1_795_000_000
STRIDE = 11
"""Every so many lines one is killed at; which ones is another choice in each run."""


def killed_at(line, module, work):
    """Do `work` in a process that dies at the n-th line it runs in a module; tells whether it lived to the end."""
    child = os.fork()
    if child == 0:
        left = line

        def step(frame, event, _argument):
            nonlocal left
            if frame.f_code.co_filename != module:
                return None
            if event == "line":
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
            return step

        code = 7
        try:
            sys.settrace(step)
            work()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return not os.WIFSIGNALED(status)


class Kept:
    """A PC with 40 answers, of which the backups hold 30."""

    def __init__(self, place, office=None):
        self.place = place
        self.folders = Folders(place / "data", place / "kunci", shared=True)
        self.data = self.folders.data
        if office is None:
            return
        store = Store.open(self.folders, HandClock())
        store.put_office(read_office(office.raw))
        profile = create_profile(store, Newcomer(YOHANA, "Yo", "YO", "learner", {}), PIN)
        self.file, self.key, self.who = (
            store.profile(profile.profile).file,
            profile.keys.database,
            profile.profile,
        )
        self.answers(profile, range(30))
        store.care.copy(self.file, self.key)
        store.care.copy("device.db")
        self.answers(profile, range(30, 40))
        self.image = [(self.data / f"{self.file}{end}").read_bytes() for end in ("", "-wal")]
        profile.close()
        store.close()

    @staticmethod
    def answers(profile, numbers):
        fields = {"activity": "a/b/c", "attempt": 1, "answer": "2" * 90, "seconds": 2}
        profile.record_all([("quiz.answered", {**fields, "question": number}) for number in numbers])

    def beside(self, place):
        shutil.copytree(self.place, place)
        other = Kept(place)
        other.file, other.key, other.who, other.image = self.file, self.key, self.who, self.image
        return other

    def open(self):
        return Store.open(self.folders, HandClock())

    def own(self):
        store = self.open()
        try:
            profile = unlock(store, self.who, PIN)
            assert not isinstance(profile, Shut)
            facts = [fact.statement for fact in profile.facts(Scope.OWN)]
            profile.close()
        finally:
            store.close()
        return {one.fields["question"] for one in facts if one.kind == "quiz.answered"}


@pytest.fixture
def kept(tmp_path, office, cheap_pins):
    return Kept(tmp_path / "pc", office)


def test_a_kill_in_the_middle_of_a_backup_leaves_only_whole_ones_and_the_old_ones(kept):
    module, line, day = sys.modules[take_copy.__module__].__file__, os.getpid() % STRIDE, 1
    before = copies_of(kept.data, kept.file)
    while True:
        line += STRIDE
        day += 1
        at = NOW + day * DAY
        if killed_at(line, module, lambda at=at: take_copy(kept.data, kept.file, kept.key, at)):
            break
        found = copies_of(kept.data, kept.file)
        assert found
        assert all(judge(one.path, kept.key, closed=True) is Verdict.SOUND for one in found[:2])
        assert found[0].number >= before[0].number
        day += 1
        before = (
            take_copy(kept.data, kept.file, kept.key, NOW + day * DAY),
            *found,
        )  # the next one comes through
        assert len(copies_of(kept.data, kept.file)) <= 5
    assert line > 40  # there were that many places to die at
    assert [path.name for path in (kept.data / FOLDER).iterdir() if path.name.startswith(".")] == []
    assert len(copies_of(kept.data, kept.file)) <= 5
    assert kept.own() == set(range(40))


@pytest.mark.parametrize("file", ["profile", "device"])
def test_a_kill_in_the_middle_of_a_mending_is_mended_by_the_next_start(kept, file, tmp_path):
    name = kept.file if file == "profile" else "device.db"
    path = kept.data / name
    path.write_bytes(bytes(path.stat().st_size))
    line = os.getpid() % STRIDE
    while True:
        line += STRIDE
        pc = kept.beside(tmp_path / f"pc{line}")
        lived = killed_at(line, mending.__file__, pc.own)
        assert pc.own() == set(range(30 if file == "profile" else 40))
        aside = pc.data / mending.ASIDE / f"{name}.1"
        assert aside.read_bytes() == path.read_bytes()
        shutil.rmtree(pc.place)
        if lived:
            break
    assert line > 40


def with_log(pc):
    """Leave what a damaged database and its log look like after a power cut."""
    (pc.data / pc.file).write_bytes(pc.image[0])
    (pc.data / f"{pc.file}-wal").write_bytes(pc.image[1])


def test_the_log_of_the_damaged_file_goes_with_it(kept):
    with_log(kept)
    put_back(kept.data / kept.file, kept.key, copies_of(kept.data, kept.file)[0])
    assert kept.own() == set(range(30))


def test_planted_fault_a_log_left_behind_is_played_into_the_backup(kept, monkeypatch):
    with_log(kept)
    monkeypatch.setattr(mending, "SIDES", ("",))
    put_back(kept.data / kept.file, kept.key, copies_of(kept.data, kept.file)[0])
    assert judge(kept.data / kept.file, kept.key) is Verdict.DAMAGED


def test_planted_fault_a_backup_that_has_its_name_before_it_is_whole_is_found_half(kept, monkeypatch):
    path = copies_of(kept.data, kept.file)[0].path
    path.with_name(f"{kept.file}.000002.{NOW + DAY}").write_bytes(path.read_bytes()[:8192])
    newest = copies_of(kept.data, kept.file)[0]
    assert judge(newest.path, kept.key, closed=True) is Verdict.DAMAGED
    with pytest.raises(StoreFault):
        put_back(kept.data / kept.file, kept.key, newest)
    assert kept.own() == set(range(40))  # and nothing was moved
