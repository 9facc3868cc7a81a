"""The door to QtMultimedia: loaded when the first recording is opened, never at start."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

# Qt looks for PipeWire only to record screens, which Suluh never does, and warns where it is not installed.
_PIPEWIRE = "pipewire-0.3"
# Without a graphics card frames are turned into pictures by the processor: slower, and nothing is wrong.
NO_CARD = "No RHI backend. Using CPU conversion"


@contextmanager
def expecting(part: str) -> Iterator[None]:
    """Drop the one message of Qt that holds `part`; every other one goes where it went before."""
    before: Callable[[QtMsgType, QMessageLogContext, str], None] | None = None

    def listen(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if part in message:
            return
        if before is not None:
            before(kind, context, message)
        elif sys.stderr is not None:
            sys.stderr.write(f"{message}\n")

    before = qInstallMessageHandler(listen)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


@cache
def multimedia() -> ModuleType:
    """QtMultimedia, without the warning about the one optional library it looks for while it loads."""
    with expecting(_PIPEWIRE):
        from PySide6 import QtMultimedia  # noqa: PLC0415  # 15 MB that only a recording needs
    return QtMultimedia


def has_sound() -> bool:
    """Whether this computer can let a recording be heard.

    On Linux a missing sound server is seen by its socket: asking Qt would make it try, and warn, each time.
    """
    if sys.platform == "linux" and not _sound_server():
        return False
    return bool(multimedia().QMediaDevices.audioOutputs())


def _sound_server() -> bool:
    """Whether PulseAudio, or PipeWire in its place, listens for this person (`PULSE_SERVER` first)."""
    named = os.environ.get("PULSE_SERVER", "")
    if named:
        return not named.startswith("unix:") or Path(named.removeprefix("unix:")).exists()
    runtime = os.environ.get("XDG_RUNTIME_DIR", "/nonexistent")
    folder = os.environ.get("PULSE_RUNTIME_PATH") or f"{runtime}/pulse"
    return (Path(folder) / "native").exists()
