"""The frame around an activity: where it stands, the list of its module, and the way on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame

from desktop.language import tr
from desktop.screens.activity_player import Player
from desktop.screens.activity_side import NARROW, WIDE, ActivitySide
from desktop.screens.arrange import column, holder, mid, row
from desktop.screens.button import Button
from desktop.screens.key_cap import KeyRoom, key_line
from desktop.screens.learning_page import LearningPage
from desktop.screens.learning_views import ActivityView
from desktop.screens.page import header
from desktop.screens.pill import Pill
from desktop.screens.style import sp
from desktop.screens.text import label

_FOLD = 900  # px of width below which the list of the module gives its place to the page


@dataclass(frozen=True, slots=True)
class FrameActions:
    """Where the frame leads: to an activity, to the next or previous one, out to the course."""

    go: Callable[[str], None]
    onward: Callable[[], None]
    backward: Callable[[], None]
    out: Callable[[], None]


class ActivityFrame(LearningPage):
    """One activity on screen, whatever its player."""

    def __init__(self, view: ActivityView, player: Player, actions: FrameActions) -> None:
        super().__init__()
        self.setObjectName("activity")
        self.view, self.player, self._actions = view, player, actions
        self._done = Pill(tr("Selesai"), "ok", "tick")
        over = tr("{kursus}, modul {n} dari {m}").format(
            kursus=view.course_title, n=view.module_number, m=view.modules
        )
        head = header(view.title, "", self._done, over=over, back=actions.out, bar=True)
        self.side = ActivitySide(view, actions.go, actions.out)
        self._place = label("", "caption", name="pagePlace")
        self._previous = Button(tr("Sebelumnya"), "plain", "left", name="previous")
        self._previous.clicked.connect(self.go_back)
        self._next = Button(tr("Berikutnya"), "main", "arrow-right", name="next", trailing=True)
        self._next.clicked.connect(self.go_on)
        self._keys = KeyRoom()
        self._keys.show_keys(key_line(*player.keys()))
        middle = column((player, 1), self._foot(), gap=0)
        self.setLayout(column(head, (row(self.side, (middle, 1), gap=0), 1), gap=0))
        self._done.setVisible(view.done)
        self.side.hide()  # shown where there is room: its width must never be the least width of the window
        player.moved.connect(self._tell)
        player.completed.connect(self._completed)
        player.ended.connect(self._ended)
        self._tell()

    def begin(self) -> None:
        """Start: the focus goes to what is read or played."""
        self.player.begin()
        self.side.show_here()

    def leave(self) -> None:
        """Keep the place and record what was done."""
        self.player.leave()

    def playing(self) -> bool:
        """Tell whether a recording plays now."""
        return self.player.playing()

    def help_page(self) -> str:
        """Name the page of help."""
        return self.player.help_page()

    def go_on(self) -> None:
        """One page on, or to the next activity, or back to the course after the last."""
        if not self.player.turn(1):
            self._actions.onward()

    def go_back(self) -> None:
        """One page back, or to the activity before."""
        if not self.player.turn(-1):
            self._actions.backward()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the list less room, or none, on a small screen or with large text."""
        super().resizeEvent(event)
        wide = event.size().width()
        self.side.setVisible(wide >= sp(_FOLD))
        self.side.setFixedWidth(sp(WIDE if wide >= sp(1150) else NARROW))
        buttons = self._previous.sizeHint().width() + self._next.sizeHint().width()
        beside = self.side.width() if wide >= sp(_FOLD) else 0
        self._keys.fit(wide - beside - buttons - self._place.sizeHint().width() - sp(48 + 64))

    def _foot(self) -> QFrame:
        middle = row(mid(self._place), mid(self._keys), gap=20)
        made = holder(
            row(mid(self._previous), None, middle, None, mid(self._next), gap=8, margins=(24, 0, 24, 0)),
            "foot",
        )
        made.setFixedHeight(sp(64))
        return made

    def _tell(self) -> None:
        where = self.player.place()
        self._place.setText(where)
        self._place.setVisible(bool(where))

    def _completed(self) -> None:
        self._done.show()
        self.side.mark_done(self.view.id)

    def _ended(self, step: int) -> None:
        if step > 0:
            self.go_on()
        else:
            self.go_back()
