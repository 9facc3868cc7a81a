"""Reads the rules of a quiz as authors write them: pass mark, attempts, clock, sections out of banks."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sync.packs.gift import Banked, parse_banks
from sync.packs.outline import REVIEWS, QuizRule, QuizSection
from sync.packs.questions import Description, Essay
from sync.refusal import Code, Refusal

LONGEST = 24 * 60
"""Minutes that a quiz may last."""


def read_quiz_rule(document: Mapping[str, Any], source: str, where: str, gift: str) -> QuizRule:
    """Read the rules of one quiz, whose questions stand in `gift`. Raises Refusal SOURCE."""
    questions = _questions(source, gift)
    sections = _sections(document, questions, where)
    held = Counter(one.bank for one in questions)
    rule = QuizRule(
        pass_mark=document.get("pass_mark", 70),
        attempts=document.get("attempts", 0),
        shuffle=document.get("shuffle", True),
        questions=sum(one.draw or held[one.bank] for one in sections) or len(questions),
        minutes=document.get("time_limit", 0),
        fixed_end=document.get("fixed_end", False),
        sections=sections,
        proctored=document.get("proctored", False),
        review=document.get("review", REVIEWS[0]),
    )
    if not (_whole(rule.pass_mark) and 0 <= rule.pass_mark <= 100):
        raise _fault(where, "pass_mark is not a percentage")
    if not (_whole(rule.attempts) and 0 <= rule.attempts <= 100):
        raise _fault(where, "attempts is not a number up to 100")
    if not isinstance(rule.shuffle, bool):
        raise _fault(where, "shuffle is neither true nor false")
    if not (_whole(rule.minutes) and 0 <= rule.minutes <= LONGEST):
        raise _fault(where, "time_limit is not a number of minutes up to a day")
    if not isinstance(rule.fixed_end, bool) or (rule.fixed_end and not rule.minutes):
        raise _fault(where, "fixed_end needs a time_limit")
    if not isinstance(rule.proctored, bool):
        raise _fault(where, "proctored is neither true nor false")
    if rule.review not in REVIEWS:
        raise _fault(where, "review is none of full, marks, score")
    return rule


def _questions(source: str, gift: str) -> tuple[Banked, ...]:
    try:
        questions = parse_banks(gift)
    except Refusal as fault:
        if fault.code is not Code.MALFORMED:
            raise
        line, thing = fault.values.get("line", 0), str(fault.values.get("thing", ""))
        raise _fault(f"{source}:{line}", str(fault.values.get("reason", "")), thing) from fault
    if not questions:
        raise _fault(source, "no questions")
    for number, one in enumerate(questions, start=1):
        if isinstance(one.question, Essay | Description):
            raise _fault(source, "a question no computer can mark", str(number))
    return questions


def _sections(
    document: Mapping[str, Any], questions: Sequence[Banked], where: str
) -> tuple[QuizSection, ...]:
    held = Counter(one.bank for one in questions)
    sections = []
    written = document.get("section", [])
    if not isinstance(written, list) or not all(isinstance(one, dict) for one in written):
        raise _fault(where, "none of these", "[[module.activity.section]]")
    for said in written:
        title, bank, draw = said.get("title", ""), said.get("bank", ""), said.get("draw", 0)
        if not isinstance(title, str) or not isinstance(bank, str) or not held[bank]:
            raise _fault(where, "a section without questions", str(bank))
        if not _whole(draw) or not 0 <= draw <= held.pop(bank):
            raise _fault(where, "a section draws more questions than its bank holds", bank)
        sections.append(QuizSection(title.strip(), bank, draw))
    return tuple(sections)


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _fault(where: str, reason: str, thing: str = "") -> Refusal:
    return Refusal(Code.SOURCE, where=where, reason=reason, thing=thing)
