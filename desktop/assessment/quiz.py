"""Makes the quiz a player shows out of an activity of the outline and its GIFT text."""

from sync.packs.gift import parse_gift
from sync.packs.outline import Activity, QuizRule
from sync.packs.questions import Description, Essay, Question, Quiz
from sync.refusal import Code, Refusal


def read_quiz(key: str, activity: Activity, gift: str) -> Quiz:
    """Read a quiz; `key` is its name in statements ("course/module/activity").

    Raises Refusal MALFORMED where the text holds no quiz, which a pack that was built by us never does.
    """
    rule = activity.quiz or QuizRule()
    questions: list[Question] = []
    for parsed in parse_gift(gift):
        if isinstance(parsed, Essay | Description):
            raise Refusal(Code.MALFORMED, what="quiz", activity=key)
        questions.append(parsed)
    if not questions:
        raise Refusal(Code.MALFORMED, what="quiz", activity=key)
    return Quiz(key, activity.title, tuple(questions), rule.pass_mark, rule.attempts, rule.shuffle)
