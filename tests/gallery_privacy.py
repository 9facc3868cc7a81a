"""The privacy notice and Jejak audit in the gallery: asked to be read, and what was done, for the desk and for the person."""

from dataclasses import replace
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from desktop.app.terms import ending_words, kept_rows
from desktop.app.trail import office_words, own_words
from desktop.formats import long_day
from desktop.language import tr
from desktop.people.privacy_notice import newest_notice
from desktop.screens.cohort_computers import Computers, ComputersActions
from desktop.screens.home import Home
from desktop.screens.page import Scroll
from desktop.screens.privacy_sheet import PrivacySheet
from desktop.screens.rooms import Room, Who
from desktop.screens.settings import Settings
from desktop.screens.settings_terms import TermsActions, TermsCard, TermsView
from desktop.screens.trail_sheet import TrailActions, TrailRow, TrailSheet
from desktop.store.terms import Ending, Hold
from sync.folds.trail import OF_TERMS, Deed, Step, Taken
from sync.retention import Term, shipped_schedule
from tests.fakes import people_at_work as office
from tests.fakes import round_of_the_stick as tour

NAMES = {b"h": "Helena Bonay", b"w": "Wahyu Setiawan Nugroho Adiputra Kusumawardhana", b"m": "Markus Itlay"}
STEPS = (
    Step(0, 1, 9, Deed.TAKEN, b"m", (), Taken.REPORT.value, 42),
    Step(0, 1, 8, Deed.VIEWED, b"m", (b"w",)),
    Step(0, 1, 7, Deed.TAKEN, b"m", (), Taken.MESSAGE.value, 3),
    Step(1, 1, 6, Deed.RESET, b"m", (b"h",)),
    Step(1, 1, 5, Deed.LOST, b"m", tuple(bytes([n]) for n in range(14))),
    Step(2, 1, 4, Deed.ERASED, b"", (b"x",), centre=True),
    Step(2, 1, 3, Deed.VOUCHED, b"m", (b"h",)),
    Step(2, 1, 2, Deed.ENDED, b"h", (), Term.COPY.value, 4, computer="PC Sekretariat Distrik Wamena"),
    Step(2, 1, 1, Deed.TOLD, b"h", (), Term.PROFILE.value, 2, computer="PC-01", until=1_800_000_000),
)

SOON = 1_800_000_000
ENDINGS = (
    Ending(Term.PROFILE, "a", "WS", SOON, SOON, Hold.NONE),
    Ending(Term.COPY, "b", "", SOON, SOON, Hold.NONE),
    Ending(Term.PROFILE, "c", "HB", SOON, 0, Hold.UNSENT),
    Ending(Term.PROFILE, "d", "RM", SOON, 0, Hold.DRAFT),
    Ending(Term.ASIDE, "e", "RM", SOON, 0, Hold.UNKNOWN),
)


def draw_privacy(studio) -> None:
    """Draw each over a quiet room."""
    days = [long_day(office.TODAY.replace(day=day)) for day in (24, 20, 3)]
    desk = [
        TrailRow(
            days[one.at],
            office_words(one, NAMES),
            tr("Suluh, menurut jadwal retensi")
            if one.deed in OF_TERMS
            else tr("Pusat")
            if one.centre
            else NAMES[b"m"],
        )
        for one in STEPS
    ]
    own = [
        TrailRow(days[one.at], own_words(one), f"{tr('Koordinator')}, Markus Itlay")
        for one in STEPS
        if one.deed is not Deed.ERASED and one.deed not in OF_TERMS
    ]
    for name, rows, title, about in (
        (
            "jejak",
            desk,
            tr("Jejak audit"),
            tr("Apa yang dilakukan dengan data orang di kantor ini. Tidak dapat diubah siapa pun."),
        ),
        (
            "siapa",
            own,
            tr("Siapa yang melihat data saya"),
            tr("Sejauh kabarnya sudah sampai di komputer ini."),
        ),
        (
            "berapa-lama",
            list(kept_rows(shipped_schedule())),
            tr("Berapa lama data disimpan"),
            tr("Jadwal retensi versi {n}, {tgl}.").format(n=0, tgl=long_day(office.TODAY)),
        ),
        (
            "siapa-kosong",
            [],
            tr("Siapa yang melihat data saya"),
            tr("Sejauh kabarnya sudah sampai di komputer ini."),
        ),
    ):
        if not studio.wanted(f"24-privasi-{name}"):
            continue
        _room(studio)
        empty = tr("Belum ada yang tercatat. Kabar dari kantor datang bersama kiriman berikutnya.")
        actions = TrailActions(lambda rows=rows: rows, studio.jobs)
        sheet = TrailSheet(studio.window, title, about, empty, actions)
        studio.save(f"24-privasi-{name}")
        sheet.dismiss()
    if studio.wanted("24-privasi-akan-dihapus"):
        zone = ZoneInfo("Asia/Jayapura")
        rows = tuple(ending_words(one, zone) for one in ENDINGS)
        about = tr("Diberitahukan {n} hari sebelumnya. Yang belum diterima pusat tidak pernah dihapus.")
        terms = TermsActions(lambda: TermsView(about.format(n=30), rows), studio.jobs)
        kept = replace(office.settings(studio.jobs), terms=terms)
        room = Room("settings", tr("Setelan"), "gear", lambda: Settings(kept))
        studio.window.enter(Who("Rahel", "RM"), lambda: [room], "settings")
        studio.settle()
        area = studio.window.findChild(Scroll, "settings_scroll")
        area.ensureWidgetVisible(studio.window.findChild(TermsCard))
        studio.save("24-privasi-akan-dihapus")
    if studio.wanted("24-privasi-komputer"):
        view = tour.computers(studio.jobs).load()
        zone = ZoneInfo("Asia/Jayapura")
        ends = tuple(office_words(one, NAMES, zone) for one in STEPS if one.deed is Deed.TOLD)
        shown = replace(view, endings=ends)
        actions = ComputersActions(lambda: shown, studio.jobs)
        room = Room("office", tr("Kantor"), "office", lambda: Computers(actions))
        studio.window.enter(Who("Yosina", "YK"), lambda: [room], "office")
        studio.save("24-privasi-komputer")
    if studio.wanted("24-privasi-pemberitahuan"):
        _room(studio)
        shown = PrivacySheet(studio.window, newest_notice(), SimpleNamespace)
        studio.save("24-privasi-pemberitahuan")
        shown.dismiss()


def _room(studio) -> None:
    room = Room("home", tr("Beranda"), "home", lambda: Home(office.home(studio.jobs)))
    studio.window.enter(Who("Rahel", "RM"), lambda: [room], "home")
    studio.settle()
