"""Rosters in the gallery: the preview with every change, every mistake, and three thousand people; the card."""

from datetime import date

from PySide6.QtWidgets import QScrollArea, QWidget

from desktop.app.desk_roster import PROPOSALS
from desktop.language import tr
from desktop.office.roster import Preview, preview
from desktop.screens.arrange import column, holder
from desktop.screens.rooms import Room, Who
from desktop.screens.roster_card import ProposalView, RosterActions, RosterCard
from desktop.screens.roster_sheet import RosterSheet
from sync.officefile import NipRecord, PersonEntry
from sync.roster.sheet import Row
from tests.fakes import people_at_work as office

TODAY = date(2026, 11, 25)
LONG = "Wahyu Setiawan Nugroho Adiputra Kusumawardhana Wirahadikusuma, S.Sos., M.A.P., CGCAE"
FAR = "Bidang Pengadaan, Pemberhentian, Informasi, dan Pembinaan Aparatur Sipil Negara Distrik Waropen Bawah"
HEAD = ("NO", "NAMA PEGAWAI", "NIP BARU", "UNIT ORGANISASI", "PERAN", "NIP LAMA", "TMT KONTRAK")
HELD = (
    ("Markus Itlay", "197501012000031002", "Sekretariat", "coordinator"),
    ("Yohana Wenda", "198609262015051001", "Sekretariat", "learner"),
    ("Maria Goreti Imbiri", "199604242022212008", "Kependudukan", "learner"),
    ("Ketut Jaya Mahendra", "197812052003121001", "Kependudukan", "learner"),
    ("Wahyu Setiawan", "199201252018011009", "Ketenteraman dan Ketertiban", "learner"),
)
PEOPLE = tuple(
    PersonEntry(bytes([n]) * 16, (NipRecord(nip, contract="2022-03-01" if n == 3 else ""),), name, unit, role)
    for n, (name, nip, unit, role) in enumerate(HELD, 1)
)


def rows_of(*cells: tuple[str, ...]) -> tuple[Row, ...]:
    return ((1, HEAD), *((n, (str(n - 1), *row)) for n, row in enumerate(cells, 2)))


MARKUS = ("MARKUS ITLAY", "197501012000031002", "Sekretariat", "koordinator", "", "")
CHANGES = rows_of(
    MARKUS,
    ("YOHANA WENDA, S.KOM", "198609262015051001", FAR, "pengajar", "", ""),
    ("Maria Goreti Imbiri", "199604242022212008", "Kependudukan", "peserta", "", "01-03-2027"),
    (LONG, "199201252018011009", "Ketenteraman dan Ketertiban", "peserta", "", ""),
    ("Lukas Imbiri", "199805052024211004", "Distrik Baru", "peserta", "", ""),
    ("Sari Lestari", "", "Narasumber", "tamu", "", ""),
)
FAULTS = rows_of(
    MARKUS,
    ("Yohana Wenda", "198609262015051001", "Sekretariat", "peserta", "", ""),
    ("Yohana Wenda", "198609262015051001", "Kependudukan", "peserta", "", ""),
    (LONG, "1,99201E+17", FAR, "peserta", "", ""),
    ("Lukas Imbiri", "199813052024211004", "Distrik Baru", "bendahara", "", "tahun lalu"),
    ("Ketut Jaya Mahendra", "", "Kependudukan", "peserta", "", ""),
    ("", "", "Kependudukan", "", "", ""),
)

SAME = rows_of(MARKUS, *((name, nip, unit, "peserta", "", "") for name, nip, unit, _ in HELD[1:]))


def many() -> Preview:
    """Three thousand people of a regency: more than any screen shows line by line."""
    cells = [MARKUS]
    for n in range(3_000):
        born = date.fromordinal(date(1975, 1, 1).toordinal() + n)
        cells.append(
            (
                f"Pegawai Nomor {n}",
                f"{born:%Y%m%d}201501{1 + n % 2}{1 + n % 999:03}",
                f"Distrik {n % 40}",
                "",
                "",
                "",
            )
        )
    return preview(rows_of(*cells), PEOPLE, TODAY)


def draw_roster(studio) -> None:
    """Draw the previews, then the card with what became of proposals and who moved."""
    for name, made in (
        ("pratinjau", lambda: preview(CHANGES, PEOPLE, TODAY)),
        ("salah", lambda: preview(FAULTS, PEOPLE, TODAY)),
        ("ribuan", many),
        ("sama", lambda: preview(SAME, PEOPLE, TODAY)),
    ):
        if studio.wanted(f"27-daftar-{name}"):
            _stand(studio, office.nothing)
            sheet = RosterSheet(studio.window, f"Data Pegawai {FAR}.xlsx", made(), office.nothing)
            studio.save(f"27-daftar-{name}")
            area = sheet.sheet.findChild(QScrollArea)
            if area is not None and area.verticalScrollBar().maximum() > 0:
                area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
                studio.save(f"27-daftar-{name}-akhir")
            sheet.sheet.dismiss()
    if studio.wanted("27-daftar-kartu"):
        _stand(studio, office.nothing)
        studio.save("27-daftar-kartu")


def _stand(studio, _then) -> None:
    room = Room("office", tr("Kantor"), "office", lambda: _card(studio))
    studio.window.enter(Who("Markus", "MI"), lambda: [room], "office")
    studio.settle()


def _card(studio) -> QWidget:
    lines = (
        ProposalView("25 Nov: 2 masuk, 3 berubah, 1 keluar", tr("Menunggu pusat."), "muted"),
        ProposalView("3 Nov: 1 masuk, 0 berubah, 0 keluar", "Diterima pusat: berkas kantor versi 2.", "ok"),
        ProposalView(
            "1 Okt: 0 masuk, 9 berubah, 0 keluar", f"Tidak diambil pusat: {FAR} bukan unit kantor ini", "warn"
        ),
    )[:PROPOSALS]
    moved = (
        ProposalView(
            "Maria Goreti Imbiri", "Pindah ke Kantor Distrik Sentani Timur, 25 November 2026", "move"
        ),
        ProposalView(LONG, f"Pindah dari {FAR}, 3 November 2026", "move"),
    )
    nothing = office.nothing
    card = RosterCard(RosterActions(lambda: lines + moved, nothing, nothing, nothing, studio.jobs))
    card.refresh()
    return holder(column(card, None, margins=(40, 40, 40, 40)))
