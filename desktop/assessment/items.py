"""The questions of quizzes as trainers and the desk see them: how each did, which were voided, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.errors import Problem
from desktop.language import tr
from desktop.store.profile import Profile
from sync.folds.items import KINDS, Item, ItemFold, item_fold
from sync.folds.recount import VOIDED, Recount
from sync.refusal import Refusal

LONGEST = 500
"""Letters of a reason."""


@dataclass(frozen=True, slots=True)
class QuizItems:
    """One version of a quiz: its questions that were asked, and the attempts that were counted again.

    `attempts` counts those handed in that say what each question earned.
    """

    activity: str
    version: str
    attempts: int
    items: tuple[Item, ...]
    recounts: tuple[Recount, ...]


def folded(profile: Profile) -> ItemFold:
    """Fold all that has come here of quizzes: for a trainer or a coordinator, their whole office."""
    known = profile.authority()
    return item_fold(known.accepted(profile.facts(kinds=KINDS)), known.person_of)


def quiz_items(fold: ItemFold) -> tuple[QuizItems, ...]:
    """List every version of every quiz that was handed in, by name."""
    items: dict[tuple[str, str], list[Item]] = {}
    recounts: dict[tuple[str, str], list[Recount]] = {}
    for item in fold.items():
        items.setdefault((item.activity, item.version), []).append(item)
    for one in fold.recounts():
        recounts.setdefault((one.activity, one.version), []).append(one)
    counts = fold.counts()
    return tuple(
        QuizItems(*key, counts[key], tuple(items[key]), _in_turn(recounts.get(key, [])))
        for key in sorted(items)
    )


def void_question(profile: Profile, activity: str, version: str, question: int, reason: str) -> None:
    """State that a question of a version was wrong. It cannot be taken back: people may hold a pass by it.

    Raises Problem without a reason, or for somebody who may not say so.
    """
    words = " ".join(reason.split())
    if not words:
        raise Problem(
            tr("Alasan belum ditulis."), tr("Peserta yang nilainya berubah akan membaca alasan ini.")
        )
    if len(words) > LONGEST:
        raise Problem(tr("Alasan terlalu panjang."), tr("Paling banyak {n} huruf.").format(n=LONGEST))
    try:
        profile.record(VOIDED, activity=activity, version=version, question=question, reason=words)
    except Refusal as fault:
        raise Problem(
            tr("Anda belum berhak membatalkan soal."),
            tr("Hanya widyaiswara atau koordinator yang sudah dipastikan pusat. Kirim & terima dahulu."),
        ) from fault


def _in_turn(found: Sequence[Recount]) -> tuple[Recount, ...]:
    """Put first who passes now, then whom somebody should look at, then the rest."""
    return tuple(sorted(found, key=lambda one: (not one.rises, not one.falls, one.profile, one.attempt)))
