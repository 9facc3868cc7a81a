"""Who may read the page of exams: who holds a word that the operator gave for an office, until it ends."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, select

from sync.officefile_codes import clean_code, code_of
from sync.server.documents import Document, publish
from sync.server.tables import document

ACCESS = "exam-access"
"""The document with the words' digests; it stays at the centre."""
LENGTH = 16
"""Characters of a word, five bits each: nobody finds one by trying."""


@dataclass(frozen=True, slots=True)
class Access:
    """One word: its digest, the offices (UUIDs) whose exams it shows, and until when (Unix seconds)."""

    digest: bytes
    offices: tuple[bytes, ...]
    until: int


def give(connection: Connection, offices: Iterable[bytes], until: int, now: int) -> str:
    """Make a word for these offices; only its digest is kept, so it is told once."""
    word = code_of(secrets.randbits(5 * LENGTH), LENGTH)
    kept = [one for one in _held(connection) if one.until > now]
    _put(connection, [*kept, Access(_digest(word), tuple(dict.fromkeys(offices)), until)])
    return word


def take_back(connection: Connection, office: bytes) -> int:
    """End every word that shows this office; gives how many there were."""
    held = _held(connection)
    kept = [one for one in held if office not in one.offices]
    if len(kept) != len(held):
        _put(connection, kept)
    return len(held) - len(kept)


def looks_like_word(typed: str) -> bool:
    """Whether what was typed could be a word at all."""
    return len(clean_code(typed)) == LENGTH


def offices_shown(connection: Connection, typed: str, now: int) -> tuple[bytes, ...]:
    """Return the offices whose exams a word shows at this second; none for every word that does not hold."""
    digest = _digest(clean_code(typed))
    for one in _held(connection):
        if hmac.compare_digest(one.digest, digest):
            return one.offices if now < one.until else ()
    return ()


def _held(connection: Connection) -> list[Access]:
    data = connection.execute(select(document.c.data).where(document.c.name == ACCESS)).scalar()
    return [] if data is None else msgspec.msgpack.decode(data, type=list[Access])


def _put(connection: Connection, words: list[Access]) -> None:
    version = connection.execute(select(document.c.version).where(document.c.name == ACCESS)).scalar() or 0
    publish(connection, ACCESS, Document(version + 1, msgspec.msgpack.encode(words)))


def _digest(word: str) -> bytes:
    return hashlib.sha256(b"suluh exam access 1\0" + word.encode()).digest()
