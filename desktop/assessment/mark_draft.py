"""Marks in work: kept as they are typed, encrypted in the trainer's profile, and stated only when saved."""

import msgspec

from desktop.store.profile import Profile

SECONDS_LIMIT = 24 * 3600
"""Seconds that one mark may say it took: a sitting, not a week."""


class MarkDraft(msgspec.Struct, frozen=True):
    """What a trainer has typed of one work: whole points by criterion, words, and seconds spent so far."""

    points: tuple[tuple[str, int], ...] = ()
    comment: str = ""
    reason: str = ""
    seconds: int = 0


def mark_draft(profile: Profile, person: bytes, work: bytes) -> MarkDraft | None:
    """Read what was typed of a work; None where nothing was."""
    kept = profile.draft(_name(person, work))
    return None if kept is None else msgspec.msgpack.decode(kept, type=MarkDraft)


def keep_mark_draft(profile: Profile, person: bytes, work: bytes, draft: MarkDraft) -> None:
    """Keep it durably: when this returns a power cut takes nothing of it. It travels nowhere."""
    profile.put_draft(_name(person, work), msgspec.msgpack.encode(draft))


def drop_mark_draft(profile: Profile, person: bytes, work: bytes) -> None:
    """Forget it: the mark was saved."""
    profile.put_draft(_name(person, work), b"")


def _name(person: bytes, work: bytes) -> str:
    return f"nilai {person.hex()} {work.hex()}"
