"""What can be wrong with a course and a machine can see: each check lists the faults it finds, in words."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

from sync.packs.gift import parse_gift
from sync.packs.outline import ActivityKind
from sync.packs.pages import beside, markdown
from sync.packs.questions import Question
from sync.packs.source import CourseSource, read_source

COURSES = Path(__file__).parents[2] / "resources" / "courses"
SERVICE = COURSES / "pelayanan-publik-digital"
SECURITY = COURSES / "keamanan-informasi-kantor"

# The rules a page may cite, as number/year. A slip of the pen ("UU 25/2008") is not among them.
RULES = {
    "UU": {
        *("11/2008", "37/2008", "25/2009", "43/2009", "24/2013", "28/2014", "8/2016", "19/2016"),
        *("23/2006", "27/2022", "20/2023", "1/2024"),
    },
    "PP": {"38/2017", "71/2019", "42/2020"},
    "Perpres": {"76/2013", "95/2018", "39/2019", "28/2021", "82/2023"},
    "PermenPANRB": {"15/2014", "14/2017", "16/2017", "62/2018", "91/2021"},
    "Peraturan BSSN": {"4/2021", "1/2024"},
}
OTHER_WORKS = ("d.school", "NIST SP 800-63B", "CISA", "Ombudsman RI", "lapor.go.id")

# Spellings the office knows and the KBBI does not.
MISSPELT = (
    *(
        "silahkan",
        "merubah",
        "dirubah",
        "resiko",
        "praktek",
        "analisa",
        "nomer",
        "ijin",
        "aktifitas",
        "sistim",
    ),
    *("prosentase", "obyek", "kwalitas", "sekedar", "himbau", "hutang", "jaman", "kuatir", "standarisasi"),
    *(
        "mempengaruhi",
        "antrian",
        "kadaluarsa",
        "apotik",
        "efektifitas",
        "pebruari",
        "nopember",
        "diatas",
        "dibawah",
    ),
    *(
        "terlanjur",
        "wifi",
        "dimana",
        "kemana",
        "disini",
        "fotocopy",
        "perlindungan data pribadi",
        "kamu",
        "nggak",
    ),
)
WORDS = (250, 500)
PLAIN_SHAPES = {"svg", "title", "rect", "text", "circle", "polyline", "polygon", "path"}


def read(folder: Path) -> CourseSource:
    """Read a course; our own two, which no test changes, only once."""
    return _read_once(folder) if folder.parent == COURSES else read_source(folder)


@cache
def _read_once(folder: Path) -> CourseSource:
    return read_source(folder)


def pages(folder: Path) -> list[Path]:
    course = read(folder).course
    found = [
        folder / path
        for module in course.modules
        for activity in module.activities
        if activity.kind is ActivityKind.PAGE
        for path in activity.paths
    ]
    assert len(set(found)) == len(found)
    return found


def drawings(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.svg"))


def quizzes(folder: Path) -> dict[str, tuple[Question, ...]]:
    """The questions of each quiz, by the path of its file."""
    return {
        (file := activity.source.replace(".soal", ".gift")): parse_gift((folder / file).read_text("utf-8"))
        for module in read(folder).course.modules
        for activity in module.activities
        if activity.kind is ActivityKind.QUIZ
    }


def questions(folder: Path) -> list[Question]:
    return [question for quiz in quizzes(folder).values() for question in quiz]


def sources_of(text: str) -> str:
    """What stands under the last heading, if that heading is "Sumber"."""
    head, found, tail = text.rpartition("\n## ")
    return tail.removeprefix("Sumber\n") if head and found and tail.startswith("Sumber\n") else ""


def cited(text: str) -> Iterator[tuple[str, str]]:
    for match in re.finditer(r"\b(UU|PP|Perpres|PermenPANRB|Peraturan BSSN) (\d+/\d{4})", text):
        yield match[1], match[2]


def faults_of_text(text: str) -> list[str]:
    """Wrong rules, words the office misspells, the reader called less than "Anda"."""
    found = [f"unknown rule {kind} {number}" for kind, number in cited(text) if number not in RULES[kind]]
    found += [f"misspelt: {word}" for word in MISSPELT if re.search(rf"\b{word}\b", text, re.IGNORECASE)]
    found += ["small anda"] if re.search(r"\banda\b", text) else []
    found += ["two spaces"] if re.search(r"\S  +\S", text) else []
    return found


def faults_of_page(path: Path) -> list[str]:
    text = path.read_text("utf-8")
    found = faults_of_text(text)
    if not text.startswith("# ") or text.count("\n# ") != 0:
        found.append("not one title")
    for part in ("## Coba di kantor Anda", "ontoh"):
        if part not in text:
            found.append(f"nothing of: {part}")
    source = sources_of(text)
    if not any(cited(source)) and not any(work in source for work in OTHER_WORKS):
        found.append("cites no source")
    count = len(re.findall(r"[^\W_]+", text))
    if not WORDS[0] <= count <= WORDS[1] * 1.2:
        found.append(f"{count} words")
    if "|---" not in text and "\n1. " not in text:
        found.append("neither table nor steps")
    return found + _faults_of_links(path, text)


def _faults_of_links(path: Path, text: str) -> list[str]:
    found = []
    for child in (child for token in markdown().parse(text) for child in token.children or []):
        if child.type == "link_open":
            found.append(f"a link leads out: {child.attrGet('href')}")
        if child.type == "image":
            picture = path.parents[1] / beside(f"{path.parent.name}/{path.name}", str(child.attrGet("src")))
            found += [] if picture.is_file() else [f"no picture {picture.name}"]
            found += [] if len(child.content) > 20 else [f"{picture.name} is not described"]
    return found


def faults_of_drawing(path: Path) -> list[str]:
    root = ET.fromstring(path.read_text("utf-8"))
    shapes = {element.tag.rpartition("}")[2] for element in root.iter()}
    found = [f"a shape Qt does not draw: {name}" for name in sorted(shapes - PLAIN_SHAPES)]
    found += ["no title"] if root.find("{http://www.w3.org/2000/svg}title") is None else []
    fonts = {element.get("font-family") for element in root.iter() if element.tag.endswith("text")}
    found += [f"font {font}" for font in fonts - {"Noto Sans"}]
    if not 640 <= int(root.get("width", "0")) <= 720:
        found.append("not as wide as a page")
    return found


def faults_of_question(question: Question) -> list[str]:
    found = faults_of_text(question.text + "\n" + question.feedback)
    if not re.match(r"[MK]\d-\d\d ", question.name):
        found.append("no name")
    if len(question.feedback) < 40 or question.feedback.startswith("Sumber"):
        found.append("no feedback")
    if not any(cited(question.feedback)) and not re.search(
        r"d\.school|CISA|NIST|US-CERT|halaman", question.feedback
    ):
        found.append("the feedback gives no source")
    options = getattr(question, "options", ())
    found += [f"option without a remark: {option.text}" for option in options if not option.feedback]
    return found
