"""The catalogue: which courses count here and what modules they have, read from trusted packs."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
from sqlalchemy import Connection, delete

from sync.folds.completion import CourseShape
from sync.journal.keys import SigningKey, VerifyKey
from sync.packs.outline import Course
from sync.packs.trust import TrustStore
from sync.packs.verify import verify_file
from sync.refusal import Code, Refusal
from sync.server.documents import CATALOGUE, Document, Documents, publish
from sync.server.tables import standing

_DOMAIN = b"suluh catalogue 1\0"
_SIGNATURE = 64
_SHAPES = msgspec.msgpack.Decoder(tuple[CourseShape, ...])


def read_catalogue(data: bytes, centre: bytes | None = None) -> tuple[CourseShape, ...]:
    """Read a catalogue; empty bytes are an empty one. With `centre` its signature is checked too.

    Raises Refusal: SIGNATURE for a forged one, MALFORMED for anything else that is none.
    """
    if not data:
        return ()
    signature, body = data[:_SIGNATURE], data[_SIGNATURE:]
    if centre is not None:
        VerifyKey(centre).verify(signature, _DOMAIN + body)
    try:
        return _SHAPES.decode(body)
    except (msgspec.DecodeError, msgspec.ValidationError) as fault:
        raise Refusal(Code.MALFORMED, what="catalogue") from fault


def sign_catalogue(shapes: Sequence[CourseShape], centre: SigningKey) -> bytes:
    """Write a catalogue and sign it, so that it can travel on a stick too."""
    body = msgspec.msgpack.encode(tuple(sorted(shapes, key=lambda shape: shape.course)))
    return centre.sign(_DOMAIN + body) + body


def add_pack(connection: Connection, pack: Path, centre: SigningKey) -> Course:
    """Put the course of a pack into the catalogue, in place of its older version. Raises Refusal.

    Every standing is dropped, because all of them count within the catalogue; they are folded anew behind.
    """
    documents = Documents.read(connection)
    verified = verify_file(pack, TrustStore(documents.root.data, documents.trust.data))
    course = verified.manifest.course
    held = {shape.course: shape for shape in read_catalogue(documents.catalogue.data)}
    held[course.id] = shape_of(course)
    signed = sign_catalogue(tuple(held.values()), centre)
    publish(connection, CATALOGUE, Document(documents.catalogue.version + 1, signed))
    connection.execute(delete(standing))
    return course


def shape_of(course: Course) -> CourseShape:
    """Reduce a course to the frame in which completions are counted."""
    modules = {f"{course.id}/{module.id}": module.title for module in course.modules}
    return CourseShape(course.id, course.title, course.jp, tuple(modules), course.mandatory, modules)
