"""Notices: what happened, whether the work is safe, and what to do; they stay until answered."""

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QWidget

from desktop.errors import Problem
from desktop.language import tr
from desktop.screens.arrange import TOP, Part, column, holder, row
from desktop.screens.button import Button
from desktop.screens.icons import Icon
from desktop.screens.text import label

_ICONS = {"ok": "shield", "info": "help", "warn": "warning", "bad": "warning"}


def notice(
    kind: str, title: str, text: str = "", *buttons: QWidget, icon: str = "", name: str = "notice"
) -> QFrame:
    """A box in the soft colour of `kind` (ok, info, warn, bad) with its icon, words and buttons."""
    words: list[Part] = [label(title, "strong", wrap=True)]
    if text:
        words.append(label(text, wrap=True))
    if buttons:
        words += [10, row(*buttons, None, gap=8)]
    box = holder(
        row(
            (Icon(icon or _ICONS[kind], kind), 0, TOP),
            (column(*words, None, gap=4), 1),
            gap=12,
            margins=(16, 14, 16, 14),
        ),
        kind,
        name,
    )
    box.setAccessibleName(f"{title.rstrip('.')}. {text}" if text else title)
    return box


def problem_notice(
    problem: Problem,
    *,
    retry: Callable[[], None] | None = None,
    name: str = "problem",
    likeliest: bool = False,
) -> QFrame:
    """A Problem on the glass, with [Coba lagi] where that helps and [Salin rincian] if there are any.

    `likeliest`: trying again is what one does next on this screen, so its button is the filled one.
    """
    buttons: list[QWidget] = []
    if retry is not None:
        again = Button(tr("Coba lagi"), "main" if likeliest else "plain", name=f"{name}_retry")
        again.clicked.connect(retry)
        buttons.append(again)
    if problem.details:
        copy = Button(tr("Salin rincian"), "plain", "copy", name=f"{name}_copy")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(problem.details))
        buttons.append(copy)
    kind = "warn" if problem.known else "bad"
    return notice(kind, problem.title, problem.advice, *buttons, name=name)
