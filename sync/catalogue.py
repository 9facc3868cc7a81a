"""The catalogue: which courses count in an office and what modules they have, as the centre signs it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import msgspec

from sync.folds.completion import CourseShape, VersionShape
from sync.journal.keys import SIGNATURE_SIZE, SigningKey, VerifyKey
from sync.packs.outline import Course, version_number
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
    return CourseShape(
        course.id, course.title, course.jp, tuple(modules), course.mandatory, modules, course.version
    )


def shapes_of(courses: Iterable[Course]) -> tuple[CourseShape, ...]:
    """Reduce courses, any number of versions of each, to one shape a course."""
    found: dict[str, CourseShape] = {}
    for course in courses:
        found[course.id] = with_version(found.get(course.id), shape_of(course))
    return tuple(found.values())


def with_version(held: CourseShape | None, added: CourseShape) -> CourseShape:
    """Add a version of a course to those held: the newest goes first, the others stay beneath it.

    Who finished an earlier version keeps its hours. The same version again replaces what was said of it.
    """
    if held is None:
        return added
    newest, older = (added, held) if _number(added.version) >= _number(held.version) else (held, added)
    under = VersionShape(older.version, older.jp, older.modules)
    beneath = {one.version: one for one in (*held.earlier, under)}
    beneath.pop(newest.version, None)
    return replace(newest, earlier=tuple(sorted(beneath.values(), key=lambda one: _number(one.version))))


def _number(version: str) -> int:
    """Order versions; one that no catalogue named yet is the oldest."""
    try:
        return version_number(version)
    except ValueError:
        return 0
