"""Belajar: the courses on this computer as cards, the likeliest one filled, or how to get the first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QWidget

from desktop.formats import jp, long_day
from desktop.language import tr, trn
from desktop.screens.arrange import Part, column, holder, mid, row
from desktop.screens.bar import Bar, Fill, Piece
from desktop.screens.button import Button
from desktop.screens.choice import Combo
from desktop.screens.cover import Cover, tint_of
from desktop.screens.field import Field
from desktop.screens.icons import Icon
from desktop.screens.learning_page import LearningPage
from desktop.screens.learning_views import CourseCard, LibraryView
from desktop.screens.page import MARGIN, Scroll, body, empty, header, placed
from desktop.screens.pill import Pill
from desktop.screens.style import sp
from desktop.screens.text import Elided, label, tip

if TYPE_CHECKING:  # a PC without a network never loads them
    from desktop.screens.offers import Offers

_GAP = 16
_CARD = 320  # px a card needs before another column is better than a wider card
_MANY = 3  # from the fourth course on, searching and sorting help


@dataclass(frozen=True, slots=True)
class LibraryActions:
    """Where the library leads."""

    open: Callable[[str], None]
    resume: Callable[[str], None]
    install: Callable[[], None]
    look_up: Callable[[], None] | None = None


def course_meta(card: CourseCard) -> str:
    """What a course is, in a line: `Wajib, 6 JP, 5 modul`."""
    wanted = tr("Wajib") if card.mandatory else tr("Pilihan")
    return tr("{wajib}, {jp} JP, {n} modul").format(wajib=wanted, jp=jp(card.jp), n=card.modules)


def is_done(card: CourseCard) -> bool:
    """Whether every module is finished."""
    return card.done_on is not None or (card.modules > 0 and card.modules_done >= card.modules)


def progress_words(card: CourseCard) -> str:
    """How far one is: `3 dari 5 modul`, `Belum mulai`, `Selesai, 5 Oktober 2026`."""
    if is_done(card):
        if card.done_on is None:
            return tr("Selesai")
        return tr("Selesai, {tgl}").format(tgl=long_day(card.done_on))
    if not card.started and not card.modules_done:
        return tr("Belum mulai")
    return tr("{n} dari {m} modul").format(n=card.modules_done, m=card.modules)


def progress_bar(card: CourseCard) -> Bar:
    """The bar of a course; its words are the accessible name."""
    fill = Fill.DONE if is_done(card) else Fill.RUNNING
    return Bar([Piece(card.modules_done, fill)], max(1, card.modules), progress_words(card), name="progress")


class _Card(QFrame):
    """One course; cover and button lead to the same place."""

    def __init__(self, card: CourseCard, actions: LibraryActions, *, likeliest: bool) -> None:
        super().__init__()
        self.setObjectName(f"course_{card.id}")
        self.setProperty("f", "card")
        self.setAccessibleName(f"{card.title}. {course_meta(card)}. {progress_words(card)}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        done = is_done(card)
        words = tr("Buka lagi") if done else tr("Lanjutkan") if card.started else tr("Mulai")
        go = actions.open if done else actions.resume
        button = Button(words, "main" if likeliest else "plain", name=f"open_{card.id}")
        button.setAccessibleName(f"{words}: {card.title}")
        button.clicked.connect(lambda: go(card.id))
        inside = Button(tr("Isi"), "quiet", name=f"outline_{card.id}")
        inside.setAccessibleName(tr("Isi mata pelatihan: {judul}").format(judul=card.title))
        inside.clicked.connect(lambda: actions.open(card.id))
        self._go: Callable[[], None] = lambda: actions.open(card.id)
        if card.withdrawn:
            button.hide()
        title: list[Part] = [(Elided(card.title, "card"), 1)]
        if card.withdrawn:
            title.append(mid(Pill(tr("Ditarik"), "warn", "warning")))
        elif card.new:
            title.append(mid(Pill(tr("Baru"), "info")))
        head = holder(row(*title, gap=8))
        head.setFixedHeight(sp(24))
        said = label(progress_words(card), "ok_caption" if done else "caption")
        state = row(mid(Icon("tick", "ok", 16)), mid(said), None, gap=6) if done else row(mid(said), None)
        self._cover = Cover(tint_of(card.id), card.glyph)
        self._cover.setCursor(Qt.CursorShape.PointingHandCursor)
        text = column(
            head,
            2,
            Elided(course_meta(card), "body", "muted"),
            14,
            progress_bar(card),
            6,
            state,
            16,
            row(button, None, inside),
            gap=0,
            margins=(20, 14, 20, 16),
        )
        self.setLayout(column(self._cover, text, gap=0))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the cover opens the course."""
        if event.button() == Qt.MouseButton.LeftButton and self._cover.geometry().contains(
            event.position().toPoint()
        ):
            self._go()


