"""The privacy notice on the glass: the sheet that shows it, and the ways to it at sign-up and in Setelan."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.formats import long_day
from desktop.language import tr
from desktop.people.privacy_notice import PrivacyNotice, newest_notice
from desktop.screens.arrange import column, holder, mid, row
from desktop.screens.button import Button
from desktop.screens.fold import Flow
from desktop.screens.help import HelpText, split_title
from desktop.screens.icons import Icon
from desktop.screens.sheet import Sheet
from desktop.screens.text import label


class PrivacySheet(Sheet):
    """One version of the notice. With `read` it asks to say that it was read, and lets one put that off."""

    def __init__(
        self, window: QWidget, notice: PrivacyNotice, read: Callable[[], None] | None = None
    ) -> None:
        title, markdown = split_title(notice.text)
        self.text = HelpText(markdown)
        self.text.setObjectName("privacy_text")
        self.text.setAccessibleName(title)
        about = version_words(notice)
        if read is None:
            go = Button(tr("Tutup"), "main", name="privacy_ok")
            go.clicked.connect(self.dismiss)
            buttons: tuple[QWidget, ...] = (go,)
        else:
            about = tr("{versi}. Anda belum menyatakan sudah membacanya.").format(versi=about)
            later = Button(tr("Nanti"), "plain", name="privacy_later")
            later.clicked.connect(self.dismiss)
            go = Button(tr("Sudah saya baca"), "main", name="privacy_read")
            go.clicked.connect(lambda: self._said(read))
            buttons = (later, go)
        super().__init__(
            window,
            title,
            about,
            holder(column(self.text, gap=0, margins=(0, 0, 8, 4))),
            buttons,
            name="privacy_sheet",
            width=720,
            picture=Icon("shield", "primary", 28),
        )
        self.setProperty("help", "tentang-data")

    def _said(self, read: Callable[[], None]) -> None:
        self.finish()
        read()


class PrivacyLine(QWidget):
    """Under a sign-up form: what starting says, and the button that shows the notice first."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.button = Button(tr("Bagaimana data saya dipakai"), "quiet", "shield", name=name)
        self.button.clicked.connect(self._show)
        words = label(tr("Mulai berarti Anda sudah membaca pemberitahuan privasi."), "caption", wrap=True)
        self.setLayout(row(mid(words, 1), mid(self.button), gap=8))

    def _show(self) -> None:
        PrivacySheet(self.window(), newest_notice())


class PrivacyLinks(QWidget):
    """In Data saya: the notice, and where they are given, who has seen one's data and how long it stays."""

    def __init__(
        self, seen: Callable[[QWidget], None] | None, lengths: Callable[[QWidget], None] | None = None
    ) -> None:
        super().__init__()
        read = Button(tr("Bagaimana data saya dipakai"), "quiet", "shield", name="own_data_privacy")
        read.clicked.connect(lambda: PrivacySheet(self.window(), newest_notice()))
        buttons = [read]
        if seen is not None:
            who = Button(tr("Siapa yang melihat data saya"), "quiet", "people", name="own_data_seen")
            who.clicked.connect(lambda: seen(self.window()))
            buttons.append(who)
        if lengths is not None:
            long = Button(tr("Berapa lama data disimpan"), "quiet", "clock", name="own_data_terms")
            long.clicked.connect(lambda: lengths(self.window()))
            buttons.append(long)
        self.setLayout(column(Flow(buttons, gap=8, line_gap=8), gap=0))


def version_words(notice: PrivacyNotice) -> str:
    """Say which version it is and from when."""
    return tr("Versi {n}, berlaku sejak {tgl}").format(n=notice.version, tgl=long_day(notice.day))
