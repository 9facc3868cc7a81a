"""A slot: a place on a screen that holds one widget or none, and takes no room while empty."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget


class Slot(QWidget):
    """`put` replaces what was there; the old widget goes at once, so that no name is found twice."""

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self._box = QVBoxLayout()
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self.setLayout(self._box)
        self.hide()

    def put(self, *widgets: QWidget) -> None:
        """Hold these, the last of them taking the room that is left; nothing empties the slot."""
        while (item := self._box.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.setParent(None)
                old.deleteLater()
        for at, widget in enumerate(widgets):
            self._box.addWidget(widget, 1 if at == len(widgets) - 1 else 0)
        self.setVisible(bool(widgets))

    def held(self) -> QWidget | None:
        """The last widget it holds."""
        item = self._box.itemAt(self._box.count() - 1)
        return item.widget() if item is not None else None
