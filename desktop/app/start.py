"""Starting the window: what Qt needs is looked for first, because a Qt abort cannot be caught."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


def run_window(data: Path | None = None, sticks: Sequence[Path] = ()) -> int:
    """Open the window over a data folder and stay until it is closed; the value is the exit code."""
    from desktop.probe import advice, lacking, screen_advice, screenless  # noqa: PLC0415 - before Qt

    missing = lacking()
    if missing:
        print(advice(missing), file=sys.stderr)  # noqa: T201 - there is no window to say it in
        return 3
    if screenless():
        print(screen_advice(), file=sys.stderr)  # noqa: T201 - as above
        return 3
    from desktop.app.imports import plain_imports  # noqa: PLC0415 - as above

    qt = the_program()  # PySide6 wraps the import when it is loaded, so it comes first
    plain_imports()
    from desktop.app.application import Application  # noqa: PLC0415 - as above

    application = Application(qt, data, (lambda: sticks) if sticks else None)
    application.open()
    return qt.exec()


def the_program() -> "QApplication":
    """Give the one program of Qt in this process, made when it is asked for first."""
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - as above

    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    qt = QApplication(sys.argv[:1])
    qt.setApplicationName("Suluh")
    return qt
