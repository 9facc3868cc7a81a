"""Data saya: asking the coordinator to put something right, and reading what was answered."""

from desktop.errors import Problem
from desktop.language import tr
from desktop.people.letters import open_secret
from desktop.store.facts import Scope
from desktop.store.profile import Profile
from sync.folds.corrections import (
    ANSWERED,
    ASKED,
    WORDS_LIMIT,
    Correction,
    CorrectionState,
    Topic,
    answer_of,
    corrections,
)
from sync.journal.passing import PASSED, passed
from sync.journal.secret_fields import seal_fields
from sync.journal.statement import Fact
from sync.nip import clean_nip
from sync.refusal import Refusal


def ask_correction(profile: Profile, topic: Topic, wrong: str, right: str) -> None:
    """Ask the office's desk to put something right; only the desk and the person can read what.

    Raises Problem without an office, without words, or while an earlier request of the same topic waits.
    """
    office = profile.store.office()
    if office is None:
        raise Problem(
            tr("Komputer ini belum tergabung dengan kantor."),
            tr("Sesudah berkas kantor dipasang, permintaan dapat dikirim."),
        )
    wrong, right = (" ".join(words.split())[:WORDS_LIMIT] for words in (wrong, right))
    if not right:
        raise Problem(tr("Tulis bagaimana seharusnya."))
    if topic is Topic.NIP and not clean_nip(right):
        raise Problem(tr("NIP harus 18 angka."), tr("Salin dari surat keputusan Anda."))
    waits = (one.topic for one in own_corrections(profile) if one.state is CorrectionState.WAITING)
    if topic is not Topic.OTHER and topic in waits:
        raise Problem(
            tr("Permintaan yang sama sudah menunggu koordinator."), tr("Jawabannya datang di Beranda.")
        )
    said = {"topic": topic.value, "wrong": wrong, "right": right, "basis": office.header.version}
    readers = (office.header.office_letter, profile.keys.letter.public)
    profile.record(ASKED, sealed=seal_fields(ASKED, said, readers))


def own_corrections(profile: Profile) -> tuple[Correction, ...]:
    """List what this person has asked to be put right, the newest first, with what was answered."""
    facts = profile.facts(Scope.OWN, Scope.PERSON, kinds=(ASKED, PASSED))
    if not any(fact.statement.kind == ASKED for fact in facts):
        return ()
    counted = profile.authority().accepted(facts)
    answers = (
        answer_of(letter.fields, letter.author, letter.at, letter.log, letter.seq)
        for letter in passed(counted, ANSWERED)
    )
    asked = (_opened(profile, fact) for fact in facts if fact.statement.kind == ASKED)
    return corrections(asked, (one for one in answers if one is not None))


def _opened(profile: Profile, fact: Fact) -> Fact:
    try:
        return open_secret(profile, fact)
    except Refusal:
        return fact


def topic_words(topic: Topic) -> str:
    """Word what is wrong."""
    return {
        Topic.NAME: tr("Nama lengkap"),
        Topic.NIP: tr("NIP / NI PPPK"),
        Topic.BIRTH: tr("Tanggal lahir"),
        Topic.UNIT: tr("Unit kerja"),
        Topic.OTHER: tr("Lainnya"),
    }[topic]
