"""Setelan, *Data saya*: what is kept and until when, a copy to take along, and the wish to be deleted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.language import tr
from desktop.screens.arrange import Part, column, holder
from desktop.screens.button import Button
from desktop.screens.correction_sheet import CorrectionSheet
from desktop.screens.field import Asked, Field
from desktop.screens.fold import Flow
from desktop.screens.icons import Icon
from desktop.screens.notice import notice, problem_notice
from desktop.screens.privacy_sheet import PrivacyLinks
from desktop.screens.screen_jobs import ScreenJobs
from desktop.screens.sheet import Sheet
from desktop.screens.slot import Slot
from desktop.screens.text import label
from sync.folds.corrections import Topic

WORD = "HAPUS"
"""What is typed to confirm; the same in every language."""


@dataclass(frozen=True, slots=True)
class OwnDataView:
    """`lines` say in sentences what is kept, where, and until when; `request` how the last wish stands.

    `waiting` is whether that can still be taken back. `corrections` say how what was asked to be put right
    stands, each with its colour.
    """

    lines: tuple[str, ...]
    request: str = ""
    waiting: bool = False
    corrections: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class OwnDataActions:
    """`load` runs as a job, the others as writes; `choose` asks where a copy goes.

    `correct` is given the topic, what stands there, and what it should be.
    """

    load: Callable[[], OwnDataView]
    choose: Callable[[QWidget], str]
    save: Callable[[str], None]
    ask: Callable[[str], None]
    withdraw: Callable[[], None]
    correct: Callable[[Topic, str, str], None]
    say: Callable[[str], None]
    jobs: Jobs
    seen: Callable[[QWidget], None] | None = None
    """Shows who has seen the person's data."""
    lengths: Callable[[QWidget], None] | None = None
    """Shows how long each kind is kept."""


class OwnDataCard(QFrame):
    """What a person may know, take along and ask for."""

    def __init__(self, actions: OwnDataActions) -> None:
        super().__init__()
        self.setProperty("f", "card")
        self.setObjectName("own_data_card")
        self._actions, self._jobs = actions, ScreenJobs(self, actions.jobs)
        self._state, self._told = Slot("own_data_state"), Slot("own_data_told")
        self._copy = Button(tr("Salin data saya…"), "plain", "export", name="own_data_copy")
        self._copy.clicked.connect(self._save)
        self._correct = Button(tr("Minta perbaikan…"), "plain", "pen", name="own_data_correct")
        self._correct.clicked.connect(self._ask_correction)
        self._ask = Button(tr("Minta dihapus…"), "plain", name="own_data_ask")
        self._ask.clicked.connect(self._sheet)
        self._back = Button(tr("Tarik permintaan"), "plain", name="own_data_withdraw")
        self._back.clicked.connect(self._withdraw)
        self._back.hide()
        self.setLayout(
            column(
                label(tr("Data saya"), "card"),
                self._state,
                self._told,
                PrivacyLinks(actions.seen, actions.lengths),
                Flow((self._copy, self._correct, self._ask, self._back), gap=8, line_gap=8),
                label(
                    tr("Salinan memuat semua isinya tanpa kunci. Jangan tinggalkan di flashdisk bersama."),
                    "caption",
                    wrap=True,
                ),
                gap=10,
                margins=(20, 16, 20, 16),
            )
        )
        self._load()

    def _load(self) -> None:
        self._jobs.run(self._actions.load, self._show, self._failed)

    def _show(self, view: OwnDataView) -> None:
        parts: list[Part] = [label(line, wrap=True) for line in view.lines]
        if view.request:
            parts.append(notice("info", view.request, "", name="own_data_request"))
        for number, (words, kind) in enumerate(view.corrections):
            parts.append(notice(kind, words, "", name=f"own_data_correction_{number}"))
        self._state.put(holder(column(*parts, gap=4)))
        self._ask.setVisible(not view.waiting)
        self._back.setVisible(view.waiting)

    def _save(self) -> None:
        path = self._actions.choose(self.window())
        if path:
            self._jobs.run(
                lambda: self._actions.save(path),
                lambda _none: self._actions.say(tr("Salinan data Anda disimpan")),
                self._failed,
            )

    def _sheet(self) -> None:
        DeletionSheet(self.window(), self._asked)

    def _asked(self, reason: str) -> None:
        self._jobs.write(lambda: self._actions.ask(reason), lambda _none: self._load(), self._failed)

    def _ask_correction(self) -> None:
        CorrectionSheet(self.window(), self._corrected)

    def _corrected(self, topic: Topic, wrong: str, right: str) -> None:
        def told(_none: None) -> None:
            self._actions.say(tr("Permintaan perbaikan dicatat."))
            self._load()

        self._jobs.write(lambda: self._actions.correct(topic, wrong, right), told, self._failed)

    def _withdraw(self) -> None:
        self._jobs.write(self._actions.withdraw, lambda _none: self._load(), self._failed)

    def _failed(self, problem: Problem) -> None:
        self._told.put(problem_notice(problem, name="own_data_problem"))


class DeletionSheet:
    """Says what deletion means and asks for the word that confirms it."""

    def __init__(self, window: QWidget, asked: Callable[[str], None]) -> None:
        self._asked = asked
        self._reason = Asked(
            tr("Alasan"),
            Field(name="deletion_reason", words=tr("Alasan")),
            tr("Boleh dikosongkan. Hanya pusat yang membacanya."),
        )
        self._word = Asked(
            tr("Ketik {kata} untuk memastikan").format(kata=WORD),
            Field(name="deletion_word", words=tr("Ketik {kata} untuk memastikan").format(kata=WORD)),
        )
        cancel = Button(tr("Batal"), name="deletion_cancel")
        go = Button(tr("Kirim permintaan"), "main", name="deletion_go")
        told = (
            tr("Semua catatan, jawaban, nilai, dan surat Anda dihapus di pusat dan di komputer kantor."),
            tr("Nomor sertifikat yang sudah terbit tetap dapat diperiksa, tanpa nama Anda."),
            tr("Pusat yang memutuskan. Sampai diputuskan, Anda dapat menarik permintaan ini."),
        )
        self.sheet = Sheet(
            window,
            tr("Minta data saya dihapus"),
            tr("Salin dahulu data yang masih Anda perlukan."),
            holder(
                column(
                    *(label(line, wrap=True) for line in told), 8, self._reason, 4, self._word, None, gap=4
                )
            ),
            (cancel, go),
            name="deletion_sheet",
            owner=self,
            width=560,
            picture=Icon("warning", "warn", 28),
        )
        self.sheet.setProperty("help", "tentang-data")
        cancel.clicked.connect(self.sheet.dismiss)
        go.clicked.connect(self._submit)
        self._word.field.returnPressed.connect(self._submit)
        self._word.field.textEdited.connect(lambda _text: self._word.advise())
        self._reason.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _submit(self) -> None:
        if self._word.field.text().strip().upper() != WORD:
            self._word.advise(tr("Ketik {kata}, lalu coba lagi.").format(kata=WORD), "bad")
            return
        reason = self._reason.field.text()
        self.sheet.dismiss()
        self._asked(reason)
