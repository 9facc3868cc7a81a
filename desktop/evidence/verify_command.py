"""The command `suluh verify`: judge a PDF or the text of a QR code, without window and network."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from desktop.errors import Problem, explain
from desktop.evidence.judge import Known, Worth, judge, judge_file, known_here, worth_words
from desktop.formats import jp, long_day
from desktop.paths import folders
from desktop.store.device import Store
from sync.nip import LENGTH, spaced
from sync.proof import MARK, Proof


def run(arguments: Sequence[str]) -> int:
    """Say what a paper is worth: 0 when it holds, 1 when it does not, 2 when it cannot be looked at."""
    parser = argparse.ArgumentParser(prog="suluh verify", description="Periksa sertifikat tanpa internet.")
    parser.add_argument("paper", help=f"berkas PDF, atau teks kode QR yang diawali {MARK}")
    parser.add_argument("--data", type=Path, help="folder data komputer ini (bawaan: folder data pengguna)")
    options = parser.parse_args(arguments)
    try:
        return _judge(options.paper, options.data)
    except (OSError, Problem) as fault:
        problem = explain(fault)
        print(problem.title, problem.advice)
        return 2


def _judge(text: str, data: Path | None) -> int:
    known = _known(data)
    typed = text.upper().startswith(MARK)
    found = judge(text, known) if typed else judge_file(Path(text).read_bytes(), known)
    title, about = worth_words(found)
    print(title)
    if about:
        print(about)
    if found.proof is not None:
        _tell(found.proof)
    return 0 if found.worth is Worth.HOLDS else 1


def _known(data: Path | None) -> Known:
    """Return what this PC knows; one that was never set up knows no centre, and stays as it is."""
    if not (folders(data).data / "device.db").exists():
        return Known()
    store = Store.open(data)
    try:
        return known_here(store)
    finally:
        store.close()


def _tell(proof: Proof) -> None:
    for what, said in (
        ("Nomor", proof.number),
        ("Nama", proof.name),
        ("NIP", spaced(proof.nip) if len(proof.nip) == LENGTH else proof.nip),
        ("Mata pelatihan", f"{proof.title} (versi {proof.version})"),
        ("Jam pelajaran", f"{jp(proof.jp)} JP"),
        ("Selesai", long_day(proof.day)),
        ("Penerbit", proof.issuer),
    ):
        if said:
            print(f"{what:15} {said}")
