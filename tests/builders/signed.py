"""A PDF as a program for certified signatures leaves it: the paper, and a signature appended behind it."""

import random

_HOLE = 16_384


def signed_pdf(paper: bytes, size: int) -> bytes:
    """Sign a paper as programs do, by an update behind its end; padded to about `size` bytes of noise."""
    noise = random.Random(size).randbytes(max(0, size - len(paper) - _HOLE - 400))
    head = paper + b"\n9 0 obj\n<</Length %d>>stream\n" % len(noise) + noise + b"\nendstream\nendobj\n"
    start = b"8 0 obj\n<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange ["
    first = len(head) + len(start) + 60
    tail = b">>\nendobj\nstartxref\n0\n%%EOF\n"
    told = b"0 %d %d %d]" % (first, first + _HOLE, len(tail))
    return head + start + told.ljust(48) + b"/Contents   " + b"<" + b"0" * (_HOLE - 2) + b">" + tail
