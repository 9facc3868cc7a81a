"""Kirim & terima: where the work is on its road, when it last went, and one button to send and fetch now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.formats import long_day, size
from desktop.language import tr
from desktop.screens.arrange import Part, column, holder, line, mid, row
from desktop.screens.button import Button
from desktop.screens.card import card
from desktop.screens.fold import Beside, Fold
from desktop.screens.icons import Icon
from desktop.screens.loaded import Loaded
from desktop.screens.notice import notice, problem_notice
from desktop.screens.page import Scroll, body, header
from desktop.screens.style import look, sp
from desktop.screens.text import Elided, label


class Stage(Enum):
    """How far something has come."""

    DONE = "reached"
    HERE = "the newest work is here"
    AHEAD = "not yet"


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

    `mark` is the short sign of this profile's key, which the coordinator compares before vouching.
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


@dataclass(frozen=True, slots=True)
class ExchangeActions:
    """`load` runs as a job; `send` starts an exchange in the background and returns at once."""

    load: Callable[[], ExchangeView]
    send: Callable[[], None]
    settings: Callable[[], None]
    jobs: Jobs


class Exchange(Loaded[ExchangeView]):
    """Loads again on each visit, and whenever the application says that something went."""

    start = "send_now"

    def __init__(self, actions: ExchangeActions) -> None:
        self._actions = actions
        super().__init__("exchange", tr("Kirim & terima"), actions.jobs, actions.load)

    def help_page(self) -> str:
        """The page of help for F1."""
        return "kirim-terima"

    def _send(self) -> None:
        self._actions.send()
        self.refresh()

    def build(self, view: ExchangeView) -> tuple[QWidget, QWidget]:
        """The road above, the last exchange at the left, safety and server at the right."""
        where = ", ".join(words for words in (view.office, view.pc) if words)
        right = holder(column(self._safe(view), _server(view, self._actions.settings), gap=16))
        lower = Beside(self._now(view), right, right_width=400)
        return header(tr("Kirim & terima"), where), Scroll(body(_road(view), lower, None))

    def _now(self, view: ExchangeView) -> QFrame:
        if view.sending:
            title, about = tr("Sedang mengirim dan mengambil"), tr("Anda dapat terus belajar.")
        elif view.unsent:
            title = tr("{n} catatan belum dikirim").format(n=view.unsent)
            about = tr("Tersimpan di komputer ini. Suluh mengirim sendiri begitu ada jaringan.")
        elif view.received_since is not None:
            title = tr("Semua sudah diterima pusat")
            about = tr("Terakhir {tgl}").format(tgl=long_day(view.received_since))
        else:
            title, about = (
                tr("Belum ada yang perlu dikirim"),
                tr("Hasil belajar tercatat di sini begitu Anda mulai."),
            )
        send = Button(tr("Kirim sekarang"), "main", "exchange", name="send_now")
        send.setEnabled(bool(view.server) and not view.sending)
        send.clicked.connect(self._send)
        icon = "exchange" if view.sending else "saved" if view.unsent else "received"
        tint = "primary" if view.sending else "info" if view.unsent else "ok"
        saying = column(
            label(title, "title", wrap=True, name="exchange_title"), label(about, "muted", wrap=True), gap=2
        )
        said = holder(row(mid(Icon(icon, tint, 28)), (saying, 1), gap=14))
        head = row((Fold((said, 1), (send, 0), fold=460), 1), gap=0, margins=(20, 18, 20, 16))
        rows: list[Part] = [head]
        for icon_name, words, value in _facts(view):
            rows += [line(), _fact(icon_name, words, value)]
        made = card(*rows, gap=0, margins=(0, 0, 0, 4))
        made.setObjectName("exchange_now")
        return made

    def _safe(self, view: ExchangeView) -> QFrame:
        if view.problem is not None and not view.sending:
            return problem_notice(view.problem, name="exchange_problem")
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
            ),
            name="exchange_safe",
        )


def _facts(view: ExchangeView) -> tuple[tuple[str, str, str], ...]:
    last = view.last
    made = [
        (
            "clock",
            tr("Terakhir dikirim"),
            f"{long_day(last.day)}, {last.time}" if last else tr("belum pernah"),
        ),
    ]
    if last is not None:
        made += [
            ("export", tr("Terkirim terakhir kali"), tr("{n} catatan").format(n=last.sent)),
            ("install", tr("Diterima terakhir kali"), tr("{n} catatan").format(n=last.received)),
            ("disk", tr("Data lewat jaringan"), size(last.octets)),
        ]
    if view.others:
        made.append(("lock", tr("Kiriman terkunci orang lain yang ikut dibawa"), str(view.others)))
    return tuple(made)


def _fact(icon: str, words: str, value: str) -> QWidget:
    made = holder(
        row(
            mid(Icon(icon, "muted", 20)),
            (Elided(words), 1),
            mid(label(value, "strong")),
            gap=12,
            margins=(20, 0, 20, 0),
        )
    )
    made.setFixedHeight(sp(44))
    made.setAccessibleName(f"{words}: {value}")
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
    arrived = not view.unsent and view.received_since is not None
    sent = arrived or view.sending
    stops = (
        (tr("Di komputer ini"), "computer", Stage.DONE if arrived or view.sending else Stage.HERE),
        (
            tr("Dalam perjalanan"),
            "exchange",
            Stage.HERE if view.sending else Stage.DONE if sent else Stage.AHEAD,
        ),
        (tr("Diterima pusat"), "received", Stage.DONE if arrived and not view.sending else Stage.AHEAD),
    )
    tall = look().scale > 1.5  # large letters stand one under another
    parts: list[Part] = []
    for number, (words, icon, stage) in enumerate(stops):
        if number and not tall:
            rule = line()
            rule.setMinimumWidth(sp(24))
            parts.append((rule, 1))
        tint = {Stage.DONE: "ok", Stage.HERE: "primary", Stage.AHEAD: "muted"}[stage]
        shown = Icon("tick" if stage is Stage.DONE else icon, tint, 20)
        said = label(words, "strong" if stage is Stage.HERE else "muted")
        parts += [row(mid(shown), mid(said), None, gap=12)] if tall else [mid(shown), mid(said)]
    if tall:
        inside: QBoxLayout = column(*parts, gap=4, margins=(24, 12, 24, 12))
    else:
        inside = row(*parts, gap=12, margins=(24, 14, 24, 14))
    made = holder(inside, "card", "exchange_road")
    here = next((words for words, _icon, stage in stops if stage is Stage.HERE), stops[-1][0])
    made.setAccessibleName(here)
    return made
