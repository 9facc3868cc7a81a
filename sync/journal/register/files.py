"""Kinds that carry a file: cut in parts, so that it goes by every road like any other work."""

from sync.journal.kind import BYTES, INT, SELF, Kind

ROWS = (
    Kind(
        "file.part",
        SELF,
        {"file": BYTES, "part": INT, "parts": INT, "data": BYTES},
        "Part number `part`, from 1, of `parts` of the file whose SHA-256 is `file`.",
        sizes={"file": (32,)},
    ),
)
