"""The PCs of a round by their names: which were visited, and what still waits for them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from desktop.formats import short_day
from desktop.language import SEVERAL, tr, trn
from desktop.screens.arrange import Part, column, holder, line, mid, row
from desktop.screens.card import card
from desktop.screens.icons import Icon
from desktop.screens.page import empty
from desktop.screens.pill import Pill
from desktop.screens.round_views import RoundPc, RoundView
from desktop.screens.style import look, sp
from desktop.screens.text import Elided, label

_VISIT, _LETTERS = 164, 124
_TALL = 1.25  # with larger letters each PC says all of it under its name


def pcs_card(view: RoundView) -> QFrame:
    """Every PC of the office that this PC has heard of, those still to be visited first."""
    done = len(view.pcs) - len(view.missing)
    count = tr("{n} dari {m} dikunjungi").format(n=done, m=len(view.pcs))
    alone = sum(pc.heard is not None for pc in view.pcs)
    if alone:
        count = tr("{n} dikunjungi, {m} mengirim sendiri").format(n=done - alone, m=alone)
    top = holder(row(mid(label(trn("Komputer", SEVERAL), "card")), None, mid(label(count, "muted")),
                     margins=(20, 0, 20, 0)))  # fmt: skip
    top.setFixedHeight(sp(48))
    parts: list[Part] = [top]
    tall = look().scale > _TALL
    if view.pcs and not tall:
        heads = holder(
            row(
                (label(tr("Nama"), "caption_strong"), 1),
                _wide(tr("Kunjungan terakhir"), _VISIT, "caption_strong"),
                _wide(tr("Menunggu di sana"), _LETTERS, "caption_strong"),
                gap=12,
                margins=(52, 0, 20, 0),
            )
        )
        heads.setFixedHeight(sp(32))
        parts += [line(), heads]
    for number, pc in enumerate(view.pcs):
        parts += [line(), _pc_row(pc, number, tall=tall)]
    if not view.pcs:
        parts += [
            line(),
            16,
            empty(
                "computer",
                tr("Belum ada komputer yang dikenal"),
                tr("Mulai dengan Tukar data di komputer ini, lalu di setiap komputer kantor."),
                name="round_no_pcs",
            ),
            16,
        ]
    made = card(*parts, gap=0, margins=(0, 0, 0, 4))
    made.setObjectName("round_pcs")
    made.setAccessibleName(f"{tr('Komputer')}, {count}")
    return made


def letters_words(pc: RoundPc) -> str:
    """What waits for a PC, in words."""
    if pc.letters and not pc.delivered:
        return trn("{n} kiriman", pc.letters).format(n=pc.letters)
    return tr("sudah diantarkan") if pc.delivered else "–"


def visit_words(pc: RoundPc) -> str:
    """When a PC was visited, in words."""
    if pc.heard is not None:
        return tr("mengirim sendiri {tgl}").format(tgl=short_day(pc.heard).rsplit(" ", 1)[0])
    if pc.visited is None:
        return tr("belum dikunjungi")
    return short_day(pc.visited)


def _heard_words(pc: RoundPc) -> str:
    """What the sign before a PC says, for ears."""
    if pc.heard is not None:
        return ""
    words = tr("dikunjungi dalam putaran ini") if pc.fresh else tr("belum dikunjungi dalam putaran ini")
    return f"{words}, "


def _pc_row(pc: RoundPc, number: int, *, tall: bool) -> QWidget:
    name = tr("{komputer} (komputer ini)").format(komputer=pc.name) if pc.here else pc.name
    visit, letters = visit_words(pc), letters_words(pc)
    sign = ("circle", "muted") if not pc.fresh else ("tick", "ok") if pc.heard is None else ("lan", "ok")
    icon = mid(Icon(*sign, 20))
    if tall:
        about = visit if letters == "–" else f"{visit}, {letters}"
        inside = row(icon, (column(None, Elided(name, "strong"), Elided(about, "caption", "muted"), None,
                                   gap=1), 1), gap=12, margins=(20, 0, 20, 0))  # fmt: skip
    else:
        state: QWidget
        if pc.heard is not None:
            state = label(visit, "muted")
        elif pc.fresh:
            state = label(visit)
        elif pc.visited is None:
            state = Pill(visit, "warn")
        else:  # an old visit is told with its day: it says how old the data are
            state = holder(row(mid(Icon("clock", "warn", 16)), mid(label(visit, "warn")), None, gap=6))
        inside = row(
            icon,
            mid(Elided(name, "strong"), 1),
            mid(_fixed(state, _VISIT)),
            mid(_wide(letters, _LETTERS, "strong" if pc.letters and not pc.delivered else "muted")),
            gap=12,
            margins=(20, 0, 20, 0),
        )
    made = holder(inside, "", f"round_pc_{number}")
    made.setFixedHeight(sp(56 if tall else 44))
    made.setAccessibleName(f"{name}, {_heard_words(pc)}{visit}, {letters}")
    return made


def _fixed(widget: QWidget, width: int) -> QWidget:
    made = holder(row(mid(widget), None, gap=0))
    made.setFixedWidth(sp(width))
    return made


def _wide(words: str, width: int, role: str) -> QWidget:
    made = label(words, role)
    made.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    made.setFixedWidth(sp(width))
    return made
