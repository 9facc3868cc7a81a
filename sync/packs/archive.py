"""Reads the zip around a pack, strictly: one layout is right, every byte of it is accounted for.

Runs as a script in a child process with limits (see `sync/packs/reader.py`), so it needs nothing but a few
parts of the standard library: no package of ours, no zipfile. The file comes as standard input.
"""

import json
import os
import re
import struct
import sys
import zlib
from typing import NamedTuple

# One layout: no flags, no extra fields, no comments, one date, no gaps, entries in order. A zip that another
# program would read in another way than this one is refused by being unlike what is computed here.
LOCAL = struct.Struct("<4sHHHHHIIIHH")
CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
END = struct.Struct("<4sHHHHIIH")
VERSION, DATE = 20, 0x21
STORED, DEFLATED = 0, 8

MAX_ENTRIES = 20_000
MAX_FILE = 4 * 1024**3 - 1  # FAT32 holds no larger file, and zip64 is not read
MAX_OBJECT = 2 * 1024**3
MAX_MANIFEST = 8 * 1024**2
MAX_DOCUMENT = 1024**2
MAX_DOCUMENTS = 64
MAX_RATIO = 200
MAX_DEPTH = 24

MANIFEST = "manifest.json"
NAME = re.compile(rb"manifest\.json|trust/[a-z0-9][a-z0-9.-]{0,80}\.json|objects/[0-9a-f]{64}")

_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"')
_LONG_NUMBER = re.compile(rb"[0-9]{20}")
_NOT_BRACKETS = bytes(sign for sign in range(256) if sign not in b"[]{}")


class Entry(NamedTuple):
    """One entry: `packed` bytes in the file from `start` on, `size` bytes when unpacked."""

    name: str
    method: int
    crc: int
    packed: int
    size: int
    start: int


class ArchiveError(Exception):
    """The file is not a pack's zip; the message is a short reason for the log."""


def local_header(entry: Entry) -> bytes:
    """Return the bytes that stand before an entry's data."""
    name = entry.name.encode()
    fixed = (b"PK\3\4", VERSION, 0, entry.method, 0, DATE, entry.crc, entry.packed, entry.size, len(name), 0)
    return LOCAL.pack(*fixed) + name


def central_record(entry: Entry) -> bytes:
    """Return the bytes that stand for an entry in the directory at the end."""
    name = entry.name.encode()
    offset = entry.start - LOCAL.size - len(name)
    fixed = (b"PK\1\2", VERSION, VERSION, 0, entry.method, 0, DATE, entry.crc, entry.packed, entry.size)
    return CENTRAL.pack(*fixed, len(name), 0, 0, 0, 0, 0, offset) + name


def end_record(count: int, length: int, offset: int) -> bytes:
    """Return the last 22 bytes."""
    return END.pack(b"PK\5\6", 0, 0, count, count, length, offset, 0)


def read_layout(handle: int) -> list[Entry]:
    """Read the directory of an open file and compare every header with what it must be.

    Raises ArchiveError with a reason.
    """
    total = os.fstat(handle).st_size
    if not END.size <= total <= MAX_FILE:
        raise ArchiveError("size")
    fields = END.unpack(_read(handle, total - END.size, END.size))
    count, length, offset = fields[4], fields[5], fields[6]
    if fields[0] != b"PK\5\6" or not 0 < count <= MAX_ENTRIES or offset + length + END.size != total:
        raise ArchiveError("end")
    if _read(handle, total - END.size, END.size) != end_record(count, length, offset):
        raise ArchiveError("end")
    directory = _read(handle, offset, length)
    entries, at, start = [], 0, 0
    for _ in range(count):
        if at + CENTRAL.size > length:
            raise ArchiveError("directory")
        fields = CENTRAL.unpack_from(directory, at)
        name = directory[at + CENTRAL.size : at + CENTRAL.size + fields[10]]
        if not NAME.fullmatch(name):
            raise ArchiveError("name")
        start += LOCAL.size + len(name)
        entry = Entry(name.decode(), fields[4], fields[7], fields[8], fields[9], start)
        record = central_record(entry)
        if directory[at : at + len(record)] != record:
            raise ArchiveError("directory")
        header = local_header(entry)
        if _read(handle, start - len(header), len(header)) != header:
            raise ArchiveError("header")
        entries.append(entry)
        at += len(record)
        start += entry.packed
    if at != length or start != offset:
        raise ArchiveError("gap")
    check_entries(entries)
    return entries


