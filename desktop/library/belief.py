"""Whom this PC believes about packs: the root it pinned, the newest trust list, and what they close."""

from desktop.library.index import ShelfIndex
from desktop.store.device import Store
from sync.packs.trust import Trust, TrustStore, advance, read_trust
from sync.refusal import Refusal

_ROOT, _LIST = "trust_root", "trust_list"


class Belief:
    """Keeps the trust store of this PC. What a pack, a stick or the centre brings goes in here."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def current(self) -> TrustStore | None:
        """Return what is believed now; None on a PC that has seen neither an office file nor a pack.

        A newer trust list of the office file is taken in on the way.
        """
        root = self._store.blob(_ROOT)
        held = None if root is None else TrustStore(root, self._store.blob(_LIST) or b"")
        office = self._store.office()
        if office is None or not office.header.root:
            return held
        try:
            return advance(held, [office.header.root], office.header.trust)
        except Refusal:
            # An office file of another root changes nothing here; whoever took the file in has told of it.
            return held

    def trust(self) -> Trust | None:
        """Return the trust list in force, None where there is none yet."""
        held = self.current()
        return None if held is None or not held.trust_list else read_trust(held)

    def take(self, roots: tuple[bytes, ...], trust_list: bytes, index: ShelfIndex) -> Trust:
        """Take in documents that came by any road, keep them, and close or open packs as they say.

        Raises Refusal where they are not the successors of what is held; then nothing changed.
        """
        return self.keep(advance(self.current(), roots, trust_list), index)

    def keep(self, held: TrustStore, index: ShelfIndex) -> Trust:
        """Keep a store that `advance` gave, and close or open packs as its list says."""
        trust = read_trust(held)
        if held.root != self._store.blob(_ROOT):
            self._store.put_blob(_ROOT, held.root)
        if held.trust_list != self._store.blob(_LIST):
            self._store.put_blob(_LIST, held.trust_list)
        for row in index.packs():
            why = closed(trust, row.signer_key, row.digest)
            if why != row.withdrawn:
                index.withdraw(row.id, row.version, why)
        return trust


def closed(trust: Trust, key: str, digest: str) -> str:
    """Tell why a pack is closed ("compromised 2026-11-24"), or "" while it is open.

    What the centre endorsed by digest stays open when its signer's key is withdrawn.
    """
    if digest in trust.withdrawn:
        return "withdrawn"
    revoked = trust.revoked.get(key)
    if revoked is None or digest in revoked.endorsed:
        return ""
    return f"{revoked.why.value} {revoked.since}"
