"""Answers of a quiz put in words, for the review after handing in."""

from desktop.assessment.answers import places
from desktop.language import tr
from sync.packs.questions import Matching, Multiple, Ordering, Question, Single, TrueFalse


def answer_words(question: Question, answer: str) -> str:
    """Say an answer as a person would read it: words instead of places."""
    match question:
        case Single() | Multiple():
            chosen = places(answer, len(question.options))
            return "; ".join(question.options[place].text for place in chosen if place is not None)
        case TrueFalse():
            return tr("Benar") if answer.strip() == "1" else tr("Salah")
        case Matching():
            pairs = zip(question.lefts, places(answer, len(question.rights)), strict=False)
            return "; ".join(
                f"{left} → {'–' if place is None else question.rights[place]}" for left, place in pairs
            )
        case Ordering():
            given = places(answer, len(question.items))
            items = [question.items[place] for place in given if place is not None]
            return "; ".join(f"{at}. {item}" for at, item in enumerate(items, start=1))
        case _:
            return answer
