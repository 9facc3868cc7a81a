"""Question 9 of version 1.0 has a wrong key: a trainer sees it, voids it, and everybody counts alike."""

from dataclasses import dataclass
from datetime import date

import pytest

from desktop.app.asked import in_words
from desktop.app.news import recounts_came
from desktop.app.quiz_desk import QuizDesk
from desktop.assessment.items import void_question
from desktop.demo.people import COORDINATOR, LEARNERS
from desktop.errors import Problem
from desktop.office.person import person_file
from tests.builders.road import QUIZ, Pc, desk_row, jp_of, read_all, sent
from tests.journeys.assignment_round import TUTI

OLD_FAIL, OLD_PASS, NEW_FAIL = LEARNERS[2], LEARNERS[3], LEARNERS[4]
WHY = "Kunci soal 9 keliru"
LEARNED = {word for one in (OLD_FAIL, OLD_PASS) for word in one.name.split()}


def gift(ninth):
    """Twelve statements, all true; the key of the ninth is as given."""
    return "\n\n".join(f"::{n}:: Pernyataan {n} {{{ninth if n == 9 else 'T'}}}" for n in range(1, 13))


@dataclass
class Story:
    town: object
    office: object
    pcs: dict
    new: object
    who: dict

    def exchange(self):
        for _ in range(2):
            for one in self.who.values():
                sent(one, self.town.url)


@pytest.fixture
def story(town, tmp_path, cheap_pins):
    office = town.office((COORDINATOR, OLD_FAIL, OLD_PASS, NEW_FAIL, TUTI))
    old = town.pack("1.0", gift=gift("F"), jp=6)
    new = town.pack("1.1", gift=gift("T"), jp=5)
    a, b = Pc(tmp_path / "a", "PC A", office), Pc(tmp_path / "b", "PC B", office)
    a.install(old)
    b.install(old)
    who = {
        "fail": a.sit(OLD_FAIL),
        "pass": a.sit(OLD_PASS),
        "tuti": a.sit(TUTI),
        "lead": a.sit(COORDINATOR),
        "new": b.sit(NEW_FAIL),
    }
    b.install(new)
    made = Story(town, office, {"a": a, "b": b}, new, who)
    made.exchange()
    return made


def takes(pc, profile, *, wrong):
    """Read the course, call every statement true but those named, and hand in."""
    read_all(pc.learning(profile))
    quizzing = pc.learning(profile).quizzing
    attempt = quizzing.start(QUIZ)
    for view in attempt.questions:
        quizzing.answer(QUIZ, attempt.number, view.id, "0" if view.id + 1 in wrong else "1", 5)
    return quizzing.finish(QUIZ, attempt.number)


