"""Practitioners without NIP at an office PC: the code names them, and their stay has a last day."""

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest

from desktop.errors import Problem
from desktop.formats import long_day
from desktop.people import profiles
from desktop.people.guests import GuestSignUp, look_up_guest, sign_up_guest
from desktop.people.office import adopt_office
from desktop.people.profiles import sign_in
from desktop.people.roles import rooms_of
from desktop.people.vouching import waiting_keys
from sync.officefile import PersonDraft, Role
from sync.officefile_codes import check_proof

PIN = "274910"
GUEST = PersonDraft(b"G" * 16, (), "Sari Lestari", "Narasumber", Role.GUEST)


class Visited:
    """An office that expects a guest until a day; `prolong` writes the next file."""

    def __init__(self, store, office, until=""):
        self.store, self.office, self.version = store, office, 2
        raw, codes = office.issue(2, people=(*office.people, dataclasses.replace(GUEST, until=until)))
        (made,) = [one for one in codes if one.person == GUEST.person]
        self.code, self.guest = made.code, dataclasses.replace(GUEST, verifier=made.verifier)
        adopt_office(store, raw)
        store.name_pc("PC Aula")

    def prolong(self, until):
        self.version += 1
        people = (*self.office.people, dataclasses.replace(self.guest, until=until))
        adopt_office(self.store, self.office.issue(self.version, people=people)[0])

    def sits(self, nickname=""):
        return sign_up_guest(self.store, GuestSignUp(self.code, PIN, nickname))


def today(clock):
    return datetime.fromtimestamp(clock.wall(), UTC).date()


@pytest.fixture
def visited(store, office, clock):
    return Visited(store, office, (today(clock) + timedelta(days=9)).isoformat())


def test_the_code_alone_says_who_they_are_and_no_nip_is_asked(visited, store, clock):
    found = look_up_guest(store, visited.code.lower())
    assert (found.name, found.role, found.fault) == ("Sari Lestari", "guest", "")
    assert found.until == today(clock) + timedelta(days=9)
    sari = visited.sits()
    assert (sari.nip, sari.role, sari.person, sari.nickname) == ("", "guest", GUEST.person, "Sari")
    assert rooms_of(Role.GUEST, proven=True) == frozenset()
    (opened,) = sari.facts(kinds=("profile.opened",))
    proof = opened.statement.fields["proof"]
    assert check_proof(visited.guest.verifier, sari.keys.signing.public, proof)


@pytest.mark.parametrize("typed", ["", "0000-0000-0000", "bukan kode", "198609262015051001"])
def test_another_code_names_nobody(visited, store, typed):
    assert look_up_guest(store, typed).fault
    with pytest.raises(Problem, match="tidak ada di berkas kantor"):
        sign_up_guest(store, GuestSignUp(typed, PIN, ""))
    assert store.tiles() == ()


def test_a_pc_without_an_office_file_says_what_is_missing(store):
    with pytest.raises(Problem, match="belum punya berkas kantor"):
        sign_up_guest(store, GuestSignUp("7K2M-4QXD-90HT", PIN, ""))


def test_one_code_makes_one_profile_on_a_pc(visited, store):
    visited.sits()
    assert look_up_guest(store, visited.code).known_here
    with pytest.raises(Problem, match="sudah punya profil"):
        visited.sits()
    assert len(store.tiles()) == 1


def test_the_last_day_is_a_whole_day_and_the_next_morning_the_door_says_so(visited, store, clock):
    sari = visited.sits()
    sari.record("page.read", activity="a/b/c", page=1, seconds=9, version="1")
    held = sari.facts()
    sari.close()
    clock.wait(9 * 86_400)
    sign_in(store, sari.profile, PIN).close()
    clock.wait(86_400)
    last = today(clock) - timedelta(days=1)
    with pytest.raises(Problem) as told:
        sign_in(store, sari.profile, PIN)
    assert told.value.title == f"Masa tamu Anda berakhir pada {long_day(last)}."
    assert "tetap tersimpan" in told.value.advice
    with pytest.raises(Problem, match="berakhir"):
        sign_up_guest(store, GuestSignUp(visited.code, PIN, ""))

    visited.prolong((today(clock) + timedelta(days=30)).isoformat())
    again = sign_in(store, sari.profile, PIN)
    assert again.role == "guest"
    assert set(held) <= set(again.facts()), "nothing of the work was lost meanwhile"


def test_a_clock_turned_back_gives_no_more_days(visited, store, clock):
    sari = visited.sits()
    sari.close()
    store.saw_time(clock.wall() + 30 * 86_400)
    with pytest.raises(Problem, match="berakhir"):
        sign_in(store, sari.profile, PIN)


def test_a_guest_whose_entry_goes_learns_on_with_nothing_more(visited, store):
    sari = visited.sits()
    sari.close()
    adopt_office(store, visited.office.issue(9)[0])
    again = sign_in(store, sari.profile, PIN)
    assert again.role == "learner"
    assert waiting_keys(again)


def test_planted_fault_a_door_that_knows_no_last_day_is_seen(visited, store, clock, monkeypatch):
    monkeypatch.setattr(profiles, "refuse_ended", lambda *_: None)
    with pytest.raises(pytest.fail.Exception, match="DID NOT RAISE"):
        test_the_last_day_is_a_whole_day_and_the_next_morning_the_door_says_so(visited, store, clock)
