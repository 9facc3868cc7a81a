"""One PC that three people share: its one window with a chair before it, and what lies in its folder."""

import sqlite3
from contextlib import closing, suppress

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from desktop.app.application import Application
from desktop.demo.people import COORDINATOR, LEARNERS
from desktop.demo.pilot import Pilot
from desktop.demo.ways import Ways
from desktop.player.notes import Note, Notes
from desktop.screens.quiz_answer import AnswerBox
from desktop.store.facts import Scope
from sync.server.database import open_database
from sync.server.tables import holder, person
from tests.builders.hunt import hunt, nip_words
from tests.builders.road import QUIZ, Pc, read_all, right_answers

DORCE, FERDINAND, HELENA = LEARNERS[1], LEARNERS[2], LEARNERS[3]
PINS = {FERDINAND: "730518", HELENA: "295047", DORCE: "618394"}
OWN = {FERDINAND: "kwitansi merah muda", HELENA: "payung di sudut", DORCE: "map biru tua"}
"""What each answers the first question with; all three are wrong."""
HALF = "belum selesai diket"
"""What stands in the field when its writer goes away."""
NOTED = {FERDINAND: "tanya soal lembur", HELENA: "besok minta cuti", DORCE: "pinjam buku tamu"}
KEYS = ("kucinghutanmerah", "rusatimorputih", "burungcenderawasih", "kanguruperdu")
GIFT = "\n\n".join(f"::Soal {n}:: Tulis satwa ke-{n}. {{={key}}}" for n, key in enumerate(KEYS))
RIGHT = right_answers(GIFT)
NOBODY = "http://127.0.0.1:9"
"""Where the office's PCs would reach a centre, and reach none."""
HEAD = {COORDINATOR.name, *COORDINATOR.name.split()}
"""An office file names its coordinator in clear: whoever prepares a PC recognises it by that."""
CONTROL_L = (Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


class QuickPilot(Pilot):
    """Hands that look again at once: three people come and go here, and nobody watches."""

    def live(self):
        """Let the window handle what waits for it."""
        QApplication.processEvents()
        QTest.qWait(1)


class Seat:
    """The one chair before the one window of this PC, and a clock of absence that only the story moves."""

    def __init__(self, folder):
        qt = QApplication.instance()
        self.app = Application(qt, folder, tuple)
        self.app.open()
        self.pilot = QuickPilot(qt, self.app.window)
        self.ways = Ways(self.app, self.pilot)
        self.pilot.wait("sign_in_screen")
        self.rest()
        self.now = 1000.0
        self.app.window.presence.clock = lambda: self.now
        self.app.window.activateWindow()
        self.pilot.until(lambda: QApplication.activeWindow() is self.app.window, "the window in front")

    def rest(self):
        self.pilot.until(self.app.jobs.idle, "rest")
        for _ in range(4):
            self.pilot.live()
        self.pilot.until(self.app.jobs.idle, "rest")

    def passes(self, seconds):
        """Nobody touches anything for so long."""
        self.now += seconds
        self.app.window.presence.look_up()
        self.rest()

    def types(self, *keys):
        """Press keys as the keyboard does: at the window, for whatever has the focus."""
        handle = self.app.window.windowHandle()
        for key in keys:
            QTest.keyClick(handle, *key) if isinstance(key, tuple) else QTest.keyClick(handle, key)
        self.rest()

    def tries(self, who, pin):
        """Choose somebody's tile and try a PIN."""
        self.pilot.wait("sign_in_screen")
        given, *_, family = who.name.split()
        self.pilot.click(f"tile_{given[0]}{family[0]}")
        self.pilot.write("pin", pin)
        self.pilot.click("sign_in")
        self.rest()

    def comes(self, who):
        self.tries(who, PINS[who])
        self.pilot.wait("rail_home")
        self.rest()
        notice = self.pilot.see("privacy_read")
        if notice is not None:  # shown to each until it is read
            self.pilot.press(notice)
            self.rest()

    def told(self):
        return self.pilot.wait("pin_words").text()

    def facts(self):
        return self.app.session.profile.facts(Scope.OWN)

    # --- at the quiz -------------------------------------------------------------------------------------

    def begins_the_quiz(self):
        """Open the quiz and begin it, or go on with it; gives the words of the button."""
        self.ways.open(QUIZ)
        button = self.pilot.wait("startQuiz").accessibleName() or self.pilot.wait("startQuiz").text()
        assert self.pilot.see("safeAnswers") is None, "nobody speaks of a power cut: there was none"
        self.pilot.click("startQuiz")
        self.pilot.wait("questionText")
        self.rest()
        return button

    def asked(self):
        return self.pilot.until(lambda: self.pilot.find(AnswerBox), "a question").question.id

    def field(self):
        return self.pilot.wait("answerField").text()

    def answers(self, *words):
        """Answer one question after another; None is what is right. Gives the questions."""
        seen = []
        for said in words:
            seen.append(self.asked())
            self.pilot.write("answerField", RIGHT[seen[-1]] if said is None else said)
            if len(seen) < len(words):
                self.pilot.click("nextQuestion")
            self.rest()
        return seen

    def hands_in(self):
        self.pilot.click("nextQuestion")  # on the last question: Kumpulkan jawaban
        self.pilot.click("confirmHandIn")
        self.pilot.wait("quizResult")
        self.rest()

    def up(self):
        self.app.window.close()
        self.app.window.deleteLater()


class Shared:
    """The PC of the three, before and after the window; `ids` are their profiles."""

    def __init__(self, town, folder):
        self.town, self.office = town, town.office((COORDINATOR, *PINS), url=NOBODY)
        self.pc = Pc(folder, "PC Loket 1", self.office)
        self.pc.install(town.pack(gift=GIFT))
        self.ids = {}
        for who, pin in PINS.items():
            profile = self.pc.sit(who, pin=pin)
            if who is not DORCE:
                read_all(self.pc.learning(profile))
            Notes(profile).put(Note(QUIZ, 1, quote="Satwa", text=NOTED[who]))
            self.ids[who] = profile.profile
            profile.close()
        self.pc.store.put_setting("place", "Kantor Distrik, WIT")
        self.pc.off()

    def enter(self, who):
        return self.pc.enter(self.ids[who], PINS[who])

    def lies_about(self):
        """What a colleague finds who looks through the data folder with Explorer and `strings`."""
        words = [OWN[FERDINAND], OWN[HELENA], OWN[DORCE], HALF, *NOTED.values(), *KEYS, *PINS.values()]
        for who in (*PINS, COORDINATOR):
            words += [who.name, *who.name.split(), *nip_words(who.nip)]
        folder = self.pc.folder
        return {word for word, _ in hunt(words, folder, folder.with_name(f"{folder.name}.kunci"))} - HEAD

    def opens_as_sqlite(self):
        """The databases in the folder that a viewer of SQLite opens, of those that lie there."""
        files = sorted(path.name for path in self.pc.folder.rglob("*.db"))
        opened = set()
        for name in files:
            with closing(sqlite3.connect(self.pc.folder / name)) as viewer, suppress(sqlite3.DatabaseError):
                viewer.execute("SELECT * FROM sqlite_master").fetchall()
                opened.add(name)
        return files, opened

    def at_the_centre(self):
        """Whose each profile is by the centre's own tables: name and UUID."""
        with open_database(self.town.home) as database, database.reading() as connection:
            columns = select(holder.c.profile, person.c.name, person.c.uuid)
            rows = connection.execute(columns.join_from(holder, person, holder.c.person == person.c.id))
            return {row.profile: (row.name, row.uuid) for row in rows}
