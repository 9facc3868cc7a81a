"""One visit of the stick: seconds and bytes until "Aman dicabut", for three learners' month and what waits for them."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from desktop.demo.centre import Centre
from desktop.demo.people import COORDINATOR, LEARNERS
from desktop.office.carry import to_centre
from desktop.office.exchange_stick import exchange, waiting_for
from desktop.office.merge import merge
from desktop.people.vouching import vouch, waiting_keys
from desktop.store import keyring
from desktop.store.profile import Profile
from desktop.store.record import recipients_of
from desktop.store.rows import Stretch
from sync.client.faults import Failure
from sync.client.stick import Stick
from sync.client.stick_disk import RealDisk
from sync.client.transport import Transport
from sync.journal.keys import LetterKey
from sync.postbag.outward import Outward, seal_outward
from tests.benchmarks.recorded import Learner
from tests.benchmarks.studying import Pc
from tests.builders.road import Handed, found_office

BAR_SECONDS = 30.0
PEOPLE = LEARNERS[:3]
STATEMENTS, STARTS = 1000, 40
"""A learner's month: at two hours a week it is a third of this, so that the bar is kept with room to spare."""
ELSEWHERE = 300
"""Statements that each has recorded at another PC meanwhile: they come home with the answer."""
SLOW = {"write_bytes_a_second": 3e6, "read_bytes_a_second": 12e6, "sync": 0.010, "rename_or_remove": 0.010,
        "open_or_list": 0.002}  # fmt: skip
"""What an old USB 2.0 stick is taken to need, in seconds where nothing else is said: an assumption, no measurement."""
OFFICES = {"first_of_6": 0, "last_of_6": 5, "last_of_50": 49}
"""How many other PCs have given a month to the stick before this one; every visit reads their parts too."""


@dataclass
class CountingDisk(RealDisk):
    """A folder as the stick; counts what a slow stick would be asked to do."""

    written: int = 0
    read_back: int = 0
    syncs: int = 0
    renames: int = 0
    opens: int = 0

    def files(self, folder: Path) -> tuple[str, ...]:
        self.opens += 1
        return super().files(folder)

    def folders(self, folder: Path) -> tuple[str, ...]:
        self.opens += 1
        return super().folders(folder)

    def write(self, path: Path, data: bytes) -> None:
        self.opens += 1
        self.written += len(data)
        super().write(path, data)

    def sync(self, path: Path) -> None:
        self.syncs += 1
        super().sync(path)

    def rename(self, source: Path, target: Path) -> None:
        self.renames += 1
        super().rename(source, target)

    def remove(self, path: Path) -> None:
        self.renames += 1
        super().remove(path)

    def read(self, path: Path) -> bytes:
        self.opens += 1
        data = super().read(path)
        self.read_back += len(data)
        return data

    @property
    def seconds(self) -> float:
        """What the slow stick would take for it, nothing of it at the same time as anything else."""
        return (
            self.written / SLOW["write_bytes_a_second"]
            + self.read_back / SLOW["read_bytes_a_second"]
            + self.syncs * SLOW["sync"]
            + self.renames * SLOW["rename_or_remove"]
            + self.opens * SLOW["open_or_list"]
        )


def run() -> dict[str, Any]:
    """Measure; seconds of whole visits, on a folder of this disk and as a slow stick is modelled."""
    keyring.new_stretch = lambda: Stretch(b"s" * 16, 8, 1)
    os.environ["NO_PROXY"] = "*"
    found: dict[str, Any] = {"slow_stick_assumed": SLOW, "bar_seconds": BAR_SECONDS}
    with tempfile.TemporaryDirectory(prefix="suluh-stik-") as name, Centre(Path(name) / "pusat") as centre:
        for case, others in OFFICES.items():
            folder = Path(name) / case
            handed = found_office(centre, folder / "berkas", (COORDINATOR, *PEOPLE))
            found[case] = _Round(folder, handed, centre, others).measured()
    found["reached"] = all(found[case]["slow_stick_seconds"] <= BAR_SECONDS for case in OFFICES)
    return found


