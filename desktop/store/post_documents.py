"""Documents that came by post, in clear and from anybody's hand: which of them this PC keeps."""

from typing import TYPE_CHECKING

from desktop.store.trust import keep_document
from sync.bundle import SyncReply
from sync.jp_table import JpTable
from sync.postbag.document import Document
from sync.refusal import Code, Refusal
from sync.retention import Schedule
from sync.signed_documents import SIGNED
from sync.withdrawn import Withdrawn

if TYPE_CHECKING:
    from desktop.store.device import Store
    from sync.officefile import OfficeFile

_TOLD = "post_told_"


def note_told(store: "Store", name: str, version: int) -> None:
    """Remember which version of a document the centre itself has named, in an answer that it signed."""
    if version > told(store, name):
        store.put_setting(_TOLD + name, str(version))


def told(store: "Store", name: str) -> int:
    """Tell the newest version of a document that the centre has ever named by post."""
    return int(store.setting(_TOLD + ("trust" if name == "root" else name), "0"))


def keep_posted(store: "Store", office: "OfficeFile", document: Document) -> str | None:
    """Keep a document if its own signature is right and its version is one the centre has named.

    On a line the centre signs name and version with the document. On a stick they lie beside it in clear, and
    whoever wrote a number of their own would shut out all that comes later. Gives its name if it changed
    anything here. Raises Refusal for a forged one.
    """
    if document.name != "office":
        if document.version > told(store, document.name):
            raise Refusal(Code.SIGNATURE, what=document.name)
        _prove(store, office, document)
    version = "trust" if document.name == "root" else document.name
    reply = SyncReply(
        time=0,
        request=bytes(8),
        versions={version: document.version},
        documents={document.name: document.data},
    )
    return keep_document(store, document.name, reply)


def _prove(store: "Store", office: "OfficeFile", document: Document) -> None:
    """Check a document by what this PC believes already. Raises Refusal."""
    if document.name in SIGNED:
        found = SIGNED[document.name](document.data, office.header.centre)
        if isinstance(found, JpTable | Schedule | Withdrawn) and found.version != document.version:
            # an older one under a number that is not its own
            raise Refusal(Code.SIGNATURE, what=document.name)
        return
    from sync.packs.trust import TrustStore, advance  # noqa: PLC0415 - slow, and needed when a list comes

    root = store.blob("trust_root") or office.header.root
    if not root or document.name not in {"trust", "root"}:
        raise Refusal(Code.ROOT, reason="none")
    held = advance(TrustStore(root), [office.header.root] if office.header.root else [])
    came = store.blob("document_root")
    roots = [one for one in (came, document.data if document.name == "root" else b"") if one]
    advance(held, roots, document.data if document.name == "trust" else b"")
