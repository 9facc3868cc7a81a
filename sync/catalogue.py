"""The catalogue: which courses count in an office and what modules they have, as the centre signs it."""

from collections.abc import Sequence

import msgspec

from sync.folds.completion import CourseShape
from sync.journal.keys import SIGNATURE_SIZE, SigningKey, VerifyKey
from sync.packs.outline import Course
from sync.refusal import Code, Refusal

_DOMAIN = b"suluh catalogue 1\0"
_SHAPES = msgspec.msgpack.Decoder(tuple[CourseShape, ...])


def read_catalogue(data: bytes, centre: bytes | None = None) -> tuple[CourseShape, ...]:
    """Read a catalogue; empty bytes are an empty one. With `centre` its signature is checked too.

    Raises Refusal: SIGNATURE for a forged one, MALFORMED for anything else that is none.
    """
    if not data:
        return ()
    signature, body = data[:SIGNATURE_SIZE], data[SIGNATURE_SIZE:]
    if centre is not None:
        VerifyKey(centre).verify(signature, _DOMAIN + body)
    try:
        return _SHAPES.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        raise Refusal(Code.MALFORMED, what="catalogue") from fault


def sign_catalogue(shapes: Sequence[CourseShape], centre: SigningKey) -> bytes:
    """Write a catalogue and sign it, so that it can travel on a stick too."""
    body = msgspec.msgpack.encode(tuple(sorted(shapes, key=lambda shape: shape.course)))
    return centre.sign(_DOMAIN + body) + body


def shape_of(course: Course) -> CourseShape:
    """Reduce a course to the frame in which completions are counted."""
    modules = {f"{course.id}/{module.id}": module.title for module in course.modules}
    return CourseShape(course.id, course.title, course.jp, tuple(modules), course.mandatory, modules)
