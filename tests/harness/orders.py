"""Twenty parts in random orders, each with some of them again: one state at the desk, and every count right."""

import os
import random
import tempfile
from pathlib import Path

from desktop.office.merge import merge_parts
from desktop.store import keyring
from desktop.store.facts import Scope
from desktop.store.post import Post
from desktop.store.rows import Stretch
from sync.folds.standing import StandingFold
from sync.postbag.part import read_part
from tests.builders.office import DINA, MARKUS, YOHANA, new_office
from tests.builders.round import Desk
from tests.harness.stick_faults import planted

QUICK, LONG = 1_000, 20_000
PARTS = 20


def run(folder, *, rounds, seed, fault=""):
    """Merge `rounds` random orders with repeats on a desk that holds nothing; gives how many ended otherwise."""
    place = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else folder
    keyring.new_stretch = lambda: Stretch(b"s" * 16, 8, 1)
    dice = random.Random(seed)
    figures = {"rounds": 0, "parts": PARTS, "lost": 0, "damaged": 0}
    with tempfile.TemporaryDirectory(dir=place) as home:
        office = new_office()
        pcs = [Desk(Path(home) / nip, office, f"PC {nip[:4]}") for nip in (YOHANA, DINA)]
        desk = Desk(Path(home) / "meja", office, "PC Sekretariat")
        profile = desk.sit(MARKUS)
        parts = twenty_parts(pcs)
        merge_parts(profile, parts)
        states, count = {state_of(profile)}, len(profile.facts(Scope.OFFICE))
        with planted(fault):
            for _ in range(rounds):
                found = merge_again(
                    profile, dice.sample(parts, PARTS) + dice.choices(parts, k=dice.randint(0, 6))
                )
                states.add(state_of(profile))
                figures["lost"] += found.new < count
                figures["damaged"] += found.new > count or found.known + found.doubtful > 0
                figures["rounds"] += 1
        figures["states"] = len(states)
        figures["damaged"] += len(states) - 1
        for pc in (*pcs, desk):
            pc.off()
    return figures


def twenty_parts(pcs):
    """Twenty parts of two PCs: each holds what the ones before it hold, and a little more."""
    parts = []
    for turn in range(PARTS // 2):
        for pc, nip in zip(pcs, (YOHANA, DINA), strict=True):
            if nip not in pc.people:
                pc.sit(nip)
            pc.study(nip, [turn + 1, turn + 2])
            parts += [one.part for one in Post(pc.store).outward()]
    return [(read_part(data), data) for data in parts]


def merge_again(profile, parts):
    """Merge as if the desk had never heard anything."""
    with profile.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM statement WHERE scope = 2")
    return merge_parts(profile, parts)


def state_of(profile):
    """The hash of everything that the collected facts add up to."""
    fold = StandingFold({})
    for fact in profile.facts(Scope.OFFICE):
        fold.add(fact)
    return fold.standing(profile.zone()).state_hash
