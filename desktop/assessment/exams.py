"""Proctored exams on this PC: opened for named people, begun with a code, ticked, noted, and read again."""

import contextlib
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime

from desktop.assessment.exam_code import SITTINGS, Spot, exam_code, read_code
from desktop.errors import Problem
from desktop.formats import long_day
from desktop.language import tr
from desktop.store.profile import Profile
from sync.folds.exams import (
    ATTENDED,
    BEGUN,
    NOTED,
    OPENED,
    PERSON,
    TAKEN,
    WORDS,
    Exam,
    Exams,
    Listed,
    Word,
    apart,
    exams,
)
from sync.folds.order import CLOCKS, clock_offsets, moment, number, octets, text
from sync.journal.authority import Authority
from sync.journal.keys import LetterKey
from sync.journal.secret_fields import Secret, open_fields, seal_fields
from sync.journal.statement import Fact, Value
from sync.officefile import OfficeFile
from sync.refusal import Refusal

MOST = 200
"""People of one exam."""
NOTE_LIMIT = 500
"""Letters of a note."""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody asked to an exam: whose id the roster knows, with name and NIP as they are printed."""

    person: bytes
    name: str
    nip: str = ""


def admitted(profile: Profile, activity: str, typed: str) -> Spot:
    """Check the code of who wants to begin a proctored attempt; raises Problem for any but today's own.

    A code begins one attempt: a second one at the same exam needs the proctor.
    """
    office, person = profile.store.office(), profile.person
    if office is None or not person:
        raise Problem(
            tr("Ujian ini memerlukan kantor yang mengenal Anda."),
            tr("Pasang berkas kantor dan tunggu pengesahan koordinator, lalu minta kode kepada pengawas."),
        )
    if not typed.strip():
        raise Problem(tr("Kode mulai belum diisi."), tr("Pengawas ujian memberi kode untuk Anda sendiri."))
    today = today_of(profile)
    spot = read_code(office, activity, person, typed, today)
    if spot is None:
        raise Problem(
            tr("Kode ini tidak cocok."),
            tr(
                "Periksa huruf dan angkanya. Kode berlaku untuk satu orang, satu ujian, dan satu hari;"
                " jam komputer ini menunjukkan {tgl}."
            ).format(tgl=long_day(today)),
        )
    if spot.day != today:
        raise Problem(
            tr("Kode ini untuk {tgl}.").format(tgl=long_day(spot.day)),
            tr("Jam komputer ini menunjukkan {tgl}. Bila jam itu keliru, betulkan dahulu.").format(
                tgl=long_day(today)
            ),
        )
    for fact in profile.authority().accepted(profile.facts(kinds=(BEGUN,))):
        used = (fact.statement.fields.get("activity"), number(fact, "day"), number(fact, "sitting"))
        mine = profile.authority().person_of(fact.header.profile) in {None, profile.person}
        if mine and used == (activity, spot.day.toordinal(), spot.sitting):
            raise Problem(
                tr("Kode ini sudah dipakai."), tr("Untuk percobaan lagi, pengawas membuka ujian baru.")
            )
    return spot


def begun_fields(activity: str, attempt: int, spot: Spot) -> Mapping[str, Value]:
    """Give the fields with which an attempt says by which code it began."""
    return {
        "activity": activity,
        "attempt": attempt,
        "day": spot.day.toordinal(),
        "sitting": spot.sitting,
    }


def open_exam(profile: Profile, activity: str, day: date, place: str, people: Sequence[Named]) -> bytes:
    """Open an exam for named people, without any net; gives its id. Raises Problem."""
    asked = tuple({one.person: one for one in people}.values())
    if not asked:
        raise Problem(tr("Peserta ujian belum dipilih."), tr("Pilih paling sedikit satu orang."))
    if len(asked) > MOST:
        raise Problem(tr("Peserta terlalu banyak."), tr("Satu ujian paling banyak {n} orang.").format(n=MOST))
    held = known_exams(profile).sittings
    same = [sitting for quiz, at, sitting in held if (quiz, at) == (activity, day.toordinal())]
    sitting = 1 + max(same, default=0)
    if sitting > SITTINGS:
        raise Problem(tr("Terlalu banyak ujian untuk kuis ini pada hari itu."), tr("Pilih hari yang lain."))
    exam = secrets.token_bytes(PERSON)
    which: dict[str, Secret] = {
        "activity": activity,
        "day": day.toordinal(),
        "sitting": sitting,
        "people": b"".join(one.person for one in asked),
    }
    said: dict[str, Secret] = {
        "exam": exam,
        "place": " ".join(place.split())[:NOTE_LIMIT],
        "names": "\n".join(f"{_plain(one.name)}\t{_plain(one.nip)}" for one in asked),
    }
    _state(profile, OPENED, said | which, which)
    return exam


def tick(profile: Profile, exam: bytes, person: bytes, *, here: bool) -> None:
    """Tick somebody as here or not; a later tick holds, whatever the clock says. Raises Problem."""
    turns = [
        int(word.fields.get("turn", 0))  # type: ignore[call-overload]  # what is no number counts as none
        for word in words_of(profile)
        if word.kind == ATTENDED
        and word.fields.get("exam") == exam
        and isinstance(word.fields.get("turn"), int)
    ]
    _state(
        profile,
        ATTENDED,
        {"exam": exam, "person": person, "here": int(here), "turn": 1 + max(turns, default=0)},
    )


def note(profile: Profile, exam: bytes, at: int, person: bytes, words: str) -> None:
    """Note what happened at Unix `at`, with one `person` or (empty) the whole room. Raises Problem."""
    said = " ".join(words.split())
    if not said:
        raise Problem(tr("Catatan belum ditulis."), tr("Tulis apa yang terjadi."))
    _state(profile, NOTED, {"exam": exam, "at": at, "person": person, "text": said[:NOTE_LIMIT]})


def known_exams(profile: Profile, proctored: AbstractSet[str] = frozenset()) -> Exams:
    """Read every exam that this proctor or desk knows of, with who was there and what happened."""
    known = profile.authority()
    facts = known.accepted(profile.facts(kinds=(*TAKEN, *CLOCKS)))
    return exams(words_of(profile), facts, known.person_of, proctored, _listed(profile, known))


def words_of(profile: Profile) -> tuple[Word, ...]:
    """Open what proctors said: a desk all of its office, a trainer what they said themselves."""
    known = profile.authority()
    facts = known.accepted(profile.facts(kinds=(*WORDS, *CLOCKS)))
    offsets = clock_offsets(facts)
    keys = (profile.keys.letter, *profile.keys.letters, *profile.keys.office.values())
    found = []
    for fact in facts:
        if fact.statement.kind not in WORDS:
            continue
        fields = _opened(fact, keys)
        if fields is not None:
            own = profile.person if fact.header.profile == profile.profile else b""
            by = known.author_of(fact) or own
            found.append(Word(fact.statement.kind, moment(fact, offsets), by, dict(_aliased(fields, known))))
    return tuple(found)


def codes_of(office: OfficeFile, exam: Exam) -> Mapping[bytes, str]:
    """Make the codes of an exam anew: they are the same on every PC of the office."""
    spot = Spot(date.fromordinal(exam.day), exam.sitting)
    return {one.person: exam_code(office, exam.activity, spot, one.person) for one in exam.candidates}


def today_of(profile: Profile) -> date:
    """The day it is where the office is, by this PC."""
    return datetime.fromtimestamp(profile.store.now(), profile.zone()).date()


def _listed(profile: Profile, known: Authority) -> Iterator[Listed]:
    """Read whom every proctor of the office asked: a trainer opens none but the own words, and no names."""
    for fact in known.accepted(profile.facts(kinds=(OPENED,))):
        people = tuple(known.aliases.of(one) for one in apart(octets(fact, "people")))
        yield Listed(text(fact, "activity"), number(fact, "day"), number(fact, "sitting"), people)


def _state(
    profile: Profile, kind: str, said: Mapping[str, Secret], clear: Mapping[str, Secret] | None = None
) -> None:
    """State what is sealed to the desk, the centre and oneself; `clear` is for other trainers too."""
    office = profile.store.office()
    if office is None:
        raise Problem(tr("Komputer ini belum mengenal kantor."), tr("Pasang berkas kantor dahulu."))
    header = office.header
    readers = (header.office_letter, header.centre_letter, profile.keys.letter.public)
    try:
        profile.record(kind, sealed=seal_fields(kind, said, readers), **(clear or {}))
    except Refusal as fault:
        raise Problem(
            tr("Anda belum berhak mengawasi ujian."),
            tr("Hanya widyaiswara atau koordinator yang sudah dipastikan pusat. Kirim & terima dahulu."),
        ) from fault


def _opened(fact: Fact, keys: Iterable[LetterKey]) -> Mapping[str, Secret] | None:
    sealed = fact.statement.fields.get("sealed")
    for key in keys if isinstance(sealed, bytes) else ():
        with contextlib.suppress(Refusal):
            return open_fields(fact.statement.kind, bytes(sealed), key)  # type: ignore[arg-type]
    return None


def _aliased(fields: Mapping[str, Secret], known: Authority) -> Iterator[tuple[str, object]]:
    """Name people as who they are today."""
    for name, value in fields.items():
        if name == "person" and isinstance(value, bytes) and value:
            yield name, known.aliases.of(value)
        elif name == "people" and isinstance(value, bytes):
            yield name, b"".join(known.aliases.of(one) for one in apart(value))
        else:
            yield name, value


def _plain(words: str) -> str:
    return " ".join(words.split())
