"""What stands where a PIN was asked: the data of this person were erased, and what stays."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame

from desktop.background.jobs import Jobs
from desktop.language import tr
from desktop.screens.arrange import column, row
from desktop.screens.button import Button
from desktop.screens.text import label
from desktop.screens.tile import TileView


class GoneCard(QFrame):
    """Says it once, calmly; `read` makes the tile go at the next look."""

    def __init__(self, view: TileView, jobs: Jobs, read: Callable[[], None] | None) -> None:
        super().__init__()
        self.setProperty("f", "card")
        self.setObjectName("gone_card")
        self._jobs, self._read = jobs, read
        self._button = Button(tr("Mengerti"), name="gone_read")
        self._button.clicked.connect(self._go)
        self._after = label(tr("Kotak ini tidak muncul lagi."), "caption", wrap=True)
        self._after.hide()
        told = tr(
            "Pusat menghapusnya. Profil, jawaban, dan catatan di komputer ini sudah tidak ada dan tidak "
            "dapat dipulihkan. Sertifikat yang sudah terbit tetap dapat diperiksa dengan nomornya."
        )
        self.setLayout(
            column(
                label(tr("Data {nama} sudah dihapus").format(nama=view.initials), "card", wrap=True),
                label(view.about, "caption"),
                label(told, wrap=True, name="gone_words"),
                row(self._button, self._after, None, gap=8),
                gap=8,
                margins=(20, 16, 20, 16),
            )
        )

    def _go(self) -> None:
        if self._read is not None:
            self._jobs.write(self._read, lambda _none: self._done(), lambda _problem: None)

    def _done(self) -> None:
        self._button.setEnabled(False)
        self._after.show()
