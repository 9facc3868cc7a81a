"""The proof of the demo: JP on the PCs, at the centre and in the report must be one number."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from desktop.demo.history import send
from desktop.demo.people import COORDINATOR, LEARNERS, PIN
from desktop.demo.tour import Tour, clock
from desktop.demo.world import FIRST_PC, SECOND_PC, THIRD_PC, World
from desktop.office.desk import Desk
from desktop.people.profiles import sign_in
from desktop.store.device import Store

Tell = Callable[[str], None]


def prove(world: World, out: Path, say: Tell) -> int:
    """Walk the road, add up in three places, write report.json; 0 when the sums agree, else 1."""
    seconds = clock()
    steps: list[dict[str, Any]] = []

    def tell(words: str) -> None:
        at = round(seconds(), 1)
        steps.append({"step": words, "at_seconds": at})
        say(f"{at:6.1f} s  {words}")

    qt = QApplication.instance() or QApplication(["suluh"])
    if not isinstance(qt, QApplication):
        raise TypeError(qt)
    tell("Pusat berjalan di komputer ini")
    world.found(tell)
    world.live(tell)
    world.coordinator_pc(tell)
    tour = Tour(qt, world, out, tell)
    tour.walk()
    on_pcs = _on_pcs(world)
    at_centre = world.centre.report()["offices"][0]["jp"]
    in_report = _in_report(world)
    agree = on_pcs == at_centre == in_report and len(set(tour.hashes.values())) == 1
    report = {
        "jp": {"on_pcs": on_pcs / 100, "at_centre": at_centre / 100, "in_report": in_report / 100},
        "same_state_on_both_pcs": len(set(tour.hashes.values())) == 1,
        "agree": agree,
        "people": 1 + len(LEARNERS),
        "syncs": tour.syncs_as_data(),
        "steps": steps,
        "seconds": round(seconds(), 1),
    }
    (out / "report.json").write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", "utf-8")
    say("")
    say(f"JP di komputer {on_pcs / 100:g}, di pusat {at_centre / 100:g}, di laporan {in_report / 100:g}.")
    say("Ketiganya sama." if agree else "TIDAK SAMA.")
    say(f"Gambar layar dan report.json: {out}")
    return 0 if agree else 1


def _on_pcs(world: World) -> int:
    """Add up what each person's own PCs say, in hundredths of JP; somebody on two PCs counts once."""
    found: dict[bytes, int] = {}
    for name in (FIRST_PC, SECOND_PC, THIRD_PC):
        store = Store.open(world.pc_folder(name))
        for tile in store.tiles():
            profile = sign_in(store, tile.profile, PIN)
            hours = sum(year.total for year in profile.standing().jp.values())
            found[profile.person] = max(found.get(profile.person, 0), hours)
            profile.close()
        store.close()
    return sum(found.values())


def _in_report(world: World) -> int:
    """Add up the coordinator's report after a last exchange, in hundredths of JP; no data counts as none."""
    store = Store.open(world.pc_folder(THIRD_PC))
    tile = next(one for one in store.tiles() if one.nickname == COORDINATOR.nickname)
    profile = sign_in(store, tile.profile, PIN)
    send(profile, world.centre.url)
    total = sum(one.row.jp or 0 for one in Desk(profile).renew().rows)
    profile.close()
    store.close()
    return total
