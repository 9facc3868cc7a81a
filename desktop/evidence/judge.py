"""Whether a paper holds: its text and the digest of a signed file against what this PC knows, offline."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from desktop.language import tr
from desktop.store.device import Store
from sync.folds.certificates import Certificate
from sync.proof import Proof, ProofKind, proof_in, read_proof
from sync.refusal import Refusal
from sync.signed_documents import WITHDRAWN
from sync.signed_pdf import is_signed
from sync.withdrawn import read_withdrawn


class Worth(Enum):
    """What a paper is worth; the value is one sentence for whoever holds it."""

    HOLDS = "The centre of this office issued it, and nothing here says that it was taken back."
    REVOKED = "The centre issued it and took it back."
    PROVISIONAL = "A learner's own key signed it. It is not official, whatever else it says."
    STRANGER = "It is unchanged, but no centre that this PC knows signed it."
    SIGNED = "It is the very file that an official signed, as the centre vouches for it."
    CHANGED = "It carries a genuine text, and is not the file that the official signed."
    FORGED = "Somebody changed it, or it is none of ours."


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found: `proof` is None for a forged one; `reason` says why a certificate was taken back."""

    worth: Worth
    proof: Proof | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What this PC knows: the key of its centre, the numbers taken back, and the reader's own certificates.

    `centre` is None on a PC without an office. Only the owner's PC knows why a certificate was taken back.
    """

    centre: bytes | None = None
    withdrawn: frozenset[str] = frozenset()
    own: Mapping[str, Certificate] = field(default_factory=dict)


def judge(text: str, known: Known) -> Judgement:
    """Judge a text by what this PC knows; freshness is soft: what it has not heard of, it cannot tell."""
    try:
        proof = read_proof(text)
    except Refusal:
        return Judgement(Worth.FORGED, None)
    if proof.kind is ProofKind.PROVISIONAL:
        return Judgement(Worth.PROVISIONAL, proof)
    if known.centre is None or proof.signer != known.centre:
        return Judgement(Worth.STRANGER, proof)
    held = known.own.get(proof.number)
    if held is not None and held.revoked is not None:
        return Judgement(Worth.REVOKED, proof, held.revoked)
    if proof.number in known.withdrawn:
        return Judgement(Worth.REVOKED, proof)
    return Judgement(Worth.HOLDS, proof)


def judge_file(data: bytes, known: Known) -> Judgement:
    """Judge a file that carries its text. Only the owner's PC knows the digest of what an official signed."""
    found = judge(proof_in(data) or "", known)
    held = None if found.proof is None else known.own.get(found.proof.number)
    if found.worth is not Worth.HOLDS or held is None or not held.file or not is_signed(data):
        return found
    same = hashlib.sha256(data).digest() == held.file
    return Judgement(Worth.SIGNED if same else Worth.CHANGED, found.proof)


def known_here(store: Store, own: Mapping[str, Certificate] | None = None) -> Known:
    """Gather what this PC knows; a list that the office's centre has not signed is as good as none."""
    office = store.office()
    if office is None:
        return Known(own=own or {})
    centre = office.header.centre
    try:
        withdrawn = read_withdrawn(store.blob(f"document_{WITHDRAWN}") or b"", centre).numbers
    except Refusal:
        withdrawn = frozenset()
    return Known(centre, withdrawn, own or {})


def worth_words(found: Judgement) -> tuple[str, str]:
    """Word a judgement: a title, and what to do."""
    return {
        Worth.HOLDS: (
            tr("Sertifikat ini asli."),
            tr("Cocokkan nama dan NIP di bawah dengan yang tercetak."),
        ),
        Worth.SIGNED: (
            tr("Sertifikat ini asli, dan berkasnya persis yang ditandatangani pejabat."),
            tr("Tanda tangan elektroniknya sendiri (TTE) diperiksa dengan layanan BSrE."),
        ),
        Worth.CHANGED: (
            tr("Berkas ini bukan berkas yang ditandatangani pejabat: isinya lain."),
            tr("Jangan dipakai. Simpan lagi berkas aslinya dari Bukti & JP."),
        ),
        Worth.REVOKED: (
            tr("Sertifikat ini sudah dicabut."),
            found.reason or tr("Jangan diterima. Alasannya dapat ditanyakan kepada penerbit."),
        ),
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
