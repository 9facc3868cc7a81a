"""Figures of Keamanan Informasi Kantor."""

from resources.courses.media.drawing import MUTED, Sheet, Tone


def three_properties() -> Sheet:
    """Draw confidentiality, integrity and availability with a case from the counter for each."""
    sheet = Sheet("Tiga sifat informasi yang dijaga", 238)
    for place, (head, lines, case, tone) in enumerate(
        (
            ("Kerahasiaan", ("hanya yang berhak", "dapat membaca"), "NIK tidak dipajang", Tone.SOFT),
            ("Keutuhan", ("isi tidak berubah", "tanpa izin"), "angka bantuan tetap", Tone.BLUE),
            ("Ketersediaan", ("dapat dibuka", "saat diperlukan"), "ada cadangan teruji", Tone.WARM),
        )
    ):
        x = 20 + place * 222
        sheet.box(x, 24, 196, 92, head, lines, tone, size=16)
        sheet.arrow((x + 98, 116), (x + 98, 148))
        sheet.box(x, 148, 196, 46, case, (), Tone.PLAIN, size=13.5)
    sheet.words(340, 220, "Satu sifat rusak, pelayanan ikut rusak.", size=13, colour=MUTED, anchor="middle")
    return sheet


def safe_stick() -> Sheet:
    """Draw the safe round of an office stick."""
    sheet = Sheet("Perjalanan flashdisk yang aman", 226)
    for place, (head, lines) in enumerate(
        (
            ("Pindai", ("antivirus,", "tanpa putar otomatis")),
            ("Lihat", ("pengelola berkas,", "waspadai .exe .lnk")),
            ("Salin", ("hanya yang perlu,", "ke folder kerja")),
            ("Cabut", ("setelah perintah", "aman dicabut")),
        )
    ):
        x = 18 + place * 164
        sheet.box(x, 28, 150, 88, f"{place + 1}. {head}", lines, Tone.SOFT, size=15)
        if place:
            sheet.arrow((x - 14, 72), (x, 72))
    sheet.box(18, 140, 314, 66, "Isi selalu terkunci", ("penemu tidak dapat membaca",), Tone.DEEP, size=15)
    sheet.box(
        346,
        140,
        316,
        66,
        "Alat antar, bukan gudang",
        ("data asli tetap di komputer kantor",),
        Tone.WARM,
        size=15,
    )
    return sheet


def false_message() -> Sheet:
    """Draw an invented false message with its five signs."""
    sheet = Sheet("Lima tanda pesan palsu", 330)
    sheet.rect(20, 20, 390, 290, Tone.SUNKEN)
    sheet.words(40, 52, "Dari: Admin Kepegawaian", size=14, bold=True)
    sheet.words(40, 72, "nomor baru, belum tersimpan", size=13, colour=MUTED)
    sheet.line(((40, 88), (390, 88)))
    rows = (
        (120, "Akun Anda diblokir dalam 1 jam!"),
        (162, "Perbarui di bkn.go.id.cek-data.example"),
        (204, "Lampiran: surat-tugas.apk"),
        (246, "Balas dengan kode OTP Anda."),
    )
    for y, row in rows:
        sheet.words(40, y + 5, row, size=14.5)
    sheet.words(40, 292, "Pesan ini rekaan.", size=12.5, colour=MUTED)
    signs = (
        (62, "Pengirim asing"),
        (120, "Mendesak"),
        (162, "Alamat mirip"),
        (204, "Lampiran aneh"),
        (246, "Minta kode"),
    )
    for place, (y, sign) in enumerate(signs):
        sheet.line(((372, y), (446, y)), dashed=True)
        sheet.badge(462, y, str(place + 1), tone=Tone.RED)
        sheet.words(486, y + 5, sign, size=15, bold=True)
    sheet.words(450, 292, "Satu tanda saja: berhenti.", size=13.5, bold=True, colour="#A8261C")
    return sheet


def three_two_one() -> Sheet:
    """Draw the 3-2-1 rule of copies."""
    sheet = Sheet("Aturan cadangan 3-2-1", 264)
    sheet.rect(20, 18, 440, 150, Tone.SUNKEN)
    sheet.words(40, 44, "Kantor distrik", size=14.5, bold=True)
    sheet.box(40, 62, 180, 86, "Salinan 1", ("komputer kerja,", "dipakai setiap hari"), Tone.SOFT)
    sheet.arrow((220, 105), (260, 105))
    sheet.box(260, 62, 180, 86, "Salinan 2", ("diska luar terkunci,", "dicabut dari komputer"), Tone.BLUE)
    sheet.rect(500, 18, 160, 150, Tone.SUNKEN)
    sheet.words(514, 44, "Gedung lain", size=14.5, bold=True)
    sheet.box(512, 62, 136, 86, "Salinan 3", ("dibawa tiap", "bulan, terkunci"), Tone.WARM)
    sheet.arrow((440, 105), (512, 105))
    for place, (digit, text) in enumerate((("3", "salinan"), ("2", "jenis media"), ("1", "di tempat lain"))):
        x = 72 + place * 200
        sheet.badge(x, 214, digit, radius=19)
        sheet.words(x + 30, 220, text, size=15)
    sheet.words(340, 252, "Setiap tanggal 1: coba buka tiga berkas.", size=13, colour=MUTED, anchor="middle")
    return sheet


def incident_path() -> Sheet:
    """Draw who tells whom when something has gone wrong."""
    sheet = Sheet("Alur melapor insiden", 256)
    for place, (head, lines, tone) in enumerate(
        (
            ("Petugas", ("menemukan,", "mencatat jam"), Tone.SOFT),
            ("Atasan, TI kantor", ("menahan kerugian,", "menjaga bukti"), Tone.SOFT),
            ("TTIS daerah", ("membantu,", "menilai risiko"), Tone.BLUE),
            ("TTIS sektor, BSSN", ("bila berisiko", "tinggi"), Tone.BLUE),
        )
    ):
        x = 18 + place * 164
        sheet.box(x, 24, 150, 82, head, lines, tone, size=14.5)
        if place:
            sheet.arrow((x - 14, 65), (x, 65))
    sheet.arrow((257, 106), (257, 150))
    text = ("data apa, kapan, bagaimana, penanganannya",)
    sheet.box(90, 150, 334, 60, "Warga dan lembaga, paling lambat 3 x 24 jam", text, Tone.WARM, size=14)
    sheet.words(440, 176, "bila data pribadi", size=13, colour=MUTED)
    sheet.words(440, 194, "terungkap atau hilang", size=13, colour=MUTED)
    sheet.words(340, 238, "Melapor bukan mengaku salah.", size=13.5, bold=True, anchor="middle")
    return sheet


FIGURES = {
    "m1/tiga-sifat.svg": three_properties,
    "m2/flashdisk-aman.svg": safe_stick,
    "m2/tanda-pesan-palsu.svg": false_message,
    "m3/cadangan-321.svg": three_two_one,
    "m3/alur-insiden.svg": incident_path,
}
