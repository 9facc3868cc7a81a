"""The seconds of an attempt are all counted, on a PC so slow that every look at its clock takes one."""

from types import SimpleNamespace

import pytest

from desktop.app.quiz_clock import QuizClock
from desktop.player.attempt import Attempt

BEATS, LIMIT = 20, 600


class SlowPc:
    """A profile whose clock has gone on by a second whenever it is read."""

    def __init__(self):
        self.seconds, self.drafts = 0, {}
        clock = SimpleNamespace(monotonic=self.monotonic, boot=lambda: b"one boot")
        self.store = SimpleNamespace(clock=clock, now=lambda: 1_795_000_000)

    def monotonic(self):
        self.seconds += 1
        return self.seconds

    def put_draft(self, name, draft):
        self.drafts[name] = draft

    def draft(self, name):
        return self.drafts.get(name)


@pytest.mark.parametrize("cuts", [0, BEATS], ids=["at one sitting", "broken off again and again"])
def test_no_second_is_lost_between_a_look_at_the_clock_and_the_beat_that_keeps_it(cuts):
    pc = SlowPc()
    attempt = Attempt("kursus/m1/kuis", 1, "1", (1, 2), limit=LIMIT, fixed=True)
    clock = QuizClock(pc)
    clock.begin(attempt)
    began = pc.seconds
    for _ in range(cuts):
        clock = QuizClock(pc)
        clock.resume(attempt)
    for _ in range(BEATS):
        clock.beat(attempt.activity, attempt.number)
    used = clock.look(attempt).used
    assert used == pc.seconds - began
