"""The commands of the centre and their words; what each does lies in serve.py and operations.py."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TypeAlias

from sqlalchemy.exc import DBAPIError

from sync.refusal import Code, Refusal
from sync.server.commands_teaching import teach
from sync.server.database import UnfitDatabaseError
from sync.server.home import Home, home_at
from sync.server.keys import MissingKeyError

Words: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - it has no other name
PORT = 8750
REFUSALS: Mapping[Code, str] = {
    Code.MALFORMED: "Berkas rusak atau bukan berkas yang dimaksud.",
    Code.SIGNATURE: "Tanda tangan tidak sah: kunci atau berkas ini bukan milik pusat ini.",
    Code.ROOT: "Berkas ini mengikuti akar kepercayaan yang lain.",
    Code.PUBLISHER: "Penerbit paket ini belum dipercaya. Tambahkan dengan: suluh server publisher add",
    Code.REVOKED: "Kunci penerbit paket ini sudah dicabut.",
    Code.BASE: "Paket ini hanya pembaruan. Yang ditawarkan harus paket yang lengkap.",
    Code.STALE: "Versi yang lebih baru sudah ditawarkan.",
    Code.OBJECT: "Isi paket tidak sama dengan daftar yang ditandatangani.",
}
HUB_PORT = 8751
HOST, EVERYWHERE = "127.0.0.1", "0.0.0.0"  # noqa: S104 - a hub is there for the whole network
PROPOSALS, PRIVACY = "operations_proposals", "operations_privacy"
OFFICES, PACKS = "operations_office", "operations_packs"
CERTIFICATES, HOURS = "operations_certificates", "operations_jp"
RETENTION = "operations_retention"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the value is the exit code: 0 done, 2 not possible as asked."""
    options = _parser().parse_args(arguments)
    home = home_at(options.data)
    work: Callable[[Home, argparse.Namespace], int] = options.work
    try:
        return work(home, options)
    except Refusal as refusal:
        says = REFUSALS.get(refusal.code, f"Ditolak: {refusal}")
    except OSError as fault:
        says = f"{fault.filename}: {fault.strerror}" if fault.filename else str(fault)
    except DBAPIError as fault:
        says = f"Basis data menolak: {fault.orig}"
    except (MissingKeyError, UnfitDatabaseError, ValueError, LookupError) as fault:
        says = str(fault)
    print(f"Tidak dapat dijalankan.\n{says}", file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sync.server", description="Pusat Suluh")
    words = parser.add_subparsers(required=True, metavar="perintah")
    _run(words)
    _office(words)
    _report(words)
    _losses(words)
    _receipt(words)
    _publishing(words)
    _people(words)
    teach(words, _command)
    _certificates(words)
    _hours(words)
    _retention(words)
    _restored(words)
    _hub(words)
    return parser


def _command(
    words: Words, name: str, says: str, work: str, where: str = "operations"
) -> argparse.ArgumentParser:
    """Add a command; its module, `where`, is imported only when it is the one asked for."""
    found: argparse.ArgumentParser = words.add_parser(name, help=says, description=says)
    found.add_argument("--data", type=Path, help="folder data pusat (bawaan: folder data pengguna)")

    def call(home: Home, options: argparse.Namespace) -> int:
        if work == "run":
            return _serve(home, options)
        # the running server needs none of these
        done: int = getattr(import_module(f"sync.server.{where}"), work)(home, options)
        return done

    found.set_defaults(work=call)
    return found


def _serve(home: Home, options: argparse.Namespace) -> int:
    """Serve in this process, or in several; the web server is not needed by other commands."""
    from sync.server.serve import run  # noqa: PLC0415 - see above
    from sync.server.workers import end_with_parent, run_workers  # noqa: PLC0415 - as above

    if options.workers > 1:
        return run_workers(home, options)
    if options.beside or options.with_parent:
        end_with_parent()
    return run(home, options)


def _run(words: Words) -> None:
    run = _command(words, "run", "Jalankan pusat.", "run")
    run.add_argument("--host", default=HOST, help=f"alamat yang didengarkan (bawaan: {HOST})")
    run.add_argument("--port", type=int, default=PORT, help=f"bawaan {PORT}; 0 memilih yang bebas")
    run.add_argument("--workers", type=int, default=1, help="banyak proses (bawaan: 1); perlu PostgreSQL")
    run.add_argument("--beside", action="store_true", help=argparse.SUPPRESS)
    run.add_argument("--with-parent", action="store_true", help="berhenti bila masukannya ditutup")
    run.add_argument("--tls-cert", type=Path, help="sertifikat TLS (PEM), agar komputer lain dapat terhubung")
    run.add_argument("--tls-key", type=Path, help="kunci sertifikat TLS (PEM)")


def _hub(words: Words) -> None:
    hub = words.add_parser("hub", help="Hub kantor di jaringan lokal.")
    run = _command(
        hub.add_subparsers(required=True, metavar="perintah"),
        "run",
        "Jalankan hub: membawa kiriman komputer sekantor dan meneruskannya ke pusat.",
        "run_hub",
        "hub_serve",
    )
    run.add_argument("--host", default=EVERYWHERE, help=f"alamat yang didengarkan (bawaan: {EVERYWHERE})")
    run.add_argument("--port", type=int, default=HUB_PORT, help=f"bawaan {HUB_PORT}; 0 memilih yang bebas")
    run.add_argument("--office", type=Path, help="berkas kantor; cukup sekali, lalu disimpan di folder data")
    run.add_argument("--upstream", action="append", help="alamat pusat; tanpa ini dari berkas kantor")
    run.add_argument(
        "--pack-limit", type=int, default=1_000, help="MB paket yang diambil sebulan (bawaan: 1000); 0 tidak"
    )
    run.add_argument("--quiet", action="store_true", help="jangan umumkan di jaringan")
    run.add_argument("--with-parent", action="store_true", help="berhenti bila masukannya ditutup")


def _hours(words: Words) -> None:
    verbs = words.add_parser("jp-table", help="Tabel konversi JP.").add_subparsers(
        required=True, metavar="perintah"
    )
    newer = _command(
        verbs,
        "set",
        "Tanda tangani tabel yang lebih baru; semua komputer menerimanya.",
        "jp_table_set",
        HOURS,
    )
    newer.add_argument("file", type=Path, help="tabel (TOML), seperti resources/jp/table-0.toml")
    _command(verbs, "show", "Tunjukkan tabel yang berlaku.", "jp_table_show", HOURS)


def _retention(words: Words) -> None:
    verbs = words.add_parser("retention", help="Jadwal retensi data.").add_subparsers(
        required=True, metavar="perintah"
    )
    newer = _command(
        verbs,
        "set",
        "Tanda tangani jadwal yang lebih baru; semua komputer menerimanya.",
        "retention_set",
        RETENTION,
    )
    newer.add_argument("file", type=Path, help="jadwal (TOML), seperti resources/retention/schedule-0.toml")
    _command(verbs, "show", "Tunjukkan jadwal yang berlaku.", "retention_show", RETENTION)
    _command(
        verbs,
        "due",
        "Sebutkan yang masa simpannya segera habis, dan beri tahu kantornya.",
        "retention_due",
        RETENTION,
    )
    over = _command(verbs, "end", "Hapus yang masa simpannya habis.", "retention_end", RETENTION)
    over.add_argument("--dry-run", action="store_true", help="hanya menghitung")
    _command(verbs, "kept", "Tunjukkan JP yang tetap disimpan.", "retention_kept", RETENTION)


def _restored(words: Words) -> None:
    _command(words, "restored", "Nyatakan bahwa basis data ini dipulihkan dari cadangan.", "restored")


def _office(words: Words) -> None:
    office = words.add_parser("office", help="Kantor.").add_subparsers(required=True, metavar="perintah")
    new = _command(
        office,
        "new",
        "Buat berkas kantor dan kode pendaftaran dari daftar pegawai (CSV: NIP, Nama, Unit, Peran).",
        "office_new",
        OFFICES,
    )
    new.add_argument("roster", type=Path, help="daftar pegawai (CSV)")
    new.add_argument("--name", required=True, help="nama kantor")
    new.add_argument("--zone", required=True, help="zona waktu, misalnya Asia/Jayapura")
    new.add_argument("--url", action="append", required=True, help="alamat pusat; boleh lebih dari satu")
    update = _command(
        office,
        "update",
        "Buat versi baru berkas kantor dari daftar pegawai yang baru; boleh memuat kolom UUID dan NIP lama.",
        "office_update",
        OFFICES,
    )
    hand_over = _command(
        office, "hand-over", "Buat kunci kantor dan kode pemulihan yang baru.", "office_hand_over", OFFICES
    )
    for change in (update, hand_over):
        change.add_argument("roster", type=Path, nargs="?", help="daftar pegawai (CSV); tanpa ini tetap")
        change.add_argument("--office", required=True, help="nama kantor sekarang, atau UUID-nya")
        change.add_argument("--name", help="nama kantor yang baru")
        change.add_argument("--zone", help="zona waktu yang baru")
        change.add_argument("--url", action="append", help="alamat pusat yang baru; boleh lebih dari satu")
        change.add_argument("--dry-run", action="store_true", help="hanya tunjukkan apa yang akan berubah")
        change.add_argument("--accept-gone", action="store_true", help="lebih dari separuh memang keluar")
    proposals = _command(
        office, "proposals", "Sebutkan usulan daftar pegawai dari koordinator.", "proposals", PROPOSALS
    )
    proposals.add_argument("--office", help="nama kantor; tanpa ini semua kantor")
    accept = _command(
        office,
        "accept",
        "Ambil usulan: versi baru berkas kantor, seperti update.",
        "accept",
        PROPOSALS,
    )
    accept.add_argument("--dry-run", action="store_true", help="hanya tunjukkan apa yang akan berubah")
    accept.add_argument("--accept-gone", action="store_true", help="lebih dari separuh memang keluar")
    decline = _command(office, "decline", "Tolak usulan.", "decline", PROPOSALS)
    decline.add_argument("--why", required=True, help="alasan, dibaca koordinator")
    for command in (accept, decline):
        command.add_argument("proposal", help="tanda usulan, seperti pada office proposals")
    for command in (new, update, hand_over, accept):
        command.add_argument("--out", type=Path, required=True, help="folder tujuan")
        command.add_argument(
            "--accept-odd", action="store_true", help="terima NIP yang janggal tetapi benar dari BKN"
        )
    for command in (update, hand_over, accept):
        command.add_argument(
            "--accept-moves", action="store_true", help="yang tercatat di kantor lain memang pindah ke sini"
        )


def _report(words: Words) -> None:
    report = _command(words, "report", "Laporan peserta.", "report")
    report.add_argument("--office", help="nama kantor; tanpa ini semua kantor")
    report.add_argument("--json", action="store_true", help="keluarkan JSON")


def _losses(words: Words) -> None:
    losses = _command(words, "losses", "Flashdisk yang dilaporkan hilang.", "losses", "operations_sticks")
    losses.add_argument("--office", help="nama kantor; tanpa ini semua kantor")
    losses.add_argument("--json", action="store_true", help="keluarkan JSON")


def _receipt(words: Words) -> None:
    receipt = _command(words, "receipt", "Cari tanda terima.", "receipt", "operations_sticks")
    receipt.add_argument("code", help="kode di layar peserta, misalnya ABCD-EFGH")
    receipt.add_argument("--office", help="nama kantor; tanpa ini semua kantor, dan lebih lama")


def _publishing(words: Words) -> None:
    publisher = words.add_parser("publisher", help="Penerbit paket.")
    add = _command(
        publisher.add_subparsers(required=True, metavar="perintah"),
        "add",
        "Tambahkan penerbit ke daftar kepercayaan.",
        "publisher_add",
    )
    add.add_argument("key", type=Path, help="kunci publik penerbit (.pub)")
    add.add_argument(
        "--prefix", action="append", help="awal nama paket yang boleh diterbitkan; boleh berulang"
    )
    add.add_argument("--id", help="nama pendek penerbit (bawaan: nama berkas kunci)")
    add.add_argument("--title", help="nama penerbit yang dibaca orang")
    add.add_argument("--keys", type=Path, help="folder berisi daftar.key (bawaan: folder kunci akar)")
    papers = _command(
        words,
        "papers",
        "Tulis akar dan daftar kepercayaan sebagai berkas, untuk dibawa paket.",
        "papers",
    )
    papers.add_argument("folder", type=Path, help="folder tujuan")
    catalogue = words.add_parser("catalogue", help="Katalog mata pelatihan.")
    shelf = _command(
        catalogue.add_subparsers(required=True, metavar="perintah"),
        "add",
        "Masukkan mata pelatihan dari paket ke katalog: modulnya dihitung dalam laporan.",
        "catalogue_add",
    )
    shelf.add_argument("pack", type=Path, help="berkas paket")
    packs = words.add_parser("pack", help="Paket yang dibagikan lewat jaringan.")
    verbs = packs.add_subparsers(required=True, metavar="perintah")
    offer = _command(
        verbs,
        "add",
        "Periksa paket seluruhnya, lalu tawarkan kepada hub kantor dan komputer peserta.",
        "pack_add",
        PACKS,
    )
    offer.add_argument("pack", type=Path, help="berkas paket yang lengkap")
    _command(verbs, "list", "Sebutkan paket yang ditawarkan.", "pack_list", PACKS)
    remove = _command(
        verbs, "remove", "Berhenti menawarkan; yang sudah terpasang tetap.", "pack_remove", PACKS
    )
    remove.add_argument("course", help="nama pendek mata pelatihan, seperti pada daftar")


def _people(words: Words) -> None:
    person = words.add_parser("person", help="Orang.").add_subparsers(required=True, metavar="perintah")
    for name, says in (
        ("merge", "Nyatakan dua catatan sebagai satu orang."),
        ("unmerge", "Batalkan penggabungan."),
    ):
        merge = _command(person, name, says, f"person_{name}")
        merge.add_argument("source", help="UUID yang digabungkan")
        merge.add_argument("target", help="UUID yang menjadi satu-satunya")
    erase = _command(person, "erase", "Hapus data seseorang; kiriman susulan ikut dibuang.", "person_erase")
    erase.add_argument("person", help="UUID orang itu")
    reach = _command(
        person, "reach", "Tunjukkan komputer mana yang sudah menjalankan penghapusan data.", "reach", PRIVACY
    )
    reach.add_argument("--office", help="nama kantor; tanpa ini semua kantor")
    reach.add_argument("--json", action="store_true", help="keluarkan JSON")
    asked = _command(person, "deletions", "Sebutkan permintaan hapus data.", "deletion_list", PRIVACY)
    asked.add_argument("--all", action="store_true", help="juga yang sudah dijawab")
    decline = _command(person, "keep", "Tolak permintaan hapus data.", "deletion_decline", PRIVACY)
    decline.add_argument("request", help="tanda permintaan, seperti pada person deletions")
    decline.add_argument("--reason", required=True, help="alasan, dibaca orangnya")
    letters = _command(
        person,
        "letters-return",
        "Kembalikan kunci surat lama seseorang sesudah PIN-nya diatur ulang; tanpa --key hanya memeriksa.",
        "letters_return",
        "operations_letters",
    )
    letters.add_argument("person", help="UUID orang itu")
    letters.add_argument("--key", help="tanda kunci (6 angka) yang dibacakan orangnya sendiri")
    letters.add_argument("--asked-by", help="siapa yang meminta, dan cara Anda memastikannya")
    key = words.add_parser("key", help="Kunci peserta.")
    revoke = _command(
        key.add_subparsers(required=True, metavar="perintah"),
        "revoke",
        "Cabut kunci: yang sudah diterima tetap berlaku, selebihnya ditolak.",
        "key_revoke",
    )
    revoke.add_argument("signing", help="kunci publik dalam heksadesimal")


def _certificates(words: Words) -> None:
    verbs = words.add_parser("certificate", help="Sertifikat.").add_subparsers(
        required=True, metavar="perintah"
    )
    form = _command(verbs, "form", "Atur penerbit dan kode nomornya.", "certificate_form", CERTIFICATES)
    form.add_argument("--issuer", required=True, help="lembaga yang menerbitkan")
    form.add_argument(
        "--code", required=True, help="huruf di antara nomor urut dan tahun, misalnya SLH/BPSDM"
    )
    issue = _command(
        verbs, "issue", "Terbitkan bagi semua yang sudah selesai.", "certificate_issue", CERTIFICATES
    )
    issue.add_argument("--office", help="nama kantor; tanpa ini semua kantor")
    issue.add_argument("--course", help="nama pendek mata pelatihan; tanpa ini semua")
    take = _command(verbs, "revoke", "Cabut sebuah sertifikat.", "certificate_revoke", CERTIFICATES)
    take.add_argument("number", help="nomor sertifikat")
    take.add_argument("--reason", required=True, help="alasannya, dibaca oleh pemiliknya")
    look = _command(
        verbs, "check", "Periksa nomor, teks kode QR, atau berkas PDF.", "certificate_check", CERTIFICATES
    )
    look.add_argument("number", help="nomor sertifikat, teks yang diawali SULUH1:, atau berkas PDF")
    text = _command(
        verbs,
        "text",
        "Tulis teks sertifikat, untuk digambar dengan suluh paper dan ditandatangani pejabat.",
        "certificate_text",
        CERTIFICATES,
    )
    text.add_argument("number", help="nomor sertifikat")
    signed = _command(
        verbs,
        "attach",
        "Lampirkan PDF yang sudah ditandatangani pejabat (TTE); hanya pemiliknya yang menerimanya.",
        "certificate_attach",
        CERTIFICATES,
    )
    signed.add_argument("number", help="nomor sertifikat")
    signed.add_argument("file", type=Path, help="berkas PDF yang bertanda tangan")
    signed.add_argument(
        "--unmarked",
        action="store_true",
        help="terima PDF tanpa teks Suluh; nama dan nomornya sudah Anda cocokkan sendiri",
    )
