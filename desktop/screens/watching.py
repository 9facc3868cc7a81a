"""What of a recording was really played: spans without jumps, told once each."""

from __future__ import annotations

_STEP_S = 4.0  # two positions farther apart than this (at double speed) are a jump, not playing


class Watching:
    """Gathers the span now playing; seconds are places in the recording, whatever the speed."""

    def __init__(self) -> None:
        self._from: float | None = None
        self._to = 0.0

    def jump(self, second: float) -> None:
        """The recording stands elsewhere now; the span begins anew."""
        self._from = self._to = second

    def reach(self, second: float) -> None:
        """Playing came to `second`."""
        if self._from is None or not 0 <= second - self._to <= _STEP_S:
            self.jump(second)
        else:
            self._to = second

    def take(self, end: float | None = None) -> tuple[int, int] | None:
        """The span since the last call, as (second reached, seconds before it); None where it is too short.

        `end` closes it at the very end of the recording, which the last position may lie just before. The
        start is rounded down and the end up, so that neighbouring spans leave no gap.
        """
        if self._from is None:
            return None
        if end is not None and 0 <= end - self._to <= _STEP_S:
            self._to = end
        first, last = int(self._from), -int(-self._to // 1)
        if self._to - self._from < 0.5:  # a touch, not a look
            return None
        self._from = self._to
        return last, last - first
