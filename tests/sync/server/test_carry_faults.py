"""Each check that guards what carriers bring, taken away: the story that relies on it must notice."""

import pytest

from sync.server.home import Home
from tests.builders import post_promises as promises
from tests.builders.centre import CentreProcess, Line, make_office

ANYTHING_IS_LISTED = """
from sync.server import carry
carry.settled = lambda refusals: True
"""
MAXIMUM_ACK = """
from sync.journal import acks
acks.Held.add = lambda self, first, last: acks.Held(max(self.prefix, last))
"""
REVOKED_KEYS_READ_ON = """
import dataclasses
from sync.server import intake
real = intake.Intake._reader
def reader(self, connection, holder):
    return real(self, connection, holder and dataclasses.replace(holder, revoked=0))
intake.Intake._reader = reader
"""
NO_SECOND_LOOK = """
from sync.server import carry
carry.LATER_BYTES = 0
"""
LISTED_BEFORE_THE_COMMIT = """
from sync.server import carry
from sync.server.intake import Taken
async def keep(self, offer):
    return Taken(None, (), (), readers=(None,) * len(offer.wants))
carry.Carry.keep = keep
"""
FAULTS = {
    "anything is listed": (ANYTHING_IS_LISTED, promises.lists_only_what_need_not_come_again),
    "maximum ack": (MAXIMUM_ACK, promises.acknowledges_carried_work_without_a_gap),
    "revoked keys read on": (REVOKED_KEYS_READ_ON, promises.answers_a_revoked_key_with_nothing),
    "no second look": (NO_SECOND_LOOK, promises.takes_work_that_comes_before_its_writer_is_introduced),
}


@pytest.mark.parametrize("name", FAULTS)
def test_the_fault_is_noticed(tmp_path, name):
    prelude, story = FAULTS[name]
    home = Home(tmp_path / "pusat")
    office = make_office(home, tmp_path / "kantor")
    with CentreProcess(home, prelude) as centre, Line(centre.port) as line, pytest.raises(AssertionError):
        story(office, line, home)


@pytest.mark.parametrize("story", [story for _, story in FAULTS.values()], ids=list(FAULTS))
def test_the_right_centre_keeps_the_promise(office, line, home, story):
    story(office, line, home)


def test_what_a_receipt_lists_outlives_a_power_cut(tmp_path):
    home = Home(tmp_path / "pusat")
    office = make_office(home, tmp_path / "kantor")
    with CentreProcess(home) as centre, Line(centre.port) as line:
        promises.lists_only_what_a_power_cut_leaves(office, line, home, centre)


def test_a_receipt_before_the_commit_is_noticed(tmp_path):
    home = Home(tmp_path / "pusat")
    office = make_office(home, tmp_path / "kantor")
    with (
        CentreProcess(home, LISTED_BEFORE_THE_COMMIT) as centre,
        Line(centre.port) as line,
        pytest.raises(AssertionError),
    ):
        promises.lists_only_what_a_power_cut_leaves(office, line, home, centre)
