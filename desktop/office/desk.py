"""The coordinator's desk on one PC: folds the office's facts into its table whenever something has come."""

import threading
from collections.abc import Callable, Sequence

from desktop.office.cohort_table import CohortTable
from desktop.office.gather import Frame, gather
from desktop.office.report import Gathered
from desktop.store.profile import Profile
from sync.catalogue import read_catalogue
from sync.folds.completion import CourseShape
from sync.officefile import PersonEntry
from sync.refusal import Refusal


class Desk:
    """A desk stands on an unlocked coordinator's profile. `installed` are the courses of this PC's shelf.

    Safe to use from several threads; `renew` takes a second for 60,000 statements and belongs in a job.
    """

    def __init__(self, profile: Profile, installed: Callable[[], Sequence[CourseShape]]) -> None:
        self._profile = profile
        self._installed = installed
        self._lock = threading.Lock()
        self.table = CohortTable(profile.database)

    def renew(self) -> Gathered:
        """Fold everything anew, put it in the table, and give what lies beside the table."""
        with self._lock:
            profile = self._profile
            frame = Frame(self.people(), self.shapes(), profile.zone(), profile.store.now())
            found = gather(profile.facts(), profile.authority(), frame)
            self.table.renew(found.rows)
            return found

    def people(self) -> tuple[PersonEntry, ...]:
        """Read the roster with the newest office key held; nobody without an office or that key."""
        office = self._profile.store.office()
        key = None if office is None else self._profile.keys.office.get(office.header.generation)
        return () if office is None or key is None else office.desk(key)

    def shapes(self) -> tuple[CourseShape, ...]:
        """Tell which courses count: by the centre's catalogue, and until it has come, by this PC's shelf."""
        raw = self._profile.store.blob("document_catalogue")
        if raw:
            try:
                return read_catalogue(raw, self._profile.centre_key())
            except Refusal:
                pass  # a catalogue that is not the centre's is as good as none
        return tuple(self._installed())
