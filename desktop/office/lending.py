"""Trainers of this office lent to others: its coordinator proposes, the centre grants, until a last day."""

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop.errors import Problem
from desktop.formats import long_day
from desktop.language import tr
from desktop.office.desk import roster_of
from desktop.office.stick_words import without_key
from sync.folds.lent import LENT, LENT_UNTIL, PROPOSED, lending, lent_until
from sync.folds.order import number, octets, text
from sync.journal.ending import OPEN_END, SOON
from sync.journal.secret_fields import opened, seal_fields
from sync.journal.statement import Fact
from sync.officefile import PersonEntry, Role
from sync.refusal import Refusal

if TYPE_CHECKING:
    from desktop.store.profile import Profile

NAME_LIMIT = 120
"""Letters of an office's name."""


@dataclass(frozen=True, slots=True)
class Lent:
    """A trainer of this office and the office that borrows them; `until` is their last day, None for no end.

    `granted` tells whether the centre answered, `over` whether the day has passed or they were called back,
    `declined` that it never said yes.
    """

    name: str
    office: str
    until: date | None
    granted: bool
    over: bool = False
    declined: bool = False


def trainers_of(profile: "Profile") -> tuple[PersonEntry, ...]:
    """List the trainers of the roster, by name."""
    found = [one for one in roster_of(profile) if one.role == Role.TRAINER.value]
    return tuple(sorted(found, key=lambda one: one.name))


def propose_lending(profile: "Profile", person: bytes, office: str, until: date) -> None:
    """State to the centre that a trainer may mark for another office until a day. Raises Problem."""
    held, named = profile.store.office(), " ".join(office.split())
    if held is None or not profile.keys.office:
        raise without_key()
    if not named or len(named) > NAME_LIMIT:
        raise Problem(tr("Nama kantor belum diisi."), tr("Tulis seperti pada berkas kantor yang meminjam."))
    if named.casefold() == held.header.name.casefold():
        raise Problem(tr("Itu kantor ini sendiri."), tr("Tulis nama kantor yang meminjam."))
    if until < _today(profile):
        raise Problem(tr("Hari terakhir sudah lewat."), tr("Pilih hari ini atau sesudahnya."))
    readers = (held.header.centre_letter, held.header.office_letter)
    said = seal_fields(PROPOSED, {"office": named, "until": until.isoformat()}, readers)
    profile.record(PROPOSED, person=person, sealed=said)


def lent_out(profile: "Profile") -> tuple[Lent, ...]:
    """List who of this office is lent or proposed, what holds first, by name and office."""
    known, today = profile.authority(), _today(profile)
    facts = known.accepted(profile.facts(kinds=(LENT, LENT_UNTIL, PROPOSED)))
    names = {one.person: one.name for one in trainers_of(profile)}
    ends, active = lent_until(facts), lending(facts)
    found: dict[tuple[bytes, str], Lent] = {}
    asked_at: dict[tuple[bytes, str], int] = {}
    for fact in facts:
        whose = known.aliases.of(octets(fact, "person"))
        if fact.statement.kind == PROPOSED and whose in names:
            said = _read(profile, fact)
            where, until = said.get("office"), said.get("until")
            if isinstance(where, str) and isinstance(until, str):
                asked_at[whose, where.casefold()] = fact.wall
                found[whose, where.casefold()] = Lent(names[whose], where, _day(until), granted=False)
    for fact in facts:
        person, where_id = octets(fact, "person"), octets(fact, "office")
        whose, name = known.aliases.of(person), text(fact, "name")
        if fact.statement.kind != LENT or whose not in names:
            continue
        after = ends.get((where_id, person), OPEN_END)
        last = None if after == OPEN_END else datetime.fromtimestamp(after, profile.zone()).date()
        over = (where_id, person) not in active or (last is not None and last < today)
        if over and asked_at.get((whose, name.casefold()), 0) > fact.wall:
            continue  # proposed anew since
        never = over and not _ever(facts, where_id, person)
        found[whose, name.casefold()] = Lent(
            names[whose], name, last, granted=True, over=over, declined=never
        )
    return tuple(sorted(found.values(), key=lambda one: (one.over, one.name, one.office)))


def lent_words(one: Lent, today: date) -> str:
    """Say how a lending stands: `sampai 31 Desember 2026, 9 hari lagi`."""
    if one.declined:
        return tr("Tidak disetujui pusat.")
    if one.over:
        return tr("Sudah berakhir.")
    if one.until is None:
        return tr("Tanpa hari terakhir.")
    days = (one.until - today).days
    until = tr("Sampai {tgl}").format(tgl=long_day(one.until))
    if not one.granted:
        return tr("{sampai}. Menunggu pusat.").format(sampai=until)
    if days > SOON:
        return tr("{sampai}.").format(sampai=until)
    return (
        tr("{sampai}, hari ini yang terakhir.").format(sampai=until)
        if days == 0
        else tr("{sampai}, {n} hari lagi.").format(sampai=until, n=days)
    )


def _ever(facts: Iterable[Fact], office: bytes, person: bytes) -> bool:
    """Whether somebody was ever lent to an office."""
    return any(
        octets(one, "office") == office and octets(one, "person") == person and number(one, "active") == 1
        for one in facts
        if one.statement.kind == LENT
    )


def _read(profile: "Profile", fact: Fact) -> Mapping[str, object]:
    """Open what a coordinator sealed to this office's desk, by any of its keys; nothing where none fits."""
    for key in profile.keys.office.values():
        with contextlib.suppress(Refusal):
            return opened(fact, key).statement.fields
    return {}


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None


def _today(profile: "Profile") -> date:
    return datetime.fromtimestamp(profile.store.now(), profile.zone()).date()
