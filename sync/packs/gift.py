"""Reads GIFT, Moodle's plain text for questions, into question dataclasses.

Rules: Moodle's "GIFT format" page (escapes, weights, feedback, missing words), and one extension of ours, the
ordering question `{> =first =second}`, described in resources/decisions/gift-ordering.md.
"""

import re
from typing import NamedTuple

from sync.packs.gift_answers import read_answers
from sync.packs.questions import Description, Essay, Parsed, TextFormat
from sync.refusal import Code, Refusal

MAX_CHARACTERS = 1_000_000
MAX_QUESTIONS = 2_000

# Escaped signs are hidden behind letters of the private use area while a question is taken apart.
_ESCAPES = {sign: chr(0xE001 + place) for place, sign in enumerate("~=#{}:\\")}
_HIDDEN = str.maketrans({hidden: sign for sign, hidden in _ESCAPES.items()} | {"\ue008": "\n"})
_PRIVATE = re.compile("[\ue000-\ue00f\x00]")
_ESCAPED = re.compile(r"\\([~=#{}:\\n])")
_NAME = re.compile(r"\A\s*::(.*?)::", re.DOTALL)
_FORMAT = re.compile(r"\A\s*\[(html|markdown|plain|moodle)\]", re.IGNORECASE)
_COMMENT = re.compile(r"\A\s*//")
BLANK = "_____"
_CATEGORY = "$CATEGORY:"


class Banked(NamedTuple):
    """A question and the bank it belongs to: what the `$CATEGORY` above it says, "" above the first."""

    bank: str
    question: Parsed


def parse_gift(text: str) -> tuple[Parsed, ...]:
    """Read all questions of a GIFT text, in order, whatever bank they are of.

    Raises Refusal MALFORMED with the line a question starts at and the reason.
    """
    return tuple(one.question for one in parse_banks(text))


def parse_banks(text: str) -> tuple[Banked, ...]:
    """Read all questions of a GIFT text with their banks, in order.

    Raises Refusal MALFORMED with the line a question starts at and the reason.
    """
    if len(text) > MAX_CHARACTERS:
        raise Refusal(Code.MALFORMED, what="gift", line=0, reason="too long")
    if _PRIVATE.search(text):
        raise Refusal(Code.MALFORMED, what="gift", line=0, reason="letters that have no meaning")
    questions: list[Banked] = []
    for line, bank, chunk in _chunks(text):
        if len(questions) >= MAX_QUESTIONS:
            raise Refusal(Code.MALFORMED, what="gift", line=line, reason="too many questions")
        questions.append(Banked(bank, _question(chunk, line)))
    return tuple(questions)


def _chunks(text: str) -> list[tuple[int, str, str]]:
    """Cut the text at blank lines outside braces into (line, bank, question); comments vanish."""
    chunks: list[tuple[int, str, str]] = []
    held: list[str] = []
    start, bank = 1, ""
    depth = 0
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, raw in enumerate(lines, start=1):
        line = _ESCAPED.sub(_hide, raw)
        if _COMMENT.match(line):
            continue
        if not held and line.lstrip().startswith(_CATEGORY):
            bank = shown(line.lstrip().removeprefix(_CATEGORY))
            continue
        if not line.strip() and depth <= 0:
            if held:
                chunks.append((start, bank, "\n".join(held)))
            held, depth = [], 0
            continue
        if not held:
            start = number
        held.append(line)
        depth += line.count("{") - line.count("}")
    if held:
        chunks.append((start, bank, "\n".join(held)))
    return chunks


def _hide(match: re.Match[str]) -> str:
    return "\ue008" if match[1] == "n" else _ESCAPES[match[1]]


def shown(text: str, *, as_written: bool = False) -> str:
    """Give back the escaped signs; unless `as_written`, line breaks of the source become spaces."""
    if not as_written:
        text = re.sub(r"\s+", " ", text)
    return text.strip().translate(_HIDDEN)


def _question(chunk: str, line: int) -> Parsed:
    name = ""
    if match := _NAME.match(chunk):
        name = shown(match[1])
        chunk = chunk[match.end() :]
    form = TextFormat.MOODLE
    if match := _FORMAT.match(chunk):
        form = TextFormat(match[1].lower())
        chunk = chunk[match.end() :]
    as_written = form in {TextFormat.MARKDOWN, TextFormat.HTML}
    opening, closing = chunk.find("{"), chunk.rfind("}")
    if opening < 0 and closing < 0:
        return Description(shown(chunk, as_written=as_written), name=name, format=form)
    if opening < 0 or closing < opening:
        raise Refusal(Code.MALFORMED, what="gift", line=line, reason="a brace is missing")
    before, body, after = chunk[:opening], chunk[opening + 1 : closing], chunk[closing + 1 :]
    if "{" in body or "}" in body:
        raise Refusal(Code.MALFORMED, what="gift", line=line, reason="a second answer block")
    text = before.rstrip() + (f" {BLANK} {after.lstrip()}" if after.strip() else "")
    text = shown(text, as_written=as_written)
    if not text:
        raise Refusal(Code.MALFORMED, what="gift", line=line, reason="no question text")
    body, _, general = body.partition("####")
    feedback = shown(general, as_written=as_written)
    if not body.strip():
        return Essay(text, name=name, feedback=feedback, format=form)
    try:
        question = read_answers(body, text, lambda part: shown(_FORMAT.sub("", part), as_written=as_written))
    except ValueError as problem:
        reason, *thing = (str(part) for part in problem.args)
        said = {"reason": reason, "thing": " ".join(thing)}
        raise Refusal(Code.MALFORMED, what="gift", line=line, **said) from problem
    return question(name=name, feedback=feedback, format=form)
