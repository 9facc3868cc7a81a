"""Kantor > Pelatihan lain: claims of training outside, looked at with their scans, recognised or rejected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.formats import jp
from desktop.language import tr
from desktop.screens.arrange import TOP, Part, column, holder, mid, row
from desktop.screens.avatar import Avatar, initials
from desktop.screens.button import Button
from desktop.screens.card import list_card
from desktop.screens.evidence import STATE_PILLS, JpState, state_words
from desktop.screens.field import Asked, Field
from desktop.screens.notice import notice, problem_notice
from desktop.screens.page import Scroll, body, empty
from desktop.screens.paper_sheet import Page
from desktop.screens.pill import Pill
from desktop.screens.screen_jobs import ScreenJobs
from desktop.screens.sheet import Sheet
from desktop.screens.slot import Slot
from desktop.screens.style import sp
from desktop.screens.text import Elided, label
from desktop.screens.training_sheet import hundredths

SHOWN = 50
"""Claims that were judged, shown at once: the newest."""


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim in words; `jp` in hundredths: what the table here makes of it, or what was recognised.

    `may` tells that this coordinator may judge it; `key` names it to the actions.
    """

    key: bytes
    name: str
    title: str
    about: str
    jp: int
    state: JpState
    may: bool = True


@dataclass(frozen=True, slots=True)
class TrainingsView:
    """What waits for a look, the oldest first, and what was judged."""

    waiting: Sequence[ClaimRow]
    judged: Sequence[ClaimRow]


@dataclass(frozen=True, slots=True)
class ClaimLook:
    """A claim looked at: its lines, and its scan drawn, or None with why in `told`."""

    row: ClaimRow
    lines: Sequence[tuple[str, str]]
    scan: QImage | None
    told: str = ""


@dataclass(frozen=True, slots=True)
class TrainingsActions:
    """`load` and `look` run as jobs; `recognise` (hundredths of JP) and `reject` (a reason) state a word.

    `save` puts the whole scan where somebody says, with its place as answer, empty for nowhere.
    """

    load: Callable[[], TrainingsView]
    look: Callable[[bytes], ClaimLook]
    recognise: Callable[[bytes, int], None]
    reject: Callable[[bytes, str], None]
    save: Callable[[QWidget, bytes], str]
    say: Callable[[str], None]
    jobs: Jobs


class Trainings(QWidget):
    """The tab Pelatihan lain."""

    def __init__(self, actions: TrainingsActions) -> None:
        super().__init__()
        self.setObjectName("trainings")
        self._actions = actions
        self._sheet: ClaimSheet | None = None
        self._slot = Slot("trainings_slot")
        self.setLayout(column((self._slot, 1), gap=0))
        self.refresh()

    def help_page(self) -> str:
        """The page of help for F1."""
        return "kantor-pelatihan"

    def begin(self) -> None:
        """Put the focus on the first claim that waits."""
        first = self.findChild(Button, "look_0")
        if first is not None:
            first.setFocus()

    def refresh(self) -> None:
        """Load again."""
        self._actions.jobs.write(self._actions.load, self._loaded, self._failed)

    def _loaded(self, view: TrainingsView) -> None:
        if not view.waiting and not view.judged:
            self._slot.put(
                empty(
                    "award",
                    tr("Belum ada pelatihan lain yang dicatat."),
                    tr("Peserta mencatatnya di Bukti & JP; catatannya datang bersama pekerjaan mereka."),
                    name="trainings_empty",
                )
            )
            return
        parts: list[QWidget] = []
        if view.waiting:
            rows = [self._row(one, f"look_{at}") for at, one in enumerate(view.waiting)]
            parts.append(list_card(tr("Menunggu dilihat ({n})").format(n=len(rows)), rows))
        if view.judged:
            rows = [self._row(one, f"again_{at}") for at, one in enumerate(view.judged[:SHOWN])]
            parts.append(list_card(tr("Sudah dinilai"), rows))
        self._slot.put(Scroll(body(*parts, None, margins=(24, 16, 24, 24)), name="trainings_scroll"))

    def _row(self, one: ClaimRow, name: str) -> QWidget:
        look = Button(tr("Lihat…"), "plain", name=name)
        look.setAccessibleName(f"{tr('Lihat…')} {one.name}, {one.title}")
        look.clicked.connect(partial(self._look, one.key))
        amount = label(tr("{n} JP").format(n=jp(one.jp)), "strong")
        amount.setMinimumWidth(sp(56))
        amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        words = column(
            None,
            Elided(f"{one.name}: {one.title}", "strong"),
            Elided(one.about, "caption", "muted"),
            None,
            gap=1,
        )
        parts: list[Part] = [mid(Avatar(initials(one.name), 36)), (words, 1)]
        if one.state is not JpState.CLAIMED:
            parts.append(mid(Pill(state_words(one.state), *STATE_PILLS[one.state])))
        made = holder(row(*parts, mid(amount), mid(look), gap=14, margins=(20, 0, 14, 0)))
        made.setFixedHeight(sp(64))
        made.setAccessibleName(f"{one.name}. {one.title}. {one.about}. {amount.text()}")
        return made

    def _look(self, key: bytes) -> None:
        self._sheet = ClaimSheet(self.window(), key, self._actions, self.refresh)

    def _failed(self, problem: Problem) -> None:
        self._slot.put(
            Scroll(body(problem_notice(problem, retry=self.refresh, name="trainings_problem"), None))
        )


