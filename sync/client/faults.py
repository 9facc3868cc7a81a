"""What can go wrong on the road to the centre, typed, so that the PC can word each in plain language."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

DAY = 86_400
NOT_YET, EXPIRED, STRANGER, OTHER_NAME = "not-yet", "expired", "stranger", "other-name"
"""Codes of `Fault.TLS`: valid after this PC's time, or before it; vouched for by nobody; of another name."""
ASKS = "asks"
"""Code of `Fault.PROXY`: it wants a name and password."""


class Fault(Enum):
    """Why a round did not end with the centre's signed answer. The work on the PC is safe in every case."""

    NAME_UNKNOWN = "name_unknown"
    """The server's name could not be looked up: mostly, no network at all."""
    UNREACHABLE = "unreachable"
    """No connection came about: refused, no route, or nobody answered in time."""
    CUT = "cut"
    """The connection broke or fell silent in the middle."""
    TLS = "tls"
    """The server could not prove its name; the code says in what, where that is known."""
    CLOCK = "clock"
    """This PC's clock is wrong by so much that no server can prove its name; `clock` is what it says."""
    PROXY = "proxy"
    """The office's proxy wants a name and password, or does not pass on what is sent."""
    PORTAL = "portal"
    """Something else than the centre answered: a log-in page, a redirect, an advertisement."""
    NOT_SIGNED = "not_signed"
    """The answer looks like one of ours, and the centre's signature or the question it answers is wrong."""
    BUSY = "busy"
    """The centre asks to come back later."""
    BROKEN = "broken"
    """The centre failed inside."""
    REFUSED = "refused"
    """The centre understood and refuses; the code says why."""
    BAD_ADDRESS = "bad_address"
    """The address is no http or https address."""
    NOT_PRIVATE = "not_private"
    """The address is neither https nor on this PC: study would travel readable by others."""

    @property
    def offline(self) -> bool:
        """Whether this is the ordinary lack of a network: told calmly, never as an error."""
        return self in {Fault.NAME_UNKNOWN, Fault.UNREACHABLE, Fault.CUT}


@dataclass(frozen=True, slots=True)
class Failure:
    """A round that failed: the fault, and where there is one the centre's code with its values.

    `retry_after` is the number of seconds a busy centre asked for, 0 where it did not.
    """

    fault: Fault
    code: str = ""
    values: Mapping[str, int | str] = field(default_factory=dict[str, int | str])
    retry_after: float = 0.0
    sent: int = 0
    received: int = 0


def blame_clock(failure: Failure, wall: int, reached: int, *, exact: bool) -> Failure:
    """Tell a wrong clock of this PC from a server that cannot prove itself, and note what the clock says.

    `wall` is the PC's clock, `reached` a time that has come for certain as somebody signed it; with `exact`
    it is the time now, as the PC was on ever since. All are Unix seconds. Nobody issues one for later,
    so one that is not valid yet shows a clock that is behind. One that has expired may be just that.
    """
    if failure.fault is not Fault.TLS or failure.code not in {NOT_YET, EXPIRED}:
        return failure
    behind = failure.code == NOT_YET or wall < reached - DAY
    ahead = exact and wall > reached + DAY
    return replace(failure, fault=Fault.CLOCK if behind or ahead else Fault.TLS, values={"clock": wall})
