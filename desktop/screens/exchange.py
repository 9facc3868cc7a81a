"""Kirim & terima: where the work is on its road, when it last went, and one button to send and fetch now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QFrame, QWidget

from desktop.background.jobs import Jobs
from desktop.background.sending import SendingProgress
from desktop.background.sync_words import word_limit
from desktop.errors import Problem
from desktop.formats import long_day
from desktop.language import tr
from desktop.screens.arrange import Part, column, holder, line, mid, row
from desktop.screens.bar import Bar, Fill, Piece
from desktop.screens.button import Button
from desktop.screens.card import card
from desktop.screens.custody import PieceView, custody_card
from desktop.screens.exchange_words import facts, now_words, sending_words
from desktop.screens.fold import Beside, Fold
from desktop.screens.icons import Icon
from desktop.screens.loaded import Loaded
from desktop.screens.meter import MeterView, meter_card
from desktop.screens.notice import notice, problem_notice
from desktop.screens.page import Scroll, body, header
from desktop.screens.status_line import PLACE_ICONS, Place
from desktop.screens.stepper import Stage, stepper
from desktop.screens.style import sp
from desktop.screens.text import Elided, label


@dataclass(frozen=True, slots=True)
class LastExchange:
    """The last time this PC and the centre spoke. Counts are statements, bytes as they went over the wire."""

    day: date
    time: str
    sent: int
    received: int
    octets: int


@dataclass(frozen=True, slots=True)
class ExchangeView:
    """The state of the road. `others` counts sealed pieces of other people on this PC that go along.

    `mark` is the short sign of this profile's key, which the coordinator compares before vouching. `held` of
    the unsent statements are with the coordinator, all of them since `held_since`.
    """

    unsent: int
    others: int
    received_since: date | None
    server: str
    office: str
    pc: str
    online: bool
    sending: bool = False
    last: LastExchange | None = None
    problem: Problem | None = None
    vouched: bool = True
    mark: str = ""
    held: int = 0
    held_since: date | None = None
    progress: SendingProgress | None = None
    meter: MeterView | None = None
    pieces: tuple[PieceView, ...] = ()

    @property
    def place(self) -> Place:
        """Where the newest work is."""
        if self.unsent > self.held:
            return Place.PC
        if self.unsent and self.held_since is not None:
            return Place.COORDINATOR
        return Place.NOTHING if self.received_since is None else Place.CENTRE


@dataclass(frozen=True, slots=True)
class ExchangeActions:
    """`load` runs as a job; `send` starts an exchange in the background and returns at once.

    `visit` opens Tukar data, None where this PC has no office; `back` leads to the round of a coordinator.
    """

    load: Callable[[], ExchangeView]
    send: Callable[[], None]
    settings: Callable[[], None]
    jobs: Jobs
    visit: Callable[[], None] | None = None
    back: Callable[[], None] | None = None


class Exchange(Loaded[ExchangeView]):
    """Loads again on each visit, and whenever the application says that something went."""

    start = "send_now"

    def __init__(self, actions: ExchangeActions) -> None:
        self._actions = actions
        self._every = False
        super().__init__("exchange", tr("Kirim & terima"), actions.jobs, actions.load)

    def help_page(self) -> str:
        """The page of help for F1."""
        return "kirim-terima"

    def show_progress(self, how_far: SendingProgress) -> None:
        """Tell how far a delivery is, without building the page anew."""
        if self._view is not None and self._view.sending:
            words = sending_words(how_far)
            self._about.setText(words)
            self._bar.show_parts(_pieces(how_far), how_far.total_bytes or 1, words)
            self._under.setVisible(how_far.total_bytes is not None)

    def _send(self) -> None:
        self._actions.send()
        self.refresh()

    def _more(self) -> None:
        self._every = not self._every
        if self._view is not None:
            self.show_view(self._view)

    def build(self, view: ExchangeView) -> tuple[QWidget, QWidget]:
        """The road above, the last exchange and each piece at the left, safety and costs at the right."""
        where = ", ".join(words for words in (view.office, view.pc) if words)
        left = [self._now(view), custody_card(view.pieces, every=self._every, more=self._more)]
        right: list[QWidget] = [self._safe(view)]
        if view.meter is not None:
            right.append(meter_card(view.meter, self._actions.settings))
        right.append(_server(view, self._actions.settings))
        lower = Beside(
            holder(column(*left, gap=16)),
            holder(column(*right, gap=16)),
            right_width=340 if self.low else 400,
        )
        head = header(
            tr("Kirim & terima") if self._actions.back is None else tr("Pekerjaan saya"),
            where,
            back=self._actions.back,
        )
        return head, Scroll(body(_road(view), lower, None))

    def _now(self, view: ExchangeView) -> QFrame:
        title, about = now_words(view)
        send = Button(tr("Kirim sekarang"), "main", "exchange", name="send_now")
        send.setEnabled(bool(view.server) and not view.sending)
        send.clicked.connect(self._send)
        keys: list[Part] = [send]
        if self._actions.visit is not None:
            stick = Button(tr("Tukar data"), "plain", "stick", name="exchange_stick",
                           tip=tr("Tukar data dengan flashdisk"))  # fmt: skip
            stick.clicked.connect(self._actions.visit)
            keys.append(stick)
        icon, tint = ("exchange", "primary") if view.sending else PLACE_ICONS[view.place]
        self._about = label(about, "muted", wrap=True, name="exchange_about")
        saying = column(label(title, "title", wrap=True, name="exchange_title"), self._about, gap=2)
        said = holder(row(mid(Icon(icon, tint, 28)), (saying, 1), gap=14))
        how_far = view.progress
        self._bar = Bar([], 1, about, name="exchange_bar")
        self._under = holder(column(14, self._bar, gap=0))
        if view.sending and how_far is not None and how_far.total_bytes:
            self._bar.show_parts(_pieces(how_far), how_far.total_bytes, about)
        else:
            self._under.hide()  # shown before it has a parent, it would be a window of its own
        head = column(
            Fold((said, 1), (holder(row(*keys, gap=8)), 0), fold=560), self._under, gap=0,
            margins=(20, 18, 20, 16),
        )  # fmt: skip
        rows: list[Part] = [head]
        for icon_name, words, about, value in facts(view):
            rows += [line(), _fact(icon_name, words, about, value)]
        made = card(*rows, gap=0, margins=(0, 0, 0, 4))
        made.setObjectName("exchange_now")
        return made

    def _safe(self, view: ExchangeView) -> QFrame:
        if view.problem is not None and not view.sending:
            return problem_notice(view.problem, name="exchange_problem")
        if view.meter is not None and view.meter.reached:
            return notice("info", *word_limit(), icon="disk", name="exchange_limit")
        if not view.vouched:
            return notice(
                "info",
                tr("Menunggu pengesahan koordinator"),
                tr(
                    "Pekerjaan Anda tetap tersimpan dan dikirim. "
                    "JP dihitung pusat sesudah disahkan. "
                    "Sebutkan tanda kunci ini kepada koordinator: {tanda}"
                ).format(tanda=view.mark),
                name="waiting_vouch",
            )
        return notice(
            "ok",
            tr("Pekerjaan Anda aman"),
            tr(
                "Salinan tetap ada di komputer ini sampai pusat menerimanya. "
                "Bila jaringan putus, tidak ada yang hilang."
            )
            + (" " + tr("Tanda kunci Anda: {tanda}.").format(tanda=view.mark) if view.mark else ""),
            name="exchange_safe",
        )


def _pieces(how_far: SendingProgress) -> list[Piece]:
    return [Piece(how_far.done_bytes, Fill.RUNNING)]


def _fact(icon: str, words: str, about: str, value: str) -> QWidget:
    said: list[Part] = [None, Elided(words)]
    if about:
        said.append(Elided(about, "caption", "muted"))
    made = holder(
        row(
            mid(Icon(icon, "muted", 20)),
            (column(*said, None, gap=1), 1),
            mid(label(value, "strong")),
            gap=12,
            margins=(20, 0, 20, 0),
        )
    )
    made.setFixedHeight(sp(52 if about else 44))
    made.setAccessibleName(f"{words}: {value}. {about}" if about else f"{words}: {value}")
    return made


def _server(view: ExchangeView, settings: Callable[[], None]) -> QFrame:
    change = Button(tr("Ubah"), "quiet", name="exchange_settings")
    change.clicked.connect(settings)
    if not view.server:
        words, icon, tint = (
            tr("Belum ada alamat server. Hasil tetap tersimpan di komputer ini."),
            "warning",
            "warn",
        )
    else:
        words = (
            tr("Tersambung ke pusat")
            if view.online
            else tr("Tanpa internet. Itu biasa; hasil menunggu di sini.")
        )
        icon, tint = ("globe", "ok") if view.online else ("offline", "muted")
    made = card(
        row(mid(label(tr("Server pusat"), "card"), 1), mid(change)),
        row(mid(Icon("lan", "muted", 20)), (Elided(view.server or "–"), 1), gap=12),
        row((Icon(icon, tint, 20), 0), (label(words, "muted", wrap=True), 1), gap=12),
        gap=10,
        margins=(20, 12, 12, 16),
    )
    made.setObjectName("exchange_server")
    return made


def _road(view: ExchangeView) -> QFrame:
    """Three places from left to right; the newest work is at one of them."""
    here = 1 if view.sending else {Place.COORDINATOR: 1, Place.CENTRE: 2}.get(view.place, 0)
    middle = tr("Dalam perjalanan")
    if here == 1 and not view.sending and view.held_since is not None:
        middle = tr("Sudah di koordinator sejak {tgl}").format(tgl=long_day(view.held_since))
    stops = []
    for at, words in enumerate((tr("Di komputer ini"), middle, tr("Diterima pusat"))):
        arrived = at < here or (at == here == 2)
        stops.append((words, Stage.DONE if arrived else Stage.HERE if at == here else Stage.AHEAD))
    icons = ("computer", "exchange" if view.sending else "courier", "received")
    return stepper(stops, name="exchange_road", icons=icons)
