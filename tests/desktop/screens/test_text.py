"""Words that somebody else typed stand on the glass as the words they are, also in a tool tip."""

import pytest
from PySide6.QtGui import Qt, QTextDocument

from desktop.screens.text import Elided, tip

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
