"""Random schedules of the real clients and the real centre: in the end all hold the same, and nothing is lost."""

import json
import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

from sync.client.deliver import deliver
from tests.harness import sim_faults
from tests.harness.sim_chance import chance
from tests.harness.sim_judge import judged
from tests.harness.sim_life import Life
from tests.harness.sim_road import SimRoad
from tests.harness.sim_speed import quick, sweep
from tests.harness.sim_world import World, make_template

QUICK, LONG = 300, 100_000
STEPS, LONG_STEPS = 200, 500
CALM_ROUNDS = 12
"""Rounds over a road without faults in which everything must have come everywhere."""


def run(folder, *, rounds, seed, fault="", steps=STEPS):
    """Play `rounds` schedules; gives how many ended wrongly, with the seed of the first."""
    place = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else folder
    figures = dict.fromkeys(("rounds", "steps", "statements", "requests", "lost", "damaged"), 0)
    met = Counter()
    with tempfile.TemporaryDirectory(dir=place) as home, sim_faults.planted(fault), quick():
        template = Path(home) / "kantor"
        template.mkdir()
        with chance("kantor"):  # the same office for every seed, so that one schedule can be replayed alone
            make_template(template)
        for number in range(rounds):
            here = Path(home) / "giliran"
            shutil.copytree(template, here)
            with chance(f"giliran {seed + number}"):
                wrong = _schedule(here, seed + number, steps, figures, met)
            shutil.rmtree(here)
            sweep()
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
        calm = _calm(world, life)
        figures["requests"] += life.road.requests + calm.requests
        met.update(life.road.met)
        met.update(life.steps)
        return {what: found for what, found in judged(world, life).items() if found}
    finally:
        world.close()


def _calm(world, life):
    """Let everybody send and receive, and the desk vouch for whoever waits, until nothing moves."""
    road = SimRoad(world.centre, world.dice)
    for clock in world.clocks.values():
        clock.at = world.clock.at
    for _ in range(CALM_ROUNDS):
        for pc in world.pcs.values():
            pc.up()  # whoever sits down again takes up what came meanwhile
        life.vouch()
        moved = 0
        for name, profile in list(world.seats()):
            pc = world.pcs[name]
            outcome = deliver(pc.sit(profile), road, pc.clock)
            moved += outcome.acked + outcome.facts + (outcome.failure is not None)
        if not moved:
            break
    return road


def main():
    """Play one schedule by its seed, to look at it: `python -m tests.harness.sync SEED [STEPS]`."""
    seed, steps = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else STEPS
    with tempfile.TemporaryDirectory() as folder:
        figures = run(Path(folder), rounds=1, seed=seed, steps=steps)
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
