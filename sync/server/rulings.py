"""What only the centre may rule, outside any request: merges, erasures and revocations of keys."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, select, update

from sync.folds.reach import DUE, due_fields
from sync.folds.requests import DECLINED, REASON_LIMIT, Request
from sync.journal.letters import RETURNED, Return, seal_return
from sync.journal.register.people import REVOKED_LOGS
from sync.journal.statement import Value
from sync.officefile import Role
from sync.server.batch import Batch
from sync.server.due import pcs_of
from sync.server.effects import VOUCHED, Effects, restream
from sync.server.held import stored
from sync.server.identity import Identities, Person
from sync.server.keys import CentreKeys
from sync.server.lending import take_back
from sync.server.locked_places import places_of
from sync.server.outdated import outdate
from sync.server.papers_back import take_papers_back
from sync.server.tables import certificate, certificate_paper, holder, log, person, segment
from sync.server.voice import Voice


def merge(connection: Connection, keys: CentreKeys, source: bytes, target: bytes) -> None:
    """State that `source` is `target`, and let the work of `source` stream to the profiles of both.

    Raises LookupError for an unknown person and ValueError where they already are one.
    """
    batch, identities, effects = _desk(connection, keys)
    one, other = _known(identities, connection, source), _known(identities, connection, target)
    end = identities.person_of(connection, other.id)
    if one.merged is not None or end.id == one.id:
        raise ValueError("Keduanya sudah tercatat sebagai satu orang.")
    _state(effects, connection, "person.merged", one, other)
    connection.execute(update(person).where(person.c.id == one.id).values(merged=other.id))
    outdate(connection, one.id, end.id)
    _join(batch, one, end, end)
    if one.office != end.office:
        _introduce(effects, connection, one, end.office)
    restream(batch, segment.c.person == one.id, end.id, end.office)
    # those who now share the feed have not seen what the other side wrote before
    restream(batch, segment.c.person == end.id, end.id, end.office)
    batch.flush()


def _introduce(effects: Effects, connection: Connection, one: Person, office: int) -> None:
    """Say in another office whose the keys of a person are: its desk never heard who vouched for them."""
    held = connection.execute(select(holder).where(holder.c.person == one.id, holder.c.revoked == 0)).all()
    for key in held:
        fields: dict[str, Value] = {
            "profile": key.profile,
            "signing": key.signing,
            "letter": key.letter,
            "person": one.uuid,
            "role": Role.LEARNER.value,
        }
        effects.speak(VOUCHED, fields, office)


def unmerge(connection: Connection, keys: CentreKeys, source: bytes, target: bytes) -> None:
    """Take a merge back: the work of `source` goes on as its own. Raises as `merge` does."""
    batch, identities, effects = _desk(connection, keys)
    one, other = _known(identities, connection, source), _known(identities, connection, target)
    if one.merged != other.id:
        raise ValueError("Keduanya tidak tercatat sebagai satu orang.")
    before = identities.person_of(connection, one.id)
    _state(effects, connection, "person.unmerged", one, other)
    connection.execute(update(person).where(person.c.id == one.id).values(merged=None))
    outdate(connection, one.id, before.id)
    own = select(holder.c.id).where(holder.c.person == one.id)
    _join(batch, one, before, one)
    restream(batch, (segment.c.person == before.id) & segment.c.holder.in_(own), one.id, one.office)
    batch.flush()


def erase(connection: Connection, keys: CentreKeys, whose: bytes, *, term: bool = False) -> None:
    """Erase what the centre holds of a person; later segments are acknowledged and dropped.

    With `term` it is the end of a term and nobody's wish: then what certificates say stays.

    Whoever was recorded twice and merged is erased under every UUID. What is kept: the UUIDs with their
    mark, which numbers of which logs had come, and the numbers of certificates, without what they said.
    """
    batch, identities, effects = _desk(connection, keys)
    end = identities.person_of(connection, _known(identities, connection, whose).id)
    merged = connection.execute(select(person.c.id).where(person.c.merged.is_not(None))).scalars().all()
    group = {end.id, *(key for key in merged if identities.person_of(connection, key).id == end.id)}
    mine = select(holder.c.id).where(holder.c.person.in_(group) | holder.c.claimed.in_(group))
    offices = select(segment.c.office).where(segment.c.holder.in_(mine), segment.c.office.is_not(None))
    left = connection.execute(offices.distinct()).scalars().all()
    homes = (
        connection.execute(select(person.c.office).where(person.c.id.in_(group)).distinct()).scalars().all()
    )
    uuids = connection.execute(select(person.c.uuid).where(person.c.id.in_(group))).scalars().all()
    theirs = {*homes, *left} - {None}
    told = sorted(theirs | take_back(connection, batch.places, uuids, theirs)) or (None,)
    take_papers_back(connection, effects, Voice(keys), batch.places, uuids, theirs)
    due = {office: pcs_of(connection, office, mine) for office in told if office is not None}
    batch.places.leave(connection, people=group, offices=left)
    connection.execute(update(log).where(log.c.holder.in_(mine)).values(runs=None))
    connection.execute(delete(segment).where(segment.c.holder.in_(mine) | segment.c.person.in_(group)))
    nobody = {"name": "", "unit": "", "nips": b"\x90", "verifier": b"", "coordinator": None, "erased": 1}
    connection.execute(update(person).where(person.c.id.in_(group)).values(**nobody))
    # the number stays given; what it said of the person, and why it was taken back, goes
    numbers = select(certificate.c.number).where(certificate.c.person.in_(group))
    connection.execute(delete(certificate_paper).where(certificate_paper.c.number.in_(numbers)))
    if not term:
        papers = update(certificate).where(certificate.c.person.in_(group))
        connection.execute(papers.values(proof="", reason=""))
    outdate(connection, *group)
    # every PC of the office hears it, so that copies go; to others a UUID says nothing
    for uuid in uuids:
        for office in told:
            effects.speak("person.erased", {"person": uuid}, office)
            if due.get(office):
                effects.speak(DUE, dict(due_fields(uuid, due[office])), office)
    batch.flush()


def revoke(connection: Connection, keys: CentreKeys, signing: bytes, now: int) -> int:
    """Revoke a key: up to what is held of each of its logs it counts on, nothing else ever will.

    Where a part of a log is still on its way, the numbers before what is held are accepted too: that is what
    every PC is told, so the centre takes them as well. Returns how many statements are accepted. Raises
    LookupError for a key this centre never met, ValueError for one with too many logs.
    """
    batch, identities, effects = _desk(connection, keys)
    held = connection.execute(select(holder).where(holder.c.signing == signing)).all()
    if not held or signing == keys.signing.public:
        raise LookupError("Kunci itu tidak dikenal.")
    ends: dict[int, int] = {}
    for one in held:
        columns = select(log.c.log, log.c.last, log.c.islands).where(log.c.holder == one.id)
        for row in connection.execute(columns.order_by(log.c.log)):
            ends[row.log] = max(ends.get(row.log, 0), stored(row.last, row.islands).top)
        connection.execute(update(holder).where(holder.c.id == one.id).values(revoked=now))
    if len(ends) > REVOKED_LOGS:
        raise ValueError(f"Kunci ini punya lebih dari {REVOKED_LOGS} log; cabut tidak dapat dinyatakan.")
    fields: dict[str, Value] = {"signing": signing, "logs": tuple(ends), "ends": tuple(ends.values())}
    people = [identities.person_of(connection, one.person) for one in held if one.person is not None]
    # who moved takes their work along: the office where they are now judges it too
    for office in {one.office for one in held} | {one.office for one in people}:
        effects.speak("key.revoked", fields, office)
    whose = {one.id for one in people}
    if whose:
        outdate(connection, *whose)  # what has not come by this key is no longer waited for
    batch.flush()
    return sum(ends.values())


def _join(batch: Batch, one: Person, other: Person, reads: Person) -> None:
    """Let the feed that `reads` reads go on beyond both: a cursor of either must not pass what comes."""
    connection, places = batch.connection, batch.places
    places.leave(connection, people=(one.id, other.id), offices={one.office, other.office})
    ends = [places.person(connection, each.id, write=True) for each in (one, other)]
    feed = places.person(connection, reads.id, write=True)
    feed.top, feed.changed = max(end.top for end in ends), True


def answer_office(
    connection: Connection, keys: CentreKeys, office: int, answers: Sequence[tuple[str, dict[str, Value]]]
) -> None:
    """State answers, each a kind with its fields, to an office."""
    if not answers:
        return
    batch, _, effects = _desk(connection, keys)
    for kind, fields in answers:
        effects.speak(kind, fields, office)
    batch.flush()


def decline_deletion(
    connection: Connection, keys: CentreKeys, person: int, asked: Request, reason: str
) -> None:
    """Tell a person that their data are not deleted, and why; it lies in their feed alone."""
    batch, _, effects = _desk(connection, keys)
    fields: dict[str, Value] = {
        "of_log": asked.log,
        "of_seq": asked.seq,
        "reason": reason.strip()[:REASON_LIMIT],
    }
    effects.speak(DECLINED, fields, None, person)
    batch.flush()


def return_letters(
    connection: Connection, keys: CentreKeys, person: int, profile: bytes, letter: bytes, given: Return
) -> None:
    """State older letter keys of a person to one of their newer keys; the centre itself keeps who asked."""
    batch, _, effects = _desk(connection, keys)
    sealed = seal_return(given, (letter, keys.letter.public))
    fields: dict[str, Value] = {"profile": profile, "letter": letter, "sealed": sealed}
    effects.speak(RETURNED, fields, None, person)
    batch.flush()


def _desk(connection: Connection, keys: CentreKeys) -> tuple[Batch, Identities, Effects]:
    """Begin a batch outside the running writer, in a transaction beside which nobody writes."""
    batch, identities = Batch(connection, places_of(connection)), Identities()
    return batch, identities, Effects(batch, identities, Voice(keys))


def _known(identities: Identities, connection: Connection, uuid: bytes) -> Person:
    found = identities.person(connection, uuid)
    if found is None or found.erased:
        raise LookupError("Orang itu tidak ada di pusat ini.")
    return found


def _state(effects: Effects, connection: Connection, kind: str, one: Person, other: Person) -> None:
    """State a merge or its undoing, counted on from the last word about the same source."""
    counter = connection.execute(select(person.c.merges).where(person.c.id == one.id)).scalar_one() + 1
    connection.execute(update(person).where(person.c.id == one.id).values(merges=counter))
    fields: dict[str, Value] = {"source": one.uuid, "target": other.uuid, "counter": counter}
    for office in {one.office, other.office}:
        effects.speak(kind, fields, office)
