"""What the coordinator's round shows: its four steps, the PCs by their names, and what the stick holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from desktop.background.jobs import Jobs


class RoundStep(Enum):
    """The places of a round, in their order."""

    TOUR = 1
    MERGE = 2
    CENTRE = 3
    DELIVER = 4


@dataclass(frozen=True, slots=True)
class RoundPc:
    """One PC of the round.

    `visited` is its last visit, None: never; `fresh`: its work of this round is here or at the centre.
    `letters` wait for it; `delivered`: what waited was brought. `here` is this PC. `heard` is the day of what
    it sent by itself, over a network, where that made it `fresh`.
    """

    name: str
    visited: date | None
    fresh: bool
    letters: int = 0
    delivered: bool = False
    here: bool = False
    heard: date | None = None


@dataclass(frozen=True, slots=True)
class StickInside:
    """What the coordinator's stick holds; `octets` and `free` in bytes, `pcs` is how many gave results.

    `answer`: the centre's answer lies on it and was not taken in yet.
    """

    label: str
    pcs: int
    octets: int
    letters: int
    free: int | None = None
    answer: bool = False


@dataclass(frozen=True, slots=True)
class Aboard:
    """What may be on the stick, by names of PCs and people; `unnamed` people nobody has named yet."""

    pcs: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    unnamed: int = 0


@dataclass(frozen=True, slots=True)
class LossTold:
    """A stick reported lost `on` a day; `until` is in words. `at_centre`: the centre has the report."""

    on: date
    until: str
    people: int
    at_centre: bool


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that merging found and somebody should look at, in words: what it is, and what to do."""

    title: str
    about: str
    newcomer: bool = False
    """Somebody nobody has recognised yet: the ordinary case at a first visit, and no fault."""


@dataclass(frozen=True, slots=True)
class MergeDone:
    """What merging brought, in statements, and how many newcomers (people) wait to be recognised.

    `stopped`: somebody chose Batal; the rest can be merged later.
    """

    new: int
    known: int
    doubts: int = 0
    stopped: bool = False
    newcomers: int = 0


@dataclass(frozen=True, slots=True)
class CentreDone:
    """What an exchange with the centre brought; `left` parts were not received yet."""

    letters: int
    left: int = 0
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class RoundProgress:
    """How far something is; `name` is the PC under way, `seconds` what it still takes (0: a guess).

    With `octets`, done and total are bytes, else PCs or parts.
    """

    done: int
    total: int
    name: str = ""
    new: int = 0
    known: int = 0
    seconds: int = 0
    octets: bool = False


@dataclass(frozen=True, slots=True)
class RoundView:
    """The round as it stands. `waiting` bytes are for the centre, `seconds` what they would take there.

    `page` is the centre's page for a borrowed PC, empty where no address is known. `merged` is the last
    merge of this round. `own` says in words where the coordinator's own work is. `hub` PCs have given results
    over the office's network that are not merged yet. `aboard` is what may be on the stick, `losses` are
    sticks reported lost whose three days are not over, or of which the centre does not know yet.
    """

    office: str
    month: date
    step: RoundStep
    pcs: tuple[RoundPc, ...]
    stick: StickInside | None
    waiting: int
    seconds: int
    letters: int
    page: str
    online: bool
    own: str
    merged: MergeDone | None = None
    finished: bool = False
    hub: int = 0
    aboard: Aboard = Aboard()
    losses: tuple[LossTold, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    certificates: int = 0

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the PCs that were not visited in this round."""
        return tuple(pc.name for pc in self.pcs if not pc.fresh)

    @property
    def owed(self) -> tuple[str, ...]:
        """Names of the PCs that still wait for what came."""
        return tuple(pc.name for pc in self.pcs if pc.letters and not pc.delivered)


Tell = Callable[[RoundProgress], None]
Stopped = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class RoundActions:
    """`load` runs as a job; `merge`, `to_centre` and `take_answer` as long ones, which raise Problem.

    `report_lost` is given what the person wrote and runs in the writer's lane, as does `checked`: the list of
    what should be looked at may go. `visit` opens Tukar data,
    `own` the person's own work; `say` is a toast, `copy` the clipboard.
    """

    load: Callable[[], RoundView]
    merge: Callable[[Tell, Stopped], MergeDone]
    to_centre: Callable[[Tell, Stopped], CentreDone]
    take_answer: Callable[[Tell, Stopped], CentreDone]
    report_lost: Callable[[str], None]
    checked: Callable[[], None]
    visit: Callable[[], None]
    own: Callable[[], None]
    say: Callable[[str], None]
    copy: Callable[[str], None]
    jobs: Jobs
