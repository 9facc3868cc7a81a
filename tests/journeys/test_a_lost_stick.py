"""Story 12, its stick (*flashdisk hilang*): its finder reads nothing, the record names whose work it had, nothing is late."""

import json
import time
import uuid
from datetime import datetime, timedelta
from datetime import time as hour
from zoneinfo import ZoneInfo

import pytest
import time_machine
from PySide6.QtWidgets import QApplication, QLabel

from desktop.app.application import Application
from desktop.demo.people import COORDINATOR, LEARNERS, PIN, ZONE
from desktop.demo.pilot import Pilot
from desktop.errors import Problem
from desktop.formats import long_day
from desktop.office.carry import to_centre
from desktop.office.desk import Desk
from desktop.office.exchange_stick import exchange
from desktop.office.lost_stick import lost_sticks
from desktop.office.merge import merge
from desktop.office.round import round_of
from desktop.office.timings import timed_works
from desktop.people.profiles import sign_in
from desktop.people.trail import office_trail, own_trail
from desktop.store.facts import Scope
from desktop.store.timing import Times, decide
from sync.bundle import open_piece
from sync.client.stick import Stick
from sync.client.transport import Transport
from sync.folds.assignments import SUBMITTED, submissions
from sync.folds.deadlines import Deadline, Timing, Verdict
from sync.folds.losses import CLOCK
from sync.folds.order import DOUBTED
from sync.folds.trail import Deed
from sync.journal.keys import LetterKey
from sync.journal.sealing import key_id, recipients_of
from sync.postbag.homeward import open_homeward
from sync.postbag.outward import open_outward
from sync.postbag.part import Form
from sync.refusal import Refusal
from tests.builders.hunt import hunt, nip_words
from tests.builders.road import READ, Pc, sent
from tests.fakes.clock import HandClock
from tests.journeys.assignment_round import EXTRA, FERDINAND, HELENA, SECOND, TASK, TUTI, desk_of, hands_in

NAFTALI, RUTH = LEARNERS[6], LEARNERS[7]
"""He learns at the other PC; she is on the roster and has not come yet."""
PAPUA = ZoneInfo(ZONE)
NOBODY = "http://127.0.0.1:9"
WRITTEN, NOTE = "proposal-layanan-terapung", "di kapal Sabuk Nusantara"
LOKET, ARSIP = "PC Loket Waropen", "PC Arsip Waropen"


def at(day, o_clock):
    """A moment in Papua, in Unix seconds."""
    return int(datetime.combine(day, hour(o_clock), PAPUA).timestamp())


