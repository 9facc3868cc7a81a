"""The courses become packs that a PC verifies, with the handout printed from its Markdown."""

from dataclasses import replace

import pytest

from desktop.paper.markdown_pdf import print_markdown
from sync.packs.build import build_pack
from sync.packs.verify import verify_whole
from tests.builders.packs import Authority
from tests.courses.faults import SECURITY, SERVICE, read


@pytest.mark.parametrize("folder", [SERVICE, SECURITY], ids=lambda p: p.name)
def test_a_course_is_built_signed_and_verified_whole(folder, tmp_path, qapp):
    authority = Authority()
    source = read(folder)
    out = tmp_path / f"{folder.name}.suluh-paket"
    build_pack(source, "bpsdm", authority.publisher, out, print_pdf=print_markdown, papers=authority.papers())
    assert verify_whole(out, authority.store()).manifest.course == replace(source.course, publisher="bpsdm")
    assert out.stat().st_size < 3_000_000


def test_the_handout_is_two_to_four_sheets(tmp_path, qapp):
    from PySide6.QtPdf import QPdfDocument

    file = tmp_path / "handout.pdf"
    file.write_bytes(print_markdown("Ringkasan dan daftar periksa", SERVICE / "handout.md"))
    document = QPdfDocument()
    document.load(str(file))
    assert 2 <= document.pageCount() <= 4
    document.close()
