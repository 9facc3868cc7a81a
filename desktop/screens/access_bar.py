"""What anybody may do without signing in: language, large text, high contrast, the stick, and help."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.language import language, tr
from desktop.screens.arrange import column, holder, line, mid, row
from desktop.screens.button import Button
from desktop.screens.choice import Check, Combo
from desktop.screens.style import calm_theme, look
from desktop.settings import Theme

LARGE = 1.3
LANGUAGE_WORDS = (("id", "Bahasa Indonesia"), ("en", "English"))


@dataclass(frozen=True, slots=True)
class LookActions:
    """How the look of this PC is kept: each call stores the choice, applies it and builds the window anew."""

    set_language: Callable[[str], None]
    set_scale: Callable[[float], None]
    set_theme: Callable[[Theme], None]
    help: Callable[[], None]


def access_bar(actions: LookActions, exchange: Callable[[], None] | None = None) -> QWidget:
    """The foot of first run, sign-in and lock; `exchange` is *Tukar data*, where this PC has an office."""
    speech = Combo(LANGUAGE_WORDS, name="language", words=tr("Bahasa"), width=184)
    speech.choose(language())
    speech.activated.connect(lambda _index: actions.set_language(speech.value()))
    large = Check(tr("Teks besar"), name="large_text", on=look().scale >= LARGE)
    large.toggled.connect(lambda on: actions.set_scale(LARGE if on else 1.0))
    contrast = Check(tr("Kontras tinggi"), name="high_contrast", on=look().contrast)
    contrast.toggled.connect(lambda on: actions.set_theme(Theme.CONTRAST if on else calm_theme()))
    aid = Button(tr("Bantuan (F1)"), "quiet", "help", name="help_button")
    aid.clicked.connect(actions.help)
    if look().scale > 1.35:  # large letters take two lines instead of running into each other
        bar = column(row(mid(speech), None, mid(aid)), row(mid(large), 4, mid(contrast), None), gap=4)
    else:
        bar = column(row(mid(speech), 12, mid(large), 4, mid(contrast), None, mid(aid)))
    if exchange is None:
        return holder(column(line(), 12, bar, gap=0))
    stick = Button(tr("Tukar data dengan flashdisk"), "quiet", "stick", name="stick_exchange")
    stick.clicked.connect(exchange)
    return holder(column(row(mid(stick), None), 4, line(), 12, bar, gap=0))