class Ferry:
    """An office with two PCs, a desk, and a coordinator who travels; the deadline was eight days ago.

    It was at 12.00 in Jakarta, which is 14.00 here, and what was sealed before has nine days for the road.
    """

    def __init__(self, town, folder):
        self.town, self.folder = town, folder
        self.deadline = datetime.now(PAPUA).date() - timedelta(days=8)
        self.sealed = self.deadline - timedelta(days=1)
        began = at(self.deadline - timedelta(days=4), 8)
        with time_machine.travel(began - 86_400):
            people = (COORDINATOR, FERDINAND, HELENA, NAFTALI, RUTH, TUTI)
            self.office = town.office(people, url=NOBODY)
        rule = EXTRA.replace("markers = 2", f'markers = 1\ndeadline = "{self.deadline} 12.00 WIB"\ngrace = 9')
        self.pack = town.pack(extra=rule, files={"m2/rencana.md": "# Proposal\n\nTulis proposal Anda.\n"})
        self.clock = HandClock(began)
        self.loket, self.arsip, self.meja = (
            self.sets_up(name, self.clock) for name in (LOKET, ARSIP, "PC Sekretariat")
        )
        self.yohana = self.meja.sit(COORDINATOR)
        self.ferdinand, self.helena = self.loket.sit(FERDINAND), self.loket.sit(HELENA)
        self.naftali = self.arsip.sit(NAFTALI)
        self.laptops, self.markers = (), ()
        self.short = Deadline(at(self.deadline, 14), grace=3)
        self.first, self.second = self.prepares("flashdisk-lama"), self.prepares("flashdisk-baru")

    def sets_up(self, name, clock=None):
        pc = Pc(self.folder / name, name, self.office, clock)
        pc.install(self.pack)
        return pc

    def stick(self, root):
        return Stick(root, self.meja.store.office())

    def prepares(self, name):
        root = self.folder / name
        root.mkdir()
        self.stick(root).prepare()
        return root

    def marker_comes(self):
        """A trainer with a laptop that has a line."""
        self.laptop = self.sets_up("laptop")
        self.tuti = self.laptop.sit(TUTI)
        self.laptops, self.markers = (self.laptop,), (self.tuti,)
        sent(self.tuti, self.town.url)

    def until(self, moment):
        self.clock.wait(moment - self.clock.wall())

    def today(self):
        """The PCs were off meanwhile."""
        learners = (self.ferdinand, self.helena, self.naftali)
        for one in learners:
            one.close()
        for pc in (self.loket, self.arsip):
            pc.off()
        self.clock.restart(int(time.time()))
        for pc in (self.loket, self.arsip):
            pc.on()
        self.ferdinand, self.helena = (self.loket.enter(one.profile) for one in learners[:2])
        self.naftali = self.arsip.enter(learners[2].profile)

    def visits(self, root, *pcs):
        for pc in pcs:
            exchange(pc.store, Stick(root, pc.store.office()))

    def round(self, name):
        """Around with a stick of its own, to town, and around again with what the centre answered."""
        root = self.prepares(name)
        self.visits(root, self.loket)
        self.merges(root)
        self.to_town()
        self.merges(root)
        self.visits(root, self.loket)
        return root

    def merges(self, root):
        return merge(self.yohana, self.stick(root))

    def to_town(self):
        """Over real HTTP to the real centre."""
        road = Transport(self.town.url)
        found = to_centre(self.yohana, lambda part: road.post(part, "/v1/carry").body)
        road.close()
        assert (found.failure, found.left) == (None, 0)

    def handed(self, pc, profile):
        return pc.learning(profile).assigning.body(TASK).handed

    def words(self):
        """What nobody may read who finds a stick: people, answers, PCs, keys, and who a head might name."""
        words = [WRITTEN, SECOND[:24], "rencana.pdf", TASK, READ, NOTE, LOKET, ARSIP]
        for who in (FERDINAND, HELENA, NAFTALI, RUTH):
            words += [who.name, *who.name.split(), *nip_words(who.nip), self.office.codes[who.nip]]
        for one in (self.ferdinand, self.helena, self.naftali):
            words += [one.profile, one.person, one.keys.signing.public, one.keys.letter.public]
        return [*words, *(pc.store.pc().id for pc in (self.loket, self.arsip))]

    def off(self):
        for one in (self.ferdinand, self.helena, self.naftali, self.yohana, *self.markers):
            one.close()
        for pc in (self.loket, self.arsip, self.meja, *self.laptops):
            pc.off()


@pytest.fixture
def ferry(town, cheap_pins, tmp_path):
    made = Ferry(town, tmp_path)
    yield made
    made.off()


def a_month_begins(ferry):
    """Both PCs were visited and merged once, so that the desk knows them."""
    for pc, one in (
        (ferry.loket, ferry.ferdinand),
        (ferry.loket, ferry.helena),
        (ferry.arsip, ferry.naftali),
    ):
        pc.learning(one).page_read(READ, 1, 60)
    ferry.visits(ferry.first, ferry.loket, ferry.arsip)
    ferry.merges(ferry.first)


def the_finder_reads_nothing(ferry, root):
    """Neither by `strings` nor with a key of their own, were it a colleague's or another office's."""
    assert hunt(ferry.words(), root) == set()
    stick = ferry.stick(root)
    outward = list(stick.parts(Form.OUTWARD))
    homeward = list(stick.parts(Form.HOMEWARD))
    assert outward, "the work of two lies on it"
    assert homeward, "and letters for Arsip"
    for key in (LetterKey.generate(), ferry.helena.keys.letter, ferry.loket.store.device_letter()):
        for part, _ in outward:
            with pytest.raises(Refusal):
                open_outward(part, key)
    centre = ferry.meja.store.office().header.centre
    for key in (LetterKey.generate(), *ferry.yohana.keys.office.values(), ferry.yohana.keys.letter):
        for part, _ in homeward:
            with pytest.raises(Refusal):
                open_homeward(part, key, centre)
    # What the PC itself opens is sealed once more, to the one: neither coordinator nor colleague reads it.
    own = ferry.arsip.store.device_letter()
    mine = [part for part, _ in homeward if key_id(own.public) in recipients_of(part.body)]
    letters = [letter for part in mine for letter in open_homeward(part, own, centre).letters]
    assert {letter.profile for letter in letters} == {ferry.naftali.profile}
    for letter in letters:
        assert open_piece(letter.piece, ferry.naftali.keys.letter, centre)
        for key in (
            *ferry.yohana.keys.office.values(),
            ferry.yohana.keys.letter,
            ferry.helena.keys.letter,
            own,
        ):
            with pytest.raises(Refusal):
                open_piece(letter.piece, key, centre)


