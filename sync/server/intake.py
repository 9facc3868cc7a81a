"""Intake: what is offered is judged, told apart from what is held, kept once, and acknowledged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import msgspec
from sqlalchemy import Connection

from sync.journal.acks import Ack
from sync.journal.kind import Audience, Author
from sync.journal.kinds import KINDS, authors_of
from sync.journal.segment import SegmentPeek
from sync.refusal import Code, Refusal
from sync.server.batch import Batch
from sync.server.branches import branched
from sync.server.effects import Effects, centre_holder
from sync.server.endings import too_late
from sync.server.feed import Reader
from sync.server.held import ISLANDS_LIMIT, below, fresh
from sync.server.identity import CENTRE, Holder, Identities
from sync.server.passing import Passing
from sync.server.places import Places, held_of
from sync.server.voice import NO_PC, Voice

Word = tuple[str, Mapping[str, int | str]]
"""A refusal as it travels: a code with values."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A segment whose signature is right."""

    data: bytes
    peek: SegmentPeek


@dataclass(frozen=True, slots=True)
class Offer:
    """All that one request brings; `at` is its sender's wall clock in Unix seconds.

    What a carrier brings has no sender: `profile` and `signer` are empty, and `wants` are the (profile,
    signer) of whom the answer is for.
    """

    profile: bytes
    signer: bytes
    at: int
    segments: tuple[Offered, ...]
    refusals: tuple[Word, ...] = ()
    wants: tuple[tuple[bytes, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one offer, and where the sender's feeds stood in that moment.

    `readers` stand for the offer's wants, in their order; `new` counts segments that held anything new;
    `offices` are those of whoever signed what was taken; `held` counts what is held of the sender's own key.
    """

    holder: Holder | None
    acks: tuple[Ack, ...]
    refusals: tuple[Word, ...]
    reader: Reader | None = None
    readers: tuple[Reader | None, ...] = ()
    new: int = 0
    offices: frozenset[int] = frozenset()
    held: int = 0


@dataclass(frozen=True, slots=True)
class _Kept:
    """What became of an offer's segments: whose each log is, and what `Taken` tells of them."""

    logs: Mapping[int, set[int]]
    refusals: tuple[Word, ...]
    new: int
    offices: frozenset[int]


class Intake:
    """Used by one thread; each call of `take` runs in one transaction that the caller commits."""

    def __init__(self, voice: Voice, places: Places | None = None) -> None:
        self.identities = Identities()
        self.places = places or Places()
        self.voice = voice

    def forget(self) -> None:
        """Drop what memory says: the transaction failed, or another process wrote to the database."""
        self.identities.forget()
        self.places.forget()
        self.voice.begin_again()

    def take(self, connection: Connection, offers: Sequence[Offer]) -> list[Taken]:
        """Judge and keep a group of offers; only after the commit may the answers be sent."""
        batch = Batch(connection, self.places)
        batch.load({number for offer in offers for one in offer.segments for number, _, _ in one.peek.runs})
        effects = Effects(batch, self.identities, self.voice)
        kept = [self._take(batch, effects, offer) for offer in offers]
        Passing(effects, self.identities, self.voice).pass_late(connection)
        batch.flush()
        taken = [self._answer(batch, offer, found) for offer, found in zip(offers, kept, strict=True)]
        self.places.flush(connection)
        return taken

    def _take(self, batch: Batch, effects: Effects, offer: Offer) -> _Kept:
        """Take the segments of one offer, each by itself: a refused one holds up no other."""
        refusals = list(offer.refusals)
        logs: dict[int, set[int]] = {}
        new: list[SegmentPeek] = []
        fresh_data: list[bytes] = []
        offices: set[int] = set()
        for one in offer.segments:
            try:
                holder, kept = self._segment(batch, effects, offer, one)
            except Refusal as refusal:
                refusals.append((refusal.code.wire, {"log": one.peek.runs[0][0], **refusal.values}))
                continue
            for number, _, _ in one.peek.runs:
                logs.setdefault(number, set()).add(holder.id)
            if holder.office is not None:
                offices.add(holder.office)
            if kept:
                new.append(one.peek)
                fresh_data.append(one.data)
        own = [peek for peek in new if peek.signer == offer.signer]
        effects.fix_clock(offer.at, own, new)
        effects.clocks_ahead(zip(new, fresh_data, strict=True))
        return _Kept(logs, tuple(refusals), len(new), frozenset(offices))

    def _segment(self, batch: Batch, effects: Effects, offer: Offer, one: Offered) -> tuple[Holder, bool]:
        """Judge and keep one segment; say whether it held anything new. Raises Refusal otherwise."""
        peek = one.peek
        holder = self._holder(batch, effects, offer, one)
        self._allow(batch.connection, holder, one)
        new = self._fresh(batch, holder, peek)
        if holder.revoked:
            new = self._accepted(batch, holder, new)
        if new and not holder.vouched:
            batch.refuse_flood(holder)
        if self._erased(batch.connection, holder):
            self._hold(batch, holder, new)
            effects.carried(holder, one.data, one.peek, new)
            return holder, False
        if new != peek.runs and not holder.revoked:
            apart = branched(batch, holder.id, one.data, peek.runs)
            new = (*new, *((place.log, place.seq, place.seq) for place in apart))
            for place in apart:
                batch.branch(place.log, holder.id)
        if new:
            claimed = {number for number, _, _ in new if holder.id not in batch.holders.get(number, ())}
            self._hold(batch, holder, new)
            for number in claimed:
                if len(batch.holders[number]) > 1:
                    effects.contest(number, batch.holders[number])
            self._keep(batch, effects, holder, one, None if new == peek.runs else new)
        return holder, bool(new)

    def _holder(self, batch: Batch, effects: Effects, offer: Offer, one: Offered) -> Holder:
        """Find the key that signed a segment, or meet it.

        A new key needs an office: that of the person it claims to be, of a colleague vouched for on the
        same PC, or of the vouched carrier who brings it. Raises Refusal(OFFICE) for anybody else; nothing
        is kept of strangers.
        """
        peek = one.peek
        known = self.identities.find(batch.connection, peek.profile, peek.signer)
        if known is not None and known.vouched:
            if known.pc == NO_PC and known.role != CENTRE:
                # vouched for before anything of it came: now its PC is known too
                return self.identities.change(batch.connection, known, replace(known, pc=peek.headers[0].pc))
            return known
        if known is not None and not _opens(peek.kinds):
            return known
        holder = known
        if holder is None:
            holder = self._stranger(batch.connection, offer, peek)
        proved = None
        if _opens(peek.kinds):
            holder, proved = effects.claim(holder, one.data)
        if holder.office is None and not holder.vouched:
            raise Refusal(Code.OFFICE)
        if known is None and not holder.vouched and proved is None:
            known_road = self._known_road(batch.connection, offer, holder.pc)
            self.identities.refuse_crowd(batch.connection, holder, known_road=known_road)
        return effects.settle(known, holder, proved)

    def _stranger(self, connection: Connection, offer: Offer, peek: SegmentPeek) -> Holder:
        """Describe a key never met, with the office its PC or its carrier suggests."""
        if peek.signer == self.voice.signing and peek.profile == self.voice.profile:
            return centre_holder(self.voice)
        pc = peek.headers[0].pc
        office = self.identities.office_of_pc(connection, pc)
        if office is None:
            known = offer.signer and self.identities.find(connection, offer.profile, offer.signer)
            office = known.office if known and known.vouched else None
        return Holder(0, peek.profile, peek.signer, pc=pc, office=office)

    def _known_road(self, connection: Connection, offer: Offer, pc: bytes) -> bool:
        """Whether somebody known stands behind a new key: a colleague on its PC, or the carrier of it."""
        if self.identities.office_of_pc(connection, pc) is not None:
            return True
        carrier = self.identities.find(connection, offer.profile, offer.signer)
        return carrier is not None and carrier.vouched

    def _allow(self, connection: Connection, holder: Holder, one: Offered) -> None:
        """Raise Refusal(AUTHOR) when a segment states a kind that its signer may not author, or no longer."""
        foreign = _foreign(one.peek.kinds, holder.authors) or too_late(connection, holder, one.data, one.peek)
        if foreign:
            raise Refusal(Code.AUTHOR, kind=foreign)

    def _fresh(self, batch: Batch, holder: Holder, peek: SegmentPeek) -> tuple[tuple[int, int, int], ...]:
        """Return what of a segment is not held yet, as (log, first, last)."""
        found: list[tuple[int, int, int]] = []
        for number, first, last in peek.runs:
            held = batch.held(number, holder.id)
            if len(held.islands) > ISLANDS_LIMIT:
                raise Refusal(Code.TOO_LARGE, islands=len(held.islands))
            found += [(number, *part) for part in fresh(held, first, last)]
        return tuple(found)

    def _accepted(
        self, batch: Batch, holder: Holder, new: Sequence[tuple[int, int, int]]
    ) -> tuple[tuple[int, int, int], ...]:
        """Return of what a revoked key brings the part that its revocation accepts; Refusal where none is.

        Nothing beyond is ever held, so the highest number held of a log is the one that was accepted. Another
        version of an accepted number is none of it: the key may be in other hands.
        """
        taken = [part for one in new for part in below(batch.held(one[0], holder.id), [one])]
        if new and not taken:
            raise Refusal(Code.REVOKED)
        return tuple(taken)

    def _hold(self, batch: Batch, holder: Holder, new: Sequence[tuple[int, int, int]]) -> None:
        for number, first, last in new:
            batch.hold(number, holder.id, batch.held(number, holder.id).add(first, last))

    def _erased(self, connection: Connection, holder: Holder) -> bool:
        """Whether what this holder states is acknowledged and dropped, because the person was erased."""
        whose = holder.person if holder.person is not None else holder.claimed
        return whose is not None and self.identities.person_of(connection, whose).erased

    def _keep(
        self,
        batch: Batch,
        effects: Effects,
        holder: Holder,
        one: Offered,
        part: tuple[tuple[int, int, int], ...] | None,
    ) -> None:
        """Store a segment and let its special kinds take effect."""
        desk, public = _readers(one.peek.kinds, vouched=holder.vouched)
        person, office = None, holder.office
        if holder.person is not None:
            end = self.identities.person_of(batch.connection, holder.person)
            person, office = (
                end.id,
                office if end.id == holder.person else end.office,
            )  # who moved is read there
        batch.keep(
            holder,
            one.data,
            one.peek,
            person=person,
            office=office if desk else None,
            public=public,
            trainers=_for_trainers(one.peek.kinds),
            part=b"" if part is None else msgspec.msgpack.encode(part),
        )
        effects.stated(holder, one.data, one.peek, part if holder.revoked else None)
        if holder.vouched:
            effects.carried(holder, one.data, one.peek, part)
        effects.received(holder, one.data, one.peek, part)
        Passing(effects, self.identities, self.voice).pass_on(
            batch.connection, holder, one.data, one.peek, part
        )

    def _answer(self, batch: Batch, offer: Offer, kept: _Kept) -> Taken:
        """Say how far each offered log is held, and where the sender's feeds stand.

        An ack names a log and no key: where two keys offer one log it says what is held of both.
        """
        acks = tuple(
            Ack(number, prefix)
            for number, holders in kept.logs.items()
            if (prefix := min(batch.held(number, holder).prefix for holder in holders))
        )
        holder, *wanted = (
            self.identities.find(batch.connection, *asker) if asker[1] else None
            for asker in ((offer.profile, offer.signer), *offer.wants)
        )
        reader, *readers = (self._reader(batch.connection, one) for one in (holder, *wanted))
        if reader is not None:
            held = reader.held
        else:
            held = 0 if holder is None else held_of(batch.connection, holder.id)
        return Taken(holder, acks, kept.refusals, reader, tuple(readers), kept.new, kept.offices, held)

    def _reader(self, connection: Connection, holder: Holder | None) -> Reader | None:
        """Say how the feeds of a profile stand; only a vouched one has any."""
        if holder is None or holder.person is None or holder.office is None or holder.revoked:
            return None
        person = self.identities.person_of(connection, holder.person)
        mine = self.places.person(connection, person.id)
        ours = self.places.office(connection, holder.office)
        # the key states as a coordinator until it is revoked; to read as one takes the roster of today
        leads = self.identities.leads(connection, holder.person)
        desk = Author.COORDINATOR in holder.authors and leads
        marks = Author.TRAINER in holder.authors and self.identities.marks(connection, holder.person)
        return Reader(
            holder=holder,
            person=person.id,
            office=holder.office,
            desk=desk,
            trainer=marks,
            person_top=mine.top,
            person_news=mine.of_others(holder.id),
            office_top=ours.top,
            office_news=ours.top if desk or marks else ours.public,
            held=self.places.held(connection, person.id, holder.id),
        )


@lru_cache(maxsize=4096)
def _opens(kinds: tuple[str, ...]) -> bool:
    """Whether a segment of these kinds introduces a key."""
    return any(kind in KINDS and KINDS[kind].opening for kind in kinds)


@lru_cache(maxsize=4096)
def _foreign(kinds: tuple[str, ...], authors: frozenset[Author]) -> str:
    """Return the first kind that none of these authors may state; one this centre does not know is kept."""
    return next((kind for kind in kinds if (may := authors_of(kind)) and not may & authors), "")


@lru_cache(maxsize=4096)
def _for_trainers(kinds: tuple[str, ...]) -> bool:
    """Whether the trainers of the office read anything of these kinds."""
    return any(kind in KINDS and KINDS[kind].trainers for kind in kinds)


@lru_cache(maxsize=4096)
def _readers(kinds: tuple[str, ...], *, vouched: bool) -> tuple[bool, bool]:
    """Whether the desk reads anything of these kinds, and whether everybody of the office does."""
    known = [KINDS[kind] for kind in kinds if kind in KINDS]
    for_office = {Audience.OFFICE, Audience.COORDINATOR}
    desk = any((kind.audience in for_office or kind.desk) and (vouched or kind.opening) for kind in known)
    return desk, vouched and any(kind.authors - {Author.SELF} for kind in known)
