"""Damaged databases: bits that flipped, files cut short or emptied, a lost log; what is kept is what comes back."""

import random
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.store import copies
from desktop.store.copies import DAY, DAYS, WEEKS, copies_of, kept, take_copy
from desktop.store.device import Store
from desktop.store.doors import Newcomer, Shut, create_profile, unlock
from desktop.store.facts import Scope
from desktop.store.faults import Reason, StoreFault
from desktop.store.mending import ASIDE, mark_of, put_back, set_aside_of
from desktop.store.secret import device_key
from desktop.store.soundness import Verdict, judge
from sync.officefile import read_office
from tests.builders.office import DINA, YOHANA

PIN = "135790"
PAGE = 4096


def answers(profile, *numbers):
    return [
        profile.record("quiz.answered", activity="a/b/c", attempt=1, question=n, answer="2" * 200, seconds=2)
        for n in numbers
    ]


@pytest.fixture(scope="module")
def kept_pc(tmp_path_factory, office):
    """A PC with Yohana's 150 answers, a copy of each database after the first 100, closed cleanly."""
    from desktop.paths import Folders
    from desktop.store import keyring
    from desktop.store.rows import Stretch
    from tests.fakes.clock import HandClock

    place = tmp_path_factory.mktemp("pc")
    patch = pytest.MonkeyPatch()
    patch.setattr(keyring, "new_stretch", lambda: Stretch(b"s" * 16, 8, 1))
    store = Store.open(Folders(place / "data", place / "kunci", shared=True), HandClock())
    store.put_office(read_office(office.raw))
    profile = create_profile(store, Newcomer(YOHANA, "Yo", "YO", "learner", {}), PIN)
    answers(profile, *range(100))
    file, key = store.profile(profile.profile).file, profile.keys.database
    assert store.care.copy(file, key) is not None
    assert store.care.copy("device.db") is not None
    answers(profile, *range(100, 150))
    profile.close()
    store.close()
    patch.undo()
    return place, profile.profile, file, key


@pytest.fixture
def pc(kept_pc, tmp_path, clock):
    """The same PC in a folder of this test; gives how to open it, and where its files lie."""
    from desktop.paths import Folders

    place, who, file, key = kept_pc
    shutil.copytree(place, tmp_path / "pc")
    folders = Folders(tmp_path / "pc" / "data", tmp_path / "pc" / "kunci", shared=True)
    opened = []

    class Desk:
        data, profile, name, db_key = folders.data, who, file, key

        def open(self):
            store = Store.open(folders, clock)
            opened.append(store)
            return store

        def own(self, store):
            profile = unlock(store, who, PIN)
            assert not isinstance(profile, Shut)
            found = profile.facts(Scope.OWN)
            numbers = {f.statement.fields["question"] for f in found if f.statement.kind == "quiz.answered"}
            profile.close()
            return numbers

    yield Desk()
    for store in opened:
        store.close()


def flip(path, seed, bits=1):
    chance = random.Random(seed)
    data = bytearray(path.read_bytes())
    for _ in range(bits):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


@pytest.mark.parametrize("seed", range(24))
def test_a_flipped_bit_in_a_profile_never_costs_more_than_what_came_after_the_backup(pc, seed):
    flip(pc.data / pc.name, seed)
    store = pc.open()
    store.care.begin()
    found = store.care.check(pc.name, pc.db_key)
    if found is Verdict.SOUND:  # the bit lay in a page that holds nothing any more
        assert pc.own(store) == set(range(150))
        return
    assert found is Verdict.DAMAGED
    assert pc.own(store) == set(range(100))
    assert store.care.news(pc.name) is not None
    assert store.care.news(pc.name) is None  # told once
    assert store.care.missing(pc.name) == 50
    assert set_aside_of(pc.data, pc.name) != ()
    assert not store.care.is_damaged(pc.name)


@pytest.mark.parametrize("seed", range(24))
def test_a_flipped_bit_in_the_database_of_the_device_costs_nobody_the_way_in(pc, seed):
    path = pc.data / "device.db"
    flip(path, seed)
    try:
        store = pc.open()
        if store.care.check("device.db") is Verdict.DAMAGED:
            store.close()
            store = pc.open()
    except StoreFault as fault:
        assert fault.reason is Reason.DAMAGED  # noqa: PT017 - met in the middle of opening: the next start mends
        store = pc.open()
    assert pc.own(store) == set(range(150))
    assert store.care.check("device.db") is Verdict.SOUND
    assert store.office() is not None
    profile = unlock(store, pc.profile, PIN)
    assert profile.unsent() > 0
    covered = store.outbox.covered(pc.profile)
    assert all(spans[0][0] == 1 for spans in covered.values())  # sealed again, from the first statement
    profile.close()


