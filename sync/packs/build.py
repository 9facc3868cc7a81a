"""Makes a pack out of a course folder: hashes, signs, and writes the one zip layout that `archive` reads."""

import hashlib
import os
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from sync.journal.keys import SigningKey
from sync.packs.archive import (
    DEFLATED,
    MANIFEST,
    MAX_FILE,
    MAX_OBJECT,
    MAX_RATIO,
    STORED,
    Entry,
    central_record,
    end_record,
    local_header,
)
from sync.packs.earlier import Earlier
from sync.packs.manifest import sign_manifest
from sync.packs.names import media_type
from sync.packs.objects import CHUNK
from sync.packs.outline import PackObject
from sync.packs.sealed_quiz import seal_quiz
from sync.packs.source import CourseSource, SourceFile
from sync.packs.verify import TRUST_LIST
from sync.refusal import Code, Refusal

# Only text shrinks; films and pictures are stored, so that they are copied at the speed of the disk.
_SHRINKS = frozenset({"text/markdown", "text/x-gift", "text/vtt", "image/svg+xml"})

Print = Callable[[str, Path], bytes]
"""Makes a PDF: takes the title and the Markdown file, gives the bytes."""


@dataclass(frozen=True, slots=True)
class TrustPapers:
    """What rides along so that a PC can verify offline: root chain, trust list, an agency's delegations."""

    roots: tuple[bytes, ...] = ()
    trust_list: bytes = b""
    delegations: Mapping[str, bytes] | None = None  # "bpsdm" or "bpsdm-cabang" to the delegation they signed

    def named(self) -> dict[str, bytes]:
        """Return each paper under the name it has in a pack."""
        papers = {f"trust/{number:04d}.root.json": data for number, data in enumerate(self.roots, start=1)}
        papers |= {f"trust/{name}.delegation.json": data for name, data in (self.delegations or {}).items()}
        return papers | ({TRUST_LIST: self.trust_list} if self.trust_list else {})


@dataclass(frozen=True, slots=True)
class Built:
    """A pack that was written. `size` is the file's, `digest` the manifest's SHA-256."""

    path: Path
    size: int
    objects: int
    digest: str


def build_pack(
    source: CourseSource,
    publisher: str,
    signer: SigningKey,
    out: Path,
    *,
    print_pdf: Print,
    papers: TrustPapers | None = None,
    downgrade: bool = False,
    update_from: Path | None = None,
) -> Built:
    """Write the pack of a course. A file already at `out` is replaced only when the new one is whole.

    With `update_from`, an earlier complete pack, only what that one has not goes in, as patches where these
    are smaller. The manifest is the same as the complete pack's, so either installs the same version.

    Raises Refusal SOURCE for what cannot go into a pack, TOO_LARGE beyond the format's limits, OSError.
    """
    printed = {
        file.path: print_pdf(source.course.title, file.origin) for file in source.files if file.printed
    }
    printed |= {file.path: seal_quiz(file.origin.read_text("utf-8")) for file in source.files if file.sealed}
    shrunk: dict[str, bytes] = {}
    objects = [_object(file, printed.get(file.path), shrunk) for file in source.files]
    objects = [replace(o, packed=_digest(shrunk[o.sha256])) if o.sha256 in shrunk else o for o in objects]
    if sum(thing.size for thing in objects) > MAX_FILE - 16 * 1024**2:
        raise Refusal(Code.TOO_LARGE, what="pack")
    manifest = sign_manifest(
        replace(source.course, publisher=source.course.publisher or publisher),
        objects,
        publisher,
        signer,
        downgrade=downgrade,
    )
    origins = {file.path: file.origin for file in source.files}
    unlike = {thing.sha256: thing for thing in objects}
    earlier = Earlier.read(update_from) if update_from else None
    patches = {} if earlier is None else _patches(earlier, unlike, shrunk, printed, origins)
    temporary = out.with_name(f".{out.name}.part")
    try:
        with temporary.open("wb") as file:
            writer = _Writer(file)
            writer.add(MANIFEST, manifest)
            for name, data in sorted((papers or TrustPapers()).named().items()):
                writer.add(name, data)
            for digest, thing in sorted(unlike.items()):
                if digest in patches or (earlier is not None and digest in earlier.objects):
                    continue
                if digest in shrunk:
                    writer.add_shrunk(thing, shrunk[digest], origins[thing.path])
                elif thing.path in printed:
                    writer.add(f"objects/{digest}", printed[thing.path])
                else:
                    writer.copy(thing, origins[thing.path])
            for digest, (base, data) in sorted(patches.items()):
                writer.add(f"patches/{digest}-{base}", data)
            writer.finish()
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(out)
    finally:
        temporary.unlink(missing_ok=True)
    return Built(out, out.stat().st_size, len(unlike), hashlib.sha256(manifest).hexdigest())


