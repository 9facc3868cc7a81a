"""Intake beside other processes: what a group writes is locked, then read, then judged."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from sync.server.database import Database
from sync.server.identity import Holder
from sync.server.intake import Intake, Offer, Taken
from sync.server.locked_places import LockedPlaces, LockNeededError
from sync.server.places import NOBODY, office_feed, person_feed
from sync.server.voice import Voice

Key = tuple[bytes, bytes]


class SharedIntake(Intake):
    """Used by one thread. Nothing is remembered from one transaction to the next, so nothing can be outdated.

    Everything said by a key of an office, or for a person, is judged and written under the row locks of that
    office's and that person's feed: who comes second sees what the first has committed.
    """

    def __init__(self, voice: Voice, places: LockedPlaces) -> None:
        super().__init__(voice, places)
        self._rows = places
        self._wider: set[int] = set()

    def take(self, connection: Connection, offers: Sequence[Offer]) -> list[Taken]:
        """Judge and keep a group. Raises LockNeededError where the same group must be begun once more."""
        self.identities.forget()
        self._rows.forget()
        writers = {(one.peek.profile, one.peek.signer) for offer in offers for one in offer.segments}
        askers = {asker for offer in offers for asker in ((offer.profile, offer.signer), *offer.wants)}
        wanted = self._feeds(connection, self._load(connection, writers)) | self._wider
        try:
            if wanted or writers:
                self._rows.lock(connection, wanted, sum(len(offer.segments) for offer in offers))
                self.identities.forget()
            # read again, now that nobody else can change it
            found = self._load(connection, writers | askers)
            mine = [one for one in found if (one.profile, one.signing) in writers]
            self._rows.need(self._feeds(connection, mine))
            self._rows.look(connection, self._feeds(connection, found))
            taken = super().take(connection, offers)
        except LockNeededError as needed:
            self._wider |= needed.feeds
            raise
        self._wider.clear()
        return taken

    def _load(self, connection: Connection, keys: set[Key]) -> list[Holder]:
        return self.identities.load(connection, keys) if keys else []

    def _feeds(self, connection: Connection, holders: Iterable[Holder]) -> set[int]:
        """Return the feeds that whatever these keys say may go into."""
        feeds: set[int] = set()
        for one in holders:
            feeds.add(NOBODY if one.office is None else office_feed(one.office))
            whose = one.person if one.person is not None else one.claimed
            if whose is not None:
                person = self.identities.person_of(connection, whose)
                feeds |= {person_feed(person.id), office_feed(person.office)}
        return feeds


def make_intake(database: Database, voice: Voice) -> Intake:
    """Make the intake that fits a database."""
    places = database.places()
    return SharedIntake(voice, places) if isinstance(places, LockedPlaces) else Intake(voice, places)