@pytest.mark.parametrize("left", [0, 1, 100, PAGE - 1, PAGE, 3 * PAGE, 20_000])
@pytest.mark.parametrize("file", ["profile", "device"])
def test_a_file_cut_short_is_set_aside_and_the_backup_opened(pc, left, file):
    name = pc.name if file == "profile" else "device.db"
    path = pc.data / name
    path.write_bytes(path.read_bytes()[:left])
    store = pc.open()
    own = pc.own(store)
    assert own == set(range(100 if file == "profile" else 150))
    assert store.care.restored(name) is not None
    aside = pc.data / ASIDE / f"{name}.1"
    assert aside.stat().st_size == left


@pytest.mark.parametrize("file", ["profile", "device"])
def test_a_file_of_zeros_or_none_at_all_is_not_taken_for_a_new_pc(pc, file):
    name = pc.name if file == "profile" else "device.db"
    path = pc.data / name
    path.write_bytes(bytes(path.stat().st_size))
    store = pc.open()
    assert pc.own(store) >= set(range(100))
    store.close()
    path.unlink()
    assert pc.own(pc.open()) >= set(range(100))


@pytest.mark.parametrize("file", ["profile", "device"])
def test_without_any_backup_a_damaged_file_is_told_and_left_as_it_is(pc, file):
    shutil.rmtree(pc.data / copies.FOLDER)
    name = pc.name if file == "profile" else "device.db"
    path = pc.data / name
    path.write_bytes(b"")
    with pytest.raises(StoreFault) as caught:
        pc.own(pc.open())
    assert caught.value.reason is Reason.DAMAGED
    assert path.read_bytes() == b""


def test_the_secret_of_another_pc_sets_nothing_aside(pc):
    secret = pc.data.parent / "kunci" / "rahasia"
    secret.chmod(0o600)
    before = (pc.data / "device.db").read_bytes()
    secret.write_bytes(bytes(32))
    with pytest.raises(StoreFault) as caught:
        pc.open()
    assert caught.value.reason is Reason.WRONG_KEY
    assert (pc.data / "device.db").read_bytes() == before
    assert not (pc.data / ASIDE).exists()


def test_a_lost_log_of_a_profile_is_noticed_by_its_count(pc):
    store = pc.open()
    profile = unlock(store, pc.profile, PIN)
    made = answers(profile, *range(200, 207))
    wal = pc.data / f"{pc.name}-wal"
    assert wal.stat().st_size
    before = (pc.data / pc.name).read_bytes()  # what a power cut leaves, had nothing been written back
    profile.close()
    (pc.data / pc.name).write_bytes(before)
    wal.unlink(missing_ok=True)
    assert store.care.check(pc.name, pc.db_key) is Verdict.SOUND
    assert pc.own(store) == set(range(150))
    assert store.care.missing(pc.name) == len(made)
    again = unlock(store, pc.profile, PIN)
    logs = {last for spans in store.outbox.covered(pc.profile).values() for _, last in spans}
    assert len(made) in logs  # the outbox still carries them
    again.close()


def test_a_log_never_is_played_into_the_backup_that_replaces_its_database(pc):
    store = pc.open()
    profile = unlock(store, pc.profile, PIN)
    answers(profile, *range(200, 230))
    image = {end: (pc.data / f"{pc.name}{end}").read_bytes() for end in ("", "-wal")}
    profile.close()
    (pc.data / pc.name).write_bytes(bytes(100) + image[""][100:])
    (pc.data / f"{pc.name}-wal").write_bytes(image["-wal"])
    put_back(pc.data / pc.name, pc.db_key, copies_of(pc.data, pc.name)[0])
    assert judge(pc.data / pc.name, pc.db_key, closed=True) is Verdict.SOUND
    assert {path.name for path in set_aside_of(pc.data, pc.name)} == {f"{pc.name}.1", f"{pc.name}.1-wal"}
    assert pc.own(store) == set(range(100))


def test_the_newest_backup_that_is_whole_is_taken(pc):
    store = pc.open()
    store.clock.wait(DAY)
    newest = store.care.copy(pc.name, pc.db_key)
    flip(newest.path, 1, bits=400)
    (pc.data / pc.name).write_bytes(b"x" * 5000)
    assert pc.own(store) == set(range(100))


