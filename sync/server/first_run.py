"""The first run: root keys, the root document and the first trust list, which names this centre."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from sync.journal.keys import SigningKey
from sync.packs.trust import CentreKey, Publisher, TrustStore, read_trust
from sync.packs.trust_making import TrustDraft, sign_root, sign_trust
from sync.server.database import Database
from sync.server.documents import ROOT, TRUST, Document, Documents, publish
from sync.server.home import Home
from sync.server.keys import THRESHOLD, CentreKeys, make_roots

LIST_DAYS = 365
"""Days until PCs begin to show the age of a trust list; nothing stops working then."""
TITLE = "Pusat pelatihan"


def settle_trust(database: Database, home: Home, keys: CentreKeys) -> None:
    """Make the root keys, the root document and the first trust list."""
    roots = make_roots(home)
    root = sign_root(
        1,
        [key.public for key in roots.roots],
        [roots.list.public],
        roots.roots[:THRESHOLD],
        threshold=THRESHOLD,
    )
    centre = CentreKey("pusat", TITLE, keys.signing.public)
    trust = sign_trust(TrustDraft(1, _expires(), centres=(centre,)), roots.list)
    with database.writing() as connection:
        publish(connection, ROOT, Document(1, root))
        publish(connection, TRUST, Document(1, trust))


def add_publisher(connection: Connection, publisher: Publisher, signer: SigningKey) -> int:
    """Publish a trust list that names one publisher more, or the same one anew; returns its version.

    Raises Refusal when the signer is not the key that the root names for trust lists.
    """
    documents = Documents.read(connection)
    store = TrustStore(documents.root.data, documents.trust.data)
    held = read_trust(store)
    draft = TrustDraft(
        held.version + 1,
        _expires(),
        publishers=tuple({**held.publishers, publisher.id: publisher}.values()),
        centres=held.centres,
        revoked=tuple(held.revoked.values()),
        withdrawn=tuple(held.withdrawn),
    )
    signed = sign_trust(draft, signer)
    read_trust(TrustStore(documents.root.data, signed))
    publish(connection, TRUST, Document(draft.version, signed))
    return draft.version


def _expires() -> datetime:
    return datetime.now(UTC).replace(microsecond=0) + timedelta(days=LIST_DAYS)
