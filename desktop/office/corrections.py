"""Corrections at the desk: what people ask to be put right, what the roster says now, and the answer."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.errors import Problem
from desktop.formats import long_day
from desktop.language import tr
from desktop.office.gather import nip_of, opened_words
from desktop.office.stick_words import without_key
from sync.folds.corrections import (
    ANSWERED,
    ASKED,
    WORDS_LIMIT,
    Answer,
    Correction,
    CorrectionState,
    Topic,
    answer_fields,
    answer_of,
    corrections,
)
from sync.folds.order import octets
from sync.journal.authority import Authority
from sync.journal.keys import LetterKey
from sync.journal.secret_fields import opened
from sync.journal.statement import Fact
from sync.nip import LENGTH, birth_of, spaced
from sync.refusal import Refusal

if TYPE_CHECKING:
    from desktop.store.profile import Profile
    from sync.officefile import PersonEntry


@dataclass(frozen=True, slots=True)
class Wish:
    """A request of somebody of the roster. `held` is what the office file of this PC says of its topic now.

    `version` is that of this office file. `own` is one by the coordinator, which somebody else has to answer.
    `next_counter` is that of an answer.
    """

    person: bytes
    name: str
    unit: str
    asked: Correction
    held: str
    version: int
    own: bool
    next_counter: int = 1

    @property
    def renewed(self) -> bool:
        """Whether it can have been put right: the roster says so, or is newer than what the person knew."""
        if not self.asked.topic.in_roster:
            return True
        return self.version > self.asked.basis or _bare(self.held) == _bare(self.asked.right)


def wishes_at_desk(profile: "Profile", people: Iterable["PersonEntry"]) -> tuple[Wish, ...]:
    """List all requests of the roster's people that have come to this desk, those waiting first, by day."""
    office = profile.store.office()
    facts = profile.facts(kinds=(ASKED, ANSWERED)) if office is not None and profile.keys.office else ()
    if office is None or not facts:
        return ()
    known, keys = profile.authority(), tuple(profile.keys.office.values())
    counted = known.accepted(facts)
    asked: dict[bytes, list[Fact]] = {}
    for fact in counted:
        person = known.person_of(fact.header.profile)
        if fact.statement.kind == ASKED and person is not None:
            asked.setdefault(known.aliases.of(person), []).extend(_opened(fact, keys))
    answers: dict[bytes, list[Answer]] = {}
    counters: dict[bytes, int] = {}
    for person, answer in _answers(counted, known, keys):
        counters[answer.request] = max(answer.counter, counters.get(answer.request, 0))
        if answer.author != person:
            answers.setdefault(person, []).append(answer)
    me = known.aliases.of(profile.person)
    found = []
    for entry in people:
        person = known.aliases.of(entry.person)
        found += [
            Wish(
                entry.person,
                entry.name,
                entry.unit,
                one,
                held_of(entry, one.topic),
                office.header.version,
                person == me,
                counters.get(one.digest, 0) + 1,
            )
            for one in corrections(asked.get(person, ()), answers.get(person, ()))
        ]
    return tuple(sorted(found, key=lambda one: (one.asked.state.value, one.asked.at, one.asked.seq)))


def waiting(wishes: Sequence[Wish]) -> tuple[Wish, ...]:
    """Pick the requests that this coordinator may answer and nobody has answered yet."""
    return tuple(one for one in wishes if one.asked.state is CorrectionState.WAITING and not one.own)


def held_of(entry: "PersonEntry", topic: Topic) -> str:
    """Say what the roster holds of a topic; empty where it holds nothing of it."""
    nip = nip_of(entry)
    if topic is Topic.NAME:
        return entry.name
    if topic is Topic.UNIT:
        return entry.unit
    if topic is Topic.NIP:
        return spaced(nip) if len(nip) == LENGTH else nip
    born = birth_of(nip) if topic is Topic.BIRTH and len(nip) == LENGTH else None
    return "" if born is None else long_day(born)


def put_right(profile: "Profile", one: Wish) -> None:
    """Answer that it is put right, in the office file of this PC. Raises Problem where that cannot be yet."""
    if not one.renewed:
        raise Problem(
            tr("Daftar kantor belum berubah."),
            tr("Usulkan perbaikannya di Akun & PIN. Jawab di sini sesudah berkas kantor yang baru datang."),
        )
    _answer(profile, one, CorrectionState.DONE, "")


def decline(profile: "Profile", one: Wish, reason: str) -> None:
    """Answer that it is not put right, and why; only the person reads the reason. Raises Problem."""
    if not reason.strip() or len(reason) > WORDS_LIMIT:
        raise Problem(tr("Tulis alasannya."), tr("Orangnya membaca alasan ini di Beranda."))
    _answer(profile, one, CorrectionState.DECLINED, " ".join(reason.split()))


def _answer(profile: "Profile", one: Wish, verdict: CorrectionState, reason: str) -> None:
    office = profile.store.office()
    if office is None or not profile.keys.office:
        raise without_key()
    if one.own:
        raise Problem(
            tr("Permintaan sendiri tidak dapat dijawab sendiri."), tr("Minta koordinator lain atau pusat.")
        )
    version = one.version if one.asked.topic.in_roster and verdict is CorrectionState.DONE else 0
    word = Answer(one.next_counter, 0, 0, 0, b"", verdict.value, version, reason, b"")
    readers = (office.header.centre_letter, office.header.office_letter)
    profile.record(ANSWERED, **answer_fields(one.person, one.asked.digest, word, readers))


def _answers(
    counted: Iterable[Fact], known: Authority, keys: Sequence[LetterKey]
) -> Iterator[tuple[bytes, Answer]]:
    """Open what coordinators have answered; gives whom, after merges. `counted` count."""
    for fact, author, fields in opened_words(ANSWERED, counted, known, keys):
        found = answer_of(fields, author, fact.wall, fact.statement.log, fact.statement.seq)
        if found is not None:
            yield known.aliases.of(octets(fact, "person")), found


def _opened(fact: Fact, keys: Iterable[LetterKey]) -> Iterator[Fact]:
    """Give a request opened with whichever office key opens it; nothing where none does."""
    for key in keys:
        try:
            yield opened(fact, key)
        except Refusal:
            continue
        return


def _bare(words: str) -> str:
    """Keep letters and digits alone: points and spaces make no other name."""
    return "".join(letter for letter in words.casefold() if letter.isalnum())
