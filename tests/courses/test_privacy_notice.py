"""The privacy notice: every version lies there in both languages, and none was changed after it was given out."""

import hashlib
import json
import re
from dataclasses import replace
from datetime import date

import pytest

from desktop import language
from desktop.people.privacy_notice import FOLDER, newest_notice
from sync.retention import Place, Term, shipped_schedule
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


LENGTH = re.compile(r"(\d+) (hari|tahun|days|years?)\b")
PART = {"id": "## Berapa lama", "en": "## How long"}


def lengths_told(text, lang):
    """Days of every length in the part of a notice that says how long, in the order it says them."""
    part = text.partition(PART[lang])[2].partition("\n## ")[0]
    return [int(count) * (365 if unit[0] in "ty" else 1) for count, unit in LENGTH.findall(part)]


def lengths_kept(schedule):
    """Days of the schedule's lengths that concern whoever reads a notice."""
    sealed = {Term.SEALED, Term.HUB}  # copies of what the centre has, or sent, that nobody there can open
    told = [term for term in Term if term not in sealed]
    days = [schedule.kept(term.value).days for term in told]
    return sorted([*days, schedule.notice_days])


@pytest.mark.parametrize("lang", PARTS)
def test_every_length_in_the_notice_is_that_of_the_schedule_in_the_app(lang):
    language.use(lang)
    try:
        text = newest_notice().text
    finally:
        language.use("id")
    assert sorted(lengths_told(text, lang)) == lengths_kept(shipped_schedule())
    # The planted fault: a schedule that keeps twice as long as people were told.
    longer = [replace(one, days=one.days * 2) if one.days else one for one in shipped_schedule().kinds]
    assert sorted(lengths_told(text, lang)) != lengths_kept(replace(shipped_schedule(), kinds=tuple(longer)))


def test_the_first_notice_named_no_length_that_a_schedule_would_have_to_keep():
    first = (FOLDER / "1.id.md").read_text("utf-8")
    assert lengths_told(first, "id") == [shipped_schedule().kept(Term.FAREWELL.value).days]


def test_what_stays_without_a_term_is_named_in_the_notice_too():
    kept = {one.id for one in shipped_schedule().kinds if one.days is None and one.place is Place.CENTRE}
    assert kept == {"work", "trail", "certificate", "log"}
    text = newest_notice().text
    for words in ("selama Anda di daftar kantor", "nomor sertifikat"):
        assert words in text
