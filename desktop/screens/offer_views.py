"""What the library shows of packs that may be fetched, and what it asks for: frozen views, no widgets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from PySide6.QtCore import SignalInstance

from desktop.errors import Problem


class OfferState(Enum):
    """How a pack stands; each member says what a person may do."""

    OFFERED = "Ambil"
    QUEUED = "Batal; another one comes first"
    RUNNING = "Batal"
    WAITING = "Batal; the line is away, and it goes on by itself"
    PARTIAL = "Lanjutkan, Buang: a part came before the app was closed"
    FAILED = "Coba lagi, Buang"
    READY = "Pasang paket, Buang"


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One pack. Bytes; `office` says whether the office's own computer has it, None while nobody is known to.

    `minutes` is what all of it would take, or what is left of it while it comes; 0 while that is not known.
    """

    digest: str
    title: str
    size: int
    state: OfferState = OfferState.OFFERED
    office: bool | None = None
    done: int = 0
    minutes: int = 0
    newer: str = ""  # the version, where an older one is installed
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class OfferActions:
    """`rows` answers at once; `load` looks on the disk and perhaps at the networks, so it runs as a job.

    `take`, `drop` and `installed` return at once. `changed` is a signal that carries nothing.
    """

    rows: Callable[[], tuple[OfferRow, ...]]
    load: Callable[[], None]
    take: Callable[[str], None]
    drop: Callable[[str], None]
    file: Callable[[str], Path]
    installed: Callable[[str], None]
    changed: SignalInstance