class _Shared(Pc):
    """A PC at which three people have a profile; they share its clock, and nobody is signed in."""

    def __init__(self, folder: Path, handed: Handed, seed: int, name: str, *, codes: bool) -> None:
        learners = [Learner(seed + number) for number in range(len(PEOPLE))]
        super().__init__(folder, handed, learners[0], name)
        self.seats: list[tuple[Learner, Profile]] = []
        for learner, person in zip(learners, PEOPLE, strict=True):
            learner.clock = learners[0].clock
            self.seats.append((learner, self.sign_up(person, handed.codes[person.nip] if codes else "")))
            self.unlocked.close()

    def month(self, statements: int, starts: int) -> None:
        """Let each of them study."""
        for learner, profile in self.seats:
            self.learner, self.profile = learner, profile
            self.study_logs(statements, starts)
            self.unlocked.close()


class _Round:
    """One office's round: a first one introduces everybody, and in the second a visit is measured."""

    def __init__(self, folder: Path, handed: Handed, centre: Centre, others: int) -> None:
        self.root, self.centre, self.others = folder / "flashdisk", centre, others
        self.desk = Pc(folder / "meja", handed, Learner(101), "PC Sekretariat")
        self.desk.sign_up(COORDINATOR, handed.codes[COORDINATOR.nip])
        self.pc = _Shared(folder / "pc", handed, 11, "PC Loket 1", codes=True)
        self.away = _Shared(folder / "lain", handed, 21, "PC Rapat", codes=False)
        self.root.mkdir()
        self._stick().prepare()

    def measured(self) -> dict[str, Any]:
        """Play it."""
        for pc in (self.pc, self.away):
            exchange(pc.store, self._stick())
        self._town()
        self.away.month(ELSEWHERE, 10)
        exchange(self.away.store, self._stick())
        exchange(self.pc.store, self._stick())
        self._town()
        self.pc.month(STATEMENTS, STARTS)
        self._others()
        found = self._visit()
        self.desk.close()
        for pc in (self.pc, self.away):
            pc.store.close()
        return found

    def _stick(self, disk: RealDisk | None = None) -> Stick:
        office = self.desk.store.office()
        assert office is not None
        return Stick(self.root, office, disk)

    def _town(self) -> None:
        """Merge, vouch for who is new, and bring all to the centre; what it answers lies on the stick then."""
        desk = self.desk.unlocked
        merge(desk, self._stick())
        for waiting in waiting_keys(desk):
            vouch(desk, waiting, waiting.person)
        road = Transport(self.centre.url)

        def post(part: bytes) -> bytes | Failure:
            answer = road.post(part, "/v1/carry")
            return answer if isinstance(answer, Failure) else answer.body

        done = to_centre(desk, post)
        road.close()
        assert done.failure is None, done.failure
        merge(desk, self._stick())

    def _others(self) -> None:
        """Let as many other PCs give a month as the case says: parts as large as this PC's, and as sealed."""
        store = self.pc.store
        office = store.office()
        assert office is not None
        sealed = tuple(one.sealed for one in store.outbox.outgoing())
        for number in range(self.others):
            letter = LetterKey.generate().public
            outward = Outward(os.urandom(16), f"PC {number}", letter, store.now(), segments=sealed)
            for part in seal_outward(outward, office.header.office, recipients_of(store)):
                self._stick().write(part)

    def _visit(self) -> dict[str, Any]:
        """Look at the stick as its notice does, then press Tukar data; time ends with "Aman dicabut"."""
        looking, trading = CountingDisk(), CountingDisk()
        began = perf_counter()
        waiting_for(self.pc.store, self._stick(looking))
        seen = perf_counter() - began
        began = perf_counter()
        done = exchange(self.pc.store, self._stick(trading))
        spent = perf_counter() - began
        assert done.statements >= STATEMENTS * len(PEOPLE), done
        assert done.letters >= len(PEOPLE), done
        return {
            "people": len(PEOPLE),
            "statements_given": done.statements,
            "letters_taken": done.letters,
            "acks_taken": done.acks,
            "bytes_written": trading.written,
            "bytes_read": trading.read_back,
            "syncs": trading.syncs,
            "folder_seconds": round(spent, 2),
            "slow_stick_seconds": round(spent + trading.seconds, 2),
            "look_folder_seconds": round(seen, 2),
            "look_slow_stick_seconds": round(seen + looking.seconds, 2),
        }
