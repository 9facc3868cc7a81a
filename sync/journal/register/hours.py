"""Kinds that say what was learned outside: a claim with its proof, and what the desk made of it."""

from sync.journal.kind import BYTES, DESK, INT, SELF, TEXT, Audience, Kind, Merge

ROWS = (
    Kind(
        "training.claimed",
        SELF,
        {
            "id": TEXT,
            "form": TEXT,
            "title": TEXT,
            "organiser": TEXT,
            "day": INT,
            "units": INT,
            "jp": INT,
            "abroad": INT,
            "table": INT,
            "file": BYTES,
            "counter": INT,
        },
        "Training outside, of a `form` of the JP table, that ended on `day` (ordinal); `file` is its scan.",
        merge=Merge.PUT,
        key=("id",),
        sizes={"file": (0, 32)},
    ),
    Kind(
        "training.judged",
        DESK,
        {"person": BYTES, "sealed": BYTES},
        "What the desk made of a claim: recognised or rejected, with the reason. For that person alone.",
        audience=Audience.ONE,
        sizes={"person": (16,)},
    ),
)
