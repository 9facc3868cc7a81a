"""The card Daftar pegawai in Akun & PIN: take a newer roster from a file, and see what became of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.language import tr
from desktop.office.roster import Preview
from desktop.screens.arrange import column, holder, mid, row
from desktop.screens.button import Button
from desktop.screens.card import list_card
from desktop.screens.icons import Icon
from desktop.screens.notice import problem_notice
from desktop.screens.roster_sheet import RosterSheet
from desktop.screens.screen_jobs import ScreenJobs
from desktop.screens.slot import Slot
from desktop.screens.style import sp
from desktop.screens.text import Elided, label


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A line of the card: a proposal and what became of it, or who moved and where; how it looks (`kind`)."""

    said: str
    state: str
    kind: str


@dataclass(frozen=True, slots=True)
class RosterActions:
    """`load` and `read` run as jobs and keep nothing; `propose` records a statement, in the writer's lane."""

    load: Callable[[], Sequence[ProposalView]]
    read: Callable[[Path], Preview]
    propose: Callable[[Preview], None]
    say: Callable[[str], None]
    jobs: Jobs


class RosterCard(QWidget):
    """Asks for a file, shows what it would change, and proposes it on Simpan."""

    def __init__(self, actions: RosterActions) -> None:
        super().__init__()
        self.setObjectName("roster_card")
        self._actions, self._jobs = actions, ScreenJobs(self, actions.jobs)
        self._sheet: RosterSheet | None = None
        self._problem, self._list = Slot("roster_problem_slot"), Slot("roster_list")
        self.setLayout(column(self._problem, self._list, gap=0))
        self._loaded(())

    def refresh(self) -> None:
        """Load what became of the proposals."""
        self._jobs.run(self._actions.load, self._loaded, self._failed)

    def take(self, file: Path) -> None:
        """Read a file and show what it would change."""

        def done(found: Preview) -> None:
            self._sheet = RosterSheet(self.window(), file.name, found, lambda: self._propose(found))

        self._problem.put()
        self._jobs.run(lambda: self._actions.read(file), done, self._failed)

    def _ask(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self.window(), tr("Perbarui daftar pegawai"), "", tr("Daftar pegawai (*.xlsx *.csv *.txt *.xls)")
        )
        if chosen:
            self.take(Path(chosen))

    def _propose(self, found: Preview) -> None:
        def done(_: None) -> None:
            self._actions.say(tr("Usulan disimpan. Menunggu pusat."))
            self.refresh()

        self._jobs.write(lambda: self._actions.propose(found), done, self._failed)

    def _loaded(self, proposals: Sequence[ProposalView]) -> None:
        rows: list[QWidget] = [_row(one) for one in proposals]
        if not rows:
            says = label(tr("Ambil daftar baru dari SIMPEG (XLSX atau CSV)."), "muted", wrap=True)
            rows.append(holder(column(says, margins=(20, 12, 20, 12))))
        button = Button(tr("Perbarui daftar pegawai…"), name="roster_take")
        button.clicked.connect(self._ask)
        self._list.put(list_card(tr("Daftar pegawai"), rows, foot=button))

    def _failed(self, problem: Problem) -> None:
        self._problem.put(problem_notice(problem, name="roster_problem"))


def _row(one: ProposalView) -> QWidget:
    icon = {"ok": "tick", "warn": "warning", "move": "exchange"}.get(one.kind, "clock")
    words = column(None, Elided(one.said, "strong"), Elided(one.state, "caption", "muted"), None, gap=1)
    made = holder(
        row(
            mid(Icon(icon, "muted" if one.kind == "move" else one.kind, 24)),
            (words, 1),
            gap=14,
            margins=(20, 0, 14, 0),
        )
    )
    made.setFixedHeight(sp(64))
    made.setAccessibleName(f"{one.said}. {one.state}")
    made.setToolTip(one.state)
    return made
