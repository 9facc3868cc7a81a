"""GIFT files that others wrote, against what their authors meant (the JSON beside each)."""

import json
import os
import re
from decimal import Decimal
from pathlib import Path

import pytest

from sync.packs.gift import parse_gift
from sync.packs.questions import Essay, Matching, Multiple, Number, ShortText, Single, TrueFalse

REPOSITORY = Path(__file__).parents[3]
SAMPLES = Path(os.environ.get("SULUH_SAMPLES", REPOSITORY.parent / "shared" / "samples")) / "gift"
FILES = sorted(SAMPLES.glob("*.gift")) if SAMPLES.is_dir() else []

pytestmark = pytest.mark.skipif(not FILES, reason="the samples of others are not at hand")


def plain(text):
    return re.sub(r"\s+", " ", text or "").strip()


def weight(choice):
    return (100 if choice["isCorrect"] else 0) if choice["weight"] is None else choice["weight"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_of_others_says_what_its_author_meant(file):
    meant = json.loads(file.with_suffix(".json").read_text("utf-8"))
    found = parse_gift(file.read_text("utf-8"))
    assert len(found) == len(meant)
    for question, wanted in zip(found, meant, strict=True):
        assert plain(question.text) == plain(wanted["stem"]["text"])
        assert question.name == (wanted["title"] or "")
        assert question.format.value == wanted["stem"]["format"]
        compare(question, wanted)


def compare(question, wanted):
    kind = wanted["type"]
    if kind == "MC":
        assert isinstance(question, Single if any(c["isCorrect"] for c in wanted["choices"]) else Multiple)
        for option, choice in zip(question.options, wanted["choices"], strict=True):
            assert plain(option.text) == plain(choice["text"]["text"])
            assert option.weight * 100 == weight(choice)
            assert plain(option.feedback) == plain((choice["feedback"] or {}).get("text"))
    elif kind == "Short":
        assert isinstance(question, ShortText)
        assert [(o.text, o.weight * 100) for o in question.accepted] == [
            (choice["text"]["text"], weight(choice)) for choice in wanted["choices"]
        ]
    elif kind == "TF":
        assert isinstance(question, TrueFalse)
        assert question.truth is wanted["isTrue"]
        remarks = {(wanted[side] or {}).get("text", "") for side in ("trueFeedback", "falseFeedback")}
        assert {question.when_right, question.when_wrong} == remarks
    elif kind == "Matching":
        assert isinstance(question, Matching)
        pairs = [(question.lefts[i], question.rights[right]) for i, right in enumerate(question.key)]
        assert pairs == [(p["subquestion"]["text"], p["subanswer"]) for p in wanted["matchPairs"]]
    elif kind == "Numerical":
        assert isinstance(question, Number)
        choices = wanted["choices"] if isinstance(wanted["choices"], list) else [wanted["choices"]]
        for span, choice in zip(question.spans, choices, strict=True):
            assert (span.low, span.high) == bounds(choice.get("text", choice))
    else:
        assert kind == "Essay"
        assert isinstance(question, Essay)


def bounds(number):
    if number["type"] == "high-low":
        return Decimal(str(number["numberLow"])), Decimal(str(number["numberHigh"]))
    middle, tolerance = Decimal(str(number["number"])), Decimal(str(number.get("range", 0)))
    return middle - tolerance, middle + tolerance
