"""Mode latihan: an invented office with two PCs to visit, an empty stick, and its own centre."""

import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QLockFile

from desktop.demo.centre import Centre
from desktop.demo.history import Past, study
from desktop.demo.packs import COURSES, PUBLISHER, SECURITY, TITLE
from desktop.demo.people import COORDINATOR, LEARNERS, ZONE, read_codes, write_roster
from desktop.demo.world import FIRST_PC, SECOND_PC, THIRD_PC, Tell, World
from desktop.office.round import know
from desktop.paper.markdown_pdf import print_markdown
from sync.journal.keys import SigningKey
from sync.packs.build import build_pack
from sync.packs.source import read_source

OFFICE_HERE = "Kantor Latihan (rekaan)"
"""What stands on every screen, report and file that is made in practice."""
DORCE = LEARNERS[1]
VISITED = ((FIRST_PC, 1, Past(1)), (SECOND_PC, 2, Past(9)))
"""Who learned at the PCs that nobody has visited yet: PC, place among LEARNERS, how far."""
PEOPLE = (COORDINATOR, *(LEARNERS[place] for place in (1, 2, 3, 6)))
"""Few, so that nobody waits long; two of them have never been seen."""
STEPS = 3 + len(VISITED)
"""Steps that are told while the office is made."""
PREFIX = "suluh-latihan-"
_LOCK = "dipakai"


class PracticeWorld(World):
    """The practice office; what does not wait for one another is made at the same time."""

    def found(self, tell: Tell) -> None:
        """Start the centre, publish one course and found the office, as its operator would."""
        self.stick.mkdir(parents=True, exist_ok=True)
        papers = self.folder / "pusat-meja"
        papers.mkdir(exist_ok=True)
        roster = papers / "pegawai.csv"
        write_roster(roster, PEOPLE)
        tell("Pusat latihan dinyalakan, modul disiapkan")
        key, pack = SigningKey.generate(), self.stick / f"{SECURITY}.suluh-paket"
        public = papers / f"{PUBLISHER}.key.pub"
        public.write_text(f"{key.public.hex()}\n", "ascii")
        with ThreadPoolExecutor(2) as hands:
            started = hands.submit(self.centre.start)
            source = read_source(COURSES / SECURITY)
            asked = replace(
                source, course=replace(source.course, mandatory=True)
            )  # so that somebody has finished
            build_pack(asked, PUBLISHER, key, pack, print_pdf=print_markdown)
            started.result()
            tell("Berkas kantor latihan dibuat")
            self.centre.ask("publisher", "add", str(public), "--id", PUBLISHER, "--title", TITLE)
            listed = hands.submit(self.centre.ask, "catalogue", "add", str(pack))
            words = ("--name", OFFICE_HERE, "--zone", ZONE, "--url", self.centre.url, "--out", str(papers))
            self.centre.ask("office", "new", str(roster), *words)
            listed.result()
        next(papers.glob("*.suluh-kantor")).replace(self.office)
        self.codes, self.packs = read_codes(papers / "kode-pendaftaran.csv"), (pack,)


def practice_office(world: World, tell: Tell) -> dict[str, Path]:
    """Make the office and give the data folders of its PCs by name, that of its coordinator first.

    At two PCs people have learned, and nothing of it has left them; the stick is not prepared yet.
    """
    world.found(tell)
    with ThreadPoolExecutor(2) as hands:
        made = [hands.submit(_learned, world, name, tell) for name in (FIRST_PC, SECOND_PC)]
        world.coordinator_pc(tell)
        others = [one.result() for one in made]
    desk = world.pc(THIRD_PC)
    know(desk.store, others)  # as a desk has heard of PCs whose people once sent by a network
    desk.close()
    return {name: world.pc_folder(name) for name in (THIRD_PC, FIRST_PC, SECOND_PC)}


def _learned(world: World, name: str, tell: Tell) -> tuple[bytes, str]:
    pc = world.pc(name)
    try:
        for pack in world.packs:
            pc.install(pack)
        for where, place, past in VISITED:
            if where == name:
                person = LEARNERS[place]
                tell(f"{person.nickname} belajar di {name}")
                profile = pc.sit(person, world.codes[person.nip])
                study(profile, pc.shelf, past)
                profile.close()
        return pc.store.pc().id, name
    finally:
        pc.close()


@contextmanager
def practice_world() -> Iterator[PracticeWorld]:
    """Make a folder and a centre that go when practice goes; what one left at a power cut goes too."""
    sweep(Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        lock = QLockFile(str(folder / _LOCK))
        lock.setStaleLockTime(0)
        lock.tryLock(0)
        centre = Centre(folder / "pusat", "--with-parent")
        try:
            yield PracticeWorld(folder, centre)
        finally:
            centre.stop()
            lock.unlock()


def sweep(place: Path) -> None:
    """Remove practice folders whose program is no more; one that is still open stays."""
    for left in place.glob(f"{PREFIX}*"):
        lock = QLockFile(str(left / _LOCK))
        lock.setStaleLockTime(0)
        if lock.tryLock(0):
            lock.unlock()
            shutil.rmtree(left, ignore_errors=True)
