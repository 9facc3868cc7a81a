"""Every sentence about a roster has its English: the forms stand in the code of `sync`, the words at the desk."""

import ast
from pathlib import Path

from desktop.office import roster_words
from desktop.office.roster_words import remark_words
from sync.roster import changes, lines, sheet
from sync.roster.lines import FAULTS, NIP_MISSING, WARNINGS, Remark
from tests.builders.spoken import ROOT, catalogue
from tests.gallery_roster import FAULTS as FAULTY
from tests.gallery_roster import PEOPLE, TODAY, preview


def forms():
    """Every sentence that a remark is made of."""
    found = {*FAULTS.values(), *WARNINGS.values(), NIP_MISSING, changes.TWIN}
    for module in (changes, lines, sheet):
        for node in ast.walk(ast.parse(Path(module.__file__).read_text("utf-8"))):
            called = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Remark"
            if called and isinstance(node.args[1], ast.Constant):
                found.add(node.args[1].value)
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in {"form", "says"}:
                found |= {one.value for one in ast.walk(node.value) if isinstance(one, ast.Constant)} - {", "}
            if isinstance(node, ast.Yield) and isinstance(node.value, ast.Constant):
                found.add(node.value.value)
    return found


def without_words():
    return forms() - set(roster_words.words())


def test_every_sentence_about_a_roster_is_at_the_desk_and_no_other():
    assert len(forms()) > 30
    assert without_words() == set()
    assert set(roster_words.words()) - forms() == set()


def test_planted_fault_a_sentence_without_words_is_seen(monkeypatch):
    held = dict(roster_words.words())
    held.pop("NIP sama dengan baris {0}.")
    monkeypatch.setattr(roster_words, "words", lambda: held)
    assert without_words() == {"NIP sama dengan baris {0}."}


def test_a_clerk_who_reads_english_reads_what_is_wrong_in_english(monkeypatch):
    english = catalogue(ROOT / "resources/i18n/en.po")
    monkeypatch.setattr(roster_words, "tr", lambda text: english[text][0])
    said = {one.says for one in preview(FAULTY, PEOPLE, TODAY).told}
    assert "Same NIP as row 3." in said
    assert not {one for one in said if "baris" in one or "harus" in one}


def test_every_role_has_its_word_and_it_is_that_of_a_roster():
    assert roster_words.role_names() == lines.ROLE_NAMES


def test_a_sentence_that_the_desk_does_not_know_stands_as_it_is():
    assert remark_words(Remark(3, "Sesuatu yang baru: {0}.", ("x",))) == "Sesuatu yang baru: x."
