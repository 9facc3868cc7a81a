"""What a sync costs: real PCs and a real centre in a process of its own, over a road that counts and delays."""

import ssl
import statistics
import tempfile
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from desktop.demo.centre import Centre
from desktop.demo.people import COORDINATOR, LEARNERS, PIN, Invented
from desktop.people.office import adopt_office, inspect_office
from desktop.people.profiles import SignUp, sign_in, sign_up
from desktop.people.vouching import vouch, waiting_keys
from desktop.store import keyring
from desktop.store.device import Store
from desktop.store.facts import Scope
from desktop.store.profile import Profile
from desktop.store.rows import Stretch
from sync.client.deliver import deliver
from sync.client.transport import Transport
from sync.journal.log import LogWriter
from sync.journal.statement import Fact, Statement, Value
from tests.benchmarks.recorded import Learner, PcClock
from tests.benchmarks.wire import LOOPBACK, MOUNTAIN, SATELLITE, TlsDoor, Wire
from tests.builders.certificate import own_certificate
from tests.builders.road import Handed, found_office

ANI = LEARNERS[0]
COLD, KEPT = 7, 15
BARS: dict[str, dict[str, float]] = {
    "nothing_new": {"bytes": 500, "requests": 1},
    "10_new_kept": {"bytes": 900, "requests": 1, "seconds": 0.9},
    "10_new_cold": {"bytes": 900, "requests": 1, "seconds": 1.5},
    "100_new": {"bytes": 1300, "requests": 1, "seconds": 1.0},
    "1000_new_in_40_logs": {"bytes": 9000, "seconds": 2.5, "bytes_a_statement": 8.5},
    "first_pull_of_10000": {"bytes": 100_000, "seconds": 3.0},
    "cut_in_mid_upload": {"resent": 16_384, "left_unsent": 0},
    "tls_1_3_kept": {"median_seconds": 1.3},
    "tls_1_3_cold": {"median_seconds": 4.1},
}


