"""Tindak lanjut: who needs a word and why, as the screen, the printed list and the message say it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from desktop.formats import jp, long_day, moment_of, short_day
from desktop.language import tr
from desktop.office.contacts import Contact, Way
from desktop.office.report import DeskRow
from sync.folds.follow import FollowUp, Pace, Why, follow_ups, pace_of
from sync.jp_table import JpTable
from sync.nip import LENGTH, NipKind, kind_of

_CONTRACTS = frozenset({NipKind.PPPK, NipKind.PPPK_PARUH_WAKTU})


@dataclass(frozen=True, slots=True)
class Call:
    """One person to follow up, with the whole NIP that only the desk knows, and the words had before."""

    found: FollowUp
    nip: str
    contacts: tuple[Contact, ...] = ()

    @property
    def last(self) -> Contact | None:
        """The newest word with this person."""
        return self.contacts[0] if self.contacts else None


@dataclass(frozen=True, slots=True)
class Paces:
    """What the calendar year asks by `now`, of civil servants (PNS) and of those on contract (PPPK)."""

    pns: Pace
    pppk: Pace
    now: int
    zone: ZoneInfo

    def of(self, one: DeskRow) -> Pace:
        """Give somebody's pace in the years that are theirs; guests without NIP have that of PNS."""
        found = self.pppk if len(one.nip) == LENGTH and kind_of(one.nip) in _CONTRACTS else self.pns
        if not one.years.by_contract:
            return found
        return pace_of(found.target, self.now, self.zone, one.years)


def paces_of(table: JpTable, now: int, zone: ZoneInfo) -> Paces:
    """Say how far everybody should be, by the table and the years of each."""
    pns, pppk = (pace_of(table.target(status).jp, now, zone) for status in ("pns", "pppk"))
    return Paces(pns, pppk, now, zone)


def calls(
    rows: Iterable[DeskRow], paces: Paces, log: Mapping[bytes, tuple[Contact, ...]]
) -> tuple[Call, ...]:
    """List whom to follow up, the most pressing first."""
    held = {one.row.person: one for one in rows}
    return tuple(
        Call(one, held[one.row.person].nip, log.get(one.row.person, ()))
        for one in follow_ups((each.row, paces.of(each)) for each in held.values())
    )


def why_words(why: Why, pace: Pace) -> str:
    """Word one reason in a few words."""
    return {
        Why.DEADLINE: tr("Batas {n} hari lagi").format(n=pace.days_left),
        Why.UNKNOWN: tr("Menunggu verifikasi"),
        Why.NOT_STARTED: tr("Belum mulai"),
        Why.INACTIVE: tr("14 hari tidak aktif"),
        Why.BELOW_PACE: tr("Di bawah laju JP"),
    }[why]


def way_words(way: Way) -> str:
    """Word by which way somebody was reached."""
    return {
        Way.TALK: tr("Bicara langsung"),
        Way.PHONE: tr("Telepon"),
        Way.MESSAGE: tr("Pesan"),
        Way.SUPERIOR: tr("Lewat atasan"),
        Way.UNREACHED: tr("Tidak tersambung"),
    }[way]


def about(one: Call, zone: ZoneInfo) -> str:
    """Say how a person stands in one line: hours, what is lacking, and when there was learning last."""
    row, pace = one.found.row, one.found.pace
    if row.jp is None:
        return tr("Hasil ada, pemiliknya belum dipastikan.")
    parts = [tr("{a} dari {b} JP").format(a=jp(row.jp), b=jp(pace.target))]
    if one.found.lacking:
        parts.append(tr("perlu {n} JP lagi").format(n=jp(one.found.lacking)))
    if row.last_active is not None:
        day = moment_of(row.last_active, zone).date()
        parts.append(tr("terakhir belajar {tgl}").format(tgl=short_day(day)))
    return ", ".join(parts)


def message(found: Iterable[Call], office: str, today: date) -> str:
    """Write the text for a message: names and reasons, no NIP, as it leaves the desk by any phone."""
    lines = [
        tr("Tindak lanjut belajar {kantor}, {tgl}:").format(kantor=office, tgl=long_day(today)),
        "",
    ]
    for number, one in enumerate(found, 1):
        why = ", ".join(why_words(each, one.found.pace).lower() for each in one.found.why)
        row = one.found.row
        lacking = "; " + tr("perlu {n} JP lagi").format(n=jp(one.found.lacking)) if one.found.lacking else ""
        lines.append(f"{number}. {_plain(row.name)} ({_plain(row.unit)}): {why}{lacking}")
    lines += ["", tr("Mohon dilanjutkan. Bila ada kesulitan, hubungi koordinator.")]
    return "\n".join(lines)


def contact_words(one: Contact, pace_year: int) -> str:
    """Say a word that was had: `Telepon, 21 Nov: anaknya sakit`."""
    day = short_day(one.day)
    said = f"{way_words(one.way)}, {day if one.day.year != pace_year else day.rsplit(' ', 1)[0]}"
    return f"{said}: {one.note}" if one.note else said


def state_words(one: Contact) -> str:
    """Say where a note is kept."""
    return tr("sudah diterima pusat") if one.at_centre else tr("di komputer ini, belum dikirim")


def _plain(words: str) -> str:
    """Keep a name on its line: a roster may hold anything."""
    return " ".join(words.split())
