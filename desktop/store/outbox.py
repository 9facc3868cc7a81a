"""What waits on this PC, sealed: segments for the centre, and feed pieces for people not signed in."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from desktop.store.rows import Outgoing, Waiting
from sync.journal.acks import Held

if TYPE_CHECKING:
    from desktop.store.device import Run, Store
    from sync.journal.acks import Ack

_COLUMNS = "log, first, last, profile, sealed"
_COVERED = "FROM outbox WHERE log = ? AND last <= ?"


def offer_again(run: "Run", profile: bytes = b"") -> None:
    """Put back into the outbox what acks had let go: of one profile, or of everybody on this PC."""
    whose, values = (" WHERE profile = ?", (profile,)) if profile else ("", ())
    run(f"INSERT OR IGNORE INTO outbox SELECT {_COLUMNS} FROM kept{whose}", values)  # noqa: S608 - fixed
    run(f"DELETE FROM kept{whose}", values)  # noqa: S608 - fixed


class Outbox:
    """The outbox of one PC, all sealed: whoever carries it on needs nobody's PIN and reads nothing."""

    def __init__(self, store: "Store") -> None:
        self._store = store
        self.tries: Counter[tuple[int, int]] = Counter()
        """How often a segment, by (log, first), was taken for sending since the app was started."""
        self.turn = 0
        """How often acks came or went since the app was started: what is recognised follows from them."""
        self._sent: dict[int, Held] = {}

    def put_tail(self, parts: Sequence[Outgoing], profile: bytes = b"", stated: int = 0) -> None:
        """Put sealed segments into the outbox; one with the same log and first statement is replaced.

        `stated` is how many statements of `profile` were made just now: what a locked PC says it holds.
        """

        def write(run: "Run") -> None:
            for part in parts:
                run(
                    "INSERT INTO outbox VALUES (?, ?, ?, ?, ?) ON CONFLICT (log, first) DO UPDATE SET"
                    " last = excluded.last, sealed = excluded.sealed WHERE excluded.last >= last",
                    (part.log, part.first, part.last, part.profile, part.sealed),
                )
            if stated:
                run(
                    "UPDATE reached SET value = value + ? WHERE profile = ? AND scope = 'own'",
                    (stated, profile),
                )

        self._store.change(write)

    def outgoing(self, profile: bytes | None = None) -> tuple[Outgoing, ...]:
        """List what waits in the outbox, in order of logs: of one profile, or of all."""
        where = "" if profile is None else " WHERE profile = ?"
        rows = self._store.device.query(
            f"SELECT log, first, last, profile, sealed FROM outbox{where} ORDER BY rowid",  # noqa: S608 - fixed
            () if profile is None else (profile,),
        )
        return tuple(Outgoing(row[0], row[1], row[2], bytes(row[3]), bytes(row[4])) for row in rows)

    def covered(self, profile: bytes) -> dict[int, list[tuple[int, int]]]:
        """Tell which statements of a profile the outbox holds, as (first, last) by log."""
        spans: dict[int, list[tuple[int, int]]] = {}
        rows = self._store.device.query(
            "SELECT log, first, last FROM outbox WHERE profile = ? ORDER BY log, first", (profile,)
        )
        for log, first, last in rows:
            spans.setdefault(log, []).append((first, last))
        return spans

    def offered(self) -> dict[int, int]:
        """Tell the logs in the outbox, of anybody, with the last statement it holds of each."""
        return dict(self._store.device.query("SELECT log, max(last) FROM outbox GROUP BY log"))

    def note_sent(self, log: int, first: int, last: int) -> None:
        """Remember that these statements were offered since the app was started."""
        self._sent[log] = self._sent.get(log, Held()).add(first, last)

    def forget_sent(self) -> None:
        """Forget what was offered: it was offered to a life of the centre that is no more.

        The new life may hold a copy's statements under the same numbers, and its ack would be taken for ours.
        """
        self._sent.clear()
        self.turn += 1

    def reach(self, log: int, acked: int) -> int:
        """Tell how far an ack for a log may count: to the end of what was offered without a hole.

        A copy of a running PC goes on in the same log. The centre then holds, under numbers that this PC will
        still give, statements of the copy; an ack for them is not an ack for ours.
        """
        sent = self._sent.get(log, Held())
        return sent.add(1, acked).prefix if acked else sent.prefix

    def count_of_others(self, profile: bytes) -> int:
        """Count the sealed segments that wait for people other than this one."""
        found = self._store.device.query("SELECT count(*) FROM outbox WHERE profile <> ?", (profile,))
        return int(found[0][0])

    def acks(self) -> dict[int, int]:
        """Tell up to which statement the centre has signed for each log."""
        return dict(self._store.device.query("SELECT log, seq FROM ack"))

    def put_acks(self, acks: "Iterable[Ack]", at: int | None = None) -> None:
        """Keep the centre's acks, which only ever rise; what they cover whole leaves outbox and receipts.

        `at` is the Unix time that the centre signed with them; without it, the trusted time of this PC. What
        leaves the outbox is kept sealed until its term in the retention schedule ends: should the centre be
        put back from an older copy, it can go again without anybody's PIN, also what a key has signed that is
        no more.
        """
        from desktop.store.retention import forgotten_before  # noqa: PLC0415 - crypto waits until it is needed
        from sync.retention import Term  # noqa: PLC0415 - as above

        when = self._store.now() if at is None else at
        ended = forgotten_before(self._store, Term.SEALED, when)

        def write(run: "Run") -> None:
            for log, seq in acks:
                run(
                    "INSERT INTO ack VALUES (?, ?, ?) ON CONFLICT (log) DO UPDATE SET"
                    " at = iif(excluded.seq > seq, excluded.at, at), seq = max(seq, excluded.seq)",
                    (log, seq, when),
                )
                run(f"INSERT OR REPLACE INTO kept SELECT {_COLUMNS}, ? {_COVERED}", (when, log, seq))
                run(f"DELETE {_COVERED}", (log, seq))
                run("DELETE FROM receipt WHERE log = ? AND seq <= ?", (log, seq))

            run("DELETE FROM kept WHERE at < ?", (ended,))

        self._store.change(write)
        self.turn += 1

    def put_waiting(self, profile: bytes, pieces: Sequence[Waiting]) -> None:
        """Keep sealed feed pieces until their person signs in."""
        self._store.change(
            lambda run: [
                run(
                    "INSERT OR IGNORE INTO waiting VALUES (?, ?, ?, ?, ?)",
                    (profile, one.scope, one.start, one.piece, hashlib.sha256(one.piece).digest()),
                )
                for one in pieces
            ]
        )

    def waiting(self, profile: bytes) -> tuple[Waiting, ...]:
        """List the feed pieces that wait for a person, the earliest first."""
        rows = self._store.device.query(
            "SELECT scope, start, piece FROM waiting WHERE profile = ? ORDER BY scope, start", (profile,)
        )
        return tuple(Waiting(row[0], row[1], bytes(row[2])) for row in rows)

    def took_waiting(self, profile: bytes, one: Waiting) -> None:
        """Forget a piece once it is in its person's own database."""
        place = (profile, one.scope, one.start, hashlib.sha256(one.piece).digest())
        self._store.change(
            lambda run: run(
                "DELETE FROM waiting WHERE profile = ? AND scope = ? AND start = ? AND digest = ?", place
            )
        )
