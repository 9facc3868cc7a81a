"""Figures of module 5 of Pelayanan Publik Digital: design thinking, offline first, and the poster."""

from resources.courses.media.drawing import INK, MUTED, Sheet, Tone


def five_stages() -> Sheet:
    """Draw the five stages with the way back."""
    sheet = Sheet("Lima tahap pemikiran desain", 196)
    for place, (head, lines) in enumerate(
        (
            ("Empati", ("amati, tanya,", "jalani")),
            ("Rumuskan", ("siapa perlu apa,", "karena apa")),
            ("Cari ide", ("banyak dahulu,", "pilih kemudian")),
            ("Purwarupa", ("kasar, murah,", "satu hari")),
            ("Uji coba", ("kecil, terukur,", "jujur")),
        )
    ):
        x = 18 + place * 131
        sheet.box(
            x, 52, 119, 84, f"{place + 1}. {head}", lines, Tone.SOFT if place < 4 else Tone.DEEP, size=13.5
        )
        if place:
            sheet.arrow((x - 12, 94), (x, 94))
    sheet.arrow((602, 52), (602, 28), (78, 28), (78, 52), dashed=True)
    sheet.words(340, 20, "hasil uji membawa kita kembali", size=12.5, colour=MUTED, anchor="middle")
    sheet.words(340, 170, "Mulai dari manusia, bukan dari aplikasi.", size=13.5, bold=True, anchor="middle")
    return sheet


def journey() -> Sheet:
    """Draw one citizen's journey with the mood at each step."""
    sheet = Sheet("Peta perjalanan Mama Debora", 318)
    steps = (
        ("Dengar kabar", "dari tetangga", 120),
        ("Berangkat", "perahu 3 jam", 150),
        ("Antre", "40 menit", 132),
        ("Ditolak", "kurang 1 berkas", 226),
        ("Kembali", "3 hari kemudian", 190),
        ("Terima surat", "pulang", 92),
    )
    sheet.words(24, 84, "senang", size=12, colour=MUTED)
    sheet.words(24, 236, "kecewa", size=12, colour=MUTED)
    sheet.line(((84, 160), (660, 160)), dashed=True)
    points = [(124 + place * 100, y) for place, (_, _, y) in enumerate(steps)]
    sheet.line(points, colour="#0B5C56")
    for place, ((head, note, _), (x, y)) in enumerate(zip(steps, points, strict=True)):
        sheet.badge(x, y, str(place + 1), tone=Tone.RED if head == "Ditolak" else Tone.DEEP)
        sheet.words(x, 282, head, size=13, bold=True, anchor="middle", room=100)
        sheet.words(x, 300, note, size=12, colour=MUTED, anchor="middle", room=100)
    sheet.words(24, 36, "Tokoh rekaan, 61 tahun. Ingin akta kelahiran untuk cucunya.", size=14, bold=True)
    sheet.words(424, 258, "titik terendah", size=12.5, bold=True, colour="#A8261C", anchor="middle")
    return sheet


def impact_effort() -> Sheet:
    """Draw the four squares of impact and effort."""
    sheet = Sheet("Dampak dan upaya", 324)
    for x, y, head, lines, tone in (
        (90, 20, "Kerjakan minggu ini", ("daftar syarat di kampung,", "kantor memfotokopi"), Tone.DEEP),
        (376, 20, "Rencanakan", ("loket keliling", "setiap bulan"), Tone.BLUE),
        (90, 146, "Bila sempat", ("cat ulang loket",), Tone.SUNKEN),
        (376, 146, "Jangan", ("aplikasi antrean sendiri",), Tone.RED),
    ):
        sheet.box(x, y, 274, 114, head, lines, tone, size=15)
    sheet.words(20, 70, "Dampak", size=13, bold=True)
    sheet.words(20, 88, "besar", size=13, colour=MUTED)
    sheet.words(20, 196, "Dampak", size=13, bold=True)
    sheet.words(20, 214, "kecil", size=13, colour=MUTED)
    sheet.words(227, 286, "Upaya kecil", size=13, bold=True, anchor="middle")
    sheet.words(513, 286, "Upaya besar", size=13, bold=True, anchor="middle")
    sheet.words(
        370,
        310,
        "Dampak dinilai oleh warga, upaya dinilai oleh petugas.",
        size=12.5,
        colour=MUTED,
        anchor="middle",
    )
    return sheet


