"""Trainers lent to other offices: who marks where, and the work that the centre passes on to them. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sync.folds.assignments import PART, SUBMITTED, Submission, work_digest
from sync.folds.criteria import VOIDED, Voided, VoidedCriterion, first_words
from sync.folds.files import Arrived, put_together
from sync.folds.order import Moment, number, octets, text
from sync.journal.ending import OPEN_END
from sync.journal.passing import Passed
from sync.journal.secret_fields import Secret
from sync.journal.statement import Fact

LENT, LENT_UNTIL, PROPOSED = "trainer.lent", "lending.ended", "lending.proposed"
WORK = (SUBMITTED, PART, VOIDED)
"""Kinds that the centre passes to trainers lent to an office: nothing else of anybody there is for them."""
_DIGEST, _UUID = 32, 16


@dataclass(frozen=True, slots=True)
class LentWork:
    """One version handed in at another office, of this name, and who marks there, by UUID."""

    submission: Submission
    office: bytes
    office_name: str
    markers: tuple[bytes, ...]


def lending(facts: Iterable[Fact]) -> Mapping[tuple[bytes, bytes], str]:
    """Return the name of each office for each (office, person) lent to it now. Pass facts that count.

    The greatest counter holds, whatever the order: who was called back is lent no more.
    """
    last: dict[tuple[bytes, bytes], tuple[tuple[int, int, int], int, str]] = {}
    for fact in facts:
        if fact.statement.kind != LENT:
            continue
        which = octets(fact, "office"), octets(fact, "person")
        said = fact.statement
        word = (number(fact, "counter"), said.log, said.seq), number(fact, "active"), text(fact, "name")
        last[which] = max(last.get(which, word), word)
    return {which: name for which, (_, active, name) in last.items() if active == 1}


def lent_until(facts: Iterable[Fact]) -> Mapping[tuple[bytes, bytes], int]:
    """Return the last second of each (office, person) for which the centre named one. Pass facts that count.

    The greatest counter holds; who is lent without a last day has one that never comes.
    """
    last: dict[tuple[bytes, bytes], tuple[tuple[int, int, int], int]] = {}
    for fact in facts:
        if fact.statement.kind == LENT_UNTIL:
            which = octets(fact, "office"), octets(fact, "person")
            word = (number(fact, "counter"), *fact.identity), number(fact, "after")
            last[which] = max(last.get(which, word), word)
    return {which: after for which, (_, after) in last.items()}


def lent_now(facts: Iterable[Fact], now: int) -> Mapping[tuple[bytes, bytes], str]:
    """Return what `lending` does, of those whose last second has not passed at trusted Unix `now`."""
    held = tuple(facts)
    ends = lent_until(held)
    return {which: name for which, name in lending(held).items() if now <= ends.get(which, OPEN_END)}


def pass_fields(fact: Fact, office: bytes, name: str, markers: Iterable[bytes]) -> dict[str, Secret]:
    """Return what the centre passes of a fact of `WORK`; only a submission needs to say who marks it."""
    fields = {
        key: value for key, value in fact.statement.fields.items() if isinstance(value, int | str | bytes)
    }
    if fact.statement.kind != SUBMITTED:
        return {**fields, "office": office}
    names = fact.statement.fields.get("names")
    listed = "/".join(map(str, names)) if isinstance(names, tuple) else ""
    return {**fields, "names": listed, "office": office, "office_name": name, "markers": b"".join(markers)}


def lent_works(words: Iterable[Passed]) -> tuple[LentWork, ...]:
    """Read what was handed in at other offices, in the order of log and number; a false digest is nothing."""
    found = []
    for word in words:
        one = None if word.kind != SUBMITTED else _submission(word)
        if one is not None:
            markers = _octets(word, "markers")
            cut = tuple(markers[at : at + _UUID] for at in range(0, len(markers), _UUID))
            found.append(LentWork(one, _octets(word, "office"), _text(word, "office_name"), cut))
    return tuple(found)


def lent_file(words: Iterable[Passed], file: bytes) -> Arrived:
    """Put together a file that was handed in at another office."""
    mine = sorted(
        (one for one in words if one.kind == PART and one.fields.get("file") == file),
        key=lambda one: (one.log, one.seq),
    )
    return put_together(
        ((_number(one, "part"), _number(one, "parts"), _octets(one, "data")) for one in mine), file
    )


def lent_voided(words: Iterable[Passed], office: bytes) -> Voided:
    """Read which criteria the trainers of an office voided: there, and nowhere else."""
    return first_words(
        (
            (_text(one, "activity"), _text(one, "version"), _text(one, "criterion")),
            VoidedCriterion(_text(one, "reason"), one.author, Moment(one.at, one.log, one.seq)),
        )
        for one in words
        if one.kind == VOIDED and one.fields.get("office") == office
    )


def _submission(word: Passed) -> Submission | None:
    digests, listed = _octets(word, "files"), _text(word, "names")
    names = listed.split("/") if digests else []
    if len(digests) != _DIGEST * len(names):
        return None
    files = tuple((name, digests[_DIGEST * at : _DIGEST * (at + 1)]) for at, name in enumerate(names))
    activity, version, said = _text(word, "activity"), _text(word, "version"), _text(word, "text")
    work = _octets(word, "work")
    if work != work_digest(activity, version, said, files):
        return None
    counter = _number(word, "counter")
    return Submission(word.author, activity, version, said, files, work, counter, word.log, word.seq, word.at)


def _text(word: Passed, name: str) -> str:
    value = word.fields.get(name)
    return value if isinstance(value, str) else ""


def _octets(word: Passed, name: str) -> bytes:
    value = word.fields.get(name)
    return value if isinstance(value, bytes) else b""


def _number(word: Passed, name: str) -> int:
    value = word.fields.get(name)
    return value if isinstance(value, int) else 0
