"""What comes back to a profile: feed pieces, cursors and acks, each taken only where it fits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from desktop.store.database import Database
from desktop.store.device import Store
from desktop.store.facts import Scope, add_endorsed, held_of
from desktop.store.keyring import Keyring
from desktop.store.rows import Waiting
from desktop.store.tables import cursor, statement
from sync.bundle import OWN, PAPERS, Ack, Piece, check_piece, open_piece
from sync.folds.certificates import SIGNED
from sync.journal.keys import LetterKey
from sync.journal.statement import Fact
from sync.refusal import Code, Refusal

_FEEDS = ("person", "office")
_TOLD_OF_FILES = select(statement.c.seq).where(statement.c.kind == SIGNED).limit(1)
_REACHED = select(cursor).where(cursor.c.letter == bindparam("letter"), cursor.c.epoch == bindparam("epoch"))
_SCOPES: Mapping[str, Scope] = {
    "person": Scope.PERSON,
    "office": Scope.OFFICE,
    OWN: Scope.PERSON,
    PAPERS: Scope.PERSON,
}


@dataclass(frozen=True, slots=True)
class Taken:
    """What one intake changed: facts that were new, and how many pieces waited for an earlier one.

    `further` says whether a cursor moved; `brought` are the facts of all pieces that fitted, new or not.
    """

    facts: int = 0
    early: int = 0
    further: bool = False
    brought: tuple[Fact, ...] = field(repr=False, default=())


@dataclass(frozen=True, slots=True)
class Told:
    """What the centre says of its feeds beside the pieces: the cursors it was asked with, and its answer.

    A feed is named in the answer only where it ends elsewhere than it was asked from. Further on: what lies
    between is not for this profile, or a piece brings it. Less far: the feed begins anew.
    """

    asked: Mapping[str, int]
    answer: Mapping[str, int]

    def begins_anew(self, scope: str) -> bool:
        """Tell whether a feed ends before where it was asked from, so that the centre began it at 0."""
        return self.answer.get(scope, self.asked.get(scope, 0)) < self.asked.get(scope, 0)


NOTHING_TOLD = Told({}, {})


def cursors(database: Database, profile: bytes, keys: Keyring, epoch: int) -> dict[str, int]:
    """Tell how far each feed has come for this letter key and this life of the centre.

    A new key starts at 0, and so is asked from 0; so does a centre that was put back from a copy.
    Beside them stands how many statements of its own signing key the profile holds: one that was restored
    from a backup holds fewer than the centre, and gets them back. That of files stands there only where the
    centre has told of one.
    """
    with database.read() as connection:
        reached = _reached(connection, keys.letter, epoch)
        held = held_of(connection, profile, keys.signing.public)
        feeds = (*_FEEDS, PAPERS) if connection.execute(_TOLD_OF_FILES).first() else _FEEDS
    return dict.fromkeys(feeds, 0) | reached | {OWN: held}


def own_held(database: Database, profile: bytes, keys: Keyring) -> int:
    """Count the statements of its own signing key that a profile holds, as its cursor `own` does."""
    with database.read() as connection:
        return held_of(connection, profile, keys.signing.public)


def begin_anew(database: Database, scope: str) -> None:
    """Forget how far a feed has come, so that it is asked for from its beginning."""
    with database.write() as connection:
        connection.execute(delete(cursor).where(cursor.c.scope == scope))


def take_pieces(
    database: Database,
    pieces: Iterable[bytes],
    letters: Sequence[LetterKey],
    centre_public: bytes,
    epoch: int = 0,
    told: Told = NOTHING_TOLD,
) -> Taken:
    """Open feed pieces and keep their facts and cursors in one transaction.

    A piece counts only if the centre signed it, it opens with today's letter key, the first of `letters`, and
    it begins no later than where the feed has come: a hole in a feed would otherwise never be noticed. A
    piece that begins later is left out and counted in `early`. From a piece sealed to an older key the facts
    are kept and no cursor moves: it was cut for a key that read something else. A cursor also passes over
    what the centre has `told` is not for this profile, if it still stands where that was asked from. Raises
    Refusal when a piece is forged or damaged; then nothing is kept.
    """
    letter, opened = letters[0], [_open(data, letters, centre_public) for data in pieces]
    if not opened and not told.answer:
        return Taken()
    new = 0
    early: list[str] = []
    brought: list[Fact] = []
    with database.write() as connection:
        reached = _reached(connection, letter, epoch)
        before = dict(reached)
        reached |= {scope: 0 for scope in reached if told.begins_anew(scope)}
        for piece, by in sorted(opened, key=lambda one: (one[0].scope, one[0].start, one[0].end)):
            near = _SCOPES.get(piece.scope)
            if near is None:
                continue  # a feed that a newer app knows; its cursor is not asked for
            if by is letter and not fits(piece.start, reached.get(piece.scope, 0)):
                early.append(piece.scope)
                continue
            new += add_endorsed(connection, piece.facts, near)
            brought += piece.facts
            if by is letter:
                reached[piece.scope] = max(piece.end, reached.get(piece.scope, 0))
        for scope in {*_FEEDS, PAPERS}.difference(early):
            end, stood = told.answer.get(scope, 0), before.get(scope, 0)
            if stood == told.asked.get(scope):
                reached[scope] = max(end, reached.get(scope, 0))
        moved = {scope: end for scope, end in reached.items() if end != before.get(scope, 0)}
        for scope, end in moved.items():
            _move(connection, scope, end, letter, epoch)
    return Taken(new, len(early), bool(moved), tuple(brought))


def _open(data: bytes, letters: Sequence[LetterKey], centre_public: bytes) -> tuple[Piece, LetterKey]:
    """Open a piece with whichever key it is sealed to, and tell which. Raises Refusal."""
    for letter in letters:
        try:
            return open_piece(data, letter, centre_public), letter
        except Refusal as refusal:
            if refusal.code is not Code.RECIPIENT:
                raise
    raise Refusal(Code.RECIPIENT)


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


def _reached(connection: Connection, letter: LetterKey, epoch: int) -> dict[str, int]:
    """Read the cursors that count: those of this letter key and this life of the centre."""
    mine = {"letter": letter.public, "epoch": epoch}
    return {row.scope: row.value for row in connection.execute(_REACHED, mine)}


def _move(connection: Connection, scope: str, end: int, letter: LetterKey, epoch: int) -> None:
    values = {"scope": scope, "value": end, "letter": letter.public, "epoch": epoch}
    write = upsert(cursor).values(values)
    connection.execute(write.on_conflict_do_update(index_elements=["scope"], set_=values))
