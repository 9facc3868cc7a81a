"""Files that travelled in parts: put together again, and believed only when their digest says so."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sync.folds.order import number, octets
from sync.journal.statement import Fact

KIND = "file.part"
PART = 12 * 1024
"""Bytes of a part: under one batch of a weak line, so that a cut costs at most this much."""
FILE_LIMIT = 5 << 20
"""Bytes of a file: a scanned page has 300 kB, and 5 MB take eleven minutes at 64 kbit/s."""
_PARTS = FILE_LIMIT // PART + 1


@dataclass(frozen=True, slots=True)
class Arrived:
    """How much of a file has come. `data` is None until all of it has and the digest is right."""

    come: int
    parts: int
    data: bytes | None


def cut(data: bytes) -> Iterator[dict[str, bytes | int]]:
    """Give the fields of the parts of a file, in their order. An empty file has one empty part."""
    digest = hashlib.sha256(data).digest()
    parts = max(1, -(-len(data) // PART))
    for at in range(parts):
        yield {"file": digest, "part": at + 1, "parts": parts, "data": data[at * PART : (at + 1) * PART]}


def arrived(facts: Iterable[Fact], file: bytes, kind: str = KIND) -> Arrived:
    """Put a file together from facts of one profile, in any order and with any repetition.

    Whoever states two different parts under one number spoils only their own file: the first in the order of
    the log is taken, and the digest decides.
    """
    mine = (fact for fact in facts if fact.statement.kind == kind and octets(fact, "file") == file)
    ordered = sorted(mine, key=lambda one: (one.identity, one.statement.digest))
    parts = ((number(one, "part"), number(one, "parts"), octets(one, "data")) for one in ordered)
    return put_together(parts, file)


def put_together(given: Iterable[tuple[int, int, bytes]], file: bytes) -> Arrived:
    """Put a file together from (number, count, data) of its parts, the first word on each in front."""
    found: dict[int, bytes] = {}
    parts = 0
    for at, count, data in given:
        if 0 < at <= count <= _PARTS:
            parts = parts or count
            if count == parts:
                found.setdefault(at, data)
    if not parts or len(found) < parts:
        return Arrived(len(found), parts, None)
    whole_data = b"".join(found[at] for at in range(1, parts + 1))
    whole = len(whole_data) <= FILE_LIMIT and hashlib.sha256(whole_data).digest() == file
    return Arrived(parts, parts, whole_data if whole else None)
