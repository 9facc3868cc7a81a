"""What some statements change at the centre: who holds a key, whose profile it is, which clock was wrong."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, insert, select, update

from sync.folds.assignments import SUBMITTED
from sync.folds.deadlines import RECEIVED
from sync.folds.order import AHEAD
from sync.folds.reach import CARRIED, HEARD
from sync.folds.recount import VOIDED
from sync.journal.kind import Author
from sync.journal.kinds import KINDS
from sync.journal.segment import SegmentPeek, decode_segment, peek_segment
from sync.journal.statement import Fact, LogHeader, Value
from sync.officefile import Role
from sync.officefile_codes import check_proof
from sync.refusal import Refusal
from sync.server.batch import PUBLIC, Batch
from sync.server.identity import CENTRE, Holder, Identities, Person
from sync.server.outdated import outdate
from sync.server.tables import clock, segment
from sync.server.voice import Spoken, Voice
from sync.server.voided import note_voided

CLOCK_FAR = 600
"""Seconds by which a PC's clock may be wrong before the centre says so: less never moves a day's work."""

SITTING = 3 * 86_400
"""Seconds for which one start of the app is taken to speak for the clock of others on its PC."""

OPENED, KEYED, VOUCHED = "profile.opened", "profile.keyed", "profile.vouched"


class Effects:
    """Effects within one batch. Used by the writer alone."""

    def __init__(self, batch: Batch, identities: Identities, voice: Voice) -> None:
        self._batch = batch
        self._connection = batch.connection
        self._identities = identities
        self._voice = voice
        self.late: list[tuple[Holder, tuple[int, ...]]] = []
        """Keys vouched for in this batch, each with the numbers of the segments that waited for that."""

    def claim(self, holder: Holder, data: bytes) -> tuple[Holder, Person | None]:
        """Read what a waiting key says of itself: its letter key and the person it claims to be.

        Returns the holder as it then stands, not stored yet, and the person if the claim is proved: by the
        one-time code of the roster, or by a key that the office file gives to that person.
        """
        proved: Person | None = None
        for fact in facts_of(data, {OPENED, KEYED}):
            fields = fact.statement.fields
            if octets_of(fields.get("signing")) != holder.signing:
                continue
            holder = replace(holder, letter=octets_of(fields.get("letter")), pc=fact.header.pc)
            if fact.statement.kind == KEYED:
                holder = self._as_before(holder)
                continue
            one = self._identities.person(self._connection, octets_of(fields.get("person")))
            if one is None:
                continue
            holder = replace(holder, claimed=one.id, office=one.office)
            if _proves(one, holder, octets_of(fields.get("proof"))):
                proved = one
        return holder, proved

    def settle(self, before: Holder | None, holder: Holder, proved: Person | None) -> Holder:
        """Store a holder, and vouch for it in the centre's own name where its claim is proved."""
        if before is None:
            holder = self._identities.meet(self._connection, holder)
        else:
            holder = self._identities.change(self._connection, before, holder)
        if holder.person is None and holder.claimed != (before.claimed if before else None):
            self._recount(holder.claimed)
        if proved is None or not holder.letter or proved.erased:
            return holder
        self._identities.use_code(self._connection, proved)
        spoken = self.speak(
            VOUCHED,
            {
                "profile": holder.profile,
                "signing": holder.signing,
                "letter": holder.letter,
                "person": proved.uuid,
                "role": proved.role,
            },
            proved.office,
        )
        return self._vouch(holder, proved, proved.role, (1, spoken.header.log, spoken.seq))

    def stated(
        self,
        holder: Holder,
        data: bytes,
        peek: SegmentPeek,
        part: Sequence[tuple[int, int, int]] | None = None,
    ) -> None:
        """Let the vouchings in a coordinator's segment take effect; merges by a coordinator are proposals.

        A voided question makes the rows of its office be counted again.

        `part` are the (log, first, last) of it that count; None for all.
        """
        if VOIDED in peek.kinds and holder.vouched and holder.office is not None:
            note_voided(self._connection, holder.office)
        if VOUCHED not in peek.kinds or Author.COORDINATOR not in holder.authors:
            return
        for fact in facts_of(data, {VOUCHED}):
            if part is not None and not within(fact, part):
                continue
            self._vouched_for(holder, fact)

    def _vouched_for(self, holder: Holder, fact: Fact) -> None:
        """Let one coordinator's word that a key is somebody's take effect, where it may."""
        fields = fact.statement.fields
        one = self._identities.person(self._connection, octets_of(fields.get("person")))
        if one is None or one.erased or one.office != holder.office:
            return  # outside the coordinator's office it is a proposal: kept, told, without effect
        profile, signing = octets_of(fields.get("profile")), octets_of(fields.get("signing"))
        letter = octets_of(fields.get("letter"))
        if (len(profile), len(signing), len(letter)) != (16, 32, 32):
            return
        known = self._identities.find(self._connection, profile, signing)
        if known is None:
            new = Holder(0, profile, signing, letter, office=one.office)
            known = self._identities.meet(self._connection, new)
        rank = (0, fact.statement.log, fact.statement.seq)
        if known.role == CENTRE or known.office not in {None, holder.office} or known.rank >= rank:
            return
        if not known.letter:
            known = self._identities.change(self._connection, known, replace(known, letter=letter))
        if known.letter == letter:
            # the power of a coordinator comes from the centre alone (sync.journal.vouching)
            role = Role.LEARNER.value if one.role == Role.COORDINATOR.value else one.role
            self._vouch(known, one, role, rank)

    def carried(
        self,
        holder: Holder,
        data: bytes,
        peek: SegmentPeek,
        part: Sequence[tuple[int, int, int]] | None = None,
    ) -> None:
        """Say in the centre's own name which PC carried out an erasure, as far as `part` is new.

        Of an erased person's own key this word is all that is taken: nothing else of the segment is kept.
        """
        if CARRIED not in peek.kinds or holder.office is None or holder.role == CENTRE:
            return
        if holder.person is None and holder.claimed is None:
            return
        for fact in facts_of(data, {CARRIED}):
            if part is not None and not within(fact, part):
                continue
            one = self._identities.person(self._connection, octets_of(fact.statement.fields.get("person")))
            if one is None or not one.erased:
                continue
            own = int(fact.statement.fields.get("own") == 1)
            said: dict[str, Value] = {
                "person": one.uuid,
                "pc": fact.header.pc,
                "own": own,
                "when": max(0, fact.wall),
            }
            self.speak(HEARD, said, holder.office)

    def received(
        self, holder: Holder, data: bytes, peek: SegmentPeek, part: Sequence[tuple[int, int, int]] | None
    ) -> None:
        """Say in the centre's own name when work that was handed in came: by it a deadline is judged.

        It names a log and a number, and nobody. `part` are the runs that are new, None for all.
        """
        if SUBMITTED not in peek.kinds or holder.office is None or holder.role == CENTRE:
            return
        for fact in facts_of(data, {SUBMITTED}):
            if part is None or within(fact, part):
                log, seq = fact.identity
                said: dict[str, Value] = {"of_log": log, "of_seq": seq, "came": self._voice.wall()}
                self.speak(RECEIVED, said, holder.office)

    def fix_clock(self, at: int, own: Sequence[SegmentPeek], offered: Iterable[SegmentPeek]) -> None:
        """State a clock fix for each new log of the PC's present boot, when its clock is far off.

        `own` are the new segments of the asking profile, in order; the last of them belongs to the present
        start of the app. A log that began after `at` says that the clock was moved meanwhile, and is left
        alone; so is the log of somebody else whose clock did not go with the asker's, because nobody's hours
        are for a colleague to move.
        """
        offset = self._voice.wall() - at
        if abs(offset) <= CLOCK_FAR or not own:
            return
        now = own[-1].headers[-1]
        for peek in offered:
            holder = self._identities.find(self._connection, peek.profile, peek.signer)
            if holder is None or holder.office is None:
                continue
            for header in peek.headers:
                here = (header.pc, header.boot) == (now.pc, now.boot) and header.wall <= at + CLOCK_FAR
                if here and (peek.signer == own[-1].signer or _goes_with(header, now, at)):
                    self._fix(header, offset, holder.office)

    def clocks_ahead(self, offered: Iterable[tuple[SegmentPeek, bytes]]) -> None:
        """Say of each log that came before its own time by how much: a stick brings no word of the clock.

        What its PC has told itself (`fix_clock`) is better and stands.
        """
        now = self._voice.wall()
        for peek, data in offered:
            holder = self._identities.find(self._connection, peek.profile, peek.signer)
            if holder is None or holder.office is None or holder.role == CENTRE:
                continue
            late = [header for header in peek.headers if header.wall > now + CLOCK_FAR]
            for header in late:
                end = max(fact.wall for fact in decode_segment(data).facts if fact.header == header)
                known = select(clock.c.log).where(clock.c.log == header.log)
                if self._connection.execute(known).first() is None:
                    self._connection.execute(insert(clock).values(log=header.log, shift=now - end))
                    self.speak(AHEAD, {"log": header.log, "by": end - now}, holder.office)

    def contest(self, number: int, holders: Iterable[int]) -> None:
        """Leave the clock of a log as its headers say, now that a second key claims it; `holders` are all.

        A fix names a log and no profile, and log ids are drawn at random: two keys with one log id are a
        copy on purpose, and neither may move the other's hours.
        """
        row = self._connection.execute(select(clock.c.shift).where(clock.c.log == number)).first()
        if row is None:
            self._connection.execute(insert(clock).values(log=number, shift=0))
        elif row.shift:
            self._connection.execute(update(clock).where(clock.c.log == number).values(shift=0))
            every = self._identities.of_ids(self._connection, holders)
            for office in {one.office for one in every if one.office is not None}:
                self.speak("clock.fixed", {"log": number, "offset": 0}, office)
            self._recount(*{one.person for one in every})

    def _fix(self, header: LogHeader, offset: int, office: int) -> None:
        known = self._connection.execute(select(clock.c.log).where(clock.c.log == header.log)).first()
        if known is None:
            self._connection.execute(insert(clock).values(log=header.log, shift=offset))
            self.speak("clock.fixed", {"log": header.log, "offset": offset}, office)

    def speak(
        self, kind: str, fields: dict[str, Value], office: int | None, person: int | None = None
    ) -> Spoken:
        """State something in the centre's own log and keep it like any segment, for all of an office.

        With a `person` instead it lies in that person's feed alone.
        """
        spoken = self._voice.state(kind, fields)
        own = self._identities.find(self._connection, self._voice.profile, self._voice.signing)
        if own is None:
            own = self._identities.meet(self._connection, centre_holder(self._voice))
        self._batch.load({spoken.header.log})
        held = self._batch.held(spoken.header.log, own.id)
        self._batch.hold(spoken.header.log, own.id, held.add(spoken.seq, spoken.seq))
        self._batch.keep(
            own,
            spoken.data,
            peek_segment(spoken.data),
            person=person,
            office=office,
            public=office is not None,
            long=KINDS[kind].papers,
            part=b"",
        )
        return spoken

    def _as_before(self, holder: Holder) -> Holder:
        """Give a profile's new key the claim of the key it had before a PIN reset."""
        before = self._identities.of_profile(self._connection, holder.profile)
        owner = next((one for one in before if one.person is not None), None)
        if owner is None:
            return holder
        return replace(holder, claimed=owner.person, office=owner.office)

    def _vouch(self, holder: Holder, one: Person, role: str, rank: tuple[int, int, int]) -> Holder:
        """Make a key count as a person's, and let what it signed so far stream again."""
        vouched = replace(
            holder,
            person=one.id,
            claimed=one.id,
            office=one.office,
            role=role,
            by_centre=rank[0],
            vouch_log=rank[1],
            vouch_seq=rank[2],
        )
        vouched = self._identities.change(self._connection, holder, vouched)
        if holder.person != one.id:
            whose = segment.c.person.is_(None) if holder.person is None else segment.c.person.is_not(None)
            person = self._identities.person_of(self._connection, one.id).id
            if holder.person is not None:
                before = self._identities.person_of(self._connection, holder.person).id
                self._batch.places.leave(self._connection, people=(before,))
            moved = restream(self._batch, whose & (segment.c.holder == holder.id), person, one.office)
            if holder.person is None and moved:
                self.late.append((vouched, moved))
            self._recount(holder.person, one.id)
        return vouched

    def _recount(self, *people: int | None) -> None:
        """Let the report count people anew for whom no new segment speaks, merged ones as who they are."""
        known = {self._identities.person_of(self._connection, one).id for one in people if one is not None}
        if known:
            outdate(self._connection, *known)


