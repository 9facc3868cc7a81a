"""The rules of the house that a linter does not know."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import LONGEST_FIRST

ROOT = Path(__file__).parents[2]
LIMIT = 400
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc"}
TOP_LEVEL = {"desktop", "sync", "resources", "tests", "pyproject.toml", "README.md", "LICENSE"}


def committed(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


MODULES = committed("desktop/*.py", "sync/*.py", "resources/*.py", "tests/*.py")


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def lines_too_many(path: Path) -> bool:
    return len(path.read_text("utf-8").splitlines()) > LIMIT


def opens_with_its_one_line(text: str) -> bool:
    document = ast.get_docstring(ast.parse(text), clean=False)
    return (
        bool(document)
        and bool(document.splitlines()[0].strip())
        and text.lstrip().startswith(('"""', 'r"""'))
    )


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_is_short_enough_to_read_at_one_sitting(path):
    assert not lines_too_many(path)


@pytest.mark.parametrize("path", [p for p in MODULES if "tests" not in p.relative_to(ROOT).parts], ids=named)
def test_a_module_says_in_its_first_line_what_lives_there(path):
    assert opens_with_its_one_line(path.read_text("utf-8"))


def test_no_room_is_called_by_a_name_that_says_nothing():
    assert [named(p) for p in MODULES if NAMES_THAT_SAY_NOTHING & set(p.with_suffix("").parts)] == []


def refusals_that_name_a_class(text: str) -> list[int]:
    """Lines where a Refusal is given `….__name__`: what a person may read is a word of ours, not Python's."""
    return [
        inner.lineno
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refusal"
        for inner in ast.walk(node)
        if isinstance(inner, ast.Attribute) and inner.attr in {"__name__", "__class__", "__qualname__"}
    ]


def test_no_refusal_names_a_class_of_python():
    sync = [path for path in MODULES if named(path).startswith("sync/")]
    assert {
        named(p): found for p in sync if (found := refusals_that_name_a_class(p.read_text("utf-8")))
    } == {}


def test_a_planted_refusal_that_names_a_class_is_caught():
    assert refusals_that_name_a_class("raise Refusal(Code.MALFORMED, reason=type(fault).__name__)") == [1]


def test_nothing_new_stands_at_the_front_door():
    seen = {
        p.relative_to(ROOT).parts[0] for p in committed() if not p.relative_to(ROOT).parts[0].startswith(".")
    }
    assert seen <= TOP_LEVEL


def test_every_file_that_is_begun_early_is_still_there():
    assert [name for name in LONGEST_FIRST if not (ROOT / "tests" / name).is_file()] == []


def test_no_lock_file_names_a_package_host():
    hosts = re.compile(r"https?://")
    guilty = [
        named(p)
        for p in committed("*.lock", "*lock.json", "pyproject.toml", "*.npmrc")
        if hosts.search(p.read_text())
    ]
    assert guilty == []


def test_a_planted_long_or_silent_module_is_caught(tmp_path):
    long = tmp_path / "long.py"
    long.write_text('"""Too much."""\n' + "x = 1\n" * LIMIT)
    assert lines_too_many(long)
    assert not opens_with_its_one_line("import os\n")
    assert not opens_with_its_one_line('# a remark\n"""Late."""\n')
