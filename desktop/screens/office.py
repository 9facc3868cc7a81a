"""Kantor: the coordinator's room, with its tabs; each tab is built when it is first opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from desktop.language import SEVERAL, tr, trn
from desktop.screens.arrange import column, holder, line, row
from desktop.screens.button import Button
from desktop.screens.cohort import Cohort, CohortActions
from desktop.screens.cohort_accounts import Accounts, AccountsActions
from desktop.screens.cohort_computers import Computers, ComputersActions
from desktop.screens.cohort_follow import FollowUpActions, FollowUpTab
from desktop.screens.cohort_model import Days
from desktop.screens.cohort_report import ReportActions, ReportTab
from desktop.screens.cohort_trainings import Trainings, TrainingsActions
from desktop.screens.exam_views import ExamActions
from desktop.screens.page import MARGIN, header
from desktop.screens.quiz_desk_views import QuizDeskActions
from desktop.screens.quiz_room import QuizRoom

PEOPLE, FOLLOW, COMPUTERS, REPORT, ACCOUNTS = "people", "follow", "computers", "report", "accounts"
TRAININGS, QUIZZES = "trainings", "quizzes"

_Tab = Cohort | FollowUpTab | Trainings | QuizRoom | Computers | ReportTab | Accounts


@dataclass(frozen=True, slots=True)
class OfficeActions:
    """What the room asks of the application; `days` tells days before a load, `practise` opens practice.

    `trail` shows what was done with people's data.
    """

    cohort: CohortActions
    follow: FollowUpActions
    trainings: TrainingsActions
    computers: ComputersActions
    report: ReportActions
    accounts: AccountsActions
    days: Callable[[], Days]
    practise: Callable[[], None] | None = None
    quizzes: QuizDeskActions | None = None
    exams: ExamActions | None = None
    trail: Callable[[], None] | None = None


class Office(QWidget):
    """The room Kantor: `open` shows a tab, `open_people` a filter of the report (`follow`, `silent`…)."""

    def __init__(self, actions: OfficeActions) -> None:
        super().__init__()
        self.setObjectName("office")
        self._actions = actions
        self._built: dict[str, QWidget] = {}
        tabs = {
            PEOPLE: trn("Peserta", SEVERAL),
            FOLLOW: tr("Tindak lanjut"),
            TRAININGS: tr("Pelatihan lain"),
            QUIZZES: trn("Kuis", SEVERAL),
            COMPUTERS: trn("Komputer", SEVERAL),
            REPORT: tr("Laporan"),
            ACCOUNTS: tr("Akun & PIN"),
        }
        if actions.quizzes is None:
            tabs.pop(QUIZZES)
        self._keys = tuple(tabs)
        self._tabs = QTabBar()
        self._tabs.setObjectName("office_tabs")
        self._tabs.setAccessibleName(tr("Kantor"))
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        for words in tabs.values():
            self._tabs.addTab(words.replace("&", "&&"))
        self._stack = QStackedWidget()
        strip = holder(row(self._tabs, None, margins=(MARGIN, 0, MARGIN, 0)))
        self.setLayout(
            column(header(tr("Kantor"), "", *self._doors()), strip, line(), (self._stack, 1), gap=0)
        )
        self._tabs.currentChanged.connect(self._changed)
        self._changed(0)

    def _doors(self) -> tuple[Button, ...]:
        """The ways to the list of what was done, and into an office where nothing can be spoiled."""
        made: list[Button] = []
        if self._actions.trail is not None:
            made.append(Button(tr("Jejak audit"), "quiet", "shield", name="office_trail"))
            made[-1].clicked.connect(self._actions.trail)
        if self._actions.practise is not None:
            made.append(Button(tr("Mode latihan"), "quiet", "flag", name="office_practise"))
            made[-1].clicked.connect(self._actions.practise)
        return tuple(made)

    def help_page(self) -> str:
        """The page of help of the tab that is open."""
        page = self._stack.currentWidget()
        return str(page.help_page()) if isinstance(page, _Tab) else "kantor-peserta"

    def begin(self) -> None:
        """Put the focus where the open tab begins."""
        page = self._stack.currentWidget()
        if isinstance(page, Cohort | FollowUpTab | Trainings | QuizRoom | ReportTab | Accounts):
            page.begin()

    def refresh(self) -> None:
        """Load the open tab again; the others when they are opened."""
        page = self._stack.currentWidget()
        if isinstance(page, _Tab):
            page.refresh()

    def leave(self) -> None:
        """Hide what the next person must not read."""
        page = self._built.get(ACCOUNTS)
        if isinstance(page, Accounts):
            page.leave()

    def open(self, key: str) -> QWidget:
        """Show a tab by its key."""
        self._tabs.setCurrentIndex(self._keys.index(key))
        return self._built[key]

    def open_people(self, chip: str) -> None:
        """Show the report with one of its filters."""
        page = self.open(PEOPLE)
        if isinstance(page, Cohort):
            page.show_chip(chip)

    def open_pin(self, person: bytes) -> None:
        """Show the reset codes of a person."""
        page = self.open(ACCOUNTS)
        if isinstance(page, Accounts):
            page.show_person(person)

    def _changed(self, place: int) -> None:
        key = self._keys[place]
        page = self._built.get(key)
        if page is None:
            page = self._built[key] = self._make(key)
            self._stack.addWidget(page)
        elif isinstance(page, _Tab):
            page.refresh()
        self._stack.setCurrentWidget(page)

    def _make(self, key: str) -> QWidget:
        actions = self._actions
        made: Mapping[str, Callable[[], QWidget]] = {
            PEOPLE: lambda: Cohort(actions.cohort, actions.days()),
            FOLLOW: lambda: FollowUpTab(actions.follow),
            TRAININGS: lambda: Trainings(actions.trainings),
            QUIZZES: self._quizzes,
            COMPUTERS: lambda: Computers(actions.computers),
            REPORT: lambda: ReportTab(actions.report),
            ACCOUNTS: lambda: Accounts(actions.accounts),
        }
        return made[key]()

    def _quizzes(self) -> QWidget:
        actions = self._actions
        if actions.quizzes is None or actions.exams is None:
            return QWidget()
        made = QuizRoom(actions.quizzes, actions.exams, actions.accounts.jobs)
        made.said.connect(actions.accounts.say)
        return made
