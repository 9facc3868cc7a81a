"""Figures of module 1 and 2 of Pelayanan Publik Digital: rights, rules, signatures."""

from resources.courses.media.drawing import MUTED, Sheet, Tone


def three_kinds() -> Sheet:
    """Draw the scope of public service: goods, services, administrative service."""
    sheet = Sheet("Tiga bentuk pelayanan publik", 236)
    sheet.box(200, 18, 280, 52, "Pelayanan publik", ("UU 25/2009 Pasal 1 dan Pasal 5",), Tone.DEEP)
    for x, head, lines in (
        (20, "Barang publik", ("air bersih, obat puskesmas,", "listrik, jalan kampung")),
        (240, "Jasa publik", ("berobat, belajar di sekolah,", "naik kapal perintis")),
        (460, "Administratif", ("KTP-el, akta lahir, izin,", "surat keterangan")),
    ):
        sheet.arrow((340, 70), (340, 96), (x + 100, 96), (x + 100, 122))
        sheet.box(x, 122, 200, 92, head, lines, Tone.SOFT, size=15)
    return sheet


def twelve_principles() -> Sheet:
    """Draw the twelve principles of Article 4 in four groups of meaning."""
    sheet = Sheet("Dua belas asas pelayanan publik", 352)
    groups = (
        (
            20,
            18,
            "Untuk siapa",
            (
                "a. kepentingan umum",
                "c. kesamaan hak",
                "g. persamaan perlakuan",
                "j. fasilitas khusus kelompok rentan",
            ),
        ),
        (350, 18, "Menurut apa", ("b. kepastian hukum", "d. keseimbangan hak dan kewajiban")),
        (
            20,
            184,
            "Oleh siapa",
            ("e. keprofesionalan", "f. partisipatif", "h. keterbukaan", "i. akuntabilitas"),
        ),
        (
            350,
            184,
            "Seberapa baik",
            ("k. ketepatan waktu", "l. kecepatan, kemudahan,", "   dan keterjangkauan"),
        ),
    )
    for x, y, head, rows in groups:
        sheet.rect(x, y, 310, 150, Tone.SOFT)
        sheet.words(x + 16, y + 28, head, size=15, bold=True, colour="#0B5C56")
        for number, row in enumerate(rows):
            line = y + 54 + number * 24
            sheet.words(x + 16, line, row[:2].strip(), size=13.5, colour=MUTED)
            sheet.words(x + 40, line, row[3:], size=13.5, room=256)
    return sheet


def who_watches() -> Sheet:
    """Draw the ladder of a complaint from the counter to the Ombudsman."""
    sheet = Sheet("Ke mana warga mengadu", 250)
    steps = (
        (20, "1. Pelaksana", ("petugas di loket", "minta perbaikan"), Tone.PLAIN),
        (186, "2. Penyelenggara", ("kepala kantor,", "kotak aduan, LAPOR!"), Tone.SOFT),
        (352, "3. Pembina", ("bupati atau wali kota,", "inspektorat"), Tone.BLUE),
        (518, "4. Ombudsman", ("gratis, setelah", "mengadu ke instansi"), Tone.WARM),
    )
    for number, (x, head, lines, tone) in enumerate(steps):
        y = 144 - number * 40
        sheet.box(x, y, 142, 86, head, lines, tone, size=13.5)
        if number < len(steps) - 1:
            sheet.arrow((x + 71, y), (x + 71, y - 20), (x + 166, y - 20))
    sheet.words(660, 206, "Setiap pengaduan wajib ditanggapi.", size=13, colour=MUTED, anchor="end")
    sheet.words(660, 226, "Warga tidak boleh dipersulit karena mengadu.", size=13, colour=MUTED, anchor="end")
    return sheet


def inclusive_counter() -> Sheet:
    """Draw the barriers of a counter and what takes each of them away."""
    sheet = Sheet("Hambatan di loket dan jalan keluarnya", 296)
    sheet.words(20, 34, "Hambatan", size=15, bold=True)
    sheet.words(340, 34, "Akomodasi yang layak", size=15, bold=True)
    rows = (
        ("Tangga, pintu sempit", "Bidang miring, atau petugas datang ke warga"),
        ("Tidak mendengar panggilan", "Nomor di layar, catatan tertulis"),
        ("Tidak dapat membaca", "Petugas membacakan, gambar alur"),
        ("Bahasa ibu, bukan Indonesia", "Juru bahasa kampung, istilah sederhana"),
        ("Tidak punya ponsel", "Jalur kertas dengan hak yang sama"),
    )
    for number, (barrier, answer) in enumerate(rows):
        y = 50 + number * 48
        sheet.rect(20, y, 250, 38, Tone.WARM)
        sheet.words(34, y + 24, barrier, size=13.5, room=230)
        sheet.arrow((270, y + 19), (340, y + 19))
        sheet.rect(340, y, 320, 38, Tone.SOFT)
        sheet.words(352, y + 24, answer, size=13.5, room=300)
    return sheet


