"""Branches: two different statements under one identity, as a cloned disk or a forger would make them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sync.journal.statement import Fact, Identity, header_bytes


@dataclass(frozen=True, slots=True)
class Branch:
    """One identity with every version that was seen, in the order of their digests."""

    identity: Identity
    versions: tuple[Fact, ...]


def branches(facts: Iterable[Fact]) -> tuple[Branch, ...]:
    """Return every identity that stands for more than one statement; all versions are kept and told.

    The same statement under another log header is a branch too: one of the headers is not true.
    """
    seen: dict[Identity, list[Fact]] = {}
    for fact in facts:
        versions = seen.setdefault(fact.identity, [])
        if not any(_same(held, fact) for held in versions):
            versions.append(fact)
    return tuple(
        Branch(identity, tuple(sorted(versions, key=_order)))
        for identity, versions in sorted(seen.items())
        if len(versions) > 1
    )


def _same(one: Fact, other: Fact) -> bool:
    return one.statement == other.statement and one.header == other.header


def _order(fact: Fact) -> tuple[bytes, bytes]:
    return fact.statement.digest, header_bytes(fact.header)
