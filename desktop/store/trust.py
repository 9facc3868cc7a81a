"""Whom this PC believes without any statement: by its office file, and the keys it made itself."""

from collections.abc import Iterable

from desktop.store.device import Store
from sync.bundle import SyncReply
from sync.journal.authority import Roots
from sync.journal.vouching import Key
from sync.officefile import read_office
from sync.refusal import Code, Refusal

DOCUMENTS = ("catalogue", "trust")


def roots_of(store: Store, profile: bytes, own: Iterable[bytes], person: bytes) -> Roots:
    """Gather the roots for one profile; `own` are all signing keys it has had on this PC."""
    office = store.office()
    mine = {Key(profile, signing): person for signing in own}
    if office is None:
        return Roots(frozenset(), own=mine)
    leads = {lead.signing: lead.person for lead in office.header.coordinators}
    return Roots(frozenset({office.header.centre}), leads, own=mine)


def adopt_newer(store: Store, raw: bytes) -> bool:
    """Take an office file in place of the one held, if it is the same office's and newer.

    Tells whether it was taken. Raises Refusal: MALFORMED or SIGNATURE for a damaged or forged file, OFFICE
    for another office's, STALE for an older one. Must not be asked while no office is held.
    """
    held = store.office()
    if held is None:
        raise Refusal(Code.OFFICE)
    offered = read_office(raw, held.header.centre)
    if offered.header.office != held.header.office:
        raise Refusal(Code.OFFICE, name=offered.header.name)
    if offered.header.version < held.header.version:
        raise Refusal(Code.STALE, version=held.header.version)
    if offered.header.version == held.header.version:
        return False
    store.put_office(offered)
    return True


def keep_document(store: Store, name: str, reply: SyncReply) -> str | None:
    """Keep a document that a believed answer carried; gives its name if it changed anything here.

    The office file is judged like any other. Trust list and catalogue are kept as they came, with their
    version; who reads them checks them against the pinned root.
    """
    document = reply.documents[name]
    if name == "office":
        try:
            return name if adopt_newer(store, document) else None
        except Refusal:
            return None  # an answer's other contents must not be lost because of one bad document
    version = reply.versions.get(name, 0)
    if name not in DOCUMENTS or version <= int(store.setting(f"version_{name}", "0")):
        return None
    store.put_blob(f"document_{name}", document)
    store.put_setting(f"version_{name}", str(version))
    return name
