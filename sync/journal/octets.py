"""Whole numbers and texts as bytes: varints, zigzag, and readers that refuse instead of trusting."""

from __future__ import annotations

from sync.refusal import Code, Refusal

_LAST_SHIFT = 63


def zigzag(value: int) -> int:
    """Map a signed 64-bit number to an unsigned one with small results for small magnitudes."""
    return value << 1 if value >= 0 else (-value << 1) - 1


def unzigzag(value: int) -> int:
    """Undo `zigzag`."""
    return value >> 1 if not value & 1 else -((value + 1) >> 1)


def put_varint(out: bytearray, value: int) -> None:
    """Append an unsigned number below 2**64, seven bits a byte, low bits first."""
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)


def put_text(out: bytearray, text: str) -> None:
    """Append a text as its length in UTF-8 bytes and the bytes."""
    put_bytes(out, encoded(text))


def put_bytes(out: bytearray, data: bytes) -> None:
    """Append bytes after their length."""
    put_varint(out, len(data))
    out += data


def varint_length(value: int) -> int:
    """Return how many bytes `put_varint` takes for an unsigned number."""
    return max(1, (value.bit_length() + 6) // 7)


def varint(data: bytes, pos: int) -> tuple[int, int]:
    """Read one varint; return (value, next position). Raises Refusal when it is cut or over 64 bits.

    The shortest form is the only form: a final zero byte would be a second spelling and is refused.
    """
    try:
        byte = data[pos]
        if byte < 0x80:
            return byte, pos + 1
        value = byte & 0x7F
        shift = 7
        while True:
            pos += 1
            byte = data[pos]
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                break
            shift += 7
            if shift > _LAST_SHIFT:
                raise Refusal(Code.MALFORMED, at=pos)
    except IndexError:
        raise Refusal(Code.MALFORMED, at=pos) from None
    if not byte or value >> 64:
        raise Refusal(Code.MALFORMED, at=pos)
    return value, pos + 1


def varints(data: bytes, pos: int, count: int) -> tuple[list[int], int]:
    """Read `count` varints; the common case, all below 128, costs one slice."""
    chunk = data[pos : pos + count]
    if len(chunk) < count:
        raise Refusal(Code.MALFORMED, at=pos)
    if chunk.isascii():
        return list(chunk), pos + count
    values: list[int] = []
    append = values.append
    end = len(data)
    for _ in range(count):
        low = data[pos] if pos < end else 0x80
        if low < 0x80:
            append(low)
            pos += 1
        elif pos + 1 < end and 0 < data[pos + 1] < 0x80:
            append(low & 0x7F | data[pos + 1] << 7)
            pos += 2
        else:
            value, pos = varint(data, pos)
            append(value)
    return values, pos


def taken(data: bytes, pos: int, size: int) -> tuple[bytes, int]:
    """Read exactly `size` bytes; return (bytes, next position)."""
    end = pos + size
    if end > len(data):
        raise Refusal(Code.MALFORMED, at=pos)
    return data[pos:end], end


def text(data: bytes, pos: int, limit: int) -> tuple[str, int]:
    """Read a text of at most `limit` UTF-8 bytes."""
    raw, pos = octets(data, pos, limit)
    return decoded(raw), pos


def octets(data: bytes, pos: int, limit: int) -> tuple[bytes, int]:
    """Read length-prefixed bytes, at most `limit` of them."""
    size, pos = varint(data, pos)
    if size > limit:
        raise Refusal(Code.TOO_LARGE, size=size, limit=limit)
    return taken(data, pos, size)


def encoded(text: str) -> bytes:
    """Return a text as UTF-8. Raises Refusal(FIELD) for half of a surrogate pair, which has no UTF-8."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise Refusal(Code.FIELD, what="text") from None


def decoded(raw: bytes) -> str:
    """Return UTF-8 bytes as text; anything else is malformed."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise Refusal(Code.MALFORMED, what="utf-8") from None
