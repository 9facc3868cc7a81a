"""The child process that verifies trust documents, with limits, for one that must not hold TUF's library."""

import sys

import msgspec

from sync.packs.archive import limit_self
from sync.packs.trust import TrustStore, believed, read_trust
from sync.packs.trust_apart import Judgement, Question
from sync.refusal import Refusal


def answer(question: Question) -> Judgement:
    """Verify what came and judge the packs; a Refusal becomes part of the answer."""
    held = TrustStore(question.root, question.trust_list) if question.root else None
    try:
        held = believed(held, question.offered)
        if held is None:
            return Judgement()
        if not held.trust_list:
            return Judgement(held.root)
        trust = read_trust(held)
    except Refusal as fault:
        return Judgement(code=fault.code.wire, values=fault.values)
    closed = tuple(trust.closed(keys, digest) for keys, digest in question.packs)
    return Judgement(held.root, held.trust_list, closed)


def main() -> int:
    """Answer the question on standard input, within limits that hold before its first byte is read."""
    limit_self()
    question = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Question)
    sys.stdout.buffer.write(msgspec.msgpack.encode(answer(question)))
    return 0
