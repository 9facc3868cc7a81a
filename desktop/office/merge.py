"""Gabungkan: what the stick collected at the PCs is opened at the desk, counted, and carried on."""

import contextlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.office.carriage import clear_up, custody_to, letters_to, pack_own, put_up, stored_at_centre
from desktop.office.doubts import Doubtful, Reason, keep_doubts, reason_of
from desktop.office.round_on_stick import round_to
from desktop.office.stick_words import ready, without_key, worded
from desktop.store.carried import CarriedPiece
from desktop.store.erasure import OPENING, drop_erased, gone_from
from desktop.store.facts import add_collected
from desktop.store.pc_keys import note_letter
from desktop.store.post_wants import HOME
from desktop.store.profile import Profile
from desktop.store.visits import Visit
from sync.client.stick import Stick
from sync.folds.assignments import SUBMITTED
from sync.folds.deadlines import COLLECTED
from sync.folds.order import number
from sync.journal.authority import Verdict
from sync.journal.kind import Author
from sync.journal.kinds import authors_of
from sync.journal.sealing import key_id, recipients_of, unseal
from sync.journal.segment import decode_segment
from sync.journal.statement import Fact, Identity
from sync.journal.vouching import Key
from sync.postbag.outward import Outward, open_outward
from sync.postbag.part import Form, Part, read_part
from sync.refusal import Code, Refusal

if TYPE_CHECKING:
    from sync.journal.keys import LetterKey

Seen = tuple[int, int, bytes]
_REASONS = {Verdict.AUTHOR: Reason.FORGED, Verdict.FIELDS: Reason.FORGED, Verdict.REVOKED: Reason.REVOKED}


@dataclass(frozen=True, slots=True)
class MergeProgress:
    """How far merging is: `done` of `total` parts; `name` is the PC under way, the counts are so far."""

    done: int
    total: int
    name: str = ""
    new: int = 0
    known: int = 0


@dataclass(frozen=True, slots=True)
class Merged:
    """What merging brought, in statements: each counts once, however often it lay on the stick.

    `doubtful` are statements that stand beside another of the same number, and segments or parts that could
    not be opened. `computers` are names of the PCs whose parts lay there; `damaged` files were passed over.
    `doubts` are this merging's findings by reason and PC.
    """

    new: int = 0
    known: int = 0
    doubtful: int = 0
    computers: tuple[str, ...] = ()
    damaged: int = 0
    stopped: bool = False
    doubts: tuple[Doubtful, ...] = ()


Tell = Callable[[MergeProgress], None]
Stopped = Callable[[], bool]


def _silent(_: MergeProgress) -> None:
    return None


def _never() -> bool:
    return False


def merge(profile: Profile, stick: Stick, progress: Tell = _silent, cancelled: Stopped = _never) -> Merged:
    """Take what lies on the stick into the coordinator's profile, part by part, each whole or not at all.

    This PC's own post joins it. Then the stick is given the coordinator's word for what is carried now, the
    one file for a borrowed PC, and the letters that wait for other PCs. Parts stay on it until the centre
    lists them. Raises Problem.
    """
    if not profile.keys.office:
        raise without_key()
    with worded():
        ready(stick)
        stick.sweep()
        stick.prepare()
        tally = _Tally(profile)
        tally.take_own()
        found = list(stick.parts(Form.OUTWARD, believe_names=False))
        for done, (part, data) in enumerate(found):
            if cancelled():
                return tally.merged(stick, stopped=True)
            progress(tally.progress(done, len(found)))
            tally.take(part, data)
        progress(tally.progress(len(found), len(found)))
        tally.settle(stick)
        return tally.merged(stick)


def merge_parts(profile: Profile, parts: Iterable[tuple[Part, bytes]]) -> Merged:
    """Take parts that came by any road into the coordinator's profile, in whatever order and how often."""
    tally = _Tally(profile)
    for part, data in parts:
        tally.take(part, data)
    return tally.merged(None)


