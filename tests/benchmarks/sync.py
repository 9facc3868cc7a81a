"""What a sync costs: real PCs and a real centre in a process of its own, over a link that is measured and bad."""

import os
import tempfile
from pathlib import Path
from typing import Any

from desktop.demo.centre import Centre
from desktop.demo.people import COORDINATOR, LEARNERS
from desktop.people.vouching import vouch, waiting_keys
from desktop.store import keyring
from desktop.store.rows import Stretch
from tests.benchmarks.line import Line
from tests.benchmarks.link import LOOPBACK, SATELLITE
from tests.benchmarks.recorded import Learner
from tests.benchmarks.studying import Pc
from tests.benchmarks.sync_hard import cut_in_mid_upload, nobody_behind_it, two_devices
from tests.benchmarks.sync_tls import over_tls
from tests.builders.road import Handed, found_office

ANI = LEARNERS[0]
BARS: dict[str, dict[str, float]] = {
    "nothing_new": {"bytes": 500, "requests": 1},
    "10_new_kept": {"bytes": 900, "requests": 1, "seconds": 0.9},
    "10_new_cold": {"bytes": 900, "requests": 1, "seconds": 1.5},
    "100_new": {"bytes": 1300, "requests": 1, "seconds": 1.0},
    "1000_new_in_40_logs": {"bytes": 9000, "seconds": 2.5, "bytes_a_statement": 8.5},
    "first_pull_of_10000": {"bytes": 100_000, "seconds": 3.0},
    "cut_in_mid_upload": {"resent": 16_384, "left_unsent": 0, "held_twice": 0, "lost": 0},
    "two_devices_same_item": {"lost": 0, "differing_hashes": 0, "unfinished": 0},
    "link_that_stays_cut": {"believed": 0, "changed": 0},
    "captive_portal": {"believed": 0, "changed": 0},
    "tls_1_3_kept": {"median_seconds": 1.3},
    "tls_1_3_cold": {"median_seconds": 4.1},
}


def run() -> dict[str, Any]:
    """Measure; bytes are TCP payload both ways with all HTTP headers, seconds are of the whole delivery."""
    keyring.new_stretch = lambda: Stretch(b"s" * 16, 8, 1)
    os.environ["NO_PROXY"] = "*"
    with tempfile.TemporaryDirectory(prefix="suluh-sinkron-") as name, Centre(Path(name) / "pusat") as centre:
        folder = Path(name)
        handed = found_office(centre, folder / "berkas", (COORDINATOR, *LEARNERS[:3]))
        with Line(centre.port) as line:
            found: dict[str, Any] = _measure(folder, handed, line, centre)
            link = {"kind": line.link.kind, "why_no_namespaces": line.why_proxy or None}
    found |= over_tls()
    for case, bars in BARS.items():
        found[case]["bars"] = bars
        found[case]["reached"] = all(found[case][figure] <= bar for figure, bar in bars.items())
    return {"link": link, **found}


def _measure(folder: Path, handed: Handed, line: Line, centre: Centre) -> dict[str, dict[str, Any]]:
    pc = Pc(folder / "pc1", handed, Learner(11), "PC Loket 1")
    pc.sign_up(ANI, handed.codes[ANI.nip])
    road = line.plain()
    line.send(pc, road)
    pc.study(1)
    line.send(pc, road)
    found = {"nothing_new": line.send(pc, road)}
    road.close()

    line.become(SATELLITE)
    road = line.plain()
    pc.study(10)
    found["10_new_cold"] = line.send(pc, road)
    pc.study(10)
    found["10_new_kept"] = line.send(pc, road)
    pc.study(100)
    found["100_new"] = line.send(pc, road)
    pc.study_logs(1000, 40)
    found["1000_new_in_40_logs"] = line.send(pc, road)
    road.close()

    pc.sit()
    found["cut_in_mid_upload"] = cut_in_mid_upload(pc, line, centre, folder)
    found |= nobody_behind_it(pc, line)

    line.become(LOOPBACK)
    road = line.plain()
    pc.study_logs(10_000 - len(pc.own()), 40)
    line.send(pc, road)
    second = Pc(folder / "pc2", handed, Learner(12), "PC Rapat")
    found["first_pull_of_10000"] = _pull(pc, second, folder, handed, line)
    found["two_devices_same_item"] = two_devices(pc, second, line)
    road.close()
    pc.close()
    second.close()
    return found


def _pull(pc: Pc, second: Pc, folder: Path, handed: Handed, line: Line) -> dict[str, Any]:
    """Sign the same person up on a second PC, let the coordinator vouch for it, and pull everything."""
    second.sign_up(ANI, "")
    desk = Pc(folder / "desk", handed, Learner(13), "PC Sekretariat")
    desk.sign_up(COORDINATOR, handed.codes[COORDINATOR.nip])
    for one in (second, desk):
        line.send(one, line.plain())
    waiting = next(key for key in waiting_keys(desk.unlocked) if key.profile == second.unlocked.profile)
    vouch(desk.unlocked, waiting, waiting.person)
    line.send(desk, line.plain())
    found = line.send(second, line.plain())
    for one in (pc, second):
        line.send(one, line.plain())
    found["same_state_hash"] = pc.unlocked.standing().state_hash == second.unlocked.standing().state_hash
    found["facts_held"] = len(second.own())
    desk.close()
    return found
