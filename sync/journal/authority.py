"""Which facts count: a pure word on each, from the office's keys, vouchings, revocations and erasures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from sync.journal.aliases import MERGED, UNMERGED, Aliases, aliases
from sync.journal.ending import ENDED, Ends, ends
from sync.journal.kind import Author
from sync.journal.kinds import KINDS, check_received
from sync.journal.statement import Fact
from sync.journal.vouching import Holder, Key, Waiting, best, vouching
from sync.refusal import Refusal

_ROLES = {
    "coordinator": Author.COORDINATOR,
    "trainer": Author.TRAINER,
    "mentor": Author.MENTOR,
    "jury": Author.JURY,
}
_RULING = {
    "profile.opened",
    "profile.keyed",
    "profile.vouched",
    "key.revoked",
    "person.erased",
    ENDED,
    MERGED,
    UNMERGED,
}


class Verdict(Enum):
    """What becomes of a fact; only COUNTS enters a fold."""

    COUNTS = "It counts."
    WAITING = "Its key is introduced but nobody has vouched for it yet."
    AUTHOR = "Its signer may not state this kind for this profile."
    REVOKED = "Its key was revoked, and it is not among what was accepted."
    ERASED = "Its person was erased."
    ENDED = "It is dated after the last day of the role it takes."
    FIELDS = "Its fields are not those of its kind."
    UNKNOWN = "Its kind comes from a newer program; it is kept and forwarded."


@dataclass(frozen=True, slots=True)
class Roots:
    """What is believed without any statement.

    `centre` are the centre's signing keys by the trust list; `coordinators` maps signing keys in the signed
    office file to their person; `roles` is the signed roster's role of each person; `own` are the keys this
    PC made itself, as (profile, signing key) with the person.
    """

    centre: frozenset[bytes]
    coordinators: Mapping[bytes, bytes] = field(default_factory=dict)
    roles: Mapping[bytes, str] = field(default_factory=dict)
    own: Mapping[Key, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Authority:
    """Who is who, and the verdict on any fact; the same for the same set, in whatever order it arrived.

    `revoked` has per key the accepted logs with their last accepted numbers; `proposals` are merges by
    coordinators that wait for the centre; `disputed` are keys vouched for as two different people; `ends` are
    the last days of roles.
    """

    roots: Roots
    holders: Mapping[Key, Holder]
    waiting: Mapping[Key, Waiting]
    people: Mapping[bytes, bytes]
    aliases: Aliases
    revoked: Mapping[bytes, Mapping[int, int]]
    erased: frozenset[bytes]
    proposals: tuple[Fact, ...]
    disputed: tuple[Key, ...]
    ends: Ends = field(default_factory=Ends)

    def person_of(self, profile: bytes) -> bytes | None:
        """Return whose profile it is, after merges, or None while nobody vouched for it."""
        person = self.people.get(profile)
        return None if person is None else self.aliases.of(person)

    def author_of(self, fact: Fact) -> bytes | None:
        """Return who states a fact, after merges: whom the roots name for a key, or the owner of the profile.

        None where neither is known.
        """
        lead = self.roots.coordinators.get(fact.signer)
        return self.person_of(fact.header.profile) if lead is None else self.aliases.of(lead)

    def counts(self, fact: Fact) -> bool:
        """Say whether a fact enters the folds."""
        return self.verdict(fact) is Verdict.COUNTS

    def accepted(self, facts: Iterable[Fact]) -> tuple[Fact, ...]:
        """Return the facts that count, in the order given."""
        return tuple(fact for fact in facts if self.counts(fact))

    def verdict(self, fact: Fact) -> Verdict:
        """Return what becomes of a fact."""
        if fact.statement.kind not in KINDS:
            return Verdict.UNKNOWN
        if not _readable(fact):
            return Verdict.FIELDS
        if _is_revoked(fact, self.revoked):
            return Verdict.REVOKED
        verdict = self._authorship(fact)
        person = self.people.get(fact.header.profile)
        if verdict is Verdict.COUNTS and person is not None:
            holder = self.holders.get(Key(fact.header.profile, fact.signer))
            if self.ends.over(person, holder.roles if holder else (), fact):
                return Verdict.ENDED
        if (
            verdict is Verdict.COUNTS
            and person is not None
            and {person, self.aliases.of(person)} & self.erased
            and fact.signer not in self.roots.centre
        ):
            return Verdict.ERASED
        return verdict

    def _authorship(self, fact: Fact) -> Verdict:
        kind = KINDS[fact.statement.kind]
        key = Key(fact.header.profile, fact.signer)
        held = key in self.holders or key in self.roots.own
        as_whom = authors(fact, self.roots, self.holders)
        if as_whom - {Author.SELF} & kind.authors:
            return Verdict.COUNTS
        if kind.opening:
            own_key = fact.statement.fields.get("signing", fact.signer) == fact.signer
            known = held or key in self.waiting
            return Verdict.COUNTS if own_key and (known or fact.endorsed) else Verdict.AUTHOR
        # The centre endorsed it and knows more keys than this PC; a key known here is judged as known.
        others = Author.SELF in kind.authors or (not held and kind.authors != {Author.CENTRE})
        if fact.endorsed and others:
            return Verdict.COUNTS
        if Author.SELF not in kind.authors:
            return Verdict.AUTHOR
        if held:
            return Verdict.COUNTS
        return Verdict.WAITING if key in self.waiting else Verdict.AUTHOR


def authority(facts: Iterable[Fact], roots: Roots) -> Authority:
    """Return who is who by a set of facts. Pure: order, repetition and road of arrival change nothing.

    The layers never lean on a later one: centre keys (trust list) say what is revoked, who is vouched for and
    who coordinates; coordinators, from the office file or vouched for by the centre, vouch for learners.
    """
    ruling = [fact for fact in facts if fact.statement.kind in _RULING and _readable(fact)]
    by_centre = [fact for fact in ruling if fact.signer in roots.centre]
    revoked = revocations(by_centre, roots.centre)
    valid = [fact for fact in ruling if not _is_revoked(fact, revoked)]
    vouched = vouching(valid, roots.centre, frozenset(roots.coordinators), roots.roles)
    people: dict[bytes, bytes] = {profile: person for (profile, _), person in roots.own.items() if person}
    people |= {profile: holder.person for profile, holder in best(vouched.holders.values()).items()}
    merges = [fact for fact in valid if fact.statement.kind in {MERGED, UNMERGED}]
    erased = frozenset(
        person
        for fact in by_centre
        if fact.statement.kind == "person.erased"
        and isinstance(person := fact.statement.fields["person"], bytes)
    )
    return Authority(
        roots,
        vouched.holders,
        vouched.waiting,
        people,
        aliases(fact for fact in merges if fact.signer in roots.centre),
        revoked,
        erased,
        tuple(
            sorted(
                {
                    fact.identity: fact
                    for fact in merges
                    if Author.COORDINATOR in authors(fact, roots, vouched.holders)
                }.values(),
                key=lambda fact: fact.identity,
            )
        ),
        vouched.disputed,
        ends(by_centre),
    )


def authors(fact: Fact, roots: Roots, holders: Mapping[Key, Holder]) -> frozenset[Author]:
    """Return as whom the signer of a fact speaks."""
    return authors_with(Key(fact.header.profile, fact.signer), roots, holders)


def authors_with(key: Key, roots: Roots, holders: Mapping[Key, Holder]) -> frozenset[Author]:
    """Return as whom a key speaks."""
    if key.signing in roots.centre:
        return frozenset({Author.CENTRE})
    whom = set[Author]()
    if key.signing in roots.coordinators:
        whom.add(Author.COORDINATOR)
    holder = holders.get(key)
    if holder:
        whom.add(Author.SELF)
        whom |= {_ROLES[role] for role in holder.roles if role in _ROLES}
    return frozenset(whom)


def revocations(by_centre: Iterable[Fact], centre: frozenset[bytes]) -> dict[bytes, dict[int, int]]:
    """Return per revoked key what of it still counts: where several statements name it, only what all accept.

    A centre key is withdrawn by the trust list alone; otherwise two centre keys could revoke each other.
    """
    revoked: dict[bytes, dict[int, int]] = {}
    for fact in by_centre:
        if fact.statement.kind != "key.revoked":
            continue
        fields = fact.statement.fields
        signing, logs, ends = fields["signing"], fields["logs"], fields["ends"]
        if not (isinstance(signing, bytes) and isinstance(logs, tuple) and isinstance(ends, tuple)):
            continue
        if signing in centre:
            continue
        runs: dict[int, int] = {}
        for log, end in zip(logs, ends, strict=False):
            if isinstance(log, int) and isinstance(end, int):
                runs[log] = min(end, runs.get(log, end))
        held = revoked.get(signing)
        revoked[signing] = (
            runs if held is None else {log: min(end, held[log]) for log, end in runs.items() if log in held}
        )
    return revoked


def _is_revoked(fact: Fact, revoked: Mapping[bytes, Mapping[int, int]]) -> bool:
    accepted = revoked.get(fact.signer)
    return accepted is not None and fact.statement.seq > accepted.get(fact.statement.log, 0)


def _readable(fact: Fact) -> bool:
    try:
        check_received(fact.statement)
    except Refusal:
        return False
    return True
