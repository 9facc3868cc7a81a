"""The command `suluh`: which words there are, and which room answers each of them."""

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

CENTRE_WORDS = ("server", "office", "hub")


def main(arguments: Sequence[str] | None = None) -> int:
    """Answer one command line; the value is the exit code of the process."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words and words[0] in CENTRE_WORDS:
        return _centre(words)
    if words and words[0] == "pack":
        from desktop.studio.pack_command import run  # noqa: PLC0415 - the window must not wait for it

        return run(words[1:])
    if words and words[0] == "verify":
        from desktop.evidence.verify_command import run  # noqa: PLC0415 - as above

        return run(words[1:])
    if words and words[0] == "health":
        from desktop.app.health import run  # noqa: PLC0415 - as above

        return run(words[1:])
    options = _parser().parse_args(words)
    if options.word == "demo":
        from desktop.demo.command import run_demo  # noqa: PLC0415 - as above

        return run_demo(headless=options.headless, out=options.out)
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
        epilog="Juga: suluh pack build|verify|keygen, suluh verify BERKAS|TEKS, suluh health,"
        " suluh server run|report|publisher|person|certificate,"
        " suluh office new|update|hand-over, suluh hub run.",
    )
    parser.add_argument("--data", type=Path, help="folder data komputer ini (bawaan: folder data pengguna)")
    subs = parser.add_subparsers(dest="word", metavar="kata")
    demo = subs.add_parser("demo", help="kantor contoh dengan pusat sendiri di komputer ini")
    demo.add_argument("--headless", action="store_true", help="tanpa layar: seluruh alur, lalu selesai")
    demo.add_argument("--out", type=Path, help="folder gambar layar dan report.json")
    return parser
