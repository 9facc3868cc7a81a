"""The door to QtMultimedia: loaded when the first recording is opened, never at start."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

if TYPE_CHECKING:
    from collections.abc import Callable

# Qt looks for PipeWire only to record screens, which Suluh never does, and warns where it is not installed.
_OPTIONAL_LIBRARY = "qt.multimedia.symbolsresolver"


@cache
def multimedia() -> ModuleType:
    """QtMultimedia, without the warning about the one optional library it looks for while it loads."""
    before: Callable[[QtMsgType, QMessageLogContext, str], None] | None = None

    def listen(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if context.category == _OPTIONAL_LIBRARY:
            return
        if before is not None:
            before(kind, context, message)
        elif sys.stderr is not None:
            sys.stderr.write(f"{message}\n")

    before = qInstallMessageHandler(listen)
    try:
        from PySide6 import QtMultimedia  # noqa: PLC0415  # 15 MB that only a recording needs
    finally:
        qInstallMessageHandler(before)
    return QtMultimedia


def has_sound() -> bool:
    """Whether this computer can let a recording be heard.

    On Linux a missing sound server is seen by its socket: asking Qt would make it try, and warn, each time.
    """
    if sys.platform == "linux" and not _sound_server().exists():
        return False
    return bool(multimedia().QMediaDevices.audioOutputs())


def _sound_server() -> Path:
    named = os.environ.get("PULSE_SERVER", "")
    if named.startswith("unix:"):
        return Path(named.removeprefix("unix:"))
    runtime = (
        os.environ.get("PULSE_RUNTIME_PATH") or f"{os.environ.get('XDG_RUNTIME_DIR', '/nonexistent')}/pulse"
    )
    return Path(runtime) / "native"
