"""Certificates: the centre numbers what people have finished, says so in their feed, and may take it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, insert, select, update

from sync.folds.jp import JpEntry, day_of
from sync.journal.statement import Value
from sync.proof import Proof, ProofKind, sign_proof
from sync.refusal import Code, Refusal
from sync.server.batch import Batch
from sync.server.documents import Document, Documents, publish
from sync.server.effects import Effects
from sync.server.identity import Identities
from sync.server.keys import CentreKeys
from sync.server.locked_places import places_of
from sync.server.standings import Frame, finished
from sync.server.tables import certificate, document, meta, office, person
from sync.server.voice import Voice
from sync.signed_documents import WITHDRAWN
from sync.withdrawn import sign_withdrawn

FORM = "certificate-form"
"""The document with what every certificate says; it stays at the centre."""


@dataclass(frozen=True, slots=True)
class CertificateForm:
    """Who answers for certificates, and the letters between the counter and the year of a number."""

    issuer: str
    code: str

    def number(self, count: int, year: int) -> str:
        """Return the number of the `count`th certificate of a year."""
        return f"{count:05d}/{self.code}/{year}"


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate as the centre holds it. `proof` is empty once its person was erased."""

    number: str
    person: bytes
    name: str
    course: str
    issued: int
    proof: str
    revoked: int
    reason: str


def form_of(connection: Connection) -> CertificateForm | None:
    """Return what certificates say, None before anybody set it."""
    data = connection.execute(select(document.c.data).where(document.c.name == FORM)).scalar()
    return None if data is None else msgspec.msgpack.decode(data, type=CertificateForm)


def put_form(connection: Connection, form: CertificateForm) -> None:
    """Set what certificates say from now on; those issued stay as they are."""
    held = connection.execute(select(document.c.version).where(document.c.name == FORM)).scalar() or 0
    publish(connection, FORM, Document(held + 1, msgspec.msgpack.encode(form)))


def issue(
    connection: Connection, keys: CentreKeys, now: int, where: int, course: str = ""
) -> tuple[Issued, ...]:
    """Issue what the people of an office have finished and hold no certificate for, whoever finished first.

    Only what the catalogue lists and whose modules are all done is certified; a course taken back is not
    certified again by itself. Raises LookupError before the form was set.
    """
    form = form_of(connection)
    if form is None:
        raise LookupError("Atur dahulu penerbitnya: suluh server certificate form --issuer … --code …")
    frame = Frame.read(connection, where, now)
    name = connection.execute(select(office.c.name).where(office.c.id == where)).scalar_one()
    titles = {shape.course: shape.title for shape in frame.listing.courses}
    voice = Voice(keys)
    batch = Batch(connection, places_of(connection))
    effects = Effects(batch, Identities(), voice)
    made: list[Issued] = []
    year = datetime.fromtimestamp(now, frame.zone).year
    for one in _due(connection, where, frame, course):
        entry = one.entry
        number = form.number(_next(connection, form, year), year)
        day = day_of(entry.at, frame.zone)
        title = titles.get(entry.course, entry.course)
        said = Proof(
            ProofKind.CERTIFICATE,
            one.name,
            one.nip,
            entry.course,
            title,
            entry.version,
            entry.jp,
            day,
            form.issuer or name,
            number,
        )
        proof = sign_proof(said, keys.signing)
        told: dict[str, Value] = {"number": number, "course": entry.course, "version": entry.version}
        effects.speak("certificate.issued", told | {"proof": proof}, None, one.key)
        row = {"number": number, "person": one.key, "course": entry.course, "issued": now, "proof": proof}
        connection.execute(insert(certificate).values(**row, revoked=0, reason=""))
        made.append(Issued(number, one.uuid, one.name, entry.course, now, proof, 0, ""))
    batch.flush()
    return tuple(made)


