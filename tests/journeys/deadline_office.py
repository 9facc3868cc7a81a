"""An office with a deadline that is past, two PCs whose clocks are anything, and a desk that a stick reaches."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import time_machine
from PySide6.QtWidgets import QApplication

from desktop.app.application import Application
from desktop.demo.people import COORDINATOR, PIN, ZONE
from desktop.demo.pilot import Pilot
from desktop.office.carry import to_centre
from desktop.office.desk import Desk
from desktop.office.exchange_stick import exchange
from desktop.office.follow_up import paces_of
from desktop.office.merge import merge
from desktop.office.monthly import monthly
from desktop.office.timings import timed_works
from desktop.people.profiles import sign_in
from desktop.people.vouching import vouch, waiting_keys
from sync.client.stick import Stick
from sync.client.transport import Transport
from sync.folds.deadlines import Deadline
from sync.jp_table import shipped_table
from sync.packs.deadline import end_of
from tests.builders.road import Pc
from tests.fakes.clock import HandClock
from tests.journeys.assignment_round import EXTRA, FERDINAND, HELENA, TUTI

PAPUA = ZoneInfo(ZONE)
DAY = 86_400
NOBODY = "http://127.0.0.1:9"
REASON = "Koordinator melihat sendiri tugasnya selesai tanggal 18"
FIRST, SECOND = FERDINAND, HELENA
"""Who sits at PC A, whose battery is dead, and at PC B, which runs three days fast."""


class Office:
    """Two PCs and a desk that a stick connects; the deadline was thirteen days ago, at noon in Jakarta."""

    def __init__(self, town, folder):
        self.town, self.folder = town, folder
        day = (datetime.now(PAPUA) - timedelta(days=13)).date()
        self.hour = "12:00+07:00"
        self.deadline = Deadline(end_of(day.isoformat(), self.hour, PAPUA), grace=9)
        self.began = self.deadline.end - 6 * DAY
        with time_machine.travel(self.began - DAY):
            self.office = town.office((COORDINATOR, FIRST, SECOND, TUTI), url=NOBODY)
        rule = f'markers = 1\ndeadline = "{day} 12.00 WIB"\ngrace = 9'
        self.pack = town.pack(
            rules="time_limit = 30\n",
            extra=EXTRA.replace("markers = 2", rule),
            files={"m2/rencana.md": "# Rencana\n\nTulis rencana.\n"},
        )
        self.desk_clock = HandClock(self.began)
        self.meja = self.sets_up("PC Sekretariat", self.desk_clock)
        self.yohana = self.meja.sit(COORDINATOR)
        self.pcs, self.people, self.sticks = [], [], 0

    def sets_up(self, name, clock=None):
        pc = Pc(self.folder / name, name, self.office, clock)
        pc.install(self.pack)  # signed years after, or before, what this PC calls today
        self.pcs = [*getattr(self, "pcs", []), pc]
        return pc

    def sits(self, name, person, wall):
        """Somebody at a PC whose clock shows `wall`."""
        clock = HandClock(wall)
        pc = self.sets_up(name, clock)
        self.people.append(pc.sit(person))
        return pc, clock, self.people[-1]

    def visits(self, *pcs):
        self.sticks += 1
        root = self.folder / f"flashdisk-{self.sticks}"
        root.mkdir()
        stick = Stick(root, self.meja.store.office())
        stick.prepare()
        for pc in pcs:
            exchange(pc.store, stick)
        merge(self.yohana, stick)
        for waiting in waiting_keys(self.yohana):
            vouch(self.yohana, waiting, waiting.person)
        return stick

    def opens_at(self, wall):
        """The desk is opened again; its clock is right."""
        who = self.yohana.profile
        self.yohana.close()
        self.meja.off()
        self.desk_clock.restart(wall)
        self.meja.on()
        self.yohana = self.meja.enter(who)

    def to_town(self):
        road = Transport(self.town.url)
        assert to_centre(self.yohana, lambda part: road.post(part, "/v1/carry").body).failure is None
        road.close()

    def round(self, *pcs):
        """Around, to town, and around again with what the centre answered."""
        stick = self.visits(*pcs)
        self.to_town()
        merge(self.yohana, stick)
        for pc in pcs:
            exchange(pc.store, stick)

    def at_the_window(self, work):
        """Let the coordinator do something in the real window."""
        who = self.yohana.profile
        self.yohana.close()
        self.meja.off()
        qt = QApplication.instance()
        app = Application(qt, self.meja.folder, tuple)
        app.open()
        pilot = Pilot(qt, app.window)
        pilot.wait("sign_in_screen")
        app.enter(sign_in(app.store, who, PIN))
        pilot.settle(app.jobs.idle)
        found = work(pilot, app)
        pilot.settle(app.jobs.idle)
        app.window.close()
        app.window.deleteLater()
        self.meja.clock = None
        self.meja.on()
        self.yohana = self.meja.enter(who)
        return found

    def report(self):
        """The month's report as the desk makes it now."""
        desk = Desk(self.yohana)
        paces = paces_of(shipped_table(), self.yohana.store.now(), self.yohana.zone())
        frame = (self.office.name, self.yohana.zone(), self.yohana.store.now())
        asked = lambda _: ("Rencana loket", self.deadline)  # noqa: E731 - one assignment there is
        works = timed_works(self.yohana, desk.people(), asked)
        return monthly(desk.renew(), paces, desk.weeks(), (), frame, works=works)

    def off(self):
        for one in (*self.people, self.yohana):
            one.close()
        for pc in self.pcs:
            pc.off()
