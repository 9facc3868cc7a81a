"""A dead battery and a clock in a hurry: everybody can learn, nothing is lost, and the hours fall in the right year."""

import time
from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from desktop.demo.people import COORDINATOR, LEARNERS
from desktop.office.carry import to_centre
from desktop.office.desk import Desk as OfficeDesk
from desktop.office.exchange_stick import exchange
from desktop.office.follow_up import paces_of
from desktop.office.merge import merge
from desktop.office.monthly import monthly
from desktop.office.report_xlsx import report_xlsx
from desktop.people.vouching import vouch, waiting_keys
from desktop.store.facts import Scope
from sync.client.faults import Failure
from sync.client.stick import Stick
from sync.client.transport import Transport
from sync.jp_table import shipped_table
from tests.builders.road import JP, QUIZ, READ, RIGHT, Pc, desk_row, read_all, sent, take_quiz
from tests.fakes.clock import HandClock

BERNADUS = LEARNERS[0]
CLOCKS = {"stands in 2010": 1_262_304_000, "stands in 2038": 2_147_483_000}


def this_year():
    """The year at the office, which is nine hours ahead."""
    return time.gmtime(time.time() + 9 * 3600).tm_year


@pytest.mark.parametrize("wrong", CLOCKS)
def test_the_hours_fall_in_the_right_year_whatever_the_clock_said(town, cheap_pins, tmp_path, wrong):
    office = town.office((COORDINATOR, BERNADUS))
    clock = HandClock(wall=CLOCKS[wrong])
    pc = Pc(tmp_path / "pc", "PC Loket 1", office, clock)
    pc.install(town.pack())  # a pack signed years after, or before, what this PC calls today
    bernadus = pc.sit(BERNADUS)
    clock.wait(600)
    read_all(pc.learning(bernadus))
    clock.wait(60)
    take_quiz(pc.learning(bernadus))
    sent(bernadus, town.url)
    yohana = Pc(tmp_path / "meja", "PC Sekretariat", office).sit(COORDINATOR)
    sent(yohana, town.url)

    here = bernadus.standing().jp_of(this_year())
    assert here.recognised == here.total == JP
    at_the_desk, at_the_centre = desk_row(yohana, BERNADUS), town.row(office, BERNADUS)
    assert at_the_desk.jp == at_the_centre["jp"] == JP
    assert abs(at_the_centre["last_active"] - time.time()) < 120
    assert at_the_desk.last_active == at_the_centre["last_active"] == bernadus.standing().last_active


@pytest.mark.parametrize("days", [3, -3])
def test_a_clock_that_is_set_in_the_middle_of_a_quiz_changes_neither_order_nor_year(
    town, cheap_pins, tmp_path, days
):
    office = town.office((COORDINATOR, BERNADUS))
    clock = HandClock(wall=int(time.time()))
    pc = Pc(tmp_path / "pc", "PC Loket 1", office, clock)
    pc.install(town.pack())
    bernadus = pc.sit(BERNADUS)
    learning = pc.learning(bernadus)
    read_all(learning)
    attempt = learning.quizzing.start(QUIZ)
    for place, view in enumerate(attempt.questions):
        clock.wait(20)
        clock.at += days * 86_400 * (place == 1)
        learning.quizzing.answer(QUIZ, attempt.number, view.id, RIGHT[view.id], 20)
    assert learning.quizzing.finish(QUIZ, attempt.number).score == 10_000

    facts = sorted(bernadus.facts(Scope.OWN), key=lambda one: one.identity)
    times = [fact.statement.at for fact in facts]
    assert [fact.statement.seq for fact in facts] == list(range(1, len(facts) + 1))
    assert times == sorted(times), "within a log time never goes back, whatever the wall clock does"
    assert times[-1] - times[0] == 60
    sent(bernadus, town.url)
    row = town.row(office, BERNADUS)
    assert bernadus.standing().jp_of(this_year()).recognised == row["jp"] == JP


def test_a_pc_whose_clock_fell_back_knows_a_later_day_from_the_centres_word(town, cheap_pins, tmp_path):
    office = town.office((COORDINATOR, BERNADUS))
    clock = HandClock(wall=int(time.time()))
    pc = Pc(tmp_path / "pc", "PC Loket 1", office, clock)
    bernadus = pc.sit(BERNADUS)
    sent(bernadus, town.url)
    bernadus.close()
    pc.off()
    clock.restart(wall=CLOCKS["stands in 2010"])
    pc.on()
    assert pc.store.now() >= time.time() - 60
    pc.install(town.pack())
    again = pc.enter(bernadus.profile)
    pc.learning(again).page_read(READ, 1, 30)
    assert sent(again, town.url).acked > 0
    assert len({fact.statement.log for fact in again.facts(Scope.OWN)}) == 2


@pytest.fixture
def by_stick(town, cheap_pins, tmp_path):
    """A PC and the desk, between which a stick goes; nobody has a line until the coordinator is in town."""
    made = ByStick(town, tmp_path)
    yield made
    made.off()


