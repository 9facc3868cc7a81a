"""One invented person as the desk sees them: an attempt counted without a voided question, one still open."""

from datetime import date
from zoneinfo import ZoneInfo

from desktop.office.contacts import Contact, Way
from desktop.office.person import Attempt, PersonFile, Quiz, Seen
from desktop.office.report import DeskRow
from desktop.screens.cohort_model import Days
from desktop.screens.person_sheet import PersonActions
from sync.folds.cohort import CohortRow, CohortState
from sync.folds.jp import JpEntry, JpYear
from sync.folds.order import Moment
from sync.folds.quiz import Answer, QuizStanding

NOW = 1_795_665_600
WHEN = Moment(NOW, 1, 1)
RAHEL = DeskRow(
    CohortRow(
        b"r" * 16, "Rahel Marpaung", "1001", "Distrik Waropen", "learner", CohortState.SEDANG_BERJALAN,
        800, 600, 5, 8, 7270, NOW - 86_400, NOW, (b"p" * 16,),
    ),
    "198609262015051001",
)  # fmt: skip
TITLES = {
    "keamanan": "Keamanan informasi di loket",
    "keamanan/m2/kuis": "Kuis akhir keamanan informasi di loket",
}


def _given(*said: tuple[int, str, int]) -> dict[int, Answer]:
    return {question: Answer(words, seconds, WHEN) for question, words, seconds in said}


WORDS = _given(
    (0, "Benar", 9),
    (1, "lemari terkunci", 14),
    (
        3,
        "Memberikan salinan, lalu melapor kepada atasan pada hari kerja berikutnya; menulis berita acara",
        71,
    ),
    (8, "Menteri PANRB", 31),
    (9, "", 1),
)
QUIZ = Quiz(
    QuizStanding("keamanan/m2/kuis", (), (), 3, 2),
    (
        Attempt(1, 5830, False, NOW - 9 * 86_400, "PC Loket 1", WORDS, 1, "1.0", (8,), worded=True),
        Attempt(2, 7270, True, NOW - 2 * 86_400, "PC Loket 1", WORDS, 0, "1.0", (8,), worded=True),
        Attempt(
            3, None, False, NOW - 86_400, "PC Puskesmas Urfas", _given((0, "1", 9), (1, "2", 6)), 0, "1.1"
        ),
    ),
)
FILE = PersonFile(
    RAHEL.row.person,
    JpYear(2026, 600, 200),
    (JpEntry("keamanan", 2026, 600, NOW - 2 * 86_400, recognised=True),),
    (),
    (QUIZ,),
    (Seen("PC Loket 1", NOW - 2 * 86_400), Seen("PC Puskesmas Urfas", NOW - 86_400)),
    (
        Contact(
            RAHEL.row.person, date(2026, 11, 20), Way.PHONE, "Menunggu tugas luar", b"", NOW, at_centre=True
        ),
    ),
    NOW - 86_400,
    214,
    202,
)


def actions(jobs) -> PersonActions:
    """The desk that knows this person alone."""
    days = Days(ZoneInfo("Asia/Jayapura"), 2026, NOW)
    return PersonActions(lambda _person: FILE, lambda key: TITLES.get(key, key), lambda: days, jobs)
