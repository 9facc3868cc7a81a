"""Proofs of what was learned: the provisional one at once, and the certificates that the centre issued."""

from collections.abc import Mapping
from datetime import datetime

from desktop.errors import Problem
from desktop.language import tr
from desktop.store.profile import Profile
from sync.folds.certificates import KINDS, PART, Certificate, by_course, certificates
from sync.folds.files import Arrived, arrived
from sync.proof import Proof, ProofKind, sign_proof


def provisional(profile: Profile, course: str, title: str) -> str:
    """Return the signed text of a Bukti Penyelesaian Sementara for a finished course. Raises Problem.

    It says what this PC counts, under the learner's own key, and is never official.
    """
    entry = next((one for one in profile.standing().courses if one.course == course), None)
    if entry is None:
        raise Problem(
            tr("Mata pelatihan ini belum selesai."), tr("Selesaikan dahulu semua modulnya, lalu coba lagi.")
        )
    office = profile.store.office()
    person = None if office is None else office.find(profile.nip)
    return sign_proof(
        Proof(
            ProofKind.PROVISIONAL,
            profile.nickname if person is None else person.name,
            profile.nip,
            course,
            title,
            entry.version,
            entry.jp,
            datetime.fromtimestamp(entry.at, profile.zone()).date(),
            "" if office is None else office.header.name,
        ),
        profile.signing_key(),
    )


def known_certificates(profile: Profile) -> Mapping[str, Certificate]:
    """Return every certificate of this person by its number, those taken back too."""
    return certificates(profile.authority().accepted(profile.facts(kinds=KINDS)))


def certificates_of(profile: Profile) -> Mapping[str, Certificate]:
    """Return the certificate of each course for which the centre issued one."""
    return by_course(known_certificates(profile))


def signed_file(profile: Profile, held: Certificate) -> Arrived | None:
    """Return the PDF that an official signed, as far as it has come; None where there is none to give.

    One that was taken back is not given out any more. What came is believed only by the digest that the
    centre vouches for.
    """
    if not held.file or not held.holds:
        return None
    return arrived(profile.authority().accepted(profile.facts(kinds=(PART,))), held.file, PART)
