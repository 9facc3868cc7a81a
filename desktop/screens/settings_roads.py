"""Setelan of the roads: how much data a month may cost, and the office's hub on its own network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtWidgets import QFrame, QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.language import tr
from desktop.screens.arrange import column, holder, mid, row
from desktop.screens.button import Button
from desktop.screens.card import card
from desktop.screens.choice import Check, Combo
from desktop.screens.field import Asked, Field
from desktop.screens.notice import notice, problem_notice
from desktop.screens.screen_jobs import ScreenJobs
from desktop.screens.slot import Slot
from desktop.screens.style import look, sp
from desktop.screens.text import label

LIMITS = (0, 10, 25, 50, 100, 250, 500, 1000)
"""MB a month that are offered; 0 is no limit."""


@dataclass(frozen=True, slots=True)
class HubView:
    """The hub as it is seen from this PC.

    `may_serve`: whoever is signed in may switch it on here. `serving` while it is switched on, `starting`
    until it listens at `address`. `typed` was set by hand, `found` answered by itself.
    """

    may_serve: bool = False
    serving: bool = False
    starting: bool = False
    address: str = ""
    typed: str = ""
    found: str = ""
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class HubActions:
    """`load` runs as a job, `set_hub` in the writer's lane; `serve` returns at once.

    `changed` is a signal that carries a HubView whenever the hub of this PC comes, goes or fails.
    """

    load: Callable[[], HubView]
    serve: Callable[[bool], None]
    set_hub: Callable[[str], None]
    changed: SignalInstance


@dataclass(frozen=True, slots=True)
class RoadActions:
    """`set_limit` runs in the writer's lane; `hub` is None where this PC has no office with a hub."""

    set_limit: Callable[[int], None]
    say: Callable[[str], None]
    jobs: Jobs
    hub: HubActions | None = None


def limit_card(limit: int, actions: RoadActions) -> QFrame:
    """How many MB a month may go by themselves."""
    offered = sorted({*LIMITS, limit})
    combo = Combo(
        [(str(each), tr("{n} MB").format(n=each) if each else tr("Tanpa batas")) for each in offered],
        name="settings_limit",
        words=tr("Batas data sebulan"),
        width=220,
    )
    combo.choose(str(limit))

    def chosen() -> None:
        megabytes = int(combo.value())
        said = tr("Batas data sebulan disimpan")
        actions.jobs.write(
            lambda: actions.set_limit(megabytes), lambda _none: actions.say(said), lambda _problem: None
        )

    combo.activated.connect(lambda _at: chosen())
    name = label(tr("Batas data sebulan"))
    name.setMinimumWidth(sp(240))
    line: QWidget = (
        holder(column(name, row(combo, None), gap=4))
        if look().scale > 1.3
        else holder(row(mid(name), mid(combo), None, gap=16))
    )
    about = tr(
        "Sesudah batas tercapai, data tidak dikirim sendiri sampai bulan depan. "
        "Kirim sekarang, flashdisk, dan jaringan kantor tetap bisa."
    )
    made = card(label(tr("Pemakaian data"), "card"), line, label(about, "caption", wrap=True), gap=12)
    made.setObjectName("limit_card")
    return made


class HubCard(QFrame):
    """The office's own network: where the hub is, and for coordinators a switch to be it."""

    def __init__(self, actions: HubActions, say: Callable[[str], None], jobs: Jobs) -> None:
        super().__init__()
        self.setProperty("f", "card")
        self.setObjectName("hub_card")
        self.setAccessibleName(tr("Jaringan kantor"))
        self._actions, self._say, self._jobs = actions, say, ScreenJobs(self, jobs)
        self._slot = Slot("hub_slot")
        self._told = Slot("hub_told")
        self._field = Asked(tr("Alamat hub"), Field(name="hub", words=tr("Alamat hub"), hint="192.168.1.10"))
        self._field.field.returnPressed.connect(self._save)
        save = Button(tr("Simpan"), name="save_hub")
        save.clicked.connect(self._save)
        about = tr(
            "Hub ialah satu komputer di kantor ini yang menerima hasil dari komputer lain lewat jaringan "
            "kantor, tanpa internet. Isinya tetap terkunci bagi hub."
        )
        under = Qt.AlignmentFlag.AlignTop
        self._typed = holder(row((self._field, 1), (holder(column(25, save, gap=0)), 0, under), gap=8))
        self.setLayout(
            column(
                label(tr("Jaringan kantor"), "card"),
                label(about, "muted", wrap=True),
                self._slot,
                self._told,
                self._typed,
                gap=10,
                margins=(20, 16, 20, 16),
            )
        )
        self._jobs.run(actions.load, self._show, self._failed)
        actions.changed.connect(self._show)

    def _show(self, view: HubView) -> None:
        if not self._field.field.hasFocus():
            self._field.field.setText(view.typed)
        found = (
            tr("Ditemukan sendiri: {alamat}").format(alamat=view.found)
            if view.found
            else tr("Kosongkan agar hub dicari sendiri.")
        )
        self._field.advise(found)
        self._typed.setVisible(not view.serving)
        self._switch_for(view)
        self._say_how(view)

    def _switch_for(self, view: HubView) -> None:
        held = self._slot.findChild(Check, "serve_hub")
        if not view.may_serve:
            self._slot.put()
        elif held is None:
            switch = Check(tr("Jadikan komputer ini hub kantor"), name="serve_hub", on=view.serving)
            switch.toggled.connect(self._actions.serve)
            self._slot.put(holder(row(switch, None)))
        else:
            held.blockSignals(True)
            held.setChecked(view.serving)
            held.blockSignals(False)

    def _say_how(self, view: HubView) -> None:
        if view.problem is not None:
            self._told.put(problem_notice(view.problem, name="hub_problem"))
        elif view.starting:
            self._told.put(notice("info", tr("Menyalakan hub…"), icon="lan", name="hub_waiting"))
        elif view.serving:
            words = tr("Hub kantor menyala di {alamat}").format(alamat=view.address)
            about = tr(
                "Biarkan komputer ini menyala. Komputer lain menemukannya sendiri; "
                "bila tidak, ketik alamat ini di sana."
            )
            self._told.put(notice("ok", words, about, icon="lan", name="hub_on"))
        else:
            self._told.put()

    def _failed(self, problem: Problem) -> None:
        self._told.put(problem_notice(problem, name="hub_problem"))

    def _save(self) -> None:
        address = self._field.field.text().strip()
        self._jobs.write(lambda: self._actions.set_hub(address), lambda _none: self._saved(), self._failed)

    def _saved(self) -> None:
        self._say(tr("Alamat hub disimpan"))
        self._jobs.run(self._actions.load, self._show, self._failed)