class _Shelf(QWidget):
    """Cards in as many columns as there is room for."""

    def __init__(self, cards: list[_Card]) -> None:
        super().__init__()
        self.setObjectName("shelf")
        self._cards = cards
        self._shown = cards
        self._across = 0
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(sp(_GAP))
        self.setLayout(self._grid)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._lay(3)

    def show_cards(self, wanted: list[_Card]) -> None:
        """Show these cards in this order."""
        self._shown = wanted
        for made in self._cards:
            made.setVisible(made in wanted)
        self._lay(self._across)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take another number of columns where the width asks for it."""
        super().resizeEvent(event)
        across = max(1, min(4, (event.size().width() + sp(_GAP)) // sp(_CARD + _GAP)))
        if across != self._across:
            self._lay(across)

    def _lay(self, across: int) -> None:
        while self._grid.count():
            self._grid.takeAt(0)
        for column_ in range(4):
            self._grid.setColumnStretch(column_, 1 if column_ < across else 0)
        for place, made in enumerate(self._shown):
            self._grid.addWidget(made, place // across, place % across, Qt.AlignmentFlag.AlignTop)
        self._across = across


class Library(LearningPage):
    """The room's first screen."""

    def __init__(self, view: LibraryView, actions: LibraryActions, offers: Offers | None = None) -> None:
        """`offers` is the card of what may be fetched; it takes no room while there is nothing."""
        super().__init__()
        self.setObjectName("library")
        self._view = view
        install = Button(tr("Pasang paket"), "plain", "install", name="installPack")
        install.clicked.connect(actions.install)
        if not view.courses:
            first = Button(tr("Pasang paket"), "main", "install", name="installFirst")
            first.clicked.connect(actions.install)
            nothing = empty(
                "book",
                tr("Belum ada modul"),
                tr("Pasang dari flashdisk atau minta koordinator. Pemasangan tidak memerlukan internet."),
                first,
                name="emptyLibrary",
            )
            below: QWidget = nothing
            if offers is not None:
                below = Scroll(body((nothing, 1), offers, gap=24), name="libraryScroll")
            self.setLayout(column(header(tr("Belajar")), (below, 1), gap=0))
            self._first: QWidget | None = first
            return
        self._jump = Button("", "quiet", name="toOffers")
        self._jump.hide()
        self._cards = [_Card(card, actions, likeliest=card.id == view.likeliest) for card in view.courses]
        self._shelf = _Shelf(self._cards)
        parts: list[Part] = []
        count = trn("{n} mata pelatihan, {m} modul", len(view.courses)).format(
            n=len(view.courses), m=sum(card.modules for card in view.courses)
        )
        self._none = label(tr("Tidak ada yang cocok. Coba kata lain."), "muted", name="noMatch")
        if len(view.courses) > _MANY:
            parts.append(self._tools(count))
        else:
            parts.append(row(mid(label(count, "muted", name="courseCount")), None, mid(self._jump)))
        parts += [self._none, self._shelf, *([] if offers is None else [offers]), None]
        tools: list[QWidget] = [install]
        if actions.look_up is not None:
            search = Button(tr("Cari dan catatan saya"), "quiet", "search", name="lookUp")
            search.setToolTip(tip(tr("Ctrl+K")))
            search.clicked.connect(actions.look_up)
            tools.insert(0, search)
        in_head, above = placed(*tools)
        head = header(tr("Belajar"), "", *in_head)
        inside = body(*above, *parts, gap=16, margins=(MARGIN, 4, MARGIN, MARGIN))
        scroll = Scroll(inside, name="libraryScroll")
        self.setLayout(column(head, (scroll, 1), gap=0))
        if offers is not None:
            self._jump.clicked.connect(lambda: self._to(scroll, offers))
            offers.counted.connect(self._count_offers)
            self._count_offers(offers.count)
        self._none.hide()
        likely = view.likeliest or view.courses[0].id
        self._first = self.findChild(Button, f"open_{likely}")

    def lists(self) -> bool:
        """A shelf may have grown meanwhile."""
        return True

    def begin(self) -> None:
        """Put the focus on what is likeliest."""
        if self._first is not None:
            self._first.setFocus()

    def _count_offers(self, count: int) -> None:
        """Say above the courses that more can be fetched: the card may lie below the edge of the window."""
        self._jump.set_text(tr("{n} bisa diambil").format(n=count))
        self._jump.setVisible(count > 0)

    @staticmethod
    def _to(scroll: Scroll, offers: Offers) -> None:
        first = offers.findChild(Button)
        scroll.ensureWidgetVisible(offers)
        if first is not None:
            first.setFocus()

    def _tools(self, count: str) -> QFrame:
        self._find = Field(
            name="findCourse",
            words=tr("Cari mata pelatihan"),
            hint=tr("Cari mata pelatihan"),
            icon_name="search",
            width=304,
        )
        self._find.textChanged.connect(self._sift)
        orders = (
            ("opened", tr("Terakhir dibuka")),
            ("title", tr("Menurut judul")),
            ("open", tr("Belum selesai dulu")),
        )
        self._order = Combo(orders, name="sortCourses", words=tr("Urutan"), width=192)
        self._order.currentIndexChanged.connect(self._sift)
        said = label(count, "muted", name="courseCount")
        return holder(row(mid(self._find), mid(self._order), None, mid(self._jump), mid(said), gap=8))

    def _sift(self) -> None:
        wanted = self._find.text().casefold().split()
        pairs = [
            (card, made)
            for card, made in zip(self._view.courses, self._cards, strict=True)
            if all(word in f"{card.title} {card.summary} {card.publisher}".casefold() for word in wanted)
        ]
        if self._order.value() == "title":
            pairs.sort(key=lambda pair: pair[0].title.casefold())
        elif self._order.value() == "open":
            pairs.sort(key=lambda pair: is_done(pair[0]))
        self._none.setVisible(not pairs)
        self._shelf.show_cards([made for _, made in pairs])
