"""What guards the page of a borrowed PC, taken away: the story that relies on it must notice."""

import pytest

from sync.server.home import Home
from tests.builders.centre import BUDI, CentreProcess, Line, make_office
from tests.builders.form import form, link, submits
from tests.builders.post import Machine, brought, names, shipment


def tells_what_a_torn_file_lacks(office, line):
    first, second = (Machine(office) for _ in range(2))
    for machine in (first, second):
        who = machine.seat()
        who.opens(office.entry(BUDI).person)
        machine.puts(who.segment())
    parts = [*first.gives(), *second.gives()]
    answer = submits(line, form(shipment(office, parts)[:-50]))
    assert "Pusat menerima 1 dari 2 bagian." in answer.body.decode()


def gives_no_file_but_an_answer(office, line):
    del office
    answer = line.send(b"", "/kirim/jawaban?untuk=../pusat.db", "GET")
    assert answer.status == 404
    assert b"SQLite" not in answer.body


def keeps_what_came_before_a_damaged_place(office, line):
    machines = [Machine(office), Machine(office)]
    for machine in machines:
        who = machine.seat()
        who.opens(office.entry(BUDI).person)
        machine.puts(who.segment())
    parts = [part for machine in machines for part in machine.gives()]
    body = shipment(office, parts)
    bent = body[: body.index(parts[1]) - 2] + b"\xff" * 12  # the length of the second part cannot be
    answer = submits(line, form(bent))
    assert answer.status == 200
    saved = line.send(b"", link(answer), "GET")
    assert brought(office, saved.body).stored == names(parts[:1])


NOTHING_IS_MISSING = """
from sync.server import arriving
arriving.Arriving.missing = lambda self: ()
"""
ANY_NAME_IS_A_TOKEN = """
import re
from sync.server.pages import kept_answers
kept_answers._TOKEN = re.compile(".*")
"""
STOPS_AT_THE_FIRST_TROUBLE = """
from sync.server.pages import courier_route
class Nothing:
    def __get__(self, *_):
        return ()
courier_route.Arriving.expected = Nothing()
"""
FAULTS = {
    "nothing is missing": (NOTHING_IS_MISSING, tells_what_a_torn_file_lacks),
    "any name is a token": (ANY_NAME_IS_A_TOKEN, gives_no_file_but_an_answer),
    "stops at the first trouble": (STOPS_AT_THE_FIRST_TROUBLE, keeps_what_came_before_a_damaged_place),
}


@pytest.mark.parametrize("name", FAULTS)
def test_the_fault_is_noticed(tmp_path, name):
    prelude, story = FAULTS[name]
    home = Home(tmp_path / "pusat")
    office = make_office(home, tmp_path / "kantor")
    home.answers.mkdir()
    with CentreProcess(home, prelude) as centre, Line(centre.port) as line, pytest.raises(AssertionError):
        story(office, line)


@pytest.mark.parametrize("story", [story for _, story in FAULTS.values()], ids=list(FAULTS))
def test_the_right_centre_keeps_the_promise(office, line, story):
    story(office, line)
