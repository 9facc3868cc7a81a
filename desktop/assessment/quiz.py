"""Makes the quiz a player shows out of an activity of the outline and its GIFT text."""

from sync.packs.gift import parse_banks
from sync.packs.outline import Activity, QuizRule, QuizSection
from sync.packs.questions import Description, Essay, Part, Question, Quiz
from sync.refusal import Code, Refusal


def read_quiz(key: str, activity: Activity, gift: str) -> Quiz:
    """Read a quiz; `key` is its name in statements ("course/module/activity").

    Raises Refusal MALFORMED where the text holds no quiz, which a pack that was built by us never does.
    """
    rule = activity.quiz or QuizRule()
    questions: list[Question] = []
    banks: list[str] = []
    for bank, parsed in parse_banks(gift):
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
    )


def _part(section: QuizSection, banks: list[str]) -> Part:
    numbers = tuple(number for number, bank in enumerate(banks) if bank == section.bank)
    return Part(section.title, numbers, section.draw or len(numbers))
