"""Random schedules of the real clients and the real centre: in the end all hold the same, and nothing is lost."""

import json
import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

from sync.client.deliver import deliver
from sync.folds.standing import StandingFold
from tests.harness import sim_faults
from tests.harness.sim_chance import chance
from tests.harness.sim_life import Life
from tests.harness.sim_road import SimRoad
from tests.harness.sim_world import ZONE, World, make_template

QUICK, LONG = 300, 100_000
STEPS, LONG_STEPS = 200, 500
CALM_ROUNDS = 12
"""Rounds over a road without faults in which everything must have come everywhere."""


def run(folder, *, rounds, seed, fault="", steps=STEPS):
    """Play `rounds` schedules; gives how many ended wrongly, with the seed of the first."""
    place = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else folder
    figures = dict.fromkeys(("rounds", "steps", "statements", "requests", "lost", "damaged"), 0)
    met = Counter()
    with tempfile.TemporaryDirectory(dir=place) as home, sim_faults.planted(fault):
        template = Path(home) / "kantor"
        template.mkdir()
        with chance(seed):
            make_template(template)
        for number in range(rounds):
            here = Path(home) / "giliran"
            shutil.copytree(template, here)
            with chance(seed + number):
                wrong = _schedule(here, seed + number, steps, figures, met)
            shutil.rmtree(here)
            figures["rounds"] += 1
            if wrong:
                figures["lost"] += len(wrong.get("lost", ()))
                figures["damaged"] += 1
                figures.setdefault("first_wrong", {"seed": seed + number} | wrong)
                if fault:
                    break
    return figures | {"met": dict(met)}


def _schedule(folder, seed, steps, figures, met):
    """Play one schedule and say what is wrong at its end; nothing, as a rule."""
    dice = random.Random(seed)
    world = World(folder, seed)
    try:
        life = Life(world, dice)
        for _ in range(steps):
            life.step()
        figures["steps"] += steps
        figures["statements"] += len(life.said)
        while life.road.late:
            life.road.arrive_late()
        calm = _calm(world)
        figures["requests"] += life.road.requests + calm.requests
        met.update(life.road.met)
        met.update(life.steps)
        return _wrong(world, life)
    finally:
        world.close()


def _calm(world):
    """Let everybody send and receive until nothing moves."""
    road = SimRoad(world.centre, world.dice)
    for _ in range(CALM_ROUNDS):
        moved = 0
        for name, profile in list(world.seats()):
            pc = world.pcs[name]
            outcome = deliver(pc.sit(profile), road, pc.clock)
            moved += outcome.acked + outcome.facts + (outcome.failure is not None)
        if not moved:
            break
    return road


def _wrong(world, life):
    """Compare what all ends hold with what was stated."""
    wrong = {}
    kept = Counter(
        (one.statement.log, one.statement.seq, one.statement.digest) for one in world.centre.kept()
    )
    lost = set(life.said) - life.excused - set(kept)
    if lost:
        wrong["lost"] = sorted(f"{log:x}/{seq} of {life.said[log, seq, digest]}" for log, seq, digest in lost)
    if any(count > 1 for count in kept.values()):
        wrong["doubled"] = sum(count - 1 for count in kept.values())
    unsent = {}
    hashes = {}
    for name, key in list(world.seats()):
        profile = world.pcs[name].sit(key)
        if profile.unsent():
            unsent[f"{name} {key.hex()[:6]}"] = profile.unsent()
        standing = profile.standing()
        jp = sum(year.total for year in standing.jp.values())
        hashes.setdefault(profile.person, {})[f"{name} {key.hex()[:6]}"] = (
            standing.state_hash.hex()[:12],
            jp,
        )
    if unsent:
        wrong["unsent"] = unsent
    for person, found in hashes.items():
        facts, shifts = world.centre.of_person(person)
        fold = StandingFold(shifts)
        for fact in facts:
            fold.add(fact)
        standing = fold.standing(ZoneInfo(ZONE))
        jp = sum(year.total for year in standing.jp.values())
        found["pusat"] = (standing.state_hash.hex()[:12], jp)
        if len(set(found.values())) > 1:
            wrong.setdefault("unequal", []).append(found)
    return wrong


def main():
    """Play one schedule by its seed, to look at it: `python -m tests.harness.sync SEED [STEPS]`."""
    seed, steps = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else STEPS
    with tempfile.TemporaryDirectory() as folder:
        figures = run(Path(folder), rounds=1, seed=seed, steps=steps)
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
