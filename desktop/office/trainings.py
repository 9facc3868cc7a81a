"""Training outside at the desk: the claims, each with its scan, and what a coordinator makes of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.errors import Problem
from desktop.language import tr
from desktop.office.gather import judgements
from desktop.office.stick_words import without_key
from desktop.store.jp_table import jp_table_of
from sync.folds.files import KIND as FILE
from sync.folds.files import Arrived, arrived
from sync.folds.training import (
    CLAIMED,
    JUDGED,
    RECOGNISED,
    REJECTED,
    Claim,
    Judgement,
    Training,
    TrainingFold,
    TrainingState,
    judged,
)
from sync.jp_table import MOST, Unit

if TYPE_CHECKING:
    from desktop.store.profile import Profile
    from sync.officefile import PersonEntry

LONGEST = 500
"""Signs of a reason."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim of somebody of the roster. `worth` is what this desk's table makes of it, in hundredths of JP.

    `own` is one by the coordinator, which somebody else has to judge. `next_counter` is that of a judgement.
    """

    person: bytes
    name: str
    unit: str
    training: Training
    worth: int
    own: bool
    next_counter: int = 1


def claims_at_desk(profile: "Profile", people: Iterable["PersonEntry"]) -> tuple[Claimed, ...]:
    """List all claims of the roster's people that have come to this desk, those waiting first, by day."""
    known = profile.authority()
    counted = known.accepted(profile.facts(kinds=(CLAIMED, JUDGED)))
    folds: dict[bytes, TrainingFold] = {}
    for fact in counted:
        person = known.person_of(fact.header.profile)
        if fact.statement.kind == CLAIMED and person is not None:
            folds.setdefault(person, TrainingFold()).add(fact)
    counters: dict[bytes, int] = {}
    for person, word in judgements(counted, known, tuple(profile.keys.office.values())):
        counters[word.claim] = max(word.counter, counters.get(word.claim, 0))
        if person in folds and word.author != person:
            folds[person].judge(word)
    me = known.aliases.of(profile.person)
    found = (
        Claimed(
            entry.person,
            entry.name,
            entry.unit,
            one,
            _worth(profile, one.claim),
            known.aliases.of(entry.person) == me,
            counters.get(one.claim.digest, 0) + 1,
        )
        for entry in people
        for one in (folds[entry.person].trainings() if entry.person in folds else ())
    )
    return tuple(sorted(found, key=lambda one: (one.training.state.value, one.training.claim.day, one.name)))


def waiting(claims: Sequence[Claimed]) -> tuple[Claimed, ...]:
    """Pick the claims that this coordinator may judge and nobody has judged yet."""
    return tuple(one for one in claims if one.training.state is TrainingState.WAITING and not one.own)


def scan_of(profile: "Profile", one: Claimed) -> Arrived:
    """Put the scan of a claim together, as far as its parts have come to this desk."""
    known = profile.authority()
    facts = profile.facts(kinds=(FILE,))
    theirs = (fact for fact in facts if known.person_of(fact.header.profile) == one.person)
    return arrived(theirs, one.training.claim.file)


def recognise(profile: "Profile", one: Claimed, jp: int) -> None:
    """State that a claim counts for so many hundredths of JP. Raises Problem."""
    if not 0 < jp <= MOST:
        raise Problem(tr("JP yang diakui belum benar."), tr("Isi angka di atas nol."))
    _judge(profile, one, RECOGNISED, jp, "")


def reject(profile: "Profile", one: Claimed, reason: str) -> None:
    """State that a claim does not count, and why; only the person reads the reason. Raises Problem."""
    if not reason.strip() or len(reason) > LONGEST:
        raise Problem(
            tr("Tulis alasannya."),
            tr("Orangnya membaca alasan ini, dan dapat memperbaiki lalu mengajukannya lagi."),
        )
    _judge(profile, one, REJECTED, 0, reason.strip())


def _judge(profile: "Profile", one: Claimed, verdict: int, jp: int, reason: str) -> None:
    office = profile.store.office()
    if office is None or not profile.keys.office:
        raise without_key()
    if one.own:
        raise Problem(
            tr("Pelatihan sendiri tidak dapat dinilai sendiri."), tr("Minta koordinator lain atau pusat.")
        )
    table = jp_table_of(profile.store).version
    word = Judgement(one.next_counter, 0, 0, b"", verdict, jp, table, reason, b"")
    readers = (office.header.centre_letter, office.header.office_letter)
    profile.record(JUDGED, **judged(one.person, one.training.claim, word, readers))


def _worth(profile: "Profile", claim: Claim) -> int:
    """Count a claim by the table here; of an unknown form or a programme, take the claim's word."""
    form = jp_table_of(profile.store).form(claim.form)
    if form is None or form.unit is Unit.PROGRAMME:
        return claim.jp
    return form.worth(claim.units, abroad=claim.abroad)
