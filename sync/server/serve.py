"""Running the centre: one process, one port, and a word to the operator on how a PC connects."""

import argparse
import gc
import logging
import socket
import sys
from contextlib import suppress

import uvicorn

from sync.server.centre import Centre
from sync.server.door import Door
from sync.server.home import Home
from sync.server.lean import lean_for

KEEP_ALIVE = 150
"""Seconds a silent connection stays open: PCs sync every two minutes and must not pay for a new handshake."""
BACKLOG = 2048
TICKETS = 1
"""TLS tickets a connection: a PC opens one at a time, and on a bad link they hold up its answer."""
READY = "SULUH-READY"


class _Server(uvicorn.Server):
    """A uvicorn server that says when it is ready."""

    def __init__(self, config: uvicorn.Config, says: str) -> None:
        super().__init__(config)
        self._says = says

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then speak."""
        await super().startup(sockets)
        if self.started:
            print(self._says, flush=True)


def run(home: Home, options: argparse.Namespace) -> int:
    """Run until interrupted. With port 0 a free one is taken, and a line for programs says which."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    door = listen(options.host, options.port, beside=options.beside)
    port = door.getsockname()[1]
    centre = Centre(home)
    config = uvicorn.Config(
        Door(centre),
        http=lean_for(centre.gate),
        loop="auto",
        ws="none",
        lifespan="on",
        server_header=False,
        date_header=False,
        access_log=False,
        log_config=None,
        timeout_keep_alive=KEEP_ALIVE,
        backlog=BACKLOG,
        ssl_certfile=options.tls_cert,
        ssl_keyfile=options.tls_key,
    )
    config.load()
    if config.ssl is not None:
        config.ssl.num_tickets = TICKETS
    says = READY if options.beside else spoken(home, options, port, first=centre.first)
    server = _Server(config, says)
    gc.collect()
    gc.freeze()  # what is loaded stays: to look through it for garbage takes a fourteenth of a sync
    with suppress(KeyboardInterrupt):
        server.run(sockets=[door])
    return 0 if server.started else 1


def spoken(home: Home, options: argparse.Namespace, port: int, *, first: bool) -> str:
    """Return what is said once connections are taken."""
    secure = options.tls_cert is not None
    address = f"{'https' if secure else 'http'}://{shown(options.host)}:{port}"
    says = "" if options.port == 0 else _welcome(home, address, first=first, secure=secure)
    if options.port == 0 or not sys.stdout.isatty():  # a program started this and waits for one line
        says = f"{says}\n{READY} {address}".strip()
    return says


def listen(host: str, port: int, *, beside: bool = False) -> socket.socket:
    """Open the door, `beside` others of this account. Raises OSError, in words, when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    if sys.platform != "win32":
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if beside:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        door.bind((host, port))
    except OSError as fault:
        door.close()
        raise OSError(f"Alamat {host}:{port} tidak dapat dipakai: {fault.strerror}.") from fault
    return door


def shown(host: str) -> str:
    """Return the host as a PC would write it."""
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        return socket.gethostname()
    return f"[{host}]" if ":" in host else host


def _welcome(home: Home, address: str, *, first: bool, secure: bool) -> str:
    """Say where things are and how a PC connects."""
    lines = [f"Pusat Suluh siap di {address}", f"Data: {home.folder.resolve()}"]
    if first:
        lines += [
            "",
            "Kunci baru telah dibuat.",
            f"PENTING: pindahkan isi {home.roots.resolve()} ke flashdisk (USB), lalu hapus dari server.",
            "Caranya tertulis di BACA-SAYA.txt dalam folder itu.",
        ]
    lines += [
        "",
        "Menghubungkan komputer:",
        "1. Siapkan daftar pegawai (CSV) dengan kolom NIP;Nama;Unit;Peran. Satu orang berperan koordinator.",
        "2. Buat berkas kantor dan kode pendaftaran:",
        '   suluh office new daftar.csv --name "Kantor Distrik Waropen" --zone Asia/Jayapura \\',
        f"     --url {address} --out kantor --data {home.folder.resolve()}",
        "3. Bawa berkas .suluh-kantor ke tiap komputer, pilih Siapkan komputer ini, lalu buka berkas itu.",
        "4. Bagikan kode pendaftaran secara tertutup, satu per orang.",
    ]
    if not secure:
        lines += [
            "",
            "Alamat http hanya untuk komputer ini. Untuk komputer lain, jalankan dengan --host dan",
            "--tls-cert/--tls-key, atau di belakang server web yang memakai https.",
        ]
    return "\n".join((*lines, "", "Hentikan dengan Ctrl+C."))
