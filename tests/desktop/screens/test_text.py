"""Words that somebody else typed stand on the glass as the words they are, also in a tool tip."""

import ast
import re
from pathlib import Path

import pytest
from PySide6.QtGui import Qt, QTextDocument

from desktop.screens.text import Elided, tip

ROOT = Path(__file__).parents[3]
TYPED = (
    '<img src="//10.0.0.9/berbagi/a.png"> Loket',
    "<b>PC</b> <a href='file:///x'>Loket</a> & <i>Arsip</i>",
    "Loket <2> & Arsip",
    "PC Loket\nlantai 2",
)


def shown(words):
    """What Qt makes of a tool tip, as its own label decides."""
    if not Qt.mightBeRichText(words):
        return words
    page = QTextDocument()
    page.setHtml(words)
    assert "\ufffc" not in page.toPlainText()  # a picture: Qt would fetch it from the share
    return page.toPlainText()


@pytest.mark.parametrize("words", TYPED)
def test_a_tool_tip_is_plain_text(qtbot, words):
    assert shown(tip(words)) == words
    line = Elided(words)
    qtbot.addWidget(line)
    line.show()
    line.resize(20, 20)
    assert shown(line.toolTip()) == words


def test_each_role_that_a_screen_names_is_in_the_style_sheet():
    """A role that is not there is no error: the words stand there like any others."""
    styled = set(re.findall(r'QLabel\[t="(\w+)"\]', (ROOT / "resources/style/window.qss").read_text("utf-8")))
    named = {
        (path.name, word.value)
        for path in (ROOT / "desktop").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in {"label", "set_role"}
        for given in call.args[1:2]
        for word in ast.walk(given)
        if isinstance(word, ast.Constant) and isinstance(word.value, str) and not word.value.startswith("_")
    }
    assert len(named) > 100
    assert {(name, role) for name, role in named if role not in styled | {"body"}} == set()
