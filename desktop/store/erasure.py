"""Facts of erased people leave the databases of others: the desk's, and that of whoever shares a feed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, select

from desktop.store.facts import Scope, read_facts
from desktop.store.tables import log, statement
from sync.folds.lent import WORK
from sync.folds.order import octets
from sync.folds.peers import FILE, PAPER, REVIEWED, TAKEN, taken
from sync.journal.authority import Authority
from sync.journal.passing import PASSED, passed

if TYPE_CHECKING:
    from desktop.store.profile import Profile

ERASED = "person.erased"
_BATCH = 500
OPENING = ("profile.opened", "profile.keyed")
"""What introduces a key stays, or nobody could tell whose a later piece is: numbers, and a PC's name."""


def gone_from(profile: "Profile") -> frozenset[bytes]:
    """Tell whose pieces a desk need not even write down: profiles of people whose erasure it has heard."""
    return erased_profiles(profile.authority()) if profile.facts(kinds=(ERASED,)) else frozenset()


def drop_erased(profile: "Profile") -> int:
    """Remove what is known to be an erased person's from a profile; gives how many statements went.

    Called wherever facts came: what a stick brings later goes again before anybody has looked at it.
    """
    if not profile.facts(kinds=(ERASED,)):
        return 0
    known = profile.authority()
    with profile.database.write() as connection:
        return forget_erased(connection, known)


def erased_profiles(known: Authority) -> frozenset[bytes]:
    """Tell the profiles of erased people: vouched ones, also under who they merged into, and mere claims."""
    gone = {
        profile for profile, person in known.people.items() if is_erased(known, person)
    }  # who is vouched for as somebody else is not gone, whatever the key once claimed
    claims = {key.profile for key in known.waiting.values() if key.person and is_erased(known, key.person)}
    return frozenset(gone | (claims - known.people.keys()))


def is_erased(known: Authority, person: bytes) -> bool:
    """Tell whether a person was erased, under this UUID or the one that stands for it."""
    return not known.erased.isdisjoint((person, known.aliases.of(person)))


def forget_erased(connection: Connection, known: Authority) -> int:
    """Remove what erased people stated, by whatever road it came; gives how many statements went.

    Other people's words stay, those of the centre too. Whoever keeps this profile loses nothing of their own
    here: their file goes as a whole.
    """
    profiles = sorted(erased_profiles(known))
    gone = _forget_lent(connection, known) + _forget_papers(connection, known)
    for start in range(0, len(profiles), _BATCH):
        theirs = select(log.c.id).where(
            log.c.profile.in_(profiles[start : start + _BATCH]),
            log.c.own == 0,
            log.c.signer.not_in(sorted(known.roots.centre)),
        )
        gone += connection.execute(
            delete(statement).where(
                statement.c.header.in_(theirs),
                statement.c.scope != int(Scope.OWN),
                statement.c.kind.not_in(OPENING),
            )
        ).rowcount
    return gone


def _forget_lent(connection: Connection, known: Authority) -> int:
    """Remove what the centre passed of erased people's work to a trainer who is lent to their office."""
    doomed = [
        fact.identity
        for fact in read_facts(connection, (Scope.PERSON,), (PASSED,))
        if fact.statement.fields.get("stated") in WORK and is_erased(known, octets(fact, "author"))
    ]
    return _drop(connection, doomed)


def _forget_papers(connection: Connection, known: Authority) -> int:
    """Remove papers of colleagues that were taken back, and reviews by or of erased people.

    A paper does not say whose it is: the centre names those that go.
    """
    letters = tuple(read_facts(connection, (Scope.PERSON,), (PASSED,)))
    gone = taken(passed(known.accepted(letters), TAKEN))
    doomed = []
    for fact in letters:
        for word in passed([fact], PAPER, FILE, REVIEWED):
            people = [one for one in (word.author, word.fields.get("learner")) if isinstance(one, bytes)]
            of_review = word.kind == REVIEWED and any(is_erased(known, one) for one in people)
            if of_review or (word.kind != REVIEWED and word.fields.get("id") in gone):
                doomed.append(fact.identity)
    return _drop(connection, doomed)


def _drop(connection: Connection, letters: Sequence[tuple[int, int]]) -> int:
    for number, seq in letters:
        which = (statement.c.log == number) & (statement.c.seq == seq) & (statement.c.kind == PASSED)
        connection.execute(delete(statement).where(which))
    return len(letters)
