"""The catalogue: which courses count here and what modules they have, read from trusted packs."""

from pathlib import Path

from sqlalchemy import Connection

from sync.catalogue import read_catalogue, shape_of, sign_catalogue, with_version
from sync.journal.keys import SigningKey
from sync.packs.outline import Course
from sync.packs.trust import TrustStore
from sync.packs.verify import verify_file
from sync.server.documents import Document, Documents, publish
from sync.server.outdated import outdate
from sync.signed_documents import CATALOGUE

__all__ = ["add_pack", "read_catalogue", "shape_of", "sign_catalogue"]


def add_pack(connection: Connection, pack: Path, centre: SigningKey) -> Course:
    """Put the course of a pack into the catalogue, above its older versions, which stay. Raises Refusal.

    Every standing is dropped, because all of them count within the catalogue; they are folded anew behind.
    """
    documents = Documents.read(connection)
    verified = verify_file(pack, TrustStore(documents.root.data, documents.trust.data))
    course = verified.manifest.course
    held = {shape.course: shape for shape in read_catalogue(documents.catalogue.data)}
    held[course.id] = with_version(held.get(course.id), shape_of(course))
    signed = sign_catalogue(tuple(held.values()), centre)
    publish(connection, CATALOGUE, Document(documents.catalogue.version + 1, signed))
    outdate(connection)
    return course
