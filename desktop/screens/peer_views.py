"""What peer review looks like on the glass: frozen views and plain callables, no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.screens.assignment_views import CriterionView, FileView, Typed


@dataclass(frozen=True, slots=True)
class PeerPaperView:
    """A colleague's paper as its reader has it, without a name. `sent` is whether it has been reviewed.

    `criteria` and `comment` are what was typed, or else what was sent; `draft` is whether they are not sent.
    """

    id: bytes
    name: str
    text: str
    files: tuple[FileView, ...]
    criteria: tuple[CriterionView, ...]
    comment: str = ""
    sent: bool = False
    draft: bool = False


@dataclass(frozen=True, slots=True)
class PeerReviewView:
    """One review as author and trainers read it: a name that names nobody, its total, lines and words."""

    name: str
    total: str
    lines: tuple[str, ...]
    comment: str


@dataclass(frozen=True, slots=True)
class PeersView:
    """Peer review of one assignment on its learner's side; `asked` is how many colleagues the rubric wants.

    `handed` is whether this person has handed in: who has not, reviews nobody and is reviewed by nobody.
    """

    asked: int
    papers: tuple[PeerPaperView, ...] = ()
    came: tuple[PeerReviewView, ...] = ()
    handed: bool = False


@dataclass(frozen=True, slots=True)
class PeerActions:
    """What reviewing asks for; each blocks until it is durable. `send` gives the view anew."""

    keep: Callable[[bytes, Typed], None]
    send: Callable[[str, bytes, Typed], PeersView]  # activity, paper, what was typed
    save_file: Callable[[bytes, str], None]  # digest, path


@dataclass(frozen=True, slots=True)
class CircleView:
    """An assignment whose papers a trainer may give to colleagues; `ready` while there is one to give."""

    activity: str
    task: str
    about: str
    ready: bool
