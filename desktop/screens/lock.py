"""The lock after five idle minutes: the same person goes on with the PIN, anybody else changes the user."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.background.jobs import Jobs
from desktop.language import tr
from desktop.screens.access_bar import LookActions, access_bar
from desktop.screens.arrange import column, holder, row
from desktop.screens.brand import Alone, Brand, place_lines
from desktop.screens.button import Button
from desktop.screens.page import Scroll
from desktop.screens.pin_card import PinCard
from desktop.screens.sign_in import CARD_WIDTH, PlaceView
from desktop.screens.style import sp
from desktop.screens.text import label
from desktop.screens.tile import TileView


@dataclass(frozen=True, slots=True)
class LockActions:
    """What the lock needs; `unlock` runs as a job, `unlocked` follows, `exchange` is *Tukar data*."""

    who: Callable[[], TileView]
    place: Callable[[], PlaceView]
    unlock: Callable[[bytes, str], object]
    unlocked: Callable[[object], None]
    switch_user: Callable[[], None]
    look: LookActions
    jobs: Jobs
    exchange: Callable[[], None] | None = None


class Lock(QWidget):
    """Covers everything of the person who went away."""

    def __init__(self, actions: LockActions) -> None:
        super().__init__()
        self.setObjectName("lock_screen")
        self._card = PinCard(actions.who(), actions.jobs, actions.unlock, actions.unlocked)
        switch = Button(tr("Ganti pengguna"), "plain", "swap-user", name="lock_switch_user")
        switch.clicked.connect(actions.switch_user)
        area = QWidget()
        area.setMaximumWidth(sp(CARD_WIDTH))
        area.setLayout(
            column(
                None,
                label(tr("Layar dikunci"), "hero", wrap=True),
                4,
                label(
                    tr("Pekerjaan Anda tersimpan. Ketik PIN untuk melanjutkan di tempat yang sama."),
                    "muted",
                    wrap=True,
                ),
                22,
                self._card,
                16,
                row(switch, None),
                None,
                None,
                gap=0,
            )
        )
        inside = QWidget()
        inside.setLayout(row((area, 1), (QWidget(), 0), gap=0, margins=(64, 24, 40, 12)))
        place = actions.place()
        foot = holder(column(access_bar(actions.look, actions.exchange), margins=(64, 0, 40, 14)))
        right = holder(column((Scroll(inside, name="lock_scroll"), 1), foot, gap=0), "", "page")
        brand = Brand(None, *place_lines(place.pc, place.office))
        self.setLayout(row((Alone(brand, right), 1), gap=0))

    def help_page(self) -> str:
        """The page of help for F1."""
        return "kunci"

    def begin(self) -> None:
        """Put the focus on the PIN."""
        self._card.begin()
