"""The courses that come with Suluh are whole, cite what they say, and count right."""

import re
import shutil
from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest

from desktop.assessment.answers import right_answer
from desktop.assessment.grade import grade
from sync.packs.outline import ActivityKind
from sync.packs.questions import Matching, Multiple, Number, Ordering, ShortText, Single, TrueFalse
from sync.refusal import Refusal
from tests.courses import numbers
from tests.courses.faults import (
    SECURITY,
    SERVICE,
    drawings,
    faults_of_drawing,
    faults_of_page,
    faults_of_question,
    faults_of_text,
    pages,
    questions,
    quizzes,
    read,
)

BOTH = (SERVICE, SECURITY)
EVERY_KIND = {Single, Multiple, TrueFalse, ShortText, Number, Matching, Ordering}


def name(value):
    return getattr(value, "name", None) or str(value)


@pytest.fixture
def copy(tmp_path):
    """The long course, to be spoilt."""
    return shutil.copytree(SERVICE, tmp_path / "course")


@pytest.mark.parametrize(
    ("folder", "jp", "mandatory"), [(SERVICE, 600, True), (SECURITY, 200, False)], ids=name
)
def test_a_course_is_read_and_its_minutes_are_its_jp(folder, jp, mandatory):
    course = read(folder).course
    assert (course.id, course.jp, course.version, course.mandatory) == (folder.name, jp, "1.0", mandatory)
    assert [module.id for module in course.modules] == [f"m{n}" for n in range(1, len(course.modules) + 1)]
    for module in course.modules:
        asked = [
            one for one in module.activities if one.kind is not ActivityKind.ASSIGNMENT
        ]  # more, who wants
        assert module.minutes == sum(activity.minutes for activity in asked)
    # One JP is 45 minutes of lesson.
    assert sum(module.minutes for module in course.modules) * 100 == jp * 45


def test_the_long_course_is_as_rich_as_it_was_promised():
    kinds = Counter(a.kind for m in read(SERVICE).course.modules for a in m.activities)
    assert len(read(SERVICE).course.modules) >= 5
    assert len(pages(SERVICE)) >= 28
    assert len(drawings(SERVICE)) >= 10
    assert len(questions(SERVICE)) >= 40
    assert set(kinds) == set(ActivityKind)
    assert {type(question) for question in questions(SERVICE)} == EVERY_KIND


def test_the_short_course_is_a_course_too():
    assert len(read(SECURITY).course.modules) == 3
    assert len(pages(SECURITY)) >= 10
    assert len(drawings(SECURITY)) >= 4
    assert len(questions(SECURITY)) >= 14
    assert {type(question) for question in questions(SECURITY)} == EVERY_KIND


@pytest.mark.parametrize(
    "page", [page for folder in BOTH for page in pages(folder)], ids=lambda p: f"{p.parent.name}/{p.stem}"
)
def test_a_page_has_its_parts_its_pictures_and_its_sources(page):
    assert faults_of_page(page) == []


def test_the_handout_names_rules_that_exist():
    assert faults_of_text((SERVICE / "handout.md").read_text("utf-8")) == []


@pytest.mark.parametrize("folder", BOTH, ids=name)
def test_no_file_lies_about_unused(folder):
    packed = {file.origin for file in read(folder).files}
    assert {path for path in folder.rglob("*") if path.is_file()} - packed == {folder / "course.toml"}


@pytest.mark.parametrize("folder", BOTH, ids=name)
def test_every_module_ends_in_a_quiz_of_the_same_rules(folder):
    for module in read(folder).course.modules:
        last = module.activities[-1]
        assert last.kind is ActivityKind.QUIZ
        assert (last.quiz.pass_mark, last.quiz.attempts) == (70, 3)
        assert 6 <= last.quiz.questions <= 10
        assert sum(a.kind is ActivityKind.QUIZ for a in module.activities) == 1


@pytest.mark.parametrize("question", [q for folder in BOTH for q in questions(folder)], ids=name)
def test_a_question_explains_itself_and_its_right_answer_earns_the_whole_mark(question):
    assert faults_of_question(question) == []
    mark = grade(question, right_answer(question))
    assert mark.correct
    assert mark.fraction == 1
    assert question.feedback in mark.feedback


@pytest.mark.parametrize("question", [q for folder in BOTH for q in questions(folder)], ids=name)
def test_ticking_everything_or_nothing_passes_no_question(question):
    if isinstance(question, Multiple):
        assert not grade(question, ",".join(str(n) for n in range(len(question.options)))).correct
    assert not grade(question, "").correct


def test_every_number_is_worked_out_again():
    asked = {q.name: q for folder in BOTH for q in questions(folder) if isinstance(q, Number)}
    assert set(asked) == set(numbers.ANSWERS)
    for title, value in numbers.ANSWERS.items():
        assert value.denominator in {1, 2, 4, 5, 8, 10, 20, 25}, title
        answer = str(Decimal(value.numerator) / Decimal(value.denominator))
        assert grade(asked[title], answer).correct, title
        assert grade(asked[title], answer.replace(".", ",")).correct, title
        assert not grade(asked[title], str(Decimal(answer) + 1)).correct, title


def test_question_names_are_unlike_and_stand_in_their_module():
    for folder in BOTH:
        titles = [q.name for q in questions(folder)]
        assert len(set(titles)) == len(titles)
        for source, quiz in quizzes(folder).items():
            assert {q.name[1] for q in quiz} == {source[1]}


