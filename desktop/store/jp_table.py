"""The conversion table by which this PC counts: the centre's newest that came, or the one in the app."""

from typing import TYPE_CHECKING

from sync.jp_table import JpTable, read_jp_table, shipped_table
from sync.refusal import Refusal
from sync.signed_documents import JP_TABLE

if TYPE_CHECKING:
    from desktop.store.device import Store


def jp_table_of(store: "Store") -> JpTable:
    """Read the table that counts here; one that the office's centre has not signed is as good as none."""
    raw, office = store.blob(f"document_{JP_TABLE}"), store.office()
    if raw is None or office is None:
        return shipped_table()
    try:
        return read_jp_table(raw, office.header.centre)
    except Refusal:
        return shipped_table()
