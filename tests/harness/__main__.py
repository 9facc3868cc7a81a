"""`python -m tests.harness NAME [--long]`: run one harness, print its figures as JSON, fail on any loss."""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from tests.harness import crash, kill, orders, packs, stick, sync

NAMES = {"kill": kill, "crash": crash, "packs": packs, "stick": stick, "orders": orders, "sync": sync}


def main():
    """Run what the arguments name; exit 1 when anything acknowledged was lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.harness")
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--long", action="store_true", help="the long run of the nightly")
    parser.add_argument("--rounds", type=int, help="how many kills or states, instead of the usual number")
    parser.add_argument("--fault", default="", help="plant a fault that the harness must find")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    harness = NAMES[asked.name]
    rounds = asked.rounds or (harness.LONG if asked.long else harness.QUICK)
    with tempfile.TemporaryDirectory() as folder:
        figures = harness.run(Path(folder), rounds=rounds, seed=asked.seed, fault=asked.fault)
    sys.stdout.write(json.dumps(figures) + "\n")
    return 1 if figures["lost"] or figures["damaged"] else 0


if __name__ == "__main__":
    sys.exit(main())
