"""One person's unlocked profile: what they stated, what came back to them, and what still has to be sent."""

import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from desktop.store.database import Database
from desktop.store.device import Store
from desktop.store.erasure import drop_erased
from desktop.store.facts import OwnLog, Scope, own_logs, own_signers, read_facts, read_latest
from desktop.store.folded import fold_into
from desktop.store.inward import (
    NOTHING_TOLD,
    Taken,
    Told,
    begin_anew,
    cursors,
    offered_acks,
    take_pieces,
)
from desktop.store.keyring import Keyring
from desktop.store.listing import Listings
from desktop.store.outward import own_ends, sealed_to_send, segments_to_send, unsent
from desktop.store.own_years import OwnYears
from desktop.store.reached import Reach
from desktop.store.record import Recorder
from desktop.store.restored import (
    EPOCH,
    Heard,
    disbelieve,
    echoed,
    forget_bygone,
    hear_epoch,
    known_epoch,
    lost,
    name_cursors,
)
from desktop.store.rows import ProfileRow
from desktop.store.tables import about, draft
from desktop.store.trust import RULING, held_documents, keep_document, roots_of
from sync.folds.listing import Listing
from sync.folds.order import CLOCKS, DOUBTED, clock_offsets
from sync.folds.standing import Standing, StandingFold
from sync.folds.years import Years
from sync.journal.authority import Authority, authority, authors_with
from sync.journal.keys import SigningKey
from sync.journal.kind import Author
from sync.journal.kinds import KINDS
from sync.journal.statement import Fact, Statement, Value
from sync.journal.vouching import Key
from sync.refusal import Code, Refusal

if TYPE_CHECKING:
    from sync.bundle import SyncReply
    from sync.client.deliver import Accepted

_ABOUT = select(about)
DEFAULT_ZONE = "Asia/Jakarta"
"""The zone in which hours are counted while this PC knows no office."""


