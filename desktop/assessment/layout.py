"""In which order questions and options are shown: shuffled, yet the same again after a power cut."""

from hashlib import sha256

from sync.packs.questions import Matching, Multiple, Ordering, Question, Quiz, Single


def shuffled(count: int, *seed: str | int | bytes) -> tuple[int, ...]:
    """Return the places 0 to `count - 1` in an order that depends on `seed` alone.

    Sorting by a digest instead of drawing numbers keeps the order the same in every Python version.
    """
    stem = sha256()
    for part in seed:
        piece = part if isinstance(part, bytes) else str(part).encode()
        stem.update(len(piece).to_bytes(4, "big") + piece)

    def place_in_line(place: int) -> bytes:
        line = stem.copy()
        line.update(place.to_bytes(4, "big"))
        return line.digest()

    return tuple(sorted(range(count), key=place_in_line))


def question_order(quiz: Quiz, attempt: int, salt: bytes = b"") -> tuple[int, ...]:
    """Draw the questions of an attempt, in the order shown; this goes into `quiz.started`.

    A quiz with sections draws from the bank of each, one section after the other. The attempt's identity is
    the seed: `salt` (the profile's id) gives neighbours different questions.
    """
    order: list[int] = []
    for place, part in enumerate(quiz.parts):
        drawn = shuffled(len(part.numbers), "draw", quiz.id, attempt, place, salt)[: part.draw]
        order += [part.numbers[one] for one in (drawn if quiz.shuffle else sorted(drawn))]
    if quiz.parts:
        return tuple(order)
    if not quiz.shuffle:
        return tuple(range(len(quiz.questions)))
    return shuffled(len(quiz.questions), "questions", quiz.id, attempt, salt)


def section_of(quiz: Quiz, number: int) -> str:
    """Return the title of the section that question `number` is of, "" where there is none."""
    return next((part.title for part in quiz.parts if number in part.numbers), "")


def option_order(quiz: Quiz, number: int, attempt: int, salt: bytes = b"") -> tuple[int, ...]:
    """Return the order in which the parts of question `number` are shown: options, right sides or items.

    Answers are recorded by place in the source, so the order shown never changes what they mean.
    """
    question = quiz.questions[number]
    count = parts(question)
    # The items of an ordering are always mixed: unmixed they would show the answer.
    if not quiz.shuffle and not isinstance(question, Ordering):
        return tuple(range(count))
    order = shuffled(count, "options", quiz.id, attempt, number, salt)
    if isinstance(question, Ordering) and order == tuple(range(count)):
        return (*order[1:], order[0])
    return order


def parts(question: Question) -> int:
    """Count what can be shuffled in a question; 0 where nothing can."""
    match question:
        case Single() | Multiple():
            return len(question.options)
        case Matching():
            return len(question.rights)
        case Ordering():
            return len(question.items)
        case _:
            return 0
