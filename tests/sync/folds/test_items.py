"""Questions over many people: a wrong one is voided, attempts are counted again, and nobody falls by it."""

from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from sync.folds.items import item_fold
from sync.folds.standing import StandingFold
from tests.builders.facts import PC

QUIZ = "k/m/kuis"


def takes(number, marks, version="1", need=7000, questions=None, answers=()):
    """One person takes the quiz once; `marks` in the order asked."""
    pc = PC(profile=number.to_bytes(16, "big"), log=1000 + number)
    asked = tuple(range(len(marks))) if questions is None else questions
    score = sum(marks) // len(marks)
    pc.says("quiz.started", 0, activity=QUIZ, attempt=1, version=version, questions=asked)
    for question, answer in answers:
        pc.answers(QUIZ, 1, question, answer, 5)
    pc.says(
        "quiz.finished",
        60,
        activity=QUIZ,
        attempt=1,
        correct=marks.count(10_000),
        total=len(marks),
        score=score,
        passed=int(score >= need),
    )
    pc.says("quiz.marked", 60, activity=QUIZ, attempt=1, marks=tuple(marks), need=need)
    return pc.facts


def voids(question, version="1", reason="Kuncinya salah", log=5, at=900):
    trainer = PC(profile=b"t" * 16, log=log)
    return [
        trainer.says("question.voided", at, activity=QUIZ, version=version, question=question, reason=reason)
    ]


FULL, NONE = 10_000, 0


def test_who_failed_by_a_wrong_key_passes_and_who_passed_by_it_keeps_the_pass():
    fails = takes(1, [FULL, FULL, NONE])  # question 2 was marked by a wrong key
    lucky = takes(2, [FULL, FULL, FULL, NONE], questions=(2, 0, 3, 1), need=7000)
    one, two = item_fold([*fails, *lucky, *voids(2)]).recounts()
    assert (one.before, one.after, one.passed, one.rises, one.falls) == (6666, FULL, True, True, False)
    assert (two.before, two.after, two.passed, two.rises, two.falls) == (7500, 6666, True, False, True)
    assert (one.without, two.without) == ((2,), (2,))


def test_only_attempts_of_the_voided_version_are_counted_again():
    old, new = takes(1, [FULL, NONE]), takes(2, [FULL, NONE], version="1.1")
    (only,) = item_fold([*old, *new, *voids(1)]).recounts()
    assert (only.profile, only.version) == ((1).to_bytes(16, "big"), "1")


def test_a_quiz_of_which_nothing_is_left_was_passed():
    (only,) = item_fold([*takes(1, [NONE]), *voids(0)]).recounts()
    assert (only.after, only.passed) == (FULL, True)


def test_the_first_word_on_a_question_is_the_one_in_the_log():
    facts = [*takes(1, [NONE]), *voids(0, reason="kedua", log=9, at=950), *voids(0, reason="pertama")]
    (item,) = item_fold(facts).items()
    assert (item.voided.reason, item.voided.by) == ("pertama", b"t" * 16)


def test_a_trainer_sees_how_a_question_did_and_whether_it_tells_good_from_weak():
    facts = []
    for number in range(12):
        good = number >= 6
        marks = [FULL if good else NONE, FULL if good else NONE, NONE if good else FULL]
        facts += takes(number, marks, answers=((0, "1" if good else "2"),))
    first, second, upside_down = item_fold(facts).items()
    assert (first.asked, first.earned, dict(first.given)) == (12, 5000, {"1": 6, "2": 6})
    assert second.apart == FULL
    assert upside_down.apart == -FULL, "those who know get it wrong: its key is likely wrong"


def test_few_attempts_tell_nothing_about_good_and_weak():
    (item,) = item_fold(takes(1, [FULL])).items()
    assert item.apart is None


@st.composite
def offices(draw):
    facts = []
    for number in range(draw(st.integers(1, 6))):
        marks = draw(st.lists(st.sampled_from([NONE, 5000, FULL]), min_size=1, max_size=5))
        facts += takes(number, marks, version=draw(st.sampled_from(["1", "2"])))
    for place in range(draw(st.integers(0, 4))):
        facts += voids(draw(st.integers(0, 4)), draw(st.sampled_from(["1", "2"])), log=5 + place)
    return facts


@given(offices(), st.randoms())
def test_in_any_order_and_with_any_repetition_it_adds_up_alike_and_nobody_falls(facts, dice):
    again = [*facts, *dice.sample(facts, len(facts) // 2)]
    dice.shuffle(again)
    one, other = item_fold(facts), item_fold(again)
    assert one.items() == other.items()
    assert one.recounts() == other.recounts()
    before = {f.header.profile for f in facts if f.statement.fields.get("passed") == 1}
    assert all(recount.passed for recount in one.recounts() if recount.profile in before)


def test_a_void_question_lifts_the_learner_and_takes_nothing_from_anybody():
    fails, lucky = takes(1, [FULL, FULL, NONE]), takes(2, [FULL, FULL, NONE, FULL], questions=(0, 1, 3, 2))
    for facts, before, after in ((fails, 6666, FULL), (lucky, 7500, 7500)):
        quiz = stands(facts, voids(2)).quizzes[QUIZ]
        assert (quiz.results[0].score, quiz.best.score, quiz.passed) == (before, after, True)
    assert not stands(fails, voids(2, version="2")).quizzes[QUIZ].passed


def test_nobody_voids_a_question_for_themselves():
    own = PC(profile=(1).to_bytes(16, "big"), log=77)
    word = own.says("question.voided", 900, activity=QUIZ, version="1", question=2, reason="Saya")
    facts = [*takes(1, [FULL, FULL, NONE]), *takes(2, [FULL, FULL, NONE]), word]
    (only,) = item_fold(facts).recounts()
    assert only.profile == (2).to_bytes(16, "big"), "for everybody but whoever said so"
    (also,) = item_fold([*facts, *voids(2, reason="Kunci")]).recounts()[:1]
    assert (also.profile, also.words[0].reason) == ((1).to_bytes(16, "big"), "Kunci")


def stands(facts, words):
    fold = StandingFold()
    for fact in facts:
        fold.add(fact)
    for word in words:
        fold.void(word)
    return fold.standing(ZoneInfo("Asia/Jayapura"))


@given(offices(), st.randoms())
def test_a_person_and_the_trainers_log_come_to_the_same_in_any_order(facts, dice):
    said = [fact for fact in facts if fact.statement.kind == "question.voided"]
    log = {(one.profile, one.attempt): one for one in item_fold(facts).recounts()}
    for profile in {fact.header.profile for fact in facts} - {b"t" * 16}:
        own = [fact for fact in facts if fact.header.profile == profile]
        other = [*own, *own]
        dice.shuffle(other)
        here, there = stands(own, said), stands(other, dice.sample(said, len(said)))
        assert here.quizzes == there.quizzes
        assert here.state_hash == stands(own, ()).state_hash, "what was done is what was done"
        (quiz,) = here.quizzes.values()
        assert quiz.recounts == tuple(filter(None, [log.get((profile, 1))]))
        assert quiz.best.score >= quiz.results[0].score
        assert quiz.passed >= quiz.results[0].passed