def _goes_with(header: LogHeader, now: LogHeader, at: int) -> bool:
    """Whether a log of one boot was kept by the clock that a request tells; `now` is its asker's own log."""
    zero = (header.wall - header.monotonic) - (now.wall - now.monotonic)
    return abs(zero) <= CLOCK_FAR and at - now.wall <= SITTING


def restream(batch: Batch, which: ColumnElement[bool], person: int, office: int) -> tuple[int, ...]:
    """Give segments new places at the end of their feeds, now as this person's work in this office.

    Every cursor that has passed them meets them again. Gives their numbers, in order.
    """
    batch.flush()
    query = select(segment.c.id, segment.c.holder, segment.c.flags).where(which).order_by(segment.c.id)
    rows = batch.connection.execute(query).all()
    for row in rows:
        batch.connection.execute(
            update(segment)
            .where(segment.c.id == row.id)
            .values(
                person=person,
                person_lsn=batch.person_lsn(person, row.holder),
                office=office,
                office_lsn=batch.office_lsn(office, public=bool(row.flags & PUBLIC)),
            )
        )
    return tuple(row.id for row in rows)


def centre_holder(voice: Voice) -> Holder:
    """Describe the centre's own key as a holder, not stored yet."""
    return Holder(0, voice.profile, voice.signing, voice.letter, role=CENTRE)


def facts_of(data: bytes, kinds: set[str]) -> list[Fact]:
    """Return the facts of some kinds in a segment; one that does not unpack states nothing."""
    try:
        return [fact for fact in decode_segment(data).facts if fact.statement.kind in kinds]
    except Refusal:
        return []


def within(fact: Fact, parts: Sequence[tuple[int, int, int]]) -> bool:
    """Whether a fact lies in any of these (log, first, last)."""
    log, seq = fact.identity
    return any(number == log and first <= seq <= last for number, first, last in parts)


def _proves(one: Person, holder: Holder, proof: bytes) -> bool:
    """Whether a claim is proved: by a key of the office file, or by a one-time code that nobody has used."""
    if one.coordinator is not None and one.coordinator.signing == holder.signing:
        return True
    return check_proof(one.verifier, holder.signing, proof)


def octets_of(value: Value | None) -> bytes:
    """Read a bytes field; anything else counts as empty."""
    return value if isinstance(value, bytes) else b""
