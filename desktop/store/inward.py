"""What comes back to a profile: feed pieces, cursors and acks, each taken only where it fits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert as upsert

from desktop.store.database import Database
from desktop.store.device import Store
from desktop.store.facts import Scope, add_endorsed, held_of
from desktop.store.keyring import Keyring
from desktop.store.rows import Waiting
from desktop.store.tables import cursor
from sync.bundle import OWN, Ack, Piece, check_piece, open_piece
from sync.journal.keys import LetterKey

_FEEDS = ("person", "office")
_SCOPES: Mapping[str, Scope] = {"person": Scope.PERSON, "office": Scope.OFFICE, OWN: Scope.PERSON}


@dataclass(frozen=True, slots=True)
class Taken:
    """What one intake changed: facts that were new, and how many pieces waited for an earlier one."""

    facts: int = 0
    early: int = 0


def cursors(database: Database, profile: bytes, keys: Keyring) -> dict[str, int]:
    """Tell how far each feed has come for this letter key; a new key starts at 0, and so is asked from 0.

    Beside them stands how many statements of its own signing key the profile holds: one that was restored
    from a backup holds fewer than the centre, and gets them back.
    """
    with database.read() as connection:
        rows = connection.execute(select(cursor).where(cursor.c.letter == keys.letter.public)).all()
        held = held_of(connection, profile, keys.signing.public)
    return dict.fromkeys(_FEEDS, 0) | {row.scope: row.value for row in rows} | {OWN: held}


def take_pieces(
    database: Database, pieces: Iterable[bytes], letter: LetterKey, centre_public: bytes
) -> Taken:
    """Open feed pieces and keep their facts and cursors in one transaction.

    A piece counts only if the centre signed it, it opens with this letter key, and it begins no later than
    where the feed has come: a hole in a feed would otherwise never be noticed. A piece that begins later is
    left out and counted in `early`. Raises Refusal when a piece is forged or damaged; then nothing is kept.
    """
    opened = [open_piece(data, letter, centre_public) for data in pieces]
    if not opened:
        return Taken()
    new = early = 0
    with database.write() as connection:
        reached = {
            row.scope: row.value
            for row in connection.execute(select(cursor).where(cursor.c.letter == letter.public))
        }
        for piece in sorted(opened, key=lambda one: (one.scope, one.start, one.end)):
            scope = _SCOPES.get(piece.scope)
            if scope is None:
                continue  # a feed that a newer app knows; its cursor is not asked for
            if not fits(piece.start, reached.get(piece.scope, 0)):
                early += 1
                continue
            new += add_endorsed(connection, piece.facts, scope)
            if piece.end > reached.get(piece.scope, 0):
                reached[piece.scope] = piece.end
                _move(connection, piece, letter)
    return Taken(new, early)


def fits(start: int, reached: int) -> bool:
    """Tell whether a piece that begins at `start` leaves no hole behind what a feed has reached."""
    return start <= reached


def heads_of(pieces: Iterable[bytes], centre_public: bytes) -> tuple[Waiting, ...]:
    """Check pieces for somebody not signed in, by the centre's signature alone, to be kept until then."""
    heads = ((check_piece(data, centre_public), data) for data in pieces)
    return tuple(Waiting(head.scope, head.start, data) for head, data in heads)


def offered_acks(store: Store, own: Mapping[int, int], acks: Iterable[Ack]) -> tuple[list[Ack], int]:
    """Sift acks: only those for logs this PC offered count, and only as far as it offered them.

    Gives them and how many statements they newly cover. `own` are the logs of the profile that asked, with
    their last numbers.
    """
    known = {**store.outbox.offered(), **own}
    before = store.outbox.acks()
    taken, covered = [], 0
    for ack in acks:
        held = before.get(ack.log, 0)
        seq = min(ack.seq, store.outbox.reach(ack.log, held))
        if ack.log in known and seq > held:
            taken.append(Ack(ack.log, seq))
            covered += max(0, min(seq, known[ack.log]) - held)
    return taken, covered


def _move(connection: Connection, piece: Piece, letter: LetterKey) -> None:
    values = {"scope": piece.scope, "value": piece.end, "letter": letter.public}
    write = upsert(cursor).values(values)
    connection.execute(write.on_conflict_do_update(index_elements=["scope"], set_=values))
