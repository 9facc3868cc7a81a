"""Exams with a proctor: who was asked, who came, what happened; alike on every machine, and nobody slips in."""

from hypothesis import given
from hypothesis import strategies as st

from sync.folds.exams import ATTENDED, NOTED, OPENED, Listed, Seat, Word, exams
from sync.folds.order import Moment
from tests.builders.facts import PC

QUIZ, DAY = "k/m/ujian", 739_000
PEOPLE = [number.to_bytes(16, "big") for number in range(1, 5)]
EXAM = b"e" * 16


def said(kind, seq, **fields):
    return Word(kind, Moment(1000 + seq, 9, seq), b"p" * 16, {"exam": EXAM, **fields})


def opened(*people, seq=1, day=DAY, sitting=1, exam=EXAM):
    names = "\n".join(f"Nama {one[-1]}" for one in people)
    fields = {"exam": exam, "activity": QUIZ, "day": day, "sitting": sitting, "place": "Aula"}
    return said(OPENED, seq, people=b"".join(people), names=names, **fields)


def sits(person, *, day=DAY, sitting=1, fixed=1, losses=(), code=True, score=None):
    """One person takes the quiz; their profile has the id of the person."""
    pc = PC(profile=person, log=500 + person[-1])
    pc.says("quiz.started", 10, activity=QUIZ, attempt=1, version="1", questions=(0, 1))
    pc.says("quiz.ruled", 10, activity=QUIZ, attempt=1, limit=600, fixed=fixed, tries=1)
    if code:
        pc.says("exam.begun", 10, activity=QUIZ, attempt=1, day=day, sitting=sitting)
    for gone in losses:
        pc.says("quiz.power_loss", 40, activity=QUIZ, attempt=1, used=30, gone=gone)
    if score is not None:
        pc.says(
            "quiz.finished",
            90,
            activity=QUIZ,
            attempt=1,
            correct=1,
            total=2,
            score=score,
            passed=int(score > 6999),
        )
    return pc.facts


def fold(words, facts, proctored=frozenset(), listed=()):
    return exams(words, facts, lambda profile: profile, proctored, listed)


def test_who_begins_with_their_code_was_there_and_the_rest_is_ticked():
    one, two, three, four = PEOPLE
    words = [
        opened(one, two, three, four),
        said(ATTENDED, 2, person=one, here=0, turn=1),  # ticked by mistake: the code says otherwise
        said(ATTENDED, 3, person=two, here=0, turn=2),
        said(ATTENDED, 4, person=three, here=1, turn=3),
    ]
    (exam,) = fold(words, sits(one, score=8000)).exams
    assert [who.seat for who in exam.candidates] == [Seat.CODE, Seat.ABSENT, Seat.HERE, Seat.UNKNOWN]
    assert (exam.candidates[0].score, exam.candidates[0].name) == (8000, "Nama 1")


def test_a_later_tick_holds_whatever_the_clock_says():
    later = Word(
        ATTENDED, Moment(5, 9, 9), b"p" * 16, {"exam": EXAM, "person": PEOPLE[0], "here": 1, "turn": 2}
    )
    words = [opened(PEOPLE[0]), said(ATTENDED, 8, person=PEOPLE[0], here=0, turn=1), later]
    (exam,) = fold(words, []).exams
    assert exam.candidates[0].seat is Seat.HERE


def test_a_power_cut_notes_itself_where_the_end_is_fixed_and_nowhere_else():
    one, two = PEOPLE[:2]
    facts = [*sits(one, losses=(900,)), *sits(two, fixed=0, losses=(900,))]
    words = [opened(one, two), said(NOTED, 5, at=20, person=b"", text="Proyektor padam")]
    (exam,) = fold(words, facts).exams
    assert sorted((it.person, it.power, it.gone, it.words) for it in exam.incidents) == [
        (b"", False, 0, "Proyektor padam"),
        (one, True, 900, ""),
    ]


