"""A road to the centre that drops, doubles, delays, tears and lies, as the dice say; the same dice, the same road."""

from sync.client.faults import Failure, Fault
from sync.client.transport import Answer
from sync.refusal import Refusal
from tests.harness.sim_carry import carry
from tests.harness.sim_centre import Falls, FellError

FAULTS = (
    "lost on the way there",
    "lost on the way back",
    "torn on the way back",
    "comes twice",
    "comes later",
    "answered by an old answer",
    "answered by a page",
    "centre fails inside",
    "centre falls early",
    "centre falls late",
)


class SimRoad:
    """Implements the client's `Road`. `trouble` is how likely a request meets a fault."""

    def __init__(self, centre, dice, trouble=0.0):
        self.centre, self.dice, self.trouble = centre, dice, trouble
        self.late = []
        self.old, self.old_shipments = [], []
        self.met = dict.fromkeys(FAULTS, 0)
        self.requests = 0

    def post(self, body):
        """Carry one request."""
        return self._met(body, self._ask, self.old)

    def carry(self, body):
        """Bring one part, or a shipment, to the centre's address for carriers."""
        answer = self.post_part(body)
        return answer if isinstance(answer, Failure) else answer.body

    def post_part(self, body):
        """Bring it as a hub does, who hears what the client's transport gives."""
        return self._met(body, self._carry, self.old_shipments)

    def _met(self, body, ask, old):
        """Let a body meet what the dice say on its way, and its answer on the way back."""
        self.requests += 1
        fault = self.dice.choice(FAULTS) if self.dice.random() < self.trouble else ""
        if fault:
            self.met[fault] += 1
        match fault:
            case "lost on the way there":
                return Failure(Fault.UNREACHABLE)
            case "comes later":
                self.late.append(lambda: ask(body))
                return Failure(Fault.CUT)
            case "answered by a page":
                return Answer(b"<html>Selamat datang di WiFi gratis</html>", len(body), 42)
            case "answered by an old answer" if old:
                return Answer(self.dice.choice(old), len(body), 0)
            case "centre fails inside":
                return Failure(Fault.BROKEN)
            case "comes twice":
                ask(body)
        falls = {"centre falls early": Falls.EARLY, "centre falls late": Falls.LATE}.get(fault, Falls.NEVER)
        answer = ask(body, falls)
        if isinstance(answer, Failure) or fault == "lost on the way back":
            return answer if isinstance(answer, Failure) else Failure(Fault.CUT)
        old[:] = [*old[-7:], answer]
        if fault == "torn on the way back":
            answer = answer[: self.dice.randrange(len(answer))]
        return Answer(answer, len(body), len(answer))

    def arrive_late(self):
        """Let one request that was held up come to the centre now; nobody hears the answer."""
        if self.late:
            self.late.pop(self.dice.randrange(len(self.late)))()

    def _ask(self, body, falls=Falls.NEVER):
        return self._answered(lambda: self.centre.ask(body, falls))

    def _carry(self, body, falls=Falls.NEVER):
        return self._answered(lambda: carry(self.centre, body, falls))

    def _answered(self, ask):
        try:
            return ask()
        except FellError:
            return Failure(Fault.CUT)
        except Refusal as refusal:
            return Failure(Fault.REFUSED, refusal.code.wire, refusal.values)
