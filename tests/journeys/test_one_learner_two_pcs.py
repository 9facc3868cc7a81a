"""One learner at two PCs that never meet: the union of both, on both, and nobody is asked which copy to keep."""

import pytest

from desktop.demo.people import COORDINATOR, LEARNERS
from desktop.errors import Problem
from desktop.people.vouching import vouch, waiting_keys
from sync.folds.cohort import CohortState
from tests.builders.road import (
    JP,
    QUIZ,
    READ,
    RIGHT,
    WATCH,
    Pc,
    desk_row,
    jp_of,
    read_all,
    sent,
    take_quiz,
)

MARIA = LEARNERS[5]


@pytest.fixture
def office(town):
    return town.office((COORDINATOR, MARIA))


@pytest.fixture
def two(town, office, tmp_path, cheap_pins):
    """The PC in the office and the one at the puskesmas, both with the course."""
    pack = town.pack()
    pcs = [Pc(tmp_path / name, name, office) for name in ("PC Kantor", "PC Puskesmas")]
    for pc in pcs:
        pc.install(pack)
    return pcs


def vouched_by(coordinator, url):
    """The coordinator says whose keys they are, as often as somebody waits."""
    sent(coordinator, url)
    for waiting in waiting_keys(coordinator):
        vouch(coordinator, waiting, waiting.person)
    sent(coordinator, url)


def test_what_was_done_at_both_is_done_at_both_and_counts_once(town, office, two, tmp_path):
    here, there = two
    maria_here, maria_there = here.sit(MARIA), there.sit(MARIA, code=False)
    at_here, at_there = here.learning(maria_here), there.learning(maria_there)

    # In the office: half of the pages, and an attempt that fails. At the puskesmas: everything, two attempts.
    at_here.page_read(READ, 1, 60)
    assert take_quiz(at_here, wrong=2) == 3333
    read_all(at_there)
    assert take_quiz(at_there, wrong=1) == 6666
    assert take_quiz(at_there) == 10_000
    assert (jp_of(maria_here), jp_of(maria_there)) == (0, JP)

    yohana = Pc(tmp_path / "meja", "PC Sekretariat", office).sit(COORDINATOR)
    sent(maria_here, town.url)
    sent(maria_there, town.url)
    assert town.row(office, MARIA)["jp"] == 0, "the second PC's key is nobody's yet"
    vouched_by(yohana, town.url)
    for maria in (maria_there, maria_here, maria_there):
        sent(maria, town.url)

    one, other = maria_here.standing(), maria_there.standing()
    assert one.state_hash == other.state_hash
    assert one.pages[READ] == other.pages[READ] == {1, 2}
    assert set(one.activities) == {READ, WATCH, QUIZ}
    # Three attempts against a limit of two: all are kept, and the best one holds on both.
    for standing in (one, other):
        quiz = standing.quizzes[QUIZ]
        assert (quiz.attempts, quiz.best.score, quiz.passed) == (3, 10_000, True)
        assert sorted(result.score for result in quiz.results) == [3333, 6666, 10_000]
        assert (quiz.limit, quiz.surplus) == (2, 1), "the desk says: 3 percobaan, batas 2"
    for learning in (at_here, at_there):
        body = learning.quizzing.body(QUIZ)
        assert (body.used, body.attempts, body.best) == (3, 2, 10_000)
        with pytest.raises(Problem, match="Percobaan untuk kuis ini sudah habis"):
            learning.quizzing.start(QUIZ)

    sent(yohana, town.url)
    row = desk_row(yohana, MARIA)
    assert jp_of(maria_here) == jp_of(maria_there) == row.jp == town.row(office, MARIA)["jp"] == JP
    assert (row.state, row.modules_done) == (CohortState.SELESAI, 2)


def test_finishing_on_both_gives_the_hours_once(town, office, two, tmp_path):
    profiles = []
    for pc, code in zip(two, (True, False), strict=True):
        maria = pc.sit(MARIA, code=code)
        learning = pc.learning(maria)
        read_all(learning)
        take_quiz(learning)
        assert jp_of(maria) == JP
        profiles.append(maria)
    yohana = Pc(tmp_path / "meja", "PC Sekretariat", office).sit(COORDINATOR)
    for maria in reversed(profiles):
        sent(maria, town.url)
    vouched_by(yohana, town.url)
    for maria in (*profiles, *profiles):
        sent(maria, town.url)
    here, there = profiles
    assert here.standing().state_hash == there.standing().state_hash
    assert jp_of(here) == jp_of(there) == desk_row(yohana, MARIA).jp == town.row(office, MARIA)["jp"] == JP


def test_an_attempt_open_at_one_pc_is_not_gone_on_with_at_the_other(town, office, two, tmp_path):
    here, there = two
    maria_here, maria_there = here.sit(MARIA), there.sit(MARIA, code=False)
    at_here, at_there = here.learning(maria_here), there.learning(maria_there)
    begun = at_here.quizzing.start(QUIZ)
    at_here.quizzing.answer(QUIZ, begun.number, 0, RIGHT[0], 5)
    yohana = Pc(tmp_path / "meja", "PC Sekretariat", office).sit(COORDINATOR)
    sent(maria_here, town.url)
    sent(maria_there, town.url)
    vouched_by(yohana, town.url)
    sent(maria_there, town.url)

    assert at_there.quizzing.body(QUIZ).running is None, "it lies open on the other PC, with its order"
    assert at_there.quizzing.body(QUIZ).used == 1
    own = at_there.quizzing.start(QUIZ)
    assert not own.answers
    sent(maria_there, town.url)
    sent(maria_here, town.url)
    going_on = at_here.quizzing.start(QUIZ)
    assert (going_on.number, going_on.answers) == (begun.number, {0: RIGHT[0]})
    assert [one.id for one in going_on.questions] == [one.id for one in begun.questions]
    assert maria_here.standing().quizzes[QUIZ].attempts == 2
