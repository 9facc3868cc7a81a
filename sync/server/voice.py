"""The centre's own voice: the log in which it states vouchings, clock fixes, merges, revocations."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from sync.journal.clock import Clock, SystemClock
from sync.journal.log import LogWriter
from sync.journal.secret_fields import Secret, open_fields, seal_fields
from sync.journal.segment import encode_segment
from sync.journal.statement import Fact, LogHeader, Value
from sync.server.keys import CentreKeys

NO_PC = bytes(16)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A signed segment of the centre's log with its one statement."""

    header: LogHeader
    kind: str
    seq: int
    data: bytes


class Voice:
    """One log of the centre, begun with the process. Used by one thread."""

    def __init__(self, keys: CentreKeys, clock: Clock | None = None) -> None:
        self._keys = keys
        self._clock = clock or SystemClock()
        self.profile = centre_profile(keys.signing.public)
        self.signing = keys.signing.public
        self.letter = keys.letter.public
        self._log = LogWriter.start(self.profile, NO_PC, None, self._clock)

    def begin_again(self) -> None:
        """Begin a new log: numbers given in a transaction that failed are never given twice."""
        self._log = LogWriter.start(self.profile, NO_PC, None, self._clock)

    def state(self, kind: str, fields: Mapping[str, Value]) -> Spoken:
        """State a fact: every statement is a segment by itself, because each goes to its own office."""
        statement = self._log.next(kind, fields)
        run = self._log.run((statement,))
        return Spoken(run.header, kind, statement.seq, encode_segment((run,), self._keys.signing))

    def open_letter(self, fact: Fact) -> dict[str, Secret]:
        """Open what a fact holds for the centre to read or pass on. Raises Refusal where it is for others."""
        sealed = fact.statement.fields.get("sealed")
        return open_fields(
            fact.statement.kind, sealed if isinstance(sealed, bytes) else b"", self._keys.letter
        )

    def seal_own(self, kind: str, fields: Mapping[str, Secret]) -> bytes:
        """Seal what only the centre shall read again, wherever it lies meanwhile."""
        return seal_fields(kind, fields, (self.letter,))

    def open_own(self, kind: str, sealed: bytes) -> dict[str, Secret]:
        """Open what `seal_own` or anybody sealed to the centre. Raises Refusal."""
        return open_fields(kind, sealed, self._keys.letter)

    def mark(self, *parts: bytes) -> bytes:
        """Return 32 bytes over some parts that nobody without the centre's key can make or check."""
        said = b"".join(len(part).to_bytes(4) + part for part in parts)
        return hmac.digest(self._keys.letter.raw, b"suluh mark\0" + said, hashlib.sha256)

    def wall(self) -> int:
        """Return the centre's time in Unix seconds: the time that PCs are told and trust."""
        return self._clock.wall()


def centre_profile(public: bytes) -> bytes:
    """Derive the profile id under which a centre key states things."""
    return hashlib.sha256(b"suluh centre profile\0" + public).digest()[:16]
