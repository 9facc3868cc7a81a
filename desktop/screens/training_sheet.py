"""Catat pelatihan lain: what was learned outside, typed from its certificate, with a scan of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import PurePath

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.formats import jp
from desktop.language import tr
from desktop.screens.arrange import column, holder, mid, row
from desktop.screens.button import Button
from desktop.screens.choice import Check, Combo
from desktop.screens.day_entry import read_day
from desktop.screens.field import Asked, Field
from desktop.screens.icons import Icon
from desktop.screens.notice import problem_notice
from desktop.screens.screen_jobs import ScreenJobs
from desktop.screens.sheet import Sheet
from desktop.screens.slot import Slot
from desktop.screens.text import Elided, label


@dataclass(frozen=True, slots=True)
class FormChoice:
    """A form of the table; `asks` is the question for its amount, empty where none is asked."""

    id: str
    words: str
    asks: str
    abroad: bool
    unconfirmed: bool


@dataclass(frozen=True, slots=True)
class TrainingDraft:
    """What the sheet begins with: empty for a new one; `claim` is the id of one that is changed."""

    claim: str = ""
    form: str = ""
    title: str = ""
    organiser: str = ""
    day: date | None = None
    amount: str = ""
    abroad: bool = False
    scanned: bool = False


@dataclass(frozen=True, slots=True)
class TrainingWish:
    """What was typed; `amount` is in hundredths of days, times or JP, `scan` a path or empty."""

    claim: str
    form: str
    title: str
    organiser: str
    day: date
    amount: int
    abroad: bool
    scan: str


@dataclass(frozen=True, slots=True)
class TrainingActions:
    """`worth` (form, hundredths, abroad) gives hundredths of JP; `save` states it, in the writer's lane.

    `choose` asks for a file, empty for none; `saved` is called when it is stated.
    """

    forms: Sequence[FormChoice]
    worth: Callable[[str, int, bool], int]
    choose: Callable[[QWidget], str]
    save: Callable[[TrainingWish], None]
    saved: Callable[[], None]
    jobs: Jobs


class TrainingSheet:
    """Asks for one training; what it is worth is shown while it is typed."""

    def __init__(self, window: QWidget, actions: TrainingActions, draft: TrainingDraft) -> None:
        self._actions, self._draft = actions, draft
        self._forms = {one.id: one for one in actions.forms}
        self._scan = ""
        items = [("", tr("Pilih bentuknya")), *((one.id, one.words) for one in actions.forms)]
        self._form = Combo(items, name="training_form", words=tr("Bentuk pelatihan"))
        self._form.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._form.setMinimumContentsLength(12)
        self._form.choose(draft.form)
        day = "" if draft.day is None else draft.day.strftime("%d-%m-%Y")
        self._title = _asked("training_title", tr("Judul"), draft.title)
        self._organiser = _asked("training_organiser", tr("Penyelenggara"), draft.organiser)
        self._day = _asked(
            "training_day", tr("Hari terakhir"), day, tr("Tanggal-bulan-tahun, misalnya 20-11-2026")
        )
        self._amounts = Slot("training_amounts")
        self._amount: Asked | None = None
        self._abroad = Check(tr("Diadakan di luar negeri"), name="training_abroad", on=draft.abroad)
        self._worth = label(" ", "strong", wrap=True, name="training_worth")
        self._file = Elided("", "caption", "muted")
        self._file.setObjectName("training_file")
        self._slot = Slot("training_slot")
        choose = Button(tr("Pilih pindaian…"), "plain", "pdf", name="training_choose")
        choose.clicked.connect(self._choose)
        self._go = Button(tr("Simpan"), "main", "tick", name="training_save")
        cancel = Button(tr("Batal"), name="training_cancel")
        self.sheet = Sheet(
            window,
            tr("Catat pelatihan lain"),
            tr("Salin dari sertifikatnya. JP dihitung setelah koordinator melihat buktinya."),
            holder(
                column(
                    self._slot,
                    label(tr("Bentuk pelatihan"), "strong"),
                    4,
                    self._form,
                    10,
                    self._title,
                    6,
                    self._organiser,
                    6,
                    row((self._day, 1), (self._amounts, 1), gap=16),
                    self._abroad,
                    4,
                    self._worth,
                    10,
                    row(mid(choose), (self._file, 1), gap=12),
                    None,
                    gap=0,
                )
            ),
            (cancel, self._go),
            name="training_sheet",
            owner=self,
            width=620,
            picture=Icon("award", "primary", 28),
        )
        self.sheet.setProperty("help", "catat-pelatihan")
        self._jobs = ScreenJobs(self.sheet, actions.jobs)
        cancel.clicked.connect(self.sheet.dismiss)
        self._go.clicked.connect(self._submit)
        self._form.currentIndexChanged.connect(lambda _at: self._formed())
        self._abroad.toggled.connect(lambda _on: self._count())
        for asked in (self._title, self._organiser, self._day):
            asked.field.textEdited.connect(lambda _text, asked=asked: asked.advise())
        self._told_file()
        self._formed(draft.amount)
        self._form.setFocus(Qt.FocusReason.OtherFocusReason)

    def _formed(self, amount: str = "") -> None:
        """Ask for what the chosen form is counted by."""
        form = self._forms.get(self._form.value())
        self._abroad.setVisible(form is not None and form.abroad)
        self._amount = None
        if form is None or not form.asks:
            self._amounts.put()
        else:
            self._amount = _asked("training_amount", form.asks, amount)
            self._amount.field.textEdited.connect(lambda _text: self._count())
            self._amounts.put(self._amount)
        self._count()
        self.sheet.refit()

    def _count(self) -> None:
        form, amount = self._forms.get(self._form.value()), self._typed()
        if self._amount is not None:
            self._amount.advise()
        if form is None or amount is None:
            self._worth.setText(" ")
            return
        words = tr("{n} JP, setelah diakui").format(
            n=jp(self._actions.worth(form.id, amount, self._is_abroad()))
        )
        if form.unconfirmed:
            words = tr("{jp}. Aturan baris ini belum dipastikan.").format(jp=words)
        self._worth.setText(words)

    def _typed(self) -> int | None:
        """The amount in hundredths; of a form that asks for none it is one."""
        return 100 if self._amount is None else hundredths(self._amount.field.text())

    def _is_abroad(self) -> bool:
        form = self._forms.get(self._form.value())
        return form is not None and form.abroad and self._abroad.isChecked()

    def _choose(self) -> None:
        path = self._actions.choose(self.sheet)
        if path:
            self._scan = path
            self._told_file()

    def _told_file(self) -> None:
        if self._scan:
            said = PurePath(self._scan).name
        elif self._draft.scanned:
            said = tr("Pindaian yang dulu tetap dipakai.")
        else:
            said = tr("PDF, JPG, atau PNG, paling besar 5 MB.")
        self._file.set_text(said)

    def _submit(self) -> None:
        if not self._form.value():
            self._failed(
                Problem(tr("Pilih bentuk pelatihannya."), tr("Daftarnya berasal dari tabel JP yang berlaku."))
            )
            return
        for asked in (self._title, self._organiser):
            if not asked.field.text().strip():
                self._wrong(asked, tr("Isi seperti pada sertifikat."))
                return
        day, amount = read_day(self._day.field.text()), self._typed()
        if day is None:
            self._wrong(self._day, tr("Ketik tanggalnya, misalnya 20-11-2026."))
            return
        if amount is None and self._amount is not None:
            self._wrong(self._amount, tr("Ketik angka."))
            return
        wish = TrainingWish(
            self._draft.claim,
            self._form.value(),
            self._title.field.text(),
            self._organiser.field.text(),
            day,
            amount or 0,
            self._is_abroad(),
            self._scan,
        )
        self._go.setEnabled(False)
        self._jobs.write(lambda: self._actions.save(wish), lambda _none: self._done(), self._failed)

    def _done(self) -> None:
        self.sheet.finish()
        self._actions.saved()

    def _wrong(self, asked: Asked, words: str) -> None:
        asked.advise(words, "bad")
        asked.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, problem: Problem) -> None:
        self._go.setEnabled(True)
        self._slot.put(problem_notice(problem, name="training_problem"))
        self.sheet.refit()


def hundredths(typed: str) -> int | None:
    """Read an amount such as `3` or `2,5` as hundredths; None for anything that is none."""
    try:
        found = Decimal(typed.strip().replace(",", ".")) * 100
        return int(found) if found == found.to_integral_value() and 0 < found < 10**9 else None
    except InvalidOperation:
        return None


def _asked(name: str, words: str, text: str, advice: str = "") -> Asked:
    return Asked(words, Field(name=name, words=words, text=text), advice)
