"""The bytes of one object: where they lie by hash, and how a pack gives them out, checked in one pass."""

import hashlib
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from sync.packs.archive import STORED, Entry
from sync.packs.outline import PackObject
from sync.refusal import Code, Refusal

# Large enough that the loop costs nothing, small enough that a cancel is heard at once on a slow disk.
CHUNK = 1024 * 1024
PATCH_WINDOW = 2**27  # a patch reaches back so far, and makes a reader hold no more


def object_path(folder: Path, digest: str) -> Path:
    """Return where an object lies below `folder`: `ab/abcdef…`."""
    return folder / digest[:2] / digest


def read_object(file: BinaryIO, entry: Entry, thing: PackObject) -> Iterator[memoryview | bytes]:
    """Give an object's bytes piece by piece, never more than its manifest says.

    Only when it ends without a Refusal OBJECT (which names the path) were the pieces right. A piece is a view
    of one buffer: it must be used before the next is asked for.
    """
    digest = hashlib.sha256()
    total = 0
    file.seek(entry.start)
    for piece in _stored(file, entry) if entry.method == STORED else _inflated(file, entry, thing):
        digest.update(piece)
        total += len(piece)
        if total > thing.size:
            raise Refusal(Code.OBJECT, path=thing.path)
        yield piece
    if total != thing.size or digest.hexdigest() != thing.sha256:
        raise Refusal(Code.OBJECT, path=thing.path)


def _stored(file: BinaryIO, entry: Entry) -> Iterator[memoryview]:
    buffer = memoryview(bytearray(min(CHUNK, entry.packed)))
    left = entry.packed
    while left > 0:
        count: int = file.readinto(buffer[: min(left, len(buffer))])  # type: ignore[attr-defined]
        if not count:
            return
        left -= count
        yield buffer[:count]


def _inflated(file: BinaryIO, entry: Entry, thing: PackObject) -> Iterator[bytes]:
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    packed = hashlib.sha256()
    left = entry.packed
    try:
        while left > 0 and not stream.eof:
            data = file.read(min(CHUNK, left))
            if not data:
                break
            left -= len(data)
            packed.update(data)
            piece = stream.decompress(data, CHUNK)
            while piece:
                yield piece
                piece = stream.decompress(stream.unconsumed_tail, CHUNK)
    except zlib.error as fault:
        raise Refusal(Code.OBJECT, path=thing.path) from fault
    if left or not stream.eof or stream.unused_data or packed.hexdigest() != thing.packed:
        raise Refusal(Code.OBJECT, path=thing.path)


def hash_object(file: BinaryIO, entry: Entry, thing: PackObject) -> None:
    """Read an object and check it, keeping nothing. Raises Refusal OBJECT."""
    for _ in read_object(file, entry, thing):
        pass


def write_object(
    file: BinaryIO, entry: Entry, thing: PackObject, out: BinaryIO, progress: Callable[[int], None]
) -> None:
    """Copy an object, checking it on the way. `progress` is told the bytes of each piece and may raise.

    Raises Refusal OBJECT, and OSError as the file system says it; what was written is then worth nothing.
    """
    for piece in read_object(file, entry, thing):
        out.write(piece)
        progress(len(piece))


def patch_object(
    file: BinaryIO,
    entry: Entry,
    thing: PackObject,
    base: Path,
    out: BinaryIO,
    progress: Callable[[int], None],
) -> None:
    """Make an object out of another one and a patch (zstd, the other as its dictionary), checking its hash.

    The patch itself is signed by nobody: it is right when what it makes is. Raises Refusal OBJECT, OSError.
    """
    import zstandard  # noqa: PLC0415 - for updates only

    file.seek(entry.start)
    patch = file.read(entry.packed)
    try:
        known = zstandard.ZstdCompressionDict(base.read_bytes(), dict_type=zstandard.DICT_TYPE_RAWCONTENT)
    except FileNotFoundError as fault:
        raise Refusal(Code.BASE, path=thing.path) from fault
    stream = zstandard.ZstdDecompressor(dict_data=known, max_window_size=PATCH_WINDOW).stream_reader(patch)
    digest = hashlib.sha256()
    total = 0
    try:
        while piece := stream.read(CHUNK):
            total += len(piece)
            if total > thing.size:
                raise Refusal(Code.OBJECT, path=thing.path)
            digest.update(piece)
            out.write(piece)
            progress(len(piece))
    except zstandard.ZstdError as fault:
        raise Refusal(Code.OBJECT, path=thing.path) from fault
    if total != thing.size or digest.hexdigest() != thing.sha256:
        raise Refusal(Code.OBJECT, path=thing.path)


def make_patch(base: bytes, data: bytes) -> bytes:
    """Make the patch that turns `base` into `data`. Takes about a second for 3 MB."""
    import zstandard  # noqa: PLC0415 - for updates only

    known = zstandard.ZstdCompressionDict(base, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
    parameters = zstandard.ZstdCompressionParameters.from_level(
        19,
        window_log=27,
        enable_ldm=True,
        source_size=len(data),
        dict_size=len(base),
        write_content_size=0,
        write_checksum=0,
        write_dict_id=0,
    )
    return zstandard.ZstdCompressor(dict_data=known, compression_params=parameters).compress(data)
