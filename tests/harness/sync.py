"""Random schedules of the real clients and the real centre: in the end all hold the same, and nothing is lost."""

import json
import multiprocessing
import os
import random
import shutil
import sys
import tempfile
import traceback
from collections import Counter
from pathlib import Path

from sync.client.deliver import deliver
from tests.harness import sim_faults
from tests.harness.sim_chance import chance
from tests.harness.sim_judge import judged
from tests.harness.sim_life import Life
from tests.harness.sim_road import SimRoad
from tests.harness.sim_speed import quick, sweep
from tests.harness.sim_world import World, cheap_pins, make_template

QUICK, LONG = 300, 100_000
STEPS, LONG_STEPS = 200, 500
FEW = 8
"""Schedules for which starting another process does not pay."""
CALM_ROUNDS = 12
"""Rounds over a road without faults in which everything must have come everywhere."""


def run(folder, *, rounds, seed, fault="", steps=0):
    """Play `rounds` schedules, on all cores; gives how many ended wrongly, with the seed of the first.

    A planted fault ends the run where it is found.
    """
    steps = steps or (LONG_STEPS if rounds >= LONG else STEPS)
    place = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else folder
    total = Counter(dict.fromkeys(("rounds", "steps", "statements", "requests", "lost", "damaged"), 0))
    met, first = Counter(), {}
    with tempfile.TemporaryDirectory(dir=place) as home:
        template = Path(home) / "kantor"
        template.mkdir()
        with quick(), chance("kantor"):  # the same office for every seed: a schedule can be replayed alone
            make_template(template)
        orders = ((template, seed + number, fault, steps) for number in range(rounds))
        for number, (figures, seen, wrong) in enumerate(_played(orders, rounds)):
            total.update(figures)
            met.update(seen)
            if wrong and not first:
                first = {"first_wrong": {"seed": seed + number} | wrong}
            if wrong and fault:
                break
    return {**total, **first, "met": dict(met)}


def _played(orders, rounds):
    """Play in this process what is not much, and the rest on all cores; in the order of seeds."""
    cores = min(os.cpu_count() or 1, rounds // FEW)
    if cores < 2:
        yield from map(play, orders)
        return
    with multiprocessing.get_context("spawn").Pool(cores) as pool:
        yield from pool.imap(play, orders, chunksize=FEW // 2)


def play(order):
    """Play one schedule on a copy of the office."""
    template, seed, fault, steps = order
    met = Counter()
    figures = Counter(rounds=1, steps=steps)
    cheap_pins()
    with (
        tempfile.TemporaryDirectory(dir=template.parent) as home,
        sim_faults.planted(fault),
        quick(),
        chance(f"giliran {seed}"),
    ):
        shutil.copytree(template, Path(home) / "kantor")
        wrong = _survived(lambda: _schedule(Path(home) / "kantor", seed, steps, figures, met))
    sweep()
    figures["lost"] += len(wrong.get("lost", ()))
    figures["damaged"] += bool(wrong)
    return figures, met, wrong


def _survived(schedule):
    """Play it; a schedule in which the product breaks ends wrongly too, with the last place it was in."""
    try:
        return schedule()
    except Exception as fault:  # noqa: BLE001 - whatever it is, the seed has to be told
        place = traceback.extract_tb(fault.__traceback__)[-1]
        return {"broke": f"{type(fault).__name__}: {fault} in {Path(place.filename).name}:{place.lineno}"}


def _schedule(folder, seed, steps, figures, met):
    """Play one schedule and say what is wrong at its end; nothing, as a rule."""
    dice = random.Random(seed)
    world = World(folder, seed)
    try:
        life = Life(world, dice)
        for _ in range(steps):
            life.step()
        figures["statements"] += len(life.said)
        for road in (life.lan, life.road):
            while road.late:
                road.arrive_late()
        calm = _calm(world, life)
        figures["requests"] += life.road.requests + calm.requests
        met.update(life.road.met)
        met.update(life.lan.met)
        met.update(life.steps)
        return {what: found for what, found in judged(world, life).items() if found}
    finally:
        world.close()


def _calm(world, life):
    """Let everybody send and receive, and the desk vouch for whoever waits, until nothing moves."""
    road = SimRoad(world.centre, world.dice)
    for clock in world.clocks.values():
        clock.at = world.clock.at
    life.last_lan(road)
    life.last_round(road)
    for _ in range(CALM_ROUNDS):
        for pc in world.pcs.values():
            pc.up()  # whoever sits down again takes up what came meanwhile
        life.vouches(life._desk(beside=life.robbed))
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
