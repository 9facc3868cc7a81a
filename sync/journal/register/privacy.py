"""Kinds that say what people ask about their own data, and where an erasure has come."""

from sync.journal.kind import BYTES, CENTRE, DESK, INT, INTS, SELF, TEXT, TEXTS, Audience, Author, Kind

_KEEPER = frozenset({Author.SELF, Author.CENTRE})
"""A PC keeps what lies on it, the centre what lies there: `computer` is empty."""

ROWS = (
    Kind(
        "notice.read",
        SELF,
        {"version": INT},
        "The person has read this version of the privacy notice; it says nothing about consent.",
    ),
    Kind(
        "deletion.asked",
        SELF,
        {"sealed": BYTES},
        "The person asks that their data be deleted; sealed to the centre and to the person's own keys.",
        audience=Audience.PERSON,
    ),
    Kind(
        "deletion.withdrawn",
        SELF,
        {"of_log": INT, "of_seq": INT, "sealed": BYTES},
        "The person takes back what was asked under (of_log, of_seq).",
        audience=Audience.PERSON,
    ),
    Kind(
        "deletion.answered",
        CENTRE,
        {"of_log": INT, "of_seq": INT, "reason": TEXT},
        "The data asked about under (of_log, of_seq) are not deleted, for this reason.",
        audience=Audience.PERSON,
    ),
    Kind(
        "correction.asked",
        SELF,
        {"sealed": BYTES},
        "The person asks the desk to put something about them right; sealed to the desk and to themselves.",
        audience=Audience.COORDINATOR,
    ),
    Kind(
        "correction.answered",
        DESK,
        {"person": BYTES, "sealed": BYTES},
        "What the desk answered to such a request: put right, or not and why. For that person alone.",
        audience=Audience.ONE,
        sizes={"person": (16,)},
    ),
    Kind(
        "term.told",
        _KEEPER,
        {"what": TEXT, "items": INT, "until": INT, "version": INT, "computer": TEXT},
        "So many things of a kind here come to the end of their term; the first goes at Unix `until`.",
    ),
    Kind(
        "term.ended",
        _KEEPER,
        {"what": TEXT, "items": INT, "version": INT, "computer": TEXT},
        "So many things of a kind were deleted here, by this version of the retention schedule.",
    ),
    Kind(
        "erasure.due",
        CENTRE,
        # ids of 16 bytes, one behind the other, with what each PC calls itself; `owned` 1 where they sat
        {"person": BYTES, "pcs": BYTES, "names": TEXTS, "owned": INTS},
        "The PCs of an office that may hold something of an erased person, and are to say that it went.",
        sizes={"person": (16,)},
    ),
    Kind(
        "erasure.carried",
        SELF,
        {"person": BYTES, "own": INT},
        "This PC let go of what it held of an erased person; with `own` their own profile on it too.",
        sizes={"person": (16,)},
    ),
    Kind(
        "erasure.heard",
        CENTRE,
        {"person": BYTES, "pc": BYTES, "own": INT, "when": INT},
        "A PC has told the centre, at Unix `when` by its clock, that it carried out an erasure.",
        sizes={"person": (16,), "pc": (16,)},
    ),
)
