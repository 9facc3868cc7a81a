"""Stays, roles and lendings that end soon: told at the desk while they can still be made longer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop.formats import long_day
from desktop.language import tr
from desktop.office.desk import roster_of
from desktop.office.lending import lent_out
from sync.journal.ending import SOON
from sync.officefile import PersonEntry, Role

if TYPE_CHECKING:
    from desktop.store.profile import Profile


@dataclass(frozen=True, slots=True)
class Ending:
    """Somebody and what of theirs ends, in words; `until` is the last day, `days` are left."""

    name: str
    what: str
    until: date
    days: int

    @property
    def said(self) -> str:
        """What ends and when, in one line."""
        until = tr("{apa} sampai {tgl}").format(apa=self.what, tgl=long_day(self.until))
        if not self.days:
            return tr("{sampai}, hari ini yang terakhir.").format(sampai=until)
        return tr("{sampai}, {n} hari lagi.").format(sampai=until, n=self.days)


def endings(profile: "Profile") -> tuple[Ending, ...]:
    """List what ends within `SOON` days by trusted time, the nearest first."""
    today = datetime.fromtimestamp(profile.store.now(), profile.zone()).date()
    found = [
        Ending(name, what, until, (until - today).days)
        for name, what, until in _last_days(profile)
        if 0 <= (until - today).days <= SOON
    ]
    return tuple(sorted(found, key=lambda one: (one.until, one.name, one.what)))


def _last_days(profile: "Profile") -> Iterator[tuple[str, str, date]]:
    for entry in roster_of(profile):
        if entry.until:
            yield entry.name, _what(entry), date.fromisoformat(entry.until)
    for one in lent_out(profile):
        if one.granted and not one.over and one.until is not None:
            yield one.name, tr("Menilai tugas {kantor}").format(kantor=one.office), one.until


def _what(entry: PersonEntry) -> str:
    if not entry.nips:
        return tr("Masa tamu")
    return {
        Role.TRAINER.value: tr("Peran widyaiswara"),
        Role.MENTOR.value: tr("Peran mentor"),
        Role.JURY.value: tr("Peran juri"),
    }.get(entry.role, tr("Peran di kantor ini"))
