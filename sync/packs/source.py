"""Reads a course folder as an author writes it: course.toml, pages, drawings, films, GIFT questions."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sync.packs.assignment import read_rule
from sync.packs.names import is_id, is_object_path, is_pack_id, media_type
from sync.packs.outline import (
    USUAL_COMPLETION,
    Activity,
    ActivityKind,
    Completion,
    Course,
    Module,
    QuizRule,
    version_number,
)
from sync.packs.pages import pictures_of
from sync.packs.quiz_rule import read_quiz_rule
from sync.refusal import Code, Refusal

_EXTENSIONS = {
    ActivityKind.PAGE: {"md"},
    ActivityKind.PDF: {"pdf", "md"},
    ActivityKind.AUDIO: {"mp3", "m4a", "ogg", "opus"},
    ActivityKind.VIDEO: {"mp4", "webm"},
    ActivityKind.IMAGE: {"svg", "png", "jpg", "jpeg", "webp"},
    ActivityKind.QUIZ: {"gift"},
    ActivityKind.ASSIGNMENT: {"md"},
}


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file that goes into the pack under `path`.

    `printed`: Markdown to be made a PDF. `sealed`: questions whose keys are to be sealed.
    """

    path: str
    origin: Path
    printed: bool = False
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class CourseSource:
    """A course folder, read and found complete."""

    course: Course
    files: tuple[SourceFile, ...]