def test_who_was_not_asked_or_had_no_code_is_shown_to_the_desk():
    one, two, three = PEOPLE[:3]
    facts = [*sits(one), *sits(two), *sits(three, code=False)]
    found = fold([opened(one)], facts, frozenset({QUIZ}))
    assert {(stray.person, stray.coded) for stray in found.strays} == {(two, True), (three, False)}
    other_day = fold([opened(one, day=DAY + 1)], sits(one), frozenset({QUIZ}))
    assert [stray.person for stray in other_day.strays] == [one], "a code for another exam is none"


def test_whom_another_proctor_asked_is_outside_no_exam():
    one, two = PEOPLE[:2]
    facts = [*sits(one), *sits(two)]
    theirs = Listed(QUIZ, DAY, 1, (one,))
    assert [stray.person for stray in fold([], facts, frozenset({QUIZ})).strays] == [one, two], "unheard of"
    found = fold([], facts, frozenset({QUIZ}), [theirs])
    assert [stray.person for stray in found.strays] == [two]
    assert found.exams == (), "its room is not this proctor's"
    assert found.sittings == {(QUIZ, DAY, 1)}
    for other in (
        Listed(QUIZ, DAY, 2, (one,)),
        Listed(QUIZ, DAY + 1, 1, (one,)),
        Listed("k/m/lain", DAY, 1, (one,)),
    ):
        assert len(fold([], facts, frozenset({QUIZ}), [other]).strays) == 2


def test_what_is_not_whole_is_no_exam_and_breaks_nothing():
    words = [
        Word(OPENED, Moment(1, 1, 1), b"p" * 16, {"exam": b"short"}),
        Word(ATTENDED, Moment(1, 1, 2), b"p" * 16, {"exam": EXAM, "here": "ja"}),
        Word(OPENED, Moment(1, 1, 3), b"p" * 16, {"exam": EXAM, "people": b"x" * 17, "day": "besok"}),
    ]
    (exam,) = fold(words, []).exams
    assert [who.name for who in exam.candidates] == [""]


@st.composite
def rooms(draw):
    people = draw(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=4))
    words = [opened(*people), opened(*people[::-1], seq=7)]
    for turn in range(draw(st.integers(0, 4))):
        who = draw(st.sampled_from(PEOPLE))
        words.append(said(ATTENDED, 10 + turn, person=who, here=draw(st.integers(0, 1)), turn=turn))
    words += [
        said(NOTED, 20 + at, at=at, person=draw(st.sampled_from([b"", *PEOPLE])), text="Catatan")
        for at in range(draw(st.integers(0, 3)))
    ]
    facts = []
    for person in draw(st.sets(st.sampled_from(PEOPLE))):
        facts += sits(
            person,
            sitting=draw(st.integers(1, 2)),
            losses=draw(st.lists(st.integers(1, 99), max_size=2)),
            code=draw(st.booleans()),
            score=draw(st.sampled_from([None, 5000, 9000])),
        )
    return words, facts


LISTS = st.lists(
    st.builds(
        Listed, st.just(QUIZ), st.just(DAY), st.integers(1, 2), st.lists(st.sampled_from(PEOPLE)).map(tuple)
    ),
    max_size=3,
)


@given(rooms(), LISTS, st.randoms())
def test_in_any_order_and_with_any_repetition_it_is_one_exam_and_every_attempt_is_somewhere(
    room, lists, dice
):
    words, facts = room
    more, again, listed = [*words, *words], [*facts, *facts], [*lists, *lists]
    for several in (more, again, listed):
        dice.shuffle(several)
    one, other = fold(words, facts, {QUIZ}, lists), fold(more, again, {QUIZ}, listed)
    assert one == other
    there = {who.person for exam in one.exams for who in exam.candidates if who.seat is Seat.CODE}
    stray = {found.person for found in one.strays}
    elsewhere = {person for each in lists for person in each.people}
    started = {fact.header.profile for fact in facts}
    assert started - elsewhere <= there | stray <= started
    assert not there & stray
