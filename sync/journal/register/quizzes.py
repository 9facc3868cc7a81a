"""Kinds that say an attempt at a quiz, from its questions to its score, and the exam it was taken in."""

from sync.journal.kind import BYTES, INT, INTS, SELF, TEXT, Audience, Author, Kind

PROCTORS = frozenset({Author.TRAINER, Author.COORDINATOR})

ROWS = (
    Kind(
        "quiz.started",
        SELF,
        {"activity": TEXT, "attempt": INT, "version": TEXT, "questions": INTS},
        "An attempt began with these questions in this order.",
        trainers=True,
    ),
    Kind(
        "quiz.answered",
        SELF,
        {"activity": TEXT, "attempt": INT, "question": INT, "answer": TEXT, "seconds": INT},
        "A question was answered.",
        trainers=True,
    ),
    Kind(
        "quiz.finished",
        SELF,
        {"activity": TEXT, "attempt": INT, "correct": INT, "total": INT, "score": INT, "passed": INT},
        "An attempt ended with this score in hundredths of a percent.",
        trainers=True,
    ),
    Kind(
        "quiz.ruled",
        SELF,
        {"activity": TEXT, "attempt": INT, "limit": INT, "fixed": INT, "tries": INT},
        "The rules of an attempt: its seconds, whether they run on without power, how many attempts.",
        trainers=True,
    ),
    Kind(
        "quiz.marked",
        SELF,
        {"activity": TEXT, "attempt": INT, "marks": INTS, "need": INT},
        "What each question of a finished attempt earned, in the order asked, in hundredths of a percent.",
        trainers=True,
    ),
    Kind(
        "question.voided",
        frozenset({Author.TRAINER, Author.COORDINATOR, Author.CENTRE}),
        {"activity": TEXT, "version": TEXT, "question": INT, "reason": TEXT},
        "A question of one version of a quiz was wrong: its attempts are counted again without it.",
        trainers=True,
    ),
    Kind(
        "quiz.power_loss",
        SELF,
        {"activity": TEXT, "attempt": INT, "used": INT, "gone": INT},
        "An attempt was broken off after `used` seconds of it, and found again `gone` seconds later.",
        trainers=True,
    ),
    Kind(
        "exam.begun",
        SELF,
        # the day (date.toordinal) and sitting of that day for which the code was made
        {"activity": TEXT, "attempt": INT, "day": INT, "sitting": INT},
        "An attempt at a proctored quiz began with a code of its proctor.",
        trainers=True,
    ),
    Kind(
        "exam.opened",
        PROCTORS,
        # as in `exam.begun`; `people` are ids end to end: place and names are in `sealed`, for the desk alone
        {"activity": TEXT, "day": INT, "sitting": INT, "people": BYTES, "sealed": BYTES},
        "A proctor opened an exam: which quiz, on which day, where, and for whom codes were made.",
        audience=Audience.COORDINATOR,
        trainers=True,
    ),
    Kind(
        "exam.attended",
        PROCTORS,
        {"sealed": BYTES},
        "A proctor ticked somebody of an exam: here or not.",
        audience=Audience.COORDINATOR,
    ),
    Kind(
        "exam.noted",
        PROCTORS,
        {"sealed": BYTES},
        "A proctor noted what happened in an exam: when, with whom, and what.",
        audience=Audience.COORDINATOR,
    ),
)