class Profile:
    """An unlocked profile. Safe to use from several threads; `close` locks it."""

    def __init__(self, store: Store, row: ProfileRow, database: Database, keys: Keyring) -> None:
        self.store = store
        self.keys = keys
        self.profile = row.profile
        self.nickname = row.nickname
        self.role = row.role
        self._database = database
        self._recorder = Recorder(store, database, row.profile, keys)
        self._listings = Listings(store)
        self._years = OwnYears(store)
        self._lock = threading.RLock()
        self._asked: Mapping[str, int] = {}
        self._about: Mapping[str, bytes] | None = None
        self._fold: StandingFold | None = None
        self._standing: tuple[object, Standing] | None = None

    def close(self) -> None:
        """Lock: take nothing more and forget the way into the database."""
        self._recorder.close()
        with self._lock:
            self._fold = self._standing = self._about = None
        self._database.close()

    @property
    def database(self) -> Database:
        """The open database, for the desk, which keeps a table in it that can be folded again at any time."""
        return self._database

    def record(self, kind: str, **fields: Value) -> Statement:
        """State one fact; returns once it is saved in the profile and sealed in the outbox.

        Raises Refusal for fields that are not those of the kind, StoreFault when it could not be saved.
        """
        return self.record_all([(kind, fields)])[0]

    def record_all(self, items: Sequence[tuple[str, Mapping[str, Value]]]) -> tuple[Statement, ...]:
        """State several facts in one transaction: all are saved or none.

        Raises as `record` does, and Refusal(AUTHOR) for a kind that this key may not state.
        """
        self._allow(kind for kind, _ in items)
        made = self._recorder.record(items)
        with self._lock:
            self._standing = None
            if any(fact.statement.kind == DOUBTED for fact in made):
                self._fold = None  # what was folded may have been at another time
            for fact in made:
                if self._fold is not None:
                    self._fold.add(fact)
        return tuple(fact.statement for fact in made)[-len(items) :] if items else ()

    def repair(self) -> int:
        """Seal into the outbox what a power cut or a missing office kept out; gives how many segments."""
        count = self._recorder.repair()
        self.tell_reached()
        return count

    def facts(self, *scopes: Scope, kinds: Iterable[str] = ()) -> tuple[Fact, ...]:
        """Read facts of some scopes (all by default) and kinds (all by default), in no particular order."""
        with self._database.read() as connection:
            return tuple(read_facts(connection, scopes or tuple(Scope), kinds))

    def latest(self, kinds: Iterable[str]) -> tuple[Fact, ...]:
        """Read of each log only its last statement among some kinds: enough to tell who was seen when."""
        with self._database.read() as connection:
            return tuple(read_latest(connection, kinds))

    def authority(self) -> Authority:
        """Tell who is who and which facts count, as far as this profile has heard."""
        with self._database.read() as connection:
            own = own_signers(connection) | {self.keys.signing.public}
            ruling = tuple(read_facts(connection, tuple(Scope), RULING))
        return authority(ruling, roots_of(self.store, self.profile, own, self.person))

    def standing(self) -> Standing:
        """Add up what this person has done, here and on their other PCs, in the office's time zone.

        Hours are what the signed sources of this PC say: the centre's catalogue, then its packs.
        """
        with self._lock:
            zone = self.zone()
            rules, turn = self._years.rules(), self.store.outbox.turn
            mark = (zone.key, self.listing(), turn, self.years(), rules)
            if self._standing is None or self._standing[0] != mark:
                self._fold = self._fold or self._gather()
                found = self._fold.standing(zone, self.store.outbox.acks(), mark[1], mark[3], rules)
                self._standing = (mark, found)
            return self._standing[1]

    def listing(self) -> Listing:
        """Tell what courses are worth, as far as signed sources on this PC say."""
        with self._lock:
            return self._listings.now()

    def years(self) -> Years:
        """Tell how the years run in which this person's hours count."""
        with self._lock:
            return self._years.now(self.nip)

    def zone(self) -> ZoneInfo:
        """Give the time zone in which this person's hours are counted."""
        office = self.store.office()
        return ZoneInfo(DEFAULT_ZONE if office is None else office.header.zone)

    def vouched(self) -> bool:
        """Tell whether somebody entitled to has said whose these keys are."""
        known = self.authority()
        if self.keys.signing.public in known.roots.coordinators:
            return True
        return Key(self.profile, self.keys.signing.public) in known.holders

    @property
    def person(self) -> bytes:
        """The person's UUID by the signed roster; empty while nobody has said it."""
        return self.about("person") or b""

    @property
    def nip(self) -> str:
        """The NIP the person signed up with."""
        return (self.about("nip") or b"").decode("ascii")

    def about(self, name: str) -> bytes | None:
        """Read one thing that is remembered about this profile."""
        with self._lock:
            if self._about is None:
                with self._database.read() as connection:
                    self._about = {row.name: bytes(row.value) for row in connection.execute(_ABOUT)}
            return self._about.get(name)

    def put_about(self, **values: bytes) -> None:
        """Remember things about this profile, all in one transaction."""
        rows = [{"name": name, "value": value} for name, value in values.items()]
        write = upsert(about)
        write = write.on_conflict_do_update(index_elements=["name"], set_={"value": write.excluded.value})
        self._write(write, rows)
        with self._lock:
            self._about = None

    def draft(self, name: str) -> bytes | None:
        """Read a draft: an unfinished answer, a page's scroll, a second of a video."""
        with self._database.read() as connection:
            found = connection.execute(select(draft.c.value).where(draft.c.name == name)).scalar()
        return None if found is None else bytes(found)

    def put_draft(self, name: str, value: bytes) -> None:
        """Keep a draft durably; an empty one is forgotten."""
        if not value:
            with self._database.write() as connection:
                connection.execute(delete(draft).where(draft.c.name == name))
            return
        write = upsert(draft)
        write = write.on_conflict_do_update(index_elements=["name"], set_={"value": write.excluded.value})
        self._write(write, [{"name": name, "value": value}])

    def signing_key(self) -> SigningKey:
        """Give the key that signs what this profile states and asks."""
        return self.keys.signing

    def centre_key(self) -> bytes:
        """Give the centre's public key from the office file. Raises Refusal(OFFICE) without one."""
        office = self.store.office()
        if office is None:
            raise Refusal(Code.OFFICE)
        return office.header.centre

    def cursors(self) -> dict[str, int]:
        """Tell how far each feed has come; an answer is judged by what was asked last."""
        self._asked = cursors(self._database, self.profile, self.keys, known_epoch(self.store))
        return dict(self._asked)

    def versions(self) -> dict[str, int]:
        """Tell which office file and other documents this PC has, and which epoch of the centre."""
        office = self.store.office()
        held = {"catalogue": 0, "trust": 0} | held_documents(self.store)
        if epoch := known_epoch(self.store):
            held[EPOCH] = epoch
        if office is not None and not self.person:
            from sync.bundle import OFFICE_OF, office_mark  # noqa: PLC0415 - whoever asks has loaded it already

            held[OFFICE_OF] = office_mark(office.header.salt)  # no roster names them: the next one may
        return held | {"office": 0 if office is None else office.header.version}

    def unsent(self) -> int:
        """Count the own statements that the centre has not signed for."""
        return unsent(self.store, self._database)

    def own_ends(self) -> dict[int, int]:
        """Tell the logs this profile has made here, each with its last statement."""
        return own_ends(self._database)

    def segments_to_send(self, limit: int) -> tuple[bytes, ...]:
        """Cut what the centre has not signed for into a segment of about `limit` bytes."""
        return segments_to_send(self.store, self._database, self.keys, limit)

    def sealed_of_others(self, limit: int) -> tuple[bytes, ...]:
        """Take sealed segments of others, or of older keys, from the outbox."""
        return sealed_to_send(self.store, self._database, self.profile, self.keys, limit)

    def sealed_of_all(self, limit: int) -> tuple[bytes, ...]:
        """Take sealed segments of anybody, this profile's own among them, from the outbox."""
        return sealed_to_send(self.store, self._database, self.profile, self.keys, limit, own=True)

    def accept(self, reply: "SyncReply") -> "Accepted":
        """Keep what a believed answer brought: facts and cursors, then acks, time and documents.

        Facts go first: an ack that is lost is only asked for again, a fact that is lost would be missed for
        ever. Raises Refusal when a feed piece is forged or damaged; then nothing of the answer is kept, but
        that the centre was put back from a copy, where it says so.
        """
        from sync.client.deliver import Accepted  # noqa: PLC0415 - whoever accepts has loaded the client already

        self.store.saw_time(reply.time)
        asked = self._asked
        with self._database.read() as connection:
            own = own_logs(connection)
        renewed = self._renew(reply, own)
        # A reply that names its epoch answers cursors of another life, or of none.
        other = renewed or EPOCH in reply.versions
        taken = self.take_pieces(reply.pieces, NOTHING_TOLD if other else Told(asked, reply.cursors))
        acks, covered = offered_acks(self.store, {one.header.log: one.last for one in own}, reply.acks)
        known, signer = self.store.outbox.acks(), self.keys.signing.public
        acks += echoed(self._database, own, signer, known, taken.brought)
        if acks:
            self.store.outbox.put_acks(acks, reply.time)
        if renewed:
            self.repair()
        elif reply.pieces or reply.cursors:
            self.tell_reached()
        kept = tuple(keep_document(self.store, name, reply) for name in reply.documents)
        documents = tuple(filter(None, kept))
        return Accepted(covered, taken.facts, documents, further=taken.further, renewed=renewed)

    def _renew(self, reply: "SyncReply", own: Sequence[OwnLog]) -> bool:
        """Tell whether the centre was put back from an older copy; then what it had acked is to go again."""
        heard = hear_epoch(self.store, reply.versions.get(EPOCH, 0), reply.time)
        if heard is Heard.FIRST:
            name_cursors(self._database, known_epoch(self.store))
        if heard is Heard.ANOTHER:
            self._forget_bygone()
            return True
        signer = self.keys.signing.public
        if not lost(self.store, own, signer, reply.cursors):
            return False
        disbelieve(self.store, self._database, own, signer, self.centre_key())
        self._fold_anew()
        return True

    def _forget_bygone(self) -> None:
        """Forget what an earlier life of the centre said to this profile, now or while it was locked."""
        if self.store.office() is not None and forget_bygone(
            self._database, self.centre_key(), known_epoch(self.store)
        ):
            self._fold_anew()

    def _fold_anew(self) -> None:
        with self._lock:
            self._standing = None
            self._fold = None  # endorsements and clock fixes change what was folded: fold anew when asked

    def take_pieces(self, pieces: Sequence[bytes], told: Told = NOTHING_TOLD) -> Taken:
        """Keep the facts of feed pieces that fit where their feed has come."""
        if not pieces and not told.answer:
            return Taken()
        self._forget_bygone()  # a carrier may have told of a new epoch: what it says from now on stays
        epoch = known_epoch(self.store)
        letters = (self.keys.letter, *self.keys.letters)
        taken = take_pieces(self._database, pieces, letters, self.centre_key(), epoch, told)
        if taken.brought:
            drop_erased(self)
            self._fold_anew()
        return taken

    def read_office_anew(self) -> None:
        """Ask for the office's feed from its beginning: so far it was cut for somebody who may read less."""
        begin_anew(self._database, "office")
        self.tell_reached()

    def tell_reached(self) -> None:
        """Copy the cursors where a locked PC finds them, to ask by stick for what waits for this person."""
        keys = self.keys
        reached = cursors(self._database, self.profile, keys, known_epoch(self.store))
        self.store.reached.put(Reach(self.profile, keys.letter.public, keys.signing.public, reached))

    def catch_up(self) -> int:
        """Make good what happened while this profile was locked, or beside it by a carrier.

        Seals what must go again, takes the letters that wait; gives how many facts were new.
        """
        self._forget_bygone()
        self.repair()
        new = self.take_waiting()
        if new:
            self.repair()  # among what came may be this key's own work, from before a backup was put back
        return new

    def take_waiting(self) -> int:
        """Take the feed pieces that came by stick meanwhile; gives how many facts were new."""
        if self.store.office() is None:
            return 0
        new = 0
        for one in self.store.outbox.waiting(self.profile):
            try:
                taken = self.take_pieces([one.piece])
            except Refusal:
                taken = Taken()  # sealed to a key from before a PIN reset: it will open for nobody here
            new += taken.facts
            if not taken.early:
                self.store.outbox.took_waiting(self.profile, one)
        return new

    def _gather(self) -> StandingFold:
        known = self.authority()
        fold = StandingFold(clock_offsets(known.accepted(self.facts(kinds=CLOCKS))))
        return fold_into(self, known, fold)

    def _allow(self, kinds: Iterable[str]) -> None:
        """Refuse what nobody would count: the centre takes no segment with it, so it would block its log."""
        others = [kind for kind in kinds if kind in KINDS and Author.SELF not in KINDS[kind].authors]
        if not others:
            return
        known = self.authority()
        as_whom = authors_with(Key(self.profile, self.keys.signing.public), known.roots, known.holders)
        for kind in others:
            if not KINDS[kind].authors & as_whom:
                raise Refusal(Code.AUTHOR, kind=kind)

    def _write(self, statement: object, rows: Sequence[Mapping[str, object]]) -> None:
        def work() -> None:
            with self._database.write() as connection:
                connection.execute(statement, rows)  # type: ignore[call-overload]

        self.store.with_reserve(work)
