"""An exam without any net: a code for each, made at one PC and checked at another; a power cut; the paper."""

from datetime import date

import pytest

import desktop.app.quizzing
import desktop.assessment.exams
from desktop.app.exam_desk import ExamRoom
from desktop.assessment.exam_code import Spot
from desktop.assessment.exams import known_exams, today_of, words_of
from desktop.demo.people import COORDINATOR, LEARNERS
from desktop.errors import Problem
from desktop.paper.letter_page import print_letter
from sync.folds.exams import Seat
from sync.journal.secret_fields import open_fields
from sync.refusal import Refusal
from sync.server.centre import open_house
from tests.builders.road import QUIZ, RIGHT, Pc, sent
from tests.fakes.clock import HandClock
from tests.journeys.assignment_round import TONO, TUTI

ASKED, ABSENT, STRANGER = LEARNERS[2], LEARNERS[3], LEARNERS[4]
RULES = 'proctored = true\ntime_limit = 30\nfixed_end = true\nreview = "score"\n'


@pytest.fixture
def office(town, tmp_path, cheap_pins):
    """The trainer's laptop and the PC of the learners, both with the pack."""
    clock = HandClock()
    handed = town.office((COORDINATOR, ASKED, ABSENT, STRANGER, TUTI, TONO))
    pack = town.pack(rules=RULES)
    pcs = [Pc(tmp_path / name, f"PC {name}", handed, clock) for name in ("laptop", "loket")]
    for pc in pcs:
        pc.install(pack)
    laptop, loket = pcs
    people = {"tuti": laptop.sit(TUTI), "lead": laptop.sit(COORDINATOR)}
    people |= {"asked": loket.sit(ASKED), "stranger": loket.sit(STRANGER), "absent": loket.sit(ABSENT)}
    for _ in range(2):
        for one in people.values():
            sent(one, town.url)
    return town, clock, laptop, loket, people


def proctor(pc, profile, roster=tuple):
    return ExamRoom(profile, pc.shelf, lambda: None, None, roster)


def opens(room, people):
    (quiz,) = room.view().quizzes
    return room.open(quiz[0], room.view().today, "Aula", "\n".join(one.nip for one in people))


def codes(room):
    return {seat.name: seat.code for seat in room.view().exams[0].seats}


def refused(quizzing, code):
    with pytest.raises(Problem) as told:
        quizzing.start(QUIZ, code)
    return told.value.title


def test_only_who_was_asked_begins_and_everything_stands_in_the_minutes(office):
    town, clock, laptop, loket, people = office
    room = proctor(laptop, people["tuti"])
    key = opens(room, (ASKED, ABSENT))
    code = codes(room)[ASKED.name]

    quizzing = loket.learning(people["asked"]).quizzing
    assert quizzing.body(QUIZ).proctored
    assert refused(quizzing, "") == "Kode mulai belum diisi."
    assert refused(quizzing, codes(room)[ABSENT.name]) == "Kode ini tidak cocok."
    assert quizzing.body(QUIZ).used == 0, "a wrong code costs no attempt"
    stranger = loket.learning(people["stranger"]).quizzing
    assert refused(stranger, code) == "Kode ini tidak cocok."

    attempt = quizzing.start(QUIZ, code.lower())
    first = attempt.questions[0].id
    quizzing.answer(QUIZ, attempt.number, first, RIGHT[first], 20)
    who = people["asked"].profile
    people["asked"].close()  # the plug is pulled
    loket_now = loket.store.now()
    loket.off()
    clock.restart(loket_now + 600)
    loket.on()
    people["asked"] = loket.enter(who)
    quizzing = loket.learning(people["asked"]).quizzing
    quizzing.start(QUIZ)  # goes on without a code
    for view in attempt.questions[1:]:
        quizzing.answer(QUIZ, attempt.number, view.id, RIGHT[view.id], 20)
    result = quizzing.finish(QUIZ, attempt.number)
    assert (result.score, result.marks, result.told) == (10000, (), False), "the pack tells the score alone"
    assert refused(quizzing, code) == "Kode ini sudah dipakai."

    absent = next(seat for seat in room.view().exams[0].seats if seat.name == ABSENT.name)
    room.tick(key, absent.person, True)
    room.tick(key, absent.person, False)
    room.note(key, "Proyektor padam dua menit")
    for _ in range(2):
        for one in ("tuti", "asked", "lead"):
            sent(people[one], town.url)

    lead = proctor(laptop, people["lead"])
    for at in (room, lead):  # the trainer's laptop and the desk read the same
        (exam,) = at.view().exams
        assert [seat.state for seat in exam.seats] == ["Hadir, memakai kode", "Tidak hadir"]
        assert any("insiden listrik, komputer mati 10 menit" in words for words in exam.incidents)
        assert any("Proyektor padam" in words for words in exam.incidents)
        assert at.view().strays == ()
        assert at.letter(key).parts[1].rows[0][3] == "nilai 100"
        assert print_letter(at.letter(key)).startswith(b"%PDF")
    found = known_exams(people["lead"]).exams[0]
    assert [one.seat for one in found.candidates] == [Seat.CODE, Seat.ABSENT]


