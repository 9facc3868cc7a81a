"""Akun & PIN with trainers lent to other offices in the gallery, and the sheet that proposes one."""

from PySide6.QtWidgets import QWidget

from desktop.language import tr
from desktop.screens.cohort_accounts import Accounts, AccountsActions, AccountsView
from desktop.screens.field import Field
from desktop.screens.rooms import Room, Who
from tests.fakes.lent_out import lending


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
