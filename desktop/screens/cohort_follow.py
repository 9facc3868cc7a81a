"""Kantor > Tindak lanjut: who needs a word and why, a list to print or copy, and the words had before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.formats import number
from desktop.language import tr
from desktop.office.contacts import Way
from desktop.office.corrections import Wish
from desktop.office.endings import Ending
from desktop.office.follow_up import Call, about, contact_words, state_words, why_words
from desktop.screens.arrange import Part, column, holder, line, mid, row
from desktop.screens.assignment_views import TimingView
from desktop.screens.avatar import Avatar, initials
from desktop.screens.button import Button
from desktop.screens.card import Target, card
from desktop.screens.cohort_corrections import AnswerSheet, CorrectionActions, corrections_card
from desktop.screens.cohort_endings import endings_card
from desktop.screens.cohort_model import Days
from desktop.screens.contact_sheet import ContactForm, ContactLine, ContactSheet
from desktop.screens.fold import Flow, Fold
from desktop.screens.icons import Icon
from desktop.screens.notice import problem_notice
from desktop.screens.page import Scroll, body, empty
from desktop.screens.paper_sheet import DrawnPaper, PaperActions, PaperSheet, PaperSize
from desktop.screens.pill import Pill
from desktop.screens.slot import Slot
from desktop.screens.style import sp
from desktop.screens.text import Elided
from desktop.screens.timing_sheet import TimingActions, TimingSheet, late_by_clock, timing_card
from sync.folds.follow import Why

SHOWN = 60
"""People shown at once; printing and copying take all."""
_HELP = "kantor-tindak-lanjut"
_NARROW = 760


@dataclass(frozen=True, slots=True)
class FollowUpView:
    """Whom to follow up, the most pressing first, in which days, what is to be put right and decided.

    `late_by_clock` may be decided and need not be: it is listed when somebody asks for it.
    """

    calls: Sequence[Call]
    days: Days
    wishes: Sequence[Wish] = ()
    timings: Sequence[TimingView] = ()
    endings: Sequence[Ending] = ()
    late_by_clock: Sequence[TimingView] = ()

    @property
    def today(self) -> date:
        """The office's day."""
        return datetime.fromtimestamp(self.days.now, self.days.zone).date()


@dataclass(frozen=True, slots=True)
class FollowUpActions:
    """`load`, `text` and `draw` run as jobs; `note` records, in the writer's lane; `say` shows a toast."""

    load: Callable[[], FollowUpView]
    text: Callable[[Sequence[Call]], str]
    draw: Callable[[Sequence[Call], PaperSize], DrawnPaper]
    note: Callable[[bytes, date, Way, str], None]
    choose: Callable[[QWidget, str], str]
    save: Callable[[str, bytes], None]
    say: Callable[[str], None]
    jobs: Jobs
    corrections: CorrectionActions | None = None
    timings: TimingActions | None = None


