"""The manifest of a pack: what its publisher signs, and the shape it must have to be believed."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from tuf.api.metadata import Metadata, TargetFile, Targets

from sync.journal.keys import SigningKey
from sync.packs.archive import MAX_ENTRIES, MAX_FILE, MAX_OBJECT
from sync.packs.documents import NEVER_EXPIRES, SPEC_VERSION, dump
from sync.packs.names import is_id, is_object_path, is_pack_id, media_type
from sync.packs.outline import (
    ActivityKind,
    Course,
    PackContent,
    PackObject,
    course_document,
    course_of,
    version_number,
)
from sync.refusal import Code, Refusal

FORMAT = 1
MAX_MODULES = 200
MAX_ACTIVITIES = 2_000


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest, read. `publisher` names the signer ("bpsdm", or "bpsdm/budi" for a trainer of theirs).

    `version` is the number that only rises; `downgrade` lets this one pack replace a newer one.
    """

    content: PackContent
    publisher: str
    version: int
    downgrade: bool
    digest: str

    @property
    def course(self) -> Course:
        """The course this pack carries."""
        return self.content.course


def sign_manifest(
    course: Course,
    objects: Sequence[PackObject],
    publisher: str,
    signer: SigningKey,
    *,
    downgrade: bool = False,
) -> bytes:
    """Write and sign a manifest. The same course and key always give the same bytes."""
    targets = {
        o.path: TargetFile(o.size, {"sha256": o.sha256}, o.path, {"custom": _custom(o)}) for o in objects
    }
    own = {
        "format": FORMAT,
        "publisher": publisher,
        "downgrade": downgrade,
        "course": course_document(course),
    }
    signed = Targets(
        version_number(course.version), SPEC_VERSION, NEVER_EXPIRES, targets, None, {"suluh": own}
    )
    return dump(Metadata(signed), [signer])


def _custom(thing: PackObject) -> dict[str, str]:
    """Say the type, and the hash of the deflated form: deflate leaves a few bits that change nothing else."""
    said = {"type": thing.media_type}
    return said | {"packed": thing.packed} if thing.packed else said


def read_manifest(metadata: Metadata[Targets], data: bytes) -> Manifest:
    """Read what a manifest says and check that it fits together. Whose word it is, `verify` decides.

    Raises Refusal VERSION for a format of a newer program, MALFORMED for everything that does not fit.
    """
    signed = metadata.signed
    try:
        own = signed.unrecognized_fields["suluh"]
        if own["format"] != FORMAT:
            raise Refusal(Code.VERSION, what="pack", version=str(own["format"])[:20])  # noqa: TRY301 - passed on as it is
        course = course_of(own["course"])
        objects = tuple(_object(path, target) for path, target in signed.targets.items())
        fault = _course_fault(course) or _objects_fault(course, objects)
        if version_number(course.version) != signed.version or not isinstance(own["downgrade"], bool):
            fault = fault or "version"
        publisher = str(own["publisher"])
    except Refusal:
        raise
    except Exception as problem:  # what a stranger wrote breaks it in ways that nobody lists
        raise Refusal(Code.MALFORMED, what="manifest", reason="shape") from problem
    if fault or signed.delegations is not None:
        raise Refusal(Code.MALFORMED, what="manifest", reason=fault)
    content = PackContent(course, objects)
    return Manifest(content, publisher, signed.version, own["downgrade"], sha256(data).hexdigest())


def _object(path: str, target: TargetFile) -> PackObject:
    digest = target.hashes["sha256"]
    custom = dict(target.custom or {})
    kind, packed = str(custom.pop("type", "")), str(custom.pop("packed", ""))
    fits = (
        is_object_path(path)
        and set(target.hashes) == {"sha256"}
        and _is_digest(digest)
        and (not packed or _is_digest(packed))
        and not custom
        and type(target.length) is int
        and 0 < target.length <= MAX_OBJECT
        and kind == media_type(path)
    )
    if not fits:
        raise ValueError(path)
    return PackObject(path, target.length, digest, kind, packed)


def _is_digest(text: str) -> bool:
    return len(text) == 64 and set(text) <= set("0123456789abcdef")


def _course_fault(course: Course) -> str:
    activities = [activity for _, activity in course.activities()]
    if not is_pack_id(course.id) or not all(is_id(m.id) for m in course.modules):
        return "id"
    if not all(is_id(activity.id) and activity.paths for activity in activities):
        return "id"
    if not 0 < len(course.modules) <= MAX_MODULES or not 0 < len(activities) <= MAX_ACTIVITIES:
        return "outline"
    unlike = {course.key(module, activity) for module, activity in course.activities()}
    if len(unlike) != len(activities) or len({m.id for m in course.modules}) != len(course.modules):
        return "id"
    ruled = all((a.kind is ActivityKind.QUIZ) == (a.quiz is not None) for a in activities)
    ruled &= all((a.kind is ActivityKind.ASSIGNMENT) == (a.assignment is not None) for a in activities)
    return "" if ruled and course.jp > 0 else "outline"


def _objects_fault(course: Course, objects: Sequence[PackObject]) -> str:
    if len(objects) > MAX_ENTRIES or sum({o.sha256: o.size for o in objects}.values()) > MAX_FILE:
        return "size"
    forms: dict[str, tuple[int, str]] = {}
    for thing in objects:
        if forms.setdefault(thing.sha256, (thing.size, thing.packed)) != (thing.size, thing.packed):
            return "size"
    paths = {thing.path for thing in objects}
    for _, activity in course.activities():
        named = {*activity.paths, activity.captions, activity.transcript} - {""}
        if not named <= paths:
            return "missing"
    return ""
