"""Story 2. The power goes many times in one quiz: no confirmed answer is lost, and it stays one attempt."""

import json
import os
import random
import select
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic

import pytest

from sync.journal.keys import SigningKey
from tests.builders.packs import Authority
from tests.builders.road import QUIZ, Pc, make_pack, right_answers
from tests.journeys.quiz_learner import LEARNER, OTHER

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no fork and no SIGKILL")

CUTS = int(os.environ.get("SULUH_QUIZ_CUTS", "40"))
"""How often the plug is pulled, half of it under each rule; 200 for the promise, see resources/decisions/quizzes.md."""
LIMIT_S = 60 + CUTS
AT_ONCE = 4
"""After so many cuts the light comes for a moment only, too short for an answer."""
OTHERS = 5
"""After so many cuts somebody else comes to the PC first."""
LIMIT = 240 * 60
PATIENCE = 30
"""Seconds to wait for a word from the learner's process before it counts as hanging."""
PAUSES, FIXED = "time_limit = 240\n", "time_limit = 240\nfixed_end = true\n"
GIFT = "\n\n".join(
    [f"::Soal {n}:: Tulis kata ke-{n}. {{=kata{n} =kata ke-{n}}}" for n in range(24)]
    + [f"::Pilihan {n}:: Pilih yang benar. {{=benar ~salah ~keliru ~bukan}}" for n in range(6)]
)


class Learner:
    """The process at the quiz, and the pipe on which it tells what it has saved."""

    def __init__(self, folder, fault="none"):
        words = [sys.executable, "-m", "tests.journeys.quiz_learner", str(folder), fault]
        self.process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
        )
        self.heard = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.communicate(timeout=PATIENCE)

    def line(self, seconds=PATIENCE):
        """The next line, or None when none came in time."""
        while b"\n" not in self.heard:
            ready, _, _ = select.select([self.process.stdout], [], [], seconds)
            if not ready:
                return None
            data = os.read(self.process.stdout.fileno(), 65536)
            assert data, "the learner's process ended by itself"
            self.heard += data
        one, _, self.heard = self.heard.partition(b"\n")
        word, _, rest = one.decode().partition(" ")
        return word, rest

    def live(self, dice, *, at_once=False):
        """One stretch of electricity: gives what the quiz showed at its start, and the answers confirmed.

        Where it goes again at once, nothing is answered in it.
        """
        self.process.stdin.write(f"{dice.randrange(10**6)}\n".encode())
        self.process.stdin.flush()
        answers, seen, child = 0 if at_once else dice.randint(0, 6), None, 0
        saved = []
        while child == 0 or seen is None or len(saved) < answers:
            word, rest = self.line() or pytest.fail("the learner hangs")
            if word == "pid":
                child = int(rest)
            elif word == "seen":
                seen = json.loads(rest)
            else:
                assert word == "saved", (word, rest)
                saved.append(tuple(map(int, rest.split())))
        # Anywhere in the next answer: while it is written, sealed, flushed, or between two.
        after = self.line(0 if at_once else dice.random() * 0.02)
        os.kill(child, signal.SIGKILL)
        while after is None or after[0] != "gone":
            if after is not None:
                assert after[0] == "saved"
                saved.append(tuple(map(int, after[1].split())))
            after = self.line() or pytest.fail("the learner does not die")
        assert int(after[1]) == -signal.SIGKILL
        return seen, saved

    def somebody_else(self):
        """Who uses the PC before the learner is back; gives what the quiz shows them."""
        self.process.stdin.write(b"other\n")
        self.process.stdin.flush()
        told = dict(self.line() or pytest.fail("the other one hangs") for _ in range(3))
        assert told["gone"] == "0"
        return json.loads(told["other"])


def lost(confirmed, shown):
    """The questions whose last confirmed answer is not there, nor a newer one that was under way."""
    newest = {int(question): int(text.split()[-1]) for question, text in shown.items()}
    return {question for question, number in confirmed.items() if newest.get(question, 0) < number}


