"""Kinds that say what coordinators did with data of others that no other kind tells of."""

from sync.journal.kind import BYTES, INT, TEXT, Audience, Author, Kind

_COORDINATOR = frozenset({Author.COORDINATOR})

ROWS = (
    Kind(
        "data.taken",
        _COORDINATOR,
        {"what": TEXT, "people": INT},
        "A coordinator saved or copied something that names so many people of the office.",
    ),
    Kind(
        "person.viewed",
        _COORDINATOR,
        {"person": BYTES, "sealed": BYTES},
        "A coordinator looked at what the desk has of a person; told to that person and to the desks.",
        audience=Audience.ONE,
        sizes={"person": (16,)},
    ),
)
