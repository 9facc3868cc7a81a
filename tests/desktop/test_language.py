"""Every sentence has its English, and no translation loses a value."""

import re

from desktop import language
from tests.builders.spoken import ROOT, catalogue, counted, spoken

HOLES = re.compile(r"{(\w+)")


def test_every_sentence_of_the_code_has_its_english():
    english = catalogue(ROOT / "resources/i18n/en.po")
    missing = {text: place for text, place in spoken().items() if not all(english.get(text, ("",)))}
    assert not missing


def test_every_sentence_beside_a_number_has_both_its_forms():
    """With one form alone gettext finds none, and English readers would get Indonesian."""
    english = catalogue(ROOT / "resources/i18n/en.po")
    missing = {text: place for text, place in counted().items() if len(english.get(text, ())) != 2}
    assert not missing


def test_one_form_alone_would_be_noticed(tmp_path):
    file = tmp_path / "en.po"
    file.write_text('msgid ""\nmsgstr ""\n\nmsgid "{n} detik"\nmsgstr "{n} seconds"\n', "utf-8")
    assert len(catalogue(file)["{n} detik"]) != 2
    assert "{n} detik" in counted()


def test_a_word_names_one_thing_or_many():
    language.use("en")
    try:
        assert (language.tr("Peserta"), language.trn("Peserta", language.SEVERAL)) == ("Learner", "Learners")
    finally:
        language.use("id")


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
