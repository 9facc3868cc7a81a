"""What is open at the desk when it is handed over: whom to call, what is carried, where to go."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.office.doubts import Reason, kept_doubts
from desktop.office.lost_stick import lost_sticks
from desktop.office.report import Gathered
from desktop.office.round import RoundPc, round_of

if TYPE_CHECKING:
    from desktop.store.profile import Profile


@dataclass(frozen=True, slots=True)
class OpenTasks:
    """The desk as it stands at Unix `now`.

    `carried` parts of results of `carried_bytes` wait for the centre, `owed` are PCs for which answers wait
    here, `left` those still to be visited in this round. `unsent` counts this coordinator's own statements,
    `waiting` profiles nobody has vouched for, `follow` people to call, `doubts` findings nobody has looked
    at, and `losses` sticks whose three days still run.
    """

    now: int
    follow: int
    waiting: int
    unsent: int
    carried: int
    carried_bytes: int
    left: tuple[RoundPc, ...]
    owed: tuple[RoundPc, ...]
    doubts: int
    losses: int
    generation: int

    @property
    def none(self) -> bool:
        """Whether nothing at all is open."""
        sums = (self.follow, self.waiting, self.unsent, self.carried, self.doubts, self.losses)
        return not any(sums) and not self.left and not self.owed


def open_tasks(profile: "Profile", found: Gathered, calls: Sequence[object]) -> OpenTasks:
    """Gather what is open; `calls` are the people to follow up."""
    store = profile.store
    standing, now, office = round_of(store), store.now(), store.office()
    return OpenTasks(
        now,
        len(calls),
        len(found.waiting),
        profile.unsent(),
        standing.parts,
        standing.waiting,
        standing.left,
        standing.owed,
        sum(one.count for one in kept_doubts(store) if one.reason is not Reason.STRANGER),
        sum(now < one.until for one in lost_sticks(profile)),
        0 if office is None else office.header.generation,
    )
