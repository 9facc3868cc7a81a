"""The command `suluh`: which words there are, and which room answers each of them."""

import argparse
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path

CENTRE_WORDS = ("server", "office", "hub")
ROOMS: Mapping[str, str] = {
    "pack": "desktop.studio.pack_command",
    "paper": "desktop.paper.command",
    "verify": "desktop.evidence.verify_command",
    "health": "desktop.app.health",
    "setup": "desktop.app.setup",
}
"""Which module answers a word, with its `run`."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Answer one command line; the value is the exit code of the process."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words and words[0] in CENTRE_WORDS:
        return _centre(words)
    if words and words[0] in ROOMS:
        # the window must not wait for any of them
        answered: int = import_module(ROOMS[words[0]]).run(words[1:])
        return answered
    options = _parser().parse_args(words)
    if options.word == "demo":
        from desktop.demo.command import run_demo  # noqa: PLC0415 - as above

        return run_demo(headless=options.headless, out=options.out)
    if options.word == "latihan":
        from desktop.demo.command import run_practice  # noqa: PLC0415 - as above

        return run_practice()
    from desktop.app.start import run_window  # noqa: PLC0415 - `suluh pack` needs no Qt

    return run_window(data=options.data)


def _centre(words: Sequence[str]) -> int:
    """Hand over to the centre, which is a program of its own: the desk never imports it."""
    rest = words[1:] if words[0] == "server" else words
    try:
        return subprocess.run([sys.executable, "-m", "sync.server", *rest], check=False).returncode
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="suluh",
        description="Belajar tanpa internet, hasilnya tetap sampai. Tanpa kata lain: buka jendela Suluh.",
        epilog="Juga: suluh pack build|verify|keygen, suluh verify BERKAS|TEKS,"
        " suluh paper TEKS BERKAS.pdf, suluh health,"
        " suluh setup --office BERKAS [--pack BERKAS…] [--quiet],"
        " suluh server run|report|publisher|person|certificate,"
        " suluh office new|update|hand-over, suluh hub run.",
    )
    parser.add_argument("--data", type=Path, help="folder data komputer ini (bawaan: folder data pengguna)")
    subs = parser.add_subparsers(dest="word", metavar="kata")
    demo = subs.add_parser("demo", help="kantor contoh dengan pusat sendiri di komputer ini")
    demo.add_argument("--headless", action="store_true", help="tanpa layar: seluruh alur, lalu selesai")
    subs.add_parser("latihan", help="kantor rekaan untuk koordinator yang berlatih satu putaran penuh")
    demo.add_argument("--out", type=Path, help="folder gambar layar dan report.json")
    return parser
