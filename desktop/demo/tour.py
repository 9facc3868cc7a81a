"""The whole road through the real window: first run, study without and with network, two PCs, the report."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.app.application import Application
from desktop.demo.packs import PUBLIC_SERVICE, SECURITY
from desktop.demo.people import COORDINATOR, LEARNERS, PIN, Invented
from desktop.demo.pilot import Pilot
from desktop.demo.scholar import answer_shown
from desktop.demo.ways import Ways
from desktop.demo.world import FIRST_PC, SECOND_PC, THIRD_PC, World
from desktop.language import SEVERAL, tr, trn
from sync.packs.outline import ActivityKind

DORCE = LEARNERS[1]
SIZE = (1366, 768)
"""The screen of an old office PC in its own px; QT_SCALE_FACTOR=1.25 shows it as Windows at 125 % does."""


@dataclass(frozen=True, slots=True)
class Sync:
    """One exchange of the tour: what it moved and what it cost, as the window's own counters tell."""

    step: str
    statements: int
    deliveries: int
    requests: int
    sent_bytes: int
    received_bytes: int


class Tour:
    """Walks the road and keeps pictures and figures. `tell` prints a step when it is done."""

    def __init__(self, qt: QApplication, world: World, out: Path, tell: Callable[[str], None]) -> None:
        self._qt, self._world, self._out, self._tell = qt, world, out, tell
        self._pictures = 0
        self.syncs: list[Sync] = []
        self.hashes: dict[str, str] = {}
        self.app: Application
        self.pilot: Pilot
        self._ways: Ways

    def walk(self) -> None:
        """Go the whole road."""
        self._first_pc()
        self._second_pc_before()
        self._coordinator()
        self._second_pc_after()

    def syncs_as_data(self) -> list[dict[str, Any]]:
        """The exchanges, for report.json."""
        return [asdict(one) for one in self.syncs]

    # --- PC 1: from nothing to a finished course ---------------------------------------------------------

    def _first_pc(self) -> None:
        with self._at(FIRST_PC):
            pilot = self.pilot
            pilot.wait("office_card")
            self._shot("siapkan-komputer")
            pilot.write("pc_name", FIRST_PC)
            pilot.click("prepare")
            pilot.wait("tile_other")
            self._shot("masuk")
            self._sign_up(DORCE, self._world.codes[DORCE.nip])
            self._step("Komputer disiapkan, orang baru masuk tanpa internet", "beranda-awal")
            self._world.centre.stop()
            self._install()
            self._read()
            self._watch()
            self._quiz_once()
            self._go("home", "resume")
            self._step("Belajar tanpa internet: membaca, menonton, kuis", "beranda-tanpa-internet")
            self._finish(SECURITY)
            self._go("evidence", "jp_bar")
            self._step("Kursus kedua selesai tanpa internet", "bukti-jp-menunggu")
            self._world.centre.start(self._world.port)
            self._send("internet kembali")
            self._step("Semua dikirim dalam satu kali sambungan", "kirim-terima")
            self._go("home", "resume")
            self._shot("beranda-diakui")
            self._looks()
            self._lock()

    def _sign_up(self, person: Invented, code: str) -> None:
        pilot = self.pilot
        pilot.click("tile_other")
        pilot.write("nip", person.nip)
        pilot.key(Qt.Key.Key_Return)
        pilot.write("birth", person.birth.strftime("%d-%m-%Y"))
        pilot.key(Qt.Key.Key_Return)
        if code:
            pilot.write("enrolment_code", code)
        pilot.write("nickname", person.nickname)
        pilot.write("pin_new", PIN)
        pilot.write("pin_again", PIN)
        self._shot("orang-baru")
        pilot.click("sign_up")
        pilot.wait("rail_home")
        self._rest()

    def _install(self) -> None:
        pilot = self.pilot
        for number, course in enumerate((SECURITY, PUBLIC_SERVICE)):
            self._go("learn", "library" if number else "installFirst")
            pilot.click("installPack" if number else "installFirst")
            pilot.click(f"found{number}")
            pilot.wait("confirmInstall")
            if number:
                self._shot("pasang-paket")
            pilot.click("confirmInstall")
            pilot.wait(f"open_{course}")
            self._rest()
        self._step("Dua paket dipasang dari flashdisk, diperiksa sampai berkas terakhir", "belajar")

    def _read(self) -> None:
        pilot = self.pilot
        pilot.click(f"outline_{PUBLIC_SERVICE}")
        pilot.wait("resumeCourse")
        self._shot("isi-modul")
        self._open(f"{PUBLIC_SERVICE}/m1/mulai")
        self._shot("baca")
        self._pages(f"{PUBLIC_SERVICE}/m1/mulai")
        self._tell("Membaca sampai selesai")

    def _watch(self) -> None:
        film = next(key for key, kind in self._ways.activities(PUBLIC_SERVICE) if kind is ActivityKind.VIDEO)
        self._open(film)
        pilot = self.pilot
        pilot.click("play")
        pilot.until(lambda: self._playing_for(3), "a moving picture")
        self._shot("video")
        pilot.click("play")
        paper = next(
            (key for key, kind in self._ways.activities(PUBLIC_SERVICE) if kind is ActivityKind.PDF), None
        )
        if paper is not None:
            self._open(paper)
            self._shot("pdf")

    def _playing_for(self, seconds: float) -> bool:
        from desktop.screens.media import Media  # noqa: PLC0415 - QtMultimedia, when it is used

        found = self.pilot.find(Media)
        return found is not None and found.second() >= seconds

    def _quiz_once(self) -> None:
        key = f"{PUBLIC_SERVICE}/m1/kuis"
        self._open(key)
        self._shot("kuis-aturan")
        self._quiz(key, wrong=1, picture="kuis")
        self._shot("kuis-hasil")

    # --- PC 2: the same learner elsewhere ----------------------------------------------------------------

    def _second_pc_before(self) -> None:
        with self._at(SECOND_PC):
            self.pilot.wait("tile_other")
            self._shot("masuk-dua-orang")
            self._sign_up(DORCE, "")
            self._go("learn", f"outline_{PUBLIC_SERVICE}")
            self._open(f"{PUBLIC_SERVICE}/m1/asas-hak")
            self._pages(f"{PUBLIC_SERVICE}/m1/asas-hak")
            self._send("komputer kedua, belum disahkan")
            self._step("Orang yang sama belajar di komputer kedua", "komputer-kedua")

    def _second_pc_after(self) -> None:
        for name in (SECOND_PC, FIRST_PC):
            with self._at(name):
                self._sign_in(DORCE)
                self._send(f"sesudah disahkan, {name}")
                self._go("home", "resume")
                session = self.app.session
                if session is not None:
                    self.hashes[name] = session.profile.standing().state_hash.hex()
                self._step(f"Kemajuan digabung di {name}", f"beranda-gabungan-{name[-1]}")

    # --- PC 3: the coordinator ---------------------------------------------------------------------------

    def _coordinator(self) -> None:
        with self._at(THIRD_PC):
            pilot = self.pilot
            self._sign_in(COORDINATOR)
            self._send("koordinator")
            self._go("home", "next_step")
            self._shot("beranda-koordinator")
            pilot.click("rail_office")
            pilot.wait("cohort_search")
            self._step("Koordinator melihat kemajuan kantornya", "kantor-peserta")
            pilot.click("chip_silent")
            self._rest()
            self._shot("kantor-belum-ada-data")
            pilot.click("chip_all")
            for words, name in (
                (tr("Tindak lanjut"), "kantor-tindak-lanjut"),
                (trn("Komputer", SEVERAL), "kantor-komputer"),
                (tr("Laporan"), "kantor-laporan"),
            ):
                self._tab(words)
                self._shot(name)
            self._tab(tr("Akun & PIN"))
            pilot.wait("vouch_0")
            self._shot("kantor-akun")
            pilot.click("vouch_0")
            pilot.wait("vouch_confirm")
            self._shot("kantor-sahkan")
            pilot.click("vouch_confirm")
            pilot.until(lambda: pilot.see("vouch_sheet") is None, "the sheet to close")
            self._rest()
            self._send("pengesahan")
            self._step("Profil komputer kedua disahkan", "kirim-terima-koordinator")

    def _tab(self, words: str) -> None:
        from PySide6.QtTest import QTest  # noqa: PLC0415 - a tab is no widget of its own
        from PySide6.QtWidgets import QTabBar  # noqa: PLC0415 - as above

        bar = self.pilot.wait("office_tabs")
        if isinstance(bar, QTabBar):
            said = [bar.tabText(at).replace("&&", "&") for at in range(bar.count())]
            place = bar.tabRect(said.index(words)).center()
            QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=place)
        self._rest()

    # --- what is done more than once ---------------------------------------------------------------------

    def _sign_in(self, person: Invented) -> None:
        pilot = self.pilot
        pilot.wait("tile_other")
        letters = "".join(part[0] for part in (person.name.split()[0], person.name.split()[-1]))
        pilot.click(f"tile_{letters.upper()}")
        pilot.write("pin", PIN)
        pilot.click("sign_in")
        pilot.wait("rail_home")
        self._rest()

    def _finish(self, course: str) -> None:
        """Go through a whole course."""
        for key, kind in self._ways.activities(course):
            self._open(key)
            if kind is ActivityKind.QUIZ:
                self._quiz(key, wrong=0)
            else:
                self._pages(key)

    def _pages(self, key: str) -> None:
        """Read an activity to its end, as Space does: down the page, to the next one, to what follows."""
        for _ in range(200):
            self.pilot.key(Qt.Key.Key_Space)
            self._rest()
            if self._ways.place().activity != key:
                return
        raise RuntimeError(key)

    def _quiz(self, key: str, *, wrong: int, picture: str = "") -> None:
        pilot, quiz = self.pilot, self._ways.quiz(key)
        pilot.click("startQuiz")
        pilot.wait("questionText")
        for at in range(len(quiz.questions)):
            self._rest()
            answer_shown(pilot, quiz, right=at >= wrong)
            self._rest()
            if picture and at == len(quiz.questions) // 2:
                self._shot(picture)
            if at + 1 < len(quiz.questions):
                pilot.click("nextQuestion")
        pilot.click("handIn")
        pilot.click("confirmHandIn")
        pilot.wait("quizResult")
        self._rest()

    def _send(self, step: str) -> None:
        """*Kirim sekarang*, and wait until nothing waits any more."""
        session = self.app.session
        if session is None:
            raise RuntimeError("nobody is signed in")
        cycle = session.road.cycle
        before, held = cycle.totals, session.profile.unsent()
        self._go("exchange", "send_now" if session.desk is None else "own_work")
        if session.desk is not None:  # a coordinator's own work lies behind the office's round
            self._shot("putaran")
            self.pilot.click("own_work")
        self.pilot.click("send_now")
        self.pilot.until(
            lambda: not cycle.busy and cycle.totals != before and not session.profile.unsent(), "the centre"
        )
        self._rest()
        after = cycle.totals
        self.syncs.append(
            Sync(
                step,
                held,
                after.deliveries - before.deliveries,
                after.requests - before.requests,
                after.sent_bytes - before.sent_bytes,
                after.received_bytes - before.received_bytes,
            )
        )

    def _looks(self) -> None:
        """The same place at night, in high contrast and in English."""
        pilot = self.pilot
        self._ways.settings()
        self._shot("setelan")
        pilot.click("theme_dark")
        pilot.wait("theme_light")
        self._go("home", "resume")
        self._shot("beranda-gelap")
        self._ways.settings()
        pilot.click("theme_contrast")
        pilot.wait("theme_light")
        self._go("home", "resume")
        self._shot("beranda-kontras")
        self._ways.settings()
        pilot.click("theme_light")
        self._go("home", "resume")
        pilot.key(Qt.Key.Key_F1)
        self._rest()
        self._shot("bantuan")
        pilot.key(Qt.Key.Key_Escape)
        self._rest()

    def _lock(self) -> None:
        self._ways.stay_away()
        self._shot("kunci-layar")
        self.pilot.write("pin", PIN)
        self.pilot.click("sign_in")
        self.pilot.wait("rail_home")

    def _open(self, key: str) -> None:
        """Open an activity, from wherever one is."""
        self._ways.open(key)

    def _go(self, room: str, sight: str) -> None:
        self._ways.go(room, sight)

    @contextmanager
    def _at(self, name: str) -> Iterator[None]:
        """Sit down at a PC: its window opens, and closes when one gets up."""
        self.app = Application(self._qt, self._world.pc_folder(name), lambda: (self._world.stick,))
        self.pilot = Pilot(self._qt, self.app.window)
        self._ways = Ways(self.app, self.pilot)
        scale = self.app.window.devicePixelRatio()
        self.app.window.resize(round(SIZE[0] / scale), round(SIZE[1] / scale))
        self.app.open()
        try:
            yield
        finally:
            self.app.window.close()
            self.pilot.live()

    def _rest(self) -> None:
        self._ways.rest()

    def _step(self, words: str, picture: str) -> None:
        self._shot(picture)
        self._tell(words)

    def _shot(self, name: str) -> None:
        self._rest()
        self._pictures += 1
        self.pilot.picture(self._out / f"{self._pictures:02d}-{name}.png")


def clock() -> Callable[[], float]:
    """Start a stopwatch; each call gives the seconds since."""
    began = time.monotonic()
    return lambda: time.monotonic() - began
