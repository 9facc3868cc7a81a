"""Fields: a line to type in, a field that says what is wrong under it, and the field of a PIN."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from desktop.screens.arrange import column
from desktop.screens.icons import icon
from desktop.screens.style import sp
from desktop.screens.text import label, set_role


class Field(QLineEdit):
    """One line of text with an optional leading icon."""

    def __init__(
        self, *, name: str, words: str, text: str = "", hint: str = "", icon_name: str = "", width: int = 0
    ) -> None:
        super().__init__(text)
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setPlaceholderText(hint)
        self._icon_name = icon_name
        self._lead: QAction | None = None
        if icon_name:
            self.setProperty("lead", "1")
            self._lead = self.addAction(
                icon(icon_name, "muted", 20), QLineEdit.ActionPosition.LeadingPosition
            )
        if width:
            self.setFixedWidth(sp(width))

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icon again when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and getattr(self, "_lead", None) is not None:
            self._lead.setIcon(icon(self._icon_name, "muted", 20))  # type: ignore[union-attr]

    def mark(self, *, wrong: bool) -> None:
        """Give the edge the colour of a fault, or take it away."""
        wanted = "1" if wrong else ""
        if self.property("wrong") != wanted:
            self.setProperty("wrong", wanted)
            self.style().unpolish(self)
            self.style().polish(self)


class PinField(Field):
    """Digits shown as dots; large where it is the only thing asked."""

    def __init__(self, *, name: str, words: str, big: bool = False, width: int = 0) -> None:
        super().__init__(name=name, words=words, width=width)
        if big:
            self.setProperty("big", "1")
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(64)


class Asked(QWidget):
    """A question: its label, its field, and a line under it for advice or what is wrong."""

    def __init__(self, question: str, field: Field, advice: str = "") -> None:
        super().__init__()
        self.field = field
        self._advice = advice
        self._under: QLabel = label(advice, "caption", wrap=True, name=f"{field.objectName()}_advice")
        head = label(question, "strong")
        head.setBuddy(field)
        self.setLayout(column(head, 4, field, 4, self._under, gap=0))
        field.setAccessibleDescription(advice)

    def advise(self, text: str = "", kind: str = "") -> None:
        """Say something under the field: `kind` is bad, warn or ok; no text brings the advice back."""
        self._under.setText(text or self._advice)
        set_role(self._under, f"{kind}_caption" if kind and text else "caption")
        self.field.mark(wrong=kind == "bad")
        self.field.setAccessibleDescription(text or self._advice)

    def said(self) -> str:
        """What stands under the field now."""
        return self._under.text()
