"""Kinds that say what an office is told, and what befell what it carries."""

from sync.journal.kind import BYTES, CENTRE, DESK, INT, TEXT, Audience, Author, Kind

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
    Kind(
        "roster.proposed",
        frozenset({Author.COORDINATOR}),
        {"basis": INT, "coming": INT, "going": INT, "changing": INT, "sealed": BYTES},
        "A coordinator proposes a whole new roster, made beside version `basis` of the office file.",
        audience=Audience.CENTRE,
    ),
    Kind(
        "roster.answered",
        CENTRE,
        {"of_log": INT, "of_seq": INT, "taken": INT, "version": INT, "sealed": BYTES},
        "What became of a proposed roster: taken into this version of the office file, or not, and why.",
        audience=Audience.COORDINATOR,
    ),
    Kind(
        "person.moved",
        CENTRE,
        {"source": BYTES, "target": BYTES, "since": INT, "came": INT, "sealed": BYTES},
        "Somebody works in another office since this Unix second: who and which, for the desk alone.",
        audience=Audience.COORDINATOR,
        sizes={"source": (16,), "target": (16,)},
    ),
)
