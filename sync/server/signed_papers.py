"""The officially signed PDF of a certificate: checked, told to its owner, and sent home in parts."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from sync.folds.certificates import PART, SIGNED
from sync.folds.files import cut
from sync.journal.statement import Value
from sync.refusal import Code, Refusal
from sync.server.batch import Batch
from sync.server.certificates import Issued, find
from sync.server.effects import Effects
from sync.server.identity import Identities
from sync.server.keys import CentreKeys
from sync.server.locked_places import places_of
from sync.server.tables import certificate_paper, person
from sync.server.voice import Voice
from sync.signed_pdf import check_signed_pdf, texts_in

PAPER_LIMIT = 2 << 20
"""Bytes of a signed PDF: a page with its signature has 300 kB, and 2 MB take five minutes at 64 kbit/s."""


@dataclass(frozen=True, slots=True)
class SignedPaper:
    """The file that an official signed, as the centre vouches for it: SHA-256, bytes, which edition."""

    file: bytes
    size: int
    edition: int


def paper_of(connection: Connection, number: str) -> SignedPaper | None:
    """Return what is held of a certificate's signed PDF; None where none was attached."""
    query = select(certificate_paper).where(certificate_paper.c.number == number)
    row = connection.execute(query).first()
    return None if row is None else SignedPaper(row.file, row.size, row.edition)


def attach(
    connection: Connection, keys: CentreKeys, number: str, data: bytes, *, unmarked: bool = False
) -> Issued:
    """Attach the PDF that the official signed to a certificate; it goes home to the owner alone.

    The file has to carry the text of this certificate, so that nobody gets somebody else's. `unmarked` takes
    one that carries no text at all, since a program for signing may drop it: then a person has compared. The
    same file again states nothing. Raises LookupError for a number that was never given, ValueError for one
    taken back or whose person was erased, Refusal for a file that is none: TOO_LARGE, MALFORMED, SIGNATURE
    for one that nobody signed, OBJECT for one that belongs to another certificate or names none.
    """
    found = find(connection, number)
    if found is None:
        raise LookupError(f"Tidak ada sertifikat bernomor {number}.")
    if found.revoked:
        raise ValueError(f"Sertifikat {number} sudah dicabut.")
    if not found.proof:
        raise ValueError(f"Data orang dari sertifikat {number} sudah dihapus.")
    check_signed_pdf(data, PAPER_LIMIT)
    texts = set(texts_in(data))
    if texts - {found.proof} or not (texts or unmarked):
        raise Refusal(Code.OBJECT, what="signed pdf")
    digest = hashlib.sha256(data).digest()
    held = paper_of(connection, number)
    if held is not None and held.file == digest:
        return found
    edition = 1 if held is None else held.edition + 1
    _keep(connection, number, SignedPaper(digest, len(data), edition))
    _tell(connection, keys, found, data, edition)
    return found


def _keep(connection: Connection, number: str, paper: SignedPaper) -> None:
    connection.execute(delete(certificate_paper).where(certificate_paper.c.number == number))
    row = {"number": number, "file": paper.file, "size": paper.size, "edition": paper.edition}
    connection.execute(insert(certificate_paper).values(**row))


def _tell(connection: Connection, keys: CentreKeys, found: Issued, data: bytes, edition: int) -> None:
    """State the file and its parts into the owner's feed alone."""
    identities = Identities()
    key = connection.execute(select(person.c.id).where(person.c.uuid == found.person)).scalar_one()
    reader = identities.person_of(connection, key).id
    batch = Batch(connection, places_of(connection))
    effects = Effects(batch, identities, Voice(keys))
    told: dict[str, Value] = {"number": found.number, "size": len(data), "counter": edition}
    effects.speak(SIGNED, told | {"file": hashlib.sha256(data).digest()}, None, reader)
    for part in cut(data):
        fields: dict[str, Value] = {**part}
        effects.speak(PART, fields, None, reader)
    batch.flush()
