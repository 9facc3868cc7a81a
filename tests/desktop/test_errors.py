"""Every error is worded on this PC, and the same bug has the same code."""

import pytest

from desktop import errors
from desktop.errors import explain, word_refusal
from sync.refusal import Code, Refusal


@pytest.mark.parametrize("code", list(Code))
def test_every_refusal_has_words_that_say_what_happened_and_what_to_do(code):
    problem = word_refusal(code, {})
    assert problem.known, f"{code} is not worded"
    assert problem.title.endswith(".")
    assert problem.advice.endswith(".")
    assert code.sentence not in problem.title + problem.advice
    assert code.wire in problem.details


def test_a_code_nobody_worded_would_be_noticed(monkeypatch):
    words = dict(errors._WORDS)
    del words[Code.STALE]
    monkeypatch.setattr(errors, "_WORDS", words)
    assert not word_refusal(Code.STALE, {}).known


def test_values_stand_in_the_words():
    assert explain(Refusal(Code.STALE, version="1.1")).title == "Versi 1.1 sudah terpasang dan lebih baru."
    assert "m1/film.webm" in explain(Refusal(Code.OBJECT, path="m1/film.webm")).title
    assert explain(Refusal(Code.REVOKED, since="3 November 2026")).title.endswith("sejak 3 November 2026.")


def _bug():
    raise KeyError("nama rahasia")


def test_two_reports_of_one_bug_carry_one_code_and_no_value_of_anybody():
    found = []
    for _ in range(2):
        try:
            _bug()
        except KeyError as error:
            found.append(explain(error))
    assert found[0].title == found[1].title
    assert "rahasia" not in found[0].title
