"""The operator's command about letters: old keys go back by hand and after a look, never by themselves."""

import argparse
from typing import TYPE_CHECKING

from sync.server.home import Home
from sync.server.operations import house, read_uuid

if TYPE_CHECKING:
    from sync.server.letters import Escrowed

WARNING = """\
Yang akan terjadi: semua kunci surat lama orang ini diserahkan ke satu kunci yang Anda sebut.
Siapa pun yang memegang kunci itu lalu dapat membaca semua suratnya yang lama.

Pastikan bersama orangnya sendiri, lewat telepon yang Anda kenal atau bertemu; bukan lewat koordinator,
karena koordinator dapat mengatur ulang PIN dan mengesahkan kunci. Minta ia membacakan tanda kunci di
layar Kirim & terima. Lalu jalankan lagi dengan:
  --key TANDA --asked-by "siapa yang meminta, dan cara Anda memastikannya\""""


def letters_return(home: Home, options: argparse.Namespace) -> int:
    """Without a key tell what is held and what would happen; with one give the old letter keys to it."""
    from sync.server.letters import escrowed, give_back  # noqa: PLC0415 - only this command opens them

    who = read_uuid(options.person)
    with house(home) as (database, keys):
        if options.key:
            with database.writing() as connection:
                held = escrowed(connection, keys, who)
                address, count = give_back(connection, keys, held, options.key, options.asked_by or "")
            where = address.pc_name or "komputernya"
            print(f"{count} kunci surat lama diserahkan kepada {held.name}, di {where}.")
            print("Suratnya yang lama terbuka pada pengiriman berikutnya.")
            return 0
        with database.reading() as connection:
            held = escrowed(connection, keys, who)
    _tell(held)
    return 0


def _tell(held: "Escrowed") -> None:
    print(f"{held.name}, {held.unit}")
    print(f"Kunci surat yang disimpan pusat: {len(held.letters)}")
    print("Kunci yang berlaku sekarang:")
    for one in held.addresses:
        by = "dengan kode pendaftaran" if one.by_code else "oleh koordinator"
        print(f"  tanda {one.mark}, {one.pc_name or 'komputer tanpa nama'}, disahkan {by}")
    print(WARNING)
