"""Terms wired: what comes to its end on this PC, in words for Setelan, for the desk and for the person."""

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from desktop.formats import long_day, number
from desktop.language import language, tr, trn
from desktop.screens.settings_terms import TermsActions, TermsView
from desktop.screens.trail_sheet import TrailActions, TrailRow, TrailSheet
from desktop.store.device import Store
from desktop.store.profile import DEFAULT_ZONE
from desktop.store.retention import schedule_of
from desktop.store.terms import Ending, Hold
from sync.folds.trail import Deed, Step
from sync.retention import Kept, Place, Schedule, Term

if TYPE_CHECKING:
    from desktop.app.application import Application
    from desktop.app.session import Session


def deed_words(one: Step, zone: ZoneInfo | None = None) -> str:
    """Say at the desk what a PC deleted at the end of its term, or told that it will."""
    what = _things(one.what, one.count)
    if one.deed is Deed.ENDED:
        return tr("Di {pc}: {n} {apa} dihapus, masa simpannya habis").format(
            pc=one.computer or tr("pusat"), apa=what, n=number(one.count)
        )
    if not one.until:
        return tr("Di {pc}: {n} {apa} melewati masa simpan, belum dapat dihapus").format(
            pc=one.computer or tr("pusat"), apa=what, n=number(one.count)
        )
    day = long_day(datetime.fromtimestamp(one.until, zone or ZoneInfo(DEFAULT_ZONE)).date())
    return tr("Di {pc}: {n} {apa} akan dihapus, paling cepat {tgl}").format(
        pc=one.computer or tr("pusat"), apa=what, tgl=day, n=number(one.count)
    )


def _things(what: str, count: int) -> str:
    return {
        Term.PROFILE.value: trn("profil yang lama tidak dipakai", count),
        Term.ASIDE.value: trn("basis data rusak yang disisihkan", count),
        Term.COPY.value: trn("cadangan lama", count),
        Term.LEFT.value: trn("orang yang lama keluar", count),
    }.get(what, tr("data"))


def ending_words(one: Ending, zone: ZoneInfo) -> tuple[str, str]:
    """Say of one thing what it is, and when it goes or why it stays."""
    what = {
        Term.PROFILE: tr("Profil {siapa}, lama tidak dipakai"),
        Term.ASIDE: tr("Basis data rusak yang disisihkan ({siapa})"),
        Term.COPY: tr("Cadangan lama ({siapa})"),
    }[one.term].format(siapa=one.name or tr("komputer ini"))
    return what, _fate(one, zone)


def _fate(one: Ending, zone: ZoneInfo) -> str:
    if one.hold is Hold.NONE:
        day = long_day(datetime.fromtimestamp(one.goes, zone).date())
        return tr("Dihapus paling cepat {tgl}").format(tgl=day)
    return {
        Hold.UNSENT: tr("Disimpan: hasilnya belum semua diterima pusat"),
        Hold.UNKNOWN: tr("Disimpan sampai pemiliknya masuk dan keluar lagi di komputer ini"),
        Hold.DRAFT: tr("Disimpan: ada draf yang belum dikirim pemiliknya"),
    }[one.hold]


def terms_actions(app: "Application") -> TermsActions:
    """What the card in Setelan needs."""
    store = app.store

    def load() -> TermsView:
        session = app.session
        inside = b"" if session is None else session.profile.profile
        zone = zone_of(store)
        rows = tuple(ending_words(one, zone) for one in store.terms.look(inside))
        told = tr("Diberitahukan {n} hari sebelumnya. Yang belum diterima pusat tidak pernah dihapus.")
        return TermsView(told.format(n=schedule_of(store).notice_days), rows)

    return TermsActions(load, app.jobs)


def zone_of(store: Store) -> ZoneInfo:
    """Tell the zone of this PC's office."""
    office = store.office()
    return ZoneInfo(DEFAULT_ZONE if office is None else office.header.zone)


def show_lengths(session: "Session", window: QWidget) -> None:
    """Show a person how long each kind of data is kept, by the schedule that counts here."""
    store = session.app.store
    schedule = schedule_of(store)
    sheet = TrailSheet(
        window,
        tr("Berapa lama data disimpan"),
        tr("Jadwal retensi versi {n}, {tgl}.").format(n=schedule.version, tgl=long_day(schedule.dated)),
        "",
        TrailActions(lambda: kept_rows(schedule), session.app.jobs),
    )
    sheet.setProperty("help", "lama-simpan")


def kept_rows(schedule: Schedule) -> tuple[TrailRow, ...]:
    """Say of each kind how long it is kept and what stays of it, by where it lies."""
    heads = {
        Place.PC: tr("Di komputer"),
        Place.HUB: tr("Di hub kantor"),
        Place.CENTRE: tr("Di pusat"),
        Place.STICK: tr("Di flashdisk"),
        Place.OUTSIDE: tr("Di luar Suluh"),
    }
    return tuple(
        TrailRow(head, _spoken(one.name), length_words(one))
        for place, head in heads.items()
        for one in schedule.kinds
        if one.place is place
    )


def length_of(schedule: Schedule, term: Term) -> str:
    """Say how long a kind is kept; empty where nothing of it ends by itself."""
    row = schedule.kept(term.value)
    return "" if row is None or row.days is None else _days(row.days)


def length_words(one: Kept) -> str:
    """Say how long a kind is kept and what stays, with the doubt that the schedule has."""
    stays = _spoken(one.stays)
    if one.days is not None:
        stays = f"{_days(one.days)} {_spoken(one.since)}. {stays}"
    return f"{stays} {tr('(belum dipastikan)')}" if one.unconfirmed else stays


def _days(days: int) -> str:
    years = days // 365
    if days % 365 == 0:
        return trn("{n} tahun", years).format(n=years)
    return trn("{n} hari", days).format(n=days)


def _spoken(words: tuple[str, str]) -> str:
    return words[language() == "en"]
