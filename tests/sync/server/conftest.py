"""One real centre on each database for all stories that plant no fault, and an office for each story."""

import contextlib
import itertools

import pytest

from sync.server.home import ADDRESS, Home
from tests.builders.centre import ROSTER, CentreProcess, Line, list_courses, make_office
from tests.builders.postgres import postgres_database

SQLITE, POSTGRESQL = DATABASES = ("sqlite", "postgresql")
_number = itertools.count(1)


@contextlib.contextmanager
def address_of(database):
    """Where a database of this sort is, for as long as it is needed: nothing for SQLite."""
    if database == SQLITE:
        yield ""
        return
    with postgres_database() as address:
        yield address


@pytest.fixture(scope="session", params=DATABASES)
def database(request):
    """The sort of database the shared centre keeps."""
    return request.param


@pytest.fixture(scope="session")
def home(database, tmp_path_factory):
    """Its catalogue lists three courses in version 1, in hundredths of JP."""
    with address_of(database) as address:
        made = Home(tmp_path_factory.mktemp("pusat"), address)
        list_courses(made, pelayanan=600, keamanan=200, arsip=650)
        yield made


@pytest.fixture(params=DATABASES)
def own_home(request, tmp_path):
    """A folder and a database for this story alone, nothing in them yet."""
    with address_of(request.param) as address:
        yield Home(tmp_path / "pusat", address)


@pytest.fixture(autouse=True)
def _commands_find_the_database(request, monkeypatch):
    """A command given in a story works on the database of the story's centre."""
    asked = [name for name in ("own_home", "home") if name in request.fixturenames]
    monkeypatch.setenv(ADDRESS, request.getfixturevalue(asked[0]).url if asked else "")


@pytest.fixture(scope="session")
def centre(home):
    with CentreProcess(home) as running:
        yield running
        assert "ERROR" not in running.stop().err


@pytest.fixture
def line(centre):
    with Line(centre.port) as kept:
        yield kept


@pytest.fixture
def office(centre, home, tmp_path):
    """An office made while the centre runs, by another process's door to the same folder."""
    return make_office(home, tmp_path / "kantor", ROSTER, f"Kantor {next(_number)}")
