"""The command `suluh setup`: makes a fresh PC ready from files alone, silently, fifty in an afternoon."""

import argparse
import json
import platform
import sys
from collections.abc import Mapping, Sequence
from enum import IntEnum
from pathlib import Path

from desktop.errors import Problem, explain
from desktop.formats import zone_letters
from desktop.language import tr
from desktop.store.device import Store
from desktop.store.durable import durable_write
from desktop.store.faults import StoreFault
from sync.refusal import Refusal

_NAME = 60
"""Letters of a PC's name."""
OLDEST = 17_763
"""The build of Windows 10 1809: the window needs it, and no later step can make up for it."""


class Ended(IntEnum):
    """The exit codes, for the script that visits the PCs; 2 is argparse's own for words it cannot read."""

    READY = 0
    OFFICE = 3
    FINGERPRINT = 4
    PACK = 5
    FOLDER = 6
    SYSTEM = 7


def run(arguments: Sequence[str]) -> int:
    """Make this account's PC ready: office file, packs, name. Asks nothing, needs no rights and no network.

    Safe to run again: what is there stays, and what is missing is added. The last line says how it ended.
    """
    options = _parser().parse_args(arguments)
    build = _build()
    if build is not None and build < OLDEST:
        title = tr("Windows di komputer ini terlalu lama untuk Suluh.")
        advice = tr("Perlu Windows 10 versi 1809 atau lebih baru. Tidak ada yang diubah di komputer ini.")
        return _end(options, Ended.SYSTEM, Problem(title, advice), build=build)
    try:
        store = Store.open(options.data)
    except (OSError, StoreFault) as fault:
        return _end(options, Ended.FOLDER, explain(fault))
    try:
        return _prepare(store, options)
    finally:
        store.close()


def _build() -> int | None:
    """Give the build of this Windows; None on any other system."""
    if sys.platform == "win32":
        return sys.getwindowsversion().build
    return None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="suluh setup",
        description="Siapkan komputer ini tanpa bertanya dan tanpa internet.",
        epilog="Kode akhir: 0 siap, 3 berkas kantor ditolak, 4 sidik jari tidak sama, 5 ada paket yang "
        "ditolak, 6 folder data tidak dapat ditulisi, 7 Windows terlalu lama.",
    )
    parser.add_argument("--office", type=Path, required=True, help="berkas kantor (.suluh-kantor)")
    parser.add_argument(
        "--pack", type=Path, action="extend", nargs="+", default=[], help="berkas paket; boleh beberapa"
    )
    parser.add_argument("--pc-name", default="", help="nama komputer (bawaan: nama komputer di jaringan)")
    parser.add_argument("--fingerprint", default="", help="20 angka sidik jari; bila tidak sama, berhenti")
    parser.add_argument("--data", type=Path, help="folder data komputer ini (bawaan: folder data pengguna)")
    parser.add_argument(
        "--log", type=Path, help="berkas daftar hasil, misalnya di flashdisk; ditambah sebaris"
    )
    parser.add_argument("--quiet", action="store_true", help="hanya baris hasil")
    return parser


def _prepare(store: Store, options: argparse.Namespace) -> int:
    """Do it in the order in which each step needs the one before."""
    from desktop.people.office import adopt_office, inspect_office  # noqa: PLC0415 - crypto waits for the words

    try:
        offer = inspect_office(store, options.office)
        if options.fingerprint and _differ(options.fingerprint, offer.fingerprint):
            return _end(options, Ended.FINGERPRINT, None, fingerprint=offer.fingerprint)
        header = adopt_office(store, offer.raw).header
    except (OSError, Refusal, Problem) as fault:
        return _end(options, Ended.OFFICE, explain(fault))
    store.put_setting("place", f"{header.name}, {zone_letters(header.zone)}")
    store.name_pc(_name_of(options.pc_name, store.pc().name))
    store.put_setting("ready", "1")
    packs, refused = 0, list[str]()
    for file in options.pack:
        problem = _install(store, file)
        packs += problem is None
        if problem is not None:
            refused.append(file.name)
        if not options.quiet:
            print(f"{file.name}: {'terpasang' if problem is None else problem.title}")
    told = {
        "office": header.name,
        "version": header.version,
        "pc": store.pc().name,
        "packs": packs,
        "refused": refused,
        "fingerprint": offer.fingerprint,
    }
    return _end(options, Ended.PACK if refused else Ended.READY, None, **told)


def _differ(wanted: str, shown: str) -> bool:
    """Whether two fingerprints are two: only their digits count."""
    return "".join(filter(str.isdigit, wanted)) != "".join(filter(str.isdigit, shown))


def _install(store: Store, file: Path) -> Problem | None:
    """Install a pack; the reason where it was refused."""
    from desktop.library.belief import Belief  # noqa: PLC0415 - TUF waits for a pack
    from desktop.library.index import DeviceIndex  # noqa: PLC0415 - as above
    from desktop.library.install import Installer  # noqa: PLC0415 - as above

    installer = Installer(
        DeviceIndex(store), Belief(store), store.folders.objects, store.now, proven=store.proven
    )
    try:
        installer.install(installer.inspect(file))
    except (OSError, Refusal, Problem) as fault:
        return explain(fault)
    return None


def _end(options: argparse.Namespace, ended: Ended, problem: Problem | None, **told: object) -> int:
    """Print the result line: one JSON object, so that a script of fifty PCs can gather them.

    It names office, PC and packs, and nobody; where a list was asked for it gets the same line.
    """
    if problem is not None:
        told |= {"problem": problem.title, "advice": problem.advice}
    told.setdefault("pc", _name_of(options.pc_name))
    result = {"setup": ended.name.lower(), "exit": int(ended), **told}
    if options.log is not None and not _noted(options.log, result):
        result["log"] = tr("Daftar hasil tidak dapat ditulis.")
    print(json.dumps(result, ensure_ascii=False))
    return int(ended)


def _name_of(*wanted: str) -> str:
    """Give the first name there is for this PC, else that in its network."""
    found = next((name.strip() for name in wanted if name.strip()), platform.node())
    return " ".join(found.split())[:_NAME]


def _noted(log: Path, result: Mapping[str, object]) -> bool:
    """Add a line to the list of results, whole: a stick that is pulled holds this list or the one before."""
    try:
        before = log.read_bytes() if log.exists() else b""
        line = json.dumps(result, ensure_ascii=False) + "\n"
        durable_write(log, before + line.encode(), mode=0o644)
    except OSError:
        return False
    return True
