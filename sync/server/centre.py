"""One centre, put together: its keys, database, writer and gate."""

import asyncio

from sqlalchemy import select

from sync.journal.clock import Clock, SystemClock
from sync.server.answers import Answers, Shelf
from sync.server.database import Database
from sync.server.first_run import settle_trust
from sync.server.gate import Gate
from sync.server.home import Home
from sync.server.intake import Intake
from sync.server.keys import CentreKeys, open_keys
from sync.server.standings import Standings
from sync.server.tables import meta
from sync.server.voice import Voice
from sync.server.writer import Writer

QUIET = 1.0
"""Seconds without a sync after which standings are folded."""


class Centre:
    """A centre on one data folder. `first` says whether its keys were made just now."""

    def __init__(self, home: Home, clock: Clock | None = None) -> None:
        """Open the data folder, making what a first run needs. Raises MissingKeyError, UnfitDatabaseError."""
        self.home = home
        self.clock = clock or SystemClock()
        self.keys, self.database, self.first = open_house(home)
        self.intake = Intake(Voice(self.keys, self.clock))
        self.standings = Standings(self.database, self.clock)
        self.answers = Answers(self.database, self.keys, self._shelf())
        self._writer = Writer(self.database, self.intake, self._outside)
        self.gate = Gate(self.keys, self._writer, self.answers, self.clock.wall)
        self._folding: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to take requests of the running event loop."""
        self._folding = asyncio.get_running_loop().create_task(self._fold())

    async def stop(self) -> None:
        """Finish what is under way and close the database."""
        if self._folding is not None:
            self._folding.cancel()
            await asyncio.gather(self._folding, return_exceptions=True)
        self._writer.stop()
        self.gate.stop()
        self.database.close()

    async def _fold(self) -> None:
        """Keep the standings up while no sync comes: a sync must never wait for a report nobody reads."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(QUIET)
            while loop.time() - self._writer.quiet_since >= QUIET and not self._writer.busy:
                if not await asyncio.to_thread(self.standings.step):
                    break

    def _outside(self) -> None:
        """Another process wrote: an office was made, a publisher added, a person erased."""
        self.answers.shelf = self._shelf()

    def _shelf(self) -> Shelf:
        with self.database.reading() as connection:
            epoch = connection.execute(select(meta.c.value).where(meta.c.name == "epoch")).scalar_one()
            return Shelf.read(connection, epoch)


def open_house(home: Home) -> tuple[CentreKeys, Database, bool]:
    """Open keys and database, and make what a first run makes; the value tells whether this was one."""
    keys = open_keys(home)
    database = Database(home.database)
    return keys, database, settle_trust(database, home, keys)
