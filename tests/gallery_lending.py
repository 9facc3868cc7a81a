"""Akun & PIN with trainers lent to other offices in the gallery, and the sheet that proposes one."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from desktop.language import tr
from desktop.office.endings import Ending
from desktop.screens.cohort_accounts import Accounts, AccountsActions, AccountsView
from desktop.screens.cohort_follow import FollowUpActions, FollowUpTab, FollowUpView
from desktop.screens.cohort_model import Days
from desktop.screens.field import Field
from desktop.screens.home import EntryView, Home
from desktop.screens.rooms import Room, Who
from tests.builders.cohort import NOW
from tests.fakes import people_at_work as office
from tests.fakes.lent_out import lending

DAY = date(2026, 11, 26)


def draw_lending(studio) -> None:
    """Draw the card, and the sheet with what would follow."""
    for name in ("", "-usul"):
        if not studio.wanted(f"24-pinjam{name}"):
            continue

        def build() -> QWidget:
            nothing = lambda *_: None  # noqa: E731
            made = lending(studio.jobs, [], [])
            view = AccountsView((), ())
            return Accounts(
                AccountsActions(
                    lambda: view, nothing, lambda _: (), nothing, nothing, studio.jobs, lending=made
                )
            )

        room = Room("office", tr("Kantor"), "office", build)
        studio.window.enter(Who("Yosina", "YK"), lambda room=room: [room], "office")
        studio.settle()
        if name:
            studio.window.findChild(QWidget, "lending_ask").click()
            studio.settle()
            studio.window.findChild(Field, "lending_office").setText("Kantor Distrik Waropen")
            studio.window.findChild(Field, "lending_day").setText("31-12-2026")
            studio.settle()
        studio.save(f"24-pinjam{name}")
        if name:
            studio.window.findChild(QWidget, "lending_cancel").click()


def draw_endings(studio) -> None:
    """Draw what ends soon, at the desk and on the person's Beranda."""
    if studio.wanted("24-berakhir"):
        found = (
            Ending("Sari Lestari", "Masa tamu", DAY + timedelta(days=4), 4),
            Ending("Tono Wijaya", "Menilai tugas Kantor Distrik Waropen", DAY + timedelta(days=9), 9),
        )
        view = FollowUpView((), Days(ZoneInfo("Asia/Jayapura"), 2026, NOW), endings=found)
        nothing = lambda *_: None  # noqa: E731
        actions = FollowUpActions(lambda: view, *(nothing,) * 6, studio.jobs)
        room = Room("office", tr("Kantor"), "office", lambda: FollowUpTab(actions))
        studio.window.enter(Who("Yosina", "YK"), lambda: [room], "office")
        studio.save("24-berakhir")
    if studio.wanted("24-berakhir-beranda"):
        title = "Masa tamu Anda berakhir 30 November 2026"
        advice = "Kirim dahulu pekerjaan Anda. Koordinator dapat memperpanjangnya."
        near = EntryView("", "clock", title, advice, "5 hari lagi", "warn", tint="warn")
        home = replace(office.HOME, due=(near, *office.HOME.due))
        room = Room("home", tr("Beranda"), "home", lambda: Home(office.home(studio.jobs, home)))
        studio.window.enter(Who("Sari", "SL"), lambda: [room], "home")
        studio.save("24-berakhir-beranda")