class ClaimSheet:
    """One claim beside its scan."""

    def __init__(
        self, window: QWidget, key: bytes, actions: TrainingsActions, judged: Callable[[], None]
    ) -> None:
        self._key, self._actions, self._judged = key, actions, judged
        self._row: ClaimRow | None = None
        self._page = Page()
        self._page.setObjectName("claim_scan")
        self._page.setFixedWidth(sp(330))
        self._lines = Slot("claim_lines")
        self._told = Slot("claim_told")
        words = tr("JP yang diakui")
        self._jp = Asked(words, Field(name="claim_jp", words=words))
        words = tr("Alasan bila ditolak")
        self._reason = Asked(
            words,
            Field(name="claim_reason", words=words),
            tr("Hanya orangnya, meja kantor, dan pusat yang membacanya."),
        )
        self._save = Button(tr("Simpan pindaian…"), "plain", "export", name="claim_save")
        self._no = Button(tr("Tolak"), "plain", "x", name="claim_reject")
        self._yes = Button(tr("Akui"), "main", "tick", name="claim_recognise")
        close = Button(tr("Tutup"), name="claim_leave")
        for button in (self._save, self._no, self._yes):
            button.setEnabled(False)
        side = column(self._told, 4, self._lines, 8, self._jp, 4, self._reason, 4, self._save, None, gap=4)
        self.sheet = Sheet(
            window,
            tr("Pelatihan lain"),
            "",
            holder(row((self._page, 0, TOP), (side, 1), gap=20)),
            (close, self._no, self._yes),
            name="claim_sheet",
            owner=self,
            width=820,
        )
        self.sheet.setProperty("help", "kantor-pelatihan")
        self._jobs = ScreenJobs(self.sheet, actions.jobs)
        close.clicked.connect(self.sheet.dismiss)
        self._yes.clicked.connect(self._recognise)
        self._no.clicked.connect(self._reject)
        self._save.clicked.connect(self._keep)
        for asked in (self._jp, self._reason):
            asked.field.textEdited.connect(lambda _text, asked=asked: asked.advise())
        self._jobs.run(lambda: actions.look(key), self._looked, self._failed)

    def _looked(self, look: ClaimLook) -> None:
        self._row = look.row
        self._lines.put(
            holder(
                column(
                    *(
                        row((label(what, "muted"), 1), (label(said, "strong", wrap=True), 2), gap=12)
                        for what, said in look.lines
                    ),
                    gap=4,
                )
            )
        )
        if look.scan is not None:
            self._page.show_page(look.scan, tr("Pindaian bukti"))
        if look.told:
            self._told.put(notice("warn", look.told, name="claim_notice"))
        self._jp.field.setText(jp(look.row.jp))
        self._save.setEnabled(look.scan is not None)
        self._yes.setEnabled(look.row.may)
        self._no.setEnabled(look.row.may)
        self._jp.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.sheet.refit()

    def _recognise(self) -> None:
        amount = hundredths(self._jp.field.text())
        if amount is None:
            self._jp.advise(tr("Ketik angka."), "bad")
            self._jp.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._write(lambda: self._actions.recognise(self._key, amount), tr("Diakui."))

    def _reject(self) -> None:
        reason = self._reason.field.text().strip()
        if not reason:
            self._reason.advise(tr("Tulis alasannya."), "bad")
            self._reason.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._write(lambda: self._actions.reject(self._key, reason), tr("Ditolak, alasannya terkirim."))

    def _write(self, work: Callable[[], None], said: str) -> None:
        self._yes.setEnabled(False)
        self._no.setEnabled(False)
        self._jobs.write(work, lambda _none: self._done(said), self._failed)

    def _done(self, said: str) -> None:
        self.sheet.finish()
        self._actions.say(said)
        self._judged()

    def _keep(self) -> None:
        try:
            path = self._actions.save(self.sheet, self._key)
        except Problem as problem:
            self._failed(problem)
            return
        if path:
            self._told.put(notice("ok", tr("Pindaian disimpan."), path, name="claim_saved"))
            self.sheet.refit()

    def _failed(self, problem: Problem) -> None:
        if self._row is not None and self._row.may:
            self._yes.setEnabled(True)
            self._no.setEnabled(True)
        self._told.put(problem_notice(problem, name="claim_problem"))
        self.sheet.refit()
