"""Setelan, this PC and its office: the name, the office file, and a code typed after signing up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.language import tr
from desktop.screens.arrange import TOP, Part, column, holder, line, mid, row
from desktop.screens.button import Button
from desktop.screens.code_sheet import CodeSheet, Use
from desktop.screens.field import Asked, Field
from desktop.screens.first_run import OfficePreview
from desktop.screens.icons import Icon
from desktop.screens.notice import notice, problem_notice
from desktop.screens.screen_jobs import ScreenJobs
from desktop.screens.slot import Slot
from desktop.screens.text import Elided, label


@dataclass(frozen=True, slots=True)
class OfficeActions:
    """`inspect` runs as a job, `set_pc` and `adopt` in the writer's lane; `use_code` runs by itself."""

    set_pc: Callable[[str], None]
    choose: Callable[[QWidget], str]
    inspect: Callable[[str], OfficePreview]
    adopt: Callable[[OfficePreview], None]
    use_code: Use


class OfficeCard(QFrame):
    """What this PC is called, which office it belongs to, and the ways in."""

    def __init__(
        self,
        actions: OfficeActions,
        pc: str,
        office: OfficePreview | None,
        reload: Callable[[], None],
        say: Callable[[str], None],
        jobs: Jobs,
    ) -> None:
        super().__init__()
        self.setProperty("f", "card")
        self._actions, self._reload, self._say, self._jobs = actions, reload, say, ScreenJobs(self, jobs)
        name = Field(name="settings_pc", words=tr("Nama komputer ini"), width=320)
        self._pc = Asked(tr("Nama komputer ini"), name)
        self._slot = Slot("office_slot")
        name.setText(pc)
        name.setMaxLength(40)
        name.returnPressed.connect(self._save_pc)
        save = Button(tr("Simpan"), name="save_pc")
        save.clicked.connect(self._save_pc)
        put = Button(tr("Pasang berkas kantor…"), "plain", "install", name="put_office")
        put.clicked.connect(self._choose)
        buttons: list[Part] = [put]
        if office is not None:
            code = Button(tr("Pakai kode…"), "plain", "key", name="use_code")
            code.clicked.connect(lambda: CodeSheet(self.window(), actions.use_code))
            buttons.append(code)
        self.setLayout(
            column(
                label(tr("Komputer dan kantor"), "card"),
                row(self._pc, (holder(column(25, save, gap=0)), 0, TOP), None, gap=8),
                line(),
                *_told(office),
                self._slot,
                row(*buttons, None, gap=8),
                gap=12,
                margins=(20, 16, 20, 16),
            )
        )

    def _save_pc(self) -> None:
        name = " ".join(self._pc.field.text().split())
        if not name:
            self._pc.advise(tr("Beri nama komputer ini, misalnya PC Loket 1."), "bad")
            return
        self._pc.advise()
        self._jobs.write(
            lambda: self._actions.set_pc(name),
            lambda _none: self._say(tr("Nama komputer disimpan")),
            lambda problem: self._pc.advise(f"{problem.title} {problem.advice}".strip(), "bad"),
        )

    def _choose(self) -> None:
        path = self._actions.choose(self)
        if path:
            self._jobs.run(lambda: self._actions.inspect(path), self._offer, self._refused)

    def _offer(self, office: OfficePreview) -> None:
        yes = Button(tr("Pakai kantor ini"), "main", name="adopt_office")
        yes.clicked.connect(lambda: self._adopt(office))
        words = tr("Kantor: {kantor}{zona}. Koordinator: {nama}").format(
            kantor=office.name, zona=f", {office.zone}" if office.zone else "", nama=office.coordinator
        )
        self._slot.put(
            notice(
                "ok",
                words,
                tr("Sidik kunci pusat: {angka}").format(angka=office.fingerprint),
                yes,
                name="office_offer",
            )
        )

    def _adopt(self, office: OfficePreview) -> None:
        self._jobs.write(lambda: self._actions.adopt(office), self._adopted, self._refused)

    def _adopted(self, _none: None) -> None:
        self._slot.put()
        self._say(tr("Berkas kantor dipasang"))
        self._reload()

    def _refused(self, problem: Problem) -> None:
        self._slot.put(problem_notice(problem, name="office_problem"))


def _told(office: OfficePreview | None) -> tuple[Part, ...]:
    """Say which office this is, or that there is none yet."""
    if office is None:
        words = tr("Komputer ini belum bergabung dengan kantor. Hasil belajar menunggu di sini.")
        return (label(words, wrap=True),)
    zone = f", {office.zone}" if office.zone else ""
    return (
        row(mid(Icon("office", "primary", 24)), mid(Elided(f"{office.name}{zone}", "strong"), 1), gap=12),
        label(tr("Koordinator: {nama}").format(nama=office.coordinator), "muted", wrap=True),
        label(tr("Sidik kunci pusat: {angka}").format(angka=office.fingerprint), "muted", wrap=True),
    )