def test_question_9_is_void_for_version_1_0_alone_and_who_rises_learns_it(story):
    a, b, who = story.pcs["a"], story.pcs["b"], story.who
    failed = takes(a, who["fail"], wrong={1, 2, 3})  # knew the ninth, and lost the point
    lucky = takes(a, who["pass"], wrong={9})
    newer = takes(b, who["new"], wrong={1, 2, 3, 9})
    assert [(one.score, one.passed) for one in (failed, lucky, newer)] == [
        (6666, False),
        (10000, True),
        (6666, False),
    ]
    a.install(story.new)  # the correction is here, and version 1.0 is what they took
    story.exchange()
    assert jp_of(who["fail"]) == 0

    desk = QuizDesk(who["tuti"], a.shelf, lambda: None)
    old, new = desk.view().quizzes
    assert [(one.version, one.attempts) for one in (old, new)] == [("1.0", 2), ("1.1", 1)]
    ninth = old.items[8]
    assert (ninth.text, ninth.asked, ninth.right, ninth.trap, ninth.trapped) == (
        "Pernyataan 9",
        2,
        50,
        "Benar",
        1,
    )
    assert LEARNED.isdisjoint(repr(desk.view()).split()), "a trainer sees no names"
    with pytest.raises(Problem, match="Alasan"):
        desk.void(old.key, 8, "  ")
    assert desk.effect(old.key, 8) == "2 percobaan dihitung ulang. 1 percobaan menjadi lulus."
    desk.void(old.key, 8, WHY)
    desk.void(old.key, 8, WHY)  # twice is once
    log = desk.view().quizzes[0].recounts
    assert [one.state for one in log] == ["Menjadi lulus", "Tetap lulus"]
    assert desk.view().quizzes[1].recounts == ()
    story.exchange()

    # the learner's PC
    learning = a.learning(who["fail"])
    body = learning.quizzing.body(QUIZ)
    assert (body.best, body.last.passed, body.last.before, body.last.score) == (7272, True, 6666, 7272)
    assert [mark.voided for mark in body.last.marks if mark.question == 8] == [WHY]
    assert learning.settle() is True
    assert learning.settle() is False, "nothing is stated twice"
    (risen,) = [
        view for _, view in recounts_came(who["fail"].standing(), a.shelf, lambda at: date(2026, 11, 24))
    ]
    assert risen.title.startswith("Anda lulus Kuis akhir: nilai menjadi 72,7")
    assert WHY in risen.about
    assert not list(recounts_came(who["pass"].standing(), a.shelf, lambda at: date(2026, 11, 24)))
    assert a.learning(who["pass"]).quizzing.body(QUIZ).last.score == 10000
    assert b.learning(who["new"]).quizzing.body(QUIZ).last.before is None
    assert b.learning(who["new"]).settle() is False
    story.exchange()

    # hours by the version that was taken, at the PC and at the centre
    assert jp_of(who["fail"]) == 600
    (entry,) = who["fail"].standing().courses
    assert (entry.version, entry.recognised) == ("1.0", True)
    assert story.town.row(story.office, OLD_FAIL)["jp"] == 600

    # desk, centre and the person's PC come to the same
    lead = who["lead"]
    assert desk_row(lead, OLD_FAIL).last_score == 7272
    assert story.town.row(story.office, OLD_FAIL)["last_score"] == 7272
    (quiz,) = person_file(lead, who["fail"].person).quizzes
    assert quiz.standing.recounts == who["fail"].standing().quizzes[QUIZ].recounts
    (attempt,) = quiz.attempts
    assert (attempt.score, attempt.passed, attempt.version, attempt.without) == (7272, True, "1.0", (8,))
    assert {answer.text for answer in attempt.answers.values()} == {"0", "1"}, "as they were stated"
    (shown,) = in_words(person_file(lead, who["fail"].person), a.shelf).quizzes
    assert [shown.attempts[0].answers[n].text for n in (2, 3)] == ["Salah", "Benar"]
    elsewhere = in_words(person_file(lead, who["fail"].person), b.shelf).quizzes[0].attempts[0]
    assert elsewhere.worded is (b.shelf.course(QUIZ.partition("/")[0], "1.0") is not None)
    named = QuizDesk(lead, a.shelf, lambda: None, lambda: {who["fail"].person: OLD_FAIL.name})
    assert named.view().quizzes[0].recounts[0].who == OLD_FAIL.name


def test_a_learner_may_void_nothing_and_a_trainer_not_for_themselves(story):
    a, who = story.pcs["a"], story.who
    with pytest.raises(Problem, match="belum berhak"):
        void_question(who["fail"], QUIZ, "1.0", 8, "Saya tidak setuju")
    takes(a, who["tuti"], wrong={1, 2, 3})
    void_question(who["tuti"], QUIZ, "1.0", 8, WHY)
    assert not who["tuti"].standing().quizzes[QUIZ].passed
    takes(a, who["fail"], wrong={1, 2, 3})
    story.exchange()
    assert who["fail"].standing().quizzes[QUIZ].passed
    assert not who["tuti"].standing().quizzes[QUIZ].passed, "not by what came back either"
    assert story.town.row(story.office, TUTI)["last_score"] == 6666
    assert desk_row(who["lead"], TUTI).last_score == 6666
