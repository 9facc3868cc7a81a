"""Six weeks without a line, then one bad connection: everything arrives, once, and almost nothing twice."""

import random
import time

from desktop.demo.people import COORDINATOR, LEARNERS
from desktop.store.facts import Scope
from sync.client.deliver import BATCH, deliver
from sync.client.faults import Fault
from sync.client.transport import Transport
from tests.builders.cable import Cable
from tests.builders.road import COURSE, JP, Pc, desk_row, jp_of, read_all, sent, take_quiz
from tests.fakes.clock import HandClock

DORCE = LEARNERS[1]
DAYS, DAY = 40, 86_400
SLACK = 2_000
"""Bytes of headers, signatures and feeds' cursors around the batches."""


def six_weeks(pc, clock, dice):
    """Study on forty days; each begins with switching on and ends with switching off."""
    profile = pc.sit(DORCE).profile
    pc.off()
    for day in range(DAYS):
        clock.restart(wall=clock.wall() + DAY - 7_000)
        pc.on()
        dorce = pc.enter(profile)
        for sitting in range(3):
            clock.wait(900)
            dorce.record_all(
                [
                    ("page.read", {"activity": f"alam/m{day}/baca", "page": p, "seconds": 40, "version": "1"})
                    for p in range(sitting * 6 + 1, sitting * 6 + 7)
                ]
            )
            dorce.record_all(
                [
                    (
                        "quiz.answered",
                        {
                            "activity": f"alam/m{day}/kuis",
                            "attempt": 1,
                            "question": sitting * 3 + number,
                            "answer": "".join(dice.choices("aiueokstrnmgbpl ", k=180)),
                            "seconds": dice.randint(5, 90),
                        },
                    )
                    for number in range(3)
                ]
            )
        if day < DAYS - 1:
            dorce.close()
            pc.off()
    return dorce


def test_a_thousand_facts_cross_a_line_that_breaks_twice(town, cheap_pins, tmp_path):
    handed = town.office((COORDINATOR, DORCE))
    clock = HandClock(wall=int(time.time()) - DAYS * DAY)
    pc = Pc(tmp_path / "pc", "PC Loket 1", handed, clock)
    pc.install(town.pack())
    dorce = six_weeks(pc, clock, random.Random(6))
    learning = pc.learning(dorce)
    read_all(learning)
    take_quiz(learning)
    own = {fact.identity for fact in dorce.facts(Scope.OWN)}
    assert len({log for log, _ in own}) == DAYS + 1
    assert len(own) > 1_000
    assert dorce.unsent() == len(own)

    with Cable(town.url) as cable:
        road = Transport(cable.url)

        # In the middle of the second batch the line breaks, and stays broken.
        cable.cut_up_after(BATCH + BATCH // 2)
        first = deliver(dorce, road, clock)
        assert first.failure.fault is Fault.CUT
        assert 0 < first.acked < len(own)
        assert dorce.unsent() == len(own) - first.acked
        lost_up = len(cable.up)

        # Mended; but the answer to the next batch never arrives: the centre has it, the PC does not know.
        cable.mend()
        cable.cut_down_after(0)
        second = deliver(dorce, road, clock)
        assert second.failure.fault is Fault.CUT
        assert second.acked == 0

        cable.mend()
        third = deliver(dorce, road, clock)
        assert third.failure is None
        assert third.refusals == ()
        assert third.rounds >= 2, "one batch would prove nothing"
        assert first.acked + third.acked == len(own)
        road.close()
        carried = len(cable.up)

    whole = first.sent_bytes + third.sent_bytes  # the rounds of the first that failed are in it
    assert carried - lost_up <= third.sent_bytes + BATCH + SLACK, "at most one batch went again"
    assert carried <= whole + BATCH + SLACK
    assert dorce.unsent() == 0
    assert pc.store.outbox.outgoing(dorce.profile) == ()

    # Nothing is doubled or missing: kept once, told to the desk, and the hours are the same everywhere.
    assert sorted(fact.identity for fact in town.stored(dorce.profile)) == sorted(own)
    yohana = Pc(tmp_path / "meja", "PC Sekretariat", handed).sit(COORDINATOR)
    sent(yohana, town.url)
    heard = [fact.identity for fact in yohana.facts() if fact.header.profile == dorce.profile]
    for_the_centre = {one.identity for one in dorce.facts(Scope.OWN, kinds=("letter.escrowed",))}
    assert len(for_the_centre) == 1
    assert sorted(heard) == sorted(own - for_the_centre)
    at_the_desk, at_the_centre = desk_row(yohana, DORCE), town.row(handed, DORCE)
    assert jp_of(dorce) == at_the_desk.jp == at_the_centre["jp"] == JP
    assert at_the_centre["jp_recognised"] == JP
    assert at_the_centre["modules_done"] == at_the_desk.modules_done == 2
    assert at_the_centre["last_score"] == at_the_desk.last_score == 10_000
    (entry,) = dorce.standing().courses
    assert (entry.course, entry.recognised) == (COURSE, True)


def test_afterwards_a_look_costs_next_to_nothing(town, cheap_pins, tmp_path):
    handed = town.office((COORDINATOR, DORCE))
    pc = Pc(tmp_path / "pc", "PC Loket 1", handed)
    dorce = pc.sit(DORCE)
    sent(dorce, town.url)
    with Cable(town.url) as cable:
        again = sent(dorce, cable.url)
        assert (again.rounds, again.acked, again.facts, cable.connections) == (1, 0, 0, 1)
        assert len(cable.up) + len(cable.down) <= 500
