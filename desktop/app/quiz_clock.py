"""The clock of the attempts of one signed-in person: its beats lie in their profile, on this PC."""

from desktop.assessment.time_limit import Beat, Instant, Spent, packed, read_beat, spent
from desktop.player.attempt import Attempt
from desktop.store.profile import Profile


class QuizClock:
    """Counts the seconds of attempts. Of each, what is known after a power cut is at most one beat old."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._alive: dict[tuple[str, int], tuple[Attempt, Beat]] = {}

    def begin(self, attempt: Attempt) -> None:
        """Start counting an attempt that begins now."""
        self._keep(attempt, 0, self._now(), away=False)

    def look(self, attempt: Attempt) -> Spent:
        """Tell what an attempt has used, and whether it was broken off; nothing is written."""
        return self._at(attempt, self._now())

    def _at(self, attempt: Attempt, now: Instant) -> Spent:
        key = (attempt.activity, attempt.number)
        beat = self._alive[key][1] if key in self._alive else self._read(attempt)
        if beat is None:  # from a backup, or begun by a program that kept no beats
            return Spent(attempt.seconds, cut=True, gone=0)
        return spent(beat, now, alive=key in self._alive, fixed=attempt.fixed)

    def resume(self, attempt: Attempt) -> Spent:
        """Go on counting; tells what `look` tells."""
        now = self._now()  # once: what passed between two looks at the clock would be nobody's
        found = self._at(attempt, now)
        self._keep(attempt, found.used, now, away=False)
        return found

    def beat(self, activity: str, number: int, *, away: bool = False) -> None:
        """Keep a sign of life of an attempt that this session is at; `away`: the learner leaves it now."""
        if (activity, number) in self._alive:
            attempt, now = self._alive[activity, number][0], self._now()
            self._keep(attempt, self._at(attempt, now).used, now, away=away)

    def farewell(self) -> None:
        """The session ends: what it was at is left on purpose."""
        for (activity, number), (_, beat) in tuple(self._alive.items()):
            if not beat.away:
                self.beat(activity, number, away=True)

    def over(self, activity: str, number: int) -> int:
        """Tell by how many seconds an attempt of this session is over its limit, 0 where it is not."""
        if (activity, number) not in self._alive:
            return 0
        attempt, _ = self._alive[activity, number]
        return max(0, self.look(attempt).used - attempt.limit) if attempt.limit else 0

    def end(self, activity: str, number: int) -> None:
        """Forget the clock of an attempt that was handed in."""
        self._alive.pop((activity, number), None)
        self._profile.put_draft(_name(activity), b"")

    def _keep(self, attempt: Attempt, used: int, now: Instant, *, away: bool) -> None:
        beat = Beat(attempt.number, used, now, away)
        self._profile.put_draft(_name(attempt.activity), packed(beat))
        self._alive[attempt.activity, attempt.number] = (attempt, beat)

    def _read(self, attempt: Attempt) -> Beat | None:
        beat = read_beat(self._profile.draft(_name(attempt.activity)))
        return beat if beat is not None and beat.attempt == attempt.number else None

    def _now(self) -> Instant:
        store = self._profile.store
        return Instant(store.now(), store.clock.monotonic(), store.clock.boot())


def _name(activity: str) -> str:
    return f"time {activity}"
