"""Data saya: what is kept of a person, a copy of it to take along, and the wish that it be deleted."""

import html
import io
import json
import zipfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

from desktop.errors import Problem
from desktop.formats import long_day
from desktop.language import tr
from desktop.people.letters import open_secret
from desktop.store.facts import Scope
from desktop.store.profile import Profile
from sync.folds.requests import DECLINED, DELETION, REASON_LIMIT, WITHDRAWN, Request, State, requests
from sync.journal.secret_fields import seal_fields
from sync.journal.statement import Fact, Value
from sync.refusal import Refusal

FORMAT = 1
_SECRET = frozenset({"sealed", "signing", "letter", "proof", "data"})
"""Fields that are keys, sealed to others, or parts of files: their size is told instead."""


class Sort(Enum):
    """What somebody states themselves, as people call it; the value are its kinds."""

    STUDY = ("page.read", "media.watched")
    ANSWERS = ("quiz.answered",)
    WORK = ("assignment.submitted",)
    NOTES = ("note.put",)
    TRAININGS = ("training.claimed",)


@dataclass(frozen=True, slots=True)
class Kept:
    """How much is kept: the person's own statements, those not at the centre yet, and what came to them.

    `sorts` counts the own ones by what people call them.
    """

    own: int
    unsent: int
    came: int
    deletion: Request | None
    sorts: Mapping[Sort, int]


def kept_of(profile: Profile) -> Kept:
    """Count what this PC keeps of its person, and tell the last request for deletion."""
    asked = deletions(profile)
    kinds = Counter(fact.statement.kind for fact in profile.facts(Scope.OWN))
    sorts = {sort: sum(kinds[kind] for kind in sort.value) for sort in Sort}
    came = len(profile.facts(Scope.PERSON))
    return Kept(kinds.total(), profile.unsent(), came, asked[0] if asked else None, sorts)


def deletions(profile: Profile) -> tuple[Request, ...]:
    """List the requests for deletion of this person, the newest first."""
    facts = profile.facts(Scope.OWN, Scope.PERSON, kinds=(DELETION, WITHDRAWN, DECLINED))
    if not facts:
        return ()
    counted = profile.authority().accepted(facts)
    return requests(_opened(profile, one) for one in counted)


def ask_deletion(profile: Profile, reason: str) -> None:
    """Ask the centre to delete everything of this person; until it decides, it can be taken back.

    Raises Problem without an office, or while an earlier request waits.
    """
    office = profile.store.office()
    if office is None:
        raise Problem(
            tr("Komputer ini belum tergabung dengan kantor."),
            tr("Data Anda hanya ada di komputer ini. Minta koordinator menghapus profilnya."),
        )
    if any(one.state is State.WAITING for one in deletions(profile)):
        raise Problem(tr("Permintaan Anda sudah dicatat dan menunggu keputusan pusat."))
    readers = (office.header.centre_letter, profile.keys.letter.public)
    profile.record(DELETION, sealed=seal_fields(DELETION, {"reason": reason.strip()[:REASON_LIMIT]}, readers))


def withdraw_deletion(profile: Profile) -> None:
    """Take every request that waits back."""
    for one in deletions(profile):
        if one.state is State.WAITING:
            sealed = seal_fields(WITHDRAWN, {"again": 0}, (profile.keys.letter.public,))
            profile.record(WITHDRAWN, of_log=one.log, of_seq=one.seq, sealed=sealed)


def copy_of(profile: Profile) -> bytes:
    """Make the copy a person may take: a ZIP with a page to read and the same for a program.

    It holds everything in clear that this PC can open, notes and answers too; keys and parts of files are
    left out.
    """
    facts = sorted(
        (_opened(profile, one) for one in profile.facts(Scope.OWN, Scope.PERSON)),
        key=lambda one: (one.wall, one.statement.log, one.statement.seq),
    )
    rows: list[dict[str, object]] = [
        {"kind": one.statement.kind, "at": _time(profile, one), "fields": _plain(one.statement.fields)}
        for one in facts
    ]
    head = {
        "format": FORMAT,
        "made": _day(profile, profile.store.now()),
        "nickname": profile.nickname,
        "nip": profile.nip,
        "person": profile.person.hex(),
        "statements": rows,
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("data-saya.json", json.dumps(head, indent=1, ensure_ascii=False))
        file.writestr("data-saya.html", _page(profile, rows))
    return packed.getvalue()


def _opened(profile: Profile, fact: Fact) -> Fact:
    try:
        return open_secret(profile, fact)
    except Refusal:
        return fact


def _plain(fields: Mapping[str, Value]) -> dict[str, object]:
    """Turn fields into what JSON holds."""
    return {
        name: f"{len(value)} byte"
        if name in _SECRET and isinstance(value, bytes)
        else value.hex()
        if isinstance(value, bytes)
        else value
        for name, value in sorted(fields.items())
    }


def _page(profile: Profile, rows: list[dict[str, object]]) -> str:
    """Write the page: who, how much of which kind, then everything by its time."""
    counts = Counter(str(row["kind"]) for row in rows)
    sums = "".join(
        f"<tr><td>{html.escape(kind)}</td><td>{count}</td></tr>" for kind, count in sorted(counts.items())
    )
    lines = "".join(
        f"<tr><td>{html.escape(str(row['at']))}</td><td>{html.escape(str(row['kind']))}</td>"
        f"<td>{html.escape(json.dumps(row['fields'], ensure_ascii=False))}</td></tr>"
        for row in rows
    )
    title = tr("Data saya di Suluh")
    made = tr("Dibuat {tgl}").format(tgl=_day(profile, profile.store.now()))
    style = "body{font:15px sans-serif;margin:2em}td{border:1px solid #999;padding:4px 8px;text-align:left}"
    return (
        f"<!doctype html><meta charset=utf-8><title>{html.escape(title)}</title><style>{style}</style>"
        f"<h1>{html.escape(title)}</h1><p>{html.escape(profile.nickname)}, {html.escape(profile.nip)}."
        f" {html.escape(made)}</p><h2>{html.escape(tr('Ringkasan'))}</h2><table>{sums}</table>"
        f"<h2>{html.escape(tr('Semua catatan'))}</h2><table>{lines}</table>"
    )


def _day(profile: Profile, at: int) -> str:
    return long_day(datetime.fromtimestamp(at, profile.zone()).date())


def _time(profile: Profile, fact: Fact) -> str:
    zone = profile.zone()
    return datetime.fromtimestamp(fact.wall, UTC).astimezone(zone).strftime("%Y-%m-%d %H:%M")
