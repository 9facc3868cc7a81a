"""The operator's commands about certificates: what they say, issuing, signed files, taking back, checking."""

import argparse
import hashlib
import time
from pathlib import Path

from sync.proof import proof_in, read_proof
from sync.refusal import Code, Refusal
from sync.server import certificates
from sync.server.home import Home
from sync.server.operations import house
from sync.server.reports import office_named, offices
from sync.server.signed_papers import PAPER_LIMIT, attach, paper_of
from sync.signed_pdf import is_signed

_FAULTS = {
    Code.TOO_LARGE: f"Berkas lebih besar dari {PAPER_LIMIT >> 20} MB. Simpan dengan mutu lebih rendah.",
    Code.MALFORMED: "Berkas itu bukan PDF yang utuh.",
    Code.SIGNATURE: "PDF itu belum ditandatangani: tidak ada tanda tangan elektronik di dalamnya.",
    Code.OBJECT: "PDF itu bukan milik sertifikat ini: teks Suluh di dalamnya milik nomor lain atau tidak ada."
    " Bila teksnya hilang saat ditandatangani, cocokkan nama dan nomornya, lalu tambahkan --unmarked.",
}


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


def certificate_attach(home: Home, options: argparse.Namespace) -> int:
    """Attach the PDF that an official signed; the centre vouches for its digest, and the owner gets it."""
    with options.file.open("rb") as file:
        data = file.read(PAPER_LIMIT + 1)
    with house(home) as (database, keys):
        try:
            with database.writing() as connection:
                found = attach(connection, keys, options.number, data, unmarked=options.unmarked)
        except Refusal as refusal:
            raise ValueError(_FAULTS.get(refusal.code, str(refusal))) from refusal
        database.fold_log()
    print(f"PDF bertanda tangan dilampirkan pada {found.number} ({found.name}, {found.course}).")
    print(f"SHA-256 {hashlib.sha256(data).hexdigest()}. Pemiliknya menerimanya pada pengiriman berikutnya.")
    return 0


def certificate_text(home: Home, options: argparse.Namespace) -> int:
    """Write the text of a certificate, from which its paper is drawn for the official to sign."""
    with house(home) as (database, _), database.reading() as connection:
        found = certificates.find(connection, options.number)
    if found is None or not found.proof:
        raise LookupError(f"Tidak ada sertifikat bernomor {options.number}.")
    print(found.proof)
    return 0


def certificate_check(home: Home, options: argparse.Namespace) -> int:
    """Say what is held of a number, of the text of a QR code, or of a PDF; 1 when it does not hold."""
    said: str = options.number
    path = Path(said)
    data = path.read_bytes() if said.lower().endswith(".pdf") and path.is_file() else b""
    with house(home) as (database, keys), database.reading() as connection:
        try:
            proof = read_proof(proof_in(data) or said)
            found = certificates.check(connection, keys, proof)
        except Refusal:
            known = certificates.find(connection, said)
            if known is None:
                print("Tidak dikenal: pusat ini tidak pernah menerbitkannya.")
                return 1
            found = known
        paper = paper_of(connection, found.number)
    state = f"DICABUT: {found.reason}" if found.revoked else "berlaku"
    print(f"{found.number}  {found.course}  {found.name or 'data orangnya sudah dihapus'}  {state}")
    if paper is not None:
        print(f"PDF bertanda tangan: {paper.size} B, SHA-256 {paper.file.hex()}")
    changed = is_signed(data) and (paper is None or paper.file != hashlib.sha256(data).digest())
    if changed:
        print("Berkas ini BUKAN PDF bertanda tangan yang dilampirkan: isinya lain.")
    return 1 if found.revoked or changed else 0
