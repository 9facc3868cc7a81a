"""The desk's table: any order, any filter, pages; and who has no data is last and never zero."""

import threading

import pytest

from desktop.office.cohort_table import CohortTable
from desktop.office.report import Filter, Sort
from desktop.store.database import open_database
from sync.folds.cohort import CohortState
from tests.builders.cohort import invented_rows

ROWS = invented_rows(500)


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    database = open_database(tmp_path_factory.mktemp("desk") / "profile.db", b"k" * 32)
    made = CohortTable(database)
    made.renew(ROWS)
    yield made
    database.close()


def _key(sort):
    columns = {
        Sort.NAME: lambda one: one.row.name.casefold(),
        Sort.NIP: lambda one: one.row.nip_tail,
        Sort.UNIT: lambda one: one.row.unit,
        Sort.MODULES: lambda one: one.row.modules_done,
        Sort.JP: lambda one: one.row.jp,
        Sort.SCORE: lambda one: one.row.last_score,
        Sort.STATE: lambda one: one.row.state.value,
        Sort.AS_OF: lambda one: one.row.as_of,
    }
    return columns[sort]


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("descending", [False, True])
def test_every_column_sorts_both_ways_with_the_unknown_last(table, sort, descending):
    shown = table.rows(table.ids(Filter(), sort, descending=descending))
    assert len(shown) == len(ROWS)
    values = [_key(sort)(one) for one in shown]
    known = [value for value in values if value is not None]
    assert known == sorted(known, reverse=descending)
    assert values[: len(known)] == known


@pytest.mark.parametrize("sort", [Sort.NAME, Sort.JP])
@pytest.mark.parametrize("descending", [False, True])
def test_a_filter_picks_from_the_same_order(table, sort, descending):
    wanted = Filter("yosina", "", frozenset({CohortState.SELESAI}))
    expected = [
        one
        for one in table.rows(table.ids(Filter(), sort, descending=descending))
        if "yosina" in one.row.name.lower() and one.row.state is CohortState.SELESAI
    ]
    assert list(table.rows(table.ids(wanted, sort, descending=descending))) == expected
    assert expected


def test_words_are_found_in_any_order_and_digits_in_the_nip(table):
    one = ROWS[7]
    words = " ".join(reversed(one.row.name.upper().split()))
    found = table.rows(table.ids(Filter(words)))
    assert one in found
    assert table.rows(table.ids(Filter(one.nip))) == (one,)


def test_signs_that_mean_something_to_sql_are_only_signs(table):
    for words in ("%", "_", "!", "'; DROP TABLE cohort_2; --", '"'):
        assert len(table.ids(Filter(words))) == 0


def test_counts_and_units(table):
    counts = table.counts()
    assert sum(counts.values()) == len(ROWS)
    unit = ROWS[0].row.unit
    assert sum(table.counts(unit).values()) == sum(one.row.unit == unit for one in ROWS)
    assert set(table.units()) == {one.row.unit for one in ROWS}


def test_nothing_comes_back_as_zero_that_was_not_known(table):
    for one in table.rows(table.ids(Filter(states=frozenset({CohortState.BELUM_ADA_DATA})))):
        assert (one.row.jp, one.row.modules_done, one.row.last_score, one.row.as_of) == (None,) * 4


def test_an_accent_is_no_reason_not_to_be_found(tmp_path):
    database = open_database(tmp_path / "p.db", b"k" * 32)
    table = CohortTable(database)
    (row,) = invented_rows(1)
    named = type(row)(type(row.row)(**{**_fields(row.row), "name": "Théo  Ñuñez"}), row.nip)
    table.renew([named])
    assert len(table.ids(Filter("theo nunez"))) == 1
    database.close()


def _fields(row):
    return {name: getattr(row, name) for name in type(row).__slots__}


def test_before_the_first_fold_the_table_is_empty(tmp_path):
    database = open_database(tmp_path / "p.db", b"k" * 32)
    table = CohortTable(database)
    assert (len(table.ids(Filter())), table.units(), sum(table.counts().values())) == (0, (), 0)
    table.renew([])
    assert len(table.ids(Filter(), Sort.JP)) == 0
    database.close()


def test_a_kept_order_is_forgotten_when_the_table_is_renewed(tmp_path):
    database = open_database(tmp_path / "p.db", b"k" * 32)
    table = CohortTable(database)
    table.renew(ROWS[:5])
    assert len(table.ids(Filter(), Sort.JP)) == 5
    table.renew(ROWS[:9])
    assert len(table.ids(Filter(), Sort.JP)) == 9
    database.close()


def test_who_reads_while_it_is_renewed_sees_one_finished_table(tmp_path):
    database = open_database(tmp_path / "p.db", b"k" * 32)
    table = CohortTable(database)
    table.renew(ROWS[:300])
    seen, problems, stop = set(), [], threading.Event()

    def read():
        while not stop.is_set():
            try:
                seen.add(sum(table.counts().values()))
            except Exception as error:  # noqa: BLE001 - whatever it is, it is the finding
                problems.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(4):
        table.renew(ROWS[:300])
    stop.set()
    reader.join()
    assert problems == []
    assert seen == {300}
    database.close()
