"""What can go wrong on the road to the centre, typed, so that the PC can word each in plain language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class Fault(Enum):
    """Why a round did not end with the centre's signed answer. The work on the PC is safe in every case."""

    NAME_UNKNOWN = "name_unknown"
    """The server's name could not be looked up: mostly, no network at all."""
    UNREACHABLE = "unreachable"
    """No connection came about: refused, no route, or nobody answered in time."""
    CUT = "cut"
    """The connection broke or fell silent in the middle."""
    TLS = "tls"
    """The server could not prove its name: a stranger in between, or a wrong clock on this PC."""
    PROXY = "proxy"
    """The office's proxy wants a name and password, or refuses."""
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
