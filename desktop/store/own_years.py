"""How the years of a profile's owner run: by the calendar, or by the contract that the office file dates."""

from collections.abc import Mapping

from desktop.store.device import Store
from desktop.store.jp_table import jp_table_of
from sync.folds.sessions import PeerRule
from sync.folds.years import CALENDAR, Years
from sync.jp_table import CONTRACT, JpTable, status_of, years_for


class OwnYears:
    """The years of one NIP, asked for anew only when an office file or a conversion table has come."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: tuple[object, Years] | None = None
        self._rules: tuple[object, Mapping[str, PeerRule]] | None = None

    def now(self, nip: str) -> Years:
        """Give the years as they stand; 0.2 s after an office file came, only for who owes by contract."""
        mark = (nip, *self._mark())
        if self._kept is None or self._kept[0] != mark:
            self._kept = (mark, self._read(nip, jp_table_of(self._store)))
        return self._kept[1]

    def rules(self) -> Mapping[str, PeerRule]:
        """Give what two colleagues may confirm by themselves, by the table that counts here."""
        mark = self._mark()
        if self._rules is None or self._rules[0] != mark:
            self._rules = (mark, jp_table_of(self._store).peers)
        return self._rules[1]

    def _mark(self) -> tuple[object, ...]:
        office = self._store.office()
        held = (b"", 0) if office is None else (office.header.office, office.header.version)
        return (self._store.setting("version_jp", "0"), *held)

    def _read(self, nip: str, table: JpTable) -> Years:
        office = self._store.office()
        if office is None or not nip or table.target(status_of(nip)).period != CONTRACT:
            return CALENDAR
        entry = office.find(nip)
        return CALENDAR if entry is None else years_for(table, entry.nips)
