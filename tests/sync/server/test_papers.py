"""An author without an office gets the root and the trust list as files, and a fresh PC can verify the pack."""

from pathlib import Path

from desktop.studio.key_files import read_papers
from sync.packs.trust import TrustStore, read_trust
from sync.server.commands import main


def test_the_papers_of_the_centre_are_those_that_a_pack_carries(office, home, tmp_path, capsys):
    key = tmp_path / "bpsdm.key.pub"
    key.write_text("17" * 32 + "\n", "ascii")
    where = ["--data", str(home.folder)]
    assert main(["publisher", "add", str(key), "--id", "bpsdm", "--title", "BPSDM", *where]) == 0

    assert main(["papers", str(tmp_path / "kertas"), *where]) == 0

    carried = read_papers(Path(tmp_path / "kertas"))
    trust = read_trust(TrustStore(carried.roots[-1], carried.trust_list))
    assert trust.publishers["bpsdm"].keys == (bytes([0x17]) * 32,)
    assert "kertas" in capsys.readouterr().out
