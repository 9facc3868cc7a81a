"""The chain of custody wired: where a person's work is, piece by piece, and the code of each receipt."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop.screens.custody import PieceView
from desktop.screens.status_line import Place
from desktop.store.custody import Chain, Whereabouts, chains
from desktop.store.facts import Scope
from sync.journal.receipt import receipt_code
from sync.journal.statement import Fact

if TYPE_CHECKING:
    from desktop.library.shelf import Shelf
    from desktop.store.profile import Profile

KINDS = {"quiz.finished": ("activity", "quiz"), "module.completed": ("module", "book"),
         "course.completed": ("course", "award"), "assignment.submitted": ("activity", "task")}  # fmt: skip
"""What counts as a piece of work: the field that names it, and its icon."""
MOST = 60
_PLACES = {
    Whereabouts.HERE: Place.PC,
    Whereabouts.COORDINATOR: Place.COORDINATOR,
    Whereabouts.CENTRE: Place.CENTRE,
}


@dataclass(frozen=True, slots=True)
class Position:
    """Where the newest work is: `held` of the `unsent` statements are with others, all of them since `at`.

    `place` is CENTRE where nothing waits here, also where there is nothing at all; `at` is Unix time, 0 where
    no word was given.
    """

    place: Place
    unsent: int
    held: int = 0
    at: int = 0


def position(profile: "Profile") -> Position:
    """Tell where the newest work of a profile is."""
    store = profile.store
    acks = store.outbox.acks()
    reached: dict[int, int] = {}
    for receipt in store.receipts.held():
        reached[receipt.log] = max(receipt.seq, reached.get(receipt.log, 0))
    ends = profile.own_ends()
    behind = {log: last for log, last in ends.items() if last > acks.get(log, 0)}
    if not behind:  # the centre's word may have come by stick: its day is that of the acks
        at = max((chain.at for chain in chains(store, ends.items()).values()), default=0)
        return Position(Place.CENTRE, 0, 0, at)
    unsent = sum(last - acks.get(log, 0) for log, last in behind.items())
    held = sum(
        max(0, min(last, reached.get(log, 0)) - acks.get(log, 0)) for log, last in behind.items()
    )  # fmt: skip
    found = chains(store, behind.items()).values()
    if any(chain.whereabouts is Whereabouts.HERE for chain in found):
        return Position(Place.PC, unsent, min(held, unsent - 1))
    at = max(chain.at for chain in found)
    there = all(chain.whereabouts is Whereabouts.CENTRE for chain in found)
    return Position(Place.CENTRE if there else Place.COORDINATOR, unsent, unsent, at)


def pieces(
    profile: "Profile", title: Callable[[str], str], day: Callable[[int], date]
) -> tuple[PieceView, ...]:
    """List the newest pieces of work with where they are. `title` names one by its key, `day` tells days."""
    facts = sorted(_work(profile), key=lambda fact: fact.wall, reverse=True)[:MOST]
    found = chains(profile.store, [_number(fact) for fact in facts])
    return tuple(_piece(fact, found[_number(fact)], title, day) for fact in facts)


def by_course(profile: "Profile", day: Callable[[int], date]) -> dict[str, PieceView]:
    """Tell of each finished course where its newest completion is."""
    facts = profile.facts(Scope.OWN, kinds=("course.completed",))
    found = chains(profile.store, [_number(fact) for fact in facts])
    told: dict[str, PieceView] = {}
    for fact in sorted(facts, key=lambda fact: fact.wall):
        course = str(fact.statement.fields.get("course", ""))
        told[course] = _piece(fact, found[_number(fact)], str, day)
    return told


def titles(shelf: "Shelf") -> Callable[[str], str]:
    """Name what a statement is about as the shelf calls it; what is no longer installed keeps its key."""

    def title(key: str) -> str:
        installed = shelf.course(key.partition("/")[0])
        if installed is None:
            return key
        found = shelf.find(key)
        if found is not None:
            return found[2].title
        module = next(
            (one for one in installed.course.modules if one.id in {key, key.rpartition("/")[2]}), None
        )
        return installed.course.title if module is None else module.title

    return title


def _work(profile: "Profile") -> Iterable[Fact]:
    return profile.facts(Scope.OWN, kinds=tuple(KINDS))


def _number(fact: Fact) -> tuple[int, int]:
    return fact.statement.log, fact.statement.seq


def _piece(fact: Fact, chain: Chain, title: Callable[[str], str], day: Callable[[int], date]) -> PieceView:
    name, icon = KINDS[fact.statement.kind]
    there = chain.whereabouts is not Whereabouts.HERE
    return PieceView(
        title(str(fact.statement.fields.get(name, ""))),
        day(fact.wall),
        _PLACES[chain.whereabouts],
        day(chain.at) if there else None,
        receipt_code(*_number(fact)) if there else "",
        icon,
    )
