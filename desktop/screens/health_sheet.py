"""Cek kesehatan: a list in green and amber with what to do, and a ZIP for whoever helps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.language import tr, trn
from desktop.screens.arrange import TOP, Part, column, holder, row
from desktop.screens.button import Button
from desktop.screens.icons import Icon
from desktop.screens.notice import notice, problem_notice
from desktop.screens.screen_jobs import ScreenJobs
from desktop.screens.sheet import Sheet
from desktop.screens.slot import Slot
from desktop.screens.text import label


@dataclass(frozen=True, slots=True)
class HealthLine:
    """One thing that was looked at: green or amber, and what to do about it."""

    good: bool
    title: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class HealthView:
    """All lines, and the same as bytes of a ZIP."""

    lines: tuple[HealthLine, ...]
    packed: bytes


@dataclass(frozen=True, slots=True)
class HealthActions:
    """`look` and `save` (path, ZIP) run as jobs; `choose` asks for a place, empty for none."""

    look: Callable[[], HealthView]
    choose: Callable[[QWidget], str]
    save: Callable[[str, bytes], None]
    jobs: Jobs


class HealthSheet:
    """Looks when it is opened, and again when asked."""

    def __init__(self, window: QWidget, actions: HealthActions) -> None:
        self._actions = actions
        self._packed = b""
        self._list, self._told = Slot("health_list"), Slot("health_told")
        self._save = Button(tr("Simpan ZIP…"), "main", "export", name="health_save")
        self._again = Button(tr("Periksa lagi"), "plain", name="health_again")
        close = Button(tr("Tutup"), name="health_leave")
        self.sheet = Sheet(
            window,
            tr("Cek kesehatan"),
            tr("Pasang flashdisk lebih dahulu bila kecepatannya ingin diperiksa."),
            holder(column(self._list, self._told, None, gap=10)),
            (close, self._again, self._save),
            name="health_sheet",
            owner=self,
            width=640,
            picture=Icon("shield", "primary", 28),
        )
        self.sheet.setProperty("help", "cadangan")
        close.clicked.connect(self.sheet.dismiss)
        self._again.clicked.connect(lambda _on: self._look())
        self._save.clicked.connect(self._ask)
        self._jobs = ScreenJobs(self.sheet, actions.jobs)
        self._look()

    def _look(self) -> None:
        self._save.setEnabled(False)
        self._again.setEnabled(False)
        self._told.put()
        self._list.put(label(tr("Memeriksa…"), "muted", name="health_looking"))
        self._jobs.run(self._actions.look, self._found, self._failed)

    def _found(self, view: HealthView) -> None:
        self._packed = view.packed
        amber = sum(not line.good for line in view.lines)
        if amber:
            head = notice("warn", trn("{n} hal perlu perhatian", amber).format(n=amber), name="health_amber")
        else:
            head = notice("ok", tr("Semuanya baik."), name="health_green")
        self._list.put(holder(column(head, 4, *map(_line, view.lines), gap=8)))
        self._save.setEnabled(True)
        self._again.setEnabled(True)
        self._refit()

    def _ask(self) -> None:
        path, packed = self._actions.choose(self.sheet), self._packed
        if path:
            saved = notice(
                "ok",
                tr("ZIP disimpan. Isinya tidak memuat nama, NIP, atau jawaban."),
                path,
                name="health_saved",
            )
            self._jobs.run(
                lambda: self._actions.save(path, packed), lambda _none: self._tell(saved), self._failed
            )

    def _failed(self, problem: Problem) -> None:
        self._again.setEnabled(True)
        self._tell(problem_notice(problem, name="health_problem"))

    def _tell(self, said: QWidget) -> None:
        self._told.put(said)
        self._refit()

    def _refit(self) -> None:
        """Take the size of the list once it is laid out."""
        QTimer.singleShot(0, self.sheet, self.sheet.refit)


def _line(line: HealthLine) -> Part:
    """Draw one finding; its state is in words too, for whoever hears the screen or sees no colours."""
    state = tr("baik") if line.good else tr("perhatikan")
    words: list[Part] = [label(line.title, "strong", wrap=True)]
    if line.advice:
        words.append(label(line.advice, "muted", wrap=True))
    picture = Icon("tick" if line.good else "warning", "ok" if line.good else "warn", 20)
    made = holder(
        row((picture, 0, TOP), (column(*words, gap=2), 1), (label(state, "muted"), 0, TOP), gap=10),
        name="health_line",
    )
    made.setAccessibleName(f"{state}: {line.title}. {line.advice}".strip())
    return made
