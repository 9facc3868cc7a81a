"""Criteria of a rubric that a trainer voided: what of a mark still counts, the same on every PC. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sync.folds.order import Moment, moment, text
from sync.journal.statement import Fact

VOIDED = "criterion.voided"
Points = tuple[tuple[str, int], ...]
"""What was given by criterion, in hundredths of a point."""


@dataclass(frozen=True, slots=True)
class VoidedCriterion:
    """Why a criterion counts for nobody any more, by which profile, and when by its corrected clock."""

    reason: str
    profile: bytes
    when: Moment


Voided = Mapping[tuple[str, str, str], VoidedCriterion]
"""By activity, version of its pack, and criterion: a newer version of the rubric begins without any."""


def voided(facts: Iterable[Fact], offsets: Mapping[int, int]) -> Voided:
    """Read which criteria count no more; of several words on one the first holds. Pass facts that count."""
    return first_words(
        (
            (text(fact, "activity"), text(fact, "version"), text(fact, "criterion")),
            VoidedCriterion(text(fact, "reason"), fact.header.profile, moment(fact, offsets)),
        )
        for fact in facts
        if fact.statement.kind == VOIDED
    )


def first_words(words: Iterable[tuple[tuple[str, str, str], VoidedCriterion]]) -> Voided:
    """Return of several words on one criterion the first."""
    found: dict[tuple[str, str, str], VoidedCriterion] = {}
    for which, one in words:
        found[which] = min(found.get(which, one), one, key=lambda word: (word.when, word.reason))
    return found


def gone(words: Voided, activity: str) -> frozenset[tuple[str, str]]:
    """Return the voided criteria of one activity, as (version, criterion)."""
    return frozenset((version, name) for of, version, name in words if of == activity)


def parted(points: Points, without: Collection[str]) -> tuple[Points, Points]:
    """Part what was given into what counts and what was given for voided criteria."""
    kept = tuple(one for one in points if one[0] not in without)
    return kept, tuple(one for one in points if one[0] in without)


def write_points(points: Points) -> str:
    """Write points as they travel: a line each, whole ones as whole numbers. Inverse of `read_points`."""
    return "\n".join(f"{name} {_written(given)}" for name, given in points)


def read_points(lines: str) -> Points:
    """Read points. Raises ValueError for what is none."""
    cut = [line.partition(" ") for line in lines.split("\n") if line]
    return tuple((name, _read(given)) for name, _, given in cut)


def _written(given: int) -> str:
    whole, rest = divmod(given, 100)
    return f"{whole}.{rest:02d}" if rest else str(whole)


def _read(given: str) -> int:
    whole, dot, rest = given.partition(".")
    if dot and not (len(rest) == 2 and rest.isdigit()):
        raise ValueError(given)
    return 100 * int(whole) + (int(rest) if dot else 0)
