"""Cek kesehatan wired: the list on the glass, the ZIP for a technician, and the command `suluh health`."""

import argparse
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

from desktop.errors import Problem, explain
from desktop.language import tr
from desktop.library.drives import Drives, removable_roots
from desktop.paths import folders
from desktop.store.care import DEVICE_FILE, RUNNING
from desktop.store.device import Store
from desktop.store.durable import durable_write
from desktop.store.faults import StoreFault
from desktop.store.health import Finding, look_after, versions
from desktop.store.mending import mark_of

FORMAT = 1


def health_zip(found: Iterable[Finding]) -> bytes:
    """Pack findings for a technician: a list to read, and the numbers for a program. Names nobody."""
    found = tuple(found)
    held = {"format": FORMAT, "findings": [{"name": f.name, "good": f.good, **f.facts} for f in found]}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("kesehatan.json", json.dumps(held, indent=1, sort_keys=True))
        file.writestr("kesehatan.txt", "\n".join(lines_of(found)) + "\n")
    return packed.getvalue()


def save_zip(path: Path, found: Iterable[Finding]) -> None:
    """Write the ZIP where somebody wants it. Raises OSError, StoreFault."""
    durable_write(path, health_zip(found), mode=0o644)


def lines_of(found: Iterable[Finding]) -> list[str]:
    """Write findings as lines: what is well, what to look at, and what to do."""
    lines = []
    for one in found:
        lines.append(f"[{tr('baik') if one.good else tr('perhatikan')}] {one.title}")
        if one.advice:
            lines.append(f"    {one.advice}")
    return lines


def run(arguments: Sequence[str]) -> int:
    """Say how this PC is: 0 when all is well, 1 when something wants a look, 2 when nothing can be told."""
    parser = argparse.ArgumentParser(prog="suluh health", description="Cek kesehatan komputer ini.")
    parser.add_argument("--out", type=Path, help="simpan juga sebagai ZIP, tanpa data pribadi")
    parser.add_argument("--data", type=Path, help="folder data komputer ini (bawaan: folder data pengguna)")
    options = parser.parse_args(arguments)
    try:
        found = _found(options.data)
        if options.out is not None:
            save_zip(options.out, found)
    except (OSError, Problem) as fault:
        problem = explain(fault)
        print(problem.title, problem.advice)  # noqa: T201 - the answer of a command
        return 2
    print(*lines_of(found), sep="\n")  # noqa: T201 - as above
    return 0 if all(one.good for one in found) else 1


def _found(data: Path | None) -> tuple[Finding, ...]:
    """Look at a data folder; one that does not open is itself what was found."""
    place, number = folders(data), version("suluh")
    device = place.data / DEVICE_FILE
    if not place.data.exists():
        title = tr("Di folder ini belum ada data Suluh.")
        return (Finding("store", good=False, title=title), versions(number))
    if mark_of(device).exists() and (place.data / RUNNING).exists():  # a window may still have it open
        title, advice = tr("Data komputer ini rusak."), tr("Tutup Suluh, lalu buka lagi.")
        return (Finding("store", good=False, title=title, advice=advice), versions(number))
    try:
        store = Store.open(place)
    except StoreFault as fault:
        facts = {"reason": fault.reason.name}
        return (
            Finding("store", good=False, title=fault.title, advice=fault.advice, facts=facts),
            versions(number),
        )
    try:
        roots = [drive.root for drive in Drives(removable_roots).drives()]
        return look_after(store, roots, number)
    finally:
        store.close()