class Pc:
    """A PC with its own disk, whose clock is the learner's own; each `sit` is one start of the app."""

    def __init__(self, folder: Path, handed: Handed, learner: Learner, name: str) -> None:
        self.learner = learner
        self.store = Store.open(folder, learner.clock)
        self.store.name_pc(name)
        adopt_office(self.store, inspect_office(self.store, handed.file).raw)
        self.handed = handed
        self.profile: Profile | None = None

    def sign_up(self, person: Invented, code: str) -> Profile:
        """Make the profile."""
        self.profile = sign_up(self.store, SignUp(person.nip, person.birth, PIN, person.nickname, code))
        return self.profile

    def sit(self) -> Profile:
        """Start the app again: what follows goes into a new log."""
        assert self.profile is not None
        who = self.profile.profile
        self.profile.close()
        self.learner._leave()
        opened = sign_in(self.store, who, PIN)
        assert isinstance(opened, Profile)
        self.profile = opened
        return opened

    def study(self, statements: int) -> None:
        """Record so many statements of the learner's story; the clock moves between them as their pauses say."""
        assert self.profile is not None
        told = islice(self.learner._story, statements)
        while part := list(islice(told, 50)):
            _pauses.extend(pause for pause, _, _ in part)
            with _paused(self.learner.clock):
                self.profile.record_all([(kind, fields) for _, kind, fields in part])

    @property
    def unlocked(self) -> Profile:
        """The profile that sits here."""
        assert self.profile is not None
        return self.profile

    def own(self) -> tuple[Fact, ...]:
        """The facts of this person that this PC holds."""
        return self.unlocked.facts(Scope.OWN, Scope.PERSON)

    def close(self) -> None:
        """Switch the PC off."""
        self.unlocked.close()
        self.store.close()

    def study_logs(self, statements: int, logs: int) -> None:
        """Record in so many starts of the app."""
        for number in range(logs):
            self.sit()
            self.study(statements // logs + (number < statements % logs))


def run() -> dict[str, Any]:
    """Measure; bytes are TCP payload both ways with all HTTP headers, seconds are of the whole delivery."""
    keyring.new_stretch = lambda: Stretch(b"s" * 16, 8, 1)
    with tempfile.TemporaryDirectory(prefix="suluh-sinkron-") as name, Centre(Path(name) / "pusat") as centre:
        folder = Path(name)
        handed = found_office(centre, folder / "berkas", (COORDINATOR, *LEARNERS[:3]))
        with Wire(centre.port) as wire:
            found = _measure(folder, handed, wire)
        found |= _tls(folder, handed, centre.port)
    for case, bars in BARS.items():
        found[case]["bars"] = bars
        found[case]["reached"] = all(found[case][figure] <= bar for figure, bar in bars.items())
    return found


def _measure(folder: Path, handed: Handed, wire: Wire) -> dict[str, dict[str, Any]]:
    pc = Pc(folder / "pc1", handed, Learner(11), "PC Loket 1")
    pc.sign_up(ANI, handed.codes[ANI.nip])
    road = Transport(wire.url)
    _send(pc, road, wire)
    pc.study(1)
    _send(pc, road, wire)
    found = {"nothing_new": _send(pc, road, wire)}

    wire.link = SATELLITE
    road = _fresh(road)
    pc.study(10)
    found["10_new_cold"] = _send(pc, road, wire)
    pc.study(10)
    found["10_new_kept"] = _send(pc, road, wire)
    pc.study(100)
    found["100_new"] = _send(pc, road, wire)
    pc.study_logs(1000, 40)
    found["1000_new_in_40_logs"] = _send(pc, road, wire)

    wire.link = LOOPBACK
    road = _fresh(road)
    pc.sit()
    _send(pc, road, wire)
    found["cut_in_mid_upload"] = _cut(pc, road, wire)
    pc.study_logs(10_000 - found["cut_in_mid_upload"]["held"], 200)
    _send(pc, road, wire)
    found["first_pull_of_10000"] = _pull(pc, folder, handed, wire)
    road.close()
    pc.close()
    return found


def _cut(pc: Pc, road: Transport, wire: Wire) -> dict[str, Any]:
    """Cut the connection in the middle of a batch; what was sent and not answered is what went again."""
    before = len(pc.own())
    pc.study_logs(4000, 80)
    _count_clean(wire)
    wire.cut_after = 10_000
    outcome = deliver(pc.unlocked, road, pc.store.clock)
    rounds = outcome.rounds
    sent = outcome.sent_bytes - (outcome.failure.sent if outcome.failure else 0)
    if outcome.failure is not None:
        later = deliver(pc.unlocked, road, pc.store.clock)
        rounds, sent = rounds + later.rounds, sent + later.sent_bytes
    up = wire.taken().up
    return {
        "statements": len(pc.own()) - before,
        "rounds": rounds,
        "resent": up - sent,
        "left_unsent": pc.unlocked.unsent(),
        "held": len(pc.own()),
    }


def _pull(pc: Pc, folder: Path, handed: Handed, wire: Wire) -> dict[str, Any]:
    """Sign the same person up on a second PC, let the coordinator vouch for it, and pull everything."""
    second = Pc(folder / "pc2", handed, Learner(12), "PC Rapat")
    second.sign_up(ANI, "")
    desk = Pc(folder / "desk", handed, Learner(13), "PC Sekretariat")
    desk.sign_up(COORDINATOR, handed.codes[COORDINATOR.nip])
    for one in (second, desk):
        _send(one, Transport(wire.url), wire)
    waiting = next(key for key in waiting_keys(desk.unlocked) if key.profile == second.unlocked.profile)
    vouch(desk.unlocked, waiting, waiting.person)
    _send(desk, Transport(wire.url), wire)
    found = _send(second, Transport(wire.url), wire)
    for one in (pc, second):
        _send(one, Transport(wire.url), wire)
    found["same_state_hash"] = pc.unlocked.standing().state_hash == second.unlocked.standing().state_hash
    found["facts_held"] = len(second.own())
    second.close()
    desk.close()
    return found


def _tls(folder: Path, handed: Handed, port: int) -> dict[str, dict[str, Any]]:
    """Deliver over TLS 1.3 on a link of 600 to 1,500 ms with 5 % lost, on a kept connection and on new ones."""
    pem, context = own_certificate(folder)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    door = TlsDoor(port, context)
    pc = Pc(folder / "pc4", handed, Learner(14), "PC Gunung")
    pc.sign_up(LEARNERS[1], handed.codes[LEARNERS[1].nip])
    with Wire(door.port, MOUNTAIN) as wire:
        address = wire.url.replace("http:", "https:")
        cold: list[float] = []
        for _ in range(COLD):
            pc.study(10)
            road = Transport(address, verify=str(pem))
            cold.append(_send(pc, road, wire)["seconds"])
            if len(cold) < COLD:
                road.close()
        kept: list[float] = []
        for _ in range(KEPT):
            pc.study(10)
            kept.append(_send(pc, road, wire)["seconds"])
        road.close()
    pc.close()
    door.close()
    return {"tls_1_3_kept": _spread(kept), "tls_1_3_cold": _spread(cold)}


def _spread(took: list[float]) -> dict[str, Any]:
    return {"median_seconds": statistics.median(took), "worst_seconds": max(took), "deliveries": len(took)}


def _send(pc: Pc, road: Transport, wire: Wire) -> dict[str, Any]:
    """Deliver once and tell what it took, by the bytes that went over the wire."""
    _count_clean(wire)
    began = time.perf_counter()
    outcome = deliver(pc.unlocked, road, pc.store.clock)
    took = time.perf_counter() - began
    if outcome.failure is not None:
        raise RuntimeError(f"a delivery failed: {outcome.failure}")
    count = wire.taken()
    carried = max(outcome.acked, outcome.facts)
    return {
        "requests": outcome.rounds,
        "statements": carried,
        "up": count.up,
        "down": count.down,
        "bytes": count.up + count.down,
        "bytes_a_statement": round((count.up + count.down) / carried, 2) if carried else None,
        "seconds": round(took, 3),
    }


def _count_clean(wire: Wire) -> None:
    """Let what is still on its way to nobody pass by, and count from here."""
    time.sleep(2 * wire.link.delay + 0.05)
    wire.taken()


def _fresh(road: Transport) -> Transport:
    road.close()
    return Transport(road.address)


_pauses: deque[int] = deque()


@contextmanager
def _paused(clock: PcClock) -> Iterator[None]:
    """Let the clock of the PC move on by the learner's pause before each statement of a batch."""
    real = LogWriter.next

    def after_a_pause(self: LogWriter, kind: str, fields: Mapping[str, Value]) -> Statement:
        clock.unix += _pauses.popleft()
        return real(self, kind, fields)

    LogWriter.next = after_a_pause  # type: ignore[method-assign]
    try:
        yield
    finally:
        LogWriter.next = real  # type: ignore[method-assign]
