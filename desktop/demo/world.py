"""The demo's world in one temporary folder: a centre, an office of thirteen, their PCs, and a stick."""

from collections.abc import Callable
from pathlib import Path

from desktop.demo.centre import Centre
from desktop.demo.history import Past, Pc, send, study
from desktop.demo.packs import publish
from desktop.demo.people import COORDINATOR, LEARNERS, OFFICE, ZONE, Invented, read_codes, write_roster

FIRST_PC, SECOND_PC, THIRD_PC = "PC Loket 1", "PC Loket 2", "PC Sekretariat"
PASTS = (
    (SECOND_PC, 0, Past(5, second=True)),
    (SECOND_PC, 2, Past(3)),
    (SECOND_PC, 3, Past(5, wrong=1)),
    (SECOND_PC, 4, Past(1)),
    (SECOND_PC, 5, Past(0)),
    (THIRD_PC, 6, Past(5, second=True, wrong=1)),
    (THIRD_PC, 7, Past(2)),
    (THIRD_PC, 8, Past(4, wrong=2)),
    (THIRD_PC, 9, Past(5)),
    (THIRD_PC, 11, Past(0, second=True)),
)
"""Who did what before: PC, place among LEARNERS, how far. Two learners have never been seen."""

Tell = Callable[[str], None]


class World:
    """Everything the demo stands on. `folder` is emptied by whoever made it."""

    def __init__(self, folder: Path, centre: Centre) -> None:
        self.folder = folder
        self.centre = centre
        self.stick = folder / "flashdisk"
        self.office = self.stick / "kantor.suluh-kantor"
        self.codes: dict[str, str] = {}
        self.packs: tuple[Path, ...] = ()

    @property
    def port(self) -> int:
        """The port of its centre, also while that is stopped."""
        return self.centre.port

    def found(self, tell: Tell) -> None:
        """Publish the courses and found the office, as an operator of the centre would."""
        self.stick.mkdir(parents=True, exist_ok=True)
        papers = self.folder / "pusat-meja"
        papers.mkdir(exist_ok=True)
        tell("Paket modul dibuat dan ditandatangani")
        self.packs = publish(self.centre, papers, self.stick)
        roster = papers / "pegawai.csv"
        write_roster(roster, (COORDINATOR, *LEARNERS))
        tell("Berkas kantor dibuat dari daftar pegawai")
        words = ("--name", OFFICE, "--zone", ZONE, "--url", self.centre.url, "--out", str(papers))
        self.centre.ask("office", "new", str(roster), *words)
        next(papers.glob("*.suluh-kantor")).replace(self.office)
        self.codes = read_codes(papers / "kode-pendaftaran.csv")

    def live(self, tell: Tell, pasts: tuple[tuple[str, int, Past], ...] = PASTS) -> None:
        """Let the others learn on their PCs and send."""
        for name in (SECOND_PC, THIRD_PC):
            pc = self.pc(name)
            for pack in self.packs:
                pc.install(pack)
            for where, place, past in pasts:
                if where == name:
                    person = LEARNERS[place]
                    tell(f"{person.nickname} belajar di {name}")
                    self._one(pc, person, past)
            pc.close()

    def coordinator_pc(self, tell: Tell) -> Path:
        """Give the coordinator a profile on the third PC, with everything the centre has for the desk."""
        tell(f"{COORDINATOR.nickname} menyiapkan meja koordinator di {THIRD_PC}")
        pc = self.pc(THIRD_PC)
        profile = pc.sit(COORDINATOR, self.codes[COORDINATOR.nip])
        send(profile, self.centre.url)
        profile.close()
        pc.close()
        return pc.folder

    def pc(self, name: str) -> Pc:
        """Open a PC of the office without its window."""
        return Pc(self.pc_folder(name), name, self.office)

    def pc_folder(self, name: str) -> Path:
        """The data folder of a PC."""
        return self.folder / name.lower().replace(" ", "-")

    def _one(self, pc: Pc, person: Invented, past: Past) -> None:
        profile = pc.sit(person, self.codes[person.nip])
        study(profile, pc.shelf, past)
        send(profile, self.centre.url)
        profile.close()
