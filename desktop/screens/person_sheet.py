"""One person, from the report down to the single answer: hours, courses, attempts, computers, contacts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.formats import jp, number, score, year_name
from desktop.language import SEVERAL, tr, trn
from desktop.office.follow_up import contact_words, state_words
from desktop.office.person import Attempt, PersonFile, Quiz
from desktop.office.report import DeskRow
from desktop.screens.arrange import Part, column, holder, line, mid, row
from desktop.screens.avatar import Avatar, initials
from desktop.screens.button import Button
from desktop.screens.cohort_model import Days
from desktop.screens.notice import problem_notice
from desktop.screens.pill import Pill
from desktop.screens.screen_jobs import ScreenJobs
from desktop.screens.sheet import Sheet
from desktop.screens.slot import Slot
from desktop.screens.style import sp
from desktop.screens.text import Elided, label
from sync.nip import LENGTH, spaced


@dataclass(frozen=True, slots=True)
class PersonActions:
    """`load` runs as a job; `title` names a course, module or activity, `days` tells days."""

    load: Callable[[bytes], PersonFile]
    title: Callable[[str], str]
    days: Callable[[], Days]
    jobs: Jobs


class PersonSheet:
    """Looks at one person of the roster; nothing can be changed here."""

    def __init__(self, window: QWidget, one: DeskRow, actions: PersonActions) -> None:
        self._one, self._actions = one, actions
        self._days = actions.days()
        self._slot = Slot("person_slot")
        close = Button(tr("Tutup"), "main", name="person_leave")
        nip = spaced(one.nip) if len(one.nip) == LENGTH else one.nip
        self.sheet = Sheet(
            window,
            one.row.name,
            ", ".join(words for words in (nip, one.row.unit) if words),
            holder(column(self._slot, None, gap=0)),
            (close,),
            name="person_sheet",
            owner=self,
            width=760,
            picture=Avatar(initials(one.row.name), 40),
        )
        self.sheet.setProperty("help", "kantor-peserta")
        close.clicked.connect(self.sheet.dismiss)
        self._jobs = ScreenJobs(self.sheet, actions.jobs)
        self._jobs.run(lambda: actions.load(one.row.person), self._show, self._failed)

    def _failed(self, problem: Problem) -> None:
        self._slot.put(problem_notice(problem, name="person_problem"))
        self.sheet.refit()

    def _show(self, found: PersonFile) -> None:
        parts: list[Part] = [self._sums(found)]
        for title, name, lines in (
            (tr("Kursus selesai"), "person_courses", self._courses(found)),
            (
                trn("Kuis", SEVERAL),
                "person_quizzes",
                [part for one in found.quizzes for part in self._quiz(one)],
            ),
            (tr("Komputer yang dipakai"), "person_pcs", self._pcs(found)),
            (tr("Riwayat kontak"), "person_contacts", self._contacts(found)),
        ):
            inside = lines or [label(tr("Belum ada."), "muted")]
            parts += [line(), holder(column(label(title, "card"), *inside, gap=6), "", name)]
        self._slot.put(holder(column(*parts, None, gap=12)))
        self.sheet.refit()

    def _sums(self, found: PersonFile) -> QWidget:
        hours = tr("{a} JP diakui, {b} menunggu, {c} belum bersumber tahun {tahun}").format(
            a=jp(found.year.recognised),
            b=jp(found.year.waiting),
            c=jp(found.year.claimed),
            tahun=found.year.year if found.span is None else year_name(*found.span),
        )
        last = (
            tr("Belum pernah belajar.")
            if found.last_active is None
            else tr("Terakhir belajar {tgl}.").format(tgl=self._days.long(found.last_active))
        )
        behind = found.stated - found.at_centre
        kept = (
            trn("{n} catatan belum dipastikan pusat.", behind).format(n=number(behind))
            if behind
            else tr("Semua yang sampai di sini sudah diterima pusat.")
        )
        if not found.stated:
            kept = tr("Belum ada data dari orang ini.")
        return holder(
            column(label(hours, "strong", wrap=True), label(f"{last} {kept}", "muted", wrap=True), gap=4),
            "",
            "person_sums",
        )

    def _courses(self, found: PersonFile) -> list[Part]:
        lines: list[Part] = []
        for one in found.courses:
            kind, words = (
                ("ok", tr("Diakui"))
                if one.recognised
                else ("warn", tr("Menunggu"))
                if one.listed
                else ("muted", tr("Belum bersumber"))
            )
            about = tr("{n} JP, selesai {tgl}").format(n=jp(one.jp), tgl=self._days.long(one.at))
            words_of = column(
                Elided(self._actions.title(one.course), "strong"), label(about, "caption"), gap=1
            )
            lines.append(row((words_of, 1), mid(Pill(words, kind)), gap=12))
        return lines

    def _quiz(self, one: Quiz) -> list[Part]:
        standing = one.standing
        head = self._actions.title(standing.activity)
        count = trn("{n} percobaan", standing.attempts).format(n=standing.attempts)
        if standing.limit:
            count = tr("{percobaan}, batas {m}").format(percobaan=count, m=standing.limit)
        kind = "warn" if standing.surplus else "muted"
        lines: list[Part] = [row((Elided(head, "strong"), 1), mid(Pill(count, kind)), gap=12)]
        lines += [self._attempt(attempt) for attempt in one.attempts]
        return lines

    def _attempt(self, one: Attempt) -> QWidget:
        result = tr("belum selesai") if one.score is None else tr("nilai {n}").format(n=score(one.score))
        if one.without:
            numbers = ", ".join(str(question + 1) for question in one.without)
            result = tr("{hasil} tanpa soal {soal}").format(hasil=result, soal=numbers)
        if one.passed:
            result = tr("{hasil}, lulus").format(hasil=result)
        if one.losses:
            cuts = trn("{n} insiden listrik", one.losses).format(n=one.losses)
            result = tr("{hasil}, {insiden}").format(hasil=result, insiden=cuts)
        head = tr("Percobaan {n}: {hasil}, {tgl}, {komputer}").format(
            n=one.number,
            hasil=result,
            tgl=self._days.long(one.at),
            komputer=one.pc or tr("Komputer tanpa nama"),
        )
        told = Slot(f"answers_told_{one.number}")
        show = Button(tr("Lihat jawaban"), "quiet", name=f"answers_{one.number}")

        def turn() -> None:
            if told.held() is None:
                told.put(_answers(one))
                show.set_text(tr("Sembunyikan jawaban"))
            else:
                told.put()
                show.set_text(tr("Lihat jawaban"))
            self.sheet.refit()

        show.clicked.connect(turn)
        return holder(column(row((label(head, wrap=True), 1), mid(show), gap=8), told, gap=6))

    def _pcs(self, found: PersonFile) -> list[Part]:
        return [
            row(
                (label(one.pc or tr("Komputer tanpa nama")), 1),
                label(tr("terakhir {tgl}").format(tgl=self._days.long(one.at)), "muted"),
            )
            for one in found.seen
        ]

    def _contacts(self, found: PersonFile) -> list[Part]:
        return [
            column(
                label(contact_words(one, self._days.year), wrap=True),
                label(state_words(one), "caption"),
                gap=1,
            )
            for one in found.contacts
        ]


def _answers(one: Attempt) -> QWidget:
    """Every answer of an attempt with its seconds; a question that does not count says so."""
    if not one.answers:
        return label(tr("Tidak ada jawaban yang sampai."), "muted")
    grid = QGridLayout()
    grid.setContentsMargins(sp(14), sp(10), sp(14), sp(10))
    grid.setHorizontalSpacing(sp(16))
    grid.setVerticalSpacing(sp(6))
    grid.setColumnStretch(1, 1)
    for at, (question, answer) in enumerate(one.answers.items()):
        seconds = label(trn("{n} detik", answer.seconds).format(n=number(answer.seconds)), "caption")
        words = [label(answer.text or tr("tidak dijawab"), wrap=True)]
        if question in one.without:
            words.append(label(tr("Dibatalkan, tidak dihitung"), "info_caption"))
        cells = (
            label(tr("Soal {n}").format(n=question + 1), "caption_strong"),
            holder(column(*words, gap=1)),
        )
        for place, cell in enumerate((*cells, seconds)):
            grid.addWidget(cell, at, place, Qt.AlignmentFlag.AlignTop)
    parts: list[Part] = [holder(grid, "flat")]
    if one.version and not one.worded:
        about = tr("Paket versi {v} tidak terpasang di komputer ini: jawaban tampil seperti dicatat.")
        parts.insert(0, label(about.format(v=one.version), "caption", wrap=True))
    return holder(column(*parts, gap=6), "", f"answers_of_{one.number}")