def reported_in_one_form(ferry):
    """The coordinator at the window: one form that names them, a note, and from then on the three days run."""
    who = ferry.yohana.profile
    ferry.yohana.close()
    ferry.meja.off()
    qt = QApplication.instance()
    app = Application(qt, ferry.meja.folder, tuple)
    app.open()
    pilot = Pilot(qt, app.window)
    pilot.wait("sign_in_screen")
    app.enter(sign_in(app.store, who, PIN))
    pilot.settle(app.jobs.idle)
    pilot.click("rail_exchange")
    pilot.click("report_lost")
    named = pilot.wait("loss_people").text()
    sheet = " ".join(one.text() for one in pilot.wait("loss_sheet").findChildren(QLabel))
    pilot.write("loss_note", NOTE)
    pilot.click("loss_send")
    pilot.until(lambda: pilot.see("round_loss"), "the loss beside the round")
    pilot.settle(app.jobs.idle)
    told = " ".join(one.text() for one in pilot.wait("round_loss").findChildren(QLabel))
    app.window.close()
    app.window.deleteLater()
    ferry.meja.clock = None
    ferry.meja.on()
    ferry.yohana = ferry.meja.enter(who)
    assert named == ", ".join(one.name for one in (FERDINAND, HELENA, NAFTALI))
    assert "3 orang" in sheet
    assert "2 komputer" in sheet
    assert "Laporan belum sampai di pusat. Kirim sebelum" in told
    (loss,) = lost_sticks(ferry.yohana)
    assert set(loss.people) == {one.person for one in (ferry.ferdinand, ferry.helena, ferry.naftali)}
    assert set(loss.pcs) == {pc.store.pc().id for pc in (ferry.loket, ferry.arsip)}
    assert (loss.about, loss.until - loss.at) == (NOTE, CLOCK)
    return loss


def the_centre_runs_the_three_days(ferry, loss):
    """The operator sees the same persons by name and UUID, and hours that are left."""
    told = ferry.town.ask("losses", "--json", "--office", ferry.office.name)
    (found,) = json.loads(told)["losses"]
    assert {(one["name"], one["person"]) for one in found["people"]} == {
        (who.name, str(uuid.UUID(bytes=one.person)))
        for who, one in ((FERDINAND, ferry.ferdinand), (HELENA, ferry.helena), (NAFTALI, ferry.naftali))
    }
    assert (found["at"], found["until"]) == (loss.at, loss.at + CLOCK)
    assert set(found["computers"]) == {pc.hex() for pc in loss.pcs}
    assert 0 < found["left"] <= CLOCK


def judged_by_when_it_was_sealed(ferry, code, late_code):
    """Learner, marker and centre say the same of both: when it was handed in, and when it came."""
    laptop, tuti = ferry.laptop, ferry.tuti
    for _ in range(2):
        sent(tuti, ferry.town.url)
    about = {one.code: one.about for one in desk_of(laptop, tuti).view().papers}
    assert about[code] == f"Dikumpulkan {long_day(ferry.sealed)}"
    assert "lewat batas waktu" in about[late_code]
    ferry.ferdinand.catch_up()
    handed = ferry.handed(ferry.loket, ferry.ferdinand)
    assert not handed.late
    today = long_day(datetime.now(PAPUA).date())
    assert handed.counts == (
        f"Disegel {long_day(ferry.sealed)} pukul 20.00 WIT. "
        f"Tepat waktu: batasnya {long_day(ferry.deadline)} pukul 14.00 WIT. Sampai di pusat {today}."
    )
    assert ferry.handed(ferry.loket, ferry.helena).late
    record = ferry.town.ask("receipt", code, "--office", ferry.office.name)
    assert f"tugas dikumpulkan, dikerjakan {ferry.sealed:%d-%m-%Y}, diterima pusat" in record
    assert f"diterima pusat {ferry.sealed:%d-%m-%Y}" not in record
    _by_the_same_evidence_everywhere(ferry, tuti)


def _by_the_same_evidence_everywhere(ferry, tuti):
    """Learner, desk and marker have the same: sealed the evening before, collected and received today."""
    end = at(ferry.deadline, 14)
    for profile in (ferry.ferdinand, ferry.yohana, tuti):
        times = Times(profile)
        works = submissions(times.known.accepted(profile.facts(kinds=(SUBMITTED,))), times.known.person_of)
        work = works[ferry.ferdinand.person, TASK][-1]
        judged = times.judged(work, Deadline(end, grace=9))
        assert (judged.timing, judged.decision) == (Timing.ON_TIME, None)
        assert (judged.trace.at, judged.trace.doubted) == (at(ferry.sealed, 20), False)
        assert end < judged.trace.collected <= judged.trace.received <= end + 9 * 86_400
        assert times.judged(work, Deadline(end, grace=3)).timing is Timing.PERSON, (
            "longer on the road than that"
        )


