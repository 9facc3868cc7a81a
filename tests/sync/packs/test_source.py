"""A course folder: what makes a pack, and what an author is told when it does not."""

from dataclasses import replace

import pytest

from sync.packs.assignment import assignment_document, assignment_of
from sync.packs.names import is_object_path
from sync.packs.outline import ActivityKind, Completion, course_document, course_of, version_number
from sync.packs.source import read_source
from sync.refusal import Code, Refusal
from tests.builders.packs import write_course


def told(folder):
    with pytest.raises(Refusal) as refusal:
        read_source(folder)
    assert refusal.value.code in {Code.SOURCE, Code.MALFORMED}
    return str(refusal.value)


def test_a_course_folder_becomes_an_outline_with_all_its_files(tmp_path):
    source = read_source(write_course(tmp_path))
    course = source.course
    assert (course.jp, course.mandatory, len(course.modules), course.minutes) == (200, True, 2, 15)
    kinds = [activity.kind for _, activity in course.activities()]
    assert kinds == [ActivityKind.PAGE, ActivityKind.VIDEO, ActivityKind.PDF, ActivityKind.QUIZ]
    quiz = course.modules[1].activities[1]
    assert (quiz.quiz.questions, quiz.quiz.attempts, quiz.completion) == (3, 2, Completion.PASSED)
    assert [file.path for file in source.files] == [
        "lembar.pdf",
        "m1/dua.md",
        "m1/film.webm",
        "m1/lemari.svg",
        "m1/satu.md",
        "m2/kuis.soal",
    ]
    assert [file.path for file in source.files if file.printed] == ["lembar.pdf"]
    assert [file.path for file in source.files if file.sealed] == ["m2/kuis.soal"]


def test_an_outline_survives_the_manifest(tmp_path):
    course = read_source(write_course(tmp_path)).course
    assert course_of(course_document(course)) == course


def test_activities_are_found_by_the_name_statements_use(tmp_path):
    course = read_source(write_course(tmp_path)).course
    module, activity = course.find("keamanan-loket/m2/kuis")
    assert course.key(module, activity) == "keamanan-loket/m2/kuis"
    assert course.find("keamanan-loket/m2/lain") is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('version = "1.0"', 'version = "satu"', "version"),
        ("jp = 2", "jp = 0", "jp"),
        ('id = "keamanan-loket"', 'id = "Keamanan Loket"', "id"),
        ('kind = "video"', 'kind = "web"', "web"),
        ('source = "m1/film.webm"', 'source = "m1/tidak-ada.webm"', "not there"),
        ('source = "m1/film.webm"', 'source = "../film.webm"', "not a name"),
        ('source = "m1/film.webm"', 'source = "m1/satu.md"', "not a file for this kind"),
        ('id = "film"', 'id = "baca"', "same id"),
        ("pass_mark = 70", "pass_mark = 170", "pass_mark"),
        ("attempts = 2", "attempts = -1", "attempts"),
        ("minutes = 5", "minutes = 0", "minutes"),
        ('completion = "optional"', 'completion = "someday"', "someday"),
        ('title = "Film"', 'title = ""', "title"),
        ("[[module]]", "[[modul]]", "module"),
    ],
)
def test_a_slip_in_the_course_file_is_named(tmp_path, old, new, said):
    folder = write_course(tmp_path)
    text = (folder / "course.toml").read_text("utf-8")
    assert old in text
    (folder / "course.toml").write_text(text.replace(old, new), "utf-8")
    assert said in told(folder)


def test_a_picture_without_a_description_cannot_be_published(tmp_path):
    folder = write_course(tmp_path, page="\n![](lemari.svg)\n")
    assert "without a description" in told(folder)


@pytest.mark.parametrize(
    "target", ["../../rahasia.png", "https://contoh.id/x.png", "/etc/passwd.png", "hilang.svg"]
)
def test_a_page_cannot_show_what_lies_outside_the_course(tmp_path, target):
    folder = write_course(tmp_path, page=f"\n![Gambar]({target})\n")
    assert told(folder)


def test_a_link_in_the_folder_is_not_followed(tmp_path):
    folder = write_course(tmp_path / "naskah")
    (tmp_path / "rahasia.webm").write_bytes(b"x")
    (folder / "m1/film.webm").unlink()
    (folder / "m1/film.webm").symlink_to(tmp_path / "rahasia.webm")
    assert "not there" in told(folder)


