"""The side of a module: its activities, what is done, and where one is."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy

from desktop.language import tr, trn
from desktop.player.progress import State
from desktop.screens.arrange import Part, column, holder, row
from desktop.screens.bar import Bar, Fill, Piece
from desktop.screens.button import Button
from desktop.screens.card import Target
from desktop.screens.icons import paint_icon
from desktop.screens.learning_views import ActivityRow, ActivityView
from desktop.screens.page import Scroll
from desktop.screens.style import look, sp
from desktop.screens.text import label, tip
from sync.packs.outline import ActivityKind

ICONS = {
    ActivityKind.PAGE: "page",
    ActivityKind.PDF: "pdf",
    ActivityKind.IMAGE: "board",
    ActivityKind.AUDIO: "audio",
    ActivityKind.VIDEO: "video",
    ActivityKind.QUIZ: "quiz",
    ActivityKind.ASSIGNMENT: "task",
}
WIDE, NARROW = 288, 264


def kind_words(row_: ActivityRow) -> str:
    """Say what an activity is and how long it takes: `Kuis, 8 soal, 10 menit`."""
    named = {
        ActivityKind.PAGE: tr("Bacaan"),
        ActivityKind.PDF: tr("Dokumen PDF"),
        ActivityKind.IMAGE: tr("Gambar"),
        ActivityKind.AUDIO: tr("Rekaman suara"),
        ActivityKind.VIDEO: tr("Video"),
        ActivityKind.QUIZ: tr("Kuis"),
        ActivityKind.ASSIGNMENT: tr("Tugas"),
    }[row_.kind]
    counted = ""
    if row_.count > 1 and row_.kind is ActivityKind.PAGE:
        counted = trn("{n} halaman", row_.count).format(n=row_.count)
    elif row_.count and row_.kind is ActivityKind.QUIZ:
        counted = trn("{n} soal", row_.count).format(n=row_.count)
    minutes = trn("{n} menit", row_.minutes).format(n=row_.minutes) if row_.minutes else ""
    return ", ".join(part for part in (named, counted, minutes) if part)


def state_words(state: State) -> str:
    """Say how far one is."""
    return {
        State.NEW: tr("belum mulai"),
        State.STARTED: tr("sedang berjalan"),
        State.DONE: tr("selesai"),
    }[state]


def link_name(activity: str) -> str:
    """The name of an activity's line, for whoever drives the window: `activity_m3_a2`."""
    return "_".join(("activity", *activity.split("/")[1:]))


