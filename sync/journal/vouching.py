"""Whose key it is: keys that profiles introduced, and the people that centre and coordinators vouched for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from sync.journal.statement import Fact, Value

LEARNER = "learner"
COORDINATOR = "coordinator"


class Key(NamedTuple):
    """A signing key of a profile; after a PIN reset a profile has more than one."""

    profile: bytes
    signing: bytes


@dataclass(frozen=True, slots=True)
class Waiting:
    """A key that its profile introduced and nobody vouched for; `person` is the claim, or empty."""

    profile: bytes
    signing: bytes
    letter: bytes
    person: bytes
    pc_name: str


@dataclass(frozen=True, slots=True)
class Holder:
    """A vouched key: whose it is, and every role vouched for; `rank` orders rival vouchings."""

    profile: bytes
    signing: bytes
    letter: bytes
    person: bytes
    roles: frozenset[str]
    rank: tuple[bool, int, int, bytes]

    @property
    def by_centre(self) -> bool:
        """Whether the centre itself said whose key it is."""
        return self.rank[0]


@dataclass(frozen=True, slots=True)
class Vouching:
    """All keys: vouched, waiting, and those vouched for as two different people."""

    holders: Mapping[Key, Holder]
    waiting: Mapping[Key, Waiting]
    disputed: tuple[Key, ...]


def vouching(
    facts: Iterable[Fact],
    centre: frozenset[bytes],
    coordinators: frozenset[bytes],
    roles: Mapping[bytes, str],
) -> Vouching:
    """Return whose keys are whose, from readable facts that are not revoked.

    The centre's word on the person beats a coordinator's; among equals the greatest (log, seq) holds, so no
    clock and no order of arrival decides. Roles add up: a vouching gives, and only a revocation takes away.
    A coordinator's word makes a learner, or what the signed roster says the person is, but never a
    coordinator: that power comes from the centre alone.
    """
    ruling = list(facts)
    vouches = [fact for fact in ruling if fact.statement.kind == "profile.vouched"]
    by_centre = [_holder(fact, by_centre=True) for fact in vouches if fact.signer in centre]
    others = [fact for fact in vouches if fact.signer not in centre]
    first = _chosen(by_centre)
    leading = {key for key, one in first.items() if COORDINATOR in one.roles}
    by_desk = [fact for fact in others if fact.signer in coordinators or _key(fact) in leading]
    second = by_centre + [_capped(fact, roles) for fact in by_desk]
    # The centre endorsed what a coordinator unknown here said; a key known here is judged by what is known.
    known = _chosen(second)
    unknown = [fact for fact in others if fact.endorsed and _key(fact) not in known]
    every = second + [_capped(fact, roles) for fact in unknown]
    holders = _chosen(every)
    people: dict[Key, set[bytes]] = {}
    for one in every:
        people.setdefault(Key(one.profile, one.signing), set()).add(one.person)
    return Vouching(
        holders,
        {key: one for key, one in _introduced(ruling).items() if key not in holders},
        tuple(sorted(key for key, names in people.items() if len(names) > 1)),
    )


def best(holders: Iterable[Holder]) -> dict[bytes, Holder]:
    """Return the vouching that says whose each profile is."""
    chosen: dict[bytes, Holder] = {}
    for one in holders:
        if one.profile not in chosen or one.rank > chosen[one.profile].rank:
            chosen[one.profile] = one
    return chosen


def _introduced(facts: Iterable[Fact]) -> dict[Key, Waiting]:
    """Return keys that introduced themselves: the statement is signed by the very key it names.

    A profile made before its office was known opens again and says whose it is. Logs have random numbers, so
    not the later opening holds but the one that names a person.
    """
    found: dict[Key, tuple[tuple[bool, int, int, bytes], Waiting]] = {}
    for fact in facts:
        fields = fact.statement.fields
        if fact.statement.kind not in {"profile.opened", "profile.keyed"} or fields["signing"] != fact.signer:
            continue
        key = Key(fact.header.profile, fact.signer)
        rank = (bool(fields.get("person")), *fact.identity, fact.statement.digest)
        waiting = Waiting(
            key.profile,
            key.signing,
            _bytes(fields["letter"]),
            _bytes(fields.get("person", b"")),
            _text(fields.get("pc_name", "")),
        )
        if key not in found or rank > found[key][0]:
            found[key] = rank, waiting
    return {key: waiting for key, (_, waiting) in found.items()}


def _chosen(holders: Iterable[Holder]) -> dict[Key, Holder]:
    """Return for each key the vouching of greatest rank, with the roles of all that name the same person."""
    rivals: dict[Key, list[Holder]] = {}
    for one in holders:
        rivals.setdefault(Key(one.profile, one.signing), []).append(one)
    chosen: dict[Key, Holder] = {}
    for key, ones in rivals.items():
        top = max(ones, key=lambda one: one.rank)
        roles = frozenset[str]().union(*(one.roles for one in ones if one.person == top.person))
        chosen[key] = replace(top, roles=roles)
    return chosen


def _key(fact: Fact) -> Key:
    return Key(fact.header.profile, fact.signer)


def _holder(fact: Fact, *, by_centre: bool) -> Holder:
    fields = fact.statement.fields
    return Holder(
        _bytes(fields["profile"]),
        _bytes(fields["signing"]),
        _bytes(fields["letter"]),
        _bytes(fields["person"]),
        frozenset({_text(fields["role"])}),
        (by_centre, *fact.identity, fact.statement.digest),
    )


def _capped(fact: Fact, roles: Mapping[bytes, str]) -> Holder:
    holder = _holder(fact, by_centre=False)
    given = roles.get(holder.person, LEARNER)
    allowed = holder.roles & {given} - {COORDINATOR}
    return replace(holder, roles=allowed | {LEARNER})


def _bytes(value: Value) -> bytes:
    return value if isinstance(value, bytes) else b""


def _text(value: Value) -> str:
    return value if isinstance(value, str) else ""
