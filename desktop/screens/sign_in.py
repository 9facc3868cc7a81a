"""Sign-in: by tile and PIN; *Orang lain* signs up with a NIP; a lost PIN starts again with a code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.background.jobs import Jobs
from desktop.language import tr
from desktop.screens.access_bar import LookActions, access_bar
from desktop.screens.arrange import column, holder, row
from desktop.screens.brand import Alone, Brand, place_lines
from desktop.screens.page import Scroll
from desktop.screens.pin_card import PinCard
from desktop.screens.slot import Slot
from desktop.screens.style import sp
from desktop.screens.text import label
from desktop.screens.tile import TileGrid, TileView

if TYPE_CHECKING:  # both come when somebody needs them: most mornings nobody does
    from desktop.screens.new_guest import GuestActions, NewGuestForm
    from desktop.screens.new_person import NewPersonForm, SignUpActions
    from desktop.screens.pin_reset import PinResetCard, ResetActions

CARD_WIDTH = 688


@dataclass(frozen=True, slots=True)
class PlaceView:
    """Which PC this is and which office it belongs to, as shown on the panel (`Kantor Distrik, WIT`)."""

    pc: str
    office: str


@dataclass(frozen=True, slots=True)
class SignInActions:
    """What sign-in needs. `unlock` runs as a job and gives the session that `entered` takes.

    `exchange` is *Tukar data dengan flashdisk*, None where this PC has no office yet.
    """

    tiles: Callable[[], tuple[TileView, ...]]
    place: Callable[[], PlaceView]
    unlock: Callable[[bytes, str], object]
    entered: Callable[[object], None]
    sign_up: SignUpActions
    guest: GuestActions
    reset: ResetActions
    look: LookActions
    jobs: Jobs
    exchange: Callable[[], None] | None = None
    read_gone: Callable[[bytes], None] | None = None


class SignIn(QWidget):
    """The screen before anybody is signed in."""

    def __init__(self, actions: SignInActions) -> None:
        super().__init__()
        self.setObjectName("sign_in_screen")
        self._actions = actions
        self._tiles = actions.tiles()
        place = actions.place()
        self._stack = QStackedWidget()
        self._form: NewPersonForm | NewGuestForm | None = None
        self._by_nip: NewPersonForm | None = None
        self._by_code: NewGuestForm | None = None
        self._pin: PinCard | PinResetCard | None = None
        self._scroll: Scroll | None = None
        self._grid = TileGrid(self._tiles, self.choose)
        self._slot = Slot("pin_slot")
        self._stack.addWidget(self._choice())
        foot = holder(column(access_bar(actions.look, actions.exchange), margins=(64, 0, 40, 14)))
        right = holder(column((self._stack, 1), foot, gap=0), "", "page")
        brand = Brand(None, *place_lines(place.pc, place.office))
        self.setLayout(row((Alone(brand, right), 1), gap=0))
        if self._tiles:
            self._show_pin(self._tiles[0])

    def _choice(self) -> QWidget:
        title = tr("Siapa yang akan belajar?") if self._tiles else tr("Selamat datang")
        under = (
            tr("Pilih nama panggilan Anda, lalu ketik PIN.")
            if self._tiles
            else tr("Belum ada yang memakai Suluh di komputer ini. Mulai dengan NIP Anda.")
        )
        self._area = QWidget()
        self._area.setMaximumWidth(sp(CARD_WIDTH))
        self._area.setLayout(
            column(
                None,
                label(title, "hero", wrap=True),
                4,
                label(under, "muted", wrap=True),
                22,
                self._grid,
                20,
                self._slot,
                None,
                None,
                gap=0,
            )
        )
        inside = QWidget()
        inside.setLayout(row((self._area, 1), (holder(column()), 0), gap=0, margins=(64, 24, 40, 12)))
        self._scroll = Scroll(inside, name="sign_in_scroll")
        return self._scroll

    def help_page(self) -> str:
        """The page of help for F1."""
        return "masuk"

    def begin(self) -> None:
        """Put the focus where typing is wanted next."""
        if self._stack.currentWidget() is self._form and self._form is not None:
            self._form.begin()
        elif self._pin is not None:
            self._pin.begin()
        else:
            self._grid.tiles[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the PIN in view on low windows."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._show_card)

    def _show_card(self) -> None:
        if self._scroll is not None and self._pin is not None:
            self._scroll.ensureWidgetVisible(self._pin, 0, 8)

    def choose(self, view: TileView) -> None:
        """A tile was chosen: ask for its PIN, or for the NIP of somebody new."""
        if not view.profile:
            self.show_form()
            return
        self._show_pin(view)
        self.begin()

    def _show_gone(self, view: TileView) -> None:
        """Say what happened to a profile that was erased; nothing is left to sign in to."""
        from desktop.screens.gone_card import GoneCard  # noqa: PLC0415 - seldom

        self._pin = None
        read = self._actions.read_gone
        self._slot.put(
            GoneCard(view, self._actions.jobs, None if read is None else lambda: read(view.profile))
        )

    def _show_pin(self, view: TileView) -> None:
        self._grid.mark(view.profile)
        if view.gone:
            self._show_gone(view)
            return
        self._put(
            PinCard(
                view,
                self._actions.jobs,
                self._actions.unlock,
                self._actions.entered,
                lambda: self._show_reset(view),
            )
        )

    def _show_reset(self, view: TileView) -> None:
        from desktop.screens.pin_reset import PinResetCard  # noqa: PLC0415

        self._put(
            PinResetCard(
                view,
                self._actions.jobs,
                self._actions.reset,
                self._actions.entered,
                lambda: self.choose(view),
            )
        )
        self.begin()

    def _put(self, card: PinCard | PinResetCard) -> None:
        self._pin = card
        self._slot.put(card)
        QTimer.singleShot(0, self, self._show_card)

    def show_form(self) -> None:
        """Somebody new: NIP, birth date, code, nickname, PIN."""
        if self._by_nip is None:
            from desktop.screens.new_person import NewPersonForm  # noqa: PLC0415

            actions = self._actions
            self._by_nip = NewPersonForm(
                actions.sign_up, actions.jobs, actions.entered, self.show_tiles, self.show_guest
            )
            self._stack.addWidget(self._by_nip)
        self._turn_to(self._by_nip)

    def show_guest(self) -> None:
        """Somebody new without NIP: code, nickname, PIN."""
        if self._by_code is None:
            from desktop.screens.new_guest import NewGuestForm  # noqa: PLC0415

            actions = self._actions
            self._by_code = NewGuestForm(actions.guest, actions.jobs, actions.entered, self.show_form)
            self._stack.addWidget(self._by_code)
        self._turn_to(self._by_code)

    def _turn_to(self, form: NewPersonForm | NewGuestForm) -> None:
        self._form = form
        self._stack.setCurrentWidget(form)
        self.begin()

    def show_tiles(self) -> None:
        """Back to the tiles."""
        self._stack.setCurrentIndex(0)
        self.begin()
