"""The table of stories names files and functions that are there."""

import re
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
TABLE = TESTS / "journeys" / "README.md"
NAMED = re.compile(r"`(?:tests/[\w/]*/)?(\w+)…?`|`…(\w+)`")


def named(table):
    """The words of the tables that look like a name of Python: at least one underscore."""
    rows = [line for line in table.splitlines() if line.startswith("|")]
    words = {before or after for row in rows for before, after in NAMED.findall(row)}
    return {word for word in words if "_" in word and word != "SULUH_QUIZ_CUTS"}


def known():
    """Every name of a file or a function below the tests."""
    text = "\n".join(path.read_text("utf-8") for path in TESTS.rglob("*.py"))
    return {path.stem for path in TESTS.rglob("*.py")} | set(re.findall(r"def (\w+)", text))


def strangers(table):
    """The names that belong to nothing; a row may give only the beginning or the end of one."""
    there = known()
    return {
        word for word in named(table) if not any(one.startswith(word) or one.endswith(word) for one in there)
    }


def test_every_name_in_the_table_of_stories_is_a_test():
    table = TABLE.read_text("utf-8")
    assert len(named(table)) > 30
    assert strangers(table) == set()


def test_planted_fault_a_name_that_is_gone_is_seen():
    assert strangers("| 1 | `test_what_nobody_wrote`, `test_forty_two_people` |") == {
        "test_what_nobody_wrote"
    }
