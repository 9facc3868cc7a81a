"""The coordinator's desk on one PC: folds the office's facts into its table whenever something has come."""

import threading

from desktop.office.cohort_table import CohortTable
from desktop.office.gather import Frame, gather
from desktop.office.report import Gathered
from desktop.store.arrived import arrived_logs
from desktop.store.jp_table import jp_table_of
from desktop.store.profile import Profile
from sync.folds.cohort import SEEN
from sync.folds.order import CLOCKS
from sync.folds.recount import VOIDED
from sync.folds.standing import LEARNING
from sync.folds.weeks import Week, active_weeks
from sync.journal.authority import Authority
from sync.journal.kinds import KINDS
from sync.journal.statement import Fact
from sync.officefile import PersonEntry

GOOD_FOR = 600
"""Seconds after which the desk folds anew though nothing has come: a fortnight of silence may have passed."""


class Desk:
    """A desk stands on an unlocked coordinator's profile.

    Safe to use from several threads; `renew` takes a second for 60,000 statements and belongs in a job.
    """

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._lock = threading.Lock()
        self.table = CohortTable(profile.database)
        self._kept: tuple[object, Gathered] | None = None

    def renew(self) -> Gathered:
        """Fold everything anew, put it in the table, and give what lies beside the table.

        Where nothing has come since the last time, what was folded then is given again.
        """
        with self._lock:
            profile = self._profile
            listing, now = profile.listing(), profile.store.now()
            mark = (self._marks(), listing, now // GOOD_FOR)
            if self._kept is not None and self._kept[0] == mark:
                return self._kept[1]
            keys, table = tuple(profile.keys.office.values()), jp_table_of(profile.store)
            frame = Frame(self.people(), listing, profile.zone(), now, keys, table)
            known = profile.authority()
            with profile.database.read() as connection:
                arrived = arrived_logs(connection)
            found = gather(self._facts(known), known, frame, arrived)
            self.table.renew(found.rows)
            self._kept = (mark, found)
            return found

    def _facts(self, known: Authority) -> tuple[Fact, ...]:
        """Read what the report needs: one in ten of all statements, in an office that has studied for a year.

        Where a log's last word does not count (a revoked key), an earlier one may, so then all are read.
        """
        latest = self._profile.latest(SEEN)
        if not all(known.counts(fact) for fact in latest):
            return self._profile.facts()
        found = latest + self._profile.facts(kinds=[kind for kind in KINDS if kind not in SEEN])
        if any(fact.statement.kind == VOIDED for fact in found):
            found += self._profile.facts(kinds=("quiz.started", "quiz.marked"))
        return found

    def weeks(self) -> tuple[Week, ...]:
        """Count people by week of learning: of each start of the app its last learning is enough."""
        profile = self._profile
        known = profile.authority()
        owners = {one: known.aliases.of(person) for one, person in known.people.items()}
        facts = known.accepted((*profile.latest(LEARNING), *profile.facts(kinds=CLOCKS)))
        return active_weeks(facts, owners, profile.zone(), profile.store.now())

    def _marks(self) -> tuple[object, ...]:
        """Tell by a few numbers whether any fact, endorsement or office file has come."""
        query = "SELECT count(*), coalesce(sum(endorsed), 0) FROM statement"
        with self._profile.database.read() as connection:
            facts = tuple(connection.exec_driver_sql(query).one())
        office = self._profile.store.office()
        table = self._profile.store.setting("version_jp", "0")
        return (*facts, table, 0 if office is None else office.header.version)

    def people(self) -> tuple[PersonEntry, ...]:
        """Read the roster with the newest office key held; nobody without an office or that key."""
        return roster_of(self._profile)


def roster_of(profile: Profile) -> tuple[PersonEntry, ...]:
    """Read the roster with the newest office key held; nobody without an office or that key."""
    office = profile.store.office()
    key = None if office is None else profile.keys.office.get(office.header.generation)
    return () if office is None or key is None else office.desk(key)
