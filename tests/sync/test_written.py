"""A document written by hand that does not fit is refused in words for whoever wrote it, whichever sort it is."""

import pytest

from sync.jp_table import parse_jp_table
from sync.refusal import Code, Refusal
from sync.retention import parse_schedule

HEAD = b"version = 1\ndated = 2026-11-25\nnotice_days = 30\n"
SORTS = pytest.mark.parametrize(
    ("parse", "rows"), [(parse_jp_table, (b"form", b"target")), (parse_schedule, (b"kind",))]
)


def reason(parse, data):
    with pytest.raises(Refusal) as refusal:
        parse(data)
    assert refusal.value.code is Code.MALFORMED
    return refusal.value.values["reason"]


@SORTS
def test_rows_that_are_no_rows_are_told_in_no_word_of_python(parse, rows):
    for row in (b'["kata"]', b"7", b"[[1]]"):
        data = HEAD + b"".join(name + b" = " + row + b"\n" for name in rows)
        assert reason(parse, data) == "a value of another kind"


@SORTS
def test_what_is_missing_is_named(parse, rows):
    assert reason(parse, b"version = 1\n") == f"missing: {rows[0].decode()}"


@SORTS
def test_no_row_at_all_is_told(parse, rows):
    assert reason(parse, HEAD + b"".join(name + b" = []\n" for name in rows)) == "rows"


@SORTS
def test_what_is_too_large_is_not_read(parse, rows):
    with pytest.raises(Refusal) as refusal:
        parse(HEAD + b"#" * (64 * 1024))
    assert refusal.value.code is Code.TOO_LARGE
