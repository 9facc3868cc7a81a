"""Who left an office long ago: told first, erased when their term is over, and their sums and certificates stay."""

import datetime as dt
import time

import pytest

from sync.folds.trail import ENDED, TOLD
from sync.retention import DAY, Term, shipped_schedule
from sync.server import certificates, office_update, terms
from sync.server.commands import main
from sync.server.database import open_database
from sync.server.operations import house
from sync.server.reports import cohort_report, office_named
from sync.server.terms import Held
from tests.builders.centre import (
    BUDI,
    MARIA,
    PETRUS,
    YOHANA,
    CentreProcess,
    Line,
    Pc,
    holds,
    list_courses,
    make_office,
)
from tests.sync.server.test_certificate_page import asked, tells
from tests.sync.server.test_office_update import Desk, roster, rows_of

SCHEDULE = shipped_schedule()
TERM, NOTICE = SCHEDULE.seconds(Term.LEFT), SCHEDULE.notice
YEAR = dt.datetime.now(dt.UTC).year


class Story:
    """A centre of its own; Budi has learned, has a certificate, and is on the list no more."""

    def __init__(self, home, folder, line):
        self.home, self.line = home, line
        self.office = make_office(home, folder / "kantor")
        self.desk = Desk(home, self.office, folder)
        self.yohana, self.budi, self.maria = (Pc.of(self.office, nip) for nip in (YOHANA, BUDI, MARIA))
        self.uuid = self.office.entry(BUDI).person
        self.budi.says(
            "quiz.answered", activity="k/m/q", attempt=1, question=1, answer="jawaban rahasia", seconds=3
        )
        self.budi.finishes("pelayanan", 600)
        self.maria.finishes("arsip", 650)
        for one in (self.yohana, self.budi, self.maria):
            one.syncs(line)
        self.said = self.budi.segment()[60:-64]

    def leaves(self):
        self.desk.changed(roster(*rows_of(YOHANA, MARIA, PETRUS)), "--accept-gone")

    def is_heard(self):
        """The PC gives news once more."""
        self.budi.start()
        self.budi.reads(2)
        self.budi.syncs(self.line)

    def look(self, later):
        with house(self.home) as (database, _), database.writing() as connection:
            return terms.leavers(connection, SCHEDULE, int(time.time()) + later)

    def tell(self, later):
        with house(self.home) as (database, keys), database.writing() as connection:
            now = int(time.time()) + later
            found = terms.leavers(connection, SCHEDULE, now)
            terms.tell(connection, keys, found, 0, now)
        return found

    def end(self, later):
        with house(self.home) as (database, keys):
            with database.writing() as connection:
                now = int(time.time()) + later
                found = terms.leavers(connection, SCHEDULE, now)
                count = terms.end(connection, keys, found, 0, now)
            database.fold_log()
        return count

    def rows(self):
        with open_database(self.home) as database, database.reading() as connection:
            number = office_named(connection, self.office.file.header.name)
            return {row.person: row.jp for row in cohort_report(connection, number, int(time.time())).rows}

    def sums(self):
        with open_database(self.home) as database, database.reading() as connection:
            return terms.kept_sums(connection)

    def told(self, kind):
        self.yohana.syncs(self.line)
        self.yohana.fetches(self.line)
        return len(self.yohana.heard("office", kind))


@pytest.fixture
def story(own_home, tmp_path):
    list_courses(own_home, pelayanan=600, arsip=650)
    with CentreProcess(own_home) as centre, Line(centre.port) as line:
        yield Story(own_home, tmp_path, line)


def test_five_years_after_somebody_left_their_work_goes_told_first_and_what_stays_stays(story):
    name = story.office.file.header.name
    form = ("certificate", "form", "--issuer", "BPSDM Provinsi", "--code", "SLH/BPSDM")
    assert tells(story.home, *form)[0] == 0
    assert tells(story.home, "certificate", "issue", "--office", name)[0] == 0
    with open_database(story.home) as database, database.reading() as connection:
        given = certificates.listed(connection, office_named(connection, name))
    issued = next(one for one in given if one.person == story.uuid)
    before = story.rows()
    assert before[story.uuid] == 600
    story.leaves()
    story.is_heard()
    assert story.look(TERM - NOTICE - DAY) == ()
    (one,) = story.tell(TERM - NOTICE)
    assert (one.uuid, one.held, one.told) == (story.uuid, Held.NO, False)
    assert story.tell(TERM - NOTICE)[0].told
    assert story.told(TOLD) == 1, "once, however often the operator looks"
    assert story.end(TERM - DAY) == 0
    assert holds(story.home, story.said)
    assert story.end(TERM + DAY) == 1

    # Of what he did nothing is left, of what it came to everything.
    assert not holds(story.home, story.said)
    assert story.sums() == {story.uuid: {YEAR: 600}}
    assert "asli dan berlaku" in asked(story.line, issued.number)[1]
    assert "Budi Wanggai" in asked(story.line, issued.proof)[1]
    assert story.rows() == {who: jp for who, jp in before.items() if who in story.rows()}
    assert story.rows()[story.office.entry(MARIA).person] == 650
    assert story.told(ENDED) == 1
    assert story.told("person.erased") == 1, "so that copies elsewhere go as well"
    assert story.end(TERM + NOTICE) == 0
    # A stick found later is acknowledged and dropped, as after an erasure.
    story.budi.start()
    story.budi.reads(3)
    story.budi.syncs(story.line)
    assert story.budi.acked == 3
    assert story.sums() == {story.uuid: {YEAR: 600}}


