"""Kantor wired: the coordinator's desk, its table, the computers, and keys that wait for a word."""

import sys
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QWidget

from desktop.app.asked import in_words
from desktop.app.custody import titles
from desktop.app.desk_follow import DeskFollow
from desktop.app.desk_home import DeskHome
from desktop.app.desk_lending import DeskLending
from desktop.app.desk_report import DeskReport
from desktop.app.desk_roster import DeskRoster
from desktop.app.desk_trainings import DeskTrainings
from desktop.app.marking_pages import exam_actions, quiz_actions
from desktop.app.round_room import RoundRoom
from desktop.app.terms import deed_words
from desktop.app.trail import show_office_trail, taken, viewed
from desktop.errors import Problem
from desktop.formats import clock_time, long_day
from desktop.language import tr
from desktop.office.desk import Desk
from desktop.office.erasures import reaching
from desktop.office.export import Column, clipboard_text, columns, csv_bytes
from desktop.office.gather import nip_of
from desktop.office.person import person_file
from desktop.office.report import DeskRow, Freshness, Gathered
from desktop.people.trail import endings_told
from desktop.people.vouching import ResetCode, WaitingKey, hand_out, key_mark, reset_codes, vouch
from desktop.screens.cohort import CohortActions, CohortSummary
from desktop.screens.cohort_accounts import (
    AccountsActions,
    AccountsView,
    CodeView,
    PersonChoice,
    WaitingView,
)
from desktop.screens.cohort_computers import ComputersActions, ComputersView, ErasureRow
from desktop.screens.cohort_model import Days
from desktop.screens.coordinator_home import CoordinatorActions, CoordinatorHome
from desktop.screens.office import FOLLOW, Office, OfficeActions
from desktop.screens.person_sheet import PersonActions, PersonSheet
from sync.folds.cohort import WaitingProfile
from sync.folds.jp import year_of
from sync.folds.trail import Taken
from sync.nip import short_form
from sync.officefile import PersonEntry, Role

if TYPE_CHECKING:
    from desktop.app.session import Session
    from sync.client.stick import Stick

CHIPS = {"done": "done", "behind": "follow", "no_data": "silent"}
"""Which filter of the report each number on the coordinator's Beranda opens."""
_NOTHING = Gathered((), (), (), Freshness(0, 0, None))


