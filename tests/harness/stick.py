"""The coordinator's stick, pulled, full, torn, shuffled and doubled on its round: nothing is lost or counted twice."""

import os
import random
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from desktop.errors import Problem
from desktop.office.carry import to_centre
from desktop.office.exchange_stick import exchange
from desktop.office.merge import merge
from desktop.store import keyring
from desktop.store.facts import Scope
from desktop.store.rows import Stretch
from sync.client.faults import Failure, Fault
from sync.client.stick import Stick
from sync.postbag.part import Form, read_part
from sync.refusal import Refusal
from tests.builders.office import DINA, MARKUS, YOHANA, new_office
from tests.builders.round import PLANTED, Desk, PostCentre
from tests.harness.stick_disk import ROOT, FaultyStick
from tests.harness.stick_faults import planted

QUICK, LONG = 500, 20_000
CALM_EVERY = 25
"""Schedules after which everybody meets without faults, and all must hold the same."""
A_CALM = 6
"""Rounds in which the calm must have brought everything home. Three do, and one more for each answer that was lost
on the way: what the centre lists and nobody has heard of is given again a round later."""
A_WORLD = 50
"""Schedules that one office lives through; then another is founded."""
OWN_FILES = {ROOT / "SURAT.DOCX": b"surat dinas", ROOT / "FOTO" / "a.jpg": b"\xff\xd8foto"}
"""What was on the stick before, and nobody of ours may touch."""
NAMED = "kptdc"


class WrongError(Exception):
    """Something that may never happen, happened."""


def run(folder, *, rounds, seed, fault=""):
    """Play `rounds` schedules of one office; gives what was met, what was lost, and the first thing wrong."""
    place = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else folder
    keyring.new_stretch = lambda: Stretch(b"s" * 16, 8, 1)
    figures = {"rounds": 0, "statements": 0, "lost": 0, "damaged": 0}
    met = Counter()
    with tempfile.TemporaryDirectory(dir=place) as home, planted(fault):
        for start in range(0, rounds, A_WORLD):
            world = World(Path(home) / str(start), random.Random(seed * 1_000_003 + start))
            try:
                for number in range(start, min(rounds, start + A_WORLD)):
                    world.schedule()
                    if (number + 1) % CALM_EVERY == 0 or number + 1 == rounds:
                        world.calm()
                    figures["rounds"] += 1
            except WrongError as wrong:
                figures["lost" if "lost" in str(wrong) else "damaged"] += 1
                figures.setdefault("first_wrong", f"schedule {figures['rounds']}: {wrong}")
                if fault:
                    break
            finally:
                met += world.met
                figures["statements"] += world.stated()
                world.close()
                shutil.rmtree(Path(home) / str(start))
    return figures | {"met": dict(sorted(met.items()))}


