"""A disk lost bits: the learner reads what is kept, and what the outbox and the centre hold comes back."""

import pytest

from desktop.demo.people import COORDINATOR, LEARNERS
from desktop.store.facts import Scope
from tests.builders.road import JP, Pc, jp_of, read_all, sent, take_quiz

KETUT = LEARNERS[4]


def identities(profile):
    return {fact.identity for fact in profile.facts(Scope.OWN)}


@pytest.fixture
def pc(town, tmp_path, cheap_pins):
    made = Pc(tmp_path / "pc", "PC Loket 1", town.office((COORDINATOR, KETUT)))
    made.install(town.pack())
    return made


def test_a_damaged_profile_gets_back_from_the_centre_what_its_backup_lacks(town, pc):
    ketut = pc.sit(KETUT)
    file, key = pc.store.profile(ketut.profile).file, ketut.keys.database
    pc.store.care.copy(file, key)
    read_all(pc.learning(ketut))
    sent(ketut, town.url)
    take_quiz(pc.learning(ketut))  # this waits in the outbox
    own = identities(ketut)
    ketut.close()
    path = pc.store.folders.data / file
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    ketut = pc.enter(ketut.profile)
    lacking = own - identities(ketut)
    assert pc.store.care.news(file) is not None
    assert pc.store.care.missing(file) == len(lacking) > 0
    assert jp_of(ketut) == 0
    sent(ketut, town.url)
    for _ in range(2):  # what went is what comes back
        sent(ketut, town.url)
    held = {fact.identity for fact in ketut.facts(Scope.OWN, Scope.PERSON)}
    assert own <= held
    assert jp_of(ketut) == JP
    read_all(pc.learning(ketut))  # and the work goes on in a log of its own
    sent(ketut, town.url)
    stored = {fact.identity for fact in town.stored(ketut.profile)}
    assert own | identities(ketut) == stored | identities(ketut)
    assert ketut.unsent() == 0
    ketut.close()


def test_a_damaged_database_of_the_pc_loses_neither_work_nor_the_way_in(town, pc):
    ketut = pc.sit(KETUT)
    pc.store.care.copy("device.db")
    read_all(pc.learning(ketut))
    take_quiz(pc.learning(ketut))
    own = identities(ketut)
    ketut.close()
    pc.off()
    (pc.folder / "device.db").write_bytes(b"")
    pc.on()
    ketut = pc.enter(ketut.profile)
    assert identities(ketut) >= own
    codes = [one for one in ketut.facts(Scope.OWN) if one.statement.kind == "pin.escrowed"]
    assert len(codes) == 2  # the desk is told a new reset code: the older one may not open any more
    sent(ketut, town.url)
    assert own <= {fact.identity for fact in town.stored(ketut.profile)}
    assert ketut.unsent() == 0
    ketut.close()
