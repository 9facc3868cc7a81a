"""Seven roles at one PC: each person finds the rooms of their work and nothing more, in the real window."""

import os

import pytest
from PySide6.QtWidgets import QApplication

from desktop.app.application import Application
from desktop.demo.people import COORDINATOR, LEARNERS, PIN, Invented
from desktop.demo.pilot import Pilot
from desktop.people import roles
from desktop.people.guests import GuestSignUp, sign_up_guest
from desktop.people.profiles import sign_in
from desktop.people.roles import Room
from desktop.store import keyring
from desktop.store.rows import Stretch
from sync.officefile_entries import Role
from tests.builders.road import Pc, sent

EVERYBODY = ("home", "learn", "evidence", "exchange")
TABLE = {
    # role: (the rooms beyond everybody's, what Beranda is, what Kirim & terima is)
    Role.LEARNER: ((), "Home", "Exchange"),
    Role.COORDINATOR: (("office",), "CoordinatorHome", "ExchangeRoom"),
    Role.TRAINER: (("grading",), "Home", "Exchange"),
    Role.MENTOR: ((), "Home", "Exchange"),
    Role.JURY: ((), "Home", "Exchange"),
    Role.ADMIN: ((), "Home", "Exchange"),
    Role.GUEST: ((), "Home", "Exchange"),
}
"""Which role sees which room. What a jury and an administrator of the centre work in has no room on a PC yet."""
PEOPLE = {
    Role.LEARNER: LEARNERS[0],
    Role.COORDINATOR: COORDINATOR,
    Role.TRAINER: Invented(LEARNERS[1].name, LEARNERS[1].nip, LEARNERS[1].unit, "pengajar"),
    Role.MENTOR: Invented(LEARNERS[2].name, LEARNERS[2].nip, LEARNERS[2].unit, "mentor"),
    Role.JURY: Invented(LEARNERS[3].name, LEARNERS[3].nip, LEARNERS[3].unit, "juri"),
    Role.ADMIN: Invented(LEARNERS[4].name, LEARNERS[4].nip, LEARNERS[4].unit, "admin"),
    Role.GUEST: Invented("Sari Lestari", "", "Narasumber", "praktisi"),
}
NIP_ONLY = (Role.COORDINATOR, Role.TRAINER, Role.JURY, Role.ADMIN)
"""Roles with power, tried by somebody who knows the NIP and has no code."""


class Story:
    def __init__(self, town, folder):
        self.office = town.office(tuple(PEOPLE.values()))
        pc = Pc(folder / "pc", "PC Loket", self.office)
        pc.store.put_setting("ready", "1")
        self.who, self.guessed = {}, {}
        for role, one in PEOPLE.items():
            profile = sit(pc, one)
            sent(profile, town.url)
            sent(profile, town.url)
            self.who[role] = profile.profile
            profile.close()
        folders = pc.store.folders
        pc.off()
        other = Pc(folder / "lain", "PC Lain", self.office)
        other.store.put_setting("ready", "1")
        for role in NIP_ONLY:
            profile = other.sit(PEOPLE[role], code=False)
            self.guessed[role] = profile.profile
            profile.close()
        self.others = other.store.folders
        other.off()
        self.folders = folders


def sit(pc, one):
    """Somebody signs up with the code on their paper; who has no NIP has only that."""
    if one.nip:
        return pc.sit(one)
    return sign_up_guest(pc.store, GuestSignUp(pc.handed.codes[one.name], PIN, one.nickname))


def walk(folders, people, *, visit=True):
    """Sign each in at the real window and go through their rooms; gives rooms, pages and what was on the glass."""
    qt = QApplication.instance()
    app = Application(qt, folders, tuple)
    app.open()
    pilot, found = Pilot(qt, app.window), {}
    try:
        pilot.until(lambda: app.window.page() or pilot.names(), "the first screen")
        for role, profile in people.items():
            app.enter(sign_in(app.store, profile, PIN))
            rest(app, pilot)
            assert app.session.profile.role == role.value
            found[role] = rooms_on_the_glass(app, pilot, visit=visit)
            app.switch_user()
            rest(app, pilot)
    finally:
        app.window.close()
        app.window.deleteLater()
        app.store.close()
    return found


def rest(app, pilot):
    pilot.live()
    pilot.until(app.jobs.idle, "rest")
    pilot.live()


def rooms_on_the_glass(app, pilot, *, visit):
    names = [
        name.removeprefix("rail_")
        for name in pilot.names()
        if name.startswith("rail_") and name.removeprefix("rail_") in {one.name for one in app.session.plan()}
    ]
    pages, seen = {}, set()
    for name in names if visit else ():
        pilot.click(f"rail_{name}")
        rest(app, pilot)
        assert app.window.current == name
        pages[name] = type(app.window.page()).__name__
        seen |= set(pilot.names())
    return names, pages, seen, app.session.desk is not None


def walked(story, some=tuple(TABLE)):
    """Compare what everybody finds with the table."""
    found = walk(story.folders, {role: story.who[role] for role in some})
    for role in some:
        more, home, exchange = TABLE[role]
        names, pages, seen, desk = found[role]
        assert set(names) == {*EVERYBODY, *more}, role
        assert (pages["home"], pages["exchange"]) == (home, exchange), role
        assert desk is ("office" in more), role
        if not more:
            assert seen <= found[Role.LEARNER][2], (role, seen - found[Role.LEARNER][2])


@pytest.fixture(scope="module")
def story(town, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keyring, "new_stretch", lambda: Stretch(os.urandom(16), 8, 1))
        return Story(town, tmp_path_factory.mktemp("peran"))


def test_each_role_finds_its_rooms_and_nothing_more(story, qapp):
    assert set(TABLE) == set(PEOPLE) == set(Role), "a role without a row is seen by nobody"
    walked(story)


def test_a_nip_without_a_code_opens_no_room_in_which_others_work_lies(story, qapp):
    for role, (names, _, _, desk) in walk(story.others, story.guessed, visit=False).items():
        assert (set(names), desk) == (set(EVERYBODY), False), role


def test_planted_fault_a_jury_that_is_given_the_office_is_seen(story, qapp, monkeypatch):
    monkeypatch.setitem(roles._ROOMS, Role.JURY, frozenset({Room.OFFICE}))
    monkeypatch.setattr(roles, "rooms_of", lambda role, *, proven: roles._ROOMS[role])
    monkeypatch.setattr("desktop.app.session.rooms_of", roles.rooms_of)
    with pytest.raises(AssertionError, match="JURY"):
        walked(story, (Role.LEARNER, Role.JURY))