def test_the_index_on_the_page_is_the_index_of_its_table():
    page = (SERVICE / "m4/04-menghitung-ikm.md").read_text("utf-8")
    row = re.search(r"^\| Nilai \|(.+)\|$", page, re.MULTILINE)[1]
    means = [Fraction(cell.strip().replace(",", ".")) for cell in row.split("|")]
    assert tuple(means) == numbers.MEANS
    total = sum(means)
    for value in (total, numbers.index(total)):
        assert f"**{numbers.shown(value)}**" in page
    assert f"**{numbers.shown(total / 9, 3)}**" in page
    assert numbers.shown(total * Fraction("0.11") * 25) in page
    assert numbers.grade_of(numbers.index(total)) == "B"
    for place in ("handout.md", "m4/05-transkrip-menghitung-ikm.md", "m4/skala-ikm.svg"):
        assert numbers.shown(numbers.index(total)) in (SERVICE / place).read_text("utf-8")


def test_the_second_survey_is_counted_right():
    page = (SERVICE / "m4/05-transkrip-menghitung-ikm.md").read_text("utf-8")
    total = sum(numbers.MEANS) + (Fraction("3.25") - Fraction("2.80")) + (Fraction("3.00") - Fraction("3.10"))
    assert f"**{numbers.shown(total)}**" in page
    assert f"**{numbers.shown(numbers.index(total))}**" in page


def test_the_quality_bands_of_question_and_page_agree():
    (matching,) = [q for q in questions(SERVICE) if q.name == "M4-09 Mutu pelayanan"]
    for left, place in zip(matching.lefts, matching.key, strict=True):
        assert matching.rights[place][0] == numbers.grade_of(Fraction(left.replace(",", ".")))


def test_the_sample_table_follows_its_formula():
    page = (SERVICE / "m4/03-survei-sembilan-unsur.md").read_text("utf-8")
    rows = re.findall(r"^\| ([\d.]+) \| (\d+) \|$", page, re.MULTILINE)
    assert len(rows) == 5
    for population, sample in rows:
        n = int(population.replace(".", ""))
        # Krejcie and Morgan: chi-square 3.841, P = Q = 0.5, d = 0.05.
        wanted = 3.841 * n * 0.25 / (0.05**2 * (n - 1) + 3.841 * 0.25)
        assert abs(wanted - int(sample)) <= 0.6


def test_minutes_in_the_waiting_table_are_clock_times_apart():
    page = (SERVICE / "m3/07-mengukur-janji-waktu.md").read_text("utf-8")
    rows = re.findall(
        r"^\| \d \| (\d\d)\.(\d\d) \| (\d\d)\.(\d\d) \| (\d+) \| (Ya|Tidak) \|$", page, re.MULTILINE
    )
    waits = [(int(c) * 60 + int(d)) - (int(a) * 60 + int(b)) for a, b, c, d, *_ in rows]
    assert waits == [int(row[4]) for row in rows]
    assert [wait <= 60 for wait in waits] == [row[5] == "Ya" for row in rows]
    kept = sum(wait <= 60 for wait in waits)
    assert f"**{numbers.shown(numbers.on_time(kept, len(waits)), 0)} persen**" in page
    assert f"**{sum(waits) // len(waits)} menit**" in page


def test_the_media_are_what_they_say_and_small():
    media = {
        path: path.read_bytes() for path in SERVICE.rglob("*") if path.suffix in {".webm", ".mp4", ".ogg"}
    }
    assert {path.suffix for path in media} == {".webm", ".mp4", ".ogg"}
    for path, data in media.items():
        begin = {
            ".webm": data[:4] == b"\x1aE\xdf\xa3",
            ".mp4": data[4:8] == b"ftyp",
            ".ogg": data[:4] == b"OggS",
        }
        assert begin[path.suffix]
        assert len(data) < 700_000
    assert sum(map(len, media.values())) < 2_000_000
    for module in read(SERVICE).course.modules:
        for activity in module.activities:
            if activity.kind in {ActivityKind.VIDEO, ActivityKind.AUDIO}:
                assert (SERVICE / activity.transcript).is_file()


@pytest.mark.parametrize("drawing", [d for folder in BOTH for d in drawings(folder)], ids=lambda p: p.stem)
def test_a_drawing_keeps_to_what_qt_paints(drawing):
    assert faults_of_drawing(drawing) == []


def test_planted_faults_are_seen(copy):
    page = copy / "m1/03-dua-belas-asas.md"
    good = page.read_text("utf-8")
    for old, new, fault in (
        ("## Sumber", "## Bacaan", "cites no source"),
        ("UU 25/2009, Pasal 4", "UU 25/2008, Pasal 4", "unknown rule UU 25/2008"),
        ("kembalilah", "silahkan kembali", "misspelt: silahkan"),
        ("Anda ragu", "anda ragu", "small anda"),
        ("(dua-belas-asas.svg)", "(tiga-asas.svg)", "no picture tiga-asas.svg"),
        ("## Coba di kantor Anda", "## Latihan", "nothing of: ## Coba di kantor Anda"),
    ):
        page.write_text(good.replace(old, new), "utf-8")
        found = faults_of_page(page) if fault.startswith("no picture") is False else None
        if found is None:
            with pytest.raises(Refusal):
                read(copy)
        else:
            assert fault in found
    page.write_text(good, "utf-8")
    assert faults_of_page(page) == []


def test_a_question_without_its_reason_or_with_a_broken_brace_is_seen(copy):
    quiz = copy / "m1/kuis.gift"
    good = quiz.read_text("utf-8")
    quiz.write_text(re.sub(r"\n####[^}]*", "\n", good, count=1), "utf-8")
    assert "no feedback" in faults_of_question(quizzes(copy)["m1/kuis.gift"][0])
    quiz.write_text(good.replace("}", "", 1), "utf-8")
    with pytest.raises(Refusal):
        read(copy)
