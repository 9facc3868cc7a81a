"""One centre, put together: its keys, database, writer and gate."""

import asyncio
import logging

from sqlalchemy import select

from sync.journal.clock import Clock, SystemClock
from sync.server.answers import Answers, Shelf
from sync.server.carry import Carry
from sync.server.database import Database, database_begun, open_database
from sync.server.documents import Documents
from sync.server.gate import Gate
from sync.server.home import Home
from sync.server.keys import CentreKeys, open_keys
from sync.server.shared_intake import make_intake
from sync.server.standings import Standings
from sync.server.tables import meta
from sync.server.voice import Voice
from sync.server.writer import Writer

QUIET = 1.0
"""Seconds without a sync after which standings are folded."""
LATEST = 60.0
"""Seconds after which they are looked at in any case: another process may have written, or a year ended."""

_log = logging.getLogger(__name__)


class Centre:
    """A centre on one data folder. `first` says whether its keys were made just now."""

    def __init__(self, home: Home, clock: Clock | None = None) -> None:
        """Open the data folder, making what a first run needs. Raises MissingKeyError, UnfitDatabaseError."""
        self.home = home
        self.clock = clock or SystemClock()
        self.keys, self.database, self.first = open_house(home)
        self.intake = make_intake(self.database, Voice(self.keys, self.clock))
        self.standings = Standings(self.database, self.clock)
        self.answers = Answers(self.database, self.keys, self._shelf())
        self._writer = Writer(self.database, self.intake, self._outside)
        self.gate = Gate(self.keys, self._writer, self.answers, self.clock.wall)
        self.carry = Carry(self.keys, self._writer, self.answers, self.database, self.clock.wall)
        self._folding: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to take requests of the running event loop."""
        self._folding = asyncio.get_running_loop().create_task(self._fold())

    async def stop(self) -> None:
        """Finish what is under way and close the database."""
        if self._folding is not None:
            self._folding.cancel()
            await asyncio.gather(self._folding, return_exceptions=True)
        self.carry.stop()
        self._writer.stop()
        self.gate.stop()
        self.database.close()

    async def _fold(self) -> None:
        """Keep the standings up while no sync comes, or a minute late where they never stop coming."""
        loop = asyncio.get_running_loop()
        done = 0.0
        while True:
            await asyncio.sleep(QUIET)
            late = loop.time() - done >= LATEST
            if not late and (done > self._writer.quiet_since or not self._rests()):
                continue
            began = loop.time()
            while (late or self._rests()) and await self._step():
                pass
            if late or self._rests():
                done = began

    def _rests(self) -> bool:
        """Whether no sync has come for a while."""
        since = asyncio.get_running_loop().time() - self._writer.quiet_since
        return since >= QUIET and not self._writer.busy

    async def _step(self) -> bool:
        """Fold a few people; trouble is told in the log, and folding goes on with the next work."""
        try:
            return await asyncio.to_thread(self.standings.step)
        except Exception:  # noqa: BLE001 - a report that folds on demand says what is wrong
            _log.exception("standings could not be folded")
            return False

    def _outside(self) -> None:
        """Another process wrote: an office was made, a publisher added, a person erased."""
        self.answers.shelf = self._shelf()

    def _shelf(self) -> Shelf:
        with self.database.reading() as connection:
            epoch = connection.execute(select(meta.c.value).where(meta.c.name == "epoch")).scalar_one()
            return Shelf.read(connection, epoch)


def open_house(home: Home) -> tuple[CentreKeys, Database, bool]:
    """Open keys and database, and make what a first run makes; the value tells whether this was one."""
    keys = open_keys(home, begun=database_begun(home))
    database = open_database(home)
    with database.reading() as connection:
        if Documents.read(connection).trust.version:
            return keys, database, False
    from sync.server.first_run import settle_trust  # noqa: PLC0415 - only a first run needs TUF

    settle_trust(database, home, keys)
    return keys, database, True
