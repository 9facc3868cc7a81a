"""Kinds that say what an office is told."""

from sync.journal.kind import DESK, TEXT, Kind

ROWS = (
    Kind(
        "announcement.posted",
        DESK,
        {"id": TEXT, "title": TEXT, "text": TEXT},
        "An announcement to the office.",
    ),
)
