"""An invented office and its people, as the views that screens are given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.background.jobs import Jobs
from desktop.background.sending import SendingProgress
from desktop.errors import Problem
from desktop.language import tr
from desktop.paper.proof_page import look_at, print_proof
from desktop.paper.sheet import Paper
from desktop.screens.access_bar import LookActions
from desktop.screens.check_sheet import CheckActions, CheckedView, CheckSheet
from desktop.screens.coordinator_home import CoordinatorActions, CoordinatorView, FollowView, NextStep, PcView
from desktop.screens.custody import PieceView
from desktop.screens.evidence import EvidenceActions, EvidenceView, JpEntry, JpState
from desktop.screens.exchange import ExchangeActions, ExchangeView, LastExchange
from desktop.screens.first_run import FirstRunActions, OfficePreview, ReadyLine
from desktop.screens.home import EntryView, HomeActions, HomeView, ResumeView
from desktop.screens.jp_card import JpView
from desktop.screens.meter import MeterView
from desktop.screens.new_guest import FoundGuest, GuestActions
from desktop.screens.new_person import FoundPerson, SignUpActions
from desktop.screens.paper_sheet import DrawnPaper, PaperActions, PaperSheet, PaperSize
from desktop.screens.pin_reset import ResetActions
from desktop.screens.settings import ServerAnswer, SettingsActions, SettingsView
from desktop.screens.settings_office import OfficeActions
from desktop.screens.settings_roads import HubActions, HubView, RoadActions
from desktop.screens.sign_in import PlaceView, SignInActions
from desktop.screens.status_line import Place
from desktop.screens.tile import TileView
from sync.journal.keys import SigningKey
from sync.proof import Proof, ProofKind, sign_proof
from tests.fakes import outside
from tests.fakes.outside import nothing

TODAY = date(2026, 11, 24)
OFFICE = OfficePreview(
    "kunci", "Kantor Distrik Waropko", "WIT", "Yosina Kambu", "48210 33907 11865 90427", "17 November 2026",
    ("https://pusat.example",), 14,
)  # fmt: skip
TILES = (
    TileView(b"r" * 16, "Rahel", "RM", "hari ini, 09.12"),
    TileView(b"y" * 16, "Yosina", "YK", "kemarin"),
    TileView(b"a" * 16, "Agustinus", "AW", "19 November"),
)
PIN = "482913"


def calm_look() -> LookActions:
    return LookActions(lambda _l: None, lambda _s: None, lambda _t: None, lambda: None)


def wrong_pin(_profile: bytes, pin: str) -> object:
    if pin != PIN:
        raise Problem("PIN tidak cocok.", "Tersisa 4 percobaan.")
    return "session"


def find_person(nip: str, _birth: date | None) -> FoundPerson:
    if nip.endswith("1001"):
        return FoundPerson(name="Rahel Marani", unit="Sekretariat", kind="PNS", listed=True, needs_code=True)
    return FoundPerson(kind="PNS", listed=False)


def find_guest(code: str) -> FoundGuest:
    if code.startswith("7"):
        return FoundGuest(name="Sari Lestari", about="tamu sampai 31 Maret 2027")
    return FoundGuest(fault="Kode ini tidak ada di berkas kantor. Periksa hurufnya dengan koordinator.")


def pin_fault(pin: str, _birth: date | None = None) -> str:
    return "" if len(pin) >= 6 else tr("PIN harus 6 sampai 12 angka.")


def sign_in(
    jobs: Jobs,
    entered: Callable[[object], None] = nothing,
    tiles=TILES,
    exchange: Callable[[], None] = nothing,
) -> SignInActions:
    return SignInActions(
        tiles=lambda: tiles,
        place=lambda: PlaceView("PC Loket 1", "Kantor Distrik Waropko, WIT"),
        unlock=wrong_pin,
        entered=entered,
        sign_up=SignUpActions(find_person, lambda wish: wish, pin_fault),
        guest=GuestActions(find_guest, lambda wish: wish, pin_fault),
        reset=ResetActions(lambda _profile, _code, _pin: "session", pin_fault),
        look=calm_look(),
        jobs=jobs,
        exchange=exchange,
    )


def first_run(
    jobs: Jobs, office: OfficePreview | None = OFFICE, done: Callable[[], None] = nothing
) -> FirstRunActions:
    return FirstRunActions(
        found=lambda: office,
        choose_file=lambda _parent: "/media/stick/kantor.suluh-kantor",
        inspect=lambda _path: OFFICE,
        adopt=lambda _office, _name: None,
        done=done,
        ready=lambda: (
            ReadyLine(True, tr("Ruang cukup"), "38,2 GB tersedia, perlu 2 GB"),
            ReadyLine(True, tr("Jam komputer cocok"), "24 November 2026, 09.04 WIT"),
            ReadyLine(True, tr("Tidak perlu hak admin"), tr("Suluh dipasang untuk pengguna ini")),
        ),
        suggested_name=lambda: "PC Loket 1",
        look=calm_look(),
        jobs=jobs,
    )


HOME = HomeView(
    TODAY,
    ResumeView("a", "Pelayanan Publik Digital", "Halaman 4 dari 9, sekitar 12 menit lagi", 4, 9),
    JpView(2026, 800, 400, 0, 2000),
    (
        EntryView(
            "q",
            "quiz",
            "Kuis: Etika Pelayanan",
            "Batas 27 November 2026, 30 soal",
            "3 hari lagi",
            "warn",
            "clock",
        ),
        EntryView("m", "book", "Standar dan Maklumat", "Pelayanan Publik Digital, modul 3 dari 5"),
        EntryView("n", "book", "Keamanan Informasi Kantor", "Wajib, 2 JP, belum mulai"),
    ),
    (
        EntryView(
            "j", "award", "2 JP diakui: Keamanan Informasi Kantor", "Diterima pusat 21 November", tint="ok"
        ),
        EntryView("", "letter", "Pengumuman: jadwal listrik padam", "Kantor pusat, 20 November", tint="info"),
        EntryView(
            "b", "book", "Modul baru: Menulis Naskah Dinas", "5 JP, 48 MB, sudah terpasang", tint="info"
        ),
    ),
)
EMPTY_HOME = HomeView(TODAY, None, JpView(2026, 0, 0, 0, 2000))
LONG_HOME = replace(
    HOME,
    resume=ResumeView(
        "a",
        "Penyelenggaraan Pelayanan Publik Berbasis Elektronik bagi Aparatur Distrik dan Kampung di Wilayah Terpencil",
        "Video: Cerita dari loket distrik yang melayani sebelas kampung, detik ke-214 dari 371, sekitar 12 menit lagi",
        214, 371, "video",
    ),
    jp=JpView(2026, 1250, 475, 225, 2000),
)  # fmt: skip


def home(jobs: Jobs, view: HomeView = HOME, resume: Callable[[str], None] = nothing) -> HomeActions:
    return HomeActions(lambda: view, resume, nothing, nothing, nothing, jobs)


COORDINATOR = CoordinatorView(
    "Kantor Distrik Waropko",
    (
        PcView("PC Loket 1", date(2026, 11, 21)),
        PcView("PC Loket 3", date(2026, 11, 21)),
        PcView("PC Arsip", date(2026, 11, 20)),
        PcView("PC Sekretariat", date(2026, 11, 20)),
        PcView("PC Puskesmas", date(2026, 11, 3), stale=True),
        PcView("PC Loket 2", None),
    ),
    NextStep("send", "Kunjungi 1 komputer lagi: PC Loket 2", "Data dari 5 komputer sudah ada. Sesudah itu kirim ke pusat.", "Lihat caranya"),
    42, 37, 3, 2,
    (
        FollowView("a", "Agustinus Wambrauw", "AW", "Belum mulai", "muted", 0),
        FollowView("d", "Dorkas Sroyer", "DS", "14 hari tidak aktif", "warn", 600, "clock"),
        FollowView("f", "Frengki Tabuni", "FT", "Di bawah laju 20 JP", "warn", 900),
        FollowView("g", "Maria Goreti Kalakmabin-Uropmabin", "MK", "Belum ada data", "muted", None),
    ),
    ResumeView("a", "Pelayanan Publik Digital", "Halaman 4 dari 9, sekitar 12 menit lagi", 4, 9),
)  # fmt: skip


def coordinator(jobs: Jobs, view: CoordinatorView = COORDINATOR) -> CoordinatorActions:
    return CoordinatorActions(lambda: view, nothing, nothing, nothing, jobs)


EVIDENCE = EvidenceView(
    (2026, 2025),
    JpView(2026, 800, 400, 1000, 2000, TODAY),
    (
        JpEntry(
            "Menulis Naskah Dinas",
            400,
            date(2026, 11, 22),
            JpState.WAITING,
            "Nilai 88",
            Place.COORDINATOR,
            date(2026, 11, 23),
            "K7Q2-9XRT",
            "naskah-dinas",
        ),
        JpEntry(
            "Dasar Arsip Dinamis",
            600,
            date(2026, 10, 5),
            JpState.RECOGNISED,
            "Nilai 92,5",
            Place.CENTRE,
            date(2026, 10, 9),
            "B8NC-6YFA",
            "arsip-dinamis",
            "00037/SLH/BPSDM-PAPUA/2026",
        ),
        *outside.ENTRIES,
    ),
    outside.ROUTES,
    asked=outside.ASKED,
)


def evidence(jobs: Jobs, view: EvidenceView = EVIDENCE) -> EvidenceActions:
    return EvidenceActions(
        lambda _year: view,
        nothing,
        jobs,
        proof=lambda window, _course: proof_sheet(window, proofs(jobs)),
        check=lambda window: CheckSheet(window, checks(jobs)),
        training=lambda window, claim: outside.training_sheet(window, claim, jobs),
        paper=lambda window, _which, _year: proof_sheet(window, proofs(jobs)),
        session=lambda window, deed, name: outside.session_sheet(window, deed, name, jobs),
        reflect=lambda window, year: outside.reflection_sheet(window, year, jobs),
    )


def proof_sheet(window: QWidget, actions: PaperActions) -> PaperSheet:
    return PaperSheet(window, tr("Bukti belajar"), "bukti-jp", actions, "award")


def proofs(jobs: Jobs, *, number: str = "00037/SLH/BPSDM-PAPUA/2026", **more: object) -> PaperActions:
    """Papers drawn for real, signed by nobody's key."""
    said = Proof(
        ProofKind.CERTIFICATE if number else ProofKind.PROVISIONAL,
        "Rahel Mandosir",
        "198609262015052001",
        "arsip-dinamis",
        "Dasar Arsip Dinamis",
        "1.0",
        600,
        date(2026, 10, 5),
        "BPSDM Provinsi Papua" if number else "Kantor Distrik Waropko",
        number,
    )
    text = sign_proof(said, SigningKey.generate())

    def draw(size: PaperSize) -> DrawnPaper:
        pdf = print_proof(text, Paper[size.name])
        title = f"Sertifikat {number}" if number else "Bukti Penyelesaian Sementara"
        about = "Diterbitkan pusat." if number else "Belum berlaku sebagai sertifikat resmi."
        return DrawnPaper(title, 1, pdf, look_at(pdf, 600), about, "ok" if number else "info")

    return replace(
        PaperActions(draw, lambda _parent, title: f"/media/stick/{title}.pdf", nothing, jobs), **more
    )