@dataclass
class World:
    """Two PCs, the desk, one or two sticks, and a centre that may be unreachable or lose its answers."""

    folder: Path
    dice: random.Random
    met: Counter = field(default_factory=Counter)

    def __post_init__(self):
        self.office = new_office()
        self.desk = Desk(self.folder / "meja", self.office, "PC Sekretariat")
        self.desk.sit(MARKUS)
        self.pcs = []
        for number, nip in enumerate((YOHANA, DINA)):
            pc = Desk(self.folder / str(number), self.office, f"PC Loket {number}")
            pc.sit(nip)
            self.pcs.append((pc, nip))
        self.centre = PostCentre(self.office)
        self.centre.reads(*(pc.people[nip] for pc, nip in self.pcs))
        self.sticks = [self._fresh_stick() for _ in range(2)]
        self.counted = 0
        self.receipted = set()

    def _fresh_stick(self):
        made = FaultyStick(self.dice)
        made.dirs |= {path.parent for path in OWN_FILES}
        made.plug(OWN_FILES)
        self.stick(self.desk, made).prepare()
        made.settle()
        return made

    def stick(self, pc, disk):
        return Stick(ROOT, pc.store.office(), disk)

    @property
    def coordinator(self):
        return self.desk.people[MARKUS]

    # --- one schedule ------------------------------------------------------------------------------------

    def schedule(self):
        """A little work, and a few visits with whatever may go wrong in each."""
        dice = self.dice
        disk = dice.choice(self.sticks)
        for pc, nip in self.pcs:
            if dice.random() < 0.5:
                self._work(pc, nip)
        for pc, _ in dice.sample(self.pcs, dice.randint(1, 2)):
            self._visit(pc, disk)
            self._meddle(disk)
        if dice.random() < 0.6:
            self._merge(disk)
            self._meddle(disk)
        if dice.random() < 0.4:
            self._carry()
        if dice.random() < 0.02:
            self.met["lost stick"] += 1
            self.sticks[self.sticks.index(disk)] = self._fresh_stick()

    def _work(self, pc, nip):
        if self.dice.random() < 0.1:
            pc.people[nip].close()
            pc.store.close()
            pc.on()
            pc.people[nip] = pc.enter(nip)
            self.met["restart"] += 1
        pc.study(nip, range(1, self.dice.randint(2, 5)))
        if self.dice.random() < 0.3:
            pc.answer(nip)
        pc.clock.wait(self.dice.randint(1, 5_000))

    def _fault(self, disk):
        """Let something happen to the stick in the next visit."""
        disk.operations = 0
        kind = self.dice.choice(("", "", "pull", "pull", "pull", "full", "read-only", "lies", "bad", "batal"))
        if kind == "pull":
            disk.pull_at = self.dice.randint(1, 60)
        elif kind == "full":
            disk.capacity = disk._used() + self.dice.choice((0, 4096, 40_000, 70_000))
        elif kind == "read-only":
            disk.read_only = True
        elif kind == "lies":
            disk.lies = True
        elif kind == "bad" and disk.live:
            disk.bad = {self.dice.choice(sorted(disk.live))} - set(OWN_FILES)
        return kind

    def _faulty(self, disk, work):
        """Do something with the stick and a fault; gives what it gave, None when it was told to people instead."""
        kind = self._fault(disk)
        before = self._parts(disk, Form.OUTWARD)
        left = self.dice.randint(0, 6) if kind == "batal" else 1 << 30
        ticks = iter(range(left))
        try:
            done = work(lambda: next(ticks, None) is None)
        except Problem as problem:
            if not problem.known or not problem.title:
                raise WrongError(f"nobody can understand: {problem.details}") from problem
            done = None
        self.met[kind or "nothing"] += 1
        self.met["problem"] += done is None
        disk.capacity = 1 << 30
        if done is not None and kind != "bad":
            self._is_safe(disk)
        disk.pull()
        self._look(disk, before, kind)
        return done

    def _visit(self, pc, disk):
        there = set(self._parts(disk, Form.OUTWARD))
        acks = pc.store.outbox.acks()
        done = self._faulty(disk, lambda stop: exchange(pc.store, self.stick(pc, disk), cancelled=stop))
        for log, seq in pc.store.outbox.acks().items():
            if seq > self.centre.held[log].prefix:
                raise WrongError("an ack for what the centre does not hold: lost")
            if seq < acks.get(log, 0):
                raise WrongError("an ack fell")
        if done is not None and not done.stopped:
            now = set(self._parts(disk, Form.OUTWARD))
            if len(now - there) != done.parts:
                raise WrongError(f"{done.parts} parts were safe and {len(now - there)} came: lost")

    def _merge(self, disk):
        held = self._at_desk()
        on_it = self._statements(disk)
        done = self._faulty(
            disk, lambda stop: merge(self.coordinator, self.stick(self.desk, disk), cancelled=stop)
        )
        came = self._at_desk() - held
        if not held <= self._at_desk():
            raise WrongError("the desk lost a statement")
        if done is None:
            return
        if done.new != len(came):
            raise WrongError(f"{done.new} are counted as new and {len(came)} came")
        if not done.stopped and done.new + done.known < len(on_it - {None}) and not done.damaged:
            raise WrongError("a whole part was not merged: lost")

    def _carry(self):
        """To town: the road may be cut, or the answer lost on the way back."""

        def post(body):
            luck = self.dice.random()
            if luck < 0.2:
                return Failure(Fault.CUT)
            answer = self.centre(body)
            if luck < 0.4:
                return Failure(Fault.CUT)
            if luck < 0.5:
                return answer[: self.dice.randint(0, len(answer) - 1)]
            return answer

        before = {one.digest for one in self.desk.store.carried.list()}
        to_centre(self.coordinator, post)
        gone = before - {one.digest for one in self.desk.store.carried.list()}
        if not gone <= self.centre.stored:
            raise WrongError("the desk let go of what the centre has not listed: lost")

    # --- what is looked at -------------------------------------------------------------------------------

    def _is_safe(self, disk):
        """Nothing that has a final name may still wait to be written, once a visit has ended well."""
        for path, inode in disk.live.items():
            if self._ours(path) and (disk.sure.get(path) is not inode or inode.sure != inode.data):
                raise WrongError(f"{path.name[:2]} was called safe before it was on the stick: lost")

    def _look(self, disk, before, kind):
        """After every visit, however it ended: whole parts only, strangers' files as they were, nothing to read."""
        image = disk.image()
        for path, data in OWN_FILES.items():
            if image.get(path) != data:
                raise WrongError("a file that is not ours was changed")
        for path, data in image.items():
            if self._ours(path) and disk.meddled.get(path) != data:
                try:
                    read_part(data)
                except Refusal:
                    raise WrongError(f"a final name without a whole part after {kind!r}") from None
        gone = set(before) - set(self._parts(disk, Form.OUTWARD))
        if not gone <= self.centre.stored:
            raise WrongError(f"a part left the stick that no receipt lists after {kind!r}: lost")
        self._reads_nothing(image)

    def _reads_nothing(self, image):
        whole = b"\0".join((*image.values(), *(str(path).encode() for path in image)))
        for word in PLANTED:
            if word.encode() in whole:
                raise WrongError("something on the stick can be read")

    def _ours(self, path):
        name = path.name
        return (
            path.parent.name == "SULUH" and name[:1] in NAMED and name[1:2] == "-" and name.endswith(".suluh")
        )

    def _parts(self, disk, form):
        """The whole parts on a stick, by digest."""
        found = {}
        for path, data in disk.image().items():
            if path.parent.name == "SULUH" and not path.name.startswith("."):
                try:
                    part = read_part(data)
                except Refusal:
                    continue
                if part.form is form:
                    found[part.digest] = data
        return found

    def _statements(self, disk):
        from sync.journal.sealing import unseal
        from sync.journal.segment import decode_segment
        from sync.postbag.outward import open_outward

        found = set()
        for data in self._parts(disk, Form.OUTWARD).values():
            for sealed in open_outward(read_part(data), self.office.letter).segments:
                facts = decode_segment(unseal(sealed, self.office.letter)).facts
                found |= {(one.statement.log, one.statement.seq, one.statement.digest) for one in facts}
        return found

    def _at_desk(self):
        facts = self.coordinator.facts()
        return {(one.statement.log, one.statement.seq, one.statement.digest) for one in facts}

    # --- between visits, and at the end ------------------------------------------------------------------

    def _meddle(self, disk):
        """What a pocket, a virus and a helpful colleague do to a stick."""
        image, dice = disk.image(), self.dice
        ours = [path for path in image if self._ours(path)]
        if ours and dice.random() < 0.3:
            kind = dice.choice(("double", "tear", "rename", "garbage", "case"))
            path = dice.choice(sorted(ours))
            self.met[kind] += 1
            if kind == "double":
                image[path.with_name(f"{path.stem} - Copy.suluh")] = image[path]
            elif kind == "tear":
                image[path.with_name(f"{path.stem} (1).suluh")] = image[path][
                    : dice.randint(0, len(image[path]))
                ]
            elif kind == "rename":
                image[path.with_name(f"{dice.choice(NAMED)}-{dice.randbytes(8).hex()}.suluh")] = image[path]
            elif kind == "garbage":
                image[path.with_name(f"k-{dice.randbytes(8).hex()}.suluh")] = dice.randbytes(
                    dice.randint(0, 3000)
                )
            elif kind == "case":
                image[path.with_name(path.name.upper())] = image.pop(path)
            disk.plug(image)
            disk.meddled |= {
                path: data for path, data in image.items() if self._ours(path) and not _whole(data)
            }

    def calm(self):
        """Everybody meets without faults until nothing moves; then all hold the same, and nothing is owed."""
        for number in range(1, A_CALM + 1):
            for disk in self.sticks:
                for pc, _ in self.pcs:
                    exchange(pc.store, self.stick(pc, disk))
                merge(self.coordinator, self.stick(self.desk, disk))
            outcome = to_centre(self.coordinator, self.centre)
            if outcome.failure is not None or outcome.left:
                raise WrongError("the centre has not everything in the calm: lost")
            if number > 1 and not any(pc.store.outbox.outgoing() for pc, _ in self.pcs):
                break
        self.met["calm"] += 1
        self.met[f"calm in {number} rounds"] += 1
        stated = set()
        for pc, nip in self.pcs:
            facts = pc.people[nip].facts(Scope.OWN)
            stated |= {(one.statement.log, one.statement.seq, one.statement.digest) for one in facts}
            if pc.store.outbox.outgoing():
                raise WrongError("a PC still waits for an ack: lost")
        if not stated <= self._at_desk() or not stated <= set(self.centre.facts):
            raise WrongError("a statement is lost")

    def stated(self):
        return len(self.centre.facts)

    def close(self):
        for pc in (self.desk, *(pc for pc, _ in self.pcs)):
            pc.off()


def _whole(data):
    try:
        read_part(data)
    except Refusal:
        return False
    return True
