"""Each check that guards data or rights, taken away: the story that relies on it must notice."""

import pytest

from sync.server.home import Home
from tests.builders import promises
from tests.builders.centre import CentreProcess, Line, make_office

NO_DEDUPE = """
from sync.server import intake
intake.fresh = lambda held, first, last: ((first, last),)
"""
MAXIMUM_ACK = """
import dataclasses
from sync.journal import acks
def add(self, first, last):
    return acks.Held(max(self.prefix, last))
acks.Held.add = add
"""
ANY_AUTHOR = """
from sync.server import intake
intake._foreign = lambda kinds, authors: ""
"""
NO_SIGNATURE = """
from sync.journal import keys
keys.VerifyKey.verify = lambda self, signature, message: None
"""
CODE_USED_TWICE = """
from sync.server import identity
identity.Identities.use_code = lambda self, connection, one: None
"""
EVERYBODY_IS_THE_DESK = """
import dataclasses
from sync.server import intake
real = intake.Intake._reader
def reader(self, connection, holder):
    found = real(self, connection, holder)
    return found and dataclasses.replace(found, desk=True, office_news=found.office_top)
intake.Intake._reader = reader
"""
FAULTS = {
    "no dedupe": (NO_DEDUPE, promises.keeps_a_repetition_once),
    "maximum ack": (MAXIMUM_ACK, promises.acknowledges_only_without_a_gap),
    "any author": (ANY_AUTHOR, promises.refuses_a_learner_who_rules),
    "no signature": (NO_SIGNATURE, promises.refuses_a_forgery_alone),
    "code used twice": (CODE_USED_TWICE, promises.spends_a_code),
    "everybody is the desk": (EVERYBODY_IS_THE_DESK, promises.tells_a_colleague_nothing),
}


@pytest.mark.parametrize("name", FAULTS)
def test_the_fault_is_noticed(tmp_path, name):
    prelude, story = FAULTS[name]
    home = Home(tmp_path / "pusat")
    office = make_office(home, tmp_path / "kantor")
    with CentreProcess(home, prelude) as centre, Line(centre.port) as line, pytest.raises(AssertionError):
        story(office, line)


@pytest.mark.parametrize("story", [story for _, story in FAULTS.values()], ids=list(FAULTS))
def test_the_right_centre_keeps_the_promise(office, line, story):
    story(office, line)
