"""Reads the zip around a pack, strictly: one layout is right, every byte of it is accounted for.

Runs alone in a child process with limits (see `sync/packs/reader.py`), so it needs nothing but a few
parts of the standard library: no package of ours, no zipfile. The file comes as standard input.
"""

import os
import struct
import sys
import zlib

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
MAX_PATCH = 64 * 1024**2
MAX_RATIO = 200
MAX_DEPTH = 24

MANIFEST = "manifest.json"
OBJECTS, TRUST, PATCHES = "objects/", "trust/", "patches/"
_FOLDERS = ((1, TRUST), (2, OBJECTS), (3, PATCHES))
_HEX = frozenset("0123456789abcdef")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-")
_LIMITS = (MAX_MANIFEST, MAX_DOCUMENT, MAX_OBJECT, MAX_PATCH)
_NOT_BRACKETS = bytes(sign for sign in range(256) if sign not in b"[]{}")
_NINES = bytes(0x39 if sign in b"0123456789" else 0x20 for sign in range(256))
_LONGEST_NUMBER = 19


class Entry:
    """One entry: `packed` bytes in the file from `start` on, `size` bytes when unpacked."""

    __slots__ = ("crc", "method", "name", "packed", "size", "start")

    def __init__(self, name: str, method: int, crc: int, packed: int, size: int, start: int = 0) -> None:
        self.name = name
        self.method = method
        self.crc = crc
        self.packed = packed
        self.size = size
        self.start = start

    @property
    def numbers(self) -> tuple[int, int, int, int, int]:
        """All but the name, in the order of the parameters."""
        return self.method, self.crc, self.packed, self.size, self.start

    @property
    def rank(self) -> int:
        """Its place in a pack: 0 the manifest, 1 a document of trust, 2 an object, 3 a patch."""
        return next((place for place, folder in _FOLDERS if self.name.startswith(folder)), 0)

    @property
    def is_document(self) -> bool:
        """Whether it is the manifest or a document of trust; the rest is content."""
        return self.rank < 2


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
        if not name.isascii() or not is_name(name.decode("ascii")):
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


def is_name(name: str) -> bool:
    """Tell whether an entry may be called so: manifest, document of trust, object by its SHA-256, or patch.

    A patch is named by what it makes and what it is made from.
    """
    if name.startswith(OBJECTS):
        return _is_digest(name[len(OBJECTS) :])
    if name.startswith(PATCHES):
        made, dash, base = name[len(PATCHES) :].partition("-")
        return bool(dash) and _is_digest(made) and _is_digest(base) and made != base
    if name.startswith(TRUST):
        rest = name[len(TRUST) :]
        plain = rest.endswith(".json") and ".." not in rest and rest[0] not in ".-"
        return plain and len(rest) <= 90 and set(rest) <= _LETTERS
    return name == MANIFEST


def _is_digest(text: str) -> bool:
    return len(text) == 64 and set(text) <= _HEX


def check_entries(entries: list[Entry]) -> None:
    """Check order, sizes and ratios: the manifest, documents of trust, objects by their hash, patches."""
    if entries[0].name != MANIFEST:
        raise ArchiveError("order")
    ranks = [(entry.rank, entry.name) for entry in entries]
    if sorted(set(ranks)) != ranks:
        raise ArchiveError("order")
    if sum(1 for entry in entries if entry.rank == 1) > MAX_DOCUMENTS:
        raise ArchiveError("documents")
    for entry in entries:
        if entry.size > _LIMITS[entry.rank]:
            raise ArchiveError("too large")
        if entry.method != STORED and entry.rank != 2:
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
    """Check depth and numbers of a document, so that whoever reads it as JSON is not overrun."""
    if not data.isascii():
        raise ArchiveError("json")
    # What stands outside of strings: every other piece between quotation marks that are not escaped.
    bare = b" ".join(data.replace(b"\\\\", b"").replace(b'\\"', b"").split(b'"')[::2])
    depth = deepest = 0
    for sign in bare.translate(None, _NOT_BRACKETS):
        depth += 1 if sign in b"[{" else -1
        deepest = max(deepest, depth)
    if deepest > MAX_DEPTH or depth != 0 or b"9" * (_LONGEST_NUMBER + 1) in bare.translate(_NINES):
        raise ArchiveError("json")


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
    """Read a pack; return 0, a line for each entry, an empty line and the documents, or 1 and a reason."""
    try:
        entries = read_layout(handle)
        documents = [read_document(handle, entry) for entry in entries if entry.is_document]
        for data in documents:
            check_json(data)
    except ArchiveError as fault:
        return 1, str(fault).encode("ascii", "replace")
    except MemoryError:
        return 1, b"memory"
    except Exception:  # noqa: BLE001 - whatever a file makes it do, it is refused in a word of ours
        return 1, b"unreadable"
    lines = [" ".join((entry.name, *map(str, entry.numbers))) for entry in entries]
    return 0, "\n".join([*lines, "", ""]).encode("ascii") + b"".join(documents)


def main() -> int:
    """Answer for the pack on standard input, within limits that hold from the first byte on."""
    limit_self()
    status, said = answer(sys.stdin.fileno())
    sys.stdout.buffer.write(said)
    return status
