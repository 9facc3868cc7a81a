"""A clock that stands wherever a test puts it."""


class HandClock:
    """The clocks of a PC, moved by hand; `restart` begins another boot."""

    def __init__(self, wall=1_795_000_000, monotonic=1000):
        self.at, self.since, self.boots = wall, monotonic, 1

    def wall(self):
        return self.at

    def monotonic(self):
        return self.since

    def boot(self):
        return self.boots.to_bytes(8, "big")

    def wait(self, seconds):
        self.at += seconds
        self.since += seconds

    def restart(self, wall=None):
        self.boots += 1
        self.since = 10
        if wall is not None:
            self.at = wall
