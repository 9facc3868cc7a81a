"""The TLS rows of the sync table: the centre's own TLS 1.3 and a PC's, on links that delay and lose."""

import statistics
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from desktop.demo.centre import Centre
from desktop.demo.people import COORDINATOR, LEARNERS
from sync.client.transport import Transport
from tests.benchmarks.line import SERVER, Line
from tests.benchmarks.link import GORGE, LOOPBACK, MOUNTAIN
from tests.benchmarks.recorded import Learner
from tests.benchmarks.studying import Pc
from tests.builders.certificate import own_certificate
from tests.builders.road import found_office

PCS = 6
"""PCs that deliver side by side, each over a link of its own: the luck of one is no median."""
COLD, AGAIN, KEPT = 16, 8, 16
"""Deliveries of each sort by each PC."""
_LIKE_A_CHAIN = 1_500
"""Bytes by which a certificate of one's own is shorter than a leaf and its issuer, both with elliptic curves."""

Sent = dict[str, Any]


def over_tls() -> dict[str, dict[str, Any]]:
    """Deliver 10 statements at a time on the bars' link, and on one that has 64 kbit/s besides.

    Cold is a full handshake, as after a start of the app; again is a new connection of the same road, which
    takes TLS up where it was left; kept is a connection that was open.
    """
    found: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory(prefix="suluh-tls-") as name, ExitStack() as held:
        folder = Path(name)
        pem, _ = own_certificate(folder, host=SERVER, padding=_LIKE_A_CHAIN)
        words = ("--tls-cert", str(pem), "--tls-key", str(folder / "own.key"))
        centre = held.enter_context(Centre(folder / "pusat", *words))
        people = LEARNERS[:PCS]
        handed = found_office(centre, folder / "berkas", (COORDINATOR, *people))
        lines: list[tuple[Line, Pc]] = []
        for number, person in enumerate(people):
            line = held.enter_context(Line(centre.port, seed=number))
            pc = Pc(folder / f"pc{number}", handed, Learner(20 + number), f"PC {number}")
            held.callback(pc.close)
            pc.sign_up(person, handed.codes[person.nip])
            lines.append((line, pc))
        with ThreadPoolExecutor(PCS) as side_by_side:
            for row, link in (("tls_1_3", MOUNTAIN), ("tls_1_3_and_64_kbit", GORGE)):
                for line, _ in lines:
                    line.become(link)
                for sort, act in (("cold", _cold), ("again", _again), ("kept", _kept)):
                    sent = side_by_side.map(_on(act, pem), lines)
                    found[f"{row}_{sort}"] = _spread([one for some in sent for one in some])
        for line, _ in lines:
            line.become(LOOPBACK)
    return found


def _on(act: Callable[[Line, Pc, Path], list[Sent]], pem: Path) -> Callable[[tuple[Line, Pc]], list[Sent]]:
    return lambda one: act(*one, pem)


def _cold(line: Line, pc: Pc, pem: Path) -> list[Sent]:
    found = []
    for _ in range(COLD):
        road = line.tls(pem)
        found.append(_ten(line, pc, road))
        road.close()
    return found


def _again(line: Line, pc: Pc, pem: Path) -> list[Sent]:
    road = line.tls(pem)
    found = []
    for _ in range(AGAIN + 1):
        found.append(_ten(line, pc, road))
        road.close()
    return found[1:]


def _kept(line: Line, pc: Pc, pem: Path) -> list[Sent]:
    road = line.tls(pem)
    found = [_ten(line, pc, road) for _ in range(KEPT + 1)]
    road.close()
    return found[1:]


def _ten(line: Line, pc: Pc, road: Transport) -> Sent:
    pc.study(10)
    return line.send(pc, road, cuts=5)


def _spread(sent: list[Sent]) -> dict[str, Any]:
    took = sorted(one["seconds"] for one in sent)
    return {
        "median_seconds": statistics.median(took),
        "tenth_seconds": took[len(took) // 10],
        "nine_tenths_seconds": took[len(took) * 9 // 10],
        "worst_seconds": took[-1],
        "median_bytes": statistics.median(one["bytes"] for one in sent),
        "sent_again": sum(one["sent_again"] for one in sent),
        "cuts": sum(one["cuts"] for one in sent),
        "deliveries": len(took),
    }