class _Tally:
    """Adds up one merging. Statements are told apart by identity: a doubled one counts once."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._store = profile.store
        self._gone = gone_from(profile)
        self._seen: set[Seen] = set()
        self._names: dict[bytes, str] = {}
        self._visits: dict[bytes, Visit] = {}
        self._latest = ""
        self.new = self.doubtful = 0
        self._found: Counter[tuple[Reason, str]] = Counter()
        self._taken: list[tuple[Fact, str]] = []
        self._arrived: list[bytes] = []
        self._stored = stored_at_centre(self._store)
        self.carried = {one.digest for one in self._store.carried.list()}

    def take(self, part: Part, data: bytes, *, own: bool = False) -> None:
        """Take one part: its facts in one transaction, and only then it counts as carried by this PC."""
        try:
            outward = self._opened(part)
        except Refusal as refusal:
            self._doubt(reason_of(refusal), "")
            return
        facts = self._facts(outward)
        with self._profile.database.write() as connection:
            new, branched = add_collected(connection, facts)
        self.new += new
        self._doubt(Reason.BRANCH, outward.name, branched)
        self._taken += [(fact, outward.name) for fact in facts]
        self._seen.update((one.statement.log, one.statement.seq, one.statement.digest) for one in facts)
        self._note(part, data, outward, own=own)

    def take_own(self) -> None:
        """Take what other people with a profile on this PC have done, from its own post."""
        store = self._store
        pack_own(store)
        own = store.pc().id
        for one in store.carried.list():
            if one.pc == own and not one.merged:
                self.take(read_part(one.piece), one.piece, own=True)
                store.carried.merge([one.digest], store.now())

    def settle(self, stick: Stick) -> None:
        """Write on the stick what follows from the merging."""
        store = self._store
        clear_up(store, stick, self._arrived)
        custody_to(self._profile, stick)
        letters_to(store, stick)
        put_up(store, stick)
        self._keep_visits()
        round_to(self._profile, stick)

    def progress(self, done: int, total: int) -> MergeProgress:
        return MergeProgress(done, total, self._latest, self.new, len(self._seen) - self.new)

    def _keep_visits(self) -> None:
        for visit in self._visits.values():
            self._store.visits.put(visit)

    def merged(self, stick: Stick | None, *, stopped: bool = False) -> Merged:
        self._keep_visits()
        names = tuple(sorted(self._names.values()))
        damaged = 0 if stick is None else stick.damaged
        if stick is not None:
            self._found[Reason.TORN, ""] += stick.damaged
            self._found[Reason.FOREIGN, ""] += stick.foreign
        drop_erased(self._profile)
        self._witness()
        self._judge()
        now = self._store.now()
        doubts = tuple(Doubtful(why, pc, n, now) for (why, pc), n in self._found.items() if n)
        looked = stick is not None and not stopped
        keep_doubts(self._store, doubts, looked=looked)
        known = len(self._seen) - self.new
        return Merged(self.new, known, self.doubtful, names, damaged, stopped, doubts)

    def _doubt(self, reason: Reason, pc: str, count: int = 1) -> None:
        """Note that so many parts, segments or statements could not be taken as they stand."""
        self.doubtful += count
        self._found[reason, pc] += count

    def _witness(self) -> None:
        """State which works the desk has now, each once: it is evidence where a clock was wrong."""
        works = {
            fact.identity: fact.header.profile for fact, _ in self._taken if fact.statement.kind == SUBMITTED
        }
        if not works:
            return
        works = {place: of for place, of in works.items() if of != self._profile.profile}
        for fact in self._profile.facts(kinds=(COLLECTED,)):
            works.pop(Identity(number(fact, "of_log"), number(fact, "of_seq")), None)
        said = [(COLLECTED, {"of_log": log, "of_seq": seq}) for log, seq in sorted(works)]
        with contextlib.suppress(Refusal):  # who coordinates no more carries on, and is no witness
            self._profile.record_all(said)

    def _judge(self) -> None:
        """Note what is kept and does not count, once all is here: a later part may introduce its writer."""
        known = self._profile.authority()
        strangers: set[tuple[bytes, str]] = set()
        for fact, pc in self._taken:
            verdict = known.verdict(fact)
            key = Key(fact.header.profile, fact.signer)
            unknown = key not in known.holders and key not in known.roots.own
            own_kind = Author.SELF in authors_of(fact.statement.kind)
            if verdict is Verdict.WAITING or (verdict is Verdict.AUTHOR and unknown and own_kind):
                strangers.add((fact.header.profile, pc))
            elif verdict in _REASONS:
                self._found[_REASONS[verdict], pc] += 1
        self._taken.clear()
        for _, pc in strangers:
            self._found[Reason.STRANGER, pc] += 1

    def _opened(self, part: Part) -> Outward:
        """Open a part with whichever generation of the office's key it was sealed to. Raises Refusal."""
        return open_outward(part, self._key(part.body))

    def _key(self, letter: bytes) -> "LetterKey":
        readers = recipients_of(letter)
        for key in self._profile.keys.office.values():
            if key_id(key.public) in readers:
                return key
        raise Refusal(Code.RECIPIENT, what="office")

    def _facts(self, outward: Outward) -> list[Fact]:
        """Open a PC's segments; one that cannot be believed is doubtful and holds up no other."""
        facts: list[Fact] = []
        for sealed in outward.segments:
            try:
                facts += decode_segment(unseal(sealed, self._key(sealed))).facts
            except Refusal as refusal:
                self._doubt(reason_of(refusal), outward.name)
        return [
            fact
            for fact in facts
            if fact.header.profile != self._profile.profile
            and (fact.header.profile not in self._gone or fact.statement.kind in OPENING)
        ]

    def _note(self, part: Part, data: bytes, outward: Outward, *, own: bool) -> None:
        """Keep the part until the centre lists it, and note the visit."""
        store, now = self._store, self._store.now()
        if own:
            return
        if part.digest not in self.carried | self._stored:
            store.carried.put([CarriedPiece(part.digest, outward.pc, min(outward.at, now), now, data)])
            self.carried.add(part.digest)
        note_letter(store, outward.letter, outward.pc)
        self._names[outward.pc] = self._latest = outward.name
        home = outward.versions.get(HOME, 0)
        # what the centre has listed was written before its answer: it cannot say that this answer has arrived
        said = 0 if part.digest in self._stored else home
        arrived = [one.digest for one in store.homeward.for_pc(outward.pc) if one.at <= said]
        store.homeward.drop(outward.pc, arrived)
        self._arrived += arrived
        collected = min(outward.at, now)
        last = self._visits.get(outward.pc)
        collected = collected if last is None else max(collected, last.collected)
        merged = now if part.digest not in self._stored else 0  # what the centre has is of an earlier round
        self._visits[outward.pc] = Visit(
            outward.pc,
            outward.name,
            collected,
            merged if last is None else max(merged, last.merged),
            collected if home else 0,
        )