def offline_first() -> Sheet:
    """Draw the queue of an office without a network."""
    sheet = Sheet("Layanan luring-dulu", 238)
    for place, (head, lines, tone) in enumerate(
        (
            ("Catat", ("nomor urut,", "jam di loket"), Tone.SOFT),
            ("Simpan", ("di komputer,", "bukti bagi warga"), Tone.SOFT),
            ("Kirim", ("saat jaringan ada,", "tanpa ganda"), Tone.BLUE),
            ("Cocokkan", ("jumlah dikirim =", "jumlah diterima"), Tone.DEEP),
            ("Kabari", ("papan, SMS, atau", "kepala kampung"), Tone.SOFT),
        )
    ):
        x = 16 + place * 132
        sheet.box(x, 66, 118, 88, head, lines, tone, size=14)
        if place:
            sheet.arrow((x - 14, 110), (x, 110))
    sheet.rect(16, 18, 250, 32, Tone.WARM)
    sheet.words(141, 39, "tanpa internet pun berjalan", size=13, bold=True, anchor="middle")
    sheet.rect(280, 18, 382, 32, Tone.SUNKEN)
    sheet.words(471, 39, "menyusul saat jaringan kembali", size=13, bold=True, anchor="middle")
    sheet.arrow((603, 154), (603, 194), (75, 194), (75, 154), dashed=True)
    sheet.words(
        340, 216, "jumlah tidak cocok: cari nomor yang hilang", size=12.5, colour=MUTED, anchor="middle"
    )
    return sheet


def thirty_days() -> Sheet:
    """Draw the one-page poster of the thirty-day plan."""
    sheet = Sheet("Peta rencana 30 hari", 452)
    sheet.words(340, 40, "Rencana aksi 30 hari", size=20, bold=True, colour="#0B5C56", anchor="middle")
    sheet.words(
        340, 62, "satu masalah, satu ukuran, satu penanggung jawab", size=13.5, colour=MUTED, anchor="middle"
    )
    weeks = (
        ("Minggu 1", "Sepakati", ("masalah, ukuran, angka awal,", "tanda tangan atasan")),
        ("Minggu 2", "Coba", ("purwarupa di satu tempat,", "catatan setiap hari")),
        ("Minggu 3", "Perbaiki", ("satu hal saja,", "latih petugas pengganti")),
        ("Minggu 4", "Putuskan", ("ukur, bandingkan,", "umumkan kepada warga")),
    )
    for place, (week, head, lines) in enumerate(weeks):
        y = 84 + place * 76
        sheet.rect(24, y, 110, 62, Tone.DEEP)
        sheet.words(79, y + 37, week, size=15, bold=True, colour="#FFFFFF", anchor="middle")
        sheet.rect(146, y, 330, 62, Tone.SOFT)
        sheet.words(162, y + 26, head, size=15, bold=True)
        sheet.words(162, y + 46, " ".join(lines), size=12.5, colour=MUTED, room=306)
        if place < len(weeks) - 1:
            sheet.arrow((79, y + 62), (79, y + 76))
    sheet.rect(492, 84, 164, 290, Tone.WARM)
    sheet.words(574, 112, "Papan kantor", size=15, bold=True, anchor="middle")
    for row, (label, value) in enumerate((("Angka awal", "40%"), ("Sasaran", "20%"), ("Hari ini", "16%"))):
        y = 132 + row * 80
        sheet.rect(508, y, 132, 66, Tone.PLAIN)
        sheet.words(574, y + 22, label, size=12.5, colour=MUTED, anchor="middle")
        sheet.words(574, y + 52, value, size=22, bold=True, colour=INK, anchor="middle")
    sheet.rect(24, 394, 632, 40, Tone.BLUE)
    text = "Berhasil? Masukkan ke standar pelayanan, lalu ajarkan kepada satu kantor lain."
    sheet.words(340, 419, text, size=13.5, bold=True, anchor="middle", room=610)
    return sheet


FIGURES = {
    "m5/lima-tahap.svg": five_stages,
    "m5/peta-perjalanan.svg": journey,
    "m5/dampak-upaya.svg": impact_effort,
    "m5/luring-dulu.svg": offline_first,
    "m5/peta-30-hari.svg": thirty_days,
}
