"""The report keeps up: also when nothing new comes and old work counts for somebody else than before."""

import pytest

from sync.folds.cohort import CohortState
from sync.server import standings
from sync.server.centre import Centre
from sync.server.checks import checked
from sync.server.home import Home
from sync.server.outdated import outdate
from sync.server.reports import cohort_report, offices
from tests.builders.centre import BUDI, YOHANA, Pc, list_courses, make_office


class Table:
    """A centre without its web server: it takes offers, folds when told, and reports."""

    def __init__(self, folder):
        self.home = Home(folder / "pusat")
        self.office = make_office(self.home, folder / "kantor")
        list_courses(self.home, pelayanan=600)
        self.centre = Centre(self.home)
        self.database = self.centre.database

    def takes(self, pc, *statements):
        body = pc.request([pc.segment(*statements)])
        with self.database.writing() as connection:
            if self.database.changed_outside(connection):
                self.centre.intake.forget()
            (taken,) = self.centre.intake.take(connection, [checked(body, self.centre.keys.letter).offer])
        assert taken.refusals == ()

    def folds(self):
        while self.centre.standings.step():
            pass

    def row(self, nip):
        person = self.office.entry(nip).person
        with self.database.reading() as connection:
            ((number, _, _),) = offices(connection)
            report = cohort_report(connection, number, self.centre.clock.wall())
        return next(row for row in report.rows if row.person == person)

    def waiting(self, nip):
        """Somebody at a new PC, without a code; opened, and a course finished."""
        pc = Pc(self.office.file.header.centre)
        pc.opens(self.office.entry(nip).person)
        pc.finishes("pelayanan", 600)
        return pc

    def vouches(self, desk, pc, nip):
        desk.says(
            "profile.vouched",
            profile=pc.profile,
            signing=pc.signing.public,
            letter=pc.letter.public,
            person=self.office.entry(nip).person,
            role="learner",
        )
        self.takes(desk, len(desk.statements))


@pytest.fixture
def table(tmp_path):
    made = Table(tmp_path)
    yield made
    made.database.close()


@pytest.fixture
def desk(table):
    made = Pc.of(table.office, YOHANA)
    table.takes(made)
    return made


def test_work_vouched_for_after_it_was_folded_is_in_the_report_at_once(table, desk):
    pc = table.waiting(BUDI)
    table.takes(pc)
    table.folds()
    assert table.row(BUDI).jp is None
    table.vouches(desk, pc, BUDI)
    assert table.row(BUDI).jp == 600
    table.folds()
    assert table.row(BUDI).jp == 600


def test_whose_work_waits_for_a_vouching_is_not_said_to_have_no_data(table, desk):
    table.folds()
    assert table.row(BUDI).state is CohortState.BELUM_ADA_DATA
    table.takes(table.waiting(BUDI))
    assert table.row(BUDI).state is CohortState.MENUNGGU_VERIFIKASI
    table.folds()
    assert table.row(BUDI).state is CohortState.MENUNGGU_VERIFIKASI


def test_a_vouching_that_comes_while_rows_are_folded_is_not_overwritten(table, desk, monkeypatch):
    pc = table.waiting(BUDI)
    table.takes(pc)
    table.folds()
    with table.centre.database.writing() as connection:
        outdate(connection)  # as a new catalogue does: all are folded anew
    honest, pending = standings.folded, [pc]

    def slow(connection, now, most):
        found = honest(connection, now, most)
        if pending:
            table.vouches(desk, pending.pop(), BUDI)
        return found

    monkeypatch.setattr(standings, "folded", slow)
    table.folds()
    assert table.row(BUDI).jp == 600


def test_planted_fault_a_fold_kept_although_outdated_is_seen(table, desk, monkeypatch):
    monkeypatch.setattr(standings, "outdated", lambda _, **__: 0)
    with pytest.raises(AssertionError):
        test_a_vouching_that_comes_while_rows_are_folded_is_not_overwritten(table, desk, monkeypatch)
