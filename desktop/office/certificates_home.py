"""How many certificates wait at the desk for other PCs, by the centre's sealed word; it names nobody."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from sync.postbag.tally import open_tally
from sync.postbag.words import Receipt
from sync.refusal import Refusal

if TYPE_CHECKING:
    from desktop.store.device import Store
    from desktop.store.profile import Profile

_NAME = "certificates_home"
_decoder = msgspec.msgpack.Decoder(dict[bytes, set[bytes]])


def note_certificates(profile: "Profile", receipts: Iterable[Receipt]) -> None:
    """Keep which certificates the centre has sent home to which PC; a tally for another key says nothing."""
    store, office = profile.store, profile.store.office()
    if office is None:
        return
    held = _held(store)
    for receipt in receipts:
        for key in profile.keys.office.values() if receipt.tally else ():
            try:
                found = open_tally(receipt.tally, office.header.office, key)
            except Refusal:
                continue
            for pc, marks in found.items():
                held.setdefault(pc, set()).update(marks)
            break
    waiting = set(store.homeward.pcs())
    store.put_blob(_NAME, msgspec.msgpack.encode({pc: held[pc] for pc in sorted(held) if pc in waiting}))


def certificates_waiting(store: "Store") -> int:
    """Count the certificates that wait here for other PCs, each once; 0 where the centre says nothing."""
    waiting = set(store.homeward.pcs()) - {store.pc().id}
    return len(set().union(*(marks for pc, marks in _held(store).items() if pc in waiting)))


def _held(store: "Store") -> dict[bytes, set[bytes]]:
    kept = store.blob(_NAME)
    return {} if kept is None else _decoder.decode(kept)
