"""The format as published: the same keys and course give the bytes that pack-format.md names."""

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from sync.journal.keys import SigningKey
from sync.packs.build import TrustPapers, build_pack
from sync.packs.outline import Activity, ActivityKind, Completion, Course, Module
from sync.packs.source import CourseSource, SourceFile
from sync.packs.trust import Publisher, TrustStore, fingerprint
from sync.packs.trust_making import TrustDraft, sign_root, sign_trust
from sync.packs.verify import verify_whole

PAGE = Path(__file__).parents[3] / "resources" / "decisions" / "pack-format.md"


def key(number):
    return SigningKey(bytes([number]) * 32)


def test_the_vectors_of_the_page_are_what_the_code_makes(tmp_path):
    roots = [key(1), key(2), key(3)]
    root = sign_root(1, [k.public for k in roots], [key(4).public], roots[:2])
    publisher = Publisher("contoh", "Penerbit Contoh", (key(5).public,))
    trust = sign_trust(TrustDraft(1, datetime(2030, 1, 1, tzinfo=UTC), (publisher,)), key(4))
    film = tmp_path / "film.webm"
    film.write_bytes(bytes(range(256)))
    activity = Activity("film", "Film", ActivityKind.VIDEO, 1, ("film.webm",), Completion.WATCHED)
    module = Module("m1", "Satu", 1, (activity,))
    course = Course("contoh", "Contoh", "Ringkas.", 100, "1.0", "contoh", mandatory=False, modules=(module,))
    out = tmp_path / "contoh.suluh-paket"
    source = CourseSource(course, (SourceFile("film.webm", film),))
    papers = TrustPapers((root,), trust)
    built = build_pack(source, "contoh", key(5), out, print_pdf=lambda *_: b"", papers=papers)
    found = {
        "root": sha256(root).hexdigest(),
        "trust list": sha256(trust).hexdigest(),
        "manifest": built.digest,
        "pack": sha256(out.read_bytes()).hexdigest(),
        "fingerprint": fingerprint(root),
    }
    text = PAGE.read_text("utf-8")
    assert [
        f"| {name} | `{value}` |" for name, value in found.items() if f"| {name} | `{value}` |" not in text
    ] == []
    assert verify_whole(out, TrustStore(root, trust)).manifest.course == course
