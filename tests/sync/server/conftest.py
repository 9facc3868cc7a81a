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
def homes():
    """What was made so far on each database: it stays until the last story, whichever database comes next."""
    with contextlib.ExitStack() as ends:
        yield ends, {}


@pytest.fixture(scope="session")
def centres(homes):
    """The centres that run so far: they end before their homes do."""
    with contextlib.ExitStack() as ends:
        yield ends, {}


@pytest.fixture(scope="session")
def home(database, homes, tmp_path_factory):
    """Its catalogue lists three courses in version 1, in hundredths of JP."""
    ends, made = homes
    if database not in made:
        address = ends.enter_context(address_of(database))
        made[database] = Home(tmp_path_factory.mktemp("pusat"), address)
        list_courses(made[database], pelayanan=600, keamanan=200, arsip=650)
    return made[database]


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


@contextlib.contextmanager
def _without_errors(home):
    with CentreProcess(home) as running:
        yield running
        assert "ERROR" not in running.stop().err


@pytest.fixture(scope="session")
def centre(database, home, centres):
    ends, running = centres
    if database not in running:
        running[database] = ends.enter_context(_without_errors(home))
    return running[database]


@pytest.fixture
def line(centre):
    with Line(centre.port) as kept:
        yield kept


@pytest.fixture
def office(centre, home, tmp_path):
    """An office made while the centre runs, by another process's door to the same folder."""
    return make_office(home, tmp_path / "kantor", ROSTER, f"Kantor {next(_number)}")
