"""What an unlocked profile sends: its statements cut anew in plain segments, and sealed ones of others."""

from desktop.store.database import Database
from desktop.store.device import Store
from desktop.store.facts import chain_before, own_logs, read_run
from desktop.store.keyring import Keyring
from sync.journal.log import Run
from sync.journal.segment import encode_segment

_FIRST_GUESS = 10
"""Bytes a statement takes in a segment, to begin with; the real size decides."""
_MOST = 4096
"""Statements in one segment, far below what a receiver takes."""


def unsent(store: Store, database: Database) -> int:
    """Count the own statements that the centre has not signed for."""
    acks = store.outbox.acks()
    with database.read() as connection:
        return sum(max(0, own.last - acks.get(own.header.log, 0)) for own in own_logs(connection))


def own_ends(database: Database) -> dict[int, int]:
    """Tell the own logs, each with its last statement."""
    with database.read() as connection:
        return {own.header.log: own.last for own in own_logs(connection)}


def segments_to_send(store: Store, database: Database, keys: Keyring, limit: int) -> tuple[bytes, ...]:
    """Cut the earliest statements without an ack into one segment of at most about `limit` bytes.

    Runs of many logs share its columns and its signature. Statements made with an older signing key are not
    among them: they go sealed, as they were signed then.
    """
    room = min(_MOST, max(1, limit // _FIRST_GUESS))
    while True:
        runs, whole = _runs(store, database, keys, room)
        if not runs:
            return ()
        data = encode_segment(runs, keys.signing)
        count = sum(len(run.statements) for run in runs)
        if len(data) > limit and count > 1:
            room = max(1, min(count - 1, count * limit // len(data) * 9 // 10))
        elif not whole and room < _MOST and len(data) * 2 < limit:
            room = min(_MOST, room * 2)
        else:
            for run in runs:
                store.outbox.note_sent(run.header.log, run.first, run.last)
            return (data,)


def sealed_to_send(
    store: Store, database: Database, profile: bytes, keys: Keyring, limit: int, *, own: bool = False
) -> tuple[bytes, ...]:
    """Take sealed segments from the outbox that this profile's key cannot cut anew, about `limit` bytes.

    So go statements of its own that a backup, put back in its place, does not hold. With `own` those it could
    cut anew are among them too: then nothing has to go plain.
    Others' work goes along so that it need not wait for them to sign in. One larger than `limit` goes alone.
    What was sent most often comes last, so that one the centre never acks does not hold up those behind it.
    """
    with database.read() as connection:
        mine = {own.header.log: own.last for own in own_logs(connection) if own.signer == keys.signing.public}
    found: list[bytes] = []
    size = 0
    tries = store.outbox.tries
    for part in sorted(store.outbox.outgoing(), key=lambda one: tries[one.log, one.first]):
        if not own and part.profile == profile and part.last <= mine.get(part.log, 0):
            continue
        size += len(part.sealed)
        if size > limit and (found or limit <= 0):
            break
        tries[part.log, part.first] += 1
        store.outbox.note_sent(part.log, part.first, part.last)
        found.append(part.sealed)
    return tuple(found)


def _runs(store: Store, database: Database, keys: Keyring, room: int) -> tuple[list[Run], bool]:
    """Read the first `room` statements without an ack as runs; tells too whether these were all."""
    acks = store.outbox.acks()
    runs: list[Run] = []
    with database.read() as connection:
        for own in own_logs(connection):
            first = acks.get(own.header.log, 0) + 1
            if first > own.last or own.signer != keys.signing.public:
                continue
            if room == 0:
                return runs, False
            end = min(own.last, first + room - 1)
            statements = read_run(connection, own, first, end)
            runs.append(Run(own.header, chain_before(connection, own, first), statements))
            room -= len(statements)
            if end < own.last:
                return runs, False
    return runs, True
