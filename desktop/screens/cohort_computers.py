"""Kantor > Komputer: the computers of the office, how many people use each, and how old its data are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.language import SEVERAL, tr, trn
from desktop.screens.arrange import Part, column, holder, line, mid, row
from desktop.screens.card import card
from desktop.screens.cohort_model import Days
from desktop.screens.icons import Icon
from desktop.screens.notice import notice, problem_notice
from desktop.screens.page import Scroll, body, empty
from desktop.screens.pill import Pill
from desktop.screens.slot import Slot
from desktop.screens.style import sp
from desktop.screens.text import Elided, label
from sync.folds.cohort import ComputerRow

_PEOPLE, _DAY, _VISIT, _STATE = 90, 150, 160, 170
_FOLD = 860


@dataclass(frozen=True, slots=True)
class VisitRow:
    """The stick's last visit to a PC as Unix time, 0: never; `fresh`: in the round that runs now."""

    at: int
    fresh: bool


@dataclass(frozen=True, slots=True)
class ErasureRow:
    """Data deleted at Unix `at` that `done` of `all` computers let go of; `waiting` names the others."""

    at: int
    done: int
    all: int
    waiting: Sequence[str]


@dataclass(frozen=True, slots=True)
class ComputersView:
    """The computers heard of, and how days are told; `here` is this PC.

    `erasures` are those that some computer is still to confirm.
    `endings` say what computers will delete at the end of its term.
    `visits` says by PC when the stick was there; a PC that is not in it was never visited.
    """

    computers: Sequence[ComputerRow]
    days: Days
    here: bytes
    visits: Mapping[bytes, VisitRow] = field(default_factory=dict)
    erasures: Sequence[ErasureRow] = ()
    endings: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ComputersActions:
    """`load` runs as a job."""

    load: Callable[[], ComputersView]
    jobs: Jobs


