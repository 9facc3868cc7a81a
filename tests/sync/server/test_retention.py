"""The centre signs a newer retention schedule: it comes to every PC, once, and no older one takes its place."""

from importlib.resources import files

from sync.retention import DAY, Term, read_schedule
from sync.server.commands import main
from tests.builders.centre import BUDI, Pc

TEXT = files("resources").joinpath("retention", "schedule-0.toml").read_text("utf-8")


def test_a_newer_schedule_comes_to_every_pc_once_and_an_older_one_to_none(
    office, line, home, tmp_path, capsys
):
    budi = Pc.of(office, BUDI)
    budi.syncs(line)
    budi.fetches(line)

    def sets(version, days):
        path = tmp_path / "jadwal.toml"
        path.write_text(
            TEXT.replace("version = 0", f"version = {version}").replace("days = 365", f"days = {days}"),
            "utf-8",
        )
        return main(["retention", "set", str(path), "--data", str(home.folder)])

    assert sets(2, 730) == 0
    assert "Jadwal retensi versi 2" in capsys.readouterr().out
    brought = budi.syncs(line)
    assert brought.versions["retention"] == 2
    schedule = read_schedule(brought.documents["retention"], budi.centre_public)
    assert schedule.seconds(Term.PROFILE) == 730 * DAY
    assert "retention" not in budi.syncs(line).documents
    assert sets(1, 400) == sets(2, 400) == 2
    assert "is not newer" in capsys.readouterr().err
    assert sets(3, 1) == 2
    assert "Berkas rusak" in capsys.readouterr().err
    assert main(["retention", "show", "--data", str(home.folder)]) == 0
    told = capsys.readouterr().out
    assert "Jadwal retensi versi 2" in told
    assert "730 hari sejak orangnya terakhir masuk" in told
