"""Figures of module 3 of Pelayanan Publik Digital: standards, the promise, the counter, the form."""

from resources.courses.media.drawing import MUTED, Sheet, Tone


def fourteen_parts() -> Sheet:
    """Draw the fourteen parts of a service standard in the two groups of PermenPANRB 15/2014."""
    sheet = Sheet("Empat belas komponen standar pelayanan", 356)
    sheet.rect(20, 18, 310, 320, Tone.SOFT)
    sheet.words(36, 46, "Dilihat warga (6)", size=15, bold=True, colour="#0B5C56")
    sheet.words(36, 66, "penyampaian pelayanan", size=13, colour=MUTED)
    sheet.rect(350, 18, 310, 320, Tone.SUNKEN)
    sheet.words(366, 46, "Dapur kantor (8)", size=15, bold=True)
    sheet.words(366, 66, "pengelolaan pelayanan", size=13, colour=MUTED)
    seen = (
        "Persyaratan",
        "Sistem, mekanisme, prosedur",
        "Jangka waktu pelayanan",
        "Biaya/tarif",
        "Produk pelayanan",
        "Pengaduan, saran, masukan",
    )
    inside = (
        "Dasar hukum",
        "Sarana, prasarana, fasilitas",
        "Kompetensi pelaksana",
        "Pengawasan internal",
        "Jumlah pelaksana",
        "Jaminan pelayanan",
        "Jaminan keamanan, keselamatan",
        "Evaluasi kinerja pelaksana",
    )
    for number, row in enumerate(seen):
        y = 98 + number * 39
        sheet.badge(50, y, str(number + 1))
        sheet.words(74, y + 5, row, size=14, room=248)
    for number, row in enumerate(inside):
        y = 96 + number * 30
        sheet.badge(380, y, str(number + 7), radius=11.5, tone=Tone.PLAIN)
        sheet.words(402, y + 5, row, size=14, room=250)
    return sheet


def promise() -> Sheet:
    """Draw a specimen of a service promise on one page."""
    sheet = Sheet("Contoh maklumat pelayanan", 372)
    sheet.rect(110, 16, 460, 340, Tone.PLAIN, radius=2)
    sheet.words(340, 50, "MAKLUMAT PELAYANAN", size=19, bold=True, colour="#0B5C56", anchor="middle")
    sheet.words(340, 72, "Kantor Distrik Muara Sagu", size=13.5, colour=MUTED, anchor="middle")
    for number, row in enumerate(
        (
            "Dengan ini kami menyatakan sanggup menyelenggarakan",
            "pelayanan sesuai standar pelayanan yang telah ditetapkan.",
            "Apabila tidak menepati janji ini, kami siap menerima sanksi",
            "sesuai peraturan perundang-undangan.",
        )
    ):
        sheet.words(340, 102 + number * 20, row, size=13.5, anchor="middle", room=440)
    for number, (head, lines) in enumerate(
        (
            ("Waktu", ("60 menit sejak", "berkas lengkap")),
            ("Biaya", ("Rp0, tidak", "dipungut biaya")),
            ("Keluhan", ("Meja 3, atau titip", "kepala kampung")),
        )
    ):
        sheet.box(130 + number * 144, 184, 132, 76, head, lines, Tone.SOFT, size=14)
    sheet.words(340, 290, "Muara Sagu, 3 November 2026", size=13, anchor="middle")
    sheet.words(340, 308, "Kepala Distrik", size=13, anchor="middle")
    sheet.line(((270, 336), (410, 336)))
    sheet.words(340, 350, "tanda tangan dan nama terang", size=11, colour=MUTED, anchor="middle")
    return sheet


def counter_flow() -> Sheet:
    """Draw the flow at the counter with its two branches."""
    sheet = Sheet("Alur di loket", 276)
    sheet.box(20, 24, 140, 66, "1. Warga datang", ("disapa, diberi", "nomor urut"), Tone.SOFT, size=13.5)
    sheet.arrow((160, 57), (190, 57))
    sheet.box(190, 24, 140, 66, "2. Diperiksa", ("satu kali, dengan", "daftar syarat"), Tone.SOFT, size=13.5)
    sheet.arrow((330, 57), (366, 57))
    sheet.words(348, 48, "ya", size=12, colour=MUTED, anchor="middle")
    sheet.box(366, 24, 134, 66, "3. Tanda terima", ("tertulis jam", "selesai"), Tone.DEEP, size=13.5)
    sheet.arrow((500, 57), (530, 57))
    sheet.box(530, 24, 130, 66, "4. Diproses", ("register diisi,", "pengganti siap"), Tone.SOFT, size=13.5)
    sheet.arrow((260, 90), (260, 128))
    sheet.words(270, 114, "belum lengkap", size=12, colour=MUTED)
    sheet.box(
        160,
        128,
        200,
        62,
        "Lembar kekurangan",
        ("apa yang kurang, dasarnya,", "cara melengkapi"),
        Tone.WARM,
        size=13.5,
    )
    sheet.arrow((160, 159), (90, 159), (90, 90), dashed=True)
    sheet.arrow((595, 90), (595, 128))
    sheet.box(530, 128, 130, 62, "5. Diserahkan", ("hasil dan", "survei singkat"), Tone.SOFT, size=13.5)
    sheet.box(
        20,
        214,
        640,
        44,
        "Internet putus? Loket tetap buka: catat, beri nomor, kirim saat jaringan kembali.",
        (),
        Tone.BLUE,
        size=14,
    )
    return sheet


def paper_to_digital() -> Sheet:
    """Draw twenty fields of a paper form shrinking to eight."""
    sheet = Sheet("Dari dua puluh isian menjadi delapan", 284)
    sheet.words(110, 36, "Formulir kertas", size=15, bold=True, anchor="middle")
    sheet.words(110, 56, "20 isian", size=13, colour=MUTED, anchor="middle")
    for number in range(20):
        column, row = number % 2, number // 2
        tone = Tone.SOFT
        if number >= 8:
            tone = Tone.WARM if number < 13 else Tone.RED if number < 17 else Tone.SUNKEN
        sheet.rect(24 + column * 90, 70 + row * 20, 82, 14, tone, radius=3)
    for number, (tone, head, note) in enumerate(
        (
            (Tone.WARM, "5 sudah ada di KK", "tidak diminta lagi"),
            (Tone.RED, "4 tidak dipakai", "dihapus"),
            (Tone.SUNKEN, "3 ditulis dua kali", "digabung"),
        )
    ):
        y = 84 + number * 62
        sheet.box(246, y, 190, 50, head, (note,), tone, size=14)
    sheet.arrow((204, 169), (246, 169))
    sheet.arrow((436, 169), (478, 169))
    sheet.words(570, 36, "Formulir digital", size=15, bold=True, anchor="middle")
    sheet.words(570, 56, "8 isian", size=13, colour=MUTED, anchor="middle")
    sheet.rect(480, 70, 180, 196, Tone.PLAIN)
    for number in range(8):
        sheet.rect(494, 82 + number * 22, 152, 15, Tone.SOFT, radius=3)
    return sheet


FIGURES = {
    "m3/empat-belas-komponen.svg": fourteen_parts,
    "m3/contoh-maklumat.svg": promise,
    "m3/alur-loket.svg": counter_flow,
    "m3/kertas-ke-digital.svg": paper_to_digital,
}