def spbe_elements() -> Sheet:
    """Draw the SPBE elements a district office meets, from process to service."""
    sheet = Sheet("Layanan SPBE berdiri di atas unsur lain", 320)
    sheet.box(150, 16, 380, 56, "Layanan SPBE", ("yang dirasakan warga dan pegawai",), Tone.DEEP, size=15)
    for x, head, lines in (
        (20, "Proses bisnis", ("langkah kerja yang", "sudah dirapikan")),
        (240, "Data dan informasi", ("satu data, dipakai", "bersama")),
        (460, "Aplikasi SPBE", ("aplikasi umum dulu,", "aplikasi khusus bila perlu")),
    ):
        sheet.box(x, 104, 200, 78, head, lines, Tone.SOFT)
        sheet.arrow((x + 100, 104), (x + 100, 88), (340, 88), (340, 72))
    sheet.box(20, 206, 310, 44, "Infrastruktur SPBE", ("jaringan, pusat data, listrik",), Tone.BLUE)
    sheet.box(350, 206, 310, 44, "Keamanan SPBE", ("rahasia, utuh, tersedia, asli",), Tone.WARM)
    sheet.box(20, 262, 640, 42, "Rencana induk, arsitektur, peta rencana, anggaran", (), Tone.SUNKEN)
    return sheet


def one_data() -> Sheet:
    """Draw the roles of Satu Data Indonesia around one datum."""
    sheet = Sheet("Peran dalam Satu Data Indonesia", 232)
    for x, head, lines, tone in (
        (20, "Produsen data", ("dinas atau distrik", "yang mencatat"), Tone.SOFT),
        (250, "Walidata", ("memeriksa, mengelola,", "menyebarluaskan"), Tone.DEEP),
        (480, "Pengguna data", ("instansi lain", "dan masyarakat"), Tone.SOFT),
    ):
        sheet.box(x, 110, 180, 86, head, lines, tone, size=14.5)
    sheet.arrow((200, 153), (250, 153))
    sheet.arrow((430, 153), (480, 153))
    sheet.box(120, 18, 440, 54, "Pembina data", ("menetapkan standar; BPS untuk data statistik",), Tone.BLUE)
    sheet.arrow((160, 72), (160, 91), (110, 91), (110, 110))
    sheet.arrow((340, 72), (340, 110))
    sheet.words(
        340,
        218,
        "Satu kali dicatat, dengan kode yang sama, dipakai berkali-kali.",
        size=13,
        colour=MUTED,
        anchor="middle",
    )
    return sheet


def signature() -> Sheet:
    """Draw what a certified electronic signature binds, and what a bare picture does not."""
    sheet = Sheet("Tanda tangan elektronik dan gambar tanda tangan", 262)
    sheet.rect(20, 18, 310, 226, Tone.SOFT)
    sheet.words(36, 46, "TTE tersertifikasi", size=15, bold=True, colour="#0B5C56")
    sheet.rect(350, 18, 310, 226, Tone.RED)
    sheet.words(366, 46, "Gambar tanda tangan", size=15, bold=True, colour="#A8261C")
    good = (
        "Identitas dijamin sertifikat (PSrE)",
        "Dokumen berubah, tanda gugur",
        "Waktu tanda tangan dapat diperiksa",
        "Penanda tangan sulit menyangkal",
        "Sah diperiksa dari berkas digital",
    )
    bad = (
        "Siapa pun dapat menempelnya",
        "Isi dapat diganti diam-diam",
        "Waktu tidak terbukti",
        "Mudah disangkal",
        "QR saja bukan TTE tersertifikasi",
    )
    for number, (yes, no) in enumerate(zip(good, bad, strict=True)):
        y = 74 + number * 34
        sheet.tick(36, y - 2)
        sheet.words(60, y + 10, yes, size=13, room=266)
        sheet.tick(366, y - 2, good=False)
        sheet.words(390, y + 10, no, size=13, room=266)
    return sheet


def personal_data() -> Sheet:
    """Draw the path of a citizen's data from the form to its deletion."""
    sheet = Sheet("Perjalanan data pribadi di loket", 236)
    steps = (
        ("Minta", ("seperlunya,", "sebut tujuan")),
        ("Simpan", ("terkunci,", "akses terbatas")),
        ("Pakai", ("hanya untuk", "layanan itu")),
        ("Bagikan", ("bila ada dasar", "hukum, dicatat")),
        ("Hapus", ("setelah masa", "simpan habis")),
    )
    for number, (head, lines) in enumerate(steps):
        x = 20 + number * 130
        sheet.badge(x + 60, 36, str(number + 1))
        sheet.box(x, 60, 120, 86, head, lines, Tone.SOFT)
        if number:
            sheet.arrow((x - 130 + 73, 36), (x + 47, 36))
    sheet.box(
        20,
        166,
        640,
        52,
        "Hak warga di setiap langkah",
        ("tahu, melihat, memperbaiki, dan meminta data dihapus",),
        Tone.BLUE,
    )
    return sheet


FIGURES = {
    "m1/tiga-bentuk.svg": three_kinds,
    "m1/dua-belas-asas.svg": twelve_principles,
    "m1/jalur-aduan.svg": who_watches,
    "m1/loket-inklusif.svg": inclusive_counter,
    "m2/unsur-spbe.svg": spbe_elements,
    "m2/satu-data.svg": one_data,
    "m2/tanda-tangan.svg": signature,
    "m2/data-pribadi.svg": personal_data,
}
