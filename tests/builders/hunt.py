"""The hunt for planted words: in every file, its name, and whatever is packed inside it, in every spelling."""

import base64
import binascii
import gzip
import hashlib
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TypeAlias

import zstandard

from sync.bundle import decode_request
from sync.journal.segment import decode_segment
from sync.refusal import Refusal

BLOCK = 1 << 20
DEEPEST = 4
"""Wrappings inside one another that are opened."""
UNPACKED = 32 << 20
"""Bytes that one wrapping may give."""
Word: TypeAlias = str | bytes
_known: dict[tuple[bytes, frozenset[Word]], frozenset[Word]] = {}
"""What was found in bytes that were searched before: two PCs have the same courses."""
_LETTERS = re.compile(rb"[A-Za-z0-9+/_-]{32,}={0,2}")
_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_GZIP, _ZSTD, _ZIP = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"PK\x03\x04"
MANY = 2_000
"""Places of one sort in one file that are tried; noise has the two bytes of zlib once in 16 kB."""


def spaced(nip: str) -> str:
    """Write a NIP as forms do, in groups."""
    return f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}"


def nip_words(nip: str) -> tuple[str, ...]:
    """A NIP in all ways people write it."""
    return nip, spaced(nip), spaced(nip).replace(" ", "."), spaced(nip).replace(" ", "-")


@cache
def spellings(word: str | bytes) -> tuple[frozenset[bytes], frozenset[bytes]]:
    """Give a word as programs write it: small letters to seek in small letters, base64 to seek as it stands.

    A word may be bytes: the public key of a signer, which stands in clear in every segment that is not sealed.
    """
    if isinstance(word, bytes):
        return frozenset((word.lower(), word.hex().encode())), frozenset((base64.b64encode(word)[:-2],))
    forms = {unicodedata.normalize(form, word) for form in ("NFC", "NFD")} | {word}
    cases = {case for form in forms for case in (form, form.lower(), form.upper())}
    codings = ("utf-8", "utf-16-le", "utf-16-be")
    plain = {case.encode(coding).lower() for case in cases for coding in codings}
    plain |= {case.encode().hex().encode() for case in cases}
    coded = set()
    for case in cases:
        for shift in range(3):
            whole = base64.b64encode(b"\0" * shift + case.encode())
            coded.add(whole[-(-shift * 4 // 3) if shift else 0 :].rstrip(b"=")[:-1])
    return frozenset(plain), frozenset(one for one in coded if len(one) >= 7)


def found_in(data: bytes, words: Iterable[Word]) -> set[Word]:
    """Tell which words lie in these bytes, or in anything packed inside them."""
    return _found(data, frozenset(words), 0)


def _found(data: bytes, words: frozenset[Word], depth: int) -> set[Word]:
    key = (hashlib.sha256(data).digest(), words)
    if key not in _known:
        _known[key] = frozenset(_seek(data, words, depth))
    return set(_known[key])


def _seek(data: bytes, words: frozenset[Word], depth: int) -> Iterator[Word]:
    if data[BLOCK:] == data[:-BLOCK]:
        data = data[: 2 * BLOCK]  # the reserve for a full disk: one block, over and over
    small = data.lower()
    for word in words:
        plain, coded = spellings(word)
        if any(form in small for form in plain) or any(form in data for form in coded):
            yield word
    if depth < DEEPEST:
        for inner in unwrapped(data):
            yield from _found(inner, words, depth + 1)


def hunt(words: Iterable[Word], *places: Path, skip: Iterable[str] = ()) -> set[tuple[Word, str]]:
    """Search folders whole: (word, where). `skip` are names of files that are meant to hold them."""
    words, skip, found = frozenset(words), tuple(skip), set()
    for place in places:
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            name = str(path.relative_to(place.parent))
            found |= {(word, name) for word in found_in(name.encode(), words)}
            if path.is_file() and not path.name.startswith(skip):
                found |= {(word, name) for word in found_in(path.read_bytes(), words)}
    return found


def unwrapped(data: bytes) -> Iterator[bytes]:
    """Give what is packed inside some bytes: ZIP, zlib, gzip, zstd, base64, and our own open segments."""
    if _ZIP in data:
        yield from _zipped(data[data.index(_ZIP) :])
    for at in _places(data, _ZLIB):
        with_zlib = zlib.decompressobj()
        yield from _tried(lambda packed, one=with_zlib: one.decompress(packed, UNPACKED), data[at:])
    for at in _places(data, re.compile(re.escape(_GZIP))):
        yield from _tried(lambda packed: zlib.decompressobj(31).decompress(packed, UNPACKED), data[at:])
    for at in _places(data, re.compile(re.escape(_ZSTD))):
        reader = zstandard.ZstdDecompressor()
        yield from _tried(
            lambda packed, one=reader: one.decompressobj().decompress(packed)[:UNPACKED], data[at:]
        )
    for letters in _LETTERS.findall(data):
        yield from _tried(_base64, letters)
    yield from _said(data)


def _places(data: bytes, pattern: re.Pattern[bytes]) -> list[int]:
    return [one.start() for one, _ in zip(pattern.finditer(data), range(MANY), strict=False)]


def _tried(unpack: object, data: bytes) -> Iterator[bytes]:
    try:
        inner = unpack(data)  # type: ignore[operator]
    except (ValueError, EOFError, zlib.error, gzip.BadGzipFile, zstandard.ZstdError, binascii.Error):
        return
    if inner and len(inner) > 3:
        yield inner


def _base64(letters: bytes) -> bytes:
    body = letters.rstrip(b"=")
    return base64.urlsafe_b64decode(body.replace(b"+", b"-").replace(b"/", b"_") + b"=" * (-len(body) % 4))


def _zipped(data: bytes) -> Iterator[bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            for name in file.namelist():
                yield name.encode()
                yield file.read(name)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, zlib.error):
        return


def _said(data: bytes) -> Iterator[bytes]:
    """What a bundle or a segment that is not sealed says: its columns have a dictionary that nobody else has."""
    try:
        request = decode_request(data)
    except (Refusal, ValueError):
        segments: tuple[bytes, ...] = (data,)
    else:
        segments = request.segments
    for one in segments:
        try:
            said = decode_segment(one)
        except (Refusal, ValueError):
            continue
        for fact in said.facts:
            for value in fact.statement.fields.values():
                yield from _value(value)


def _value(value: object) -> Iterator[bytes]:
    if isinstance(value, bytes):
        yield value
    elif isinstance(value, str):
        yield value.encode()
    elif isinstance(value, tuple):
        for one in value:
            yield from _value(one)
