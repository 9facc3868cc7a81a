"""Questions as a pack carries them: what is asked lies open, each question's key is sealed beside it.

The seal is a hurdle and no wall: the program can open it without a network, so whoever owns the PC can too.
It keeps keys from editors, search and `strings`; resources/decisions/quizzes.md says what that is worth.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sync.packs.gift import Banked, parse_banks
from sync.packs.question_forms import asked_form, key_form, question_of
from sync.packs.questions import Description, Essay
from sync.refusal import Code, Refusal

SALT_SIZE = 16
FORM = "suluh-soal-1"
MAX_BYTES = 8 * 1024 * 1024
_PAD = 128
_NONCE = bytes(12)
_SEED = sha256(b"suluh: the keys of a quiz are opened at its end\0").digest()


def seal_quiz(gift: str) -> bytes:
    """Turn a GIFT text into the form a pack carries: the same text always gives the same bytes.

    What is chosen or ordered is mixed by a digest of the whole text, so that no place tells what is right.
    Raises Refusal MALFORMED for what is no GIFT.
    """
    salt = sha256(b"suluh quiz\0" + gift.encode()).digest()[:SALT_SIZE]
    questions = []
    for number, (bank, question) in enumerate(parse_banks(gift)):
        if isinstance(question, Essay | Description):
            raise Refusal(Code.MALFORMED, what="quiz", number=number)
        mixed = _mixer(salt, number)
        document = {"bank": bank, **asked_form(question, mixed)}
        document["key"] = b64encode(_seal(salt, number, key_form(question, mixed))).decode("ascii")
        questions.append(document)
    text = json.dumps(
        {"form": FORM, "salt": salt.hex(), "questions": questions}, ensure_ascii=False, separators=(",", ":")
    )
    return text.encode()


def read_questions(text: str, *, keys: bool) -> tuple[Banked, ...]:
    """Read the questions of an object, sealed or still GIFT; without `keys` those of a sealed one are blank.

    Raises Refusal MALFORMED.
    """
    if not text.startswith("{"):
        return parse_banks(text)
    try:
        document = _document(text)
        salt = bytes.fromhex(document["salt"])
        return tuple(
            Banked(str(said["bank"]), question_of(said, _open(salt, number, said["key"]) if keys else None))
            for number, said in enumerate(document["questions"])
        )
    except Refusal:
        raise
    except Exception as fault:  # what a stranger wrote breaks it in ways that nobody lists
        raise Refusal(Code.MALFORMED, what="quiz", reason="shape") from fault


def _document(text: str) -> Mapping[str, Any]:
    if len(text) > MAX_BYTES:
        raise ValueError("size")
    document: Mapping[str, Any] = json.loads(text)
    if not document["questions"] or len(document["salt"]) != 2 * SALT_SIZE:
        raise ValueError("empty")
    if document["form"] != FORM:
        raise ValueError("form")
    return document


def _mixer(salt: bytes, number: int) -> bytes:
    return sha256(salt + number.to_bytes(4, "big")).digest()


def _seal(salt: bytes, number: int, key: Mapping[str, Any]) -> bytes:
    plain = json.dumps(key, ensure_ascii=False, separators=(",", ":")).encode()
    plain += b" " * (-len(plain) % _PAD)  # how long a key is would tell something
    return ChaCha20Poly1305(_key(salt, number)).encrypt(_NONCE, plain, None)


def _open(salt: bytes, number: int, sealed: str) -> Mapping[str, Any]:
    plain = ChaCha20Poly1305(_key(salt, number)).decrypt(_NONCE, b64decode(sealed, validate=True), None)
    opened = json.loads(plain)
    if not isinstance(opened, dict):
        raise TypeError("a key")
    return opened


def _key(salt: bytes, number: int) -> bytes:
    """Derive the key of one question; it seals one text only, so its nonce may stand still."""
    info = b"suluh quiz key 1" + number.to_bytes(4, "big")
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(_SEED)
