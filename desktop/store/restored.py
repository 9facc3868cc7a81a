"""A centre put back from an older copy: how this PC notices it, and what it then no longer believes."""

from collections.abc import Iterable, Mapping
from enum import Enum

from sqlalchemy import Connection, bindparam, delete, select, update

from desktop.store.database import Database
from desktop.store.device import Run, Store
from desktop.store.facts import OwnLog, read_run
from desktop.store.handed import forget_words
from desktop.store.outbox import offer_again
from desktop.store.retention import forgotten_before
from desktop.store.tables import cursor, log, statement
from sync.bundle import OWN
from sync.journal.acks import Ack, Held
from sync.journal.statement import Fact, Statement
from sync.retention import Term

EPOCH = "epoch"
"""Among the versions: which life of the centre's database is known here, or answers."""
PROTECTING = ("key.revoked", "person.erased")
"""What the centre stated and a copy may have forgotten, and a PC does not forget."""
_SIZE = 8
_BYGONE = select(cursor.c.scope).where(cursor.c.epoch != 0, cursor.c.epoch != bindparam("epoch"))


class Heard(Enum):
    """What an epoch that was heard means for this PC."""

    SAME = "the life that is known, or one that has no name"
    FIRST = "the first that is ever heard: nothing is to be taken back"
    ANOTHER = "the database was put back: what an earlier life acknowledged is to be offered again"
    BYGONE = "a letter from before the life that is known: nothing in it counts any more"


def known_epoch(store: Store) -> int:
    """Tell the epoch this PC last believed; 0 before it heard one."""
    return _known(store)[0]


def epoch_since(store: Store) -> int:
    """Tell the signed Unix time at which the known epoch was first heard; 0 before any."""
    return _known(store)[1]


def hear_epoch(store: Store, epoch: int, at: int, *, carried: bool = False) -> Heard:
    """Take note of which life of the centre's database spoke, at its signed Unix time `at`.

    Only for words that the centre's key has signed. An answer over a line names the digest of its request, so
    it is of now; one that was `carried` may be months old, and counts only if it is later than the word by
    which the known epoch was first heard. Another life makes this PC forget, in one transaction, the acks of
    the time for which what they cover is kept (one without a date too), the letters that wait for its people,
    and how far their feeds have come. Custody receipts stay: who carries a thing carries it still.
    """
    known, since = _known(store)
    if epoch in {0, known}:
        return Heard.SAME
    if carried and known and at <= since:
        return Heard.BYGONE

    forgotten = forgotten_before(store, Term.SEALED, at)

    def write(run: Run) -> None:
        value = epoch.to_bytes(_SIZE, "big") + at.to_bytes(_SIZE, "big")
        run("INSERT OR REPLACE INTO setting VALUES (?, ?)", (EPOCH, value))
        forget_words(run)  # a receipt that came before any life had a name may be of another one
        if known:
            run("DELETE FROM ack WHERE at = 0 OR at >= ?", (forgotten,))
            offer_again(run)
            run("DELETE FROM waiting")
            run("UPDATE reached SET value = 0 WHERE scope <> ?", (OWN,))

    store.change(write)
    if known:
        store.outbox.forget_sent()
    return Heard.ANOTHER if known else Heard.FIRST


def name_cursors(database: Database, epoch: int) -> None:
    """Write the first epoch that was ever heard beside the cursors that came before any had a name."""
    with database.write() as connection:
        connection.execute(update(cursor).where(cursor.c.epoch == 0).values(epoch=epoch))


def lost(store: Store, own: Iterable[OwnLog], signer: bytes, told: Mapping[str, int]) -> bool:
    """Tell whether the centre holds fewer statements of a key than it has acknowledged to this PC.

    `told` are the cursors of its reply: `own` stands there only when it holds fewer than the asker does, as
    it also does while there is work to send. It counts each log as far as it has no gap, as acks do.
    """
    if OWN not in told:
        return False
    acks = store.outbox.acks()
    believed = sum(min(one.last, acks.get(one.header.log, 0)) for one in own if one.signer == signer)
    return told[OWN] < believed


def disbelieve(store: Store, database: Database, own: Iterable[OwnLog], signer: bytes, centre: bytes) -> None:
    """Forget every ack for the logs of a key, and how far feeds have come: which part is lost nobody says.

    With them goes what the centre stated, as in `forget_bygone`: it brings again what it still says.
    """
    mine = [one.header for one in own if one.signer == signer]

    def write(run: Run) -> None:
        for header in mine:
            run("DELETE FROM ack WHERE log = ?", (header.log,))
        for profile in {header.profile for header in mine}:
            offer_again(run, profile)
        forget_words(run)

    store.change(write)
    store.outbox.forget_sent()
    with database.write() as connection:
        connection.execute(delete(cursor))
        _drop_stated_by(connection, centre)


def forget_bygone(database: Database, centre: bytes, epoch: int) -> bool:
    """Drop what an earlier life of the centre stated, once its feeds are to be read anew; tells whether so.

    The feed brings again what it still says. A clock fix, a vouching or a merge that the copy lacks would
    count here and nowhere else. What protects people stays: nobody is unerased, no key trusted again.
    """
    with database.read() as connection:
        if connection.execute(_BYGONE, {"epoch": epoch}).first() is None:
            return False
    with database.write() as connection:
        connection.execute(delete(cursor).where(cursor.c.epoch.not_in((0, epoch))))
        _drop_stated_by(connection, centre)
    return True


def _drop_stated_by(connection: Connection, centre: bytes) -> None:
    whose = select(log.c.id).where(log.c.signer == centre)
    query = delete(statement).where(statement.c.header.in_(whose), statement.c.kind.not_in(PROTECTING))
    connection.execute(query)


def echoed(
    database: Database, own: Iterable[OwnLog], signer: bytes, acks: Mapping[int, int], brought: Iterable[Fact]
) -> list[Ack]:
    """Read acks out of the feed for logs of older keys of this profile, which no key can offer again.

    Their statements come back by the person's feed if the centre has them: that is its signed word as well.
    """
    older = {
        (one.header.log, one.signer): one
        for one in own
        if one.signer != signer and acks.get(one.header.log, 0) < one.last
    }
    back: dict[OwnLog, list[Statement]] = {}
    for fact in brought if older else ():
        one = older.get((fact.header.log, fact.signer))
        if one is not None:
            back.setdefault(one, []).append(fact.statement)
    found: list[Ack] = []
    if not back:
        return found
    with database.read() as connection:
        for one, came in back.items():
            acked = acks.get(one.header.log, 0)
            mine = set(read_run(connection, one, acked + 1, one.last))
            held = Held(acked)
            for statement in came:
                if statement in mine:
                    held = held.add(statement.seq, statement.seq)
            if held.prefix > acked:
                found.append(Ack(one.header.log, held.prefix))
    return found


def _known(store: Store) -> tuple[int, int]:
    """Read the epoch and when it was first heard."""
    raw = store.blob(EPOCH) or bytes(2 * _SIZE)
    return int.from_bytes(raw[:_SIZE], "big"), int.from_bytes(raw[_SIZE:], "big")
