"""What Beranda tells of a last day that is near: of a stay, a role, or marking for another office."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop.assessment.lent import lent_days
from desktop.formats import long_day
from desktop.language import tr
from desktop.people.handover import last_day
from desktop.screens.home import EntryView
from sync.journal.ending import SOON

if TYPE_CHECKING:
    from desktop.store.profile import Profile


def endings_near(profile: Profile) -> Iterator[EntryView]:
    """Tell the person what ends within `SOON` days by this PC's trusted time, and what to do before."""
    today = datetime.fromtimestamp(profile.store.now(), profile.zone()).date()
    until = last_day(profile)
    if until:
        stays = tr("Masa tamu Anda") if not profile.nip else tr("Peran Anda di kantor ini")
        advice = tr("Kirim dahulu pekerjaan Anda. Koordinator dapat memperpanjangnya.")
        yield from _near(stays, date.fromisoformat(until), today, advice)
    for office, last in lent_days(profile):
        what = tr("Tugas menilai untuk {kantor}").format(kantor=office)
        yield from _near(what, last, today, tr("Selesaikan dahulu penilaian yang masih terbuka."))


def _near(what: str, until: date, today: date, advice: str) -> Iterator[EntryView]:
    days = (until - today).days
    if 0 <= days <= SOON:
        title = tr("{apa} berakhir {tgl}").format(apa=what, tgl=long_day(until))
        pill = tr("{n} hari lagi").format(n=days) if days else tr("hari ini")
        yield EntryView("", "clock", title, advice, pill, "warn", tint="warn")