class ByStick:
    """The learner's PC has a clock of its own; the desk's is right."""

    def __init__(self, town, folder):
        self.town, self.office = town, town.office((COORDINATOR, BERNADUS))
        self.right, self.clock = HandClock(int(time.time())), HandClock(int(time.time()))
        self.pc = Pc(folder / "pc", "PC Loket 1", self.office, self.clock)
        self.meja = Pc(folder / "meja", "PC Sekretariat", self.office, self.right)
        for one in (self.pc, self.meja):
            one.install(town.pack())
        self.yohana = self.meja.sit(COORDINATOR)
        self.root = folder / "flashdisk"
        self.root.mkdir()
        Stick(self.root, self.meja.store.office()).prepare()

    def visits(self):
        exchange(self.pc.store, Stick(self.root, self.pc.store.office()))
        found = merge(self.yohana, Stick(self.root, self.meja.store.office()))
        for waiting in waiting_keys(self.yohana):
            vouch(self.yohana, waiting, waiting.person)
        return found

    def to_town(self):
        road = Transport(self.town.url)

        def bring(part):
            answer = road.post(part, "/v1/carry")
            return answer if isinstance(answer, Failure) else answer.body

        assert to_centre(self.yohana, bring).failure is None
        road.close()

    def report(self):
        """The monthly report, as the desk makes it for paper and workbook."""
        desk = OfficeDesk(self.yohana)
        paces = paces_of(shipped_table(), self.right.at, self.yohana.zone())
        frame = (self.office.name, self.yohana.zone(), self.yohana.store.now())
        return monthly(desk.renew(), paces, desk.weeks(), (), frame)

    def off(self):
        self.yohana.close()
        self.pc.off()
        self.meja.off()


def told_in(report):
    """All words of the workbook, one after the other."""
    book = openpyxl.load_workbook(BytesIO(report_xlsx(report)))
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    return "\n".join(one.strftime("%d/%m/%Y") if isinstance(one, datetime) else str(one) for one in cells)


def test_by_stick_a_dead_battery_costs_no_hour_and_the_report_asks_to_look_at_the_time(by_stick):
    """Signed in once in the right year; then the battery dies, and no line ever corrects this PC."""
    world = by_stick
    bernadus = world.pc.sit(BERNADUS)
    world.visits()
    world.to_town()
    world.visits()
    world.visits()
    assert world.report().clocks == (), "so far there is nothing to look at"
    bernadus.close()
    world.pc.off()
    world.clock.restart(wall=CLOCKS["stands in 2010"])
    world.pc.on()
    again = world.pc.enter(bernadus.profile)
    learning = world.pc.learning(again)
    world.clock.wait(600)
    read_all(learning)
    take_quiz(learning)

    assert again.standing().jp_of(this_year()).total == JP
    assert again.standing().jp_of(2010).total == 0
    world.visits()
    report = world.report()
    (line,) = [one for one in report.lines if one.one.row.name == BERNADUS.name]
    assert (line.one.row.jp, line.clock) == (JP, True)
    (doubt,) = report.clocks
    assert (doubt.name, doubt.pc) == (BERNADUS.name, "PC Loket 1")
    assert (doubt.said - CLOCKS["stands in 2010"], doubt.earliest <= time.time() + 60) == (600, True)
    assert doubt.earliest > time.time() - 86_400
    told = told_in(report)
    assert "Waktu perlu diperiksa" in told
    assert "01/01/2010" in told

    world.to_town()
    assert world.town.row(world.office, BERNADUS)["jp"] == JP
    again.close()


@pytest.mark.parametrize("days", [3, -3])
def test_a_clock_moved_in_the_middle_is_noted_in_the_log_and_asked_about(by_stick, days):
    world = by_stick
    bernadus = world.pc.sit(BERNADUS)
    learning = world.pc.learning(bernadus)
    read_all(learning)
    attempt = learning.quizzing.start(QUIZ)
    for place, view in enumerate(attempt.questions):
        world.clock.wait(20)
        world.clock.at += days * 86_400 * (place == 1)
        learning.quizzing.answer(QUIZ, attempt.number, view.id, RIGHT[view.id], 20)
    assert learning.quizzing.finish(QUIZ, attempt.number).score == 10_000
    facts = bernadus.facts(Scope.OWN)
    (noted,) = [one.statement for one in facts if one.statement.kind == "clock.doubted"]
    assert noted.fields["said"] == world.clock.at - 20 * (len(attempt.questions) - 2)
    assert sorted(one.statement.seq for one in facts) == list(range(1, len(facts) + 1))
    world.visits()
    report = world.report()
    assert [one.name for one in report.clocks] == [BERNADUS.name]
    assert sum(one.one.row.jp or 0 for one in report.lines) == JP
    bernadus.close()


def test_half_an_hour_into_the_new_year_in_papua_counts_for_the_new_year(by_stick):
    """At the same moment it is still the old year in Jakarta, where the centre stands."""
    world = by_stick
    year = this_year() + 1
    midnight = int(datetime(year, 1, 1, tzinfo=ZoneInfo("Asia/Jayapura")).timestamp())
    world.clock.at = world.right.at = midnight + 1800
    bernadus = world.pc.sit(BERNADUS)
    learning = world.pc.learning(bernadus)
    read_all(learning)
    take_quiz(learning)
    world.visits()
    assert bernadus.standing().jp_of(year).total == JP
    assert bernadus.standing().jp_of(year - 1).total == 0
    assert desk_row(world.yohana, BERNADUS).jp == JP
    assert world.report().day.year == year
    bernadus.close()
