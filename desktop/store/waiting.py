"""About how many bytes wait on this PC for the centre, so that a delivery can say how long it takes."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.store.profile import Profile

STATEMENT = 10
"""Bytes a statement takes in a plain segment: a little more than measured, as starts of the app are short."""
ROUND, BATCH = 500, 16 * 1024
"""Bytes of heads, signatures and the answer of a round, and what one round carries."""


def waiting_bytes(profile: "Profile", *, sealed: bool = False) -> int:
    """Estimate the bytes that a delivery for an unlocked profile still has to carry, HTTP in.

    Its own statements go plain, those of others on this PC sealed as they lie in the outbox; with `sealed`
    everything does. It is 0 when nothing waits.
    """
    where = "" if sealed else " WHERE profile <> ?"
    rows = profile.store.device.query(
        f"SELECT coalesce(sum(length(sealed)), 0) FROM outbox{where}",  # noqa: S608 - fixed words
        () if sealed else (profile.profile,),
    )
    work = int(rows[0][0]) + (0 if sealed else profile.unsent() * STATEMENT)
    return work + -(-work // BATCH) * ROUND
