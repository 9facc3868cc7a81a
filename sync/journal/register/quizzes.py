"""Kinds that say an attempt at a quiz, from its questions to its score."""

from sync.journal.kind import INT, INTS, SELF, TEXT, Kind

ROWS = (
    Kind(
        "quiz.started",
        SELF,
        {"activity": TEXT, "attempt": INT, "version": TEXT, "questions": INTS},
        "An attempt began with these questions in this order.",
    ),
    Kind(
        "quiz.answered",
        SELF,
        {"activity": TEXT, "attempt": INT, "question": INT, "answer": TEXT, "seconds": INT},
        "A question was answered.",
    ),
    Kind(
        "quiz.finished",
        SELF,
        {"activity": TEXT, "attempt": INT, "correct": INT, "total": INT, "score": INT, "passed": INT},
        "An attempt ended with this score in hundredths of a percent.",
    ),
)
