"""The card Widyaiswara yang dipinjamkan in Akun & PIN: who of this office marks elsewhere, and until when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.formats import long_day
from desktop.language import tr
from desktop.screens.arrange import Part, column, holder, mid, row
from desktop.screens.button import Button
from desktop.screens.card import list_card
from desktop.screens.choice import Combo
from desktop.screens.day_entry import read_day
from desktop.screens.field import Asked, Field
from desktop.screens.icons import Icon
from desktop.screens.notice import notice, problem_notice
from desktop.screens.screen_jobs import ScreenJobs
from desktop.screens.sheet import Sheet
from desktop.screens.slot import Slot
from desktop.screens.style import sp
from desktop.screens.text import Elided, label


@dataclass(frozen=True, slots=True)
class LendingLine:
    """Who is lent where, how it stands in words, and how it looks: ok, warn or muted."""

    said: str
    state: str
    kind: str


@dataclass(frozen=True, slots=True)
class LendingView:
    """The lines; `trainers` are those who could be lent, by UUID in hexadecimal and name."""

    lines: Sequence[LendingLine]
    trainers: Sequence[tuple[str, str]]
    today: date


@dataclass(frozen=True, slots=True)
class LendingActions:
    """`load` runs as a job; `propose` (person in hexadecimal, office, last day) in the writer's lane."""

    load: Callable[[], LendingView]
    propose: Callable[[str, str, date], None]
    say: Callable[[str], None]
    jobs: Jobs


class LendingCard(QWidget):
    """Lists who is lent; it is not there in an office without trainers."""

    def __init__(self, actions: LendingActions) -> None:
        super().__init__()
        self.setObjectName("lending_card")
        self._actions, self._jobs = actions, ScreenJobs(self, actions.jobs)
        self._problem, self._list = Slot("lending_problem_slot"), Slot("lending_list")
        self.sheet: LendingSheet | None = None
        self.setLayout(column(self._problem, self._list, gap=0))
        self.hide()

    def refresh(self) -> None:
        """Load again."""
        self._jobs.run(self._actions.load, self._loaded, self._failed)

    def _loaded(self, view: LendingView) -> None:
        self.setVisible(bool(view.trainers or view.lines))
        rows: list[QWidget] = [_row(one) for one in view.lines]
        if not rows:
            says = tr("Widyaiswara kantor ini dapat menilai tugas kantor lain untuk sementara.")
            rows.append(holder(column(label(says, "muted", wrap=True), margins=(20, 12, 20, 12))))
        button = Button(tr("Pinjamkan widyaiswara…"), name="lending_ask")
        button.setEnabled(bool(view.trainers))
        button.clicked.connect(lambda: self._ask(view))
        self._list.put(list_card(tr("Widyaiswara yang dipinjamkan"), rows, foot=button))

    def _ask(self, view: LendingView) -> None:
        self.sheet = LendingSheet(self.window(), view, self._propose)

    def _propose(self, person: str, office: str, until: date) -> None:
        def done(_: None) -> None:
            self._problem.put()
            self._actions.say(tr("Usulan disimpan. Menunggu pusat."))
            self.refresh()

        self._jobs.write(lambda: self._actions.propose(person, office, until), done, self._failed)

    def _failed(self, problem: Problem) -> None:
        self.show()
        self._problem.put(problem_notice(problem, name="lending_problem"))


class LendingSheet:
    """Asks who, where and until when, and says what follows before anything is stated."""

    def __init__(self, window: QWidget, view: LendingView, propose: Callable[[str, str, date], None]) -> None:
        self._propose, self._today, self._names = propose, view.today, dict(view.trainers)
        self._who = Combo(view.trainers, name="lending_who", words=tr("Widyaiswara"))
        self._office = Asked(
            tr("Kantor yang meminjam"),
            Field(name="lending_office", words=tr("Kantor yang meminjam")),
            tr("Tulis seperti pada berkas kantor itu."),
        )
        self._day = Asked(
            tr("Hari terakhir"),
            Field(name="lending_day", words=tr("Hari terakhir"), width=160),
            tr("Misalnya 31-12-2026."),
        )
        self._told = Slot("lending_told")
        asked: list[Part] = [label(tr("Widyaiswara"), "strong"), self._who, 8, self._office, self._day]
        cancel = Button(tr("Batal"), name="lending_cancel")
        go = Button(tr("Usulkan"), "main", "tick", name="lending_go")
        self.sheet = Sheet(
            window,
            tr("Pinjamkan widyaiswara"),
            tr("Berlaku setelah disetujui pusat."),
            holder(column(*asked, self._told, None, gap=8)),
            (cancel, go),
            name="lending_sheet",
            owner=self,
            width=600,
            picture=Icon("people", "primary", 28),
        )
        self.sheet.setProperty("help", "kantor-akun")
        cancel.clicked.connect(self.sheet.dismiss)
        go.clicked.connect(self._go)
        self._office.field.textChanged.connect(lambda _: self._preview())
        self._day.field.textChanged.connect(lambda _: self._preview())
        self._who.currentIndexChanged.connect(lambda _: self._preview())
        self._preview()
        self._office.field.setFocus()

    def _preview(self) -> None:
        """Say what the proposal would mean, as soon as there is something to say."""
        day, office = read_day(self._day.field.text()), self._office.field.text().strip()
        if day is None or not office:
            self._told.put()
        else:
            title = tr("Sampai {tgl}, {nama} menilai tugas {kantor}").format(
                tgl=long_day(day), nama=self._names.get(self._who.value(), ""), kantor=office
            )
            says = tr(
                "Ia membaca tugas yang diserahkan di sana, tanpa nama, nilai kuis, atau daftar pegawai."
                " Sesudah hari itu tugas kantor itu tidak tampak lagi; nilai yang sudah diberikan tetap."
            )
            self._told.put(notice("info", title, says, name="lending_preview"))
        self.sheet.refit()

    def _go(self) -> None:
        day, office = read_day(self._day.field.text()), self._office.field.text().strip()
        wrong = day is None or day < self._today
        self._office.advise("" if office else tr("Tulis nama kantornya."), "bad")
        self._day.advise(tr("Tulis seperti 31-12-2026, paling awal hari ini.") if wrong else "", "bad")
        if not office or day is None or wrong:
            (self._office if not office else self._day).field.setFocus()
            return
        self.sheet.finish()
        self._propose(self._who.value(), office, day)


def _row(one: LendingLine) -> QWidget:
    icon = {"ok": "tick", "warn": "warning"}.get(one.kind, "clock")
    words = column(None, Elided(one.said, "strong"), Elided(one.state, "caption", "muted"), None, gap=1)
    made = holder(row(mid(Icon(icon, one.kind, 24)), (words, 1), gap=14, margins=(20, 0, 14, 0)))
    made.setFixedHeight(sp(64))
    made.setAccessibleName(f"{one.said}. {one.state}")
    made.setToolTip(one.state)
    return made
