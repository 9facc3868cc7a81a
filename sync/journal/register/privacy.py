"""Kinds that say what people ask about their own data, where an erasure has come, and who looked at what."""

from sync.journal.kind import BYTES, CENTRE, INT, INTS, SELF, TEXT, TEXTS, Audience, Author, Kind

ROWS = (
    Kind(
        "notice.accepted",
        SELF,
        {"version": INT, "digest": BYTES},
        "The person has read this version of the privacy notice; `digest` is the SHA-256 of its text.",
        sizes={"digest": (32,)},
    ),
    Kind(
        "correction.asked",
        SELF,
        {"sealed": BYTES},
        "Something about the person is not right in the roster: what, the right value, and why; for desks.",
        audience=Audience.COORDINATOR,
    ),
    Kind(
        "correction.answered",
        frozenset({Author.COORDINATOR}),
        {"person": BYTES, "sealed": BYTES},
        "What the desk decided about a correction somebody asked for, and why. For that person alone.",
        audience=Audience.ONE,
        sizes={"person": (16,)},
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
    Kind(
        "desk.noted",
        frozenset({Author.COORDINATOR}),
        {"deed": TEXT, "person": BYTES, "count": INT},
        "At the desk somebody's data were looked at, or a list of `count` people was given out.",
        sizes={"person": (0, 16)},
    ),
    Kind(
        "centre.noted",
        CENTRE,
        {"deed": TEXT, "person": BYTES, "count": INT},
        "The centre's operator did something with somebody's data; it lies in no feed.",
        audience=Audience.CENTRE,
        sizes={"person": (0, 16)},
    ),
)
