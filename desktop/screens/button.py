"""Buttons: one filled for the likeliest step, the rest plain, quiet, icon, chip or danger."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QIcon, QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from desktop.screens.icons import icon
from desktop.screens.style import look

_TINTS = {"main": "on_primary", "quiet": "primary", "danger": "bad"}


class Button(QPushButton):
    """A push button whose icon follows theme and state; `kind` is a role of the style sheet."""

    def __init__(
        self,
        text: str,
        kind: str = "plain",
        icon_name: str = "",
        *,
        name: str,
        tip: str = "",
        trailing: bool = False,
        big: bool = False,
    ) -> None:
        super().__init__()
        self.kind, self.icon_name, self._trailing = kind, icon_name, trailing
        self.setText("" if kind == "icon" else self._spaced(text))
        self.setObjectName(name)
        self.setProperty("b", kind)
        if big:
            self.setProperty("big", "1")
        self.setAccessibleName(text)
        self.setToolTip(tip or (text if kind == "icon" else ""))
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if trailing:
            self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        if kind == "chip":
            self.setCheckable(True)
        self._big = big
        self._tint()

    def set_text(self, text: str) -> None:
        """Change the words, keeping icon and gap."""
        self.setAccessibleName(text)
        self.setText(self._spaced(text))

    def _spaced(self, text: str) -> str:
        """Keep a gap of two spaces to the icon; an ampersand in our words is an ampersand, not a mnemonic."""
        words = text.replace("&", "&&")
        if not (self.icon_name and text):
            return words
        return f"{words}  " if self._trailing else f"  {words}"

    def _tint(self) -> None:
        if self.icon_name:
            size = look().sp(20)
            self.setIconSize(QSize(size, size))
            self.setIcon(icon(self.icon_name, _TINTS.get(self.kind, "text"), size))

    def show_icon(self, icon_name: str) -> None:
        """Change the icon (play to pause)."""
        if icon_name != self.icon_name:
            self.icon_name = icon_name
            self._tint()

    def set_picture(self, picture: QIcon, size: int) -> None:
        """Use a ready picture (initials) instead of a named icon."""
        self.setIconSize(QSize(size, size))
        self.setIcon(picture)

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icon again when the theme changes."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.ApplicationPaletteChange}:
            self._tint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses, as Space does; Qt leaves it to default buttons, which we do not have."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Room for the words even where the style forgets the width of a semibold face."""
        hint = super().sizeHint()
        if self.kind == "icon":
            side = look().sp(36)
            return QSize(side, side)
        font = look().sized(15 if self._big else 13 if self.kind == "chip" else 14, 600)
        words = QFontMetricsF(font).horizontalAdvance(self.text().replace("&&", "&"))
        padding = {"quiet": 18, "chip": 24}.get(self.kind, 32)
        picture = self.iconSize().width() + 4 if not self.icon().isNull() else 0
        return QSize(max(hint.width(), round(words) + look().sp(padding) + picture), hint.height())
