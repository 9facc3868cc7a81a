"""Kinds that say an assignment's way: handed in with its files, marked by trainers, graded for the one."""

from sync.journal.kind import BYTES, CENTRE, INT, SELF, TEXT, TEXTS, Audience, Author, Kind, Merge

ROWS = (
    Kind(
        "assignment.submitted",
        SELF,
        {
            "activity": TEXT,
            "version": TEXT,
            "text": TEXT,
            "names": TEXTS,
            # the SHA-256 of each file, one behind the other
            "files": BYTES,
            "work": BYTES,
            "counter": INT,
        },
        "An assignment was handed in; `work` is the digest over its text and its files.",
        merge=Merge.PUT,
        key=("activity",),
        sizes={"work": (32,), "files": tuple(range(0, 321, 32))},
        trainers=True,
    ),
    Kind(
        "work.sealed",
        SELF,
        {"floor": INT, "said": INT},
        "What follows was handed in: the latest time that was signed by then, and what the clock said.",
        trainers=True,
    ),
    Kind(
        "work.collected",
        frozenset({Author.COORDINATOR}),
        {"of_log": INT, "of_seq": INT},
        "A coordinator had the assignment at that log and number at the desk.",
    ),
    Kind(
        "work.received",
        CENTRE,
        {"of_log": INT, "of_seq": INT, "came": INT},
        "The centre received the assignment at that log and number, at Unix `came` by its own clock.",
    ),
    Kind(
        "deadline.decided",
        frozenset({Author.COORDINATOR, Author.TRAINER}),
        {"person": BYTES, "sealed": BYTES},
        "Whether a work counts as on time was decided with a reason; told to its learner and to its markers.",
        audience=Audience.ONE,
        sizes={"person": (16,)},
    ),
    Kind(
        "assignment.part",
        SELF,
        {"file": BYTES, "part": INT, "parts": INT, "data": BYTES},
        "Part number `part`, from 1, of `parts` of a file handed in, whose SHA-256 is `file`.",
        sizes={"file": (32,)},
        trainers=True,
    ),
    Kind(
        "assignment.marked",
        frozenset({Author.TRAINER}),
        {"person": BYTES, "sealed": BYTES},
        "What a trainer made of an assignment, told to one trainer of the office, the own self among them.",
        audience=Audience.ONE,
        sizes={"person": (16,)},
    ),
    Kind(
        "assignment.graded",
        frozenset({Author.TRAINER}),
        {"person": BYTES, "sealed": BYTES},
        "The grade of an assignment, or that it is to be revised. For its learner alone.",
        audience=Audience.ONE,
        sizes={"person": (16,)},
    ),
    Kind(
        "criterion.voided",
        frozenset({Author.TRAINER}),
        {"activity": TEXT, "version": TEXT, "criterion": TEXT, "reason": TEXT},
        "A criterion of one version of a rubric was wrong: every mark counts without it, for everybody.",
        trainers=True,
    ),
    Kind(
        "trainer.lent",
        CENTRE,
        {"person": BYTES, "office": BYTES, "name": TEXT, "active": INT, "counter": INT},
        "The centre lets a trainer of another office mark what this `office` hands in, or calls them back.",
        merge=Merge.PUT,
        key=("person", "office"),
        sizes={"person": (16,), "office": (16,)},
    ),
)
