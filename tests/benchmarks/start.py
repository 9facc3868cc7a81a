"""How long until the window is there and the library can be used, against a bare QWidget process; and memory."""

from __future__ import annotations

import compileall
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 9
COURSES = 12
NIP, BIRTH, PIN = "198705152022212007", "1987-05-15", "482913"

BARE = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
class Bare(QWidget):
    def paintEvent(self, event):
        print("there", flush=True)
        QApplication.quit()
app = QApplication(sys.argv[:1])
window = Bare()
window.resize(1366, 768)
window.show()
app.exec()
"""

FIRST = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from desktop.app.imports import plain_imports
plain_imports()
from desktop.app.application import Application
app = QApplication(sys.argv[:1])
application = Application(app, Path(sys.argv[1]))
application.open()
def there():
    print("there", flush=True)
    app.quit()
application.window.after_first_paint(there)
app.exec()
"""

USABLE = """
import os, sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from desktop.app.imports import plain_imports
plain_imports()
from desktop.app.application import Application
app = QApplication(sys.argv[:1])
application = Application(app, Path(sys.argv[1]), lambda: ())  # whatever is plugged in here is no part of it
opened = application.open_store
def open_store():
    opened()
    application.window.grab()
    print("there", flush=True)
    QTimer.singleShot(100, typed)
def typed():
    if not application.jobs.idle():
        QTimer.singleShot(20, typed)
        return
    global began
    began = time.perf_counter()
    from desktop.people.profiles import sign_in
    application.enter(sign_in(application.store, application.store.tiles()[0].profile, sys.argv[2]))
    application.window.go("learn")
    look()
def look():
    cards = [made for made in application.window.findChildren(QWidget) if made.objectName().startswith("course_")]
    if not (len(cards) >= int(sys.argv[3]) and cards[0].isVisible() and cards[0].isEnabled()):
        QTimer.singleShot(1, look)
        return
    application.window.grab()
    print(time.perf_counter() - began, flush=True)
    if len(sys.argv) > 4:
        wait()
    else:
        application.window.close()
        app.quit()
def wait():
    if not application.session.road.view().last:
        QTimer.singleShot(50, wait)
        return
    pages = int(open("/proc/self/statm").read().split()[1])
    print(pages * os.sysconf("SC_PAGE_SIZE"), flush=True)
    application.window.close()
    app.quit()
application.open_store = open_store
application.open()
app.exec()
"""


def run() -> dict[str, object]:
    """Measure; about a minute. Bars: bars.md, "Desktop". Times are medians of interleaved rounds, in ms.

    "Library usable" is the time to the sign-in screen and the time from Enter after the PIN to the shelf; what
    the person needs to type is left out, and so is what the app does meanwhile.
    """
    with redirect_stdout(StringIO()):
        for room in ("desktop", "sync"):
            compileall.compile_dir(ROOT / room, quiet=2, workers=1)
    with tempfile.TemporaryDirectory(prefix="suluh-mulai-") as name:
        folder = Path(name)
        centre = _prepare(folder)
        try:
            kinds = {
                "bare": [BARE],
                "first": [FIRST, str(folder / "data")],
                "usable": [USABLE, str(folder / "data"), PIN, str(COURSES)],
            }
            times: dict[str, list[float]] = {kind: [] for kind in kinds}
            for _ in range(ROUNDS):
                for kind, words in kinds.items():
                    times[kind].append(_until_there(words))
            memory = int(_said([*kinds["usable"], "sync"])[2])
        finally:
            centre.kill()
    middle = {kind: statistics.median(taken) for kind, taken in times.items()}
    return {
        "bare_ms": round(middle["bare"] * 1000),
        "first_paint_ms": round(middle["first"] * 1000),
        "library_usable_ms": round(middle["usable"] * 1000),
        "first_paint_ratio": round(middle["first"] / middle["bare"], 2),
        "library_usable_ratio": round(middle["usable"] / middle["bare"], 2),
        "memory_mb": round(memory / 1e6, 1),
        "courses": COURSES,
        "bars": {"first_paint_ratio": 1.8, "library_usable_ratio": 5, "memory_mb": 130},
    }


def _prepare(folder: Path):
    """A data folder with an office, one person and a shelf of courses, and the centre it belongs to."""
    from datetime import date

    from desktop.library.belief import Belief
    from desktop.library.index import DeviceIndex
    from desktop.library.install import Installer
    from desktop.people.office import adopt_office
    from desktop.people.privacy_notice import newest_notice, note_read
    from desktop.people.profiles import SignUp, sign_up
    from desktop.store.device import Store
    from sync.journal.keys import SigningKey
    from sync.server import commands
    from sync.server.centre import open_house
    from sync.server.home import Home
    from tests.builders.centre import CentreProcess, make_office

    home = Home(folder / "pusat")
    publisher = SigningKey.generate()
    public = folder / "bpsdm.pub"
    public.write_text(publisher.public.hex() + "\n", "ascii")
    with open_house(home)[1]:
        pass  # the first opening makes the centre's keys
    with redirect_stdout(StringIO()):
        commands.main(["publisher", "add", str(public), "--title", "BPSDM", "--data", str(home.folder)])
    office = make_office(home, folder / "kantor")
    centre = CentreProcess(home)
    store = Store.open(folder / "data")
    adopt_office(store, office.file.raw)
    installer = Installer(DeviceIndex(store), Belief(store), store.folders.objects, store.now)
    for number in range(COURSES):
        installer.install(installer.inspect(_pack(folder, publisher, number)))
    store.put_setting("server", f"http://127.0.0.1:{centre.port}")
    store.put_setting("ready", "1")
    profile = sign_up(store, SignUp(NIP, date.fromisoformat(BIRTH), PIN, "Budi", office.codes[NIP]))
    note_read(profile, newest_notice().version)  # as the form does
    profile.close()
    store.close()
    return centre


def _pack(folder: Path, publisher, number: int) -> Path:
    from sync.packs.build import TrustPapers, build_pack
    from sync.packs.source import read_source
    from tests.builders.packs import print_nothing, write_course

    written = write_course(folder / f"naskah{number}")
    about = written / "course.toml"
    about.write_text(about.read_text("utf-8").replace("keamanan-loket", f"kursus-{number}"), "utf-8")
    out = folder / f"{number}.suluh-paket"
    source = read_source(written)
    build_pack(source, "bpsdm", publisher, out, print_pdf=print_nothing, papers=TrustPapers())
    return out


def _until_there(words: list[str]) -> float:
    """Seconds from the start of a process until it is there, and those it says it needed after that."""
    started = time.perf_counter()
    with _process(words) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        taken = time.perf_counter() - started
        after = process.stdout.read().split()
        process.wait(30)
    if said.strip() != "there":
        raise RuntimeError(f"a process ended without a window: {said!r}")
    return taken + (float(after[0]) if after else 0)


def _said(words: list[str]) -> list[str]:
    with _process(words) as process:
        return process.communicate(timeout=60)[0].split()


def _process(words: list[str]) -> subprocess.Popen[str]:
    given = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", *words]
    return subprocess.Popen(
        command, env=given, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
