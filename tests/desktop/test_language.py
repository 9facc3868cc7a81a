"""Every sentence has its English, and no translation loses a value."""

import re

from desktop import language
from tests.builders.spoken import ROOT, catalogue, spoken

HOLES = re.compile(r"{(\w+)")


def test_every_sentence_of_the_code_has_its_english():
    english = catalogue(ROOT / "resources/i18n/en.po")
    missing = {text: place for text, place in spoken().items() if not all(english.get(text, ("",)))}
    assert not missing


def test_every_translation_keeps_the_values_of_its_sentence():
    english = catalogue(ROOT / "resources/i18n/en.po")
    wrong = {
        text: forms
        for text, forms in english.items()
        for form in forms
        if set(HOLES.findall(text)) != set(HOLES.findall(form))
    }
    assert not wrong


def test_the_catalogue_holds_nothing_the_code_no_longer_says():
    english = catalogue(ROOT / "resources/i18n/en.po")
    assert not set(english) - set(spoken())


def test_a_lost_translation_would_be_noticed(tmp_path):
    file = tmp_path / "en.po"
    file.write_text('msgid ""\nmsgstr ""\n\nmsgid "Lanjutkan"\nmsgstr ""\n', "utf-8")
    assert not all(catalogue(file)["Lanjutkan"])


def test_an_unknown_language_is_refused_and_nothing_changes():
    try:
        language.use("jv")
    except ValueError:
        assert language.language() == "id"
    else:
        raise AssertionError