def read_source(folder: Path) -> CourseSource:
    """Read a course folder. Raises Refusal SOURCE with `where` and `reason`."""
    if not (folder / "course.toml").is_file():
        raise _fault("course.toml", "no such file")
    try:
        document = tomllib.loads((folder / "course.toml").read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise _fault("course.toml", "not TOML", str(problem)) from problem
    return _Reader(folder).course(document)


def _fault(where: str, reason: str, thing: str = "") -> Refusal:
    """Say where a source is wrong and why: `reason` is one of a fixed list, `thing` what it speaks of."""
    return Refusal(Code.SOURCE, where=where, reason=reason, thing=thing)


class _Reader:
    """Walks one course.toml and gathers the files it names."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, SourceFile] = {}

    def course(self, document: Mapping[str, Any]) -> CourseSource:
        where = "course.toml"
        version = _text(document, "version", where)
        try:
            version_number(version)
        except ValueError:
            raise _fault(where, "the version is not one to three numbers") from None
        jp = document.get("jp")
        if not isinstance(jp, int | float) or isinstance(jp, bool) or not 0 < jp <= 1000:
            raise _fault(where, "jp is not a number above zero")
        modules = tuple(self._module(m) for m in _tables(document, "module", where))
        course = Course(
            id=_text(document, "id", where),
            title=_text(document, "title", where),
            summary=_text(document, "summary", where),
            jp=round(jp * 100),
            version=version,
            publisher=_text(document, "publisher", where, otherwise=""),
            mandatory=bool(document.get("mandatory", False)),
            modules=modules,
            language=_text(document, "language", where, otherwise="id"),
            change_note=_text(document, "change_note", where, otherwise=""),
            competences=_texts(document, "competences", where),
            prerequisites=_texts(document, "prerequisites", where),
            glyph=_text(document, "glyph", where, otherwise="book"),
        )
        if not is_pack_id(course.id):
            raise _fault(where, "the id is not lower-case letters, digits, dots and hyphens")
        _unlike([m.id for m in modules], where)
        return CourseSource(course, tuple(self.files[path] for path in sorted(self.files)))

    def _module(self, document: Mapping[str, Any]) -> Module:
        where = f"module {document.get('id', '?')}"
        activities = tuple(self._activity(a, where) for a in _tables(document, "activity", where))
        _unlike([a.id for a in activities], where)
        return Module(
            id=_name(document, where),
            title=_text(document, "title", where),
            minutes=_minutes(document, where, otherwise=sum(a.minutes for a in activities)),
            activities=activities,
        )

    def _activity(self, document: Mapping[str, Any], module: str) -> Activity:
        where = f"{module}, activity {document.get('id', '?')}"
        try:
            kind = ActivityKind(document.get("kind"))
            completion = Completion(document.get("completion", USUAL_COMPLETION[kind].value))
        except ValueError:
            said = f"{document.get('kind', '?')}, {document.get('completion', '-')}"
            raise _fault(where, "an unknown kind or completion", said) from None
        if kind is ActivityKind.ASSIGNMENT and completion not in {Completion.FINISHED, Completion.OPTIONAL}:
            raise _fault(where, "an unknown kind or completion", completion.value)
        sources = _texts(document, "pages", where) or (_text(document, "source", where),)
        if len(sources) > 1 and kind is not ActivityKind.PAGE:
            raise _fault(where, "only pages may be several")
        paths = tuple(self._take(source, kind, where) for source in sources)
        extra = {
            key: self._add(_text(document, key, where), where) if key in document else ""
            for key in ("captions", "transcript")
        }
        return Activity(
            id=_name(document, where),
            title=_text(document, "title", where),
            kind=kind,
            minutes=_minutes(document, where, otherwise=1),
            paths=paths,
            completion=completion,
            quiz=self._quiz(document, sources[0], where) if kind is ActivityKind.QUIZ else None,
            captions=extra["captions"],
            transcript=extra["transcript"],
            assignment=read_rule(document, where) if kind is ActivityKind.ASSIGNMENT else None,
        )

    def _take(self, source: str, kind: ActivityKind, where: str) -> str:
        if source.rpartition(".")[2] not in _EXTENSIONS[kind]:
            raise _fault(where, "not a file for this kind", source)
        if kind is ActivityKind.PDF and source.endswith(".md"):
            path = source.removesuffix(".md") + ".pdf"
            origin = self._origin(source, where)
            self._pictures(source, where, packed=False)
            self.files[path] = SourceFile(path, origin, printed=True)
            return path
        if kind is ActivityKind.QUIZ:
            path = source.removesuffix(".gift") + ".soal"
            self.files[path] = SourceFile(path, self._origin(source, where), sealed=True)
            return path
        path = self._add(source, where)
        if kind in {ActivityKind.PAGE, ActivityKind.ASSIGNMENT}:
            self._pictures(source, where, packed=True)
        return path

    def _add(self, path: str, where: str) -> str:
        self.files[path] = SourceFile(path, self._origin(path, where))
        return path

    def _origin(self, path: str, where: str) -> Path:
        if not is_object_path(path):
            raise _fault(where, "not a name a pack may use", path)
        origin = self.folder / path
        if origin.is_symlink() or not origin.is_file():
            raise _fault(where, "not there", path)
        if origin.stat().st_size == 0:
            raise _fault(where, "empty", path)
        return origin

    def _pictures(self, page: str, where: str, *, packed: bool) -> None:
        for path, described in pictures_of(page, self._read(page, where)):
            if not described:
                raise _fault(page, "a picture without a description", path)
            if not (media_type(path) or "").startswith("image/"):
                raise _fault(page, "not a picture", path)
            origin = self._origin(path, page)
            if packed:
                self.files[path] = SourceFile(path, origin)

    def _quiz(self, document: Mapping[str, Any], source: str, where: str) -> QuizRule:
        return read_quiz_rule(document, source, where, self._read(source, where))

    def _read(self, path: str, where: str) -> str:
        try:
            return self._origin(path, where).read_text("utf-8")
        except UnicodeDecodeError:
            raise _fault(path, "not UTF-8 text") from None


def _text(document: Mapping[str, Any], key: str, where: str, otherwise: str | None = None) -> str:
    value = document.get(key, otherwise)
    if not isinstance(value, str) or len(value) > 4000 or (otherwise is None and not value.strip()):
        raise _fault(where, "missing or not text", key)
    return value.strip()


def _texts(document: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = document.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise _fault(where, "not a list of texts", key)
    return tuple(value)


def _tables(document: Mapping[str, Any], key: str, where: str) -> list[Mapping[str, Any]]:
    value = document.get(key)
    if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value):
        raise _fault(where, "none of these", f"[[{key}]]")
    return value


def _name(document: Mapping[str, Any], where: str) -> str:
    name = _text(document, "id", where)
    if not is_id(name):
        raise _fault(where, "the id is not lower-case letters, digits and hyphens")
    return name


def _minutes(document: Mapping[str, Any], where: str, otherwise: int) -> int:
    value = document.get("minutes", otherwise)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= 10_000:
        raise _fault(where, "minutes is not a whole number above zero")
    return value


def _unlike(ids: list[str], where: str) -> None:
    if len(set(ids)) != len(ids):
        raise _fault(where, "two with the same id")
