"""F1 has a page for every screen, in both languages, alike in their parts and short enough to read."""

import ast
import re
from pathlib import Path

import pytest

from tests.courses.faults import faults_of_text

ROOT = Path(__file__).parents[2]
HELP = ROOT / "resources" / "help"
GENERAL = "suluh"
PARTS = {
    "id": ("Apa ini", "Bila ada masalah", "Tombol di layar ini"),
    "en": ("What this is", "If something is wrong", "Keys on this screen"),
}
# Screens of the road, whether or not they are wired to a page of their own yet.
SCREENS = {
    *(
        "siapkan-komputer",
        "masuk",
        "kunci",
        "beranda",
        "belajar",
        "pasang-paket",
        "isi_modul",
        "baca",
        "pdf",
        "putar",
    ),
    *(
        "kuis",
        "kantor-peserta",
        "kantor-akun",
        "kantor-daftar",
        "kantor-komputer",
        "kantor-tindak-lanjut",
        "kantor-laporan",
        "kantor-pelatihan",
        "catat-pelatihan",
        "lembar-sesi",
        "setelan",
        "tentang-data",
    ),
}


def asked_for():
    """The names that screens give for their help, read from their source."""
    names = set()
    for file in (ROOT / "desktop" / "screens").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name == "help_page":
                names |= {
                    constant.value
                    for back in ast.walk(node)
                    if isinstance(back, ast.Return)
                    for constant in ast.walk(back)
                    if isinstance(constant, ast.Constant) and isinstance(constant.value, str)
                }
    return names


def pages(language):
    return {file.stem: file.read_text("utf-8") for file in (HELP / language).glob("*.md")}


@pytest.mark.parametrize("language", PARTS)
def test_every_screen_has_its_page(language):
    assert asked_for() | SCREENS <= set(pages(language))


def test_both_languages_have_the_same_pages():
    assert set(pages("id")) == set(pages("en"))


@pytest.mark.parametrize(
    ("language", "name"), [(lang, name) for lang in PARTS for name in sorted(pages(lang))]
)
def test_a_page_is_short_and_has_its_parts(language, name):
    text = pages(language)[name]
    assert re.match(r"# \S", text)
    assert len(re.findall(r"[^\W_]+", text)) <= 260
    if name != GENERAL:
        assert len(re.findall(r"[^\W_]+", text)) >= 120
        assert [part for part in PARTS[language] if f"\n## {part}\n" not in text] == []
    if language == "id":
        assert faults_of_text(re.sub(r"^ +", "", text, flags=re.MULTILINE)) == []
