"""First run, *Siapkan komputer ini*: an office from a stick or a file, or study first; this PC's name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.language import tr
from desktop.screens.access_bar import LookActions, access_bar
from desktop.screens.arrange import Part, column, holder, mid, row
from desktop.screens.brand import Alone, Brand
from desktop.screens.button import Button
from desktop.screens.card import card
from desktop.screens.field import Asked, Field
from desktop.screens.icons import Icon
from desktop.screens.notice import problem_notice
from desktop.screens.option import Option
from desktop.screens.page import Scroll
from desktop.screens.pill import Pill
from desktop.screens.slot import Slot
from desktop.screens.style import look, sp
from desktop.screens.text import label

STICK, FILE, LATER = "stick", "file", "later"
_LOOK_EVERY_MS = 2_000


@dataclass(frozen=True, slots=True)
class OfficePreview:
    """An office file before anything is taken from it; `key` is what `adopt` needs to find it again."""

    key: object
    name: str
    zone: str
    coordinator: str
    fingerprint: str
    issued: str = ""
    servers: tuple[str, ...] = ()
    people: int = 0


@dataclass(frozen=True, slots=True)
class ReadyLine:
    """A line of *Komputer ini siap dipakai*: what is fine (or not) about this PC."""

    good: bool
    title: str
    about: str


@dataclass(frozen=True, slots=True)
class FirstRunActions:
    """What first run needs. `found`, `inspect`, `adopt` run as jobs; an office of None means: study first."""

    found: Callable[[], OfficePreview | None]
    choose_file: Callable[[QWidget], str]
    inspect: Callable[[str], OfficePreview]
    adopt: Callable[[OfficePreview | None, str], None]
    done: Callable[[], None]
    ready: Callable[[], tuple[ReadyLine, ...]]
    suggested_name: Callable[[], str]
    look: LookActions
    jobs: Jobs


class FirstRun(QWidget):
    """One page, without a stepper."""

    def __init__(self, actions: FirstRunActions) -> None:
        super().__init__()
        self.setObjectName("first_run")
        self._actions = actions
        self._office: OfficePreview | None = None
        self._from = STICK
        self._found: OfficePreview | None = None
        self._looking = False
        self.options = {
            STICK: Option(
                STICK,
                "stick",
                tr("Dari flashdisk koordinator"),
                tr("Daftar pegawai, modul, dan pengaturan kantor"),
            ),
            FILE: Option(
                FILE,
                "page",
                tr("Dari berkas kantor"),
                tr("Pilih berkas .suluh-kantor yang Anda terima"),
                asks=True,
            ),
            LATER: Option(
                LATER,
                "book",
                tr("Belajar dulu, kantor menyusul"),
                tr("Mulai dengan NIP; hasil digabungkan nanti"),
            ),
        }
        for option in self.options.values():
            option.chosen.connect(lambda name=option.name: self.choose(name))
        self._slot = Slot("office_slot")
        name = Field(
            name="pc_name",
            words=tr("Nama komputer ini"),
            text=actions.suggested_name(),
            hint="PC Loket 1",
            width=300,
        )
        name.setMaxLength(40)
        name.returnPressed.connect(self.submit)
        self.name = Asked(
            tr("Nama komputer ini"),
            name,
            tr("Tempel nama yang sama pada komputer. Nama ini dipakai dalam semua daftar."),
        )
        name.textEdited.connect(lambda _text: self.name.advise())
        self._go = Button(tr("Siapkan komputer ini"), "main", name="prepare")
        self._go.clicked.connect(self.submit)
        ways = column(*self.options.values(), gap=8)
        large = look().scale > 1.35  # what is rarely used scrolls away and leaves its room to the letters
        body = QWidget()
        self._column = column(
            label(tr("Siapkan komputer ini"), "hero", wrap=True),
            4,
            label(tr("Dari mana komputer ini menerima daftar pegawai dan modul?"), "muted", wrap=True),
            16,
            ways,
            12,
            self._slot,
            12,
            self.name,
            None,
            *((20, access_bar(actions.look)) if large else ()),
            gap=0,
            margins=(48, 32, 48, 12),
        )
        body.setLayout(self._column)
        last = row(
            None, mid(label(tr("Anda dapat mengubahnya nanti di Setelan."), "caption")), mid(self._go), gap=16
        )
        under: tuple[Part, ...] = () if large else (10, access_bar(actions.look))
        foot = holder(column(last, *under, gap=0, margins=(48, 8, 48, 14)))
        right = holder(column((Scroll(body, name="first_run_scroll"), 1), foot, gap=0), "", "page")
        self.setLayout(row((Alone(self._panel(), right), 1), gap=0))
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look_for_stick)
        self._show()

    def _panel(self) -> Brand:
        lines: list[Part] = [32]
        ready = self._actions.ready()
        if ready:
            good = all(each.good for each in ready)
            head = tr("Komputer ini siap dipakai") if good else tr("Perhatikan komputer ini")
            lines += [label(head, "rail_card", wrap=True), 12]
        for each in ready:
            icon = Icon("tick" if each.good else "warning", "ember", 20)
            words = column(
                label(each.title, "rail_strong", wrap=True),
                label(each.about, "rail_caption", wrap=True),
                gap=0,
            )
            lines += [row((icon, 0, Qt.AlignmentFlag.AlignTop), (words, 1), gap=10), 10]
        lines += [None, label(tr("Sekitar 2 menit. Internet tidak diperlukan."), "rail", wrap=True)]
        return Brand(*lines, width=320, logo=48)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Low windows get lower choices, so that nothing has to be scrolled for."""
        super().resizeEvent(event)
        low = event.size().height() < sp(700)
        for option in self.options.values():
            option.setFixedHeight(sp(54 if low else 66))
        side = sp(48)
        self._column.setContentsMargins(side, sp(16 if low else 32), side, sp(4 if low else 12))

    def help_page(self) -> str:
        """The page of help for F1."""
        return "siapkan-komputer"

    def begin(self) -> None:
        """Put the focus on the chosen way."""
        self.options[self._from].setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to look for a stick."""
        super().showEvent(event)
        self._timer.start()
        self.look_for_stick()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop looking."""
        super().hideEvent(event)
        self._timer.stop()

    # --- where from --------------------------------------------------------------------------------------

    def choose(self, name: str) -> None:
        """One of the three ways was chosen."""
        if name == FILE:
            path = self._actions.choose_file(self)
            if path:
                self._from = FILE
                self._office = None
                self._actions.jobs.run(lambda: self._actions.inspect(path), self._take_file, self._refused)
            elif self._from != FILE:
                return
        else:
            self._from = name
            self._office = self._found if name == STICK else None
        self._show()

    def look_for_stick(self) -> None:
        """Look at removable drives for an office file, beside whatever the person does."""
        if not self._looking:
            self._looking = True
            self._actions.jobs.run(self._actions.found, self._take_found, self._not_found)

    def _take_found(self, office: OfficePreview | None) -> None:
        self._looking = False
        if office == self._found:
            return
        self._found = office
        pills = [] if office is None else [Pill(tr("Flashdisk ditemukan"), "ok", "tick", "surface")]
        self.options[STICK].badge.put(*pills)
        if self._from == STICK:
            self._office = office
            self._show()

    def _not_found(self, problem: Problem) -> None:
        self._looking = False
        if self._from == STICK:
            self._refused(problem)

    def _take_file(self, office: OfficePreview) -> None:
        if self._from == FILE:
            self._office = office
            self._show()

    def _refused(self, problem: Problem) -> None:
        self._go.setEnabled(self._ready())
        self._slot.put(problem_notice(problem, name="first_run_problem"))

    # --- what is shown -----------------------------------------------------------------------------------

    def _ready(self) -> bool:
        return self._office is not None or self._from == LATER

    def _show(self) -> None:
        for name, option in self.options.items():
            option.mark(on=name == self._from)
        self._go.setEnabled(self._ready())
        if self._office is not None:
            self._slot.put(office_card(self._office))
        elif self._from == STICK:
            self._slot.put(
                _hint("stick", tr("Pasang flashdisk dari koordinator. Suluh menemukannya sendiri."))
            )
        elif self._from == LATER:
            self._slot.put(
                _hint(
                    "book",
                    tr(
                        "Anda dapat belajar sekarang. Kantor dapat ditambahkan kapan saja di Setelan; "
                        "tidak ada yang hilang."
                    ),
                )
            )
        else:
            self._slot.put(_hint("page", tr("Memeriksa berkas…")))

    def submit(self) -> None:
        """Make the PC ready."""
        name = " ".join(self.name.field.text().split())
        if not self._ready():
            return
        if not name:
            self.name.advise(tr("Beri nama komputer ini, misalnya PC Loket 1."), "bad")
            self.name.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        office = self._office if self._from != LATER else None
        self._go.setEnabled(False)
        self._actions.jobs.write(
            lambda: self._actions.adopt(office, name), lambda _none: self._actions.done(), self._refused
        )


