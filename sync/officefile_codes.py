"""Codes that are printed on paper and typed by hand, and the proof that somebody held one."""

import hashlib
import hmac
import secrets

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
_MISREAD = str.maketrans("OIL", "011", " -.\u00a0\u2013\u2011\t\r\n")
LEARNER_LENGTH = 12  # 60 random bits
COORDINATOR_LENGTH = 24  # 120 random bits: it alone guards the keys that travel in the office file
RECOVERY_LENGTH = 32  # 160 random bits; another length than a coordinator's, so that nobody mixes them up


def new_code(length: int = LEARNER_LENGTH) -> str:
    """Draw a code of `length` random characters, five bits each, without separators."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def code_of(bits: int, length: int) -> str:
    """Write the lowest 5 * `length` bits of a number as a code."""
    return "".join(_ALPHABET[bits >> 5 * place & 31] for place in reversed(range(length)))


def clean_code(typed: str) -> str:
    """Undo what hands and eyes do to a code: case, spaces, hyphens, O for 0, I and L for 1.

    Returns an empty string when another character remains.
    """
    code = typed.upper().translate(_MISREAD)
    return code if all(letter in _ALPHABET for letter in code) else ""


def group_code(code: str) -> str:
    """Group a code by four characters for reading aloud."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def enrolment_verifier(code: str) -> bytes:
    """Derive the 32 secret bytes by which the centre and the desk recognise a proof of this code.

    Whoever holds them can forge the proof, so they never stand in what a learner's NIP opens.
    """
    return hashlib.sha256(b"suluh enrolment verifier 1\0" + clean_code(code).encode("ascii")).digest()


def enrolment_check(verifier: bytes) -> bytes:
    """Derive the 8 bytes by which a PC tells a mistyped code, and which prove nothing to anybody."""
    return hashlib.sha256(b"suluh enrolment check 1\0" + verifier).digest()[:8]


def enrolment_proof(code: str, signing_public: bytes) -> bytes:
    """Prove, in 32 bytes, that whoever made this signing key held the code."""
    return _proof(enrolment_verifier(code), signing_public)


def check_proof(verifier: bytes, signing_public: bytes, proof: bytes) -> bool:
    """Tell whether a proof was made for this signing key with the code behind `verifier`."""
    return len(verifier) == 32 and hmac.compare_digest(_proof(verifier, signing_public), proof)


def _proof(verifier: bytes, signing_public: bytes) -> bytes:
    return hmac.digest(verifier, b"suluh enrolment proof 1\0" + signing_public, "sha256")