def test_the_centre_reads_what_a_proctor_said_and_no_colleague_does(office):
    town, _, laptop, loket, people = office
    opens(proctor(laptop, people["tuti"]), (ASKED,))
    for _ in range(2):
        for one in people.values():
            sent(one, town.url)
    (fact,) = [one for one in town.stored(people["tuti"].profile) if one.statement.kind == "exam.opened"]
    keys, database, _ = open_house(town.home)
    database.close()
    said = open_fields("exam.opened", fact.statement.fields["sealed"], keys.letter)
    assert ASKED.name in said["names"]
    assert not people["asked"].facts(kinds=("exam.opened",)), "it does not come to learners"
    with pytest.raises(Refusal):
        open_fields("exam.opened", fact.statement.fields["sealed"], people["asked"].keys.letter)
    with pytest.raises(Problem, match="belum berhak"):
        opens(proctor(loket, people["asked"]), (ASKED,))


def test_a_code_that_was_made_without_the_proctor_is_seen_at_the_desk(office):
    """The planted fault: whoever derives or skips the code begins, and stands outside every list."""
    town, _, laptop, loket, people = office
    fault = pytest.MonkeyPatch()
    fault.setattr(desktop.app.quizzing, "admitted", lambda *_: Spot(date(2026, 11, 24), 1))
    quizzing = loket.learning(people["stranger"]).quizzing
    quizzing.start(QUIZ, "")
    fault.undo()
    for _ in range(2):
        for one in ("stranger", "lead"):
            sent(people[one], town.url)
    (stray,) = proctor(laptop, people["lead"]).view().strays
    assert "kode tanpa daftar" in stray


def test_another_proctor_counts_whom_tuti_asked_as_inside_and_reads_no_name(office):
    town, _, laptop, loket, people = office
    people["tono"] = loket.sit(TONO)
    sent(people["tono"], town.url)
    room, other = proctor(laptop, people["tuti"]), proctor(loket, people["tono"])
    opens(room, (ASKED,))
    code = codes(room)[ASKED.name]
    loket.learning(people["asked"]).quizzing.start(QUIZ, code)
    fault = pytest.MonkeyPatch()
    fault.setattr(desktop.app.quizzing, "admitted", lambda *_: Spot(today_of(people["tuti"]), 1))
    loket.learning(people["stranger"]).quizzing.start(QUIZ, "")
    fault.undo()
    for _ in range(2):
        for one in people.values():
            sent(one, town.url)

    assert other.view().exams == (), "another's list is not theirs to read"
    (stray,) = other.view().strays
    assert "kode tanpa daftar" in stray
    assert room.view().strays == (stray,), "both proctors see the same one outside"
    (word,) = people["tono"].facts(kinds=("exam.opened",))
    assert ASKED.name not in repr(word)
    assert ASKED.nip not in repr(word)
    assert [one.kind for one in words_of(people["tono"])] == []
    opens(other, (ASKED,))
    assert codes(other)[ASKED.name] != code, "the second exam of a day has codes of its own"

    fault.setattr(desktop.assessment.exams, "_listed", lambda *_: ())
    assert len(other.view().strays) == 2, "the planted fault: who hears of no list calls everybody a stray"
    fault.undo()
