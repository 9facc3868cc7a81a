"""Tells an author in words what is wrong with a course folder: where, and why."""

from collections.abc import Mapping

from desktop.errors import Problem
from desktop.language import tr
from sync.refusal import Code, Refusal


def _reasons() -> Mapping[str, str]:
    """Give every reason `sync.packs` has for refusing a source, in the language in use."""
    return {
        # the course file
        "no such file": tr("berkas course.toml tidak ada"),
        "not TOML": tr("bukan TOML yang benar: {thing}"),
        "the version is not one to three numbers": tr("version harus satu sampai tiga angka, misalnya 1.2"),
        "jp is not a number above zero": tr("jp harus angka di atas nol"),
        "the id is not lower-case letters, digits, dots and hyphens": tr(
            "id hanya boleh huruf kecil, angka, titik, dan tanda hubung"
        ),
        "the id is not lower-case letters, digits and hyphens": tr(
            "id hanya boleh huruf kecil, angka, dan tanda hubung"
        ),
        "an unknown kind or completion": tr("kind atau completion tidak dikenal: {thing}"),
        "only pages may be several": tr("hanya halaman yang boleh lebih dari satu"),
        "not a file for this kind": tr("{thing} bukan jenis berkas untuk kegiatan ini"),
        "not a name a pack may use": tr(
            "{thing} bukan nama yang boleh dipakai; gunakan huruf kecil, angka, dan tanda hubung"
        ),
        "not there": tr("{thing} tidak ada"),
        "empty": tr("{thing} kosong"),
        "a picture without a description": tr(
            "gambar {thing} belum diberi keterangan untuk yang tidak dapat melihatnya"
        ),
        "not a picture": tr("{thing} bukan gambar"),
        "no questions": tr("tidak ada soal"),
        "a question no computer can mark": tr("soal {thing} tidak dapat dinilai komputer"),
        "time_limit is not a number of minutes up to a day": tr("time_limit harus 0 sampai 1440 menit"),
        "fixed_end needs a time_limit": tr("fixed_end hanya berlaku bersama time_limit"),
        "a section without questions": tr("bank soal {thing} kosong atau dipakai dua kali"),
        "a section draws more questions than its bank holds": tr("bank soal {thing} kurang isinya"),
        "pass_mark is not a percentage": tr("pass_mark harus 0 sampai 100"),
        "attempts is not a number up to 100": tr("attempts harus 0 sampai 100"),
        "shuffle is neither true nor false": tr("shuffle harus true atau false"),
        "not UTF-8 text": tr("bukan teks UTF-8; simpan ulang sebagai UTF-8"),
        "missing or not text": tr("{thing} belum diisi atau bukan teks"),
        "the rubric is not right": tr("rubrik tugas belum benar: {thing}"),
        "not a list of texts": tr("{thing} harus daftar teks"),
        "none of these": tr("tidak ada {thing}"),
        "minutes is not a whole number above zero": tr("minutes harus angka bulat di atas nol"),
        "two with the same id": tr("ada dua id yang sama"),
        "outside the course": tr("{thing} berada di luar folder kursus"),
        "not a file a pack may carry": tr("bukan berkas yang boleh dibawa paket"),
        "it changed while the pack was made": tr("berkas berubah saat paket dibuat; coba lagi"),
        # questions
        "too long": tr("berkas soal terlalu panjang"),
        "letters that have no meaning": tr("ada huruf yang tidak bermakna"),
        "too many questions": tr("terlalu banyak soal"),
        "a brace is missing": tr("kurung kurawal tidak lengkap"),
        "a second answer block": tr("ada dua kurung jawaban dalam satu soal"),
        "no question text": tr("soal tanpa pertanyaan"),
        "a choice needs two options": tr("pilihan ganda perlu dua pilihan atau lebih"),
        "two options that read the same": tr("ada dua pilihan yang sama bunyinya"),
        "no option earns the whole mark": tr("tidak ada pilihan yang bernilai penuh"),
        "the weights of the right options do not add up to 100 percent": tr(
            "bobot pilihan yang benar tidak berjumlah 100 persen"
        ),
        "text before the first answer": tr("ada teks sebelum jawaban pertama"),
        "an answer without text": tr("ada jawaban kosong"),
        "no answers": tr("tidak ada jawaban"),
        "too many answers": tr("terlalu banyak jawaban"),
        "a weight outside -100 to 100 percent": tr("bobot harus antara -100 dan 100 persen"),
        "no answer earns the whole mark": tr("tidak ada jawaban yang bernilai penuh"),
        "a pair without its right side": tr("ada pasangan tanpa sisi kanan"),
        "matching needs two pairs": tr("menjodohkan perlu dua pasangan atau lebih"),
        "two pairs with the same left side": tr("ada dua pasangan dengan sisi kiri yang sama"),
        "an ordering lists its items as `= item`, nothing else": tr(
            "soal mengurutkan hanya berisi baris = butir"
        ),
        "an ordering needs three items": tr("soal mengurutkan perlu tiga butir atau lebih"),
        "two items that read the same": tr("ada dua butir yang sama bunyinya"),
        "no number earns the whole mark": tr("tidak ada angka yang bernilai penuh"),
        "a range that ends before it begins": tr("rentang angka terbalik"),
        "a tolerance below zero": tr("toleransi tidak boleh di bawah nol"),
        "not a number": tr("bukan angka: {thing}"),
    }


def word_source(refusal: Refusal) -> Problem | None:
    """Word a refusal of a source; None where it is of another kind."""
    if refusal.code is not Code.SOURCE:
        return None
    where, reason = str(refusal.values.get("where", "")), str(refusal.values.get("reason", ""))
    said = _reasons().get(reason, reason).format(thing=refusal.values.get("thing", ""))
    return Problem(
        tr("Naskah kursus ini belum dapat dijadikan paket."),
        tr("{tempat}: {sebab}.").format(tempat=where, sebab=said),
    )
