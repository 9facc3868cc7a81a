"""The chain of custody: where each piece of a person's work is, since when, and the code of its receipt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from desktop.formats import long_day, short_day
from desktop.language import tr
from desktop.screens.arrange import Part, column, holder, mid, row
from desktop.screens.button import Button
from desktop.screens.card import list_card
from desktop.screens.icons import Icon
from desktop.screens.status_line import PLACE_ICONS, Place
from desktop.screens.style import look, sp
from desktop.screens.text import Elided, label

SHOWN = 5
_TALL = 1.25


@dataclass(frozen=True, slots=True)
class PieceView:
    """One piece of work: what it was, when it was done, where it is, since when, and its receipt's code.

    `receipt` is empty while it is on this PC alone.
    """

    title: str
    done: date
    place: Place
    since: date | None = None
    receipt: str = ""
    icon: str = "book"


def place_words(place: Place, since: date | None) -> str:
    """One of the three states, with its date."""
    if place is Place.COORDINATOR and since is not None:
        return tr("Di koordinator sejak {tgl}").format(tgl=short_day(since))
    if place is Place.CENTRE and since is not None:
        return tr("Diterima pusat {tgl}").format(tgl=short_day(since))
    return tr("Tersimpan di komputer ini")


def receipt_words(receipt: str) -> str:
    """`Tanda terima K7Q2-9XRT`, or that there is none yet."""
    return tr("Tanda terima {kode}").format(kode=receipt) if receipt else tr("belum ada tanda terima")


def custody_card(pieces: Sequence[PieceView], *, every: bool, more: Callable[[], None]) -> QFrame:
    """The newest pieces of work; `every` shows all, `more` is asked for them."""
    shown = pieces if every else pieces[:SHOWN]
    rows: list[QWidget] = [_piece(piece, number) for number, piece in enumerate(shown)]
    if not rows:
        nothing = tr("Pekerjaan yang Anda selesaikan muncul di sini, dengan tempat dan tanda terimanya.")
        said = label(nothing, "muted", wrap=True)
        rows.append(holder(row((said, 1), margins=(20, 14, 20, 14))))
    foot = None
    if len(pieces) > SHOWN:
        words = tr("Ringkas") if every else tr("Semua ({n})").format(n=len(pieces))
        foot = Button(words, "quiet", "up" if every else "down", name="all_pieces")
        foot.clicked.connect(more)
    made = list_card(tr("Di mana pekerjaan saya"), rows, foot=foot)
    made.setObjectName("custody")
    return made


def _piece(piece: PieceView, number: int) -> QWidget:
    done = tr("Selesai {tgl}").format(tgl=long_day(piece.done))
    where, receipt = place_words(piece.place, piece.since), receipt_words(piece.receipt)
    icon, tint = PLACE_ICONS[piece.place]
    words: list[Part] = [None, Elided(piece.title, "strong")]
    if look().scale > _TALL:
        words += [Elided(where, "caption", tint), Elided(f"{done}. {receipt}", "caption", "muted"), None]
        parts: list[Part] = [mid(Icon(icon, tint, 24)), (column(*words, gap=1), 1)]
        high = 76
    else:
        state = column(None, _right(where, "strong"), _right(receipt, "caption"), None, gap=1)
        words += [Elided(done, "caption", "muted"), None]
        parts = [
            mid(Icon(piece.icon, "muted", 20)),
            (column(*words, gap=1), 1),
            (state, 0),
            mid(Icon(icon, tint, 24)),
        ]
        high = 56
    made = holder(row(*parts, gap=14, margins=(20, 0, 20, 0)), "", f"piece_{number}")
    made.setFixedHeight(sp(high))
    made.setAccessibleName(f"{piece.title}. {done}. {where}. {receipt}")
    return made


def _right(words: str, role: str) -> QWidget:
    made = label(words, role)
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return made
