"""Sessions of two colleagues: one states what was talked over and agreed, the other confirms or declines."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop.errors import Problem
from desktop.language import tr
from desktop.store.facts import Scope
from desktop.store.jp_table import jp_table_of
from desktop.store.profile import Profile
from sync.folds.sessions import ANSWERED, DAY, SESSIONS, STATED, Session
from sync.folds.training import TrainingState
from sync.journal.passing import PASSED, clear_of, passed, to_one
from sync.journal.secret_fields import Secret, open_fields, pack_fields
from sync.nip import clean_nip
from sync.refusal import Refusal

if TYPE_CHECKING:
    from sync.journal.statement import Fact
    from sync.officefile import OfficeFile

LONGEST = 1000
"""Signs of what was talked over, of what was agreed, and of a reason."""
_WORDS = ("topic", "agreed", "name", "nip", "other_name", "other_nip", "salt")


@dataclass(frozen=True, slots=True)
class Met:
    """What somebody says of a session: with the holder of a NIP, from minute `start` of a day."""

    form: str
    nip: str
    day: date
    start: int
    minutes: int
    topic: str
    agreed: str


@dataclass(frozen=True, slots=True)
class Sitting:
    """A session with its words, as one of both reads it. `stated` and `answered` are Unix times, 0 for none.

    `name` is who stated it, `other_name` the colleague; both NIPs may be empty. `closed` tells that the words
    were sealed to keys which this PC has not.
    """

    session: Session
    topic: str = ""
    agreed: str = ""
    name: str = ""
    nip: str = ""
    other_name: str = ""
    other_nip: str = ""
    reason: str = ""
    stated: int = 0
    answered: int = 0
    closed: bool = False


def state_session(profile: Profile, said: Met, session: str = "") -> str:
    """State a session, or change the one with this id; gives the id. Raises Problem, saving nothing.

    It counts nothing before the colleague has confirmed just this. Finding a colleague takes some 0.2 s.
    """
    office = _office(profile)
    _check(profile, said)
    nip = clean_nip(said.nip)
    entry = office.find(nip) if nip else None
    if entry is None:
        raise Problem(
            tr("NIP rekan belum ada di daftar kantor ini."),
            tr("Periksa 18 angkanya, atau tanya koordinator."),
        )
    if entry.person == profile.person or nip == profile.nip:
        raise Problem(tr("Sesi dengan diri sendiri tidak dihitung."), tr("Ketik NIP rekan Anda."))
    own = office.find(profile.nip)
    held = next(
        (one for one in sittings(profile) if one.session.mine and one.session.sheet.id == session), None
    )
    words: dict[str, Secret] = {
        "topic": said.topic.strip(),
        "agreed": said.agreed.strip(),
        "name": profile.nickname if own is None else own.name,
        "nip": profile.nip,
        "other_name": entry.name,
        "other_nip": nip,
        "salt": secrets.token_bytes(16),
    }
    clear: dict[str, Secret] = {
        "id": held.session.sheet.id if held is not None else secrets.token_hex(8),
        "form": said.form,
        "day": said.day.toordinal(),
        "start": said.start,
        "minutes": said.minutes,
        "counter": 1 if held is None else held.session.sheet.counter + 1,
    }
    clear["digest"] = digest_of(clear, words)
    sealed = to_one(STATED, entry.person, words, _readers(profile, office))
    profile.record(STATED, **sealed, **clear)
    return str(clear["id"])


def answer_session(profile: Profile, one: Sitting, *, yes: bool, reason: str = "") -> None:
    """Confirm a session that a colleague has stated, or decline it with a reason. Raises Problem."""
    office, sheet = _office(profile), one.session.sheet
    if one.session.mine or sheet.other == profile.person:
        raise Problem(
            tr("Sesi sendiri tidak dapat dikonfirmasi sendiri."), tr("Rekan Anda yang menjawabnya.")
        )
    if one.closed:
        raise Problem(tr("Isi sesi ini belum dapat dibuka di komputer ini."))
    if not yes and not reason.strip():
        raise Problem(tr("Tulis alasannya."), tr("Rekan Anda membacanya, lalu dapat memperbaiki catatannya."))
    if len(reason) > LONGEST:
        raise Problem(tr("Alasannya terlalu panjang."), tr("Paling banyak {n} huruf.").format(n=LONGEST))
    before = [fact for fact in _facts(profile) if fact.statement.kind == ANSWERED]
    counters = [
        number
        for fact in before
        if fact.statement.fields.get("session") == sheet.digest
        and isinstance(number := fact.statement.fields.get("counter"), int)
    ]
    words: dict[str, Secret] = {"reason": "" if yes else reason.strip()}
    sealed = to_one(ANSWERED, sheet.other, words, _readers(profile, office))
    counter = max(counters, default=0) + 1
    profile.record(ANSWERED, **sealed, session=sheet.digest, yes=int(yes), counter=counter)


def sittings(profile: Profile) -> tuple[Sitting, ...]:
    """List this person's sessions of both sides, as they stand, with their words; the newest first."""
    facts = _facts(profile)
    words: dict[bytes, tuple[int, Mapping[str, Secret] | None]] = {}
    answers: dict[bytes, tuple[int, int, str]] = {}
    for fact in facts:
        if fact.statement.kind in SESSIONS:
            _take(words, answers, clear_of(fact), _opened(profile, fact), fact.wall, fact.statement.kind)
    for letter in passed(profile.authority().accepted(facts), *SESSIONS):
        _take(words, answers, letter.fields, letter.fields, letter.at, letter.kind)
    return tuple(_sitting(one, words, answers) for one in reversed(profile.standing().sessions))