def _object(file: SourceFile, printed: bytes | None, shrunk: dict[str, bytes]) -> PackObject:
    """Describe one file; text that shrinks leaves its deflated form in `shrunk`, by digest."""
    kind = media_type(file.path)
    size = file.origin.stat().st_size if printed is None else len(printed)
    if size > MAX_OBJECT:
        raise Refusal(Code.TOO_LARGE, what=file.path)
    if kind is None or size == 0:
        raise Refusal(Code.SOURCE, where=file.path, reason="not a file a pack may carry")
    if printed is not None:
        return PackObject(file.path, size, _digest(printed), kind)
    if kind in _SHRINKS:
        data = file.origin.read_bytes()
        smaller = _deflated(data)
        # Very even text would look like a bomb to the reader, so it is stored as it is.
        if len(smaller) < len(data) <= len(smaller) * MAX_RATIO // 2:
            shrunk[_digest(data)] = smaller
        return PackObject(file.path, len(data), _digest(data), kind)
    with file.origin.open("rb") as origin:
        return PackObject(file.path, size, hashlib.file_digest(origin, "sha256").hexdigest(), kind)


def _patches(
    earlier: Earlier,
    unlike: Mapping[str, PackObject],
    shrunk: Mapping[str, bytes],
    printed: Mapping[str, bytes],
    origins: Mapping[str, Path],
) -> dict[str, tuple[str, bytes]]:
    """Make a patch for each object that was there in another form: (base digest, patch) by digest."""
    made: dict[str, tuple[str, bytes]] = {}
    for digest, thing in unlike.items():
        if digest in earlier.objects or thing.path not in earlier.by_path:
            continue
        data = printed.get(thing.path) or _unchanged(thing, origins[thing.path])
        patch = earlier.patch(thing, data, otherwise=len(shrunk.get(digest, data)))
        if patch is not None:
            made[digest] = patch
    return made


def _unchanged(thing: PackObject, origin: Path) -> bytes:
    """Read a file again; it must still be what was signed."""
    data = origin.read_bytes()
    if _digest(data) != thing.sha256:
        raise _changed(thing.path)
    return data


def _deflated(data: bytes) -> bytes:
    stream = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return stream.compress(data) + stream.flush()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _changed(path: str) -> Refusal:
    return Refusal(Code.SOURCE, where=path, reason="it changed while the pack was made")


class _Writer:
    """Writes entries one after the other and the directory at the end."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.entries: list[Entry] = []
        self.at = 0

    def add(self, name: str, data: bytes) -> None:
        """Store bytes under a name."""
        self._append(Entry(name, STORED, zlib.crc32(data), len(data), len(data)), data)

    def add_shrunk(self, thing: PackObject, smaller: bytes, origin: Path) -> None:
        """Write an object's deflated form."""
        data = _unchanged(thing, origin)
        name = f"objects/{thing.sha256}"
        self._append(Entry(name, DEFLATED, zlib.crc32(data), len(smaller), thing.size), smaller)

    def _append(self, entry: Entry, body: bytes) -> None:
        header = local_header(entry)
        entry.start = self.at + len(header)
        self.file.write(header + body)
        self.entries.append(entry)
        self.at = entry.start + len(body)

    def copy(self, thing: PackObject, origin: Path) -> None:
        """Store a file of any size without holding it; its header is written last, when the CRC is known."""
        name = f"objects/{thing.sha256}"
        start = self.at + len(local_header(Entry(name, STORED, 0, thing.size, thing.size)))
        self.file.seek(start)
        digest, crc, total = hashlib.sha256(), 0, 0
        with origin.open("rb") as file:
            while piece := file.read(CHUNK):
                digest.update(piece)
                crc = zlib.crc32(piece, crc)
                total += len(piece)
                self.file.write(piece)
        if total != thing.size or digest.hexdigest() != thing.sha256:
            raise _changed(thing.path)
        entry = Entry(name, STORED, crc, total, total, start)
        self.file.seek(self.at)
        self.file.write(local_header(entry))
        self.file.seek(start + total)
        self.entries.append(entry)
        self.at = start + total

    def finish(self) -> None:
        records = b"".join(central_record(entry) for entry in self.entries)
        self.file.write(records + end_record(len(self.entries), len(records), self.at))
