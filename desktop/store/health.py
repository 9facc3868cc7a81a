"""Cek kesehatan: what a technician asks first, green or amber, with what to do and no personal data."""

import os
import platform
import secrets
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2

from desktop.formats import number, size
from desktop.language import tr, trn
from desktop.store.care import DEVICE_FILE
from desktop.store.soundness import Verdict

if TYPE_CHECKING:
    from desktop.store.device import Store

NEEDED = 2_000_000_000
"""Free bytes below which courses may not fit."""
DAY = 86_400
STALE_COPY, STALE_WORD = 3, 30
"""Days after which a backup, or the last word of the centre while work waits, is old."""
BEHIND = 300
"""Seconds a clock may lie behind the last signed time."""
AHEAD = 400
"""Days after the last signed time from which on a clock is not taken on trust."""
TRIAL = 4 * 1024 * 1024
SLOW = 1_000_000
"""Bytes a second below which a stick makes people wait."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `facts` are numbers and fixed words: they go into the ZIP as they are."""

    name: str
    good: bool
    title: str
    advice: str = ""
    facts: Mapping[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast a stick was, in bytes a second; `whole` tells whether it gave back what it was given."""

    write: int
    read: int
    whole: bool


def look_after(
    store: "Store", sticks: Iterable[Path], version: str, key: tuple[str, bytes] | None = None
) -> tuple[Finding, ...]:
    """Look at everything; takes seconds where a stick is slow. `key` is of the profile that is signed in."""
    return (
        _disk(store),
        _clock(store),
        *_databases(store, key),
        _backups(store),
        _exchange(store),
        *map(_stick, sticks),
        versions(version),
    )


def _disk(store: "Store") -> Finding:
    free, reserve = store.ballast.free(), store.ballast.held
    facts = {"free_bytes": free, "reserve_held": int(reserve)}
    if free >= NEEDED:
        return Finding("disk", good=True, title=tr("Ruang cukup: {ada}").format(ada=size(free)), facts=facts)
    advice = tr("Hapus berkas yang tidak dipakai. Jawaban tetap disimpan; paket baru mungkin ditolak.")
    title = tr("Ruang hampir habis: {ada}").format(ada=size(free))
    return Finding("disk", good=False, title=title, advice=advice, facts=facts)


def _clock(store: "Store") -> Finding:
    wall, proven = store.clock.wall(), store.proven()
    facts = {"wall": wall, "proven": proven}
    if proven and wall < proven - BEHIND:
        title, advice = tr("Jam komputer tertinggal."), tr("Betulkan tanggal dan jam komputer ini.")
    elif proven and wall > proven + AHEAD * DAY:
        title = tr("Jam komputer jauh di depan waktu terakhir yang pasti.")
        advice = tr("Periksa tanggal dan tahun komputer ini, lalu kirim dan terima sekali.")
    elif not proven:
        title = tr("Jam komputer belum dapat dibandingkan.")
        advice = tr("Waktu yang pasti datang bersama kiriman pertama dari pusat.")
        return Finding("clock", good=True, title=title, advice=advice, facts=facts)
    else:
        return Finding("clock", good=True, title=tr("Jam komputer cocok"), facts=facts)
    return Finding("clock", good=False, title=title, advice=advice, facts=facts)


def _databases(store: "Store", key: tuple[str, bytes] | None) -> Iterable[Finding]:
    care = store.care
    verdict = care.check(DEVICE_FILE)
    yield _database("device", tr("Data komputer ini"), verdict, store, DEVICE_FILE)
    others = [file for file in care.files() if file != DEVICE_FILE]
    for place, file in enumerate(others, 1):
        if key is not None and key[0] == file:
            yield _database(f"profile_{place}", tr("Data Anda"), care.check(*key), store, file)
        else:
            known = Verdict.DAMAGED if care.is_damaged(file) else Verdict.UNKNOWN
            yield _database(f"profile_{place}", tr("Profil {n}").format(n=place), known, store, file)


def _database(name: str, what: str, verdict: Verdict, store: "Store", file: str) -> Finding:
    care, path = store.care, store.folders.data / file
    waiting = care.is_unchecked(file)
    restored = care.restored(file)
    facts: dict[str, int | str] = {
        "verdict": verdict.name,
        "unchecked": int(waiting),
        "bytes": path.stat().st_size if path.exists() else 0,
        "checked": care.checked(file),
        "restored": 0 if restored is None else restored.restored,
    }
    if verdict is Verdict.DAMAGED:
        advice = tr("Tutup Suluh, lalu buka dan masuk lagi: data dipulihkan dari cadangan.")
        return Finding(
            name, good=False, title=tr("{apa}: rusak").format(apa=what), advice=advice, facts=facts
        )
    if verdict is Verdict.SOUND:
        return Finding(name, good=True, title=tr("{apa}: utuh").format(apa=what), facts=facts)
    if waiting:
        advice = tr("Komputer mati mendadak. Pemeriksaan berjalan sesudah pemiliknya masuk.")
        title = tr("{apa}: belum diperiksa").format(apa=what)
        return Finding(name, good=False, title=title, advice=advice, facts=facts)
    advice = tr("Terkunci dengan PIN pemiliknya; diperiksa saat ia masuk.")
    return Finding(name, good=True, title=tr("{apa}: terkunci").format(apa=what), advice=advice, facts=facts)


def _backups(store: "Store") -> Finding:
    care, now = store.care, store.now()
    copies = care.copies(DEVICE_FILE)
    total = sum(one.size for file in care.files() for one in care.copies(file))
    days = (now - copies[0].at) // DAY if copies else -1
    facts = {"days": days, "copies": len(copies), "bytes": total, "set_aside": care.aside()}
    if not copies:
        title = tr("Belum ada cadangan.")
    elif days > STALE_COPY:
        title = trn("Cadangan terakhir {n} hari yang lalu", days).format(n=days)
    else:
        return Finding("backups", good=True, title=tr("Cadangan ada dan sudah diperiksa"), facts=facts)
    advice = tr("Buka Setelan, Cadangan, lalu pilih Buat sekarang. Cadangan tidak dibuat bila ruang kurang.")
    return Finding("backups", good=False, title=title, advice=advice, facts=facts)


def _exchange(store: "Store") -> Finding:
    rows = store.device.query("SELECT coalesce(max(at), 0) FROM ack")
    waiting = int(store.device.query("SELECT count(*) FROM outbox")[0][0])
    last = int(rows[0][0])
    days = (store.now() - last) // DAY if last else -1
    facts = {"days": days, "waiting_segments": waiting}
    if not waiting:
        return Finding("exchange", good=True, title=tr("Tidak ada hasil yang menunggu dikirim"), facts=facts)
    if last and days <= STALE_WORD:
        title = trn("Kabar terakhir dari pusat {n} hari yang lalu", days).format(n=days)
        return Finding("exchange", good=True, title=title, facts=facts)
    title = (
        tr("Hasil menunggu, dan pusat sudah lama tidak menjawab.") if last else tr("Hasil menunggu dikirim.")
    )
    advice = tr("Buka Kirim & terima, atau minta koordinator datang dengan flashdisk. Hasilnya aman di sini.")
    return Finding("exchange", good=False, title=title, advice=advice, facts=facts)


def _stick(root: Path) -> Finding:
    try:
        found = measure(root)
    except OSError as fault:
        title = tr("Flashdisk tidak dapat ditulisi.")
        advice = tr("Periksa sakelar kuncinya dan ruangnya, atau pakai flashdisk lain.")
        facts = {"errno": fault.errno or 0}
        return Finding("stick", good=False, title=title, advice=advice, facts=facts)
    facts = {"write": found.write, "read": found.read, "whole": int(found.whole)}
    if not found.whole:
        title = tr("Flashdisk mengembalikan isi yang berbeda.")
        advice = tr("Jangan pakai flashdisk ini lagi. Salin isinya ke flashdisk lain.")
        return Finding("stick", good=False, title=title, advice=advice, facts=facts)
    title = tr("Flashdisk: tulis {w} MB/s, baca {r} MB/s").format(
        w=number(found.write / 1e6, 1), r=number(found.read / 1e6, 1)
    )
    advice = (
        "" if found.write >= SLOW else tr("Flashdisk ini lambat. Coba lubang USB lain, atau flashdisk lain.")
    )
    return Finding("stick", good=found.write >= SLOW, title=title, advice=advice, facts=facts)


def measure(root: Path) -> Speed:
    """Write 4 MiB to a stick, flush, read it back, and take it away again. Raises OSError."""
    data = os.urandom(TRIAL)
    path = root / f".tmp-{secrets.token_hex(4)}"
    try:
        start = time.perf_counter()
        with path.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            written = time.perf_counter()
            if hasattr(os, "posix_fadvise"):  # so that it is the stick that answers, and not the memory
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        begun = time.perf_counter()
        whole = path.read_bytes() == data
        ended = time.perf_counter()
    finally:
        with suppress(OSError):
            path.unlink(missing_ok=True)
    return Speed(_rate(written - start), _rate(ended - begun), whole)


def _rate(seconds: float) -> int:
    return int(TRIAL / max(seconds, 1e-6))


def versions(version: str) -> Finding:
    """Tell what runs here: of Suluh, of Python, of the database, of the system."""
    cipher = dbapi2.connect(":memory:")
    try:
        named = cipher.execute("PRAGMA cipher_version").fetchone()
    finally:
        cipher.close()
    facts: dict[str, int | str] = {
        "suluh": version,
        "python": platform.python_version(),
        "sqlite": dbapi2.sqlite_version,
        "cipher": str(named[0]) if named else "",
        "system": platform.system(),
        "release": platform.release(),
        "machine": platform.machine(),
    }
    return Finding("versions", good=True, title=tr("Suluh {versi}").format(versi=version), facts=facts)