def check_entries(entries: list[Entry]) -> None:
    """Check order, sizes and ratios: the manifest, the documents of trust, then objects by their hash."""
    if entries[0].name != MANIFEST:
        raise ArchiveError("order")
    ranks = [("objects/" in entry.name, "trust/" in entry.name, entry.name) for entry in entries]
    if sorted(set(ranks)) != ranks:
        raise ArchiveError("order")
    if sum(1 for entry in entries if entry.name.startswith("trust/")) > MAX_DOCUMENTS:
        raise ArchiveError("documents")
    for entry in entries:
        limit = MAX_OBJECT if entry.name.startswith("objects/") else MAX_DOCUMENT
        if entry.size > (MAX_MANIFEST if entry.name == MANIFEST else limit):
            raise ArchiveError("too large")
        if entry.method != STORED and not entry.name.startswith("objects/"):
            raise ArchiveError("method")  # deflate has bits that mean nothing; a document has none
        if entry.method == STORED:
            if entry.packed != entry.size:
                raise ArchiveError("size")
        elif entry.method != DEFLATED or entry.size > entry.packed * MAX_RATIO:
            raise ArchiveError("ratio")


def read_document(handle: int, entry: Entry) -> bytes:
    """Return the bytes of a manifest or a document of trust; these are always stored."""
    data = _read(handle, entry.start, entry.packed)
    if zlib.crc32(data) != entry.crc:
        raise ArchiveError("crc")
    return data


def check_json(data: bytes) -> None:
    """Check that a document is JSON of modest depth, so that nobody who reads it next is overrun."""
    bare = _STRING.sub(b"", data)
    depth = deepest = 0
    for sign in bare.translate(None, _NOT_BRACKETS):
        depth += 1 if sign in b"[{" else -1
        deepest = max(deepest, depth)
    if deepest > MAX_DEPTH or depth != 0 or _LONG_NUMBER.search(bare):
        raise ArchiveError("json")
    try:
        json.loads(data.decode("ascii"))
    except (ValueError, RecursionError):
        raise ArchiveError("json") from None


def _read(handle: int, at: int, count: int) -> bytes:
    os.lseek(handle, at, os.SEEK_SET)
    pieces = []
    while count > 0:
        piece = os.read(handle, count)
        if not piece:
            raise ArchiveError("short")
        pieces.append(piece)
        count -= len(piece)
    return b"".join(pieces)


def limit_self() -> None:
    """Give up what a reader does not need: memory, time, files and processes. Windows has no such door."""
    try:
        import resource  # noqa: PLC0415 - POSIX only
    except ImportError:
        return
    for name, value in (
        ("RLIMIT_AS", 512 * 1024**2),
        ("RLIMIT_CPU", 20),
        ("RLIMIT_FSIZE", 0),
        ("RLIMIT_NPROC", 0),
        ("RLIMIT_CORE", 0),
        ("RLIMIT_NOFILE", 16),
    ):
        which = getattr(resource, name, None)
        if which is not None:
            _, hard = resource.getrlimit(which)
            least = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(which, (least, least))


def answer(handle: int) -> tuple[int, bytes]:
    """Read a pack; return 0 and its directory and documents, or 1 and a reason."""
    try:
        entries = read_layout(handle)
        documents = [
            read_document(handle, entry) for entry in entries if not entry.name.startswith("objects/")
        ]
        for data in documents:
            check_json(data)
    except (ArchiveError, OSError, MemoryError) as fault:
        return 1, json.dumps({"refused": str(fault) or type(fault).__name__}).encode() + b"\n"
    table = {"entries": entries, "documents": [len(data) for data in documents]}
    return 0, json.dumps(table).encode() + b"\n" + b"".join(documents)


def main() -> int:
    """Answer for the pack on standard input, within limits that hold from the first byte on."""
    limit_self()
    status, said = answer(sys.stdin.fileno())
    sys.stdout.buffer.write(said)
    return status


if __name__ == "__main__":
    sys.exit(main())
