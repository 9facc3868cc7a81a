"""Kinds by which the centre passes on what one person stated for one other (`sync.journal.passing`)."""

from sync.journal.kind import BYTES, CENTRE, INT, TEXT, Audience, Kind

ROWS = (
    Kind(
        "letter.passed",
        CENTRE,
        {"stated": TEXT, "author": BYTES, "of_log": INT, "of_seq": INT, "of_at": INT, "fields": BYTES},
        "What `author` stated for one person, of the kind `stated`, under (of_log, of_seq) at Unix `of_at`.",
        audience=Audience.PERSON,
        sizes={"author": (16,)},
    ),
)
