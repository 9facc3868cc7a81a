"""Makes the quiz a player shows out of an activity of the outline and its GIFT text."""

from sync.packs.outline import Activity, QuizRule, QuizSection
from sync.packs.questions import Description, Essay, Part, Question, Quiz
from sync.packs.sealed_quiz import read_questions
from sync.refusal import Code, Refusal


def read_quiz(key: str, activity: Activity, source: str, *, keys: bool = True) -> Quiz:
    """Read a quiz; `key` is its name in statements ("course/module/activity").

    `source` is its object in the pack. Without `keys` it can be asked and not be marked: nothing of what is
    right is opened before the attempt ends.

    Raises Refusal MALFORMED where the text holds no quiz, which a pack that was built by us never does.
    """
    rule = activity.quiz or QuizRule()
    questions: list[Question] = []
    banks: list[str] = []
    for bank, parsed in read_questions(source, keys=keys):
        if isinstance(parsed, Essay | Description):
            raise Refusal(Code.MALFORMED, what="quiz", activity=key)
        questions.append(parsed)
        banks.append(bank)
    if not questions:
        raise Refusal(Code.MALFORMED, what="quiz", activity=key)
    return Quiz(
        key,
        activity.title,
        tuple(questions),
        rule.pass_mark,
        rule.attempts,
        rule.shuffle,
        tuple(_part(section, banks) for section in rule.sections),
        rule.minutes * 60,
        rule.fixed_end,
        keys or not source.startswith("{"),
        rule.proctored,
        rule.review,
    )


def _part(section: QuizSection, banks: list[str]) -> Part:
    numbers = tuple(number for number, bank in enumerate(banks) if bank == section.bank)
    return Part(section.title, numbers, section.draw or len(numbers))
