"""A refusal is a code with values: the same on every road, and unknown codes from a newer centre are no error."""

from __future__ import annotations

from sync.refusal import Code, Refusal


def test_every_code_has_a_name_of_its_own_and_a_sentence():
    assert len({code.wire for code in Code}) == len(Code)
    for code in Code:
        assert code.sentence.endswith(".")
        assert Code.named(code.wire) is code
    assert Code.named("a-code-from-the-future") is None


def test_a_refusal_says_which_thing():
    refused = Refusal(Code.FIELD, kind="page.read", field="page")
    assert refused.values == {"kind": "page.read", "field": "page"}
    assert str(refused).endswith("(field=page, kind=page.read)")
    assert str(Refusal(Code.SIGNATURE)) == Code.SIGNATURE.sentence
