"""The words of the commands about trainers lent to other offices, and about the page of exams."""

import argparse
from collections.abc import Callable
from typing import TypeAlias

Words: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - it has no other name
Command: TypeAlias = Callable[[Words, str, str, str, str], argparse.ArgumentParser]
LENDING, EXAMS = "operations_lending", "operations_exams"


def teach(words: Words, command: Command) -> None:
    """Add them; `command` makes one of a verb, what it says, its work and the module of that."""
    verbs = words.add_parser("trainer", help="Widyaiswara.").add_subparsers(required=True, metavar="perintah")
    lend = command(
        verbs,
        "lend",
        "Pinjamkan widyaiswara: ia menilai tugas kantor lain, juga yang sudah terkumpul.",
        "trainer_lend",
        LENDING,
    )
    lend.add_argument("--until", default="", help="hari terakhirnya, misalnya 31-12-2026; tanpa ini terus")
    recall = command(
        verbs,
        "recall",
        "Akhiri penugasan itu; nilai yang sudah diberikan tetap.",
        "trainer_recall",
        LENDING,
    )
    decline = command(verbs, "decline", "Tolak usulan peminjaman.", "trainer_decline", LENDING)
    for deed in (lend, recall, decline):
        deed.add_argument("person", help="UUID widyaiswara itu")
        deed.add_argument("--office", required=True, help="nama kantor yang tugasnya dinilai")
    command(verbs, "proposals", "Sebutkan usulan peminjaman dari koordinator.", "trainer_proposals", LENDING)

    exams = words.add_parser("exam", help="Halaman ujian.").add_subparsers(required=True, metavar="perintah")
    access = command(exams, "access", "Beri kata masuk ke halaman /ujian.", "exam_access", EXAMS)
    access.add_argument("--office", required=True, action="append", help="nama kantor; boleh berulang")
    access.add_argument("--days", type=int, default=30, help="berapa hari berlaku (bawaan: 30)")
    access.add_argument("--end", action="store_true", help="akhiri semua kata masuk kantor itu")
