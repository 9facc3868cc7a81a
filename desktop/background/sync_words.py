"""What kept a delivery from the centre, in words: what happened, that the work is safe, what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from desktop.errors import Problem, Values, unknown, word_refusal
from desktop.formats import long_day
from desktop.language import tr
from sync.client.faults import ASKS, EXPIRED, NOT_YET, OTHER_NAME, STRANGER, Failure, Fault
from sync.refusal import Code

_Words = tuple[str, str]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = 1 << 37
"""Unix seconds in the year 6325: a clock that says more is told as this."""


def _safe() -> str:
    return tr("Pekerjaan Anda tetap tersimpan di komputer ini.")


def _offline() -> _Words:
    return tr("Tanpa internet"), tr("Pekerjaan Anda tersimpan dan dikirim sendiri saat ada sambungan.")


def _cut() -> _Words:
    return (
        tr("Sambungan terputus sebelum selesai."),
        _safe() + " " + tr("Yang sudah diterima pusat tidak dikirim lagi; sisanya menyusul."),
    )


def _clock(values: Values) -> _Words:
    if "clock" not in values:
        return _tls()
    return (
        tr("Jam komputer ini menunjukkan {tgl}, jadi server pusat tidak dapat diperiksa.").format(
            tgl=_day(values)
        ),
        _safe() + " " + tr("Betulkan tanggal dan jam komputer ini, lalu pilih Kirim sekarang."),
    )


def _expired(values: Values) -> _Words:
    if "clock" not in values:
        return _tls()
    return (
        tr("Pengaman server pusat sudah habis masanya menurut jam komputer ini ({tgl}).").format(
            tgl=_day(values)
        ),
        _safe() + " " + tr("Bila tanggal itu salah, betulkan. Bila benar, beri tahu petugas pusat."),
    )


def _intercepted() -> _Words:
    return (
        tr("Jaringan ini membuka sambungan ke server pusat di tengah jalan, jadi tidak ada yang dikirim."),
        _safe() + " " + tr("Coba jaringan lain, atau minta petugas TI tidak membuka sambungan Suluh."),
    )


def _other_name() -> _Words:
    return (
        tr("Yang menjawab di alamat ini bukan server pusat."),
        _safe()
        + " "
        + tr("Di Wi-Fi umum, buka peramban dan masuk dulu. Selain itu, periksa alamatnya di Setelan."),
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


def _proxy_refuses() -> _Words:
    return (
        tr("Jaringan kantor tidak meneruskan kiriman ke server pusat."),
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


def _day(values: Values) -> str:
    return long_day((_EPOCH + timedelta(seconds=min(int(values["clock"]), _LATEST))).date())


_CLOSER: Mapping[tuple[Fault, str], Callable[[Values], _Words]] = {
    (Fault.TLS, EXPIRED): _expired,
    (Fault.TLS, STRANGER): lambda _: _intercepted(),
    (Fault.TLS, OTHER_NAME): lambda _: _other_name(),
    (Fault.CLOCK, NOT_YET): _clock,
    (Fault.CLOCK, EXPIRED): _clock,
    (Fault.PROXY, ASKS): lambda _: _proxy(),
}
_WORDS: Mapping[Fault, Callable[[], _Words]] = {
    Fault.NAME_UNKNOWN: _offline,
    Fault.UNREACHABLE: _offline,
    Fault.CUT: _cut,
    Fault.TLS: _tls,
    Fault.CLOCK: _tls,
    Fault.PROXY: _proxy_refuses,
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
    closer, said = _CLOSER.get((failure.fault, failure.code)), _WORDS.get(failure.fault)
    if said is not None:
        title, advice = said() if closer is None else closer(failure.values)
        return Problem(title, advice, details=details)
    return word_code(failure.code, failure.values, details)


def word_code(code: str, values: Mapping[str, int | str], details: str = "") -> Problem:
    """Word a code the centre sent; one from a newer centre is named as it is."""
    known = Code.named(code)
    return unknown(code or "?", details) if known is None else word_refusal(known, values)
