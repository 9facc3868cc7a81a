"""Counting wrong PINs: five, then five minutes, whatever is restarted and wherever the clock is set."""

from desktop.store.device import Store
from desktop.store.rows import Lockup, ProfileRow
from sync.journal.clock import Clock

MOST = 5
PAUSE = 5 * 60
"""Seconds a profile stays locked after MOST wrong PINs."""


def remaining(row: ProfileRow, clock: Clock) -> int:
    """Tell for how many more seconds a profile takes no PIN.

    Within one boot the monotonic clock decides. After a restart only the wall clock is left; one that stands
    before the moment of locking was turned back, and then the whole pause counts again.
    """
    if row.failures < MOST:
        return 0
    if row.lockup.boot == clock.boot():
        gone = clock.monotonic() - row.lockup.monotonic
    else:
        gone = clock.wall() - row.lockup.wall
    return PAUSE if gone < 0 else max(0, PAUSE - gone)


def begin(store: Store, row: ProfileRow) -> int:
    """Count an attempt before it is made, so that switching off in its middle gives nobody a free one.

    Gives the number of attempts left after this one.
    """
    over = row.failures >= MOST  # the pause has passed: five new attempts
    failures = 1 if over else row.failures + 1
    lockup = Lockup(store.clock.wall(), store.clock.monotonic(), store.clock.boot())
    store.change_profile(
        row.profile,
        failures=failures,
        locked_wall=lockup.wall,
        locked_monotonic=lockup.monotonic,
        locked_boot=lockup.boot,
    )
    return MOST - failures


def again(store: Store, row: ProfileRow) -> None:
    """Begin the pause anew for a clock that was turned back, so that turning it more gains nothing."""
    store.change_profile(
        row.profile,
        locked_wall=store.clock.wall(),
        locked_monotonic=store.clock.monotonic(),
        locked_boot=store.clock.boot(),
    )


def succeeded(store: Store, profile: bytes) -> None:
    """Forget the wrong attempts after a right one."""
    store.change_profile(profile, failures=0)
