"""Voiding a criterion of a rubric: a trainer's word with a reason, after which no mark has that criterion."""

from dataclasses import replace

from desktop.errors import Problem
from desktop.language import tr
from desktop.store.profile import Profile
from sync.folds.assignments import Rule, Submission
from sync.folds.criteria import VOIDED, Voided, gone, voided
from sync.folds.order import CLOCKS, clock_offsets


def voided_here(profile: Profile) -> Voided:
    """Tell which criteria count no more, as far as this profile has heard."""
    facts = profile.facts(kinds=(VOIDED,))
    if not facts:
        return {}
    known = profile.authority()
    return voided(known.accepted(facts), clock_offsets(known.accepted(profile.facts(kinds=CLOCKS))))


def ruled(rule: Rule, words: Voided, activity: str) -> Rule:
    """Give a rule what was voided of its activity."""
    return replace(rule, gone=gone(words, activity))


def reasons(words: Voided, of: Submission) -> dict[str, str]:
    """Tell why criteria of a work's version count no more, by criterion."""
    return {
        criterion: word.reason
        for (activity, version, criterion), word in words.items()
        if (activity, version) == (of.activity, of.version)
    }


def void_criterion(profile: Profile, activity: str, version: str, criterion: str, reason: str) -> None:
    """State that a criterion of one version counts for nobody. Raises Problem without a reason."""
    if not reason.strip():
        raise Problem(
            tr("Alasan belum ditulis."), tr("Semua yang dinilai dengan kriteria ini membaca alasannya.")
        )
    if (activity, version, criterion) not in voided_here(profile):
        profile.record(VOIDED, activity=activity, version=version, criterion=criterion, reason=reason.strip())
