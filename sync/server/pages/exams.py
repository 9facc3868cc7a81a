"""GET and POST /ujian: the exams of an office for who holds a word of access; nobody is named."""

from collections.abc import Mapping
from datetime import date, datetime
from html import escape
from typing import TYPE_CHECKING

from sqlalchemy import select

from sync.folds.exams import Candidate, Exam, Incident, Seat
from sync.score import shown
from sync.server.database import Scope as Narrowed
from sync.server.exam_access import looks_like_word, offices_shown
from sync.server.exam_standings import OfficeExams, office_exams
from sync.server.pages.exams_words import LANGUAGES, WORD, ExamsWords
from sync.server.pages.lookup import Answer, AnswerError, AskingPage, LookupPage
from sync.server.tables import office

if TYPE_CHECKING:
    from sync.server.centre import Centre

PAGE = "/ujian"


def exams_asking() -> AskingPage[ExamsWords]:
    """Return the page that asks for a word."""
    return AskingPage(PAGE, LANGUAGES)


class ExamsRoute(LookupPage[ExamsWords]):
    """Shows what has reached the centre of the exams of those offices, and only those, that a word names."""

    keeps = False

    def __init__(self, centre: "Centre") -> None:
        super().__init__(PAGE, LANGUAGES)
        self._centre = centre

    def fit(self, typed: Mapping[str, str]) -> bool:
        """Whether it could be a word."""
        return looks_like_word(typed[WORD])

    def found(self, words: ExamsWords, typed: Mapping[str, str]) -> str:
        """Look with the eyes of each office's desk, one after another."""
        now = self._centre.clock.wall()
        with self._centre.database.reading() as connection:
            uuids = offices_shown(connection, typed[WORD], now)
            known = select(office.c.id).where(office.c.uuid.in_(uuids)).order_by(office.c.name)
            numbers = connection.execute(known).scalars().all() if uuids else []
        if not numbers:
            raise AnswerError(Answer.CLOSED)
        parts = []
        for number in numbers:
            with self._centre.database.reading(Narrowed(0, number, desk=True)) as connection:
                parts.append(_office(words, office_exams(connection, number, self._centre.keys.letter, now)))
        return "".join(parts)


def _office(words: ExamsWords, one: OfficeExams) -> str:
    asked = [each for exam in one.exams for each in exam.candidates]
    sums = words.sums.format(exams=len(one.exams), asked=len(asked), done=_done(asked), open=_open(asked))
    head = f'<section class="card"><h2>{escape(one.name)}</h2>'
    if not one.exams:
        return f'{head}<p class="hint">{escape(words.none)}</p></section>'
    listed = "".join(_exam(words, one, exam) for exam in one.exams)
    return f'{head}<p>{escape(sums)}</p><p class="hint">{escape(words.nameless)}</p>{listed}</section>'


def _exam(words: ExamsWords, one: OfficeExams, exam: Exam) -> str:
    seats = [each.seat for each in exam.candidates]
    sums = words.exam_sums.format(
        asked=len(seats),
        here=seats.count(Seat.CODE) + seats.count(Seat.HERE),
        codes=seats.count(Seat.CODE),
        absent=seats.count(Seat.ABSENT),
        unsaid=seats.count(Seat.UNKNOWN),
        done=_done(exam.candidates),
        open=_open(exam.candidates),
    )
    course, _, activity = exam.activity.partition("/")
    title = f"{one.titles.get(course, course)}: {activity.rpartition('/')[2]}"
    day = _date(words, date.fromordinal(exam.day))
    said = [day, *([exam.place] if exam.place else [])]
    if exam.sitting > 1:
        said.append(words.sitting.format(n=exam.sitting))
    rows = "".join(_row(words, one, at, each) for at, each in enumerate(exam.candidates, 1))
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in words.columns)
    return (
        f"<h3>{escape(title)}</h3><p>{escape(', '.join(said))}</p><p>{escape(sums)}</p>"
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(title, quote=True)}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
        f"<p><b>{escape(words.incidents)}</b></p>{_incidents(words, one, exam)}"
    )


def _row(words: ExamsWords, one: OfficeExams, at: int, each: Candidate) -> str:
    begun = _clock(words, one, each.begun) if each.begun else ""
    if each.score is not None:
        result = words.score.format(n=_score(words, each.score))
    else:
        result = words.waiting if each.seat in {Seat.CODE, Seat.HERE} else ""
    heard = one.heard.get(each.person)
    fresh = words.no_data if heard is None else _date(words, datetime.fromtimestamp(heard, one.zone).date())
    cells = (str(at), words.seats[each.seat], begun, result, fresh)
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"


def _incidents(words: ExamsWords, one: OfficeExams, exam: Exam) -> str:
    if not exam.incidents:
        return f'<p class="hint">{escape(words.calm)}</p>'
    places = {each.person: at for at, each in enumerate(exam.candidates, 1)}
    lines = "".join(f"<li>{escape(_incident(words, one, places, each))}</li>" for each in exam.incidents)
    return f"<ul>{lines}</ul>"


def _incident(words: ExamsWords, one: OfficeExams, places: Mapping[bytes, int], each: Incident) -> str:
    who = words.candidate.format(n=places[each.person]) if each.person in places else words.room
    at = _clock(words, one, each.at)
    if each.power:
        return words.cut.format(at=at, who=who, minutes=max(1, round(each.gone / 60)))
    return f"{at}, {who}: {each.words}"


def _done(candidates: "tuple[Candidate, ...] | list[Candidate]") -> int:
    return sum(one.score is not None for one in candidates)


def _open(candidates: "tuple[Candidate, ...] | list[Candidate]") -> int:
    """How many were there, as far as anybody said, and have no result yet."""
    return sum(one.score is None and one.seat in {Seat.CODE, Seat.HERE} for one in candidates)


def _score(words: ExamsWords, hundredths: int) -> str:
    return f"{shown(hundredths) / 100:g}".replace(".", "," if words.language == "id" else ".")


def _clock(words: ExamsWords, one: OfficeExams, at: int) -> str:
    return datetime.fromtimestamp(at, one.zone).strftime("%H.%M" if words.language == "id" else "%H:%M")


def _date(words: ExamsWords, day: date) -> str:
    return f"{day.day} {words.months[day.month - 1]} {day.year}"