def test_an_unclean_stop_has_every_database_read_and_a_clean_one_none(pc):
    first = pc.open()
    assert not first.care.begin()
    first.close()
    second = pc.open()
    assert not second.care.begin()
    second.device.close()  # the power went
    third = pc.open()
    assert third.care.begin()
    assert third.care.is_unchecked(pc.name)
    assert third.care.is_unchecked("device.db")
    assert third.care.check("device.db") is Verdict.SOUND
    assert third.care.check(pc.name, pc.db_key) is Verdict.SOUND
    assert not third.care.is_unchecked(pc.name)


def test_a_mark_on_a_database_that_is_whole_is_taken_away_and_nothing_else(pc):
    mark_of(pc.data / pc.name).touch()
    store = pc.open()
    assert pc.own(store) == set(range(150))
    assert store.care.restored(pc.name) is None
    assert not store.care.is_damaged(pc.name)


def test_wrapped_keys_that_changed_are_copied_the_same_day(pc):
    store = pc.open()
    assert not store.care.is_due("device.db")
    create_profile(store, Newcomer(DINA, "Di", "DI", "learner", {}), PIN).close()
    assert store.care.is_due("device.db")
    store.care.copy("device.db")
    assert not store.care.is_due("device.db")
    (pc.data / "device.db").write_bytes(b"")
    store.close()
    assert len(pc.open().tiles()) == 2


def test_a_person_who_is_removed_leaves_no_backup_and_nothing_set_aside(pc):
    (pc.data / pc.name).write_bytes(b"")
    store = pc.open()
    pc.own(store)
    store.remove_profile(pc.profile)
    assert [path for path in pc.data.rglob("*") if pc.name in path.name] == []


def test_a_short_disk_keeps_the_old_backups_and_makes_no_new_one(pc, monkeypatch):
    before = copies_of(pc.data, pc.name)
    monkeypatch.setattr(copies, "ROOM", 1 << 60)
    assert take_copy(pc.data, pc.name, pc.db_key, 1) is None
    assert copies_of(pc.data, pc.name) == before
    assert not pc.open().care.is_due(pc.name)


def test_a_damaged_database_pushes_no_whole_backup_out(pc):
    flip(pc.data / pc.name, 3, bits=60)
    before = copies_of(pc.data, pc.name)
    store = pc.open()
    store.clock.wait(DAY)
    with pytest.raises(StoreFault) as caught:
        store.care.copy(pc.name, pc.db_key)
    assert caught.value.reason is Reason.DAMAGED
    assert copies_of(pc.data, pc.name) == before
    assert store.care.is_damaged(pc.name)
    assert pc.own(store) == set(range(100))


def test_planted_fault_a_backup_that_nobody_reads_would_replace_the_whole_ones(pc, monkeypatch):
    monkeypatch.setattr(copies, "_copied", lambda source, target, _key: shutil.copyfile(source, target))
    flip(pc.data / pc.name, 3, bits=60)
    with pytest.raises(StoreFault):
        take_copy(pc.data, pc.name, pc.db_key, 1)
    monkeypatch.setattr(copies, "judge", lambda *_a, **_k: Verdict.SOUND)
    assert judge(take_copy(pc.data, pc.name, pc.db_key, 1).path, pc.db_key, closed=True) is Verdict.DAMAGED


def test_copies_are_encrypted_as_they_are_and_open_with_no_other_key(pc):
    for copy in (*copies_of(pc.data, pc.name), *copies_of(pc.data, "device.db")):
        data = copy.path.read_bytes()
        assert not data.startswith(b"SQLite")
        assert b"quiz.answered" not in data
        assert judge(copy.path, bytes(32)) is Verdict.DAMAGED
    key = device_key(pc.open().secret, b"database")
    assert judge(copies_of(pc.data, "device.db")[0].path, key, closed=True) is Verdict.SOUND


@given(st.lists(st.integers(0, 400 * DAY), max_size=40))
def test_whatever_the_clock_did_the_newest_stays_and_no_more_than_five(times):
    chosen = kept(times)
    assert chosen == tuple(sorted(set(chosen)))
    assert len(chosen) <= DAYS + WEEKS
    assert not times or chosen[0] == 0


@given(st.integers(1, 90), st.integers(0, 6))
def test_a_copy_a_day_leaves_three_days_and_two_weeks(days, offset):
    held = []
    for day in range(days):
        held.insert(0, (day + offset) * DAY)
        held = [held[at] for at in kept(held)]
    last = (days - 1 + offset) * DAY
    assert held[: min(days, DAYS)] == [last - back * DAY for back in range(min(days, DAYS))]
    if days >= 21:
        assert len(held) == DAYS + WEEKS
        assert 7 * DAY <= last - held[-1] <= 17 * DAY
