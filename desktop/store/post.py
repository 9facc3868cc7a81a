"""The post of one PC: what it gives to a carrier and takes from one, also while everybody is locked."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop.store.custody import Chain, centre_holder, chains, reach_of
from desktop.store.handed import Span
from desktop.store.inward import heads_of
from desktop.store.post_documents import keep_posted, note_told
from desktop.store.post_wants import mark_of, note_home, versions_of, wants_of
from desktop.store.receipts import Receipt
from desktop.store.record import recipients_of
from desktop.store.restored import Heard, epoch_since, hear_epoch
from desktop.store.rows import Outgoing
from desktop.store.trust import centres
from sync.journal.acks import Held
from sync.journal.sealing import key_id
from sync.journal.sealing import recipients_of as readers
from sync.postbag.document import read_document
from sync.postbag.homeward import Homeward, open_homeward
from sync.postbag.outward import Outward, seal_outward
from sync.postbag.part import PART_LIMIT, Form, Part, digest_of, read_part
from sync.postbag.words import Receipt as CentreReceipt
from sync.postbag.words import read_custody, read_receipt
from sync.refusal import Code, Refusal

if TYPE_CHECKING:
    from desktop.store.device import Store
    from sync.officefile import OfficeFile

__all__ = ["Chain", "Packed", "Post", "Took"]

STICK, LAN = "stick", "lan"
"""Roads by which a part is handed out."""
_ROOM = PART_LIMIT - 48 * 1024
"""Bytes of segments in one part: the rest is for what the PC asks, for wraps and padding."""
_HUB = b"hub"
_DONE, _MARK, _DONE_KEPT = "post_done", 8, 256
"""The setting with the answers taken last, the bytes of a digest that are kept of each, and how many."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A part to hand to a carrier: its bytes, the digest that names it, and which statements it holds.

    `wants` is the mark of what the PC asks for in it, 0 in a part that asks nothing.
    """

    part: bytes = field(repr=False)
    digest: bytes
    runs: tuple[Span, ...]
    wants: int = 0


@dataclass(frozen=True, slots=True)
class Took:
    """What a part changed on this PC.

    `acks` statements are newly held by the centre, `letters` wait for their people, `documents` were
    renewed; `custody` counts parts of this PC that somebody has said they hold, `stored` are digests that the
    centre lists. An answer for another PC has `mine` False, one that was taken before is `known`. `refused`
    says why nothing was believed.
    """

    form: Form | None = None
    mine: bool = True
    known: bool = False
    acks: int = 0
    letters: int = 0
    documents: tuple[str, ...] = ()
    custody: int = 0
    stored: tuple[bytes, ...] = ()
    refused: Refusal | None = None


class Post:
    """The post of the PC to which a store belongs. Without an office it gives and takes nothing."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def outward(self, there: Collection[bytes] = ()) -> tuple[Packed, ...]:
        """Pack everybody's sealed work, and what they ask for, into parts for the office and the centre.

        `there` are digests of parts that the carrier has already: what they hold is not packed again, and
        when they hold and ask everything there is nothing. A segment too large for a part is left for a line.
        """
        store, office = self._store, self._store.office()
        if office is None:
            return ()
        held = {log: _held(spans) for log, spans in store.handed.spans(there).items()}
        segments = [
            one
            for one in store.outbox.outgoing()
            if len(one.sealed) <= _ROOM and not held.get(one.log, Held()).holds(one.first, one.last)
        ]
        wants, versions = wants_of(store), versions_of(store)
        mark = mark_of(wants, versions)
        if not segments and mark in store.handed.asked(there):
            return ()
        pc = store.pc()
        packed: list[Packed] = []
        for batch in _batches(segments):
            first = not packed
            outward = Outward(
                pc.id,
                pc.name,
                store.device_letter().public,
                store.now(),
                versions,
                wants if first else (),
                tuple(one.sealed for one in batch),
            )
            (part,) = seal_outward(outward, office.header.office, recipients_of(store))
            runs = tuple(Span(one.log, one.first, one.last) for one in batch)
            packed.append(Packed(part, digest_of(part), runs, mark if first else 0))
        return tuple(packed)

    def handed(self, packed: Packed, road: str = STICK) -> None:
        """Note that a carrier has a part: from now on words about it are words about what it holds."""
        self._store.handed.put(packed.digest, packed.runs, road, packed.wants)

    def take(self, data: bytes) -> Took:
        """Take in a part that a carrier brought: an answer for this PC, a receipt, a document, a custody.

        Every part counts by itself, in any order and however often it comes; one that is torn, forged, of
        another office or for another PC changes nothing. Never raises for what it is given.
        """
        form: Form | None = None
        try:
            part = read_part(data)
            form = part.form
            return self._take(part, self._office(part))
        except Refusal as refusal:
            return Took(form, refused=refusal)

    def chain(self, log: int, seq: int) -> Chain:
        """Tell how far a statement has come."""
        return chains(self._store, [(log, seq)])[log, seq]

    def chains(self, wanted: Iterable[tuple[int, int]]) -> Mapping[tuple[int, int], Chain]:
        """Tell for many statements, by (log, number), how far each has come."""
        return chains(self._store, wanted)

    def answered(self) -> frozenset[bytes]:
        """Tell the parts that the centre has stored and whose ack has not come: nobody brings them again."""
        return self._store.handed.stored()

    def key(self) -> bytes:
        """Give the id of this PC's letter key, by which carriers know what is for it."""
        return key_id(self._store.device_letter().public)

    def is_mine(self, data: bytes) -> bool:
        """Tell whether a part is an answer for this PC that was not taken in yet."""
        try:
            part = read_part(data)
            ours = part.form is Form.HOMEWARD and self.key() in readers(part.body)
        except Refusal:
            return False
        return ours and part.digest[:_MARK] not in self._done()

    def listed(self, data: bytes) -> frozenset[bytes]:
        """Tell which parts a receipt lists that need not be packed again; none for one of a life gone by."""
        try:
            part = read_part(data)
            receipt = self._believed(part, self._office(part))
        except Refusal:
            return frozenset()
        return frozenset(receipt.stored) if receipt.time >= epoch_since(self._store) else frozenset()

    def carried_bytes(self, sent: int = 0, received: int = 0, road: str = STICK) -> None:
        """Count what a carrier took and brought today."""
        self._store.traffic.add(road, sent, received)

    # --- what a part does --------------------------------------------------------------------------------

    def _office(self, part: Part) -> "OfficeFile":
        """Give the office of this PC, which must be the part's. Raises Refusal."""
        office = self._store.office()
        if office is None or part.office != office.header.office:
            raise Refusal(Code.OFFICE)
        return office

    def _take(self, part: Part, office: "OfficeFile") -> Took:
        if part.form is Form.HOMEWARD:
            return self._homeward(part, office)
        if part.form is Form.RECEIPT:
            return self._receipt(part, office)
        if part.form is Form.CUSTODY:
            return self._custody(part, office)
        if part.form is Form.DOCUMENT:
            name = keep_posted(self._store, office, read_document(part))
            return Took(part.form, documents=() if name is None else (name,))
        return Took(part.form, mine=False)

    def _homeward(self, part: Part, office: "OfficeFile") -> Took:
        """Take the centre's answer: letters first, since an ack that is lost is only asked for again."""
        store = self._store
        if self.key() not in readers(part.body):
            return Took(part.form, mine=False)
        home = self._open(part, office)
        if home.pc != store.pc().id:
            return Took(part.form, mine=False)
        done = self._done()
        if part.digest[:_MARK] in done:
            return Took(part.form, known=True)
        heard = hear_epoch(store, home.epoch, home.time, carried=True)
        if heard is not Heard.BYGONE:
            store.saw_time(home.time)
            letters = self._letters(home, centres(store, office))
            store.handed.hear(home.parts, home.acks)
            acks = self._settle(home.time)
            for name, version in home.versions.items():
                note_told(store, name, version)
            note_home(store, home.time)
        else:
            letters = acks = 0
        store.put_blob(_DONE, b"".join((part.digest[:_MARK], *done[: _DONE_KEPT - 1])))
        return Took(part.form, acks=acks, letters=letters)

    def _done(self) -> tuple[bytes, ...]:
        """List the answers that were taken in lately, the last first."""
        done = self._store.blob(_DONE) or b""
        return tuple(done[at : at + _MARK] for at in range(0, len(done), _MARK))

    def _open(self, part: Part, office: "OfficeFile") -> Homeward:
        """Open an answer by whichever of the office's centre keys signed it. Raises Refusal."""
        last = Refusal(Code.CENTRE)
        for centre in centres(self._store, office):
            try:
                return open_homeward(part, self._store.device_letter(), centre)
            except Refusal as refusal:
                last = refusal
        raise last

    def _letters(self, home: Homeward, believed: frozenset[bytes]) -> int:
        """Keep the letters of people with a profile here until they sign in; a forged one is left out."""
        here = {one.profile for one in self._store.reached.all()}
        count = 0
        for letter in home.letters:
            if letter.profile not in here:
                continue
            for centre in believed:
                try:
                    heads = heads_of([letter.piece], centre)
                except Refusal:
                    continue
                self._store.outbox.put_waiting(letter.profile, heads)
                count += 1
                break
        return count

    def _settle(self, at: int) -> int:
        """Keep the acks that count by a word of the centre's time `at`; gives what they newly cover."""
        store = self._store
        before, taken = store.outbox.acks(), store.handed.settled()
        if taken:
            store.outbox.put_acks(taken, at)
        return sum(ack.seq - before.get(ack.log, 0) for ack in taken)

    def _receipt(self, part: Part, office: "OfficeFile") -> Took:
        """Believe the centre that it has stored parts; by itself it frees nothing, an ack must cover them."""
        receipt, store = self._believed(part, office), self._store
        ours = acks = 0
        if receipt.time >= epoch_since(store):
            ours = len(store.handed.digests() & frozenset(receipt.stored))
        if ours:
            store.handed.hear(receipt.stored)
            holder = centre_holder(store, office.header.centre)
            self._note(store.handed.stored(), holder, receipt.time, "")
            acks = self._settle(receipt.time)
        return Took(part.form, stored=receipt.stored, custody=ours, acks=acks)

    def _believed(self, part: Part, office: "OfficeFile") -> CentreReceipt:
        """Read a receipt by whichever of the office's centre keys signed it. Raises Refusal."""
        for centre in centres(self._store, office):
            try:
                return read_receipt(part, centre)
            except Refusal:
                continue
        raise Refusal(Code.CENTRE)

    def _custody(self, part: Part, office: "OfficeFile") -> Took:
        """Believe a coordinator, or a hub that one has certified, that they carry parts of this PC."""
        header = office.header
        custody = read_custody(part, [one.signing for one in header.coordinators])
        holder = custody.coordinator + (_HUB if custody.by_hub else b"")
        at = min(custody.at, self._store.now())
        return Took(part.form, custody=self._note(custody.parts, holder, at, header.coordinator))

    def _note(self, digests: Collection[bytes], holder: bytes, at: int, name: str) -> int:
        """Turn a word about parts into how far each log is carried by this holder."""
        store = self._store
        ours = store.handed.digests() & frozenset(digests)
        if not ours:
            return 0
        spans = store.handed.spans(ours)
        acks = store.outbox.acks()
        before = {one.log: one.seq for one in store.receipts.held() if one.holder == holder}
        found: list[Receipt] = []
        for log, runs in spans.items():
            stood = max(acks.get(log, 0), before.get(log, 0))
            seq = reach_of(Held(stood), [(one.first, one.last) for one in runs])
            if seq > stood:
                found.append(Receipt(log, holder, seq, at, name))
        if found:
            store.receipts.put(found)
        return len(ours)


def _held(spans: Iterable[Span]) -> Held:
    held = Held()
    for one in spans:
        held = held.add(one.first, one.last)
    return held


def _batches(segments: list[Outgoing]) -> list[list[Outgoing]]:
    """Share segments out over parts; there is always one, if only to ask."""
    batches: list[list[Outgoing]] = [[]]
    size = 0
    for one in segments:
        if batches[-1] and size + len(one.sealed) > _ROOM:
            batches.append([])
            size = 0
        batches[-1].append(one)
        size += len(one.sealed)
    return batches