CHECKED = CheckedView(
    "ok",
    "Sertifikat ini asli.",
    "Cocokkan nama dan NIP di bawah dengan yang tercetak.",
    (
        ("Nomor", "00037/SLH/BPSDM-PAPUA/2026"),
        ("Nama", "Rahel Mandosir"),
        ("NIP", "19860926 201505 2 001"),
        ("Mata pelatihan", "Dasar Arsip Dinamis"),
        ("Jam pelajaran", "6 JP"),
        ("Selesai", "5 Oktober 2026"),
        ("Penerbit", "BPSDM Provinsi Papua"),
    ),
)
FORGED = CheckedView(
    "bad",
    "Ini bukan bukti dari Suluh, atau isinya sudah diubah.",
    "Jangan diterima. Minta berkas aslinya, lalu periksa lagi.",
)


def checks(jobs: Jobs) -> CheckActions:
    return CheckActions(
        lambda text: CHECKED if text.startswith("SULUH1:") else FORGED,
        lambda _path: CHECKED,
        lambda _parent: "/media/stick/sertifikat.pdf",
        jobs,
    )


EXCHANGE = ExchangeView(
    3,
    2,
    date(2026, 11, 17),
    "https://pusat.suluh.go.id",
    "Kantor Distrik Waropko",
    "PC Loket 1",
    online=False,
    last=LastExchange(date(2026, 11, 17), "16.42 WIT", 128, 40, 1_240),
    meter=MeterView(12_400, 1_240_000, 50_000_000),
    pieces=(
        PieceView("Kuis: Etika Pelayanan", date(2026, 11, 24), Place.PC, icon="quiz"),
        PieceView("Standar dan Maklumat", date(2026, 11, 22), Place.PC),
        PieceView(
            "Menulis Naskah Dinas",
            date(2026, 11, 20),
            Place.COORDINATOR,
            date(2026, 11, 21),
            "K7Q2-9XRT",
            "award",
        ),
        PieceView(
            "Kuis: Menulis Naskah Dinas",
            date(2026, 11, 19),
            Place.COORDINATOR,
            date(2026, 11, 21),
            "M4TD-2HWB",
            "quiz",
        ),
        PieceView(
            "Dasar Arsip Dinamis", date(2026, 10, 5), Place.CENTRE, date(2026, 10, 9), "B8NC-6YFA", "award"
        ),
        PieceView(
            "Keamanan Informasi Kantor",
            date(2026, 9, 14),
            Place.CENTRE,
            date(2026, 9, 30),
            "W3PX-5KJG",
            "award",
        ),
    ),
)
HELD = replace(EXCHANGE, held=3, held_since=date(2026, 11, 21))
SENDING = replace(EXCHANGE, sending=True, online=True, progress=SendingProgress(480_000, 1_240_000, 170))
LIMITED = replace(EXCHANGE, meter=MeterView(2_400_000, 50_100_000, 50_000_000, lan=3_100_000))
NEWCOMER = replace(
    EXCHANGE, unsent=0, others=0, received_since=None, server="", last=None, pieces=(), meter=MeterView(0, 0)
)  # fmt: skip


