"""Kirim & terima of a coordinator: the office's round first, their own work one click behind it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget

from desktop.background.sending import SendingProgress
from desktop.screens.exchange import Exchange
from desktop.screens.round import Round


class ExchangeRoom(QStackedWidget):
    """Gives what the window asks of a page to whichever of the two is on screen.

    `round_` and `own` build the pages; they are given how to go to the other one.
    """

    def __init__(
        self, round_: Callable[[Callable[[], None]], Round], own: Callable[[Callable[[], None]], Exchange]
    ) -> None:
        super().__init__()
        self.setObjectName("exchange_room")
        self._build_own = own
        self._own: Exchange | None = None
        self._round = round_(self.show_own)
        self.addWidget(self._round)

    def show_own(self) -> None:
        """Show the coordinator's own work."""
        if self._own is None:
            self._own = self._build_own(self.show_round)
            self.addWidget(self._own)
        else:
            self._own.refresh()
        self.setCurrentWidget(self._own)
        self._own.begin()

    def show_round(self) -> None:
        """Show the round."""
        self._round.refresh()
        self.setCurrentWidget(self._round)
        self._round.begin()

    def _shown(self) -> Round | Exchange:
        return self._round if self._own is None or self.currentWidget() is self._round else self._own

    def help_page(self) -> str:
        """The page of help of what is on screen."""
        return self._shown().help_page()

    def begin(self) -> None:
        """Put the focus where the page on screen begins."""
        self._shown().begin()

    def refresh(self) -> None:
        """Load the page on screen again."""
        self._shown().refresh()

    def leave(self) -> None:
        """Whoever comes back finds the round: that is what the room is for."""
        self.setCurrentWidget(self._round)

    def show_progress(self, how_far: SendingProgress) -> None:
        """Tell how far the coordinator's own delivery is."""
        if self._own is not None:
            self._own.show_progress(how_far)
