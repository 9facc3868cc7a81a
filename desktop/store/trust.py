"""Whom this PC believes without any statement: the centres of its office, and the keys it made itself."""

from collections.abc import Iterable

from desktop.store.device import Store
from sync.bundle import SyncReply
from sync.folds.order import CLOCKS
from sync.journal.authority import Roots
from sync.journal.keys import KEY_SIZE
from sync.journal.vouching import Key
from sync.officefile import OfficeFile, read_office
from sync.refusal import Code, Refusal
from sync.signed_documents import SIGNED

DOCUMENTS = (*SIGNED, "trust", "root")
"""Documents kept as they came; the office file is not among them, it is judged and becomes the office."""

RULING = (
    "profile.opened",
    "profile.keyed",
    "profile.vouched",
    "person.merged",
    "person.unmerged",
    "key.revoked",
    "person.erased",
    *CLOCKS,
)
"""Kinds that say which facts count and when they were: read from every scope, they are few."""


def roots_of(store: Store, profile: bytes, own: Iterable[bytes], person: bytes) -> Roots:
    """Gather the roots for one profile; `own` are all signing keys it has had on this PC."""
    office = store.office()
    mine = {Key(profile, signing): person for signing in own}
    if office is None:
        return Roots(frozenset(), own=mine)
    leads = {lead.signing: lead.person for lead in office.header.coordinators}
    return Roots(centres(store, office), leads, own=mine)


def centres(store: Store, office: OfficeFile) -> frozenset[bytes]:
    """Tell the centre keys whose statements count: today's, and earlier ones the trust list still names."""
    seen = _seen(store)
    if seen <= {office.header.centre}:
        return frozenset({office.header.centre})
    return frozenset({office.header.centre}) | (seen & _listed(store, office))


def first_office(store: Store, raw: bytes) -> OfficeFile:
    """Believe the first office file of this PC, and with it its centre's key. Raises Refusal."""
    office = judge_first(store, raw)
    _keep(store, office)
    return office


def judge_first(store: Store, raw: bytes) -> OfficeFile:
    """Read the office file that would be this PC's first.

    Where a root is pinned already, by a pack or by whoever installed the app, first use decides nothing: the
    file's root must follow from that one, and the list must name its centre. Raises Refusal.
    """
    office = read_office(raw)
    if store.blob("trust_root") is not None and office.header.centre not in _listed(store, office):
        raise Refusal(Code.SIGNATURE, what="office")
    return office


def judge_office(store: Store, held: OfficeFile, raw: bytes) -> OfficeFile:
    """Read an office file that would take the place of the one held.

    Its centre's key must be the one held, or one that the trust list names as an issuer of office files; the
    list may come in the file itself, since only the root's keys can have signed it. Raises Refusal:
    MALFORMED or SIGNATURE for a damaged or forged file, OFFICE for another office's, STALE for an older
    one.
    """
    offered = read_office(raw)
    if offered.header.centre != held.header.centre and offered.header.centre not in _listed(
        store, held, offered
    ):
        raise Refusal(Code.SIGNATURE, what="office")
    if offered.header.office != held.header.office:
        raise Refusal(Code.OFFICE, name=offered.header.name)
    if offered.header.version < held.header.version:
        raise Refusal(Code.STALE, version=held.header.version)
    return offered


def adopt_newer(store: Store, raw: bytes) -> bool:
    """Take an office file in place of the one held, if `judge_office` finds nothing and it is newer.

    Tells whether it was taken. Raises Refusal, also while no office is held.
    """
    held = store.office()
    if held is None:
        raise Refusal(Code.OFFICE)
    offered = judge_office(store, held, raw)
    if offered.header.version == held.header.version:
        return False
    _keep(store, offered)
    return True


def held_documents(store: Store) -> dict[str, int]:
    """Tell the versions of the documents kept here but the office file; what is not there is left out."""
    found = {name: int(store.setting(f"version_{name}", "0")) for name in (*SIGNED, "trust")}
    return {name: version for name, version in found.items() if version}


def keep_document(store: Store, name: str, reply: SyncReply) -> str | None:
    """Keep a document that a believed answer carried; gives its name if it changed anything here.

    The office file is judged like any other. All others (`DOCUMENTS`) are kept as they came
    (`document_<name>`), with their version; who reads them checks their signatures.
    """
    document = reply.documents[name]
    if name == "office":
        try:
            return name if adopt_newer(store, document) else None
        except Refusal:
            return None  # an answer's other contents must not be lost because of one bad document
    version = reply.versions.get("trust" if name == "root" else name, 0)
    if name not in DOCUMENTS or version <= int(store.setting(f"version_{name}", "0")):
        return None
    store.put_blob(f"document_{name}", document)
    store.put_setting(f"version_{name}", str(version))
    return name


def _keep(store: Store, office: OfficeFile) -> None:
    seen = _seen(store) | {office.header.centre}
    store.put_blob("centres", b"".join(sorted(seen)))
    store.put_office(office)


def _seen(store: Store) -> frozenset[bytes]:
    kept = store.blob("centres") or b""
    return frozenset(kept[start : start + KEY_SIZE] for start in range(0, len(kept), KEY_SIZE))


def _listed(store: Store, held_office: OfficeFile, offered: OfficeFile | None = None) -> frozenset[bytes]:
    """Tell the issuing centre keys of the newest trust list that follows from this PC's root.

    An offered file may bring a newer list, never the root that this PC begins with.
    """
    from sync.packs.trust import TrustStore, advance, read_trust  # noqa: PLC0415 - slow, and needed once in years

    root, newest = store.blob("trust_root"), store.blob("trust_list") or b""
    held = None if root is None else TrustStore(root, newest)
    try:
        if held_office.header.root:
            held = advance(held, [held_office.header.root], held_office.header.trust)
        if held is not None and offered is not None and offered.header.root:
            held = advance(held, [offered.header.root], offered.header.trust)
        return frozenset() if held is None or not held.trust_list else read_trust(held).issuers()
    except Refusal:
        return frozenset()
