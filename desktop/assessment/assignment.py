"""An assignment on its learner's side: a draft that outlives a power cut, and what is handed in."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import msgspec

from desktop.assessment.voiding import reasons, ruled, voided_here
from desktop.errors import Problem
from desktop.language import tr
from desktop.store.facts import Scope
from desktop.store.files import file_of, put_file
from desktop.store.profile import Profile
from sync.folds.assignments import (
    GRADED,
    PART,
    SUBMITTED,
    Mark,
    Rule,
    Standing,
    Submission,
    read_mark,
    standing,
    submissions,
    work_digest,
)
from sync.folds.deadlines import SEALED
from sync.folds.files import FILE_LIMIT
from sync.journal.passing import passed
from sync.journal.statement import Value

TEXT_LIMIT = 30_000
"""Letters of a text; longer work is a file."""
NAME_LIMIT = 120


class DraftFile(msgspec.Struct, frozen=True):
    """A file of a draft: name, SHA-256, size in bytes; what is in it lies in a draft of its own."""

    name: str
    digest: bytes
    size: int


class Draft(msgspec.Struct, frozen=True):
    """What is not handed in yet: it is on this PC alone, encrypted, and travels nowhere."""

    text: str = ""
    files: tuple[DraftFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Handed:
    """What a learner's PC knows of an assignment; both None while nothing was handed in.

    `voided` are criteria of the version that counts which count no more, with the reason of each.
    """

    versions: tuple[Submission, ...] = ()
    standing: Standing | None = None
    voided: Mapping[str, str] = field(default_factory=dict)


def draft_of(profile: Profile, key: str) -> Draft:
    """Read the draft of an assignment, an empty one where there is none."""
    kept = profile.draft(_name(key))
    return Draft() if kept is None else msgspec.msgpack.decode(kept, type=Draft)


def keep_text(profile: Profile, key: str, words: str) -> None:
    """Keep the text of a draft durably; when this returns a power cut takes nothing of it."""
    draft = draft_of(profile, key)
    _keep(profile, key, Draft(words[:TEXT_LIMIT], draft.files))


def add_file(profile: Profile, key: str, name: str, data: bytes, most: int) -> Draft:
    """Add a file to a draft, in the profile itself: the stick it came from may go. Raises Problem."""
    draft = draft_of(profile, key)
    if len(draft.files) >= most:
        raise Problem(
            tr("Tugas ini menerima paling banyak {n} berkas.").format(n=most),
            tr("Hapus satu berkas dahulu, atau gabungkan beberapa menjadi satu."),
        )
    if not 0 < len(data) <= FILE_LIMIT:
        raise Problem(
            tr("Berkas kosong atau lebih dari 5 MB."),
            tr("Pindai dengan kualitas lebih rendah, atau bagi menjadi beberapa berkas."),
        )
    digest = hashlib.sha256(data).digest()
    if all(one.digest != digest for one in draft.files):
        profile.put_draft(_file_name(key, digest), data)
        draft = Draft(draft.text, (*draft.files, DraftFile(name[-NAME_LIMIT:], digest, len(data))))
        _keep(profile, key, draft)
    return draft


def drop_file(profile: Profile, key: str, digest: bytes) -> Draft:
    """Take a file out of a draft; nothing of it was stated, so nothing of it travels."""
    draft = draft_of(profile, key)
    draft = Draft(draft.text, tuple(one for one in draft.files if one.digest != digest))
    _keep(profile, key, draft)
    profile.put_draft(_file_name(key, digest), b"")
    return draft


def hand_in(
    profile: Profile, key: str, version: str, due: Sequence[tuple[str, Mapping[str, Value]]] = ()
) -> Submission:
    """State what the draft holds as a new version, with what it completes; the draft is then empty.

    A file goes first, in parts: cut off in between, nothing was handed in and the draft is still there.
    Raises Problem for nothing to hand in.
    """
    draft = draft_of(profile, key)
    if not draft.text.strip() and not draft.files:
        raise Problem(tr("Belum ada yang dikumpulkan."), tr("Tulis jawaban Anda, atau tambahkan berkas."))
    for one in draft.files:
        data = profile.draft(_file_name(key, one.digest))
        if data is not None:
            put_file(profile, data, PART)
    files = tuple((one.name, one.digest) for one in draft.files)
    counter = 1 + max((one.counter for one in handed(profile, key, Rule()).versions), default=0)
    fields: dict[str, Value] = {
        "activity": key,
        "version": version,
        "text": draft.text,
        "names": tuple(name for name, _ in files),
        "files": b"".join(digest for _, digest in files),
        "work": work_digest(key, version, draft.text, files),
        "counter": counter,
    }
    store = profile.store
    sealed = {"floor": store.proven(), "said": store.clock.wall()}
    profile.record_all([(SEALED, sealed), (SUBMITTED, fields), *due])
    for one in draft.files:
        profile.put_draft(_file_name(key, one.digest), b"")
    profile.put_draft(_name(key), b"")
    return handed(profile, key, Rule()).versions[-1]


def handed(profile: Profile, key: str, rule: Rule) -> Handed:
    """Tell what this person has handed in, on any PC, and what came back for them."""
    known = profile.authority()
    own = Scope.OWN, Scope.PERSON
    facts = known.accepted(profile.facts(*own, kinds=(SUBMITTED,)))
    mine = profile.person or profile.profile
    versions = submissions(facts, lambda _: mine).get((mine, key), ())
    grades = _grades(profile, mine)
    words = voided_here(profile)
    found = standing(versions, (one for one in grades if one.activity == key), ruled(rule, words, key))
    return Handed(versions, found, {} if found is None else reasons(words, found.submission))


def handed_file(profile: Profile, digest: bytes) -> bytes | None:
    """Give what was handed in under a digest; None until all of its parts are here."""
    return file_of(profile, digest, PART).data


def _grades(profile: Profile, mine: bytes) -> Iterable[Mark]:
    """Read the grades that came for this person: only the centre's word brings one."""
    known = profile.authority()
    for word in passed(known.accepted(profile.facts(Scope.PERSON, kinds=("letter.passed",))), GRADED):
        mark = read_mark(word.fields, word.author, word.at)
        if mark is not None:
            yield replace(mark, person=mine)


def _keep(profile: Profile, key: str, draft: Draft) -> None:
    empty = not draft.text and not draft.files
    profile.put_draft(_name(key), b"" if empty else msgspec.msgpack.encode(draft))


def _name(key: str) -> str:
    return f"tugas {key}"


def _file_name(key: str, digest: bytes) -> str:
    return f"tugas {key} {digest.hex()}"
