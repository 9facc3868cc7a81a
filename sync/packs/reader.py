"""Has a pack's zip read by a child process with limits, and takes from it a table and a few documents."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sync.packs import archive
from sync.packs.archive import ArchiveError, Entry
from sync.packs.child import run_child
from sync.refusal import Code, Refusal

SECONDS = 30
# Imported rather than run by its path: so the compiled file is used, which is a third of the child's life.
_START = "import sys; sys.path.append(sys.argv[1]); import archive; sys.exit(archive.main())"
MAX_ANSWER = 64 * 1024**2


@dataclass(frozen=True, slots=True)
class Layout:
    """What lies where in a pack: its documents, read, and its objects by SHA-256. Nothing is believed yet.

    `patches` names for the object a patch makes the one it is made from.
    """

    manifest: bytes
    documents: Mapping[str, bytes]
    objects: Mapping[str, Entry]
    patches: Mapping[str, tuple[str, Entry]]


def read_pack(file: BinaryIO) -> Layout:
    """Read the layout of an open pack in a child process.

    Whatever goes wrong there, a crash, a timeout or too much memory included, is a Refusal with a reason.
    """
    words = ["-B", "-c", _START, str(Path(archive.__file__).parent)]
    answer = run_child(words, file, seconds=SECONDS, what="pack")
    return layout_of(answer.returncode, answer.stdout)


def layout_of(status: int, answer: bytes) -> Layout:
    """Read what the child answered, with the checks a stranger's would get. Raises Refusal MALFORMED."""
    if status != 0:
        # Whatever stopped it, a limit or a reason of its own, it is the same for the pack.
        reason = answer[:40].decode("ascii", "replace") if status == 1 and answer else f"reader {status}"
        raise Refusal(Code.MALFORMED, what="pack", reason=reason)
    try:
        return _checked(answer)
    except (ArchiveError, ValueError, KeyError, IndexError) as fault:
        raise Refusal(Code.MALFORMED, what="pack", reason="answer") from fault


def _checked(answer: bytes) -> Layout:
    if len(answer) > MAX_ANSWER:
        raise ArchiveError("answer")
    table, _, rest = answer.partition(b"\n\n")
    entries = [_entry(line) for line in table.decode("ascii").split("\n")]
    archive.check_entries(entries)
    documents: dict[str, bytes] = {}
    for entry in entries:
        if entry.is_document:
            documents[entry.name], rest = rest[: entry.size], rest[entry.size :]
    objects = {entry.name.removeprefix(archive.OBJECTS): entry for entry in entries if entry.rank == 2}
    patches: dict[str, tuple[str, Entry]] = {}
    for entry in entries:
        if entry.rank == 3:
            made, _, base = entry.name.removeprefix(archive.PATCHES).partition("-")
            if made in patches or made in objects:
                raise ArchiveError("patch")
            patches[made] = (base, entry)
    return Layout(documents.pop(archive.MANIFEST), documents, objects, patches)


def _entry(line: str) -> Entry:
    name, method, crc, packed, size, start = line.split(" ")
    if not archive.is_name(name):
        raise ArchiveError("name")
    return Entry(name, int(method), int(crc), int(packed), int(size), int(start))
