"""What only the centre rules: merges and their undoing, erasure that outlives what comes later, revocation."""

import time
import uuid

import pytest
from sqlalchemy import select

from sync.folds.cohort import CohortState
from sync.server.commands import main
from sync.server.database import open_database
from sync.server.effects import Effects
from sync.server.reports import cohort_report, office_named
from sync.server.tables import person
from tests.builders.centre import BUDI, MARIA, YOHANA, Pc, holds, make_office


def rules(home, *words):
    assert main([*words, "--data", str(home.folder)]) == 0


def uuid_of(office, nip):
    return str(uuid.UUID(bytes=office.entry(nip).person))


def rows(home, office):
    with open_database(home) as database, database.reading() as connection:
        report = cohort_report(
            connection, office_named(connection, office.file.header.name), int(time.time())
        )
    return {row.person: row for row in report.rows}


def test_merged_people_see_each_others_work_and_count_once(office, line, home):
    budi, maria = Pc.of(office, BUDI), Pc.of(office, MARIA)
    for pc in (budi, maria):
        pc.reads(3)
        pc.finishes("pelayanan", 600)
        pc.syncs(line)
        pc.fetches(line)
    rules(home, "person", "merge", uuid_of(office, MARIA), uuid_of(office, BUDI))
    for pc in (budi, maria):
        pc.fetches(line)
        assert len(pc.heard("person", "page.read")) == 3
        assert len(pc.heard("office", "person.merged")) == 1
    found = rows(home, office)
    assert office.entry(MARIA).person not in found
    assert found[office.entry(BUDI).person].jp == 600


def test_an_unmerge_gives_each_their_own_again(office, line, home):
    budi, maria = Pc.of(office, BUDI), Pc.of(office, MARIA)
    for pc, course, jp in ((budi, "pelayanan", 600), (maria, "keamanan", 200)):
        pc.finishes(course, jp)
        pc.syncs(line)
    rules(home, "person", "merge", uuid_of(office, MARIA), uuid_of(office, BUDI))
    assert rows(home, office)[office.entry(BUDI).person].jp == 800
    rules(home, "person", "unmerge", uuid_of(office, MARIA), uuid_of(office, BUDI))
    found = rows(home, office)
    assert found[office.entry(BUDI).person].jp == 600
    assert found[office.entry(MARIA).person].jp == 200
    maria.start()
    maria.finishes("arsip", 650)
    maria.syncs(line)
    assert rows(home, office)[office.entry(MARIA).person].jp == 850


def test_a_merge_by_a_coordinator_is_a_proposal(office, line, home):
    desk, budi = Pc.of(office, YOHANA), Pc.of(office, BUDI)
    budi.finishes("pelayanan", 600)
    budi.syncs(line)
    desk.syncs(line)
    desk.start()
    source, target = office.entry(BUDI).person, office.entry(MARIA).person
    desk.says("person.merged", source=source, target=target, counter=1)
    desk.syncs(line)
    assert desk.acked == 1
    assert rows(home, office)[source].jp == 600


def test_an_erased_person_is_gone_and_what_comes_later_is_acknowledged_and_dropped(office, line, home):
    budi, desk = Pc.of(office, BUDI), Pc.of(office, YOHANA)
    budi.says("quiz.answered", activity="k/m/q", attempt=1, question=1, answer="jawaban rahasia", seconds=3)
    budi.syncs(line)
    said = budi.segment()[60:-64]
    assert holds(home, said)
    rules(home, "person", "erase", uuid_of(office, BUDI))
    assert not holds(home, said)
    assert office.entry(BUDI).person not in rows(home, office)
    budi.start()
    budi.reads(4)
    budi.syncs(line)
    assert budi.acked == 4
    again = Pc.of(office, BUDI)
    again.reads(2)
    again.syncs(line)
    assert again.acked == 3
    desk.syncs(line)
    desk.fetches(line)
    assert desk.heard("office", "page.read") == []
    assert desk.heard("office", "quiz.answered") == []
    assert len(desk.heard("office", "person.erased")) == 1, "so that copies elsewhere go as well"
    with open_database(home) as database, database.reading() as connection:
        named = select(person.c.name).where(person.c.uuid == office.entry(BUDI).person)
        assert connection.execute(named).scalar_one() == ""


def test_planted_fault_an_erasure_that_the_centre_keeps_to_itself_is_seen(office, line, home, monkeypatch):
    budi, desk = Pc.of(office, BUDI), Pc.of(office, YOHANA)
    budi.syncs(line)
    said = Effects.speak
    monkeypatch.setattr(
        Effects, "speak", lambda effects, kind, fields, _office: said(effects, kind, fields, None)
    )
    rules(home, "person", "erase", uuid_of(office, BUDI))
    desk.syncs(line)
    desk.fetches(line)
    assert desk.heard("office", "person.erased") == []


def test_what_comes_after_an_erasure_takes_no_place_that_a_cursor_has_passed(office, line, home):
    desk, budi, maria = Pc.of(office, YOHANA), Pc.of(office, BUDI), Pc.of(office, MARIA)
    for pc in (maria, desk, budi):
        pc.syncs(line)
    budi.start()
    budi.reads(2)
    budi.syncs(line)
    desk.fetches(line)
    rules(home, "person", "erase", uuid_of(office, BUDI))
    maria.start()
    maria.reads(3)
    maria.syncs(line)
    desk.fetches(line)
    assert len([one for one in desk.heard("office", "page.read") if one[0] == maria.profile]) == 3
    assert rows(home, office)[office.entry(MARIA).person].last_active is not None


