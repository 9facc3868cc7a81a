"""The catalogue: which modules a report counts, taken from packs of trusted publishers only."""

import time

import pytest

from sync.catalogue import read_catalogue
from sync.folds.cohort import CohortState
from sync.journal.keys import SigningKey
from sync.packs.build import TrustPapers
from sync.refusal import Code, Refusal
from sync.server.centre import open_house
from sync.server.commands import main
from sync.server.database import open_database
from sync.server.documents import Documents
from sync.server.reports import cohort_report, office_named
from tests.builders.centre import BUDI, Pc
from tests.builders.packs import Authority, make_pack


@pytest.fixture
def publisher(home, tmp_path, office):
    """A publisher whom this centre trusts."""
    key = SigningKey.generate()
    public = tmp_path / "bpsdm.pub"
    public.write_text(key.public.hex(), encoding="ascii")
    assert main(["publisher", "add", str(public), "--data", str(home.folder)]) == 0
    return key


def pack_by(key, folder, home, version="1.0"):
    with open_database(home) as database, database.reading() as connection:
        held = Documents.read(connection)
    papers = TrustPapers((held.root.data,), held.trust.data)
    return make_pack(folder, Authority(), signer=key, papers=papers, version=version)


def test_a_report_counts_the_modules_of_the_catalogue(office, line, home, tmp_path, publisher, capsys):
    budi = Pc.of(office, BUDI)
    budi.says("module.completed", module="keamanan-loket/m1", version="1.0")
    budi.syncs(line)
    pack = pack_by(publisher, tmp_path, home)
    assert main(["catalogue", "add", str(pack), "--data", str(home.folder)]) == 0
    assert "Keamanan di loket (1.0) masuk katalog: 2 modul." in capsys.readouterr().out
    with open_database(home) as database, database.reading() as connection:
        key = office_named(connection, office.file.header.name)
        report = cohort_report(connection, key, int(time.time()))
    row = next(row for row in report.rows if row.person == office.entry(BUDI).person)
    assert (row.modules_done, row.modules_total) == (1, 2)
    assert row.state is CohortState.SEDANG_BERJALAN


def test_the_catalogue_reaches_every_pc_once_and_is_signed(office, line, home, tmp_path, publisher):
    budi = Pc.of(office, BUDI)
    assert (
        main(["catalogue", "add", str(pack_by(publisher, tmp_path, home)), "--data", str(home.folder)]) == 0
    )
    document = budi.syncs(line).documents["catalogue"]
    shapes = read_catalogue(document, budi.centre_public)
    assert "keamanan-loket" in {shape.course for shape in shapes}
    assert "catalogue" not in budi.syncs(line).documents
    bent = document[:-1] + bytes((document[-1] ^ 1,))
    with pytest.raises(Refusal) as refusal:
        read_catalogue(bent, budi.centre_public)
    assert refusal.value.code is Code.SIGNATURE


def test_a_pack_of_an_unknown_publisher_is_not_listed(home, office, tmp_path, capsys):
    pack = pack_by(SigningKey.generate(), tmp_path, home)
    assert main(["catalogue", "add", str(pack), "--data", str(home.folder)]) == 2
    assert "belum dipercaya" in capsys.readouterr().err


@pytest.mark.parametrize("order", [("1.0", "1.1"), ("1.1", "1.0"), ("1.0", "1.1", "1.0")])
def test_a_newer_pack_stands_above_the_older_which_stays(home, office, tmp_path, publisher, order):
    for version in order:
        pack = pack_by(publisher, tmp_path, home, version)
        assert main(["catalogue", "add", str(pack), "--data", str(home.folder)]) == 0
    keys, database, _ = open_house(home)
    with database, database.reading() as connection:
        shapes = read_catalogue(Documents.read(connection).catalogue.data, keys.signing.public)
    (shape,) = (shape for shape in shapes if shape.course == "keamanan-loket")
    assert shape.version == "1.1"
    assert [one.version for one in shape.earlier] == ["1.0"]