def test_an_essay_has_no_place_in_a_quiz_of_a_pack(tmp_path):
    folder = write_course(tmp_path)
    (folder / "m2/kuis.gift").write_text("Tulis pendapat Anda. {}\n", "utf-8")
    assert "no computer can mark" in told(folder)


def test_a_folder_without_a_course_file_is_none(tmp_path):
    assert "course.toml" in told(tmp_path)


def test_versions_rise_as_people_count():
    assert version_number("1.2") == 1_002_000
    assert version_number("1.10") > version_number("1.9.9")
    for wrong in ("", "0", "1.", "a", "1.2.3.4", "1000000", "-1", "１"):
        with pytest.raises(ValueError, match=r".*"):
            version_number(wrong)


@pytest.mark.parametrize(
    "path",
    [
        "../x.md", "/x.md", "a//b.md", "a/./b.md", "A.md", "a b.md", "con.md", "m1/aux.svg", "lpt1.png", "x.exe", "x.lnk",
        "x.html", "x", ".x.md", "x.md.", "é.md", "a\\b.md", "x.md\0", "a/" * 7 + "x.md", "a" * 200 + ".md", "x..md", "x.py", "c:x.md",
    ],
)  # fmt: skip
def test_names_that_are_tricks_are_no_names(path):
    assert not is_object_path(path)


TASK = """
[[module.activity]]
id = "rencana"
title = "Rencana loket"
kind = "tugas"
source = "m2/rencana.md"
minutes = 60
deadline = 2027-03-31
markers = 2
limit = 15
files = 2
[[module.activity.criterion]]
id = "isi"
title = "Isi"
about = "Masalah disebut dengan data."
points = 60
[[module.activity.criterion]]
id = "langkah"
title = "Langkah"
points = 40
"""


def with_task(folder, task=TASK):
    made = write_course(folder)
    (made / "m2/rencana.md").write_text("# Rencana\n\nTulis rencana tiga puluh hari.\n", "utf-8")
    with (made / "course.toml").open("a", encoding="utf-8") as file:
        file.write(task)
    return made


def test_an_assignment_brings_its_rubric_and_survives_the_manifest(tmp_path):
    course = read_source(with_task(tmp_path)).course
    _, activity = course.find("keamanan-loket/m2/rencana")
    rule = activity.assignment
    assert (activity.kind, activity.completion) == (ActivityKind.ASSIGNMENT, Completion.FINISHED)
    assert (rule.points, rule.deadline, rule.markers, rule.limit, rule.files) == (100, "2027-03-31", 2, 15, 2)
    assert [one.id for one in rule.criteria] == ["isi", "langkah"]
    assert course_of(course_document(course)) == course


def test_an_assignment_may_ask_for_colleagues_and_older_programs_read_the_rest(tmp_path):
    asked = TASK.replace("files = 2", "files = 2\npeers = 3")
    course = read_source(with_task(tmp_path, asked)).course
    rule = course.find("keamanan-loket/m2/rencana")[1].assignment
    assert rule.peers == 3
    assert course_of(course_document(course)) == course
    without = {name: value for name, value in assignment_document(rule).items() if name != "peers"}
    assert assignment_of(without) == replace(rule, peers=0)
    assert "peers" not in assignment_document(replace(rule, peers=0)), "a pack without them is what it was"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("files = 2", "files = 2\npeers = 6"),
        ("files = 2", "files = 2\npeers = -1"),
        ("files = 2", 'files = 2\npeers = "dua"'),
        ("points = 40", "points = 0"),
        ('id = "langkah"', 'id = "isi"'),
        ("markers = 2", "markers = 3"),
        ("limit = 15", "limit = 101"),
        ("2027-03-31", '"besok"'),
        ("files = 2", "files = 11"),
        ("points = 40", 'points = "banyak"'),
        ("markers = 2", 'markers = 2\ncompletion = "passed"'),
        ("[[module.activity.criterion]]", "[[module.activity.lain]]"),
    ],
)
def test_a_rubric_that_cannot_be_marked_by_is_refused(tmp_path, old, new):
    told(with_task(tmp_path, TASK.replace(old, new)))
