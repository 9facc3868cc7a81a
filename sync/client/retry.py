"""When to try again: pure, jittered, so that a whole office coming back does not call in the same second."""

from dataclasses import dataclass, replace

FIRST = 15.0
"""Seconds of the first pause after a failed round."""
GREATEST = 900.0
"""Seconds no pause is longer than: a link that comes back is used within a quarter of an hour."""
PERIOD = 300.0
"""Seconds between rounds when all is well and nothing is waiting."""


@dataclass(frozen=True, slots=True)
class Retry:
    """How many rounds in a row have failed; the pause follows from it and from a number drawn in [0, 1)."""

    failures: int = 0

    def failed(self) -> "Retry":
        """Count one more failed round."""
        return replace(self, failures=self.failures + 1)

    def succeeded(self) -> "Retry":
        """Forget the failures: the next pause is the ordinary period."""
        return Retry()

    def pause(self, draw: float, *, at_least: float = 0.0) -> float:
        """Return the seconds to wait before the next round.

        `draw` is a random number in [0, 1). After a failure the pause is drawn from the upper half of a
        window that doubles up to `GREATEST`; `at_least` is what a busy centre asked for (Retry-After).
        """
        if not 0.0 <= draw < 1.0:
            raise ValueError("draw lies in [0, 1)")
        window = PERIOD if self.failures == 0 else min(GREATEST, FIRST * 2.0 ** min(self.failures - 1, 16))
        return max(at_least, window * (0.5 + 0.5 * draw) if self.failures else window * (0.9 + 0.2 * draw))
