"""Whom this PC believes about packs: the root it pinned, the newest trust list, and what they close."""

from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from desktop.library.index import ShelfIndex
from desktop.store.device import Store
from sync.packs.trust_apart import Question, judge

if TYPE_CHECKING:
    from sync.packs.trust import Trust, TrustStore

# The two blobs of what was verified and kept; what came by sync lies beside them, unverified.
_ROOT, _LIST = "trust_root", "trust_list"
_CAME_ROOT, _CAME_LIST = "document_root", "document_trust"
_LOOKED_AT = "trust_looked_at"


class Belief:
    """Keeps the trust store of this PC. What a pack, a stick or the centre brings goes in here.

    TUF is imported when a pack has to be verified, not when somebody signs in or a sync brings a list.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def current(self) -> "TrustStore | None":
        """Return what is believed now; None on a PC that has seen neither an office file nor a pack.

        What the office file and the centre's answers brought is verified on the way; what is no successor of
        the root held changes nothing here, and whoever took it in has told of it.
        """
        from sync.packs.trust import TrustStore, believed  # noqa: PLC0415 - slow to import

        root = self._store.blob(_ROOT)
        return believed(
            None if root is None else TrustStore(root, self._store.blob(_LIST) or b""), self._offered()
        )

    def _offered(self) -> tuple[tuple[tuple[bytes, ...], bytes], ...]:
        """List what came: the office file's papers decide on a fresh PC, an answer's alone never do."""
        office = self._store.office()
        found: list[tuple[tuple[bytes, ...], bytes]] = []
        if office is not None and office.header.root:
            found.append(((office.header.root,), office.header.trust))
        root, trust_list = self._store.blob(_CAME_ROOT) or b"", self._store.blob(_CAME_LIST) or b""
        if (root or trust_list) and (found or self._store.blob(_ROOT) is not None):
            found.append(((root,) if root else (), trust_list))
        return tuple(found)

    def trust(self) -> "Trust | None":
        """Return the trust list in force, None where there is none yet."""
        from sync.packs.trust import read_trust  # noqa: PLC0415 - slow to import

        held = self.current()
        return None if held is None or not held.trust_list else read_trust(held)

    def refresh(self, index: ShelfIndex) -> bool:
        """Look whether an office file or an answer of the centre brought a list, and close or open packs.

        Costs next to nothing when nothing came since the last time; call it after a sync and at sign-in. True
        when there was something to look at. It is judged in a child process, which takes 0.3 s: the app need
        not hold TUF for what happens once in months. Raises Refusal for a list that cannot be read.
        """
        offered = self._offered()
        if not offered:
            return False
        seen = sha256(
            b"".join(sha256(b"".join(roots) + b"\0" + papers).digest() for roots, papers in offered)
        ).digest()
        if self._store.blob(_LOOKED_AT) == seen:
            return False
        asked = self._question(index)
        judged = judge(asked)
        if self._question(index) != asked:
            return self.refresh(index)  # a pack was installed meanwhile, or brought a newer list
        if judged.trust_list:
            self._believe(judged.root, judged.trust_list, index, judged.closed)
        self._store.put_blob(_LOOKED_AT, seen)
        return True

    def _question(self, index: ShelfIndex) -> Question:
        return Question(
            self._store.blob(_ROOT) or b"",
            self._store.blob(_LIST) or b"",
            self._offered(),
            tuple((tuple(row.signer_key.split()), row.digest) for row in index.packs()),
        )

    def take(self, roots: tuple[bytes, ...], trust_list: bytes, index: ShelfIndex) -> "Trust":
        """Take in documents that came by any road, keep them, and close or open packs as they say.

        Raises Refusal where they are not the successors of what is held; then nothing changed.
        """
        from sync.packs.trust import advance  # noqa: PLC0415 - slow to import

        return self.keep(advance(self.current(), roots, trust_list), index)

    def keep(self, held: "TrustStore", index: ShelfIndex) -> "Trust":
        """Keep a store that `advance` gave, and close or open packs as its list says."""
        from sync.packs.trust import read_trust  # noqa: PLC0415 - slow to import

        trust = read_trust(held)
        whys = [trust.closed(row.signer_key.split(), row.digest) for row in index.packs()]
        self._believe(held.root, held.trust_list, index, whys)
        return trust

    def _believe(self, root: bytes, trust_list: bytes, index: ShelfIndex, whys: Sequence[str]) -> None:
        """Keep what was verified, and close or open each pack of the index by the reason found for it."""
        if root != self._store.blob(_ROOT):
            self._store.put_blob(_ROOT, root)
        if trust_list != self._store.blob(_LIST):
            self._store.put_blob(_LIST, trust_list)
        for row, why in zip(index.packs(), whys, strict=True):
            if why != row.withdrawn:
                index.withdraw(row.id, row.version, why)