def over(story):
    """Long past everything, and told."""
    found = story.tell(2 * TERM)
    return [one.held for one in found if one.uuid == story.uuid], story.end(2 * TERM + NOTICE)


def test_a_pc_that_was_silent_since_may_hold_work_and_keeps_them(story, monkeypatch):
    story.leaves()
    assert over(story) == ([Held.SILENT], 0)
    assert holds(story.home, story.said)
    # The planted fault: nobody asks whether everything has come.
    monkeypatch.setattr(terms, "_held", lambda *_: Held.NO)
    assert over(story)[1] == 1
    story.is_heard()
    assert story.sums() == {story.uuid: {YEAR: 600}}, "what he did at the end is lost"


def test_work_that_is_known_to_be_missing_keeps_them(story):
    story.leaves()
    story.budi.start()
    story.budi.reads(4)
    story.budi.syncs(story.line, story.budi.segment(3, 4))
    assert over(story) == ([Held.MISSING], 0)


def test_who_comes_back_counts_anew_when_they_leave_again(story):
    story.leaves()
    story.is_heard()
    story.tell(2 * TERM)
    story.desk.changed(roster(*rows_of(YOHANA, MARIA, BUDI, PETRUS)))
    assert story.tell(2 * TERM) == ()
    assert story.end(2 * TERM + NOTICE) == 0
    story.leaves()
    assert story.look(TERM - NOTICE - DAY) == ()


def test_a_clock_that_was_ahead_for_a_day_ends_nobody(story):
    story.leaves()
    story.is_heard()
    assert story.tell(30 * TERM)[0].goes, "it tells"
    assert story.end(DAY) == 0
    assert story.look(DAY) == (), "and is put right by the next look"
    assert story.end(TERM - DAY) == 0


def test_who_was_on_leave_and_comes_back_leaves_anew_though_no_operator_looked_meanwhile(story, monkeypatch):
    long_ago = int(time.time()) - 2 * TERM
    with monkeypatch.context() as past:
        past.setattr(office_update.time, "time", lambda: long_ago)
        past.setattr(terms, "_issued", lambda *_: 0)
        story.leaves()
        story.tell(NOTICE)
    story.desk.changed(roster(*rows_of(YOHANA, MARIA, BUDI, PETRUS)))
    story.leaves()
    story.is_heard()
    assert story.look(TERM - NOTICE - DAY) == ()
    assert story.end(NOTICE) == 0


def test_a_clock_that_fell_back_at_a_look_or_a_leaving_ends_nobody_early(story, monkeypatch):
    with monkeypatch.context() as battery:
        battery.setattr(office_update.time, "time", lambda: 946_684_800)
        story.leaves()
    story.is_heard()
    assert story.look(DAY) == (), "they did not leave in the year 2000"
    assert story.look(-3 * TERM) == ()
    assert story.look(DAY) == (), "nor does a look in such a year make it one"
    # The planted fault: nothing but the clock is asked.
    monkeypatch.setattr(terms, "_issued", lambda *_: 0)
    story.look(-3 * TERM)
    assert story.look(DAY) != ()


def test_who_was_told_of_by_a_clock_far_ahead_is_told_of_anew(story):
    story.leaves()
    story.is_heard()
    story.tell(30 * TERM)
    (one,) = story.tell(TERM)
    assert not one.told
    assert story.end(TERM + NOTICE - DAY) == 0
    assert story.end(TERM + NOTICE) == 1


def test_who_works_in_another_office_under_the_same_number_has_not_left(story, tmp_path):
    story.leaves()
    story.is_heard()
    make_office(story.home, tmp_path / "lain", roster(*rows_of(BUDI, YOHANA)), name="Dinas Lain")
    assert over(story) == ([Held.LISTED], 0)


def test_who_had_a_duty_is_kept_since_others_stand_by_their_word(story):
    leader = Pc.of(story.office, YOHANA)
    leader.syncs(story.line)
    rows = rows_of(MARIA, BUDI, PETRUS)
    rows[0] = rows[0].replace("peserta", "koordinator")
    story.desk.changed(roster(*rows), "--accept-gone")
    found = [one for one in story.tell(2 * TERM) if one.uuid == story.office.entry(YOHANA).person]
    assert [one.held for one in found] == [Held.DUTY]


def test_the_operator_lists_ends_and_reads_what_stayed(story, capsys):
    def asks(*words):
        assert main(["retention", *words, "--data", str(story.home.folder)]) == 0
        return capsys.readouterr().out

    story.leaves()
    assert "Belum ada" in asks("due")
    assert "0 orang akan dihapus" in asks("end", "--dry-run")
    assert "0 orang dihapus" in asks("end")
    assert "Belum ada" in asks("kept")