def office_card(office: OfficePreview) -> QWidget:
    """What an office file says, with *Asli* and the fingerprint to compare by telephone."""
    zone = f", {office.zone}" if office.zone else ""
    who = tr("Kantor: {kantor}{zona}. Koordinator: {nama}").format(
        kantor=office.name, zona=zone, nama=office.coordinator
    )
    about = tr("Berkas kantor ditandatangani pusat, {tgl}").format(tgl=office.issued) if office.issued else ""
    head = row(
        mid(Icon("office", "primary", 24)),
        (
            column(
                None,
                label(who, "card", wrap=True),
                *([label(about, "muted", wrap=True)] if about else []),
                None,
                gap=0,
            ),
            1,
        ),
        mid(Pill(tr("Asli"), "ok", "shield")),
        gap=12,
    )
    facts: list[Part] = []
    if office.people:
        facts += [_fact(tr("Pegawai terdaftar"), tr("{n} orang").format(n=office.people)), 36]
    facts += [(_fact(tr("Sidik kunci pusat, cocokkan dengan koordinator"), office.fingerprint), 1)]
    made = card(head, row(36, *facts, gap=0), gap=10, margins=(20, 12, 20, 12))
    made.setObjectName("office_card")
    made.setAccessibleName(who)
    return made


def _fact(words: str, value: str) -> QWidget:
    return holder(column(label(words, "caption"), label(value, "strong"), gap=0))


def _hint(icon: str, words: str) -> QWidget:
    return holder(
        row(
            mid(Icon(icon, "muted", 24)),
            mid(label(words, "muted", wrap=True), 1),
            gap=14,
            margins=(18, 14, 18, 14),
        ),
        "flat",
        "first_run_hint",
    )
