"""The command `suluh paper`: draw the sheet of a proof's text, for an official to sign or for a printer."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from desktop.paper.proof_page import print_proof
from desktop.paper.sheet import Paper
from sync.proof import LONGEST, MARK
from sync.refusal import Refusal


def run(arguments: Sequence[str]) -> int:
    """Draw one paper: 0 when it lies there, 2 when it cannot be drawn."""
    parser = argparse.ArgumentParser(prog="suluh paper", description="Gambar sertifikat dari teksnya.")
    parser.add_argument("text", help=f"teks yang diawali {MARK}, atau berkas yang berisi teks itu")
    parser.add_argument("file", type=Path, help="berkas PDF yang akan ditulis")
    parser.add_argument("--f4", action="store_true", help="ukuran F4 (bawaan: A4)")
    options = parser.parse_args(arguments)
    try:
        pdf = print_proof(_text(options.text), Paper.F4 if options.f4 else Paper.A4)
        options.file.write_bytes(pdf)
    except (OSError, ValueError, Refusal) as fault:
        print("Tidak dapat digambar.", fault)
        return 2
    print(f"{options.file}: siap ditandatangani. Lampirkan dengan: suluh server certificate attach")
    return 0


def _text(said: str) -> str:
    if said.upper().startswith(MARK):
        return said
    with Path(said).open("rb") as file:
        return file.read(2 * LONGEST).decode("ascii").strip()
