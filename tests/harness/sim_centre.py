"""The real centre without its web server: requests in, signed answers out, and a fall at any moment."""

import shutil
from enum import Enum

from sqlalchemy import select

from sync.bundle import request_digest
from sync.folds.order import clock_offsets
from sync.refusal import Refusal
from sync.server.answers import Answers, Shelf
from sync.server.centre import open_house
from sync.server.checks import checked
from sync.server.feed import fresh_facts
from sync.server.home import Home
from sync.server.intake import Intake
from sync.server.stored import original, originals
from sync.server.tables import clock as fixes
from sync.server.tables import holder, meta, segment
from sync.server.voice import Voice


class Falls(Enum):
    """When the centre dies over a request."""

    NEVER = "it answers"
    EARLY = "before the commit: nothing was kept"
    LATE = "after the commit: all was kept, nobody heard so"


class FellError(Exception):
    """The centre died; whoever asked hears nothing."""


class SimCentre:
    """One centre on a folder; `clock` is its own."""

    def __init__(self, folder, clock):
        self.home, self.clock = Home(folder), clock
        self.open()

    def open(self):
        self.keys, self.database, _ = open_house(self.home)
        self.intake = Intake(Voice(self.keys, self.clock))
        with self.database.reading() as connection:
            epoch = connection.execute(select(meta.c.value).where(meta.c.name == "epoch")).scalar_one()
            shelf = Shelf.read(connection, epoch)
        self.answers = Answers(self.database, self.keys, shelf)

    def close(self):
        self.database.close()

    def ask(self, body, falls=Falls.NEVER):
        """Answer one request as the gate does. Raises FellError, and Refusal for what it does not believe."""
        found = checked(body, self.keys.letter)
        taken = self.take(found.offer, falls)
        return self.answers.answer(found.request, request_digest(body), taken, self.clock.wall())

    def take(self, offer, falls=Falls.NEVER):
        """Keep what is offered, durably when this returns. Raises FellError."""
        try:
            with self.database.writing() as connection:
                (taken,) = self.intake.take(connection, [offer])
                if falls is Falls.EARLY:
                    raise FellError  # noqa: TRY301 - the transaction must see it
        except BaseException:
            self.intake.forget()
            raise
        if falls is Falls.LATE:
            self.intake.forget()
            raise FellError
        return taken

    def backup(self, path):
        """Copy the database as an operator does."""
        self.database.fold_log()
        shutil.copy(self.home.database, path)

    def restore(self, path):
        """Put the copy back and say so, as `python -m sync.server restored` does."""
        self.close()
        for ending in ("-wal", "-shm"):
            self.home.database.with_name(self.home.database.name + ending).unlink(missing_ok=True)
        shutil.copy(path, self.home.database)
        self.open()
        self.database.new_epoch()
        self.close()
        self.open()

    def restart(self):
        """Begin again, as after any fall."""
        self.close()
        self.open()

    def kept(self):
        """Every fact it keeps, as often as it keeps it."""
        with self.database.reading() as connection:
            query = originals(segment.c.fresh).order_by(segment.c.id)
            return [
                fact for row in connection.execute(query) for fact in fresh_facts(original(row), row.fresh)
            ]

    def of_person(self, uuid):
        """What it keeps as one person's work, and how wrong the clocks were: by its word, or by the PCs' own."""
        from sync.server.tables import person

        with self.database.reading() as connection:
            key = select(person.c.id).where(person.c.uuid == uuid).scalar_subquery()
            query = originals(segment.c.fresh).where(segment.c.person == key)
            facts = [
                fact for row in connection.execute(query) for fact in fresh_facts(original(row), row.fresh)
            ]
            shifts = {row.log: row.shift for row in connection.execute(select(fixes))}
        return facts, {**clock_offsets(facts), **shifts}

    def vouched(self, profile, signer):
        """Whether a key counts as somebody's."""
        with self.database.reading() as connection:
            query = select(holder.c.person).where(holder.c.profile == profile, holder.c.signing == signer)
            return connection.execute(query).scalar() is not None


def refused(ask):
    """Ask, and give None where the centre refuses."""
    try:
        return ask()
    except Refusal:
        return None
