"""Packs made wrong by hand: zips of every shape a forger, a bad stick or another program could bring."""

import json
import struct
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sync.packs.archive import (
    CENTRAL,
    DEFLATED,
    END,
    LOCAL,
    STORED,
    Entry,
    central_record,
    end_record,
    local_header,
)


@dataclass(frozen=True)
class Part:
    """One entry, with the parts of its headers that a forger may want to lie in."""

    name: bytes
    data: bytes
    method: int = STORED
    body: bytes | None = None
    size: int | None = None
    crc: int | None = None
    flags: int = 0
    extra: bytes = b""
    comment: bytes = b""
    attributes: int = 0
    made_by: int = 20
    date: int = 0x21
    local_name: bytes | None = None

    def packed(self) -> bytes:
        return self.data if self.body is None else self.body


def zip_of(parts: Sequence[Part], *, tail: bytes = b"", comment: bytes = b"", head: bytes = b"") -> bytes:
    """Write a zip that says exactly what its parts say."""
    out, records = bytearray(head), bytearray()
    for part in parts:
        crc = zlib.crc32(part.data) if part.crc is None else part.crc
        size = len(part.data) if part.size is None else part.size
        offset = len(out)
        name = part.name if part.local_name is None else part.local_name
        fixed = (part.flags, part.method, 0, part.date, crc, len(part.packed()), size)
        out += LOCAL.pack(b"PK\3\4", 20, *fixed, len(name), len(part.extra)) + name + part.extra
        out += part.packed()
        records += CENTRAL.pack(
            b"PK\1\2",
            part.made_by,
            20,
            *fixed,
            len(part.name),
            len(part.extra),
            len(part.comment),
            0,
            0,
            part.attributes,
            offset,
        )
        records += part.name + part.extra + part.comment
    count = len(parts)
    end = END.pack(b"PK\5\6", 0, 0, count, count, len(records), len(out), len(comment))
    return bytes(out + records + end + comment + tail)


def parts_of(data: bytes) -> list[Part]:
    """Take a good pack apart, so that one thing can be made wrong."""
    _, _, _, count, _, length, offset, _ = END.unpack(data[-END.size :])
    parts, at = [], offset
    for _ in range(count):
        fields = CENTRAL.unpack_from(data, at)
        name = data[at + CENTRAL.size : at + CENTRAL.size + fields[10]]
        start = fields[16] + LOCAL.size + len(name)
        body = data[start : start + fields[8]]
        plain = zlib.decompress(body, -zlib.MAX_WBITS) if fields[4] == DEFLATED else body
        parts.append(Part(name, plain, fields[4], body, fields[9], fields[7]))
        at += CENTRAL.size + len(name)
    assert at == offset + length
    assert zip_of(parts) == data
    return parts


def stored(name: str, data: bytes) -> Part:
    return Part(name.encode(), data)


def shrunk(name: str, data: bytes, **more: object) -> Part:
    stream = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return replace(Part(name.encode(), data, DEFLATED, stream.compress(data) + stream.flush()), **more)


def _swap(parts: list[Part], one: int, other: int) -> list[Part]:
    parts = list(parts)
    parts[one], parts[other] = parts[other], parts[one]
    return parts


def _at(parts: list[Part], place: int, **changes: object) -> list[Part]:
    parts = list(parts)
    parts[place] = replace(parts[place], **changes)
    return parts


def _manifest(parts: list[Part], change: Callable[[dict], object]) -> list[Part]:
    """Change what the manifest says, keeping its old signature."""
    document = json.loads(parts[0].data)
    change(document)
    data = json.dumps(document, sort_keys=True, separators=(",", ":")).encode()
    return [stored("manifest.json", data), *parts[1:]]


def _targets(document: dict) -> dict:
    return document["signed"]["targets"]


def _rename(document: dict, name: str) -> None:
    targets = _targets(document)
    targets[name] = targets.pop(min(targets))


