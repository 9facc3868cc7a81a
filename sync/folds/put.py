"""Mutable fields out of `put` statements: the greatest (counter, log, seq) wins, losers stay visible."""

from collections.abc import Mapping
from dataclasses import dataclass

from sync.folds.order import Moment, number, octets, text
from sync.journal.statement import Fact


@dataclass(frozen=True, slots=True)
class Version:
    """One text of a field; `counter` is 1 + the greatest its writer had seen, `base` what it replaced.

    `sealed` is the text as the person sealed it to themselves: only their own PC can show it.
    """

    counter: int
    log: int
    seq: int
    base: int
    profile: bytes
    sealed: bytes
    at: int


@dataclass(frozen=True, slots=True)
class Field:
    """A mutable field as it stands: `now` won; `others` are versions nobody has knowingly replaced."""

    activity: str
    field: str
    now: Version
    others: tuple[Version, ...]

    @property
    def next_counter(self) -> int:
        """The counter of a next put to this field."""
        return self.now.counter + 1


class PutFold:
    """Gathers puts; no clock decides, so a wrong clock on one PC cannot hide another's text."""

    __slots__ = ("versions",)

    def __init__(self) -> None:
        self.versions: dict[tuple[str, str], set[Version]] = {}

    def add(self, fact: Fact, when: Moment) -> None:
        """Take in one fact; kinds that put nothing are passed over."""
        if fact.statement.kind != "note.put":
            return
        version = Version(
            number(fact, "counter"),
            when.log,
            when.seq,
            number(fact, "base"),
            fact.header.profile,
            octets(fact, "sealed"),
            when.at,
        )
        self.versions.setdefault((text(fact, "activity"), text(fact, "field")), set()).add(version)

    def merge(self, other: "PutFold") -> None:
        """Take in all that another fold has gathered."""
        for key, versions in other.versions.items():
            self.versions.setdefault(key, set()).update(versions)

    def fields(self) -> Mapping[tuple[str, str], Field]:
        """Return each field's standing by (activity, field)."""
        return {key: _stand(key, self.versions[key]) for key in sorted(self.versions)}


def _order(version: Version) -> tuple[int, int, int, int, bytes, int, bytes]:
    return (
        version.counter,
        version.log,
        version.seq,
        version.base,
        version.sealed,
        version.at,
        version.profile,
    )


def _stand(key: tuple[str, str], versions: set[Version]) -> Field:
    """Walk from the winner down what it replaced; whatever the walk does not meet is another version.

    Two puts may carry the counter that the next one names as its base. Then its writer's own is taken for the
    one replaced: the other may have been unseen, and a text shown once too often is better than one hidden.
    """
    ordered = sorted(versions, key=_order)
    now = ordered[-1]
    replaced = {now}
    step = now
    while step.base > 0:
        candidates = [one for one in ordered if one.counter == step.base and one.counter < step.counter]
        if not candidates:
            break
        own = [one for one in candidates if one.profile == step.profile]
        step = (own or candidates)[-1]
        replaced.add(step)
    others = tuple(one for one in reversed(ordered) if one not in replaced and one.sealed != now.sealed)
    return Field(*key, now, others)
