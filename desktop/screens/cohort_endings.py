"""The card Segera berakhir in Tindak lanjut: whose stay, role or lending ends within two weeks."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QWidget

from desktop.language import tr
from desktop.office.endings import Ending
from desktop.screens.arrange import column, holder, mid, row
from desktop.screens.avatar import Avatar, initials
from desktop.screens.card import list_card
from desktop.screens.style import sp
from desktop.screens.text import Elided, label


def endings_card(found: Sequence[Ending]) -> QFrame:
    """List what ends, the nearest first; what can be done is said below."""
    advice = tr("Perpanjang di Akun & PIN: lewat daftar pegawai, atau pinjamkan lagi.")
    told = holder(column(label(advice, "caption", wrap=True), margins=(20, 10, 20, 10)))
    rows = [_row(one, place) for place, one in enumerate(found)]
    made = list_card(tr("Segera berakhir ({n})").format(n=len(found)), [*rows, told])
    made.setObjectName("endings_card")
    return made


def _row(one: Ending, place: int) -> QWidget:
    words = column(None, Elided(one.name, "strong"), Elided(one.said, "caption", "muted"), None, gap=1)
    made = holder(
        row(mid(Avatar(initials(one.name), 36)), (words, 1), gap=14, margins=(20, 0, 14, 0)),
        "",
        f"ending_{place}",
    )
    made.setFixedHeight(sp(64))
    made.setAccessibleName(f"{one.name}. {one.said}")
    return made
