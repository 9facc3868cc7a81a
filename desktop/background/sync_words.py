"""What kept a delivery from the centre, in words: what happened, that the work is safe, what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from desktop.errors import Problem, unknown, word_refusal
from desktop.language import tr
from sync.client.faults import Failure, Fault
from sync.refusal import Code

_Words = tuple[str, str]


def _safe() -> str:
    return tr("Pekerjaan Anda tetap tersimpan di komputer ini.")


def _offline() -> _Words:
    return tr("Tanpa internet"), tr("Pekerjaan Anda tersimpan dan dikirim sendiri saat ada sambungan.")


def _cut() -> _Words:
    return (
        tr("Sambungan terputus sebelum selesai."),
        _safe() + " " + tr("Yang sudah diterima pusat tidak dikirim lagi; sisanya menyusul."),
    )


def _tls() -> _Words:
    return (
        tr("Server ini tidak dapat membuktikan bahwa ia server pusat."),
        _safe() + " " + tr("Periksa tanggal komputer dan alamat server di Setelan, atau coba jaringan lain."),
    )


def _proxy() -> _Words:
    return (
        tr("Jaringan kantor meminta nama dan kata sandi untuk keluar ke internet."),
        _safe() + " " + tr("Minta petugas TI mengizinkan Suluh, atau gunakan flashdisk."),
    )


def _portal() -> _Words:
    return (
        tr("Jaringan ini belum meneruskan kiriman ke server pusat."),
        _safe() + " " + tr("Buka peramban dan masuk ke jaringan ini lebih dulu, lalu pilih Kirim sekarang."),
    )


def _busy() -> _Words:
    return tr("Server pusat sedang sibuk."), _safe() + " " + tr("Suluh mencoba lagi sendiri.")


def _broken() -> _Words:
    return (
        tr("Server pusat sedang terganggu."),
        _safe() + " " + tr("Suluh mencoba lagi sendiri; tidak ada yang perlu Anda lakukan."),
    )


def _address() -> _Words:
    return (
        tr("Alamat server pusat belum benar."),
        _safe() + " " + tr("Periksa alamatnya di Setelan; contoh: https://suluh.papua.go.id"),
    )


def _not_private() -> _Words:
    return (
        tr("Alamat server ini tidak terkunci, jadi tidak dipakai."),
        _safe() + " " + tr("Minta alamat yang diawali https:// kepada koordinator."),
    )


_WORDS: Mapping[Fault, Callable[[], _Words]] = {
    Fault.NAME_UNKNOWN: _offline,
    Fault.UNREACHABLE: _offline,
    Fault.CUT: _cut,
    Fault.TLS: _tls,
    Fault.PROXY: _proxy,
    Fault.PORTAL: _portal,
    Fault.BUSY: _busy,
    Fault.BROKEN: _broken,
    Fault.BAD_ADDRESS: _address,
    Fault.NOT_PRIVATE: _not_private,
}


def word_limit() -> tuple[str, str]:
    """Say calmly that this month's data is used up: a title, and what that means."""
    return (
        tr("Batas data bulan ini tercapai. Kirim sekarang tetap bisa."),
        _safe() + " " + tr("Kiriman otomatis berlanjut bulan depan. Batasnya dapat diubah di Setelan."),
    )


def word_failure(failure: Failure) -> Problem:
    """Word a failed round. An answer that is not the centre's, or a refusal, is worded by its code."""
    details = f"{failure.fault.value} {failure.code}".strip()
    said = _WORDS.get(failure.fault)
    if said is not None:
        title, advice = said()
        return Problem(title, advice, details=details)
    return word_code(failure.code, failure.values, details)


def word_code(code: str, values: Mapping[str, int | str], details: str = "") -> Problem:
    """Word a code the centre sent; one from a newer centre is named as it is."""
    known = Code.named(code)
    return unknown(code or "?", details) if known is None else word_refusal(known, values)
