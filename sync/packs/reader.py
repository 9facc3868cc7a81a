"""Has a pack's zip read by a child process with limits, and takes from it a table and a few documents."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from sync.packs import archive
from sync.packs.archive import ArchiveError, Entry
from sync.refusal import Code, Refusal

SECONDS = 30
MAX_ANSWER = 64 * 1024**2


@dataclass(frozen=True, slots=True)
class Layout:
    """What lies where in a pack: its documents, read, and its objects by SHA-256. Nothing is believed yet."""

    manifest: bytes
    documents: Mapping[str, bytes]
    objects: Mapping[str, Entry]


def read_pack(file: BinaryIO) -> Layout:
    """Read the layout of an open pack in a child process.

    Whatever goes wrong there, a crash, a timeout or too much memory included, is a Refusal with a reason.
    """
    command = [sys.executable, "-I", "-S", "-B", str(Path(archive.__file__))]
    # The child needs no variable of ours; Windows cannot start a process without its own.
    environment = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    try:
        answer = subprocess.run(
            command,
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            timeout=SECONDS,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired as fault:
        raise Refusal(Code.MALFORMED, what="pack", reason="timeout") from fault
    return layout_of(answer.returncode, answer.stdout)


def layout_of(status: int, answer: bytes) -> Layout:
    """Read what the child answered, with the checks a stranger's would get. Raises Refusal MALFORMED."""
    line, _, rest = answer.partition(b"\n")
    try:
        table = json.loads(line) if len(answer) <= MAX_ANSWER else {}
        if status != 0:
            reason = str(table["refused"])
        else:
            return _checked(table, rest)
    except (ArchiveError, ValueError, KeyError, TypeError, IndexError):
        reason = f"reader {status}"  # it was stopped by a limit, or wrote what it never should
    raise Refusal(Code.MALFORMED, what="pack", reason=reason)


def _checked(table: Mapping[str, Any], rest: bytes) -> Layout:
    entries = [Entry(str(row[0]), *(int(number) for number in row[1:])) for row in table["entries"]]
    archive.check_entries(entries)
    named = [entry.name for entry in entries if not entry.name.startswith("objects/")]
    documents: dict[str, bytes] = {}
    for name, length in zip(named, table["documents"], strict=True):
        documents[name], rest = rest[:length], rest[length:]
    objects = {e.name.removeprefix("objects/"): e for e in entries if e.name.startswith("objects/")}
    return Layout(documents.pop(archive.MANIFEST), documents, objects)