def test_a_pc_that_slept_through_a_merge_and_its_undoing_misses_nothing(office, line, home):
    """The feed it reads was another's meanwhile; its cursor must mean nothing that it has not seen."""
    budi, maria, other = Pc.of(office, BUDI), Pc.of(office, MARIA), Pc.of(office, MARIA)
    for pc in (budi, maria, other):
        pc.syncs(line)
    desk = Pc.of(office, YOHANA)
    desk.syncs(line)
    desk.start()
    keys = {"profile": other.profile, "signing": other.signing.public, "letter": other.letter.public}
    desk.says("profile.vouched", **keys, person=office.entry(MARIA).person, role="learner")
    desk.syncs(line)
    for _ in range(6):
        budi.start()
        budi.reads(1)
        budi.syncs(line)
    rules(home, "person", "merge", uuid_of(office, MARIA), uuid_of(office, BUDI))
    other.fetches(line)
    rules(home, "person", "unmerge", uuid_of(office, MARIA), uuid_of(office, BUDI))
    for _ in range(40):
        maria.start()
        maria.reads(1)
        maria.syncs(line)
    other.fetches(line)
    assert len([one for one in other.heard("person", "page.read") if one[0] == maria.profile]) == 40


@pytest.mark.parametrize("named", [BUDI, MARIA])
def test_erasing_a_person_recorded_twice_erases_both_records(office, line, home, named):
    budi, maria = Pc.of(office, BUDI), Pc.of(office, MARIA)
    said = []
    for pc in (budi, maria):
        pc.says("quiz.answered", activity="k/m/q", attempt=1, question=1, answer="rahasia", seconds=3)
        pc.syncs(line)
        said.append(pc.segment()[60:-64])
    rules(home, "person", "merge", uuid_of(office, MARIA), uuid_of(office, BUDI))
    rules(home, "person", "erase", uuid_of(office, named))
    assert [holds(home, one) for one in said] == [False, False]
    found = rows(home, office)
    assert not {office.entry(BUDI).person, office.entry(MARIA).person} & found.keys()
    for pc in (budi, maria):
        pc.start()
        pc.reads(3)
        pc.syncs(line)
        assert pc.acked == 3
    assert rows(home, office).keys() == found.keys()


def test_a_revoked_key_keeps_what_was_accepted_and_nothing_else(office, line, home):
    budi = Pc.of(office, BUDI)
    budi.finishes("pelayanan", 600)
    budi.syncs(line)
    sent = budi.segment()
    rules(home, "key", "revoke", budi.signing.public.hex())
    again = budi.syncs(line, sent)
    assert again.refusals == ()
    assert budi.acked == 2
    budi.finishes("keamanan", 200)
    assert [code for code, _ in budi.syncs(line).refusals] == ["revoked"]
    assert budi.acked == 2
    row = rows(home, office)[office.entry(BUDI).person]
    assert row.jp == 600
    assert row.state is not CohortState.BELUM_ADA_DATA
    desk = Pc.of(office, YOHANA)
    desk.syncs(line)
    desk.fetches(line)
    revoked = [f.statement.fields for p in desk.pieces for f in p.facts if f.statement.kind == "key.revoked"]
    assert [(tuple(f["logs"]), tuple(f["ends"])) for f in revoked] == [((budi.log,), (2,))]


def revocations_heard(pc):
    return [
        f.statement.fields["signing"] for p in pc.pieces for f in p.facts if f.statement.kind == "key.revoked"
    ]


def test_the_office_where_somebody_is_now_learns_that_a_key_of_theirs_was_revoked(
    office, line, home, tmp_path
):
    """Budi moved: his key is from the old office, its work lies in the new one, and so must its revocation."""
    new = make_office(home, tmp_path / "baru", name=f"{office.file.header.name} Baru")
    budi = Pc.of(office, BUDI)
    budi.finishes("pelayanan", 600)
    budi.syncs(line)
    here, there = Pc.of(office, YOHANA), Pc.of(new, YOHANA)
    rules(home, "person", "merge", uuid_of(office, BUDI), uuid_of(new, BUDI))
    rules(home, "key", "revoke", budi.signing.public.hex())
    for desk in (here, there):
        desk.syncs(line)
        desk.fetches(line)
        assert revocations_heard(desk) == [budi.signing.public]
    third = make_office(home, tmp_path / "lain", name=f"{office.file.header.name} Lain")
    stranger = Pc.of(third, YOHANA)
    stranger.syncs(line)
    stranger.fetches(line)
    assert revocations_heard(stranger) == [], "it is nobody's business elsewhere"


def test_a_restored_database_begins_a_new_epoch_and_tells_it(office, line, home):
    budi = Pc.of(office, BUDI)
    budi.syncs(line)
    before = budi.versions["epoch"]
    assert "epoch" not in budi.syncs(line).versions
    rules(home, "restored")
    budi.syncs(line)
    assert budi.versions["epoch"] != before


def test_nobody_unknown_is_ruled_over(office, home, capsys):
    nobody = str(uuid.uuid4())
    for words in (
        ["person", "erase", nobody],
        ["person", "merge", nobody, uuid_of(office, BUDI)],
        ["person", "unmerge", uuid_of(office, BUDI), uuid_of(office, MARIA)],
        ["key", "revoke", "00" * 32],
    ):
        assert main([*words, "--data", str(home.folder)]) == 2
    assert "Orang itu tidak ada" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["person", "erase", "Budi"], "Budi bukan UUID"),
        (["key", "revoke", "abc"], "bukan kunci publik"),
        (["catalogue", "add", __file__], "Berkas rusak"),
        (["catalogue", "add", "/tidak/ada.suluh"], "/tidak/ada.suluh"),
        (["publisher", "add", __file__], "bukan kunci publik"),
    ],
)
def test_a_slip_of_the_operator_is_answered_in_indonesian(office, home, capsys, words, says):
    assert main([*words, "--data", str(home.folder)]) == 2
    assert says in capsys.readouterr().err
