"""Which PC a letter key belongs to: answers name in clear only the key, and the desk sorts them by it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sync.journal.sealing import KEY_ID_SIZE

if TYPE_CHECKING:
    from desktop.store.device import Store

_NAME, _PC = "pc_keys", 16
_ROW = KEY_ID_SIZE + _PC


def note_key(store: "Store", key: bytes, pc: bytes) -> None:
    """Remember the id of a PC's letter key, as the PC itself has told it."""
    known = pc_keys(store)
    if known.get(key) != pc:
        store.put_blob(_NAME, b"".join(one + whose for one, whose in {**known, key: pc}.items()))


def pc_keys(store: "Store") -> Mapping[bytes, bytes]:
    """Tell all PCs by the ids of their keys; one that was set up anew has several."""
    kept = store.blob(_NAME) or b""
    rows = [kept[at : at + _ROW] for at in range(0, len(kept), _ROW)]
    return {row[:KEY_ID_SIZE]: row[KEY_ID_SIZE:] for row in rows}
