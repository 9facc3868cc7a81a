"""Kinds that say what a learner did: pages, recordings, lessons, notes."""

from sync.journal.kind import BYTES, INT, SELF, TEXT, Audience, Kind, Merge

ROWS = (
    Kind(
        "page.read",
        SELF,
        {"activity": TEXT, "page": INT, "seconds": INT, "version": TEXT},
        "A page was on the screen for this many seconds.",
    ),
    Kind(
        "media.watched",
        SELF,
        {"activity": TEXT, "second": INT, "seconds": INT, "version": TEXT},
        "A recording was played to this second, for this many seconds.",
    ),
    Kind("lesson.completed", SELF, {"activity": TEXT, "version": TEXT}, "An activity was completed."),
    Kind("module.completed", SELF, {"module": TEXT, "version": TEXT}, "A module was completed."),
    Kind(
        "course.completed",
        SELF,
        {"course": TEXT, "version": TEXT, "jp": INT},
        "A course was completed, worth this many hundredths of a JP.",
    ),
    Kind(
        "note.put",
        SELF,
        {"activity": TEXT, "field": TEXT, "sealed": BYTES, "counter": INT, "base": INT},
        "A note was written over version `base` of it (0: none); its text is sealed to the person.",
        audience=Audience.PERSON,
        merge=Merge.PUT,
        key=("activity", "field"),
    ),
    Kind(
        "reflection.put",
        SELF,
        {"year": INT, "sealed": BYTES, "counter": INT},
        "What the person says of a year's study: what was learned, what will be used. Sealed to themselves.",
        audience=Audience.PERSON,
        merge=Merge.PUT,
        key=("year",),
    ),
    Kind(
        "reflection.printed",
        SELF,
        {"year": INT, "of": BYTES},
        "The year's report was saved with the reflection of this digest on it.",
        sizes={"of": (32,)},
    ),
)