def crafted(good: bytes) -> dict[str, bytes]:
    """Return packs made wrong, each under the name of what is wrong with it."""
    parts = parts_of(good)
    last = len(parts) - 1
    object_name = parts[last].name
    bomb = b"\0" * 4_000_000
    deep = b'{"a":' * 5_000 + b"1" + b"}" * 5_000
    link = 0o120777 << 16
    end = END.unpack(good[-END.size :])
    made: dict[str, bytes] = {
        "empty": b"",
        "not a zip": b"Ini bukan paket.\n" * 10,
        "only an end": end_record(0, 0, 0),
        "cut in half": good[: len(good) // 2],
        "cut by one byte": good[:-1],
        "one byte more": good + b"\0",
        "a zip comment": zip_of(parts, comment=b"halo"),
        "bytes before the zip": zip_of(parts, head=b"MZ\x90\0"),
        "two zips, one behind the other": good + good,
        "path traversal": zip_of([*parts, stored("../../Startup/x.exe", b"MZ")]),
        "path traversal in place of an object": zip_of(_at(parts, last, name=b"..\\..\\Startup\\x.exe")),
        "absolute path": zip_of([*parts, stored("/etc/passwd", b"root")]),
        "a drive letter": zip_of([*parts, stored("C:/x.dll", b"MZ")]),
        "an executable beside the objects": zip_of([*parts, stored("x.exe", b"MZ")]),
        "a shortcut beside the objects": zip_of([*parts, stored("PAKET.lnk", b"L")]),
        "a database": zip_of([*parts, stored("objects/data.sqlite", b"SQLite format 3\0")]),
        "a pickle": zip_of([*parts, stored("objects/x.pkl", b"\x80\x04.")]),
        "a folder entry": zip_of([*parts, stored("objects/", b"")]),
        "a name with a zero byte": zip_of(_at(parts, last, name=object_name + b"\0.exe")),
        "a name in capitals": zip_of(_at(parts, last, name=object_name.upper())),
        "a name that is not ASCII": zip_of(_at(parts, last, name="objects/é".encode())),
        "an empty name": zip_of(_at(parts, last, name=b"")),
        "a symbolic link": zip_of(_at(parts, last, attributes=link, made_by=0x0314)),
        "executable bits": zip_of(_at(parts, last, attributes=0o100755 << 16, made_by=0x0314)),
        "an object twice": zip_of([*parts, parts[last]]),
        "the manifest twice": zip_of([parts[0], *parts]),
        "no manifest": zip_of(parts[1:]),
        "the manifest not first": zip_of(_swap(parts, 0, 1)),
        "objects in another order": zip_of(_swap(parts, last, last - 1)),
        "documents after objects": zip_of(_swap(parts, 1, last)),
        "an object missing": zip_of(parts[:-1]),
        "an object nobody signed": zip_of([*parts, stored("objects/" + "f" * 64, b"lebih")]),
        "an object's bytes exchanged": zip_of(
            _at(parts, last, data=b"x" * len(parts[last].data), body=None, method=STORED)
        ),
        "an object longer than signed": zip_of(
            _at(parts, last, data=parts[last].data + b"x", body=None, method=STORED, size=None, crc=None)
        ),
        "a size that lies": zip_of(_at(parts, last, size=1)),
        "a size of four gigabytes": zip_of(_at(parts, last, size=2**32 - 1)),
        "a checksum that lies in the directory": zip_of(_at(parts, 0, crc=1)),
        "encrypted": zip_of(_at(parts, last, flags=1)),
        "sizes behind the data": zip_of(_at(parts, last, flags=8)),
        "a UTF-8 flag": zip_of(_at(parts, last, flags=0x800)),
        "an extra field": zip_of(_at(parts, last, extra=struct.pack("<HH", 0x7075, 0))),
        "a comment on an entry": zip_of(_at(parts, last, comment=b"halo")),
        "another date": zip_of(_at(parts, last, date=0x5A21)),
        "an unknown method": zip_of(_at(parts, last, method=12)),
        "two names for one entry": zip_of(_at(parts, last, local_name=b"objects/" + b"0" * 64)),
        "a bomb for a manifest": zip_of([shrunk("manifest.json", bomb), *parts[1:]]),
        "a bomb for an object": zip_of(
            _at(parts, last, method=DEFLATED, body=shrunk("x", bomb).packed(), size=len(bomb))
        ),
        "a bomb that hides its size": zip_of(
            _at(parts, last, method=DEFLATED, body=shrunk("x", bomb).packed(), size=len(parts[last].data))
        ),
        "deflate that ends early": zip_of(
            _at(parts, last, method=DEFLATED, body=shrunk("x", parts[last].data).packed()[:-2])
        ),
        "deflate with a tail": zip_of(
            _at(parts, last, method=DEFLATED, body=shrunk("x", parts[last].data).packed() + b"tail")
        ),
        "deflate that is noise": zip_of(_at(parts, last, method=DEFLATED, body=b"\xff" * 40)),
        "a manifest that is no JSON": zip_of([stored("manifest.json", b"halo"), *parts[1:]]),
        "a manifest as deep as a well": zip_of([stored("manifest.json", deep), *parts[1:]]),
        "a manifest with an endless number": zip_of(
            [stored("manifest.json", b'{"a":' + b"9" * 5000 + b"}"), *parts[1:]]
        ),
        "a manifest of a list": zip_of([stored("manifest.json", b"[]"), *parts[1:]]),
        "a manifest that is a root": zip_of([replace(parts[1], name=b"manifest.json"), *parts[1:]]),
        "a manifest without a signature": zip_of(_manifest(parts, lambda d: d.update(signatures=[]))),
        "a manifest signed twice by one key": zip_of(
            _manifest(parts, lambda d: d["signatures"].append(d["signatures"][0]))
        ),
        "another title under the old signature": zip_of(
            _manifest(parts, lambda d: d["signed"]["suluh"]["course"].update(title="Lain"))
        ),
        "more JP under the old signature": zip_of(
            _manifest(parts, lambda d: d["signed"]["suluh"]["course"].update(jp=9900))
        ),
        "a hash changed under the old signature": zip_of(
            _manifest(parts, lambda d: next(iter(_targets(d).values()))["hashes"].update(sha256="0" * 64))
        ),
        "a traversal signed by nobody": zip_of(_manifest(parts, lambda d: _rename(d, "../../x.md"))),
        "another format": zip_of(_manifest(parts, lambda d: d["signed"]["suluh"].update(format=2))),
        "another version under the old signature": zip_of(
            _manifest(parts, lambda d: d["signed"].update(version=2))
        ),
        "a document of trust twice": zip_of([parts[0], parts[1], *parts[1:]]),
        "a document of trust that is noise": zip_of(
            _at(parts, 1, data=b"{}", body=None, size=None, crc=None, method=STORED)
        ),
        "a hundred documents of trust": zip_of(
            [parts[0], *(stored(f"trust/{n:04d}.root.json", b"{}") for n in range(100)), *parts[3:]]
        ),
        "more entries than any course has": _many(parts),
        "a directory that begins elsewhere": good[: -END.size] + END.pack(*end[:6], end[6] + 1, 0),
        "a count that lies": good[: -END.size] + END.pack(*end[:3], end[3] + 1, end[4] + 1, *end[5:]),
        "zip64": good[: -END.size] + END.pack(*end[:3], 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0),
        "a gap between entries": _gap(parts),
        "entries that overlap": _overlap(parts),
    }
    return made


def _many(parts: list[Part]) -> bytes:
    more = [stored(f"objects/{n:064x}", b"") for n in range(20_001)]
    return zip_of([*parts[:3], *more])


def _gap(parts: list[Part]) -> bytes:
    whole = zip_of(parts)
    entries, at = [], 0
    for part in parts:
        crc, size = part.crc, part.size
        entry = Entry(part.name.decode(), part.method, crc or 0, len(part.packed()), size or 0, 0)
        start = at + len(local_header(entry)) + (7 if part is parts[-1] else 0)
        entry.start = start
        entries.append(entry)
        at = start + len(part.packed())
    body = bytearray(whole[: entries[-1].start - 7 - len(local_header(entries[-1]))])
    body += b"sisipan" + local_header(entries[-1]) + parts[-1].packed()
    records = b"".join(central_record(entry) for entry in entries)
    return bytes(body + records + end_record(len(entries), len(records), len(body)))


def _overlap(parts: list[Part]) -> bytes:
    whole = bytearray(zip_of(parts))
    end = END.unpack(whole[-END.size :])
    at = end[6]
    for _ in range(len(parts) - 1):
        at += CENTRAL.size + CENTRAL.unpack_from(whole, at)[10]
    struct.pack_into("<I", whole, at + 42, 0)  # the last entry claims to begin where the first does
    return bytes(whole)
