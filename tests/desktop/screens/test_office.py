"""Kantor's other tabs: the age of each PC's data, whose a waiting profile is, and a code shown once."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.office.follow_up import paces_of
from desktop.office.monthly import monthly
from desktop.office.report import Freshness, Gathered
from desktop.screens import style
from desktop.screens.cohort import CohortActions, CohortSummary
from desktop.screens.cohort_accounts import (
    AccountsActions,
    AccountsView,
    CodeView,
    PersonChoice,
    WaitingView,
)
from desktop.screens.cohort_computers import ComputersActions, ComputersView, VisitRow
from desktop.screens.cohort_follow import FollowUpActions, FollowUpView
from desktop.screens.cohort_model import Days
from desktop.screens.cohort_report import ReportActions
from desktop.screens.cohort_trainings import TrainingsActions, TrainingsView
from desktop.screens.office import ACCOUNTS, COMPUTERS, FOLLOW, PEOPLE, REPORT, Office, OfficeActions
from desktop.screens.style import Theme
from sync.folds.cohort import ComputerRow
from sync.jp_table import shipped_table
from tests.builders.cohort import NOW
from tests.fakes.lent_out import lending

DAYS = Days(ZoneInfo("Asia/Jayapura"), 2026, NOW)
ANI = PersonChoice(b"A" * 16, "Ani Wenda", "Sekretariat, … 1 001")
BUDI = PersonChoice(b"B" * 16, "Budi Tabuni", "Pelayanan, … 2 014")
CLAIMED = WaitingView(b"k1", "PC Loket 1", "21 November 2026", "104213", ANI)
NOBODY = WaitingView(b"k2", "PC Loket 2", "20 November 2026", "904213", None)


class World:
    """What the application would do, remembered."""

    def __init__(self, jobs):
        self.jobs = jobs
        self.waiting, self.vouched, self.shown, self.said = [CLAIMED, NOBODY], [], [], []
        self.proposed = []
        self.computers = [
            ComputerRow(b"2" * 16, "PC Loket 2", 2, NOW - 20 * 86_400),
            ComputerRow(b"1" * 16, "PC Loket 1", 3, NOW),
        ]
        self.codes = [CodeView(b"c", "PC Loket 1")]
        self.visits = {}
        self.fault = None

    def actions(self):
        from array import array

        cohort = CohortActions(
            lambda: CohortSummary(Freshness(2, 1, NOW), (), DAYS),
            lambda *_: array("i"),
            lambda _: [],
            lambda _: {},
            lambda _: b"",
            lambda _: "",
            str,
            lambda _: None,
            lambda _: None,
            self.said.append,
            self.jobs,
        )
        accounts = AccountsActions(
            self._accounts,
            self._vouch,
            lambda _: self.codes,
            self._show,
            self.said.append,
            self.jobs,
            lending=lending(self.jobs, self.proposed, self.said),
        )
        computers = ComputersActions(
            lambda: ComputersView(self.computers, DAYS, b"1" * 16, self.visits), self.jobs
        )
        follow = FollowUpActions(
            lambda: FollowUpView((), DAYS), *(lambda *_: None,) * 5, self.said.append, self.jobs
        )
        report = ReportActions(self._report, *(lambda *_: None,) * 8, self.said.append, self.jobs)
        trainings = TrainingsActions(lambda: TrainingsView((), ()), *(lambda *_: None,) * 5, self.jobs)
        return OfficeActions(cohort, follow, trainings, computers, report, accounts, lambda: DAYS)

    def _report(self):
        found = Gathered((), tuple(self.computers), (), Freshness(2, 1, NOW))
        return monthly(found, paces_of(shipped_table(), NOW, DAYS.zone), (), (), ("Waropen", DAYS.zone, NOW))

    def _accounts(self):
        if self.fault is not None:
            raise self.fault
        return AccountsView(self.waiting, [ANI, BUDI])

    def _vouch(self, one, person):
        self.vouched.append((one.key, person))
        self.waiting = [each for each in self.waiting if each.key != one.key]

    def _show(self, person, code):
        self.shown.append((person, code.key))
        return "K7QM-2XRT"


@pytest.fixture
def world(qtbot):
    jobs = Jobs()
    yield World(jobs)
    assert jobs.close()


@pytest.fixture
def room(qtbot, world):
    style.apply(QApplication.instance(), Theme.LIGHT)
    window = QWidget()
    window.setLayout(QVBoxLayout())
    made = Office(world.actions())
    window.layout().addWidget(made)
    qtbot.addWidget(window)
    window.resize(1262, 700)
    window.show()
    qtbot.waitUntil(world.jobs.idle)
    made.window_of_test = window
    return made


def child(room, name):
    return next((one for one in room.window().findChildren(QWidget, name) if one.isVisible()), None)


def click(qtbot, world, room, name):
    QApplication.processEvents()  # what was just shown gets its place before it is aimed at
    qtbot.mouseClick(child(room, name), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(world.jobs.idle)


def opened(qtbot, world, room, tab):
    room.open(tab)
    qtbot.waitUntil(world.jobs.idle)


def test_a_tab_is_built_when_it_is_first_opened_and_has_its_own_help(qtbot, world, room):
    assert room.help_page() == "kantor-peserta"
    assert child(room, "computers") is None
    opened(qtbot, world, room, FOLLOW)
    assert room.help_page() == "kantor-tindak-lanjut"
    assert child(room, "follow_empty") is not None
    opened(qtbot, world, room, COMPUTERS)
    assert room.help_page() == "kantor-komputer"
    opened(qtbot, world, room, REPORT)
    assert room.help_page() == "kantor-laporan"
    opened(qtbot, world, room, ACCOUNTS)
    assert room.help_page() == "kantor-akun"
    opened(qtbot, world, room, PEOPLE)
    assert child(room, "cohort") is not None


def test_old_data_of_a_computer_are_a_warning_in_words(qtbot, world, room):
    opened(qtbot, world, room, COMPUTERS)
    assert child(room, "computers_old").accessibleName().startswith("Data 1 komputer lebih dari 14 hari")
    heard = child(room, "computer_0").accessibleName()
    assert heard == "PC Loket 2, 2 orang, data per 6 November 2026, belum dikunjungi"
    assert "(komputer ini)" in child(room, "computer_1").accessibleName()


def test_each_computer_says_when_the_stick_was_there(qtbot, world, room):
    world.visits = {b"1" * 16: VisitRow(NOW, fresh=True), b"2" * 16: VisitRow(NOW - 40 * 86_400, fresh=False)}
    opened(qtbot, world, room, COMPUTERS)
    heard = [child(room, f"computer_{at}").accessibleName().rsplit(", ", 1)[1] for at in (0, 1)]
    assert heard == ["dikunjungi 17 Okt", "dikunjungi 26 Nov"]


def test_a_computer_whose_data_have_not_all_come_says_so_and_what_to_do(qtbot, world, room):
    here, there = world.computers[1], world.computers[0]
    world.computers = [
        replace(there, as_of=NOW, missing=2, missing_since=NOW - 86_400),
        replace(here, missing=1, missing_since=NOW),
    ]
    opened(qtbot, world, room, COMPUTERS)
    qtbot.waitUntil(lambda: child(room, "missing_0") is not None)
    told = child(room, "missing_0").text()
    assert told.startswith("Ada data yang belum sampai: 2 sesi belajar, sejak 25 November 2026. Terima dari")
    assert "kunjungi lagi komputer ini" in told
    assert "kunjungi" not in child(room, "missing_1").text()
    assert child(room, "computer_0").accessibleName().endswith(told)
    world.computers = [replace(one, missing=0) for one in world.computers]
    child(room, "computers").refresh()
    qtbot.waitUntil(world.jobs.idle)
    qtbot.waitUntil(lambda: child(room, "computer_0") is not None and child(room, "missing_0") is None)
    assert "belum sampai" not in child(room, "computer_0").accessibleName()


@pytest.mark.parametrize("width", [1262, 640])
def test_what_has_not_come_is_read_to_its_end_in_a_narrow_window(qtbot, world, room, width):
    world.computers = [replace(one, missing=12, missing_since=NOW) for one in world.computers]
    room.window().resize(width, 600)
    opened(qtbot, world, room, COMPUTERS)
    words = child(room, "missing_0")
    assert child(room, "computer_0").width() <= width
    assert words.height() >= words.heightForWidth(words.width())


@pytest.mark.parametrize("width", [1262, 640])
def test_the_visits_stay_readable_in_a_narrow_window(qtbot, world, room, width):
    room.window().resize(width, 600)
    opened(qtbot, world, room, COMPUTERS)
    assert child(room, "computer_0").width() <= width


def test_before_any_data_came_it_is_said_where_they_come_from(qtbot, world, room):
    world.computers = []
    opened(qtbot, world, room, COMPUTERS)
    assert child(room, "computers_empty") is not None


def test_a_claimed_profile_is_vouched_for_in_two_clicks(qtbot, world, room):
    opened(qtbot, world, room, ACCOUNTS)
    click(qtbot, world, room, "vouch_0")
    assert world.vouched == []
    click(qtbot, world, room, "vouch_confirm")
    assert world.vouched == [(b"k1", ANI.person)]
    assert world.said == ["Profil Ani Wenda disahkan."]
    assert child(room, "vouch_1") is None


def test_a_profile_of_nobody_needs_a_person_first(qtbot, world, room):
    opened(qtbot, world, room, ACCOUNTS)
    click(qtbot, world, room, "vouch_1")
    assert not child(room, "vouch_confirm").isEnabled()
    child(room, "vouch_person").choose(BUDI.person.hex())
    click(qtbot, world, room, "vouch_confirm")
    assert world.vouched == [(b"k2", BUDI.person)]


def test_asking_and_going_back_states_nothing(qtbot, world, room):
    opened(qtbot, world, room, ACCOUNTS)
    click(qtbot, world, room, "vouch_0")
    click(qtbot, world, room, "vouch_cancel")
    assert world.vouched == []


def test_a_lending_says_what_follows_before_it_is_proposed_and_asks_for_a_day_to_come(qtbot, world, room):
    opened(qtbot, world, room, ACCOUNTS)
    click(qtbot, world, room, "lending_ask")
    assert child(room, "lending_preview") is None
    qtbot.keyClicks(child(room, "lending_office"), "Dinas Kesehatan")
    qtbot.keyClicks(child(room, "lending_day"), "24-11-2026")
    click(qtbot, world, room, "lending_go")
    assert child(room, "lending_day_advice").text() == "Tulis seperti 31-12-2026, paling awal hari ini."
    assert world.proposed == []
    child(room, "lending_day").clear()
    qtbot.keyClicks(child(room, "lending_day"), "31-12-2026")
    told = " ".join(one.text() for one in child(room, "lending_preview").findChildren(QLabel))
    assert "Sampai 31 Desember 2026, Tono Wijaya menilai tugas Dinas Kesehatan" in told
    assert "tidak tampak lagi" in told
    click(qtbot, world, room, "lending_go")
    assert world.proposed == [("aa" * 16, "Dinas Kesehatan", date(2026, 12, 31))]
    assert world.said[-1] == "Usulan disimpan. Menunggu pusat."


def test_a_code_is_shown_only_after_a_click_and_hidden_when_one_leaves(qtbot, world, room):
    opened(qtbot, world, room, ACCOUNTS)
    qtbot.keyClicks(child(room, "accounts_search"), "tabuni")
    qtbot.waitUntil(lambda: child(room, "person_0") is not None)
    child(room, "person_0").click()
    qtbot.waitUntil(lambda: child(room, "show_code_0") is not None)
    assert world.shown == []
    click(qtbot, world, room, "show_code_0")
    qtbot.waitUntil(lambda: child(room, "reset_code") is not None)
    assert child(room, "reset_code").text() == "K7QM-2XRT"
    assert world.shown == [(BUDI.person, b"c")]
    room.leave()
    assert child(room, "reset_code") is None
    assert child(room, "accounts_search").text() == ""


def test_the_report_leads_to_the_code_of_a_person(qtbot, world, room):
    room.open_pin(ANI.person)
    qtbot.waitUntil(lambda: child(room, "show_code_0") is not None)
    assert child(room, "accounts_search").text() == "Ani Wenda"


def test_a_person_whose_pc_never_sent_has_no_code_and_that_is_said(qtbot, world, room):
    world.codes = []
    room.open_pin(ANI.person)
    qtbot.waitUntil(lambda: child(room, "no_code") is not None)


def test_nobody_waiting_is_calm(qtbot, world, room):
    world.waiting = []
    opened(qtbot, world, room, ACCOUNTS)
    assert child(room, "vouch_0") is None
    assert child(room, "accounts_problem") is None


def test_a_fault_is_a_notice_and_trying_again_works(qtbot, world, room):
    world.fault = Problem("Basis data terkunci.", "Coba lagi.")
    opened(qtbot, world, room, ACCOUNTS)
    assert child(room, "accounts_problem") is not None
    world.fault = None
    click(qtbot, world, room, "accounts_problem_retry")
    assert child(room, "accounts_problem") is None
    assert child(room, "vouch_0") is not None