class Computers(QWidget):
    """The tab Komputer; it loads again on each visit."""

    def __init__(self, actions: ComputersActions) -> None:
        super().__init__()
        self.setObjectName("computers")
        self._actions = actions
        self._view: ComputersView | None = None
        self._narrow = False
        self._slot = Slot("computers_slot")
        self.setLayout(column((self._slot, 1), gap=0))
        self.refresh()

    def help_page(self) -> str:
        """The page of help for F1."""
        return "kantor-komputer"

    def refresh(self) -> None:
        """Load again."""
        self._actions.jobs.run(self._actions.load, self._show, self._failed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where columns do not fit, each computer says all of it under its name."""
        super().resizeEvent(event)
        narrow = event.size().width() < sp(_FOLD)
        if narrow != self._narrow:
            self._narrow = narrow
            if self._view is not None:
                self._show(self._view)

    def _show(self, view: ComputersView) -> None:
        self._view = view
        if not view.computers:
            self._slot.put(
                empty(
                    "computer",
                    tr("Belum ada data dari komputer mana pun"),
                    tr(
                        "Data datang lewat internet, "
                        "atau saat Anda berkeliling mengambil hasil dengan flashdisk."
                    ),
                    name="computers_empty",
                )
            )
            return
        old = sum(view.days.stale(one.as_of) for one in view.computers)
        parts: list[Part] = []
        if old:
            parts.append(
                notice(
                    "warn",
                    trn("Data {n} komputer lebih dari 14 hari", old).format(n=old),
                    tr(
                        "Hasil belajar di sana mungkin sudah bertambah. "
                        "Kunjungi, atau minta dibuka saat ada internet."
                    ),
                    icon="clock",
                    name="computers_old",
                )
            )
        parts += [_erasure(one, view.days) for one in view.erasures]
        if view.endings:
            parts.append(_endings(view.endings))
        parts += [self._table(view), None]
        self._slot.put(Scroll(body(*parts, margins=(24, 16, 24, 24))))

    def _table(self, view: ComputersView) -> QFrame:
        heads = holder(
            row(
                sp(0),
                (label(tr("Komputer"), "caption_strong"), 1),
                _wide(tr("Orang"), _PEOPLE),
                _wide(tr("Data per"), _DAY),
                _wide(tr("Kunjungan"), _VISIT),
                _wide(tr("Keadaan"), _STATE),
                gap=12,
                margins=(20, 0, 20, 0),
            )
        )
        heads.setFixedHeight(sp(40))
        parts: list[Part] = [] if self._narrow else [heads]
        for number, one in enumerate(view.computers):
            parts += [line()] if parts else []
            parts.append(_line(one, view, number, narrow=self._narrow))
        made = card(*parts, gap=0, margins=(0, 0, 0, 4))
        made.setObjectName("computers_card")
        made.setAccessibleName(trn("Komputer", SEVERAL))
        return made

    def _failed(self, problem: Problem) -> None:
        self._slot.put(
            Scroll(body(problem_notice(problem, retry=self.refresh, name="computers_problem"), None))
        )


def _line(one: ComputerRow, view: ComputersView, number: int, *, narrow: bool) -> QWidget:
    name = one.name or tr("Komputer tanpa nama")
    if one.pc == view.here:
        name = tr("{komputer} (komputer ini)").format(komputer=name)
    old = view.days.stale(one.as_of)
    day = view.days.long(one.as_of)
    state = _state(one, old=old)
    people = tr("{n} orang").format(n=one.people)
    dated = tr("data per {tgl}").format(tgl=day)
    visited = _visit_words(one, view)
    parts: list[Part] = [mid(Icon("computer", "primary", 24))]
    if narrow:
        below = Elided(f"{people}, {dated}, {visited}", "caption", "muted")
        parts += [(column(None, Elided(name, "strong"), below, None, gap=1), 1), mid(state)]
    else:
        badge = holder(row(state, None))
        badge.setFixedWidth(sp(_STATE))
        parts += [mid(Elided(name, "strong"), 1), mid(_wide(people, _PEOPLE, "body"))]
        parts += [mid(_wide(day, _DAY, "body"))]
        parts += [mid(_visit(one, view, visited)), mid(badge)]
    about, words = f"{name}, {people}, {dated}, {visited}", missing_words(one, view)
    plain = holder(row(*parts, gap=12, margins=(20, 4 if words else 0, 20, 0)))
    plain.setFixedHeight(sp((60 if narrow else 52) - (8 if words else 0)))
    if not words:
        plain.setObjectName(f"computer_{number}")
        plain.setAccessibleName(about)
        return plain
    told = holder(row(label(words, "caption", wrap=True, name=f"missing_{number}"), margins=(56, 0, 20, 12)))
    made = holder(column(plain, told, gap=0), "", f"computer_{number}")
    made.setAccessibleName(f"{about}. {words}")
    return made


def missing_words(one: ComputerRow, view: ComputersView) -> str:
    """Say that data of a computer have not come yet, since when, and what to do; nothing where none miss."""
    if not one.missing:
        return ""
    told = trn("Ada data yang belum sampai: {n} sesi belajar, sejak {tgl}.", one.missing)
    advice = (
        tr("Terima dari pusat, atau cari flashdisk yang belum digabungkan.")
        if one.pc == view.here
        else tr("Terima dari pusat, kunjungi lagi komputer ini, atau cari flashdisk yang belum digabungkan.")
    )
    return f"{told.format(n=one.missing, tgl=view.days.long(one.missing_since))} {advice}"


def _state(one: ComputerRow, *, old: bool) -> Pill:
    """Old data weigh more than incomplete ones: there more than the known part is missing."""
    if old:
        return Pill(tr("Lebih dari 14 hari"), "warn", "clock")
    return Pill(tr("Belum lengkap"), "info", "clock") if one.missing else Pill(tr("Baru"), "ok", "tick")


def _visit_words(one: ComputerRow, view: ComputersView) -> str:
    seen = view.visits.get(one.pc)
    if seen is None or not seen.at:
        return tr("belum dikunjungi")
    return tr("dikunjungi {tgl}").format(tgl=view.days.short(seen.at))


def _visit(one: ComputerRow, view: ComputersView, words: str) -> QWidget:
    """A visit of this round has a tick; an older one is told, and the PC is to be visited again."""
    seen = view.visits.get(one.pc)
    if seen is not None and seen.fresh:
        made = holder(row(mid(Icon("tick", "ok", 16)), mid(label(view.days.short(seen.at))), None, gap=6))
    elif seen is not None and seen.at:
        made = holder(
            row(mid(Icon("clock", "warn", 16)), mid(label(view.days.short(seen.at), "warn")), None, gap=6)
        )
    elif view.days.stale(one.as_of):
        made = holder(row(mid(Pill(words, "warn")), None, gap=0))
    else:  # its data came by a network: that nobody went there is no alarm
        made = holder(row(mid(label(words, "muted")), None, gap=0))
    made.setFixedWidth(sp(_VISIT))
    return made


def _wide(words: str, width: int, role: str = "caption_strong") -> QWidget:
    made = label(words, role)
    made.setFixedWidth(sp(width))
    return made


def _erasure(one: ErasureRow, days: Days) -> QFrame:
    """Say how far a deletion has come, without a name."""
    return notice(
        "info",
        tr("Data yang dihapus {tgl}: {n} dari {semua} komputer sudah menjalankannya").format(
            tgl=days.short(one.at), n=one.done, semua=one.all
        ),
        tr("Menunggu: {daftar}. Kunjungi dengan flashdisk, lalu minta seseorang masuk di sana.").format(
            daftar=", ".join(one.waiting)
        ),
        icon="shield",
        name="computers_erasure",
    )


def _endings(lines: Sequence[str]) -> QFrame:
    """Say what computers will delete at the end of its term."""
    return notice(
        "info",
        tr("Masa simpan segera habis"),
        "\n".join(f"{one}." for one in lines),
        icon="clock",
        name="computers_endings",
    )
