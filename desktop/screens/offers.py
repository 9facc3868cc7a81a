"""The card *Bisa diambil*: packs that the office's computer or the centre offers, and those under way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from desktop.background.jobs import Jobs
from desktop.formats import size
from desktop.language import tr, trn
from desktop.screens.arrange import Part, column, mid, row
from desktop.screens.bar import Bar, Fill, Piece
from desktop.screens.button import Button
from desktop.screens.card import list_card
from desktop.screens.icons import Icon
from desktop.screens.offer_views import OfferActions, OfferRow, OfferState
from desktop.screens.screen_jobs import ScreenJobs
from desktop.screens.slot import Slot
from desktop.screens.text import Elided, label

_FEW = 4
_UNDER_WAY = {OfferState.QUEUED, OfferState.RUNNING, OfferState.WAITING}


@dataclass(frozen=True, slots=True)
class OfferWays:
    """Where a row leads: `install` looks at what came, `drop` lets go of it."""

    take: Callable[[str], None]
    drop: Callable[[str], None]
    install: Callable[[str], None]


def offer_words(offer: OfferRow) -> str:
    """What may be said of a pack in a line: `48 MB, dari komputer kantor, sekitar 1 menit`."""
    if offer.state is OfferState.OFFERED:
        return _offered_words(offer)
    if offer.state is OfferState.FAILED:
        return "" if offer.problem is None else f"{offer.problem.title} {offer.problem.advice}"
    said = {
        OfferState.QUEUED: tr("{b}, menunggu giliran"),
        OfferState.RUNNING: tr("{a} dari {b}"),
        OfferState.WAITING: tr("{a} dari {b}. Sambungan terputus; nanti dilanjutkan sendiri."),
        OfferState.PARTIAL: tr("{a} dari {b} sudah ada di komputer ini"),
        OfferState.READY: tr("Sudah diambil, {b}. Periksa isinya, lalu pasang."),
    }
    words = said[offer.state].format(a=size(offer.done), b=size(offer.size))
    if offer.state is OfferState.RUNNING and offer.minutes:
        left = trn("sekitar {n} menit lagi", offer.minutes).format(n=offer.minutes)
        return f"{words}, {left}"
    return words


def _offered_words(offer: OfferRow) -> str:
    parts = [size(offer.size)]
    if offer.newer:
        parts.insert(0, tr("Versi baru {versi}").format(versi=offer.newer))
    if offer.office is not None:
        parts.append(tr("dari komputer kantor") if offer.office else tr("dari pusat lewat internet"))
    if offer.minutes:
        parts.append(trn("sekitar {n} menit", offer.minutes).format(n=offer.minutes))
    return ", ".join(parts)


class OfferLine(QFrame):
    """One pack with its words, its bar while it comes, and what may be done about it."""

    def __init__(self, offer: OfferRow, ways: OfferWays) -> None:
        super().__init__()
        self.setObjectName(f"offer_{offer.digest[:8]}")
        self._about = Elided(offer_words(offer), "caption", "muted")
        self._bar: Bar | None = None
        words: list[Part] = [Elided(offer.title, "strong"), self._about]
        if offer.state is OfferState.FAILED:
            words[1] = label(offer_words(offer), "caption", wrap=True, name="offerProblem")
        if offer.state in {OfferState.RUNNING, OfferState.WAITING, OfferState.PARTIAL}:
            self._bar = Bar([], 1, "", name="offerBar")
            words += [4, self._bar]
        icon, tint = _icon(offer)
        buttons = [mid(button) for button in _buttons(offer, ways)]
        text = column(*words, gap=2)
        self.setLayout(row(mid(Icon(icon, tint)), (text, 1), *buttons, gap=12, margins=(20, 10, 16, 10)))
        self.show_progress(offer)

    def show_progress(self, offer: OfferRow) -> None:
        """Show how far it is, where nothing else of the row has changed."""
        words = offer_words(offer)
        self.setAccessibleName(f"{offer.title}. {words}")
        self._about.set_text(words)
        if self._bar is not None:
            fill = Fill.RUNNING if offer.state is OfferState.RUNNING else Fill.WAITING
            self._bar.show_parts([Piece(offer.done, fill)], offer.size, words)


class Offers(Slot):
    """The card; it takes no room while nothing is offered. `install` is where a pack that came leads.

    `counted` carries how many packs there are.
    """

    counted = Signal(int)

    def __init__(self, actions: OfferActions, jobs: Jobs, install: Callable[[str], None]) -> None:
        super().__init__("offers")
        self._actions, self._all = actions, False
        self._ways = OfferWays(actions.take, actions.drop, install)
        self._shown: tuple[tuple[str, OfferState], ...] = ()
        self._lines: dict[str, OfferLine] = {}
        self.count = 0
        self._later = ScreenJobs(self, jobs)
        self._changed()
        actions.changed.connect(self._changed, Qt.ConnectionType.QueuedConnection)
        self._later.run(actions.load, lambda _none: None, lambda _problem: None)

    def _changed(self) -> None:
        rows = self._actions.rows()
        if len(rows) != self.count:
            self.count = len(rows)
            self.counted.emit(self.count)
        if not self._all:
            # what somebody asked for is always in sight
            asked = [one for one in rows if one.state is not OfferState.OFFERED]
            others = [one for one in rows if one.state is OfferState.OFFERED]
            shown = [*asked, *others[: max(0, _FEW - len(asked))]]
        else:
            shown = list(rows)
        outline = tuple((one.digest, one.state) for one in shown)
        if outline == self._shown:
            for one in shown:
                self._lines[one.digest].show_progress(one)
            return
        held = self.window().focusWidget()
        within = held is not None and self.isAncestorOf(held)
        line = next((key for key, made in self._lines.items() if held and made.isAncestorOf(held)), "")
        self._shown = outline
        self._lines = {one.digest: OfferLine(one, self._ways) for one in shown}
        self.put(*([self._card(len(rows))] if shown else []))
        if within:
            self._focus(line)

    def _card(self, count: int) -> QWidget:
        more: Button | None = None
        if count > len(self._lines):
            more = Button(tr("Lihat semua ({n})").format(n=count), "quiet", name="allOffers")
            more.clicked.connect(self._show_all)
        made = list_card(tr("Bisa diambil"), list(self._lines.values()), foot=more)
        made.setObjectName("offersCard")
        return made

    def _show_all(self) -> None:
        self._all = True
        self._changed()

    def _focus(self, digest: str) -> None:
        """Keep the keyboard where it was: at the same pack, else at the first."""
        line = self._lines.get(digest) or next(iter(self._lines.values()), None)
        button = None if line is None else line.findChild(Button)
        if button is not None:
            button.setFocus()


def _icon(offer: OfferRow) -> tuple[str, str]:
    if offer.state is OfferState.READY:
        return "received", "ok"
    if offer.state is OfferState.FAILED:
        return "warning", "warn"
    return ("lan" if offer.office else "globe"), "primary"


def _buttons(offer: OfferRow, ways: OfferWays) -> list[Button]:
    """What may be done, the likeliest first in the order of the keyboard."""
    key = offer.digest[:8]
    take: dict[OfferState, str] = {
        OfferState.OFFERED: tr("Ambil"),
        OfferState.PARTIAL: tr("Lanjutkan"),
        OfferState.FAILED: tr("Coba lagi"),
    }
    made: list[Button] = []
    if offer.state is OfferState.READY:
        made.append(_button(tr("Pasang paket"), f"install_{key}", offer, ways.install))
    elif offer.state in take:
        made.append(_button(take[offer.state], f"take_{key}", offer, ways.take))
    if offer.state in _UNDER_WAY:
        made.append(_button(tr("Batal"), f"drop_{key}", offer, ways.drop))
    elif offer.state is not OfferState.OFFERED:
        made.append(_button(tr("Buang"), f"drop_{key}", offer, ways.drop, "quiet"))
    return made


def _button(
    words: str, name: str, offer: OfferRow, act: Callable[[str], None], kind: str = "plain"
) -> Button:
    made = Button(words, kind, name=name)
    made.setAccessibleName(f"{words}: {offer.title}")
    made.clicked.connect(lambda: act(offer.digest))
    return made
