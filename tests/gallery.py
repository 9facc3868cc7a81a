"""Every screen of the shell as a PNG, with invented people: `python -m tests.gallery OUT_DIR [PART_OF_NAME]`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop import language
from desktop.background.jobs import Jobs
from desktop.errors import unknown
from desktop.language import tr
from desktop.screens import style
from desktop.screens.check_sheet import CheckSheet
from desktop.screens.cohort_computers import Computers
from desktop.screens.coordinator_home import CoordinatorHome
from desktop.screens.evidence import Evidence, SessionDeed
from desktop.screens.exchange import Exchange
from desktop.screens.first_run import LATER, FirstRun
from desktop.screens.help import read_help
from desktop.screens.home import Home
from desktop.screens.lock import Lock, LockActions
from desktop.screens.rooms import Room, Who
from desktop.screens.round import Round
from desktop.screens.settings import Settings
from desktop.screens.sign_in import PlaceView, SignIn
from desktop.screens.status_line import Place, StatusView
from desktop.screens.stick_notice import StickNotice
from desktop.screens.visit import Visit
from desktop.screens.window import Window, WindowActions
from tests.fakes import people_at_work as office
from tests.fakes import round_of_the_stick as tour
from tests.gallery_quizzes import draw_more

CHANGE, ANSWER = SessionDeed.CHANGE, SessionDeed.ANSWER
FORMS = {
    "": ("light", 1.0, "id", 1366, 768),
    "-gelap": ("dark", 1.0, "id", 1366, 768),
    "-kontras": ("contrast", 1.0, "id", 1366, 768),
    "-en": ("light", 1.0, "en", 1366, 768),
    "-125": ("light", 1.0, "id", 1093, 614),
    "-200": ("light", 2.0, "id", 1366, 768),
}
NAMES = (
    "Rahel",
    "Yosina",
    "Agustinus",
    "Dorkas",
    "Frengki",
    "Maria",
    "Goreti",
    "Hengki",
    "Kristina",
    "Bernadus",
)


class Studio:
    """One process draws one form: Qt takes its scale factor once."""

    def __init__(self, out: Path, form: str, only: str) -> None:
        theme, scale, speech, wide, high = FORMS[form]
        self.out, self.form, self.only = out, form, only
        self.app = QApplication([])
        language.use(speech)
        style.apply(self.app, style.Theme(theme), scale)
        self.jobs = Jobs()
        nothing = office.nothing
        self.window = Window(WindowActions(nothing, nothing, read_help, lambda: False, nothing))
        self.window.resize(wide, high)
        self.window.show()

    def settle(self) -> None:
        for _ in range(400):
            self.app.processEvents()
            if self.jobs.idle():
                break
            QTest.qWait(5)
        for _ in range(6):
            self.app.processEvents()

    def save(self, name: str) -> None:
        self.settle()
        self.window.grab().save(str(self.out / f"{name}{self.form}.png"))

    def wanted(self, name: str) -> bool:
        return self.only in name

    def alone(self, name: str, build: Callable, then: Callable = office.nothing) -> None:
        if self.wanted(name):
            screen = self.window.show_alone(build)
            self.settle()
            then(screen)
            self.save(name)

    def rooms(self, home: Callable[[], QWidget], *, desk: bool = False) -> Callable:
        jobs = self.jobs

        def plan() -> list[Room]:
            made = [
                Room("home", tr("Beranda"), "home", home),
                Room("learn", tr("Belajar"), "book", lambda: Home(office.home(jobs))),
                Room("evidence", tr("Bukti & JP"), "award", lambda: Evidence(office.evidence(jobs))),
                Room("exchange", tr("Kirim & terima"), "exchange", lambda: Exchange(office.exchange(jobs))),
                Room(
                    "settings", tr("Setelan"), "gear", lambda: Settings(office.settings(jobs)), on_rail=False
                ),
            ]
            return [*made, Room("office", tr("Kantor"), "office", home)] if desk else made

        return plan

    # --- what is drawn -----------------------------------------------------------------------------------

    def doors(self) -> None:
        jobs = self.jobs
        self.alone("01-siapkan", lambda: FirstRun(office.first_run(jobs)))
        self.alone("01-siapkan-kosong", lambda: FirstRun(office.first_run(jobs, None)))
        self.alone(
            "01-siapkan-nanti", lambda: FirstRun(office.first_run(jobs, None)), lambda s: s.choose(LATER)
        )
        door = lambda **more: SignIn(replace(office.sign_in(jobs), **more))  # noqa: E731
        self.alone("02-masuk", door)
        self.alone("02-masuk-salah", door, self._wrong)
        self.alone("02-masuk-tunggu", door, lambda _s: self._card().hold(270))
        self.alone("02-masuk-lupa", door, lambda _s: self.window.findChild(QWidget, "forgot_pin").click())
        self.alone("02-masuk-pertama", lambda: door(tiles=tuple))
        many = tuple(
            office.TileView(bytes([n]) * 16, name, name[:2].upper(), "kemarin")
            for n, name in enumerate(NAMES, 1)
        )
        self.alone("02-masuk-banyak", lambda: door(tiles=lambda: many))
        self.alone("03-orang-baru", door, self._newcomer)
        self.alone("03-tanpa-nip", door, lambda s: self._types(s.show_guest, "guest_code", "7k2m-4qxd-90ht"))
        lock = LockActions(
            lambda: office.TILES[0],
            lambda: PlaceView("PC Loket 1", "Kantor Distrik Waropko, WIT"),
            office.wrong_pin,
            office.nothing,
            office.nothing,
            office.calm_look(),
            jobs,
            office.nothing,
        )
        self.alone("04-kunci", lambda: Lock(lock))

    def _card(self):
        return self.window.findChild(QWidget, "pin_card")

    def _wrong(self, _screen: QWidget) -> None:
        self._card().field.setText("111222")
        self._card().submit()
        QTest.qWait(50)

    def _newcomer(self, screen: SignIn) -> None:
        self._types(screen.show_form, "nip", "198609262015051001")
        QTest.keyClicks(self.window.findChild(QWidget, "birth"), "26-09-1987")

    def _types(self, show: Callable[[], None], name: str, text: str) -> None:
        show()
        QTest.keyClicks(self.window.findChild(QWidget, name), text)
        self.settle()

    def learner(self) -> None:
        homes = {"": office.HOME, "-kosong": office.EMPTY_HOME, "-panjang": office.LONG_HOME}
        for name, view in homes.items():
            if self.wanted(f"05-beranda{name}"):
                home = lambda view=view: Home(office.home(self.jobs, view))  # noqa: E731
                self.window.enter(Who("Rahel", "RM"), self.rooms(home))
                self.window.show_status(StatusView(Place.PC, 3, None, "PC Loket 1"))
                self.save(f"05-beranda{name}")
        self.window.enter(Who("Rahel", "RM"), self.rooms(lambda: Home(office.home(self.jobs))))
        self.window.show_status(StatusView(Place.PC, 3, None, "PC Loket 1"))
        for name, room in (("07-bukti", "evidence"), ("08-kirim", "exchange"), ("09-setelan", "settings")):
            if self.wanted(name):
                self.window.go(room)
                self.save(name)

    def roads(self) -> None:
        views = {"koordinator": office.HELD, "jalan": office.SENDING, "batas": office.LIMITED,
                 "baru": office.NEWCOMER}  # fmt: skip
        for name, view in views.items():
            if self.wanted(f"08-kirim-{name}"):
                room = Room(
                    "exchange", tr("Kirim & terima"), "exchange",
                    lambda view=view: Exchange(office.exchange(self.jobs, view)),
                )  # fmt: skip
                self.window.enter(Who("Rahel", "RM"), lambda room=room: [room], "exchange")
                place = Place.COORDINATOR if view.held else Place.PC
                self.window.show_status(StatusView(place, 3, view.held_since, "PC Loket 1", view.online))
                self.save(f"08-kirim-{name}")

    def networks(self) -> None:
        for name, hub in (("hub", office.HUB), ("hub-nyala", replace(office.HUB, serving=True,
                          address="192.168.1.14:8751"))):  # fmt: skip
            if self.wanted(f"09-setelan-{name}"):
                room = Room(
                    "settings", tr("Setelan"), "gear",
                    lambda hub=hub: Settings(office.settings(self.jobs, hub=hub)),
                )  # fmt: skip
                self.window.enter(Who("Yosina", "YK"), lambda room=room: [room], "settings")
                self.settle()
                area = self.window.findChild(QWidget, "settings_scroll")
                area.verticalScrollBar().setValue(330)
                self.save(f"09-setelan-{name}")
        if self.wanted("09-setelan-kode"):
            room = Room("settings", tr("Setelan"), "gear", lambda: Settings(office.settings(self.jobs)))
            self.window.enter(Who("Yosina", "YK"), lambda: [room], "settings")
            self.settle()
            self.window.findChild(QWidget, "use_code").click()
            self.save("09-setelan-kode")
            self.window.findChild(QWidget, "office_code").setText("K7QM 2XPA 9RTD")
            self.window.findChild(QWidget, "office_code_pin").setText("246810")
            self.window.findChild(QWidget, "office_code_go").click()
            self.save("09-setelan-kode-lain")

    def papers(self) -> None:
        made = {
            "07-bukti-sertifikat": lambda: office.proof_sheet(self.window, office.proofs(self.jobs)),
            "07-bukti-sementara": lambda: office.proof_sheet(
                self.window, office.proofs(self.jobs, number="")
            ),
            "07-bukti-periksa": lambda: CheckSheet(self.window, office.checks(self.jobs)),
            "07-bukti-pelatihan": lambda: office.evidence(self.jobs).training(self.window, "seminar"),
            "07-bukti-sesi": lambda: office.evidence(self.jobs).session(self.window, CHANGE, "ef"),
            "07-bukti-jawab": lambda: office.evidence(self.jobs).session(self.window, ANSWER, "ab"),
            "07-bukti-refleksi": lambda: office.evidence(self.jobs).reflect(self.window, 2026),
        }
        for name, sheet in made.items():
            if self.wanted(name):
                self.window.go("evidence")
                self.settle()
                shown = sheet()
                self.settle()
                if isinstance(shown, CheckSheet):
                    self.window.findChild(QWidget, "check_text").setText("SULUH1:TMBJA5DINFXG")
                    self.window.findChild(QWidget, "check_go").click()
                self.save(name)

    def over(self) -> None:
        self.window.go("home")
        self.settle()
        if self.wanted("10-bantuan"):
            self.window.help()
            self.save("10-bantuan")
            self.window.go("home")
        if self.wanted("11-fokus"):
            self.window.next_area()
            self.window.say(tr("Catatan dihapus"), lambda: None)
            self.window.presence.warned.emit(30)
            self.save("11-fokus")
        if self.wanted("12-masalah"):
            self.window.problem(unknown("A41F09", "Traceback"), lambda: None)
            self.save("12-masalah")
            self.window.go("home")

    def visits(self) -> None:
        self.window.show_alone(lambda: SignIn(office.sign_in(self.jobs)))
        offers = {"": (), "-baru": (tour.NEW,), "-ambil": (tour.OURS,), "-panjang": (tour.LONG,),
                  "-lain": (tour.FOREIGN,), "-penuh": (tour.FULL,), "-terkunci": (tour.READ_ONLY,)}  # fmt: skip
        for name, sticks in offers.items():
            self.visit(f"13-tukar{name}", tour.Drive(*sticks))
        for name, step in {
            "salin": tour.COPYING,
            "periksa": tour.CHECKING,
            "pasang": tour.INSTALLING,
        }.items():
            drive = tour.Drive(tour.OURS)
            drive.steps = (step,)
            self.visit(f"14-tukar-{name}", drive, work=True)
        self.visit("15-tukar-selesai", tour.Drive(tour.OURS), work=True, end=True)
        pulled, stopped = tour.Drive(tour.OURS), tour.Drive(tour.OURS)
        pulled.fault = tour.PULLED
        self.visit("15-tukar-tercabut", pulled, work=True, end=True)
        self.visit("15-tukar-batal", stopped, work=True, end=True, stop=True)
        if self.wanted("16-tukar-terlihat"):
            notice = StickNotice(self.window, "SANDISK BIRU", office.nothing)
            self.save("16-tukar-terlihat")
            notice.hide()

    def rounds(self) -> None:
        for name, view in tour.ROUNDS.items():
            if self.wanted(f"17-putaran-{name}"):
                self.round(f"17-putaran-{name}", tour.Desk(view))
        for name, key, step in (("gabung", "gabung", tour.MERGING), ("kirim", "pusat", tour.SENDING)):
            if self.wanted(f"18-putaran-jalan-{name}"):
                desk = tour.Desk(tour.ROUNDS[key])
                desk.steps = (step,)
                self.round(f"18-putaran-jalan-{name}", desk, go=True)
        if self.wanted("18-putaran-hilang"):
            self.round("", tour.Desk())
            self.window.findChild(QWidget, "report_lost").click()
            self.save("18-putaran-hilang")
            self.window.findChild(QWidget, "loss_cancel").click()
        if self.wanted("18-putaran-masalah"):
            desk = tour.Desk(tour.ROUNDS["gabung"])
            desk.fault = tour.PULLED
            desk.go.set()
            self.round("", desk)
            self.window.findChild(QWidget, "round_go").click()
            self.save("18-putaran-masalah")

    def round(self, name: str, desk: tour.Desk, *, go: bool = False) -> None:
        room = Room("exchange", tr("Kirim & terima"), "exchange", lambda: Round(desk.actions(self.jobs)))
        plan = self.rooms(QWidget, desk=True)

        def rooms() -> list[Room]:
            return [room if one.name == "exchange" else one for one in plan()]

        self.window.enter(Who("Yosina", "YK"), rooms, "exchange")
        self.window.show_status(StatusView(Place.PC, 3, None, "PC Sekretariat"))
        self.settle()
        if go:
            self.window.findChild(QWidget, "round_go").click()
            QTest.qWait(80)
        for _ in range(4):
            self.app.processEvents()
        if name:
            self.window.grab().save(str(self.out / f"{name}{self.form}.png"))
        desk.go.set()
        self.settle()

    def visit(self, name, drive, *, work=False, end=False, stop=False) -> None:
        if not self.wanted(name):
            return
        flow = Visit(self.window, drive.actions(), self.jobs)
        flow.start()
        self.settle()
        if work:
            flow.exchange(tour.OURS)
            QTest.qWait(80)
        if stop:
            self.window.findChild(QWidget, "visit_stop").click()
        if end:
            drive.go.set()
            self.settle()
        for _ in range(4):
            self.app.processEvents()
        self.window.grab().save(str(self.out / f"{name}{self.form}.png"))
        drive.go.set()
        self.settle()
        flow._dismiss()

    def coordinator(self) -> None:
        if self.wanted("06-beranda-koordinator"):
            home = lambda: CoordinatorHome(office.coordinator(self.jobs))  # noqa: E731
            self.window.enter(Who("Yosina", "YK"), self.rooms(home, desk=True))
            self.window.show_status(StatusView(Place.CENTRE, 0, office.TODAY, "PC Sekretariat", online=True))
            self.save("06-beranda-koordinator")

    def computers(self) -> None:
        if self.wanted("19-kantor-komputer"):
            room = Room("office", tr("Kantor"), "office", lambda: Computers(tour.computers(self.jobs)))
            self.window.enter(Who("Yosina", "YK"), lambda: [room], "office")
            self.window.show_status(StatusView(Place.CENTRE, 0, office.TODAY, "PC Sekretariat", online=True))
            self.save("19-kantor-komputer")

    def draw(self) -> None:
        self.doors()
        self.visits()
        self.rounds()
        draw_more(self)
        self.coordinator()
        self.computers()
        self.roads()
        self.networks()
        self.learner()
        self.papers()
        self.over()
        self.jobs.close()


def main() -> int:
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    only = sys.argv[2] if len(sys.argv) > 2 else ""
    if (form := os.environ.get("SULUH_GALLERY_FORM")) is not None:
        Studio(out, form, only).draw()
        return 0
    for each in sys.argv[3].split(",") if len(sys.argv) > 3 else FORMS:
        scale = "1.25" if each == "-125" else "1"
        given = os.environ | {
            "QT_QPA_PLATFORM": "offscreen",
            "QT_SCALE_FACTOR": scale,
            "SULUH_GALLERY_FORM": each,
        }
        done = subprocess.run([sys.executable, "-m", "tests.gallery", str(out), only], env=given, check=False)
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
