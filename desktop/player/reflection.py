"""The reflection of a year's study: typed by the learner, sealed to themselves, on the self-study report."""

from dataclasses import dataclass

from desktop.errors import Problem
from desktop.language import tr
from desktop.people.letters import open_secret
from desktop.player.notes import readers_of
from desktop.store.facts import Scope
from desktop.store.profile import Profile
from sync.folds.order import text
from sync.folds.reflections import KINDS, PRINTED, PUT, Reflection, reflections
from sync.journal.secret_fields import seal_fields
from sync.refusal import Refusal

LIMIT = 2000
"""Letters of each of the two answers."""


@dataclass(frozen=True, slots=True)
class Reflected:
    """A year's words, written at Unix `at`; all empty where there are none yet.

    `printed` is when a paper with them was first saved, as Unix time, None for never. `digest` names this
    version. `closed` tells that they were sealed to keys which this PC has not.
    """

    learned: str = ""
    use: str = ""
    at: int = 0
    printed: int | None = None
    digest: bytes = b""
    closed: bool = False


def reflection_of(profile: Profile, year: int) -> Reflected:
    """Read what the person says of a year."""
    held = _held(profile, year)
    if held is None:
        return Reflected()
    for fact in profile.facts(Scope.OWN, Scope.PERSON, kinds=(PUT,)):
        if fact.statement.digest == held.digest:
            try:
                said = open_secret(profile, fact)
            except Refusal:
                break
            return Reflected(text(said, "learned"), text(said, "use"), held.at, held.printed, held.digest)
    return Reflected(at=held.at, printed=held.printed, digest=held.digest, closed=True)


def put_reflection(profile: Profile, year: int, learned: str, use: str) -> None:
    """State a year's reflection in place of what was said before. Raises Problem, saving nothing."""
    learned, use = learned.strip(), use.strip()
    if not learned and not use:
        raise Problem(tr("Tulis dahulu refleksinya."), tr("Satu atau dua kalimat sudah cukup."))
    if max(len(learned), len(use)) > LIMIT:
        raise Problem(tr("Refleksinya terlalu panjang."), tr("Paling banyak {n} huruf.").format(n=LIMIT))
    held = _held(profile, year)
    sealed = seal_fields(PUT, {"learned": learned, "use": use}, readers_of(profile))
    profile.record(PUT, year=year, sealed=sealed, counter=1 if held is None else held.counter + 1)


def note_printed(profile: Profile, year: int, digest: bytes) -> None:
    """State that a paper with the version of this digest was saved; once is enough."""
    held = _held(profile, year)
    if held is None or held.digest != digest or held.printed is None:
        profile.record(PRINTED, year=year, of=digest)


def _held(profile: Profile, year: int) -> Reflection | None:
    return reflections(profile.facts(Scope.OWN, Scope.PERSON, kinds=KINDS)).get(year)
