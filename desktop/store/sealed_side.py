"""An unlocked profile on a road that only leads to the centre, perhaps: all that it sends goes sealed."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from desktop.store.profile import Profile
from sync.journal.keys import SigningKey

if TYPE_CHECKING:
    from sync.bundle import SyncReply
    from sync.client.deliver import Accepted


class SealedSide:
    """What a delivery needs of a profile, for an address that somebody typed on this PC.

    The office file names the centre's addresses, and over TLS to those work goes plain. An address typed by
    hand serves everybody on the PC, and behind it may sit whoever typed it, handing on to the centre what
    passes and reading it. There the outbox goes, which office and centre alone can open.
    """

    def __init__(self, profile: Profile) -> None:
        self._profile = profile

    @property
    def profile(self) -> bytes:
        """The profile's 16 bytes."""
        return self._profile.profile

    def signing_key(self) -> SigningKey:
        """Give the key that signs requests."""
        return self._profile.signing_key()

    def centre_key(self) -> bytes:
        """Give the centre's public signing key."""
        return self._profile.centre_key()

    def cursors(self) -> Mapping[str, int]:
        """Tell how far each feed has come."""
        return self._profile.cursors()

    def versions(self) -> Mapping[str, int]:
        """Tell which documents this PC has."""
        return self._profile.versions()

    def segments_to_send(self, limit: int) -> tuple[bytes, ...]:
        """Give nothing: no statement goes plain."""
        del limit
        return ()

    def sealed_of_others(self, limit: int) -> tuple[bytes, ...]:
        """Take sealed segments of everybody on this PC."""
        return self._profile.sealed_of_all(limit)

    def accept(self, reply: "SyncReply") -> "Accepted":
        """Keep what a believed answer brought."""
        return self._profile.accept(reply)