@pytest.fixture
def sit(cheap_pins, tmp_path):
    """A PC without an office, as on the first day: a trusted pack, and two who have begun nothing."""

    def down(rules):
        authority = Authority(publisher=SigningKey.generate())
        pc = Pc(tmp_path / "pc", "PC Loket 1")
        papers = authority.papers()
        pc.install(make_pack(tmp_path, authority.publisher, papers=papers, gift=GIFT, rules=rules))
        people = [pc.sit(who, code=False) for who in (LEARNER, OTHER)]
        for one in people:
            one.close()
        pc.off()
        return pc, people[0].profile

    return down


class Watch:
    """Measures light and dark around a stretch of electricity, and what a quiz may say of the time left by that."""

    def __init__(self, rules):
        self.fixed, self.light, self.lit, self.left = rules == FIXED, 0.0, None, LIMIT

    def live(self, learner, dice, *, at_once):
        began = monotonic()
        seen, saved = learner.live(dice, at_once=at_once)
        now = monotonic()
        self.light += now - began
        assert seen["left"] <= self.left, "no cut gives time back"
        if self.fixed and self.lit is not None:
            assert seen["left"] <= LIMIT - (began - self.lit) + 1, "it ran on in the dark"
        if not self.fixed:
            assert seen["left"] >= LIMIT - self.light - 1, "nothing of the dark is counted"
        self.left, self.lit = seen["left"], self.lit or now
        return seen, saved


@pytest.mark.parametrize("rules", [PAUSES, FIXED], ids=["pauses", "fixed-end"])
def test_power_cuts_lose_nothing_that_was_confirmed_nor_any_time(sit, rules):
    pc, who = sit(rules)
    dice, confirmed, first, count = random.Random(50), {}, None, 0
    watch = Watch(rules)
    with Learner(pc.folder) as learner:
        for cut in range(CUTS // 2):
            seen, saved = watch.live(learner, dice, at_once=cut % AT_ONCE == 2)
            first = first or seen
            assert lost(confirmed, seen["answers"]) == set(), f"after cut {cut}"
            assert seen["sound"] == [[["ok"]], [["ok"]]]
            assert (seen["attempt"], seen["used"]) == (1, min(cut, 1))
            assert seen["interrupted"] is (cut > 0)
            assert seen["losses"] == cut
            assert (seen["questions"], seen["options"]) == (first["questions"], first["options"])
            count += len(saved)
            confirmed |= dict(saved)
            if cut % OTHERS == 1:
                told = learner.somebody_else()
                assert (told["running"], told["used"]) == (False, 0), "nothing of hers is told to the other"
                assert not any(kind.startswith("quiz.") for kind in told["kinds"])
    assert count > CUTS // 2
    assert first["questions"] != sorted(first["questions"]), "an order that could have changed"

    # The lights stay on: the learner sees every answer, goes on, and hands in one attempt.
    pc.on()
    naftali = pc.enter(who)
    quizzing = pc.learning(naftali).quizzing
    attempt = quizzing.start(QUIZ)
    assert lost(confirmed, attempt.answers) == set()
    for question in attempt.questions:
        quizzing.answer(QUIZ, attempt.number, question.id, right_answers(GIFT)[question.id], 4)
    result = quizzing.finish(QUIZ, attempt.number)
    assert (result.attempt, result.score, result.passed) == (1, 10_000, True)
    assert naftali.standing().quizzes[QUIZ].attempts == 1


def test_planted_fault_an_answer_confirmed_before_it_is_saved_is_found_lost(sit):
    pc, _ = sit(PAUSES)
    dice, confirmed, found = random.Random(1), {}, set()
    with Learner(pc.folder, "early") as learner:
        for _ in range(25):
            seen, saved = learner.live(dice)
            found |= lost(confirmed, seen["answers"])
            if found:
                break
            confirmed |= dict(saved)
    assert found
