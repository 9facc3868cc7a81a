"""Terms on one PC: nothing goes early, untold, by a wrong clock, or before the centre has all of it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.store import terms
from desktop.store.device import Store
from desktop.store.doors import Newcomer, create_profile
from desktop.store.mending import set_aside
from desktop.store.outbox import Outbox
from desktop.store.terms import Hold, Terms
from sync.journal.acks import Ack
from sync.officefile import read_office
from sync.retention import DAY, Term, shipped_schedule
from tests.builders.office import DINA, YOHANA

PIN = "135790"
YEAR, NOTICE = shipped_schedule().seconds(Term.PROFILE), shipped_schedule().notice
ASIDE = shipped_schedule().seconds(Term.ASIDE)


class Here:
    """Dina has learned here and left; Yohana uses the PC on."""

    def __init__(self, store, clock, office):
        self.store, self.clock = store, clock
        store.put_office(read_office(office.raw))
        self.signed(0)
        self.yohana = create_profile(store, Newcomer(YOHANA, "Yo", "YO", "learner", {}), PIN)
        dina = create_profile(store, Newcomer(DINA, "Di", "DI", "learner", {}), PIN)
        self.store.terms.entered(dina.profile)
        self.said = dina.record("page.read", activity="a/b/c", page=1, seconds=9, version="1")
        self.dina, self.file = dina.profile, store.folders.data / store.profile(dina.profile).file
        self.open = dina

    def leaves(self):
        self.store.terms.left(self.open)
        self.open.close()

    def acked(self):
        ends = self.open.own_ends()
        self.store.outbox.put_acks([Ack(log, last) for log, last in ends.items()], self.store.now())

    def signed(self, later):
        """The centre signs a time."""
        self.clock.wait(later)
        self.store.saw_time(self.clock.at)

    def look(self):
        return self.store.terms.look(self.yohana.profile)

    def tell(self):
        found = self.look()
        self.store.terms.tell(found)
        return found

    def end(self):
        return self.store.terms.end(self.look(), self.yohana.profile)


@pytest.fixture
def here(store, clock, office, cheap_pins):
    made = Here(store, clock, office)
    yield made
    made.yohana.close()


def departed(here):
    here.acked()
    here.leaves()


def test_who_has_not_been_here_for_a_year_is_told_of_for_a_month_and_then_gone(here):
    departed(here)
    assert here.look() == ()
    here.signed(YEAR - NOTICE)
    (one,) = here.tell()
    assert (one.term, one.name, one.hold, one.fresh) == (Term.PROFILE, "DI", Hold.NONE, True)
    assert one.goes == one.due == here.clock.at + NOTICE
    here.signed(NOTICE - DAY)
    assert here.end() == 0
    assert here.file.exists()
    here.signed(DAY)
    (one,) = here.look()
    assert not one.fresh
    assert here.end() == 1
    assert [tile.profile for tile in here.store.tiles()] == [here.yohana.profile]
    assert not here.file.exists()
    assert here.look() == ()


def test_nothing_goes_that_nobody_was_told_of_however_late_it_is(here):
    departed(here)
    here.signed(9 * YEAR)
    assert here.end() == 0
    (one,) = here.tell()
    assert one.goes == here.clock.at + NOTICE
    here.signed(NOTICE)
    assert here.end() == 1


def test_who_comes_back_begins_anew(here):
    departed(here)
    here.signed(YEAR)
    here.tell()
    here.store.terms.entered(here.dina)
    here.signed(NOTICE)
    assert here.look()[0].hold is Hold.UNKNOWN, "somebody is inside"
    assert here.end() == 0


@pytest.fixture
def all_told(here):
    """Whatever is past its term has been told of."""

    def work():
        here.look()
        here.signed(YEAR)
        here.tell()
        here.signed(NOTICE)
        return [one.hold for one in here.look()], here.end()

    return work


def test_work_that_the_centre_has_not_received_holds_a_profile_for_ever(here, all_told, monkeypatch):
    here.leaves()
    assert all_told() == ([Hold.UNSENT], 0)
    here.signed(20 * YEAR)
    assert here.end() == 0
    # The planted fault: nobody asks the outbox.
    monkeypatch.setattr(Outbox, "covered", lambda _self, _profile: {})
    here.end()
    assert not here.file.exists()


def test_a_profile_that_was_not_left_in_order_may_hold_anything(here, all_told):
    here.acked()
    here.open.close()
    assert all_told() == ([Hold.UNKNOWN], 0)


def test_a_draft_of_work_holds_a_profile_a_place_in_a_page_does_not(here, all_told):
    here.open.put_draft("place a/b/c", b"1")
    here.open.put_draft("tugas a/b/c", b"setengah")
    departed(here)
    assert all_told() == ([Hold.DRAFT], 0)


def test_work_done_while_there_was_no_office_lies_in_the_profile_alone_and_holds_it(here, all_told):
    here.acked()
    here.store.change(lambda run: run("DELETE FROM setting WHERE name = 'office'"))
    with here.store._office_lock:
        here.store._office = None
    here.open.record("page.read", activity="a/b/c", page=2, seconds=9, version="1")
    here.leaves()
    assert here.store.outbox.covered(here.dina) == {}
    assert all_told() == ([Hold.UNSENT], 0)


def test_only_a_place_in_a_page_holds_nothing(here, all_told):
    here.open.put_draft("place a/b/c", b"1")
    departed(here)
    assert all_told() == ([Hold.NONE], 1)


def test_a_clock_in_2060_ends_nothing_and_neither_does_a_day_back_from_it(here, monkeypatch):
    departed(here)
    here.clock.restart(2_850_000_000)
    assert here.look() == ()
    assert here.end() == 0
    # The planted fault: the PC's own clock is believed.
    with monkeypatch.context() as faulty:
        faulty.setattr(Store, "proven", Store.now)
        here.tell()
        here.clock.restart(2_850_000_000 + NOTICE)
        assert here.end() == 1


def test_a_clock_that_was_ahead_when_somebody_left_keeps_them_no_longer_than_it_must(here):
    right = here.clock.at
    here.clock.restart(2_850_000_000)
    departed(here)
    here.clock.restart(right + DAY)
    here.look()
    here.signed(YEAR)
    here.tell()
    here.signed(NOTICE)
    assert here.end() == 1


def test_a_power_cut_between_the_list_and_the_file_is_made_good(here, monkeypatch):
    departed(here)
    here.signed(YEAR)
    here.tell()
    here.signed(NOTICE)
    with monkeypatch.context() as cut:
        cut.setattr("desktop.store.device.forget_copies", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            here.end()
    here.file.touch()
    assert [tile.profile for tile in here.store.tiles()] == [here.yohana.profile]
    here.store.prepare()
    assert not here.file.exists()
    assert here.store.terms.finish() == 0


def test_a_database_set_aside_goes_when_its_owner_has_been_there_since(here):
    departed(here)
    set_aside(here.file)
    here.file.touch()
    here.look()
    here.signed(ASIDE)
    assert here.look()[0].hold is Hold.UNKNOWN
    here.tell()
    here.signed(NOTICE)
    assert here.end() == 0
    # Dina comes and goes in order: what was put back for her she has seen.
    here.store.put_blob(f"left_{here.dina.hex()}", terms.msgspec.msgpack.encode(terms._Left(here.clock.at)))
    assert here.end() == 1
    assert terms.set_aside_of(here.store.folders.data, here.file.name) == ()


def test_old_backups_go_and_the_newest_stays(here):
    care, mine, key = here.store.care, here.yohana, here.yohana.keys.database
    file = here.store.profile(mine.profile).file
    here.store.terms.left(mine)
    for _ in range(2):
        assert care.copy(file, key) is not None
        here.signed(DAY)
    departed(here)
    here.look()
    here.signed(shipped_schedule().seconds(Term.COPY))
    here.tell()
    here.signed(NOTICE)
    newest = care.copies(file)[0]
    assert here.end() == 1
    assert care.copies(file) == (newest,)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(("leave", "tell", "tell", "sign", "restart", "wait")),
        st.integers(0, 24).map(lambda months: months * 30 * DAY),
    ),
    max_size=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_however_far_clocks_run_ahead_nothing_goes_before_its_year_and_its_month(here, steps):
    """`real` is the time that has truly passed; after a restart the PC's clock may be ahead of it."""
    store, clock, mine = here.store, here.clock, Terms(here.store)
    left = f"left_{here.dina.hex()}"
    store.change(lambda run: run("DELETE FROM setting WHERE name IN ('trusted', 'terms_seen', ?)", (left,)))
    here.acked()
    real = 1_800_000_000
    clock.restart(real)
    gone, told = None, None
    for what, time in (("leave", 0), *steps):
        if what == "leave":
            mine.left(here.open)
            gone, told = real, None
        elif what == "tell":
            found = mine.look(here.yohana.profile)
            mine.tell(found)
            told = real if found and told is None else told
        elif what == "sign":
            store.saw_time(real)
        elif what == "restart":
            clock.restart(real + 20 * time)
        else:
            clock.wait(time)
            real += time
        for one in mine.look(here.yohana.profile):
            if terms.is_over(one, store.proven()):
                assert real - gone >= YEAR
                assert told is not None
                assert real - told >= NOTICE
