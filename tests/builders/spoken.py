"""Every sentence the code says through `tr` and `trn`, read from the source itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def spoken(root: Path = ROOT / "desktop") -> dict[str, str]:
    """Sentence to the place where it stands. A call of `tr` with anything but a literal is a fault."""
    return _spoken(root, {"tr", "trn"})


def counted(root: Path = ROOT / "desktop") -> dict[str, str]:
    """The sentences beside a number (`trn`) to where they stand."""
    return _spoken(root, {"trn"})


def _spoken(root: Path, ways: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for file in sorted(root.rglob("*.py")):
        for text, line in _calls(ast.parse(file.read_text("utf-8")), ways):
            found.setdefault(text, f"{file.relative_to(ROOT)}:{line}")
    return found


def _calls(tree: ast.AST, ways: set[str]) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ways:
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value, node.lineno
            else:
                yield f"<not a literal: {ast.unparse(node)}>", node.lineno


def catalogue(file: Path) -> dict[str, tuple[str, ...]]:
    """The sentences of a .po file with their translations (two where numbers matter)."""
    entries: dict[str, tuple[str, ...]] = {}
    key, forms, current = "", [], None
    for raw in [*file.read_text("utf-8").splitlines(), 'msgid ""']:
        line = raw.strip()
        if line.startswith("msgid "):
            if key:
                entries[key] = tuple(forms)
            key, forms, current = ast.literal_eval(line[6:]), [], "id"
        elif line.startswith("msgid_plural "):
            current = "plural"
        elif line.startswith("msgstr"):
            forms.append(ast.literal_eval(line.partition(" ")[2]))
            current = "str"
        elif line.startswith('"') and current == "id":
            key += ast.literal_eval(line)
        elif line.startswith('"') and current == "str":
            forms[-1] += ast.literal_eval(line)
    return entries
