"""The answer to a sync: acks, feeds, versions and the documents that are newer, signed by the centre."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection, select

from sync.bundle import OFFICE_OF, OWN, SyncReply, SyncRequest, encode_reply, office_mark
from sync.officefile import read_office
from sync.server.database import Database, Scope
from sync.server.documents import ROOT, TRUST, Document, Documents
from sync.server.feed import Feeds, Reader, feeds, standstill
from sync.server.identity import Holder
from sync.server.intake import Taken
from sync.server.keys import CentreKeys
from sync.server.tables import office
from sync.signed_documents import CATALOGUE

OFFICE, EPOCH = "office", "epoch"


@dataclass(frozen=True, slots=True)
class Shelf:
    """The documents as they stand: what goes to everybody, and each office's file."""

    documents: Documents
    offices: Mapping[int, Document]
    epoch: int

    @classmethod
    def read(cls, connection: Connection, epoch: int) -> "Shelf":
        """Read them all; they are few and change rarely."""
        rows = connection.execute(select(office.c.id, office.c.version, office.c.file))
        files = {row.id: Document(row.version, row.file) for row in rows}
        return cls(Documents.read(connection), files, epoch)

    def office_for(self, holder: Holder | None, held: Mapping[str, int]) -> int | None:
        """Tell whose office file an asker is given: that of their office, or of the one whose file they hold.

        Whom no roster names is nobody here and is told nothing of anybody; the next file may name them.
        """
        if holder is not None and holder.office is not None:
            return holder.office
        asked = held.get(OFFICE_OF)
        if asked is None:
            return None
        return next((key for key, one in self.offices.items() if _mark(one.data) == asked), None)

    def versions(self, key: int | None) -> dict[str, int]:
        """Return the versions a profile of this office is told."""
        found = {CATALOGUE: 0} | {name: one.version for name, one in self.documents.signed.items()}
        found |= {TRUST: self.documents.trust.version, EPOCH: self.epoch}
        if key is not None and key in self.offices:
            found[OFFICE] = self.offices[key].version
        return found

    def newer(self, held: Mapping[str, int], key: int) -> dict[str, bytes]:
        """Return the documents of which the asker holds an older version; the root rides with the list."""
        found: dict[str, bytes] = {}
        for name, document in {**self.documents.signed, OFFICE: self.offices.get(key, Document())}.items():
            if document.version > held.get(name, 0):
                found[name] = document.data
        if self.documents.trust.version > held.get(TRUST, 0):
            found |= {TRUST: self.documents.trust.data, ROOT: self.documents.root.data}
        return found


@lru_cache(maxsize=4096)
def _mark(file: bytes) -> int:
    """Give the mark of an office file; reading one takes a millisecond, so it is read once."""
    return office_mark(read_office(file).header.salt)


class Answers:
    """Makes replies. Thread-safe: it only reads."""

    def __init__(self, database: Database, keys: CentreKeys, shelf: Shelf) -> None:
        self._database = database
        self._keys = keys
        self.shelf = shelf

    def answer(self, request: SyncRequest, digest: bytes, taken: Taken, now: int) -> bytes:
        """Return the signed reply to a request whose offer was kept and committed."""
        reader = taken.reader
        if reader is None:
            brought = Feeds()
        elif reader.has_news(request.cursors):
            with self._database.reading(scope_of(reader)) as connection:
                brought = feeds(connection, reader, request.cursors, self._keys.signing)
        else:
            brought = standstill(reader)
        key = self.shelf.office_for(taken.holder, request.versions)
        versions = self.shelf.versions(key)
        if request.versions.get(EPOCH) == self.shelf.epoch:
            del versions[EPOCH]
        reply = SyncReply(
            time=now,
            request=digest,
            acks=taken.acks,
            pieces=brought.pieces,
            cursors=_told(request, taken, brought),
            versions=versions,
            documents={} if key is None or brought.more else self.shelf.newer(request.versions, key),
            refusals=taken.refusals,
            more=brought.more,
        )
        return encode_reply(reply, self._keys.signing)


def _told(request: SyncRequest, taken: Taken, brought: Feeds) -> dict[str, int]:
    """Say where feeds end, if elsewhere than asked from, and how little of the asker's own work is held.

    The asker holds more of its own while it has work to send, and where this centre has lost some: then the
    count is less than what was acknowledged, and the asker offers it again.
    """
    asked = request.cursors
    told = {scope: end for scope, end in brought.cursors.items() if end != asked.get(scope, 0)}
    if taken.held < asked.get(OWN, 0):
        told[OWN] = taken.held
    return told


def scope_of(reader: Reader) -> Scope:
    """Return what a profile may read."""
    return Scope(reader.person, reader.office, reader.desk, reader.flags)
