"""The operator's commands about certificates: what they say, issuing, taking back, and looking one up."""

import argparse
import time

from sync.proof import read_proof
from sync.refusal import Refusal
from sync.server import certificates
from sync.server.home import Home
from sync.server.operations import house
from sync.server.reports import office_named, offices


def certificate_form(home: Home, options: argparse.Namespace) -> int:
    """Set who answers for certificates, and the letters of their numbers."""
    form = certificates.CertificateForm(options.issuer.strip(), options.code.strip().strip("/"))
    if not form.code:
        raise ValueError("Kode nomor tidak boleh kosong.")
    with house(home) as (database, _), database.writing() as connection:
        certificates.put_form(connection, form)
    print(f"Sertifikat berikutnya diterbitkan oleh {form.issuer}, misalnya nomor {form.number(1, 2026)}.")
    return 0


def certificate_issue(home: Home, options: argparse.Namespace) -> int:
    """Issue certificates for what has been finished; each reaches its owner with the next exchange."""
    with house(home) as (database, keys):
        with database.reading() as connection:
            if options.office:
                wanted = [office_named(connection, options.office)]
            else:
                wanted = [number for number, _, _ in offices(connection)]
        made = 0
        for number in wanted:  # an office at a time: each is issued whole or not at all
            with database.writing() as connection:
                given = certificates.issue(connection, keys, int(time.time()), number, options.course or "")
            for one in given:
                print(f"{one.number}  {one.course}  {one.name}")
            made += len(given)
        database.fold_log()
    print(
        f"{made} sertifikat diterbitkan. Masing-masing sampai kepada pemiliknya pada pengiriman berikutnya."
    )
    return 0


def certificate_revoke(home: Home, options: argparse.Namespace) -> int:
    """Take a certificate back."""
    with house(home) as (database, keys):
        with database.writing() as connection:
            found = certificates.revoke(connection, keys, int(time.time()), options.number, options.reason)
        database.fold_log()
    print(f"Sertifikat {found.number} dicabut. Pemiliknya mengetahuinya pada pengiriman berikutnya.")
    return 0


def certificate_check(home: Home, options: argparse.Namespace) -> int:
    """Say what is held of a number, or of the text of a QR code; 1 when it does not hold."""
    with house(home) as (database, keys), database.reading() as connection:
        number: str = options.number
        try:
            found = certificates.check(connection, keys, read_proof(number))
        except Refusal:
            known = certificates.find(connection, number)
            if known is None:
                print("Tidak dikenal: pusat ini tidak pernah menerbitkannya.")
                return 1
            found = known
    state = f"DICABUT: {found.reason}" if found.revoked else "berlaku"
    print(f"{found.number}  {found.course}  {found.name or 'data orangnya sudah dihapus'}  {state}")
    return 1 if found.revoked else 0