class FollowUpTab(QWidget):
    """The tab Tindak lanjut."""

    def __init__(self, actions: FollowUpActions) -> None:
        super().__init__()
        self.setObjectName("follow_up")
        self._actions = actions
        self._view: FollowUpView | None = None
        self._why: Why | None = None
        self._more = SHOWN
        self._late = False
        self._sheet: AnswerSheet | ContactSheet | PaperSheet | TimingSheet | None = None
        self._slot = Slot("follow_slot")
        self.setLayout(column((self._slot, 1), gap=0))
        self.refresh()

    def help_page(self) -> str:
        """The page of help for F1."""
        return _HELP

    def begin(self) -> None:
        """Put the focus on the first request or person, else on nothing."""
        waits = self.findChild(Button, "wish_0") or self.findChild(Button, "timing_0")
        first = waits or self.findChild(Target, "call_0")
        if first is not None:
            first.setFocus()

    def refresh(self) -> None:
        """Fold anew what has come."""
        self._actions.jobs.write(self._actions.load, self._loaded, self._failed)

    def shown(self) -> Sequence[Call]:
        """The people the chosen reason leaves."""
        every = self._view.calls if self._view else ()
        return [one for one in every if self._why is None or self._why in one.found.why]

    def _loaded(self, view: FollowUpView) -> None:
        self._view = view
        if self._why is not None and not self.shown():
            self._why = None
        self._put()

    def _put(self) -> None:
        view = self._view
        if view is None:
            return
        parts: list[Part] = []
        if view.wishes:
            parts.append(corrections_card(view.wishes, self._answer))
        if view.timings:
            parts.append(timing_card(view.timings, self._judge))
        if view.endings:
            parts.append(endings_card(view.endings))
        last: list[Part] = []
        if view.late_by_clock:
            last.append(
                late_by_clock(view.late_by_clock, self._judge, None if self._late else self._show_late)
            )
        if view.calls:
            parts += [self._tools(view), self._list(view), *last, None]
        else:
            besides = tr("Selain itu tidak ada yang perlu ditindaklanjuti.")
            nobody = empty(
                "tick",
                besides if parts or last else tr("Tidak ada yang perlu ditindaklanjuti."),
                tr("Semua yang datanya sudah sampai berjalan menurut laju."),
                name="follow_empty",
            )
            if not parts and not last:
                self._slot.put(nobody)
                return
            parts += [(nobody, 1), *last]
        self._slot.put(Scroll(body(*parts, margins=(24, 16, 24, 24)), name="follow"))

    def _tools(self, view: FollowUpView) -> QWidget:
        made = []
        for why in (None, *Why):
            found = [one for one in view.calls if why is None or why in one.found.why]
            if not found:
                continue
            words = tr("Semua") if why is None else why_words(why, found[0].found.pace)
            chip = Button(
                f"{words} {number(len(found))}", "chip", name=f"why_{0 if why is None else why.value}"
            )
            chip.setAutoExclusive(True)
            chip.setChecked(why is self._why)
            chip.clicked.connect(partial(self._choose, why))
            made.append(chip)
        show = Button(tr("Cetak daftar"), "plain", "print", name="follow_print")
        show.clicked.connect(self._print)
        copy = Button(tr("Salin pesan"), "plain", "copy", name="follow_copy")
        copy.clicked.connect(self._copy)
        return Fold(
            (holder(Flow(tuple(made), gap=8, line_gap=8)), 1),
            (holder(row(copy, show, gap=8)), 0),
            fold=_NARROW,
            gap=8,
        )

    def _list(self, view: FollowUpView) -> QFrame:
        wanted = self.shown()
        parts: list[QWidget] = []
        for place, one in enumerate(wanted[: self._more]):
            if parts:
                parts.append(line())
            parts.append(CallRow(one, view, place, partial(self._open, one)))
        if len(wanted) > self._more:
            more = Button(
                tr("Tampilkan {n} lagi").format(n=number(len(wanted) - self._more)), "quiet", name="more"
            )
            more.clicked.connect(self._show_more)
            parts += [line(), holder(row(more, None, margins=(12, 4, 12, 4)))]
        made = card(*parts, gap=0, margins=(0, 0, 0, 4))
        made.setObjectName("follow_card")
        made.setAccessibleName(tr("Perlu ditindaklanjuti"))
        return made

    def _choose(self, why: Why | None) -> None:
        self._why, self._more = why, SHOWN
        self._put()

    def _show_more(self) -> None:
        self._more *= 4
        self._put()

    def _open(self, one: Call) -> None:
        if self._view is None:
            return
        view = self._view
        before = [
            ContactLine(contact_words(each, view.days.year), state_words(each)) for each in one.contacts
        ]
        why = ", ".join(why_words(each, one.found.pace) for each in one.found.why)
        form = ContactForm(one.found.row.name, f"{why}. {about(one, view.days.zone)}", before, view.today)

        def note(day: date, way: Way, words: str) -> None:
            self._actions.jobs.write(
                lambda: self._actions.note(one.found.row.person, day, way, words), self._noted, self._failed
            )

        self._sheet = ContactSheet(self.window(), form, note)

    def _answer(self, one: Wish) -> None:
        if self._actions.corrections is not None:
            self._sheet = AnswerSheet(self.window(), one, self._actions.corrections, self.refresh)

    def _show_late(self) -> None:
        self._late = True
        self._put()

    def _judge(self, one: TimingView) -> None:
        if self._actions.timings is not None:
            self._sheet = TimingSheet(self.window(), one, self._actions.timings, self.refresh)

    def _noted(self, _none: None) -> None:
        self._actions.say(tr("Kontak dicatat."))
        self.refresh()

    def _copy(self) -> None:
        wanted = list(self.shown())
        self._actions.jobs.run(lambda: self._actions.text(wanted), self._copied, self._failed)

    def _copied(self, words: str) -> None:
        QGuiApplication.clipboard().setText(words)
        self._actions.say(tr("Pesan disalin. Tempel di WhatsApp atau SMS."))

    def _print(self) -> None:
        wanted, actions = list(self.shown()), self._actions
        self._sheet = PaperSheet(
            self.window(),
            tr("Daftar tindak lanjut"),
            _HELP,
            PaperActions(lambda size: actions.draw(wanted, size), actions.choose, actions.save, actions.jobs),
        )

    def _failed(self, problem: Problem) -> None:
        self._slot.put(Scroll(body(problem_notice(problem, retry=self.refresh, name="follow_problem"), None)))


class CallRow(Target):
    """Who, how they stand, why, and the last word that was had."""

    def __init__(self, one: Call, view: FollowUpView, place: int, act: Callable[[], None]) -> None:
        stands = about(one, view.days.zone)
        why = [why_words(each, one.found.pace) for each in one.found.why]
        last = tr("Belum dihubungi") if one.last is None else contact_words(one.last, view.days.year)
        person = one.found.row
        super().__init__(f"call_{place}", f"{person.name}, {person.unit}. {', '.join(why)}. {stands}. {last}")
        pills = holder(
            row(
                *(Pill(words, _kind(each)) for words, each in zip(why, one.found.why, strict=True)),
                None,
                gap=6,
            )
        )
        self.setLayout(
            row(
                mid(Avatar(initials(person.name), 36, "sunken", "text")),
                (
                    column(
                        None,
                        Elided(person.name, "strong"),
                        Elided(f"{person.unit} · {stands}", "caption", "muted"),
                        Elided(last, "caption", "muted"),
                        None,
                        gap=1,
                    ),
                    1,
                ),
                mid(pills),
                mid(Icon("right", "muted", 20)),
                gap=14,
                margins=(20, 0, 14, 0),
            )
        )
        self.setFixedHeight(sp(72))
        self.chosen.connect(act)


def _kind(why: Why) -> str:
    return {Why.DEADLINE: "bad", Why.UNKNOWN: "info", Why.NOT_STARTED: "muted"}.get(why, "warn")
