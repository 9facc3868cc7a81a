"""Kantor > Akun & PIN: say whose a waiting profile is, and show the code that resets a forgotten PIN."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.language import tr
from desktop.screens.arrange import Part, column, holder, mid, row
from desktop.screens.avatar import Avatar, initials
from desktop.screens.button import Button
from desktop.screens.card import list_card
from desktop.screens.choice import Combo
from desktop.screens.cohort_codes import CodeView, PersonChoice, ResetCard
from desktop.screens.fold import Beside
from desktop.screens.icons import Icon
from desktop.screens.lending_card import LendingActions, LendingCard
from desktop.screens.notice import notice, problem_notice
from desktop.screens.page import Scroll, body
from desktop.screens.roster_card import RosterActions, RosterCard
from desktop.screens.sheet import Sheet
from desktop.screens.slot import Slot
from desktop.screens.style import sp
from desktop.screens.text import Elided, label

__all__ = ["Accounts", "AccountsActions", "AccountsView", "CodeView", "PersonChoice", "WaitingView"]


@dataclass(frozen=True, slots=True)
class WaitingView:
    """A profile's key that waits for a word; `claims` is the person it says it is, or None.

    `rekeyed` tells that the profile was vouched for before and has new keys since a PIN reset; `mark` is a
    short sign of the key, to compare with the learner's screen.
    """

    key: bytes
    pc: str
    day: str
    mark: str
    claims: PersonChoice | None
    rekeyed: bool = False


@dataclass(frozen=True, slots=True)
class AccountsView:
    """What the tab begins with; `people` is the whole roster, for choosing whose a profile is."""

    waiting: Sequence[WaitingView]
    people: Sequence[PersonChoice]


@dataclass(frozen=True, slots=True)
class AccountsActions:
    """`load` and `codes` run as jobs; `vouch` and `show_code` record a statement, in the writer's lane.

    `codes` lists what can be shown for a person, `show_code` gives the code itself. `say` shows a toast.
    `roster` is there where the list of people may be changed, `lending` where trainers may be lent.
    """

    load: Callable[[], AccountsView]
    vouch: Callable[[WaitingView, bytes], None]
    codes: Callable[[bytes], Sequence[CodeView]]
    show_code: Callable[[bytes, CodeView], str]
    say: Callable[[str], None]
    jobs: Jobs
    roster: RosterActions | None = None
    lending: LendingActions | None = None


class Accounts(QWidget):
    """The tab Akun & PIN."""

    def __init__(self, actions: AccountsActions) -> None:
        super().__init__()
        self.setObjectName("accounts")
        self._actions = actions
        self._people: Sequence[PersonChoice] = ()
        self._problem = Slot("accounts_problem_slot")
        self._waiting = Slot("accounts_waiting")
        self._reset = ResetCard(actions.codes, actions.show_code, actions.jobs, self._failed)
        self._roster = None if actions.roster is None else RosterCard(actions.roster)
        self._lending = None if actions.lending is None else LendingCard(actions.lending)
        left: list[Part] = [self._waiting]
        for more in (self._roster, self._lending):
            left += [] if more is None else [16, more]
        parts = Beside(holder(column(*left, None, gap=0)), self._reset, right_width=420, fold=860)
        self._page = Scroll(body(column(self._problem, parts, gap=0), None, margins=(24, 16, 24, 24)))
        self.setLayout(column((self._page, 1), gap=0))
        self.refresh()

    def help_page(self) -> str:
        """The page of help for F1."""
        return "kantor-akun"

    def begin(self) -> None:
        """Put the focus on the first waiting profile, else on the search."""
        first = self.findChild(Button, "vouch_0")
        (first or self._reset.search).setFocus()

    def refresh(self) -> None:
        """Load again."""
        self._actions.jobs.run(self._actions.load, self._loaded, self._failed)
        if self._roster is not None:
            self._roster.refresh()
        if self._lending is not None:
            self._lending.refresh()

    def show_person(self, person: bytes) -> None:
        """Choose somebody for the reset code, as if found by the search."""
        self._reset.show_person(person)

    def leave(self) -> None:
        """Hide a code that is on the screen: who comes next must not read it."""
        self._reset.forget()

    def _loaded(self, view: AccountsView) -> None:
        self._problem.put()
        self._people = view.people
        self._reset.show_people(view.people)
        rows: list[QWidget] = [self._row(one, number) for number, one in enumerate(view.waiting)]
        if not rows:
            calm = holder(
                row(mid(Icon("tick", "ok", 24)), mid(label(tr("Tidak ada yang menunggu."), "muted"), 1),
                    gap=14, margins=(20, 0, 14, 0))
            )  # fmt: skip
            calm.setMinimumHeight(sp(64))
            rows.append(calm)
        self._waiting.put(list_card(tr("Menunggu pengesahan"), rows))
        search = self._reset.search
        if view.waiting and search.hasFocus() and not search.text():
            self.begin()  # it came before the list did; who waits comes first
            self._page.verticalScrollBar().setValue(0)

    def _row(self, one: WaitingView, number: int) -> QWidget:
        who = one.claims.name if one.claims else tr("Belum ada di daftar kantor")
        what = tr("PIN diatur ulang, kunci baru") if one.rekeyed else tr("Profil baru")
        where = tr("{komputer}, {tgl}").format(komputer=one.pc or tr("Komputer tanpa nama"), tgl=one.day)
        button = Button(tr("Sahkan"), name=f"vouch_{number}")
        button.clicked.connect(partial(self._ask, one))
        words = column(
            None, Elided(who, "strong"), Elided(f"{what} · {where}", "caption", "muted"), None, gap=1
        )
        picture = Avatar(initials(one.claims.name) if one.claims else "?", 36)
        made = holder(row(mid(picture), (words, 1), mid(button), gap=14, margins=(20, 0, 14, 0)))
        made.setFixedHeight(sp(64))
        made.setAccessibleName(f"{who}. {what}. {where}")
        return made

    def _ask(self, one: WaitingView) -> None:
        """Ask whose it is before anything is stated: the word counts at once and is in the log."""
        choices = [("", tr("Pilih orangnya"))] + [
            (person.person.hex(), f"{person.name} ({person.about})") for person in self._people
        ]
        who = Combo(choices, name="vouch_person", words=tr("Milik siapa"))
        who.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        who.setMinimumContentsLength(12)  # the longest name in the office must not widen the sheet
        if one.claims is not None:
            who.choose(one.claims.person.hex())
        parts: list[Part] = [
            label(tr("Milik siapa"), "strong"),
            who,
            8,
            label(
                tr("Komputer: {komputer}. Tanda kunci: {tanda}").format(komputer=one.pc, tanda=one.mark),
                "muted",
            ),
            notice(
                "info",
                tr("Pastikan orangnya"),
                tr(
                    "Hasil belajar di profil itu dihitung atas nama orang ini. "
                    "Pengesahan berlaku segera dan tercatat."
                ),
                name="vouch_notice",
            ),
        ]
        cancel = Button(tr("Batal"), name="vouch_cancel")
        confirm = Button(tr("Sahkan"), "main", "tick", name="vouch_confirm")
        confirm.setEnabled(bool(who.value()))
        who.currentIndexChanged.connect(lambda _: confirm.setEnabled(bool(who.value())))
        sheet = Sheet(
            self.window(),
            tr("Sahkan profil ini?"),
            "",
            holder(column(*parts, gap=8)),
            (cancel, confirm),
            name="vouch_sheet",
            width=560,
        )
        cancel.clicked.connect(sheet.dismiss)
        confirm.clicked.connect(lambda: self._vouch(sheet, one, bytes.fromhex(who.value())))

    def _vouch(self, sheet: Sheet, one: WaitingView, person: bytes) -> None:
        sheet.finish()
        name = next((each.name for each in self._people if each.person == person), "")
        said = tr("Profil {nama} disahkan.").format(nama=name)

        def done(_: None) -> None:
            self._actions.say(said)
            self.refresh()

        self._actions.jobs.write(lambda: self._actions.vouch(one, person), done, self._failed)

    def _failed(self, problem: Problem) -> None:
        self._problem.put(problem_notice(problem, retry=self.refresh, name="accounts_problem"))
