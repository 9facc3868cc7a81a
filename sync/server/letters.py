"""Letter keys that the centre keeps in escrow: whose they are, and to which newer key they may go back."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from sync.journal.keys import LetterKey, key_mark
from sync.journal.letters import ESCROWED, Return, open_escrow
from sync.journal.segment import peek_segment
from sync.journal.statement import Fact
from sync.refusal import Refusal
from sync.server.effects import OPENED, facts_of
from sync.server.identity import Holder, Identities
from sync.server.keys import CentreKeys
from sync.server.rulings import return_letters
from sync.server.stored import original, originals
from sync.server.tables import person, segment


@dataclass(frozen=True, slots=True)
class Address:
    """A key of the person that counts today. `by_code` is whether the centre itself vouched for it."""

    profile: bytes
    letter: bytes
    mark: str
    pc_name: str
    by_code: bool


@dataclass(frozen=True, slots=True)
class Escrowed:
    """A person with the letter keys held of them and the keys to which these could be given."""

    id: int
    name: str
    unit: str
    letters: tuple[LetterKey, ...] = field(repr=False)
    addresses: tuple[Address, ...]


def escrowed(connection: Connection, keys: CentreKeys, whose: bytes) -> Escrowed:
    """Read what is held of a person, under every UUID of theirs. Raises LookupError for an unknown person."""
    identities = Identities()
    found = identities.person(connection, whose)
    if found is None or found.erased:
        raise LookupError("Orang itu tidak ada di pusat ini.")
    end = identities.person_of(connection, found.id)
    merged = connection.execute(select(person.c.id).where(person.c.merged.is_not(None))).scalars().all()
    group = {end.id, *(key for key in merged if identities.person_of(connection, key).id == end.id)}
    holders = [one for key in sorted(group) for one in identities.of_person(connection, key)]
    letters: dict[bytes, LetterKey] = {}
    names: dict[bytes, str] = {}
    for holder, fact in _facts(connection, holders):
        if fact.statement.kind == OPENED:
            names[fact.header.profile] = str(fact.statement.fields.get("pc_name", ""))
            continue
        try:
            letter = open_escrow(fact, keys.letter)
        except Refusal:
            continue  # sealed to a centre that is no more, or not a key at all
        if letter.public == holder.letter:
            letters[letter.public] = letter
    who = connection.execute(select(person.c.name, person.c.unit).where(person.c.id == end.id)).one()
    addresses = tuple(
        Address(
            one.profile, one.letter, key_mark(one.signing), names.get(one.profile, ""), bool(one.by_centre)
        )
        for one in holders
        if one.letter and not one.revoked
    )
    return Escrowed(end.id, who.name, who.unit, tuple(letters.values()), addresses)


def give_back(
    connection: Connection, keys: CentreKeys, held: Escrowed, mark: str, asked: str
) -> tuple[Address, int]:
    """Give all letter keys held to the one key of the person with this mark; tells how many it gets.

    Raises ValueError in words where the mark is not that of one key, nobody is named, or there is nothing.
    """
    found = [one for one in held.addresses if one.mark == mark.replace(" ", "")]
    if len(found) != 1:
        raise ValueError("Tanda kunci itu bukan tanda salah satu kunci orang ini yang berlaku.")
    if not asked.strip():
        raise ValueError("Sebutkan siapa yang meminta dan cara Anda memastikannya, dengan --asked-by.")
    (address,) = found
    older = tuple(letter for letter in held.letters if letter.public != address.letter)
    if not older:
        raise ValueError("Tidak ada kunci surat lama orang ini di pusat.")
    given = Return(older, asked.strip())
    return_letters(connection, keys, held.id, address.profile, address.letter, given)
    return address, len(older)


def _facts(connection: Connection, holders: Iterable[Holder]) -> Iterable[tuple[Holder, Fact]]:
    """Give what keys said of themselves when they were made; a few segments of each are unpacked."""
    by_id = {one.id: one for one in holders}
    query = originals(segment.c.holder).where(segment.c.holder.in_(by_id)).order_by(segment.c.id)
    for row in connection.execute(query):
        data = original(row)
        if {ESCROWED, OPENED} & set(peek_segment(data).kinds):
            for fact in facts_of(data, {ESCROWED, OPENED}):
                yield by_id[row.holder], fact
