"""The word about the newest answer: saved, being saved, or not saved yet."""

from PySide6.QtWidgets import QWidget

from desktop.screens.arrange import mid, row
from desktop.screens.icons import Icon
from desktop.screens.text import label, set_role


class SavedMark(QWidget):
    """*Jawaban tersimpan*, said only when the store has said so."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("savedMark")
        self._icon = Icon("tick", "ok", 20)
        self._words = label("", "ok", name="savedWords")
        self.setLayout(row(mid(self._icon), mid(self._words), gap=6))
        self.say("", "ok", "tick")

    def say(self, words: str, role: str, icon: str) -> None:
        """Say how the newest answer stands."""
        self._words.setText(words)
        set_role(self._words, role)
        self._icon.show_icon(icon, role)
        self._icon.setVisible(bool(words))
        self.setAccessibleName(words)
