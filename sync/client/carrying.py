"""Bringing post over a line that breaks: what arrived of a request does not go a second time."""

from dataclasses import replace

from sync.client.faults import Failure, Fault
from sync.client.transport import Answer, Transport
from sync.postbag.resuming import FROM, NAME, name_of

__all__ = ["CARRY_PATH", "Carrying"]

CARRY_PATH = "/v1/carry"
_BROKEN = {Fault.CUT, Fault.BROKEN}
_UNTOLD = {Fault.REFUSED, Fault.PORTAL}
"""Answers by which nothing is known: of an older centre, of a hub, of what stands in between."""
_DIGITS = 12


class Carrying:
    """Remembers which requests broke off while it lives; used by one thread at a time.

    One that broke is asked for before it goes again, which costs a round trip only then. A centre that knows
    nothing of it any more, or cannot be asked, gets the whole.
    """

    def __init__(self) -> None:
        self._broken: set[str] = set()

    def bring(self, transport: Transport, body: bytes) -> Answer | Failure:
        """Bring parts or a shipment. The bytes in the answer are those of this attempt."""
        name = name_of(body)
        asked = self._asked(transport, name) if name in self._broken else Answer(b"", 0, 0)
        if isinstance(asked, Failure) and asked.fault not in _UNTOLD:
            return asked
        begin = _count(asked.body, len(body)) if isinstance(asked, Answer) else 0
        headers = {NAME: name} | ({FROM: str(begin)} if begin else {})
        outcome = transport.post(body[begin:], CARRY_PATH, headers)
        if isinstance(outcome, Failure) and outcome.fault in _BROKEN:
            self._broken.add(name)
        elif begin and isinstance(outcome, Failure) and outcome.fault is Fault.REFUSED:
            self._broken.discard(name)
            return self.bring(transport, body)  # what was kept has gone between the question and this
        else:
            self._broken.discard(name)
        return replace(outcome, sent=outcome.sent + asked.sent, received=outcome.received + asked.received)

    def _asked(self, transport: Transport, name: str) -> Answer | Failure:
        """Ask how much of a request the centre holds."""
        return transport.get(CARRY_PATH, {NAME: name})


def _count(said: bytes, size: int) -> int:
    """Read how many bytes are there; whatever makes no sense means none."""
    if not said.isdigit() or len(said) > _DIGITS:
        return 0
    return int(said) if int(said) < size else 0
