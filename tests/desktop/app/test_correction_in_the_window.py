"""A wrong name is typed at one PC and answered in Kantor, with the application's own wiring on real stores."""

from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop.app.desk_follow import DeskFollow
from desktop.app.desk_room import DeskRoom
from desktop.app.own_data import own_data_actions
from desktop.background.jobs import Jobs
from desktop.office import corrections
from desktop.office.exchange_stick import exchange
from desktop.office.merge import merge
from desktop.people.vouching import finish, vouch, waiting_keys
from desktop.screens import style
from desktop.screens.cohort_follow import FollowUpTab
from desktop.screens.own_data import OwnDataCard
from desktop.screens.style import Theme
from sync.folds.corrections import CorrectionState
from tests.builders.office import MARKUS, PEOPLE, YOHANA, new_office
from tests.builders.round import Desk

RIGHT = "Yohana Wenda, S.IP."


class World:
    """Yohana at her PC, Markus at the desk, a stick between them, one window."""

    def __init__(self, folder, window, jobs):
        self.folder, self.window, self.jobs, self.said = folder, window, jobs, []
        office = new_office()
        self.pc, self.desk = (Desk(folder / name, office, f"PC {name}") for name in ("Loket", "Meja"))
        self.yohana, self.markus = self.pc.sit(YOHANA), self.desk.sit(MARKUS)
        for place, one in ((self.pc, self.yohana), (self.desk, self.markus)):
            finish(place.store, one)
        window.say, window.page, window.go = self.said.append, lambda _room: None, lambda _room: None
        self.card = OwnDataCard(own_data_actions(self.session(self.pc, self.yohana)))
        window.layout().addWidget(self.card)

    def session(self, place, profile):
        app = SimpleNamespace(
            window=self.window, jobs=self.jobs, store=place.store, sticks=tuple, session=None
        )
        shelf = SimpleNamespace(course=lambda _key: None)
        return SimpleNamespace(app=app, profile=profile, shelf=shelf, noted=lambda: None, road=None)

    def to_the_desk(self):
        root = self.folder / "stick"
        root.mkdir()
        self.desk.stick(root).prepare()
        exchange(self.pc.store, self.pc.stick(root))
        merge(self.markus, self.desk.stick(root))
        for key in waiting_keys(self.markus):
            vouch(self.markus, key, key.person)

    def sits_at_the_desk(self):
        self.card.hide()
        session = self.session(self.desk, self.markus)
        self.window.layout().addWidget(FollowUpTab(DeskFollow(session, DeskRoom(session)).actions()))


@pytest.fixture
def world(tmp_path, qtbot):
    style.apply(QApplication.instance(), Theme.LIGHT)
    window = QWidget()
    window.setLayout(QVBoxLayout())
    window.resize(1262, 700)
    qtbot.addWidget(window)
    window.show()
    jobs = Jobs()
    made = World(tmp_path, window, jobs)
    rest(qtbot, made)
    yield made
    assert jobs.close()
    made.pc.off()
    made.desk.off()


def rest(qtbot, world):
    qtbot.waitUntil(world.jobs.idle)
    QApplication.processEvents()


def child(world, name):
    return next((one for one in world.window.findChildren(QWidget, name) if one.isVisible()), None)


def press(qtbot, world, name):
    child(world, name).click()
    for _ in range(2):
        rest(qtbot, world)


def asks(qtbot, world, topic, right):
    press(qtbot, world, "own_data_correct")
    child(world, "correction_topic").choose(topic)
    child(world, "correction_right").setText(right)
    press(qtbot, world, "correction_go")


def test_a_wrong_name_waits_at_the_desk_and_is_declined_with_a_reason(qtbot, world):
    asks(qtbot, world, "nip", "1234")
    assert "18 angka" in child(world, "correction_right_advice").text()
    press(qtbot, world, "correction_cancel")
    asks(qtbot, world, "name", RIGHT)
    assert world.said == ["Permintaan perbaikan dicatat."]
    told = child(world, "own_data_correction_0").accessibleName()
    assert told == "Nama lengkap: Yohana Wenda, S.IP. Menunggu jawaban koordinator.", "one full stop"
    asks(qtbot, world, "name", RIGHT)
    assert "sudah menunggu" in child(world, "own_data_problem").accessibleName()

    world.to_the_desk()
    world.sits_at_the_desk()
    rest(qtbot, world)
    press(qtbot, world, "wish_0")
    assert child(world, "answer_1").text() == RIGHT
    assert child(world, "answer_2").text() == PEOPLE[YOHANA], "what the office file says stands beside it"
    assert not child(world, "answer_done").isEnabled()
    assert child(world, "answer_waits") is not None
    press(qtbot, world, "answer_decline")
    assert "Tulis alasannya" in child(world, "answer_reason_advice").text()
    child(world, "answer_reason").setText("Gelar belum ada di SK")
    press(qtbot, world, "answer_decline")
    assert child(world, "answer_sheet") is None
    assert child(world, "wish_0") is None
    (wish,) = corrections.wishes_at_desk(
        world.markus, DeskRoom(world.session(world.desk, world.markus)).desk.people()
    )
    assert (wish.asked.state, wish.asked.reason) == (CorrectionState.DECLINED, "Gelar belum ada di SK")


def test_with_a_newer_office_file_the_desk_says_that_it_is_put_right(qtbot, world, monkeypatch):
    asks(qtbot, world, "name", RIGHT)
    world.to_the_desk()
    before = corrections.held_of
    people = lambda entry, topic: RIGHT if entry.name == PEOPLE[YOHANA] else before(entry, topic)  # noqa: E731
    monkeypatch.setattr(corrections, "held_of", people)
    world.sits_at_the_desk()
    rest(qtbot, world)
    press(qtbot, world, "wish_0")
    press(qtbot, world, "answer_done")
    assert world.said[-1] == "Jawaban terkirim: sudah diperbaiki."
    assert child(world, "wish_0") is None