def revoke(connection: Connection, keys: CentreKeys, now: int, number: str, reason: str) -> Issued:
    """Take a certificate back; its person is told in their feed, and the number is never given again.

    Raises LookupError for a number that was never given, ValueError for one taken back before.
    """
    found = find(connection, number)
    if found is None:
        raise LookupError(f"Tidak ada sertifikat bernomor {number}.")
    if found.revoked:
        raise ValueError(f"Sertifikat {number} sudah dicabut.")
    connection.execute(
        update(certificate).where(certificate.c.number == number).values(revoked=now, reason=reason)
    )
    _publish_withdrawn(connection, keys)
    batch = Batch(connection, places_of(connection))
    identities = Identities()
    key = connection.execute(select(person.c.id).where(person.c.uuid == found.person)).scalar_one()
    reader = identities.person_of(connection, key).id
    fields: dict[str, Value] = {"number": number, "reason": reason}
    Effects(batch, identities, Voice(keys)).speak("certificate.revoked", fields, None, reader)
    batch.flush()
    return found


def _publish_withdrawn(connection: Connection, keys: CentreKeys) -> None:
    """Send every PC the numbers that do not hold any more, so that any of them can judge a paper offline."""
    version = Documents.read(connection).signed.get(WITHDRAWN, Document()).version + 1
    numbers = connection.execute(select(certificate.c.number).where(certificate.c.revoked != 0)).scalars()
    publish(connection, WITHDRAWN, Document(version, sign_withdrawn(version, numbers, keys.signing)))


def find(connection: Connection, number: str) -> Issued | None:
    """Return the certificate of a number, None where it was never given."""
    row = connection.execute(_ISSUED.where(certificate.c.number == number)).first()
    return None if row is None else _read(row)


def listed(connection: Connection, where: int) -> tuple[Issued, ...]:
    """List the certificates of an office's people, by number."""
    query = _ISSUED.where(person.c.office == where).order_by(certificate.c.issued, certificate.c.number)
    return tuple(_read(row) for row in connection.execute(query))


_ISSUED = select(certificate, person.c.uuid, person.c.name).join(person, person.c.id == certificate.c.person)


def _read(row: Row[Any]) -> Issued:
    return Issued(row.number, row.uuid, row.name, row.course, row.issued, row.proof, row.revoked, row.reason)


@dataclass(frozen=True, slots=True)
class _Due:
    """Somebody with a finished course and no certificate for it."""

    key: int
    uuid: bytes
    name: str
    nip: str
    entry: JpEntry


def _due(connection: Connection, where: int, frame: Frame, course: str) -> tuple[_Due, ...]:
    """List what the people of an office finished and hold no certificate for, in order of time."""
    query = select(person.c.id, person.c.uuid, person.c.name, person.c.nips).where(
        person.c.office == where, person.c.merged.is_(None), person.c.erased == 0
    )
    due: list[_Due] = []
    for who in connection.execute(query).all():
        held = _held(connection, who.id)
        due += [
            _Due(who.id, who.uuid, who.name, _nip(who.nips), entry)
            for entry in finished(connection, who.id, frame)
            if entry.listed and entry.course not in held and course in {"", entry.course}
        ]
    return tuple(sorted(due, key=lambda one: (one.entry.at, one.uuid, one.entry.course)))


def _held(connection: Connection, key: int) -> frozenset[str]:
    """Tell which courses a person has certificates for, those of people merged into this one too."""
    merged = select(person.c.id).where(person.c.merged == key)
    query = select(certificate.c.course).where(
        (certificate.c.person == key) | certificate.c.person.in_(merged)
    )
    return frozenset(connection.execute(query).scalars())


def _next(connection: Connection, form: CertificateForm, year: int) -> int:
    """Return the next count of a year, given once. Nobody else writes beside this transaction."""
    name = f"certificates {form.code}/{year}"
    given = connection.execute(select(meta.c.value).where(meta.c.name == name)).scalar()
    if given is None:
        connection.execute(insert(meta).values(name=name, value=1))
        return 1
    connection.execute(update(meta).where(meta.c.name == name).values(value=given + 1))
    return int(given) + 1


def _nip(nips: bytes) -> str:
    """Return a person's newest NIP, empty for who has none."""
    found: list[Mapping[str, str]] = msgspec.msgpack.decode(nips)
    return found[-1]["nip"] if found else ""


def check(connection: Connection, keys: CentreKeys, proof: Proof) -> Issued:
    """Return the certificate that a proof speaks of. Raises Refusal for one that this centre never gave."""
    found = find(connection, proof.number) if proof.kind is ProofKind.CERTIFICATE else None
    if found is None or proof.signer != keys.signing.public:
        raise Refusal(Code.SIGNATURE, what="certificate")
    return found
