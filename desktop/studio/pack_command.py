"""`suluh pack build|verify|keygen`: the trainer's workshop on the command line."""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from desktop.errors import Problem, explain
from desktop.formats import size
from desktop.language import tr
from desktop.studio.key_files import LIST_NAME, read_key, read_papers, write_key
from desktop.studio.source_words import word_source
from sync.journal.keys import SigningKey
from sync.packs.build import build_pack
from sync.packs.documents import NEVER_EXPIRES, key_id
from sync.packs.outline import version_number
from sync.packs.source import read_source
from sync.packs.trust import Publisher, TrustStore, fingerprint, read_trust
from sync.packs.trust_making import TrustDraft, sign_root, sign_trust
from sync.packs.verify import verify_whole
from sync.refusal import Refusal

DEFAULT_PUBLISHER = "penerbit"


def run(arguments: Sequence[str]) -> int:
    """Answer one command line; the value is the exit code (0 done, 1 refused, 2 misused)."""
    options = _parser().parse_args(list(arguments))
    try:
        return int(options.work(options))
    except (Problem, Refusal, OSError) as fault:
        worded = word_source(fault) if isinstance(fault, Refusal) else None
        problem = worded or explain(fault)
        _say(problem.title, problem.advice, problem.details, where=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="suluh pack", description=tr("Membuat dan memeriksa paket modul."))
    words = parser.add_subparsers(dest="word", required=True, metavar="kata")

    build = words.add_parser("build", help=tr("jadikan folder naskah satu paket bertanda tangan"))
    build.add_argument("source", type=Path, metavar="NASKAH")
    build.add_argument("--key", "-k", type=Path, required=True, metavar="KUNCI")
    build.add_argument("-o", "--out", type=Path, required=True, metavar="PAKET")
    build.add_argument(
        "--trust", type=Path, metavar="FOLDER", help=tr("akar dan daftar kepercayaan dari pusat")
    )
    build.add_argument("--publisher", metavar="NAMA", help=tr("nama penerbit di daftar kepercayaan"))
    build.add_argument(
        "--downgrade", action="store_true", help=tr("boleh menggantikan versi yang lebih baru")
    )
    build.add_argument(
        "--update-from",
        type=Path,
        metavar="PAKET",
        help=tr("paket lengkap sebelumnya; hasilnya hanya pembaruan"),
    )
    build.set_defaults(work=_build)

    verify = words.add_parser("verify", help=tr("periksa paket sampai berkas terakhir"))
    verify.add_argument("pack", type=Path, metavar="PAKET")
    verify.add_argument(
        "--trust", type=Path, metavar="FOLDER", help=tr("akar yang dipercaya; tanpa ini: akar paket")
    )
    verify.set_defaults(work=_verify)

    keygen = words.add_parser("keygen", help=tr("buat kunci penerbit"))
    keygen.add_argument("-o", "--out", type=Path, default=Path("penerbit.key"), metavar="KUNCI")
    keygen.add_argument(
        "--trust",
        type=Path,
        metavar="FOLDER",
        help=tr("buat juga akar dan daftar kepercayaan sendiri, untuk mencoba"),
    )
    keygen.add_argument("--title", default="Penerbit percobaan", metavar="NAMA")
    keygen.set_defaults(work=_keygen)
    return parser


def _build(options: argparse.Namespace) -> int:
    from desktop.paper.markdown_pdf import print_markdown  # noqa: PLC0415 - Qt is needed for handouts alone

    source = read_source(options.source)
    signer = read_key(options.key)
    papers = read_papers(options.trust)
    publisher = options.publisher or _name_of(signer, papers.roots, papers.trust_list)
    built = build_pack(
        source,
        publisher,
        signer,
        options.out,
        print_pdf=print_markdown,
        papers=papers,
        downgrade=options.downgrade,
        update_from=options.update_from,
    )
    course = source.course
    _say(
        tr("{judul}, versi {versi}: {n} berkas, {besar}.").format(
            judul=course.title, versi=course.version, n=built.objects, besar=size(built.size)
        ),
        tr("Penerbit: {nama}").format(nama=publisher),
        str(built.path),
    )
    return 0


def _name_of(signer: SigningKey, roots: tuple[bytes, ...], trust_list: bytes) -> str:
    """Look the key up in the trust list; without one the name waits for the list of whoever receives it."""
    if not trust_list:
        return DEFAULT_PUBLISHER
    trust = read_trust(TrustStore(roots[-1], trust_list))
    for publisher in trust.publishers.values():
        if signer.public in publisher.keys:
            return publisher.id
    raise Problem(
        tr("Kunci ini tidak ada di daftar kepercayaan."),
        tr("Minta pusat menambahkan kunci umum {kunci}.").format(kunci=signer.public.hex()),
    )


def _verify(options: argparse.Namespace) -> int:
    papers = read_papers(options.trust)
    store = TrustStore(papers.roots[-1], papers.trust_list) if papers.roots else None
    pack = verify_whole(options.pack, store)
    course = pack.manifest.course
    age = max(0, (datetime.now(UTC) - pack.list_expires).days)
    _say(
        tr("Asli: {judul}, versi {versi}").format(judul=course.title, versi=course.version),
        tr("Ditandatangani oleh {nama}").format(nama=pack.signer.title),
        tr("{n} berkas, {besar}").format(
            n=len(pack.manifest.content.objects), besar=size(pack.manifest.content.size)
        ),
        tr("Akar: {sidik}").format(sidik=fingerprint(pack.trust.root))
        + ("" if store else " " + tr("(dari paket ini sendiri; cocokkan dengan sidik dari pusat)")),
        tr("Daftar kepercayaan berumur lewat {n} hari.").format(n=age) if age else "",
    )
    return 0


def _keygen(options: argparse.Namespace) -> int:
    signer = SigningKey.generate()
    public = write_key(options.out, signer)
    _say(
        tr(
            "Kunci rahasia: {berkas}. Simpan baik-baik; siapa pun yang memilikinya dapat menandatangani."
        ).format(berkas=options.out),
        tr("Kunci umum: {berkas}. Berikan kepada pusat.").format(berkas=public),
        tr("Nama kunci: {nama}").format(nama=key_id(signer.public)[:16]),
    )
    if options.trust is not None:
        _own_trust(options.trust, options.title, signer)
    return 0


def _own_trust(folder: Path, title: str, signer: SigningKey) -> None:
    """Make a root of one's own for trying; its keys are kept beside it, which a real root never does."""
    folder.mkdir(parents=True, exist_ok=True)
    roots = [SigningKey.generate() for _ in range(3)]
    keeper = SigningKey.generate()
    for number, key in enumerate(roots, start=1):
        write_key(folder / f"root-{number}.key", key)
    write_key(folder / "trust.key", keeper)
    root = sign_root(1, [key.public for key in roots], [keeper.public], roots[:2])
    publisher = Publisher(DEFAULT_PUBLISHER, title, (signer.public,))
    draft = TrustDraft(version_number("0.0.1"), NEVER_EXPIRES, (publisher,))
    (folder / "1.root.json").write_bytes(root)
    (folder / LIST_NAME).write_bytes(sign_trust(draft, keeper))
    _say(tr("Akar percobaan: {folder}, sidik {sidik}").format(folder=folder, sidik=fingerprint(root)))


def _say(*lines: str, where: TextIO | None = None) -> None:
    stream = where or sys.stdout
    for line in lines:
        if line:
            stream.write(line + "\n")


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
