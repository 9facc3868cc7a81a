"""One real centre for all stories that plant no fault, and an office for each story."""

import itertools

import pytest

from sync.server.home import Home
from tests.builders.centre import ROSTER, CentreProcess, Line, list_courses, make_office

_number = itertools.count(1)


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    """Its catalogue lists three courses in version 1, in hundredths of JP."""
    made = Home(tmp_path_factory.mktemp("pusat"))
    list_courses(made, pelayanan=600, keamanan=200, arsip=650)
    return made


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
