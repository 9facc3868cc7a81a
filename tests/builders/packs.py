"""Courses, keys and packs for tests: a small course as an author writes it, a root of our own, and packs of it."""

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sync.journal.keys import SigningKey
from sync.packs.archive import answer
from sync.packs.build import TrustPapers, build_pack
from sync.packs.reader import Layout, layout_of
from sync.packs.source import read_source
from sync.packs.trust import Publisher, Revoked, TrustStore
from sync.packs.trust_making import TrustDraft, sign_root, sign_trust

EXPIRES = datetime(2027, 1, 1, tzinfo=UTC)

COURSE = """
id = "keamanan-loket"
title = "Keamanan di loket"
summary = "Menjaga berkas warga."
jp = {jp}
version = "{version}"
mandatory = true
change_note = "Perbaikan soal 2.\\nVideo lebih kecil."
competences = ["T.1"]

[[module]]
id = "m1"
title = "Berkas"
[[module.activity]]
id = "baca"
title = "Membaca"
kind = "page"
pages = ["m1/satu.md", "m1/dua.md"]
minutes = 5
[[module.activity]]
id = "film"
title = "Film"
kind = "video"
source = "m1/film.webm"
minutes = 2

[[module]]
id = "m2"
title = "Kuis"
[[module.activity]]
id = "cetak"
title = "Lembar"
kind = "pdf"
source = "lembar.md"
minutes = 3
completion = "optional"
[[module.activity]]
id = "kuis"
title = "Kuis akhir"
kind = "quiz"
source = "m2/kuis.gift"
minutes = 5
pass_mark = 70
attempts = 2
"""

GIFT = """
::Satu:: Kunci layar sebelum pergi. {T#Orang lain dapat memakai akun Anda.}

::Dua:: Berkas KTP disimpan di {=lemari terkunci ~meja loket ~grup percakapan}.

::Tiga:: Urutkan. {> =Terima =Catat =Simpan =Musnahkan}
"""


def write_course(folder: Path, version: str = "1.0", page: str = "", jp: int = 2) -> Path:
    """Write a small course of every common kind of file; `page` changes one page of it, `jp` in whole hours."""
    (folder / "m1").mkdir(parents=True, exist_ok=True)
    (folder / "m2").mkdir(exist_ok=True)
    (folder / "course.toml").write_text(COURSE.format(version=version, jp=jp), "utf-8")
    (folder / "m1/satu.md").write_text("# Satu\n\n![Lemari berkas](lemari.svg)\n" + page, "utf-8")
    (folder / "m1/dua.md").write_text("# Dua\n\n" + "Simpan kunci lemari. " * 60, "utf-8")
    (folder / "m1/lemari.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "utf-8"
    )
    (folder / "m1/film.webm").write_bytes(bytes(range(256)) * 12)
    (folder / "m2/kuis.gift").write_text(GIFT, "utf-8")
    (folder / "lembar.md").write_text("# Lembar\n", "utf-8")
    return folder


@dataclass
class Authority:
    """A root of our own: three root keys, the list's key, one publisher called "bpsdm"."""

    roots: list[SigningKey] = field(default_factory=lambda: [SigningKey.generate() for _ in range(3)])
    keeper: SigningKey = field(default_factory=SigningKey.generate)
    publisher: SigningKey = field(default_factory=SigningKey.generate)
    prefixes: tuple[str, ...] = ("",)
    version: int = 1
    revoked: tuple[Revoked, ...] = ()
    withdrawn: tuple[str, ...] = ()
    expires: datetime = EXPIRES
    more: tuple[Publisher, ...] = ()

    def root(self, version: int = 1, signers: list[SigningKey] | None = None) -> bytes:
        public = [key.public for key in self.roots]
        return sign_root(version, public, [self.keeper.public], signers or self.roots[:2])

    def trust_list(self) -> bytes:
        one = Publisher("bpsdm", "BPSDM Provinsi", (self.publisher.public,), self.prefixes)
        draft = TrustDraft(
            self.version, self.expires, (one, *self.more), revoked=self.revoked, withdrawn=self.withdrawn
        )
        return sign_trust(draft, self.keeper)

    def store(self) -> TrustStore:
        return TrustStore(self.root(), self.trust_list())

    def papers(self, **delegations: bytes) -> TrustPapers:
        return TrustPapers((self.root(),), self.trust_list(), delegations)


def print_nothing(title: str, source: Path) -> bytes:
    """Stand in for the printer where no test looks at the paper."""
    return b"%PDF-1.4 " + title.encode() + source.read_bytes()


def make_pack(
    folder: Path,
    authority: Authority,
    *,
    version: str = "1.0",
    page: str = "",
    publisher: str = "bpsdm",
    signer: SigningKey | None = None,
    papers: TrustPapers | None = None,
    downgrade: bool = False,
    name: str = "",
    update_from: Path | None = None,
) -> Path:
    """Build a pack of the small course below `folder`."""
    source = read_source(write_course(folder / f"naskah-{version}{name}", version, page))
    out = folder / f"paket-{version}{name}.suluh-paket"
    build_pack(
        source,
        publisher,
        signer or authority.publisher,
        out,
        print_pdf=print_nothing,
        papers=papers if papers is not None else authority.papers(),
        downgrade=downgrade,
        update_from=update_from,
    )
    return out


def read_here(path: Path) -> Layout:
    """Read a pack as the child process does, in this process: for the many, where the process itself is not the point."""
    handle = os.open(path, os.O_RDONLY)
    try:
        return layout_of(*answer(handle))
    finally:
        os.close(handle)
