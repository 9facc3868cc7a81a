"""What goes home with a carrier is read behind the second wall: each want in its own reader's scope, nothing outside."""

import itertools

import pytest
from sqlalchemy import select
from sqlalchemy.exc import ProgrammingError

from sync.server.carry import Carry
from sync.server.database import open_database
from sync.server.home import Home
from sync.server.tables import office as offices
from tests.builders.centre import BUDI, MARIA, YOHANA, CentreProcess, Line, make_office
from tests.builders.post import Machine, carries
from tests.builders.postgres import FORGOTTEN_WHERE, postgres_database

READ_AS_THE_OWNER = """
from sync.server import homebound
homebound.scope_of = lambda reader: None
"""
EVERYBODY_A_DESK = """
from sync.server import homebound
from sync.server.database import Scope
homebound.scope_of = lambda reader: Scope(reader.person, reader.office, desk=True)
"""
_number = itertools.count(1)


@pytest.fixture(scope="module")
def away(tmp_path_factory):
    """A centre on PostgreSQL with an office for each story."""
    with postgres_database() as address:
        yield Home(tmp_path_factory.mktemp("pusat"), address)


def overhears(home, folder, prelude):
    """Let a coordinator and a learner who share a PC ask by post while Maria's work lies at the centre.

    Gives how much of hers the learner hears, and the coordinator, who may.
    """
    office = make_office(home, folder / "kantor", name=f"Kantor {next(_number)}")
    with CentreProcess(home, prelude) as centre, Line(centre.port) as line:
        hers, shared = Machine(office), Machine(office)
        maria = hers.seat(MARIA)
        maria.reads(5)
        hers.puts(maria.segment())
        carries(office, line, hers.gives()[0])
        desk, budi = shared.seat(YOHANA), shared.seat(BUDI)
        shared.puts(desk.segment(), budi.segment())
        (home_again,) = shared.finds(carries(office, line, shared.gives()[0]))
        assert home_again.acks
    return tuple(
        sum(fact.header.profile == maria.profile for piece in person.pieces for fact in piece.facts)
        for person in (budi, desk)
    )


def test_a_forgotten_where_sends_home_nothing_of_others(away, tmp_path):
    heard, at_the_desk = overhears(away, tmp_path, FORGOTTEN_WHERE)
    assert heard == 0
    assert at_the_desk > 0


@pytest.mark.parametrize("fault", [READ_AS_THE_OWNER, EVERYBODY_A_DESK])
def test_planted_fault_an_answer_read_as_somebody_else_is_seen(away, tmp_path, fault):
    heard, _ = overhears(away, tmp_path, FORGOTTEN_WHERE + fault)
    assert heard > 0


def test_whose_part_it_is_is_looked_up_with_the_eyes_of_nobody(away, tmp_path, monkeypatch):
    """Before anybody is known, a carrier's part may ask which office is meant, and see no more than that."""
    office = make_office(away, tmp_path / "kantor", name=f"Kantor {next(_number)}")
    with open_database(away) as database:
        visit = Carry(None, None, None, database, lambda: 0).visit()
        assert visit._number(office.file.header.office) is not None
        assert visit._number(bytes(16)) is None
        monkeypatch.setattr("sync.server.carry.select", lambda _: select(offices))  # its keys as well
        with pytest.raises(ProgrammingError, match="42501"):
            visit._number(bytes(range(16)))
