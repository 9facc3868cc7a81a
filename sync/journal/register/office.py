"""Kinds that say what an office is told, and what befell what it carries."""

from sync.journal.kind import BYTES, DESK, INT, TEXT, Audience, Author, Kind

ROWS = (
    Kind(
        "announcement.posted",
        DESK,
        {"id": TEXT, "title": TEXT, "text": TEXT},
        "An announcement to the office.",
    ),
    Kind(
        "stick.lost",
        frozenset({Author.COORDINATOR}),
        # `pcs` and `people` are ids of 16 bytes, one behind the other: what may have been on it, sealed
        {"at": INT, "seen": INT, "pcs": BYTES, "people": BYTES, "about": TEXT},
        "A stick was reported lost: when, when it was last seen, and whose sealed work may be on it.",
    ),
    Kind(
        "follow.noted",
        frozenset({Author.COORDINATOR}),
        {"person": BYTES, "sealed": BYTES},
        "A coordinator had a word with a person: the day, by which way, and a note, for the desk alone.",
        audience=Audience.COORDINATOR,
        sizes={"person": (16,)},
    ),
)
