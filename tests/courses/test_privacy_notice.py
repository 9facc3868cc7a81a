"""The privacy notice: every version lies there in both languages, and none was changed after it was given out."""

import hashlib
import json
import re
from datetime import date

import pytest

from desktop import language
from desktop.people.privacy_notice import FOLDER, newest_notice
from tests.courses.faults import faults_of_text

PARTS = {
    "id": (
        "Apa yang dicatat",
        "Untuk apa, dan atas dasar apa",
        "Siapa yang melihat",
        "Berapa lama",
        "Hak Anda",
    ),
    "en": ("What is recorded", "What for, and on what basis", "Who sees it", "How long", "Your rights"),
}


def changed_after_all(folder):
    """Versions whose text is not the one that people read."""
    return [
        f"{one['version']}.{lang}.md"
        for one in json.loads((folder / "versions.json").read_text("utf-8"))
        for lang, digest in one["sha256"].items()
        if hashlib.sha256((folder / f"{one['version']}.{lang}.md").read_bytes()).hexdigest() != digest
    ]


def test_versions_rise_with_their_days_and_have_every_language():
    listed = json.loads((FOLDER / "versions.json").read_text("utf-8"))
    assert [one["version"] for one in listed] == list(range(1, len(listed) + 1))
    days = [date.fromisoformat(one["day"]) for one in listed]
    assert days == sorted(set(days))
    assert all(set(one["sha256"]) == set(PARTS) for one in listed)
    written = {f"{one['version']}.{lang}.md" for one in listed for lang in PARTS}
    assert {file.name for file in FOLDER.glob("*.md")} == written


def test_what_people_have_read_is_never_changed_a_new_text_is_a_new_version(tmp_path):
    assert changed_after_all(FOLDER) == []
    # The planted fault: a sentence mended in place.
    for file in FOLDER.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    mended = tmp_path / "1.id.md"
    mended.write_text(mended.read_text("utf-8").replace("90 hari", "30 hari"), "utf-8")
    assert changed_after_all(tmp_path) == ["1.id.md"]


@pytest.mark.parametrize("lang", PARTS)
def test_it_has_its_parts_and_is_short_enough_to_be_read(lang):
    language.use(lang)
    try:
        text = newest_notice().text
    finally:
        language.use("id")
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == list(PARTS[lang])
    assert len(re.findall(r"[^\W_]+", text)) <= 500
    if lang == "id":
        assert faults_of_text(text) == []


def test_it_does_not_call_a_duty_of_the_law_a_consent():
    assert "bukan persetujuan Anda" in newest_notice().text
