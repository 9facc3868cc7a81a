"""Any life of a PC: work, acks, locks, power cuts, backups brought back. No number twice, nothing left unsealed."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from desktop.paths import Folders
from desktop.store.device import Store
from desktop.store.doors import Newcomer, create_profile, unlock
from desktop.store.facts import Scope
from sync.bundle import SyncReply
from sync.folds.order import DOUBTED
from sync.journal.acks import Ack
from sync.journal.sealing import unseal
from sync.journal.segment import decode_segment
from sync.officefile import read_office
from tests.builders.office import YOHANA, new_office
from tests.fakes.clock import HandClock

PIN = "135790"
OFFICE = new_office()


class PowerCutError(BaseException):
    """The process ends here."""


class LifeOfAPc(RuleBasedStateMachine):
    @initialize()
    def sits_down(self):
        self.place = Path(tempfile.mkdtemp())
        self.folders = Folders(self.place / "data", self.place / "kunci", shared=True)
        self.clock = HandClock()
        self.store = Store.open(self.folders, self.clock)
        self.profile = create_profile(self.store, Newcomer(YOHANA, "Yo", "YO", "learner", {}), PIN)
        self.who = self.profile.profile
        self.ever = {}
        self.backup = None
        self.epoch = 1

    @rule(count=st.sampled_from([1, 1, 1, 3, 70]))
    def works(self, count):
        page = {"activity": "a/b/c", "page": count, "seconds": 1, "version": "1"}
        for one in self.profile.record_all([("page.read", page)] * count):
            assert one.identity not in self.ever, "a number was used twice"
            self.ever[one.identity] = one.digest
        self._hears_of_the_clock()

    def _hears_of_the_clock(self):
        """What the PC noticed of its own clock is stated too, before what was done."""
        for fact in self.profile.facts(Scope.OWN, kinds=(DOUBTED,)):
            self.ever.setdefault(fact.identity, fact.statement.digest)

    @precondition(lambda self: self.store.office() is None)
    @rule()
    def gets_an_office(self):
        self.store.put_office(read_office(OFFICE.raw))
        self.profile.repair()

    @rule(share=st.floats(0, 1))
    def hears_acks(self, share):
        offered = self.store.outbox.offered()
        acks = tuple(Ack(log, max(1, int(last * share))) for log, last in offered.items())
        self.profile.accept(SyncReply(time=1, request=b"\0" * 8, acks=acks)) if acks else None

    @rule(boot=st.booleans())
    def is_switched_off_and_on(self, boot):
        self.profile.close()
        self.store.close()
        if boot:
            self.clock.restart(wall=self.clock.wall() - 3600)
        self._switch_on()

    @rule()
    def loses_power_between_profile_and_outbox(self):
        def die(*_):
            raise PowerCutError

        self.store.outbox.put_tail = die
        try:
            self.works(1)
        except PowerCutError:
            self._hears_of_the_clock()
            known = set(self.ever)
            for fact in self.profile.facts(Scope.OWN):
                self.ever.setdefault(fact.identity, fact.statement.digest)
            assert len(set(self.ever) - known) == 1
        self.profile.close()
        self.store.close()
        self._switch_on()

    @precondition(lambda self: self.store.office() is not None)
    @rule(said=st.booleans())
    def hears_that_the_centre_was_put_back(self, said):
        """By another epoch, or by a count below what was acked."""
        self.epoch += said
        self.profile.cursors()
        told = {} if said else {"own": 0}
        versions = {"epoch": self.epoch} if said else {}
        self.profile.accept(SyncReply(time=1, request=b"\0" * 8, cursors=told, versions=versions))
        assert said or self.store.outbox.acks() == {}

    @rule()
    def is_backed_up(self):
        self.profile.close()
        self.store.close()
        self.backup = {path.name: path.read_bytes() for path in self.folders.data.iterdir()}
        self._switch_on()

    @precondition(lambda self: self.backup is not None)
    @rule()
    def is_restored_from_a_backup(self):
        self.profile.close()
        self.store.close()
        shutil.rmtree(self.folders.data)
        self.folders.data.mkdir()
        for name, data in self.backup.items():
            (self.folders.data / name).write_bytes(data)
        self._switch_on()

    def _switch_on(self):
        self.store = Store.open(self.folders, self.clock)
        self.profile = unlock(self.store, self.who, PIN)

    @invariant()
    def nothing_is_left_behind(self):
        kept = {fact.identity: fact.statement.digest for fact in self.profile.facts(Scope.OWN)}
        assert kept.items() <= self.ever.items()
        acks = self.store.outbox.acks()
        waiting = {one for one in kept if one.seq > acks.get(one.log, 0)}
        assert self.profile.unsent() == len(waiting)
        sealed = set()
        for part in self.store.outbox.outgoing():
            for fact in decode_segment(unseal(part.sealed, OFFICE.letter)).facts:
                assert kept[fact.identity] == fact.statement.digest
                sealed.add(fact.identity)
        if self.store.office() is not None:
            assert waiting <= sealed
            (reach,) = self.store.reached.all()
            assert reach.cursors == self.profile.cursors()
        plain = set()
        for data in self.profile.segments_to_send(1 << 20):
            plain |= {fact.identity for fact in decode_segment(data).facts}
        assert plain == waiting

    def teardown(self):
        self.profile.close()
        self.store.close()
        shutil.rmtree(self.place)


TestLifeOfAPc = LifeOfAPc.TestCase
TestLifeOfAPc.settings = settings(
    max_examples=10, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
