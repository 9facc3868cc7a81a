"""Has trust documents judged by a child process: TUF's library never loads in the process that asks."""

import os
import sys

import msgspec

from sync.packs.child import run_child
from sync.refusal import Code, Refusal

SECONDS = 30
# The child looks for modules where its parent does; `-S` alone would leave it without any package.
_START = (
    "import os, sys; sys.path[:] = sys.argv[1].split(os.pathsep)\n"
    "from sync.packs.trust_child import main; sys.exit(main())"
)


class Question(msgspec.Struct, frozen=True, array_like=True):
    """What is believed, what came, in order (roots and list each time), and the packs that are here.

    `root` and `trust_list` may be b"": nothing is believed yet. A pack is its signers' keys and its digest.
    """

    root: bytes
    trust_list: bytes
    offered: tuple[tuple[tuple[bytes, ...], bytes], ...]
    packs: tuple[tuple[tuple[str, ...], str], ...]


class Judgement(msgspec.Struct, frozen=True, array_like=True):
    """What is to be believed from now on, and for each pack why it is closed ("" while it is open).

    Without a trust list `closed` is empty. `code` and `values` are a Refusal's, "" where there is none.
    """

    root: bytes = b""
    trust_list: bytes = b""
    closed: tuple[str, ...] = ()
    code: str = ""
    values: dict[str, int | str] = {}


def judge(question: Question) -> Judgement:
    """Verify in a child process what came, as `sync.packs.trust.believed` does, and judge the packs by it.

    Raises the Refusal that the verifying raised, and MALFORMED with a reason when the child ends otherwise.
    """
    paths = os.pathsep.join(os.path.abspath(path) for path in sys.path)  # noqa: PTH100 - "" is the folder it began in
    ran = run_child(["-c", _START, paths], msgspec.msgpack.encode(question), seconds=SECONDS, what="trust")
    return judgement_of(ran.returncode, ran.stdout, len(question.packs))


def judgement_of(status: int, said: bytes, packs: int) -> Judgement:
    """Read what the child answered about so many packs. Raises Refusal."""
    if status != 0:
        raise Refusal(Code.MALFORMED, what="trust", reason=f"reader {status}")
    try:
        judged = msgspec.msgpack.decode(said, type=Judgement)
    except msgspec.DecodeError as fault:
        raise Refusal(Code.MALFORMED, what="trust", reason="answer") from fault
    if judged.code:
        raise Refusal(Code.named(judged.code) or Code.MALFORMED, **judged.values)
    if len(judged.closed) != (packs if judged.trust_list else 0):
        raise Refusal(Code.MALFORMED, what="trust", reason="answer")
    return judged
