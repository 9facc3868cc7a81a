"""The language of the words: Indonesian as the code has it, English from the catalogue, changed at once."""

import gettext
from pathlib import Path

LANGUAGES = ("id", "en")
SEVERAL = 2
"""The number for a word that names many things where no number stands, such as a tab: "Learners"."""
_CATALOGUES = Path(__file__).resolve().parents[1] / "resources" / "i18n"
_state: dict[str, object] = {"language": "id", "catalogue": None}


def use(language: str) -> None:
    """Speak `id` or `en` from now on; a missing catalogue leaves Indonesian.

    Raises ValueError for any other language.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no such language: {language}")
    catalogue = None
    if language != "id":
        try:
            catalogue = gettext.translation("suluh", str(_CATALOGUES), [language])
        except FileNotFoundError:
            language = "id"
    _state["language"], _state["catalogue"] = language, catalogue


def language() -> str:
    """The language in use: `id` or `en`."""
    return str(_state["language"])


def tr(text: str) -> str:
    """The words of `text` in the language in use."""
    catalogue = _state["catalogue"]
    return catalogue.gettext(text) if isinstance(catalogue, gettext.NullTranslations) else text


def trn(text: str, number: int) -> str:
    """The same for words beside a number: Indonesian has one form, English two."""
    catalogue = _state["catalogue"]
    return catalogue.ngettext(text, text, number) if isinstance(catalogue, gettext.NullTranslations) else text
