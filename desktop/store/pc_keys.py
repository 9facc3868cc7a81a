"""Which PC a letter key belongs to: answers name only the key, and what all PCs may read is sealed to it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sync.journal.keys import KEY_SIZE
from sync.journal.sealing import KEY_ID_SIZE, key_id

if TYPE_CHECKING:
    from desktop.store.device import Store

_NAME, _LETTERS, _PC = "pc_keys", "pc_letters", 16
_ROW = KEY_ID_SIZE + _PC


def note_letter(store: "Store", letter: bytes, pc: bytes) -> None:
    """Remember a PC's letter key, as the PC itself has told it."""
    note_key(store, key_id(letter), pc)
    known = pc_letters(store)
    if known.get(pc) != letter:
        store.put_blob(_LETTERS, b"".join(one + key for one, key in {**known, pc: letter}.items()))


def pc_letters(store: "Store") -> Mapping[bytes, bytes]:
    """Tell the newest letter key of every PC that has told one."""
    kept, size = store.blob(_LETTERS) or b"", _PC + KEY_SIZE
    rows = [kept[at : at + size] for at in range(0, len(kept), size)]
    return {row[:_PC]: row[_PC:] for row in rows}


def note_key(store: "Store", key: bytes, pc: bytes) -> None:
    """Remember the id of a PC's letter key."""
    known = pc_keys(store)
    if known.get(key) != pc:
        store.put_blob(_NAME, b"".join(one + whose for one, whose in {**known, key: pc}.items()))


def pc_keys(store: "Store") -> Mapping[bytes, bytes]:
    """Tell all PCs by the ids of their keys; one that was set up anew has several."""
    kept = store.blob(_NAME) or b""
    rows = [kept[at : at + _ROW] for at in range(0, len(kept), _ROW)]
    return {row[:KEY_ID_SIZE]: row[KEY_ID_SIZE:] for row in rows}
