"""THE write door: a fact is in the profile first, then sealed in the outbox, and only then is it saved."""

import threading
from collections.abc import Mapping, Sequence

from desktop.store.clock_watch import ClockWatch
from desktop.store.database import Database
from desktop.store.device import Store
from desktop.store.facts import (
    add_own,
    adopt_returned,
    chain_before,
    last_own,
    own_end,
    own_logs,
    read_run,
)
from desktop.store.faults import Reason, StoreFault
from desktop.store.keyring import Keyring
from desktop.store.rows import Outgoing
from sync.journal.log import LogWriter, Run
from sync.journal.sealing import seal
from sync.journal.segment import encode_segment
from sync.journal.statement import Fact, LogHeader, Statement, Value

TAIL = 64
"""Statements in one sealed segment; the last one is replaced as it grows."""
HEAVY = 64 * 1024
"""Bytes of text and the like after which a segment ends early: it has to fit into a part of the post."""


class Recorder:
    """Writes what one unlocked profile states, in one log that begins at the first statement.

    A log is never continued by another start of the app, so a restored backup cannot use a number twice.
    """

    def __init__(self, store: Store, database: Database, profile: bytes, keys: Keyring) -> None:
        self._store = store
        self._database = database
        self._profile = profile
        self._keys = keys
        self._lock = threading.RLock()
        self._writer: LogWriter | None = None
        self._watch = ClockWatch(store)
        self._row: int | None = None
        self._unsealed: list[Statement] = []
        self._untold = 0
        self._closed = False

    def record(self, items: Sequence[tuple[str, Mapping[str, Value]]]) -> tuple[Fact, ...]:
        """State facts; returns once they are on the disk, in the profile and sealed in the outbox.

        What was noticed of the clock is stated before them, and is among what is given.

        Raises Refusal for fields the register of kinds does not allow, StoreFault(FULL) when not even the
        reserve made room, StoreFault(CLOSED) after the profile was locked. What raised was not saved, or was
        saved without its place in the outbox, which the next statement or the next sign-in makes good.
        """
        with self._lock:
            if self._closed:
                raise StoreFault(Reason.CLOSED)
            if not items:
                return ()
            header, made = self._store.with_reserve(lambda: self._commit(items))
            self._unsealed += made
            self._untold += len(made)
            self._send_on()
            signer = self._keys.signing.public
            return tuple(Fact(header, one, signer) for one in made)

    def close(self) -> None:
        """Take nothing more; waits for a statement that is being written."""
        with self._lock:
            self._closed = True

    def repair(self) -> int:
        """Seal whatever is in the profile and neither acked nor whole in the outbox; gives how many segments.

        Statements of an older signing key are left as they are: this key cannot sign for them.
        """
        with self._lock:
            self._untold = 0  # who repairs tells the exact count
            if self._writer is None:
                with self._database.write() as connection:
                    adopt_returned(connection, self._profile, self._keys.signing.public)
            return repair(self._store, self._database, self._profile, self._keys)

    def _commit(
        self, items: Sequence[tuple[str, Mapping[str, Value]]]
    ) -> tuple[LogHeader, tuple[Statement, ...]]:
        writer, row = self._writer, self._row
        self._writer = None  # a failure leaves it so: numbers that may or may not be on the disk are not used
        with self._database.write() as connection:
            if writer is None:
                self._unsealed = []
                last = last_own(connection)
                writer = LogWriter.start(self._profile, self._store.pc().id, last, self._store.clock)
                self._watch = ClockWatch(self._store, own_end(connection))
                row = None
            noticed = self._watch.look(writer.header)
            made = tuple(writer.next(kind, fields) for kind, fields in (*noticed, *items))
            row = add_own(connection, row, writer.header, self._keys.signing.public, made)
        self._writer, self._row = writer, row
        return writer.header, made

    def _send_on(self) -> None:
        """Seal the tail anew and put it into the outbox; full segments leave the tail once they are in."""
        recipients = recipients_of(self._store)
        writer = self._writer
        if writer is None or not recipients:
            self._untold = 0  # nobody is asked for it now; with an office comes `repair`, and the exact count
            return
        acked = self._store.outbox.acks().get(writer.header.log, 0)
        groups = _groups([one for one in self._unsealed if one.seq > acked])
        parts = [sealed(writer.run(group), self._keys, recipients, self._profile) for group in groups]
        self._store.outbox.put_tail(parts, self._profile, self._untold)
        self._untold = 0
        self._unsealed = [] if writer.seq % TAIL == 0 else groups[-1]


def repair(store: Store, database: Database, profile: bytes, keys: Keyring) -> int:
    """Make the outbox hold all that the profile holds and the centre has not signed for."""
    recipients = recipients_of(store)
    if not recipients:
        return 0
    acks, spans = store.outbox.acks(), store.outbox.covered(profile)
    parts: list[Outgoing] = []
    with database.read() as connection:
        for own in own_logs(connection):
            log = own.header.log
            first = _first_missing(acks.get(log, 0), spans.get(log, []), own.last)
            if first is None or own.signer != keys.signing.public:
                continue
            start = first - (first - 1) % TAIL
            for group in _groups(read_run(connection, own, start, own.last)):
                run = Run(own.header, chain_before(connection, own, group[0].seq), tuple(group))
                parts.append(sealed(run, keys, recipients, profile))
    if parts:
        store.outbox.put_tail(parts)
    return len(parts)


def recipients_of(store: Store) -> tuple[bytes, ...]:
    """Tell to whom segments are sealed: the office and the centre; nobody while there is no office."""
    office = store.office()
    return () if office is None else (office.header.office_letter, office.header.centre_letter)


def sealed(run: Run, keys: Keyring, recipients: Sequence[bytes], profile: bytes) -> Outgoing:
    """Sign a run and seal it, ready for the outbox."""
    data = seal(encode_segment([run], keys.signing), recipients)
    return Outgoing(run.header.log, run.first, run.last, profile, data)


def _groups(statements: Sequence[Statement]) -> list[list[Statement]]:
    """Cut neighbouring statements where segments end: after every TAIL numbers of the log, or HEAVY bytes.

    Whoever begins at a segment's first statement cuts at the same places, however far the log has grown.
    """
    groups: list[list[Statement]] = []
    weight = 0
    for one in statements:
        if not groups or weight > HEAVY or (one.seq - 1) % TAIL == 0:
            groups.append([])
            weight = 0
        groups[-1].append(one)
        weight += _weight(one)
    return groups


def _weight(one: Statement) -> int:
    """Tell about how many bytes a statement's longest parts take."""
    values = one.fields.values()
    return sum(len(value if isinstance(value, bytes) else str(value).encode()) for value in values)


def _first_missing(acked: int, spans: Sequence[tuple[int, int]], last: int) -> int | None:
    """Tell the first statement that neither an ack nor a segment covers; None when none is missing."""
    reached = acked
    for first, end in sorted(spans):
        if first <= reached + 1:
            reached = max(reached, end)
    return None if reached >= last else reached + 1
