"""Lost sticks at the centre: a coordinator's report names the persons by name and runs for three days."""

import json
import time
import uuid

from sync.folds.losses import CLOCK, LOST
from sync.refusal import Code
from sync.server.commands import main
from tests.builders.centre import BUDI, MARIA, YOHANA, Pc

PCS = bytes(range(32))


def reports(pc, office, at, *nips, about="di kapal"):
    people = b"".join(office.entry(nip).person for nip in nips)
    pc.says(LOST, at=at, seen=0, pcs=PCS, people=people, about=about)


def asked(home, office, capsys, *words):
    name = office.file.header.name
    assert main(["losses", "--office", name, *words, "--data", str(home.folder)]) == 0
    return capsys.readouterr().out


def test_the_report_reaches_the_centre_with_its_three_days_and_the_exact_persons(office, line, home, capsys):
    now = int(time.time())
    yohana = Pc.of(office, YOHANA)
    reports(yohana, office, now - 3_600, BUDI, MARIA)
    yohana.syncs(line)
    yohana.syncs(line)
    (loss,) = json.loads(asked(home, office, capsys, "--json"))["losses"]
    assert [one["name"] for one in loss["people"]] == ["Budi Wanggai", "Maria Imbiri"]
    assert {one["person"] for one in loss["people"]} == {
        str(uuid.UUID(bytes=office.entry(nip).person)) for nip in (BUDI, MARIA)
    }
    assert (len(loss["computers"]), loss["until"] - loss["at"]) == (2, CLOCK)
    assert 0 < loss["left"] < CLOCK
    told = asked(home, office, capsys)
    for words in ("Batas 3 x 24 jam", "2 orang dari 2 komputer", "- Budi Wanggai", "di kapal"):
        assert words in told


def test_three_days_that_are_over_are_said_to_be_over(office, line, home, capsys):
    yohana = Pc.of(office, YOHANA)
    reports(yohana, office, int(time.time()) - CLOCK - 60, BUDI)
    yohana.syncs(line)
    assert json.loads(asked(home, office, capsys, "--json"))["losses"][0]["left"] == 0
    assert "sudah lewat" in asked(home, office, capsys)


def test_another_coordinators_desk_hears_of_it(office, line, home):
    yohana = Pc.of(office, YOHANA)
    reports(yohana, office, 1, BUDI)
    yohana.syncs(line)
    second = Pc.of(office, YOHANA)
    second.syncs(line)
    second.fetches(line)
    assert len(second.heard("office", LOST)) == 1


def test_a_learners_report_is_none(office, line, home, capsys):
    budi = Pc.of(office, BUDI)
    reports(budi, office, 1, MARIA)
    reply = budi.syncs(line)
    assert [code for code, _ in reply.refusals] == [Code.AUTHOR.wire]
    assert "Tidak ada flashdisk" in asked(home, office, capsys)
