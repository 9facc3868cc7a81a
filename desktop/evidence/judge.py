"""Whether a paper holds: the text of its QR code against what this PC knows, without any network."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from desktop.language import tr
from desktop.store.device import Store
from sync.folds.certificates import Certificate
from sync.proof import Proof, ProofKind, read_proof
from sync.refusal import Refusal


class Worth(Enum):
    """What a paper is worth; the value is one sentence for whoever holds it."""

    HOLDS = "The centre of this office issued it, and nothing here says that it was taken back."
    REVOKED = "The centre issued it and took it back."
    PROVISIONAL = "A learner's own key signed it. It is not official, whatever else it says."
    STRANGER = "It is unchanged, but no centre that this PC knows signed it."
    FORGED = "Somebody changed it, or it is none of ours."


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found: `proof` is None for a forged one; `reason` says why a certificate was taken back."""

    worth: Worth
    proof: Proof | None
    reason: str = ""


def judge(text: str, centre: bytes | None, known: Mapping[str, Certificate] | None = None) -> Judgement:
    """Judge a text by the key of the centre that this PC belongs to, None where it has no office.

    `known` are certificates, by number, of which this PC has heard whether they still hold.
    """
    try:
        proof = read_proof(text)
    except Refusal:
        return Judgement(Worth.FORGED, None)
    if proof.kind is ProofKind.PROVISIONAL:
        return Judgement(Worth.PROVISIONAL, proof)
    if centre is None or proof.signer != centre:
        return Judgement(Worth.STRANGER, proof)
    held = (known or {}).get(proof.number)
    if held is not None and held.revoked is not None:
        return Judgement(Worth.REVOKED, proof, held.revoked)
    return Judgement(Worth.HOLDS, proof)


def centre_of(store: Store) -> bytes | None:
    """Return the key of the centre that this PC belongs to."""
    office = store.office()
    return None if office is None else office.header.centre


def worth_words(found: Judgement) -> tuple[str, str]:
    """Word a judgement: a title, and what to do."""
    return {
        Worth.HOLDS: (
            tr("Sertifikat ini asli."),
            tr("Cocokkan nama dan NIP di bawah dengan yang tercetak."),
        ),
        Worth.REVOKED: (tr("Sertifikat ini sudah dicabut."), found.reason),
        Worth.PROVISIONAL: (
            tr("Bukti sementara, belum berlaku sebagai sertifikat resmi."),
            tr("Isinya tidak diubah sejak dibuat. Tunggu sertifikat dari pusat."),
        ),
        Worth.STRANGER: (
            tr("Komputer ini tidak mengenal pusat yang menandatanganinya."),
            tr("Tanyakan kepada penerbitnya; jangan diterima sebelum pasti."),
        ),
        Worth.FORGED: (
            tr("Ini bukan bukti dari Suluh, atau isinya sudah diubah."),
            tr("Jangan diterima. Minta berkas aslinya, lalu periksa lagi."),
        ),
    }[found.worth]
