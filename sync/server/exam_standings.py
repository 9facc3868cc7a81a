"""The exams of an office at the centre: what proctors said, what was taken, and how old the data are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, select

from sync.catalogue import read_catalogue
from sync.folds.exams import OPENED, TAKEN, WORDS, Exam, Word, apart, exams
from sync.folds.order import moment
from sync.journal.keys import LetterKey
from sync.journal.kinds import check_received
from sync.journal.secret_fields import Secret, open_fields
from sync.journal.segment import peek_segment
from sync.journal.statement import Fact
from sync.refusal import Refusal
from sync.server.documents import Documents
from sync.server.feed import fresh_facts
from sync.server.identity import Identities
from sync.server.reports import cohort_report
from sync.server.standings import fixes_of
from sync.server.stored import original, originals
from sync.server.tables import office, segment

MOST = 30_000
"""Segments of an office in which words of proctors are looked for, the newest: about its last year."""


@dataclass(frozen=True, slots=True)
class OfficeExams:
    """The exams of one office, the newest day first.

    `heard` says for each candidate how new the word of any PC they have used is (Unix seconds, None: nothing
    came); `titles` are the courses of the catalogue by id.
    """

    name: str
    zone: ZoneInfo
    exams: tuple[Exam, ...]
    heard: Mapping[bytes, int | None]
    titles: Mapping[str, str]


def office_exams(connection: Connection, where: int, key: LetterKey, now: int) -> OfficeExams:
    """Fold the exams of an office. `key` is the centre's letter key, for which proctors' words are sealed."""
    who = connection.execute(select(office.c.name, office.c.zone).where(office.c.id == where)).one()
    identities = Identities()
    said = _facts(connection, segment.c.office == where, WORDS, newest=MOST)
    words = tuple(_words(connection, identities, said, key))
    asked = {person for word in words if word.kind == OPENED for person in apart(_people(word))}
    numbers = {
        found.id: found.uuid
        for uuid in asked
        if (found := identities.person(connection, uuid)) is not None and not found.erased
    }
    here = (segment.c.office == where) & segment.c.person.in_(numbers)
    taken = _facts(connection, here, TAKEN) if numbers else []
    owners = {fact.header.profile: numbers[number] for number, fact in taken}
    facts = [fact for _, fact in taken]
    made = exams(words, facts, owners.get, fixes=fixes_of(connection, facts)).exams
    heard = {row.person: row.as_of for row in cohort_report(connection, where, now).rows}
    titles = {
        shape.course: shape.title for shape in read_catalogue(Documents.read(connection).catalogue.data)
    }
    return OfficeExams(who.name, ZoneInfo(who.zone), made, heard, titles)


def _facts(
    connection: Connection, where: ColumnElement[bool], kinds: tuple[str, ...], newest: int | None = None
) -> list[tuple[int, Fact]]:
    """Give facts of some kinds with their person's number; a segment without any is not even unpacked."""
    query = originals(segment.c.person, segment.c.fresh).where(where, segment.c.person.is_not(None))
    found: list[tuple[int, Fact]] = []
    for row in connection.execute(query.order_by(segment.c.id.desc()).limit(newest)):
        data = original(row)
        if not any(kind in kinds for kind in peek_segment(data).kinds):
            continue
        facts = fresh_facts(data, row.fresh)
        found += [(row.person, one) for one in facts if one.statement.kind in kinds and _readable(one)]
    return found


def _words(
    connection: Connection, identities: Identities, said: list[tuple[int, Fact]], key: LetterKey
) -> list[Word]:
    """Open what proctors said, and name everybody as who they are today."""
    fixes = fixes_of(connection, [fact for _, fact in said])

    def today(uuid: bytes) -> bytes:
        one = identities.person(connection, uuid)
        return uuid if one is None else identities.person_of(connection, one.id).uuid

    found = []
    for number, fact in said:
        sealed = fact.statement.fields.get("sealed")
        if not isinstance(sealed, bytes):
            continue
        try:
            fields = open_fields(fact.statement.kind, sealed, key)
        except Refusal:
            continue
        by = identities.person_of(connection, number).uuid
        found.append(Word(fact.statement.kind, moment(fact, fixes), by, _named_today(fields, today)))
    return found


def _named_today(fields: Mapping[str, Secret], today: Callable[[bytes], bytes]) -> Mapping[str, object]:
    new: dict[str, object] = dict(fields)
    if isinstance(one := fields.get("person"), bytes) and one:
        new["person"] = today(one)
    if isinstance(people := fields.get("people"), bytes):
        new["people"] = b"".join(today(each) for each in apart(people))
    return new


def _people(word: Word) -> bytes:
    people = word.fields.get("people")
    return people if isinstance(people, bytes) else b""


def _readable(fact: Fact) -> bool:
    try:
        check_received(fact.statement)
    except Refusal:
        return False
    return True
