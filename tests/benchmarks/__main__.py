"""Entry of `python -m tests.benchmarks NAME --json`: runs one benchmark and prints what it measured."""

import argparse
import importlib
import json
import sys

NAMES = ("start", "sync", "pack", "table", "centre", "stick", "search", "practice", "report")


def main(words: list[str] | None = None) -> int:
    """Run a benchmark by name; `--json` prints one object, otherwise a line a figure."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    asked = parser.parse_args(words)
    found = importlib.import_module(f"tests.benchmarks.{asked.name}").run()
    if asked.json:
        sys.stdout.write(json.dumps(found, indent=1, ensure_ascii=False) + "\n")
    else:
        _lines("", found)
    return 0


def _lines(before: str, found: object) -> None:
    if isinstance(found, dict):
        for name, value in found.items():
            _lines(f"{before}.{name}" if before else str(name), value)
    else:
        sys.stdout.write(f"{before}: {found}\n")


if __name__ == "__main__":
    sys.exit(main())