def decided_with_a_reason(ferry):
    """A colleague's road was longer than the grace: a person decides, and the record goes to all it is about."""
    works = timed_works(ferry.yohana, Desk(ferry.yohana).people(), lambda _: ("Proposal", ferry.short))
    waiting = {one.name: one for one in works if one.waits}
    assert waiting.keys() == {FERDINAND.name}
    with pytest.raises(Problem, match="Alasan"):
        decide(ferry.yohana, waiting[FERDINAND.name].work, Verdict.ON_TIME, " ")
    decide(ferry.yohana, waiting[FERDINAND.name].work, Verdict.ON_TIME, "Flashdisk hilang di kapal")
    ferry.merges(ferry.second)
    ferry.to_town()
    last = ferry.round("flashdisk-keempat")
    for _ in range(2):
        sent(ferry.tuti, ferry.town.url)
    ferry.ferdinand.catch_up()
    for profile in (ferry.ferdinand, ferry.yohana, ferry.tuti):
        times = Times(profile)
        works = submissions(times.known.accepted(profile.facts(kinds=(SUBMITTED,))), times.known.person_of)
        judged = times.judged(works[ferry.ferdinand.person, TASK][-1], ferry.short)
        assert (judged.counts, judged.decision.reason) == (Timing.ON_TIME, "Flashdisk hilang di kapal")
        assert judged.decision.author == ferry.yohana.person
    assert Deed.DECIDED in {one.deed for one in own_trail(ferry.ferdinand)}
    (step,) = [one for one in office_trail(ferry.yohana) if one.deed is Deed.DECIDED]
    assert (step.people, step.by) == ((ferry.ferdinand.person,), ferry.yohana.person)
    assert hunt(["Flashdisk hilang di kapal", FERDINAND.name], last) == set()


def test_a_stick_lost_with_a_proposal_on_it_costs_neither_secrets_nor_the_deadline(
    town, ferry, qtbot, tmp_path
):
    a_month_begins(ferry)
    # The evening before the deadline he seals his proposal; the next day the stick has it, and the ferry the stick.
    ferry.until(at(ferry.sealed, 20))
    code = hands_in(ferry.loket, ferry.ferdinand, tmp_path, WRITTEN, SECOND).handed.code
    evidence = ferry.ferdinand.facts(Scope.OWN)
    assert not [fact for fact in evidence if fact.statement.kind == DOUBTED], (
        "nothing speaks against its clock"
    )
    ferry.until(at(ferry.deadline, 8))
    ferry.to_town()
    ferry.merges(ferry.first)  # the answers of the first round lie on the stick, for both PCs
    ferry.until(at(ferry.deadline, 10))
    ferry.visits(ferry.first, ferry.loket)
    lost = ferry.first.rename(tmp_path / "di dek kapal")
    the_finder_reads_nothing(ferry, lost)

    loss = reported_in_one_form(ferry)
    ferry.today()
    ferry.marker_comes()
    assert {one.name for one in round_of(ferry.meja.store).left} == {LOKET, ARSIP}, (
        "both are to be visited again"
    )

    # Collected again with another stick, and a colleague's work that was too late; then to town.
    late_code = hands_in(ferry.loket, ferry.helena, tmp_path, "Terlambat", SECOND).handed.code
    ferry.visits(ferry.second, ferry.loket, ferry.arsip)
    assert hunt(ferry.words(), ferry.second) == set(), "the report lies on no stick in clear either"
    assert ferry.merges(ferry.second).new > 0
    ferry.to_town()
    the_centre_runs_the_three_days(ferry, loss)
    ferry.round("flashdisk-ketiga")  # when the centre had it comes with its answer
    judged_by_when_it_was_sealed(ferry, code, late_code)
    decided_with_a_reason(ferry)

    # The lost one turns up at the harbour master's: there is nothing new on it, and nothing counts twice.
    assert ferry.merges(lost).new == 0
    ferry.to_town()
    for one in (ferry.ferdinand, ferry.helena, ferry.naftali):
        stored = [fact.identity for fact in town.stored(one.profile)]
        assert sorted(stored) == sorted(fact.identity for fact in one.facts(Scope.OWN))


def test_planted_fault_work_that_is_signed_and_not_sealed_is_read_by_the_finder(ferry, tmp_path, monkeypatch):
    for where in ("desktop.store.record.seal", "sync.postbag.outward.seal"):
        monkeypatch.setattr(where, lambda data, *_: data)
    hands_in(ferry.loket, ferry.ferdinand, tmp_path, WRITTEN, SECOND)
    ferry.visits(ferry.first, ferry.loket)
    found = {word for word, _ in hunt(ferry.words(), ferry.first)}
    assert found >= {LOKET, ferry.ferdinand.profile, ferry.ferdinand.keys.signing.public}