class ActivityLink(Target):
    """One line of the side, painted: icon, title on one or two lines, tick."""

    def __init__(self, shown: ActivityRow, *, here: bool, chosen: Callable[[], None]) -> None:
        super().__init__(link_name(shown.id), "", radius=8)
        self._row, self._here = shown, here
        self.setAccessibleName(f"{shown.title}. {kind_words(shown)}. {state_words(shown.state)}")
        self.setToolTip(tip(f"{shown.title}\n{kind_words(shown)}"))
        self.setProperty("ring", 8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.chosen.connect(chosen)
        self._lay()

    def mark_done(self) -> None:
        """Show the tick from now on."""
        self._row = ActivityRow(
            self._row.id, self._row.title, self._row.kind, self._row.minutes, State.DONE, self._row.count
        )
        self.setAccessibleName(f"{self._row.title}. {kind_words(self._row)}. {state_words(State.DONE)}")
        self.update()

    def sizeHint(self) -> QSize:
        """One line, or two where the title is long."""
        return QSize(sp(200), self._height)

    def resizeEvent(self, event: object) -> None:
        """Break the title anew for another width."""
        del event
        self._lay()

    def _lay(self) -> None:
        font = look().sized(14, 600 if self._here else 400)
        metrics = QFontMetricsF(font)
        two = metrics.horizontalAdvance(self._row.title) > self._room()
        self._height = sp(56 if two else 40)
        if self.height() != self._height:
            self.setFixedHeight(self._height)

    def _room(self) -> float:
        """Px for the title, beside icon and tick."""
        return (self.width() or sp(NARROW - 24)) - sp(42) - sp(34 if self._row.state is State.DONE else 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw with the look in force."""
        super().paintEvent(event)
        chosen = look()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self._here:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(chosen.colour("selection"))
            painter.drawRoundedRect(box, 8, 8)
        done = self._row.state is State.DONE
        ink = chosen.colour("on_selection" if self._here else "text" if done else "muted")
        tint = ink if self._here and chosen.contrast else chosen.colour("primary" if self._here else "muted")
        side = sp(20)
        middle = box.center().y()
        paint_icon(painter, ICONS[self._row.kind], QRectF(sp(12), middle - side / 2, side, side), tint)
        words = QRectF(sp(42), 0, self._room(), box.height())
        painter.setPen(ink)
        painter.setFont(chosen.sized(14, 600 if self._here else 400))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        lines = _two_lines(self._row.title, painter.font(), words.width())
        height = sp(20)
        top = middle - height * len(lines) / 2
        for number, text in enumerate(lines):
            painter.drawText(QRectF(words.x(), top + number * height, words.width(), height), flags, text)
        if done:
            tick = QRectF(QPointF(box.width() - sp(30), middle - sp(9)), QSize(sp(18), sp(18)))
            paint_icon(painter, "tick", tick, ink if self._here and chosen.contrast else chosen.colour("ok"))
        painter.end()


def _two_lines(text: str, font: QFont, room: float) -> list[str]:
    """Break a title into at most two lines; the second ends in an ellipsis where there is more."""
    metrics = QFontMetricsF(font)
    if metrics.horizontalAdvance(text) <= room:
        return [text]
    words = text.split(" ")
    first = ""
    while words and metrics.horizontalAdvance(f"{first} {words[0]}".strip()) <= room:
        first = f"{first} {words.pop(0)}".strip()
    rest = " ".join(words)
    if not first:
        return [metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)]
    return [first, metrics.elidedText(rest, Qt.TextElideMode.ElideRight, room)] if rest else [first]


class ActivitySide(QFrame):
    """The list of a module beside its activity."""

    def __init__(self, view: ActivityView, go: Callable[[str], None], out: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("activitySide")
        self.setProperty("f", "side")
        self.setFixedWidth(sp(WIDE))
        self._rows = list(view.module.activities)
        self._links = {
            shown.id: ActivityLink(
                shown,
                here=shown.id == view.id,
                chosen=lambda to=shown.id: go(to),  # type: ignore[misc]
            )
            for shown in self._rows
        }
        self._bar = Bar([], 1, "")
        self._done = label("", "caption", name="doneCount")
        self._left = label("", "caption", name="minutesLeft")
        head = column(
            label(tr("Isi modul"), "card"),
            10,
            self._bar,
            6,
            row(self._done, None, self._left),
            gap=0,
            margins=(12, 0, 12, 0),
        )
        listed: list[Part] = [*self._links.values(), None]
        self._scroll = Scroll(holder(column(*listed, gap=2), name="sideList"), name="sideScroll")
        back = Button(tr("Isi mata pelatihan"), "quiet", "left", name="toOutline")
        back.clicked.connect(out)
        self.setLayout(column(head, 12, (self._scroll, 1), row(back, None), gap=0, margins=(12, 20, 12, 12)))
        self._here = view.id
        self._count()

    def show_here(self) -> None:
        """Bring the current line into sight."""
        self._scroll.ensureWidgetVisible(self._links[self._here], 0, sp(60))

    def mark_done(self, activity: str) -> None:
        """Tick one off."""
        self._rows = [
            ActivityRow(r.id, r.title, r.kind, r.minutes, State.DONE, r.count) if r.id == activity else r
            for r in self._rows
        ]
        if activity in self._links:
            self._links[activity].mark_done()
        self._count()

    def _count(self) -> None:
        done = sum(r.state is State.DONE for r in self._rows)
        minutes = sum(r.minutes for r in self._rows if r.state is not State.DONE)
        words = tr("{n} dari {m} selesai").format(n=done, m=len(self._rows))
        whole = done == len(self._rows)
        self._bar.show_parts([Piece(done, Fill.DONE if whole else Fill.RUNNING)], len(self._rows), words)
        self._done.setText(words)
        self._left.setText(trn("{n} menit lagi", minutes).format(n=minutes) if minutes else "")
