"""A problem over the window, until it was read."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.errors import Problem
from desktop.language import tr
from desktop.screens.arrange import column, holder
from desktop.screens.button import Button
from desktop.screens.icons import Icon
from desktop.screens.sheet import Sheet
from desktop.screens.text import label


def problem_sheet(window: QWidget, problem: Problem, retry: Callable[[], None] | None = None) -> Sheet:
    """Say what happened, whether the work is safe and what to do, with the buttons that help."""
    buttons: list[QWidget] = []
    if problem.details:
        copy = Button(tr("Salin rincian"), "plain", "copy", name="problem_copy")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(problem.details))
        buttons.append(copy)
    close = Button(tr("Tutup"), "plain" if retry else "main", name="problem_ok")
    buttons.append(close)
    again = Button(tr("Coba lagi"), "main", name="problem_retry")
    if retry is not None:
        buttons.append(again)
    body = holder(column(label(problem.advice, wrap=True)))
    sheet = Sheet(
        window,
        problem.title,
        "",
        body,
        tuple(buttons),
        name="problem_sheet",
        width=560,
        picture=Icon("warning", "warn" if problem.known else "bad", 28),
    )
    close.clicked.connect(sheet.finish)
    if retry is not None:
        again.clicked.connect(sheet.finish)
        again.clicked.connect(retry)
    return sheet
