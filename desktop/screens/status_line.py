"""The status line: always where the work is, on which PC, and calmly whether there is internet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame

from desktop.formats import long_day
from desktop.language import tr
from desktop.screens.arrange import mid, row
from desktop.screens.icons import Icon
from desktop.screens.style import sp
from desktop.screens.text import Elided, label


class Place(Enum):
    """Where the newest work of the person is."""

    NOTHING = "nothing was recorded yet"
    PC = "on this PC, not sent"
    COORDINATOR = "with the coordinator"
    CENTRE = "received by the centre"


PLACE_ICONS = {
    Place.NOTHING: ("computer", "muted"),
    Place.PC: ("saved", "info"),
    Place.COORDINATOR: ("courier", "primary"),
    Place.CENTRE: ("received", "ok"),
}


@dataclass(frozen=True, slots=True)
class StatusView:
    """What the line shows. `unsent` counts statements; `since` is the day of the ack or the receipt."""

    place: Place
    unsent: int = 0
    since: date | None = None
    pc: str = ""
    online: bool = False
    sending: bool = False


def status_words(view: StatusView) -> str:
    """The sentence of the line, exactly as people know it."""
    if view.sending:
        return tr("Sedang mengirim dan mengambil. Anda dapat terus belajar.")
    if view.place is Place.PC:
        return tr("Tersimpan di komputer ini, belum dikirim ({n})").format(n=view.unsent)
    if view.place is Place.COORDINATOR and view.since is not None:
        return tr("Sudah di koordinator sejak {tgl}").format(tgl=long_day(view.since))
    if view.place is Place.CENTRE and view.since is not None:
        return tr("Semua sudah diterima pusat, {tgl}").format(tgl=long_day(view.since))
    return tr("Belum ada yang perlu dikirim")


class StatusLine(QFrame):
    """36 px at the foot of every room."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status")
        self.setProperty("f", "status")
        self._icon = Icon("computer", "muted", 20)
        self._words = Elided("", least=200)
        self._words.setObjectName("status_words")
        self._pc_icon = Icon("computer", "muted", 20)
        self._pc = label("", "muted", name="status_pc")
        self._net_icon = Icon("offline", "muted", 20)
        self._net = label("", "muted", name="status_net")
        self.setLayout(
            row(
                mid(self._icon),
                mid(self._words, 1),
                mid(self._pc_icon),
                mid(self._pc),
                16,
                mid(self._net_icon),
                mid(self._net),
                gap=8,
                margins=(24, 0, 24, 0),
            )
        )
        self.setFixedHeight(sp(36))
        self.show_status(StatusView(Place.NOTHING))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is too little room, the name of the PC gives way to where the work is."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        needed = self._words.wanted() + self._pc.sizeHint().width() + self._net.sizeHint().width() + sp(180)
        shown = bool(self._pc.text()) and needed <= self.width()
        self._pc.setVisible(shown)
        self._pc_icon.setVisible(shown)

    def words(self) -> str:
        """The sentence now shown."""
        return self._words.text()

    def show_status(self, view: StatusView) -> None:
        """Show where the work is."""
        icon, colour = ("exchange", "primary") if view.sending else PLACE_ICONS[view.place]
        self._icon.show_icon(icon, colour)
        self._words.set_text(status_words(view))
        self._pc.setText(view.pc)
        self._net_icon.show_icon("globe" if view.online else "offline", "muted")
        self._net.setText(tr("Tersambung ke pusat") if view.online else tr("Tanpa internet"))
        self._fit()
        self.setAccessibleName(f"{status_words(view)}. {self._net.text()}")
