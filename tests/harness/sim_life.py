"""What can happen in an office between two moments: study, sending, falls, copies put back, clocks gone wrong."""

import copy

from desktop.demo.people import PIN
from desktop.errors import Problem
from desktop.people.profiles import reset_pin
from desktop.people.vouching import hand_out, reset_codes, vouch, waiting_keys
from sync.client.deliver import deliver
from sync.server.rulings import revoke
from tests.harness.sim_lan import CHANCES as LAN_CHANCES
from tests.harness.sim_lan import Lan
from tests.harness.sim_road import SimRoad
from tests.harness.sim_round import CHANCES, Round
from tests.harness.sim_truth import carried_anywhere
from tests.harness.sim_world import COURSE

DAY = 86_400
YEARS = {"1980": 315_532_800, "2038": 2_147_500_000}
CLONES = 2
"""PCs that may come into being by copying a disk."""


class Life(Round, Lan):
    """One schedule: `step` lets something happen, and remembers what was stated and what may be missing."""

    def __init__(self, world, dice, trouble=0.4):
        self.world, self.dice = world, dice
        self.road = SimRoad(world.centre, dice, trouble)
        self.said, self.signed = {}, {}
        self.made_on = {name: [] for name in world.pcs}
        self.backups = {}
        self.centre_backup = None
        self.wiped, self.excused = set(), set()
        self.revoked, self.robbed, self.copied = set(), set(), False
        self.carried_before, self.handed = set(), {}
        self.begin_rounds()
        self.begin_lan(trouble)
        self.steps = dict.fromkeys((name for name, _ in self.chances()), 0)

    def chances(self):
        """Everything that can happen, and how often beside the others."""
        return (
            ("study", 46),
            ("send", 26),
            ("time", 6),
            ("late", 3),
            ("clock", 3),
            ("power", 4),
            ("back_up", 3),
            ("forget_pin", 1),
            ("vouch", 2),
            ("put_back", 2),
            ("copy_disk", 1),
            ("copy_running", 1),
            ("centre_restart", 2),
            ("centre_back_up", 2),
            ("centre_put_back", 1),
            ("revoke", 1),
            ("revoke_desk", 1),
            *CHANCES,
            *LAN_CHANCES,
        )

    def step(self):
        """Let one thing happen."""
        names, weights = zip(*self.chances(), strict=True)
        (name,) = self.dice.choices(names, weights)
        self.steps[name] += 1
        getattr(self, name)()

    # --- people ---------------------------------------------------------------------------------------------

    def study(self):
        name, profile = self._someone()
        for _ in range(self.dice.randint(1, 3)):
            self._state(name, profile, *self._fact(profile))

    def send(self):
        name, profile = self._someone()
        deliver(profile, self.road, self.world.pcs[name].clock)

    def _someone(self):
        """A person at a PC; mostly whoever sits there already."""
        name = self.dice.choice(sorted(self.world.pcs))
        pc = self.world.pcs[name]
        if pc.profile is None or self.dice.random() < 0.25:
            pc.sit(self.dice.choice(pc.store.tiles()).profile)
        return name, pc.profile

    def _fact(self, profile):
        activity = f"{self.dice.choice(COURSE.modules)}/{self.dice.choice('abc')}"
        match self.dice.randrange(8):
            case 0:
                return "lesson.completed", {"activity": activity, "version": "1.0"}
            case 1:
                return "module.completed", {"module": self.dice.choice(COURSE.modules), "version": "1.0"}
            case 2:
                return "course.completed", {"course": COURSE.course, "version": "1.0", "jp": COURSE.jp}
            case 3 | 4:
                held = profile.standing().notes.get((activity, "note"))
                base = held.now.counter if held else 0
                words = bytes([self.dice.randrange(256)]) * 8
                fields = {"activity": activity, "field": "note", "sealed": words}
                return "note.put", fields | {"counter": base + 1, "base": base}
            case 5:
                attempt = self.dice.randint(1, 3)
                marks = {"correct": attempt, "total": 3, "score": attempt * 3333, "passed": int(attempt == 3)}
                return "quiz.finished", {"activity": activity, "attempt": attempt} | marks
        page = self.dice.randint(1, 9)
        return "page.read", {"activity": activity, "page": page, "seconds": 30, "version": "1.0"}

    def _state(self, name, profile, kind, fields):
        self.world.clocks[name].wait(self.dice.randint(0, 90))
        made = profile.record(kind, **fields)
        key = (made.log, made.seq, made.digest)
        self.said[key] = name
        self.signed[key] = profile.signing_key().public
        self.made_on[name].append(key)

    # --- PCs ------------------------------------------------------------------------------------------------

    def time(self):
        seconds = self.dice.choice((60, 3_600, DAY, 30 * DAY))
        for clock in (self.world.clock, *self.world.clocks.values()):
            clock.wait(seconds)

    def late(self):
        self.dice.choice((self.road, self.lan)).arrive_late()

    def clock(self):
        """A flat battery, a hand that sets it wrong, or a hand that sets it right."""
        clock = self.world.clocks[self.dice.choice(sorted(self.world.pcs))]
        now = self.world.clock.at
        clock.at = self.dice.choice((*YEARS.values(), now - 3 * DAY, now + 3 * DAY, now, now))

    def power(self):
        name = self._off()
        self.world.clocks[name].restart()
        self.world.switch_on(name)

    def back_up(self):
        name = self._off()
        self.world.copy_pc(name, f"{name}.salinan")
        self.backups[name] = len(self.made_on[name])
        self.world.switch_on(name)

    def put_back(self):
        """A PC is given its backup; what was done since and never left it is gone, and nothing else."""
        if not self.backups:
            return
        name = self.dice.choice(sorted(self.backups))
        self.carried_before |= carried_anywhere(self)
        self.world.pcs[name].off()
        self.world.copy_pc(f"{name}.salinan", name)
        gone = set(self.made_on[name][self.backups[name] :])
        del self.made_on[name][self.backups[name] :]
        self.wiped |= gone
        self.excused |= gone - self._kept()
        self.world.switch_on(name)

    def copy_disk(self):
        """The image of one PC is put on another: the same keys at two places from now on."""
        if len(self.world.pcs) >= 2 + CLONES:
            return
        name = self._off()
        new = f"{name}{len(self.world.pcs)}"
        self.world.copy_pc(name, new)
        self.made_on[new] = []
        self.world.switch_on(name)
        self.world.switch_on(new)

    def copy_running(self):
        """A virtual PC is copied while somebody works: both go on in the same log, which branches."""
        if len(self.world.pcs) >= 2 + CLONES:
            return
        self.copied = True
        name, profile = self._someone()
        self._state(name, profile, *self._fact(profile))
        pc, new = self.world.pcs[name], f"{name}{len(self.world.pcs)}"
        pc.store.device.query("PRAGMA wal_checkpoint(TRUNCATE)")
        profile.database.query("PRAGMA wal_checkpoint(TRUNCATE)")
        self.world.copy_pc(name, new)
        self.made_on[new] = []
        twin = self.world.switch_on(new).sit(profile.profile)
        there, here = twin._recorder, profile._recorder
        there._writer = copy.copy(here._writer)
        there._writer._chain = list(here._writer._chain)
        there._writer._clock = self.world.clocks[new]
        there._row, there._unsealed = here._row, list(here._unsealed)

    def _off(self):
        name = self.dice.choice(sorted(self.world.pcs))
        self.world.pcs[name].off()
        return name

    # --- the desk -------------------------------------------------------------------------------------------

    def forget_pin(self):
        """Somebody who forgot the PIN gets a code from the desk, as far as it has come there, and new keys."""
        name = self.dice.choice(sorted(self.world.pcs))
        pc, desk = self.world.pcs[name], self._desk()
        tile = self.dice.choice(pc.store.tiles())
        person = self.world.people[tile.profile]
        codes = [one for one in reset_codes(desk, person) if one.profile == tile.profile]
        if not codes or self.world.leads(name, tile.profile):  # a coordinator needs the centre for that
            return
        code = hand_out(desk, codes[0])
        pc.up()
        try:
            pc.profile = reset_pin(pc.store, tile.profile, code, PIN)
        except Problem:  # a backup has an older code than the desk has
            return

    def vouch(self):
        """The desk says whose keys they are that wait, as far as it has heard of them."""
        self.vouches(self._desk())

    def vouches(self, desk):
        """Vouch at one desk; whoever stole a coordinator's key vouches too."""
        for waiting in waiting_keys(desk):
            vouch(desk, waiting, waiting.person or self.world.people[waiting.profile])

    def _desk(self, beside=()):
        """A coordinator sits down at one of the PCs where they have a profile, who is not `beside`."""
        name, profile = self.dice.choice(
            [
                (name, key)
                for name, key in self.world.seats()
                if key not in beside and self.world.leads(name, key)
            ]
        )
        return self.world.pcs[name].sit(profile)

    # --- the centre -----------------------------------------------------------------------------------------

    def centre_restart(self):
        self.world.centre.restart()

    def centre_back_up(self):
        self.centre_backup = self.world.folder / "pusat.salinan"
        self.world.centre.backup(self.centre_backup)

    def centre_put_back(self):
        if self.centre_backup is not None:
            self.ever |= self._kept()
            self.world.centre.restore(self.centre_backup)
            self.excused |= self.wiped - self._kept()
            for signing in self.revoked:  # the operator knows what was done since the copy
                self._revoke(signing)

    def revoke(self):
        """The centre revokes a key, once: a PC was stolen."""
        name, profile = self._someone()
        if not self.world.leads(name, profile.profile):
            self._robbed_of(profile)

    def revoke_desk(self):
        """The centre revokes a coordinator's key; the other coordinator goes on."""
        self._robbed_of(self._desk())

    def _robbed_of(self, profile):
        """Revoke whoever's key it is, unless one of their office was robbed before."""
        signing = profile.signing_key().public
        name = next(name for name, key in self.world.seats() if key == profile.profile)
        before = {self.world.leads(name, key) for name, key in self.world.seats() if key in self.robbed}
        if self.world.leads(name, profile.profile) not in before and self._revoke(signing):
            self.revoked.add(signing)
            self.robbed.add(profile.profile)

    def _revoke(self, signing):
        """Revoke a key as the operator does; gives whether the centre has met it."""
        centre = self.world.centre
        with centre.database.writing() as connection:
            try:
                revoke(connection, centre.keys, signing, self.world.clock.at)
            except LookupError:  # it was drawn after a PIN reset, and has not come yet
                return False
        centre.restart()
        return True

    def kept_ever(self):
        """What the centre keeps, or has kept before its database was put back."""
        return self.ever | self._kept()

    def is_void(self, key):
        """Whether a statement is of a key that was revoked: the centre says what of it counts."""
        return self.signed[key] in self.revoked

    def _kept(self):
        return {
            (one.statement.log, one.statement.seq, one.statement.digest) for one in self.world.centre.kept()
        }