class DeskRoom:
    """The desk of a signed-in coordinator, with what was last gathered."""

    def __init__(self, session: "Session") -> None:
        self._session = session
        self._profile = session.profile
        self.desk = Desk(session.profile)
        self.renewed = _NOTHING
        self._round = RoundRoom(session, self)
        self._looked: PersonSheet | None = None
        self._follow = DeskFollow(session, self)
        self._trainings = DeskTrainings(session, self)
        self._report = DeskReport(session, self, self._follow)

    def renew(self) -> Gathered:
        """Fold anew; runs as a job."""
        self.renewed = self.desk.renew()
        return self.renewed

    def home(self) -> QWidget:
        """Build the coordinator's Beranda."""
        session = self._session
        return CoordinatorHome(
            CoordinatorActions(
                load=DeskHome(session, self, self._round).view,
                open_step=session.step,
                open_people=self._open_people,
                resume=session.resume,
                jobs=session.app.jobs,
            )
        )

    def round(self) -> QWidget:
        """Build Kirim & terima, with the office's round in front."""
        return self._round.build()

    def left(self, stick: "Stick") -> tuple[str, ...] | None:
        """Tell which PCs a stick was not at yet in this round; None where no other PC is known."""
        return self._round.left(stick)

    def open_tab(self, tab: str) -> None:
        """Show one of the room's tabs."""
        room = self._session.app.window.go("office")
        if isinstance(room, Office):
            room.open(tab)

    def _open_people(self, chip: str) -> None:
        """Open the report with the filter of a number; a person who was clicked is among those to call."""
        room = self._session.app.window.go("office")
        if not isinstance(room, Office):
            return
        if chip in CHIPS:
            room.open_people(CHIPS[chip])
        else:
            room.open(FOLLOW)

    def _names(self) -> dict[bytes, str]:
        return {one.person: one.name for one in self.desk.people()}

    def build(self) -> QWidget:
        """Build the room."""
        table, jobs = self.desk.table, self._session.app.jobs
        return Office(
            OfficeActions(
                cohort=CohortActions(
                    load=self._summary,
                    ids=lambda wanted, sort, descending: table.ids(wanted, sort, descending=descending),
                    rows=table.rows,
                    counts=table.counts,
                    csv=self._csv,
                    text=self._text,
                    file_name=self._file_name,
                    reset_pin=self._open_pin,
                    look_at=self._look_at,
                    say=self._session.app.window.say,
                    jobs=jobs,
                ),
                follow=self._follow.actions(),
                trainings=self._trainings.actions(),
                computers=ComputersActions(self._computers, jobs),
                report=self._report.actions(),
                quizzes=quiz_actions(self._session, self._names),
                exams=exam_actions(self._session, self.desk.people),
                accounts=AccountsActions(
                    load=self._accounts,
                    vouch=self._vouch,
                    codes=self._codes,
                    show_code=self._show,
                    say=self._session.app.window.say,
                    jobs=jobs,
                    roster=DeskRoster(self._session).actions(),
                    lending=DeskLending(self._session).actions(),
                ),
                days=self.days,
                practise=None if self._session.app.window.practising else self._practise,
                trail=lambda: show_office_trail(self._session, self._names),
            )
        )

    # --- Peserta and Komputer ----------------------------------------------------------------------------

    def _summary(self) -> CohortSummary:
        found = self.renew()
        return CohortSummary(found.freshness, self.desk.table.units(), self.days())

    def _computers(self) -> ComputersView:
        computers = self.renew().computers
        gone = tuple(ErasureRow(one.at, one.done, one.all, one.waiting) for one in reaching(self._profile))
        here = self._profile.store.pc().id
        zone = self._profile.zone()
        ends = tuple(deed_words(one, zone) for one in endings_told(self._profile))
        return ComputersView(computers, self.days(), here, self._round.visits(), gone, ends)

    def _rows(self, numbers: Sequence[int]) -> tuple[DeskRow, ...]:
        return self.desk.table.rows(numbers)

    def _csv(self, numbers: Sequence[int]) -> bytes:
        taken(self._session, Taken.TABLE, len(numbers))
        return csv_bytes(self._rows(numbers), self._columns())

    def _text(self, numbers: Sequence[int]) -> str:
        taken(self._session, Taken.COPIED_TABLE, len(numbers))
        return clipboard_text(self._rows(numbers), self._columns())

    def _columns(self) -> tuple[Column, ...]:
        days = self.days()
        return columns(days.zone, days.year)

    def days(self) -> Days:
        """In which days the desk counts."""
        zone, now = self._profile.zone(), self._profile.store.now()
        return Days(zone, year_of(now, zone), now)

    def _file_name(self) -> str:
        office = self._profile.store.office()
        name = "kantor" if office is None else office.header.name
        days = self.days()
        day = datetime.fromtimestamp(days.now, days.zone).strftime("%Y-%m-%d")
        return f"Peserta {name} {day}.csv"

    def _look_at(self, one: DeskRow) -> None:
        session = self._session
        actions = PersonActions(
            lambda person: in_words(person_file(self._profile, person), session.shelf),
            titles(session.shelf),
            self.days,
            session.app.jobs,
        )
        viewed(session, one.row.person)
        self._looked = PersonSheet(session.app.window, one, actions)

    def _practise(self) -> None:
        """Open practice as a program of its own: it shares no folder and no key with this one."""
        started, _ = QProcess.startDetached(sys.executable, ["-m", "desktop", "latihan"])
        self._session.app.window.say(
            tr("Latihan sedang disiapkan. Jendelanya terbuka sendiri; data kantor ini tidak disentuh.")
            if started
            else tr("Latihan tidak dapat dibuka di komputer ini.")
        )

    # --- Akun & PIN --------------------------------------------------------------------------------------

    def _accounts(self) -> AccountsView:
        found = self.renew()
        people = {entry.person: choice_of(entry) for entry in self.desk.people()}
        waiting = tuple(self._waiting(one, people.get(one.person)) for one in found.waiting)
        return AccountsView(waiting, tuple(people.values()))

    def _waiting(self, one: WaitingProfile, claims: PersonChoice | None) -> WaitingView:
        moment = datetime.fromtimestamp(one.at, self.days().zone)
        return WaitingView(
            key=one.signing,
            pc=one.pc_name or tr("Komputer tanpa nama"),
            day=f"{long_day(moment.date())}, {clock_time(moment)}",
            mark=key_mark(one.signing),
            claims=claims,
            rekeyed=one.rekeyed,
        )

    def _vouch(self, view: WaitingView, person: bytes) -> None:
        found = next((one for one in self.renewed.waiting if one.signing == view.key), None)
        if found is None:
            raise Problem(tr("Profil ini sudah disahkan."), tr("Muat ulang daftar untuk melihat keadaannya."))
        waiting = WaitingKey(found.profile, found.signing, found.letter, found.person, found.pc_name)
        vouch(self._profile, waiting, person, Role.LEARNER)
        self._session.noted()

    def _codes(self, person: bytes) -> tuple[CodeView, ...]:
        return tuple(CodeView(one.profile, one.pc_name) for one in reset_codes(self._profile, person))

    def _show(self, person: bytes, view: CodeView) -> str:
        """Give a code for showing; that it was shown is stated."""
        found: ResetCode | None = next(
            (one for one in reset_codes(self._profile, person) if one.profile == view.key), None
        )
        if found is None:
            raise Problem(
                tr("Kode atur ulang PIN belum ada di komputer ini."),
                tr("Kirim dan terima data lebih dulu, lalu coba lagi."),
            )
        code = hand_out(self._profile, found)
        self._session.noted()
        return code

    def _open_pin(self, person: bytes) -> None:
        room = self._session.app.window.page("office")
        if isinstance(room, Office):
            room.open_pin(person)


def choice_of(entry: PersonEntry) -> PersonChoice:
    """Show a person of the roster so that namesakes can be told apart."""
    nip = nip_of(entry)
    return PersonChoice(entry.person, entry.name, f"{entry.unit}, {short_form(nip)}" if nip else entry.unit)
