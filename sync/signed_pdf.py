"""A PDF that somebody signed: what can be said of it without the keys of the certified signature (TTE)."""

import re
from collections.abc import Iterator

from sync.proof import LONGEST, MARK
from sync.refusal import Code, Refusal

_HEAD, _END = b"%PDF-", b"%%EOF"
_TAIL = 4096
"""Bytes behind which the last end of a PDF does not lie: ours has the text of its code behind it."""
_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]")
_TEXT = re.compile(re.escape(MARK.encode()) + rb"[A-Z2-7]{1,%d}" % LONGEST)


def is_signed(data: bytes) -> bool:
    """Whether a PDF carries a signature that covers it from its first byte; not whether it holds."""
    return any(
        first == 0 < length < second and second + rest <= len(data)
        for first, length, second, rest in (map(int, found.groups()) for found in _RANGE.finditer(data))
    )


def texts_in(data: bytes) -> Iterator[str]:
    """Give every text of ours that a file carries in clear, in the order in which they stand."""
    return (found.group().decode("ascii") for found in _TEXT.finditer(data))


def check_signed_pdf(data: bytes, limit: int) -> None:
    """Take a whole, signed PDF of at most `limit` bytes. Raises Refusal: TOO_LARGE, MALFORMED, SIGNATURE."""
    if len(data) > limit:
        raise Refusal(Code.TOO_LARGE, size=len(data), limit=limit)
    if not data.startswith(_HEAD) or _END not in data[-_TAIL:]:
        raise Refusal(Code.MALFORMED, what="pdf")
    if not is_signed(data):
        raise Refusal(Code.SIGNATURE, what="pdf")