def asked(profile: Profile) -> tuple[Sitting, ...]:
    """List the sessions that wait for this person's word."""
    return tuple(
        one
        for one in sittings(profile)
        if not one.session.mine and not one.closed and one.session.state is TrainingState.WAITING
    )


def digest_of(clear: Mapping[str, Secret], words: Mapping[str, Secret]) -> bytes:
    """Name a session by all that it says, so that an answer to it is to nothing else. SHA-256."""
    said = {name: clear[name] for name in ("id", "form", "day", "start", "minutes")}
    told = {name: words[name] for name in _WORDS if name in words}
    return hashlib.sha256(pack_fields({**said, **told})).digest()


def _take(
    words: dict[bytes, tuple[int, Mapping[str, Secret] | None]],
    answers: dict[bytes, tuple[int, int, str]],
    clear: Mapping[str, Secret],
    opened: Mapping[str, Secret] | None,
    at: int,
    kind: str,
) -> None:
    """Note what was said of a session, under its digest; words that another digest names are none."""
    if kind == STATED:
        digest = clear.get("digest")
        if isinstance(digest, bytes):
            genuine = opened is not None and _genuine(clear, opened)
            words[digest] = (at, opened if genuine else None)
        return
    session, counter = clear.get("session"), clear.get("counter")
    if isinstance(session, bytes) and isinstance(counter, int):
        reason = "" if opened is None else str(opened.get("reason", ""))
        answers[session] = max((counter, at, reason), answers.get(session, (0, 0, "")))


def _genuine(clear: Mapping[str, Secret], opened: Mapping[str, Secret]) -> bool:
    try:
        return digest_of(clear, opened) == clear["digest"]
    except KeyError:
        return False


def _sitting(
    one: Session,
    words: Mapping[bytes, tuple[int, Mapping[str, Secret] | None]],
    answers: Mapping[bytes, tuple[int, int, str]],
) -> Sitting:
    at, said = words.get(one.sheet.digest, (0, None))
    _, answered, reason = answers.get(one.sheet.digest, (0, 0, ""))
    if one.state is TrainingState.WAITING:
        answered, reason = 0, ""
    made = Sitting(one, reason=reason, stated=at, answered=answered, closed=said is None)
    if said is None:
        return made
    topic, agreed, name, nip, other_name, other_nip = (str(said.get(word, "")) for word in _WORDS[:6])
    return replace(
        made, topic=topic, agreed=agreed, name=name, nip=nip, other_name=other_name, other_nip=other_nip
    )


def _facts(profile: Profile) -> tuple["Fact", ...]:
    return profile.facts(Scope.OWN, Scope.PERSON, kinds=(*SESSIONS, PASSED))


def _opened(profile: Profile, fact: "Fact") -> Mapping[str, Secret] | None:
    sealed = fact.statement.fields.get("sealed")
    for key in (profile.keys.letter, *profile.keys.letters):
        try:
            return open_fields(fact.statement.kind, sealed if isinstance(sealed, bytes) else b"", key)
        except Refusal:
            continue
    return None


def _readers(profile: Profile, office: "OfficeFile") -> tuple[bytes, ...]:
    """The centre, which passes it on, and the person; the desk counts by what stands in clear."""
    return office.header.centre_letter, profile.keys.letter.public


def _office(profile: Profile) -> "OfficeFile":
    office = profile.store.office()
    if office is None or not profile.vouched():
        raise Problem(
            tr("Lembar sesi menunggu kantor memastikan siapa Anda."),
            tr("Masukkan kode pendaftaran, atau tunggu koordinator. Sesudah itu, catat di sini."),
        )
    return office


def _check(profile: Profile, said: Met) -> None:
    now = datetime.fromtimestamp(profile.store.now(), profile.zone())
    rule = jp_table_of(profile.store).peers.get(said.form)
    if rule is None:
        raise Problem(
            tr("Bentuk ini tidak dapat dikonfirmasi dua rekan saja."),
            tr("Catat sebagai pelatihan lain; koordinator yang menilainya."),
        )
    if not said.topic.strip() or not said.agreed.strip():
        raise Problem(tr("Isi topik dan kesepakatannya."), tr("Satu kalimat sudah cukup."))
    if max(len(said.topic), len(said.agreed)) > LONGEST:
        raise Problem(
            tr("Topik atau kesepakatannya terlalu panjang."), tr("Paling banyak {n} huruf.").format(n=LONGEST)
        )
    if not 0 <= said.start < DAY or not 0 < said.minutes <= DAY:
        raise Problem(tr("Waktunya tidak masuk akal."), tr("Isi jam mulai dan lamanya dalam menit."))
    ends = said.day.toordinal() * DAY + said.start + said.minutes
    if ends > now.toordinal() * DAY + now.hour * 60 + now.minute:
        raise Problem(tr("Sesinya belum selesai."), tr("Catat sesudah sesi berakhir."))
    if said.minutes < rule.minutes:
        raise Problem(
            tr("Sesinya terlalu singkat untuk dihitung."),
            tr("Menurut tabel JP, paling sedikit {n} menit.").format(n=rule.minutes),
        )
