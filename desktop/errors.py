"""What went wrong, in words for the person at the PC: a Problem has a title and advice, all else is a bug."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from desktop.formats import long_day
from desktop.language import tr
from sync.refusal import Code, Refusal


class Problem(Exception):  # noqa: N818 - it is what the person has, not a fault of the program
    """Something a person can understand and act on.

    `title` says what happened, `advice` whether the work is safe and what to do next. `details` is text for a
    technician, kept off the glass; `known` is False for a bug; `wait` is how many seconds a door stays shut.
    """

    def __init__(
        self, title: str, advice: str = "", *, details: str = "", known: bool = True, wait: int = 0
    ) -> None:
        super().__init__(title)
        self.title = title
        self.advice = advice
        self.details = details
        self.known = known
        self.wait = wait


Words = tuple[str, str]
Values = Mapping[str, int | str]


def _damaged(_values: Values) -> Words:
    return tr("Berkas rusak saat disalin."), tr("Data Anda tidak berubah. Salin ulang dari sumbernya.")


def _too_large(_values: Values) -> Words:
    return (
        tr("Berkas ini lebih besar daripada yang dapat diterima."),
        tr("Data Anda tidak berubah. Minta koordinator membagi atau mengecilkannya."),
    )


def _version(_values: Values) -> Words:
    return (
        tr("Berkas ini dibuat oleh Suluh yang lebih baru."),
        tr("Data Anda tidak berubah. Pasang pembaruan Suluh, lalu coba lagi."),
    )


def _not_authentic(values: Values) -> Words:
    if values.get("pack"):
        return _publisher(values)
    return (
        tr("Asal berkas ini tidak dapat dipastikan, jadi tidak dipakai."),
        tr("Hubungi koordinator. Data Anda tidak berubah."),
    )


def _unknown_data(_values: Values) -> Words:
    return (
        tr("Ada data yang belum dikenal oleh Suluh di komputer ini."),
        tr("Pekerjaan Anda tetap tersimpan. Pasang pembaruan Suluh."),
    )


def _not_allowed(_values: Values) -> Words:
    return (
        tr("Catatan ini hanya boleh dibuat oleh petugas yang berwenang."),
        tr("Tidak ada yang berubah. Hubungi koordinator bila Anda memang bertugas untuk itu."),
    )


def _other_reader(_values: Values) -> Words:
    return (
        tr("Berkas ini terkunci untuk orang atau kantor lain."),
        tr("Tidak ada yang dibuka. Pastikan Anda memakai flashdisk kantor sendiri."),
    )


def _not_the_centre(_values: Values) -> Words:
    return (
        tr("Jawaban itu bukan dari server pusat kantor ini."),
        tr(
            "Pekerjaan Anda tetap tersimpan di komputer ini. "
            "Jaringan ini mungkin meminta masuk lebih dulu; coba jaringan lain."
        ),
    )


def _wrong_answer(_values: Values) -> Words:
    return (
        tr("Server menjawab permintaan lain."),
        tr("Pekerjaan Anda tetap tersimpan di komputer ini dan akan dikirim lagi."),
    )


def _gap(_values: Values) -> Words:
    return (
        tr("Ada kiriman yang terlewat."),
        tr("Pekerjaan Anda aman. Suluh akan meminta kiriman itu lagi saat data dikirim."),
    )


def _other_office(values: Values) -> Words:
    if "log" in values:  # the office is known, and this writer is not yet in its roster
        return (
            tr("Anda belum ada di daftar kantor ini."),
            tr("Pekerjaan Anda tetap tersimpan dan dikirim setelah Anda terdaftar. Beri tahu koordinator."),
        )
    return (
        tr("Server pusat tidak mengenal kantor dari komputer ini."),
        tr(
            "Pekerjaan Anda tetap tersimpan. Periksa alamat server di Setelan, "
            "atau minta berkas kantor yang baru."
        ),
    )


def _stale(values: Values) -> Words:
    held = values.get("version") or values.get("installed")
    if held:
        return (
            tr("Versi {v} sudah terpasang dan lebih baru.").format(v=held),
            tr("Paket lama tidak dipasang. Data Anda tidak berubah."),
        )
    return tr("Yang sudah ada di komputer ini lebih baru."), tr(
        "Berkas lama tidak dipakai. Data Anda tidak berubah."
    )


def _source(values: Values) -> Words:
    where = values.get("file") or values.get("path") or values.get("where")
    title = tr("Naskah kursus ini belum dapat dijadikan paket.")
    if where:
        return title, tr("Periksa {berkas}.").format(berkas=where)
    return title, tr("Periksa naskahnya, lalu coba lagi.")


def _object(values: Values) -> Words:
    where = values.get("path") or values.get("file")
    if where:
        return (
            tr("Berkas {berkas} di dalam paket rusak saat disalin.").format(berkas=where),
            tr("Paket tidak dipasang; versi lama tetap dapat dipakai. Salin ulang dari sumbernya."),
        )
    return _damaged(values)


def _base(_values: Values) -> Words:
    return (
        tr("Paket ini hanya pembaruan, dan versi sebelumnya tidak ada di komputer ini."),
        tr("Data Anda tidak berubah. Pasang paket lengkapnya."),
    )


def _root(values: Values) -> Words:
    if values.get("pack"):
        return _publisher(values)
    return (
        tr("Asal berkas ini tidak dapat dipastikan, jadi tidak dipakai."),
        tr("Berkas ini mengikuti pusat yang lain. Hubungi koordinator. Data Anda tidak berubah."),
    )


def _publisher(_values: Values) -> Words:
    return (
        tr("Asal paket ini tidak dapat dipastikan, jadi tidak dipasang."),
        tr("Hubungi koordinator. Data Anda tidak berubah."),
    )


def _revoked(values: Values) -> Words:
    since = values.get("since") or values.get("date")
    advice = tr("Paket tidak dipasang. Hubungi koordinator. Data Anda tidak berubah.")
    if since:
        return tr("Penanda tangan paket ini sudah dicabut sejak {tgl}.").format(tgl=_day(since)), advice
    return tr("Penanda tangan paket ini sudah dicabut."), advice


def _day(written: int | str) -> str:
    """A day as people write it; what is no ISO date stays as it is."""
    try:
        return long_day(date.fromisoformat(str(written)))
    except ValueError:
        return str(written)


def _unavailable(_values: Values) -> Words:
    return (
        tr("Server pusat sedang tidak dapat menerima kiriman."),
        tr("Pekerjaan Anda tetap tersimpan di komputer ini dan akan dikirim lagi nanti."),
    )


_WORDS: Mapping[Code, Callable[[Values], Words]] = {
    Code.MALFORMED: _damaged,
    Code.TOO_LARGE: _too_large,
    Code.VERSION: _version,
    Code.SIGNATURE: _not_authentic,
    Code.UNKNOWN_KIND: _unknown_data,
    Code.FIELD: _unknown_data,
    Code.AUTHOR: _not_allowed,
    Code.RECIPIENT: _other_reader,
    Code.CENTRE: _not_the_centre,
    Code.ANSWER: _wrong_answer,
    Code.CURSOR: _gap,
    Code.OFFICE: _other_office,
    Code.STALE: _stale,
    Code.SOURCE: _source,
    Code.OBJECT: _object,
    Code.BASE: _base,
    Code.ROOT: _root,
    Code.PUBLISHER: _publisher,
    Code.REVOKED: _revoked,
    Code.UNAVAILABLE: _unavailable,
}


def word_refusal(code: Code, values: Values) -> Problem:
    """Word a refusal of `sync` (or one the centre sent as code and values)."""
    said = _WORDS.get(code)
    details = f"{code.wire}: " + ", ".join(f"{name}={value}" for name, value in sorted(values.items()))
    if said is None:
        return unknown(code.wire, details)
    title, advice = said(values)
    return Problem(title, advice, details=details)


def unknown(code: str, details: str) -> Problem:
    """The one text for what nobody foresaw, with its code and the details to copy."""
    title = tr("Terjadi masalah yang belum dikenali (kode {kode}).").format(kode=code)
    return Problem(title, tr("Pekerjaan Anda tetap tersimpan di komputer ini."), details=details, known=False)


def explain(error: BaseException) -> Problem:
    """Turn whatever was raised into a Problem: known ones are worded, the rest is a bug with a code.

    The code is the same for the same place in the program, so that two reports of one bug look alike.
    """
    if isinstance(error, Problem):
        return error
    if isinstance(error, Refusal):
        return word_refusal(error.code, error.values)
    if isinstance(error, OSError) and error.errno is not None:
        worded = _word_system(error)
        if worded is not None:
            return worded
    import traceback  # noqa: PLC0415 - only when something failed
    from hashlib import sha256  # noqa: PLC0415

    frames = traceback.extract_tb(error.__traceback__)
    place = f"{type(error).__name__}:" + ";".join(f"{frame.name}" for frame in frames[-3:])
    code = sha256(place.encode()).hexdigest()[:6].upper()
    return unknown(code, "".join(traceback.format_exception(error)))


def _word_system(error: OSError) -> Problem | None:
    """Disk and file faults that any room may meet; errno names are the same on every platform."""
    import errno  # noqa: PLC0415 - only when something failed

    named = str(error.filename or "")
    details = f"{errno.errorcode.get(error.errno or 0, '?')}: {error}"
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return Problem(
            tr("Ruang penyimpanan penuh."),
            tr("Yang sudah tersimpan tetap aman. Hapus berkas yang tidak dipakai, lalu coba lagi."),
            details=details,
        )
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return Problem(
            tr("Berkas {berkas} tidak dapat dibuka atau ditulisi.").format(berkas=named),
            tr("Pekerjaan Anda aman. Minta petugas TI memeriksa hak akses dan antivirus."),
            details=details,
        )
    if error.errno == errno.ENOENT:
        return Problem(
            tr("Berkas {berkas} tidak ditemukan.").format(berkas=named),
            tr("Pekerjaan Anda aman. Periksa apakah flashdisk masih terpasang, lalu coba lagi."),
            details=details,
        )
    if error.errno in {errno.EIO, errno.ENODEV, errno.ENXIO}:
        return Problem(
            tr("Flashdisk tercabut sebelum selesai. Data di komputer ini aman."),
            tr("Pasang lagi, lalu pilih Coba lagi."),
            details=details,
        )
    return None
