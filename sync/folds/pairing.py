"""Who reads whose paper: the same on every PC that knows the same, fair, and never one's own. Pure."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sync.folds.order import octets, text
from sync.journal.statement import Fact, Value

PAIRED = "peers.paired"
PAIRS_LIMIT = 1000
"""Pairs that one statement may hold."""
_UUID, _DIGEST = 16, 32


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """`reviewer` is given the `work` of `author`: of one activity, as a version of its pack asked for it."""

    activity: str
    version: str
    author: bytes
    work: bytes
    reviewer: bytes


def pair_fields(pairs: Sequence[Pair]) -> dict[str, Value]:
    """Return pairs of one activity and version as they are stated. Inverse of `pairs_of`."""
    return {
        "activity": pairs[0].activity,
        "version": pairs[0].version,
        "authors": b"".join(one.author for one in pairs),
        "works": b"".join(one.work for one in pairs),
        "reviewers": b"".join(one.reviewer for one in pairs),
    }


def pairs_of(fact: Fact) -> tuple[Pair, ...]:
    """Read what one statement gives to whom; lists that do not fit, and one's own paper, are nothing."""
    if fact.statement.kind != PAIRED:
        return ()
    authors, works, reviewers = (
        _cut(octets(fact, name), size)
        for name, size in (("authors", _UUID), ("works", _DIGEST), ("reviewers", _UUID))
    )
    if not len(authors) == len(works) == len(reviewers) <= PAIRS_LIMIT:
        return ()
    activity, version = text(fact, "activity"), text(fact, "version")
    return tuple(
        Pair(activity, version, author, work, reviewer)
        for author, work, reviewer in zip(authors, works, reviewers, strict=True)
        if author != reviewer
    )


def pairs_known(facts: Iterable[Fact]) -> frozenset[Pair]:
    """Read every pair there is, in any order and any number of times. Pass facts that count."""
    return frozenset(pair for fact in facts for pair in pairs_of(fact))


def new_pairs(
    activity: str,
    works: Mapping[bytes, tuple[str, bytes]],
    known: Collection[Pair],
    most: int,
    another: Collection[bytes] = (),
) -> tuple[Pair, ...]:
    """Give each author's paper to `most` of the other authors, beside what is given already.

    `works` is the version and the work of each author. Nobody reads more than `most` papers while somebody
    else has room; within that no two read each other where it can be helped. Where there are too few authors
    a paper gets as many readers as there are. Authors in `another` get one reader beyond those they have,
    since one of those does not answer.
    """
    ring = sorted(works, key=lambda one: hashlib.sha256(activity.encode() + b"\0" + one).digest())
    place = {one: at for at, one in enumerate(ring)}
    readers: dict[bytes, set[bytes]] = {one: set() for one in ring}
    load: Counter[bytes] = Counter()
    for pair in {(one.author, one.reviewer) for one in known if one.activity == activity}:
        readers.setdefault(pair[0], set()).add(pair[1])
        load[pair[1]] += 1

    def give(author: bytes) -> Iterable[Pair]:
        def cost(one: bytes) -> tuple[bool, bool, int, int]:
            far = (place[one] - place[author]) % len(ring)
            return load[one] >= most, author in readers[one], load[one], far

        free = [one for one in ring if one != author and one not in readers[author]]
        if free:
            reviewer = min(free, key=cost)
            readers[author].add(reviewer)
            load[reviewer] += 1
            version, work = works[author]
            yield Pair(activity, version, author, work, reviewer)

    made: list[Pair] = []
    for turn in range(1, most + 1):
        for author in ring:
            if len(readers[author]) < turn:
                made += give(author)
    for author in ring:
        if author in another:
            made += give(author)
    return tuple(made)


def _cut(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]