def exchange(jobs: Jobs, view: ExchangeView = EXCHANGE) -> ExchangeActions:
    return ExchangeActions(lambda: view, nothing, nothing, jobs, nothing)


SETTINGS = SettingsView(
    "", ("https://pusat.suluh.go.id",), 5, "PC Loket 1", OFFICE, "0.1.0", "/home/loket/.local/share/suluh", 50
)
NO_SUCH_CODE = Problem("Kode pendaftaran tidak cocok dengan NIP ini.", "Periksa kodenya, lalu coba lagi.")
HUB = HubView(may_serve=True, typed="", found="192.168.1.10:8751")


class HubOfOffice(QObject):
    """A hub that comes and goes at once."""

    changed = Signal(object)

    def __init__(self, view: HubView, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view

    def serve(self, on: bool) -> None:
        self.changed.emit(replace(self._view, serving=on, address="192.168.1.14:8751" if on else ""))


def roads(jobs: Jobs, hub: HubView = HUB) -> RoadActions:
    made = HubOfOffice(hub, jobs)
    return RoadActions(nothing, nothing, jobs, HubActions(lambda: hub, made.serve, nothing, made.changed))


def settings(
    jobs: Jobs, look: LookActions | None = None, view: SettingsView = SETTINGS, hub: HubView = HUB
) -> SettingsActions:
    return SettingsActions(
        load=lambda: view,
        check=lambda address: ServerAnswer("Pusat Suluh", ours="pusat" in address),
        set_server=nothing,
        set_idle=nothing,
        office=OfficeActions(
            set_pc=nothing,
            choose=lambda _parent: "/media/stick/kantor.suluh-kantor",
            inspect=lambda _path: OFFICE,
            adopt=nothing,
            use_code=lambda _code, _pin, refused: refused(NO_SUCH_CODE),
        ),
        say=nothing,
        look=look or calm_look(),
        jobs=jobs,
        roads=roads(jobs, hub),
    )
