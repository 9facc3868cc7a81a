"""The short code of the word about a statement: whoever has the statement finds it, and nobody a name."""

import base64
import hashlib
import re

SIZE = 5
"""Bytes of a code: 40 bits, 8 letters. Two statements may share one: whoever looks up tells of both."""
WORK = ("quiz.finished", "module.completed", "course.completed", "assignment.submitted")
"""Kinds that people have receipts for."""
_TYPED = str.maketrans({"0": "O", "1": "I", "8": "B"})
_CODE = re.compile(r"[A-Z2-7]{8}")


def receipt_mark(log: int, seq: int) -> bytes:
    """Return the 5 bytes of a statement's code."""
    return hashlib.sha256(b"suluh receipt 1 %d %d" % (log, seq)).digest()[:SIZE]


def receipt_code(log: int, seq: int) -> str:
    """Return the code as people read it: ABCD-EFGH."""
    letters = base64.b32encode(receipt_mark(log, seq)).decode("ascii")
    return f"{letters[:4]}-{letters[4:]}"


def read_receipt_code(typed: str) -> bytes | None:
    """Read a typed code, with any spaces and dashes; None where it is none. 0, 1, 8 are O, I, B."""
    letters = re.sub(r"[\s\-–—.]", "", typed).upper().translate(_TYPED)
    return base64.b32decode(letters) if _CODE.fullmatch(letters) else None
