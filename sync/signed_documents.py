"""The documents that a centre signs itself and sends to all its PCs: by name, and how each is proven."""

from collections.abc import Callable, Mapping

from sync.catalogue import read_catalogue
from sync.jp_table import read_jp_table
from sync.retention import read_schedule
from sync.withdrawn import read_withdrawn

CATALOGUE, JP_TABLE, WITHDRAWN, RETENTION = "catalogue", "jp", "withdrawn", "retention"
SIGNED: Mapping[str, Callable[[bytes, bytes], object]] = {
    CATALOGUE: read_catalogue,
    JP_TABLE: read_jp_table,
    WITHDRAWN: read_withdrawn,
    RETENTION: read_schedule,
}
"""Each name with what reads it, given the document and the centre's key; it raises Refusal for a forged one.

A document is one row here: centre, hub, stick and PC carry whatever is listed. None is named to a PC, nor by
one, before its first version, so what is not there costs no byte on the wire.
"""
