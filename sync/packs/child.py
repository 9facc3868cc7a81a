"""Starts a child process of ours for what strangers wrote, and brings back what it says and how it ended."""

import os
import subprocess
import sys
from collections.abc import Sequence
from typing import Any, BinaryIO

from sync.refusal import Code, Refusal


def run_child(
    words: Sequence[str], given: BinaryIO | bytes, *, seconds: float, what: str
) -> subprocess.CompletedProcess[bytes]:
    """Run this Python with `words`, with `given` as its standard input.

    Raises Refusal MALFORMED, about `what`, when it takes longer than that many seconds; OSError when no
    process can be started.
    """
    fed: dict[str, Any] = {"input": given} if isinstance(given, bytes) else {"stdin": given}
    # The child needs no variable of ours; Windows cannot start a process without its own.
    environment = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    try:
        return subprocess.run(
            [sys.executable, "-I", "-S", *words],
            **fed,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            timeout=seconds,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired as fault:
        raise Refusal(Code.MALFORMED, what=what, reason="timeout") from fault
