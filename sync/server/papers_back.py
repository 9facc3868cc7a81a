"""An erasure among colleagues: papers that were given out come back, and reviews of and by the erased go."""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, delete, select

from sync.folds.peers import FILE, PAPER, REVIEWED, TAKEN
from sync.journal.passing import PASSED, Passed, passed
from sync.journal.secret_fields import pack_fields
from sync.journal.statement import Value
from sync.refusal import Refusal
from sync.server.effects import Effects, facts_of
from sync.server.identity import CENTRE, Identities
from sync.server.places import Places
from sync.server.reviewing import TICKET
from sync.server.stored import original, originals
from sync.server.tables import holder, lent, person, segment
from sync.server.voice import Voice

_KINDS = (PAPER, FILE, REVIEWED)
_NOBODY = bytes(16)


def take_papers_back(
    connection: Connection,
    effects: Effects,
    voice: Voice,
    places: Places,
    uuids: Collection[bytes],
    offices: Iterable[int],
) -> None:
    """Remove what colleagues and trainers of these offices were passed of erased people, and tell readers.

    A reader's PC does not know whose paper it has, so it is told by the paper's name. What an erased person
    said of a colleague's paper stays with that colleague: it is their feedback, and names nobody.
    """
    where = set(offices)
    people = select(person.c.id).where(person.c.office.in_(where))
    guests = select(lent.c.person).where(lent.c.office.in_(where))
    moved = Identities().moved(connection, people.union(guests))
    centre = select(holder.c.id).where(holder.c.role == CENTRE)
    query = (
        originals(segment.c.id, segment.c.person)
        .where(
            segment.c.person.in_(people) | segment.c.person.in_(guests) | segment.c.person.in_(moved),
            segment.c.holder.in_(centre),
        )
        .order_by(segment.c.id)
    )
    told: list[tuple[int, int, Passed]] = [
        (row.id, row.person, word)
        for row in connection.execute(query).all()
        for word in passed(facts_of(original(row), {PASSED}), *_KINDS)
    ]
    taken = {(reader, _id(word)) for _, reader, word in told if _is_theirs(voice, word, uuids)}
    doomed = {
        number: reader
        for number, reader, word in told
        if (word.kind == REVIEWED and _names(word, uuids)) or (reader, _id(word)) in taken
    }
    if not doomed:
        return
    places.leave(connection, people=set(doomed.values()))
    connection.execute(delete(segment).where(segment.c.id.in_(doomed)))
    for reader, paper in sorted(taken):
        said: dict[str, Value] = {
            "stated": TAKEN,
            "author": _NOBODY,
            "of_log": 1 + (int.from_bytes(paper[:8]) >> 2),
            "of_seq": 1,
            "of_at": 0,
            "fields": pack_fields({"id": paper}),
        }
        effects.speak(PASSED, said, None, reader)


def _is_theirs(voice: Voice, word: Passed, uuids: Collection[bytes]) -> bool:
    """Whether a paper that was given out is an erased person's: only the centre can tell."""
    ticket = word.fields.get("ticket")
    if word.kind != PAPER or not isinstance(ticket, bytes):
        return False
    try:
        return voice.open_own(TICKET, ticket).get("author") in uuids
    except Refusal:
        return False


def _names(word: Passed, uuids: Collection[bytes]) -> bool:
    return word.author in uuids or word.fields.get("learner") in uuids


def _id(word: Passed) -> bytes:
    value = word.fields.get("id")
    return value if isinstance(value, bytes) else b""
