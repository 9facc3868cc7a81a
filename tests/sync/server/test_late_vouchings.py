"""A coordinator's key is revoked while what it said is still on the way: the same counts everywhere, in any order."""

import itertools
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from sync.journal.authority import Roots, authority
from sync.journal.clock import SystemClock
from sync.journal.log import LogWriter
from sync.journal.segment import encode_segment
from sync.journal.statement import Fact
from sync.server.commands import main
from sync.server.database import open_database
from sync.server.home import Home
from sync.server.tables import holder
from tests.builders.centre import BUDI, MARIA, PETRUS, ROSTER, YOHANA, CentreProcess, Line, Pc, make_office

REVOKE = 0
SEQS = (2, 3, 4, 5)
_number = itertools.count(1)
orders = st.permutations([REVOKE, *SEQS])


class Handover:
    """An office whose coordinator has vouched for four waiting keys, on paper so to say: nothing sent yet."""

    def __init__(self, home, port, folder):
        office = make_office(home, folder, ROSTER, f"Kantor Serah {next(_number)}")
        self.home, self.port = home, port
        with Line(port) as line:
            self.witness = Pc.of(office, PETRUS)
            self.witness.syncs(line)
            self.waiting = []
            for nip in (BUDI, MARIA, PETRUS, BUDI):
                pc = Pc(office.file.header.centre)
                pc.opens(office.entry(nip).person)
                pc.syncs(line)
                self.waiting.append(pc)
            self.desk = Pc.of(office, YOHANA)
            self.desk.syncs(line)
        for pc, nip in zip(self.waiting, (BUDI, MARIA, PETRUS, BUDI), strict=True):
            self.desk.says(
                "profile.vouched",
                profile=pc.profile,
                signing=pc.signing.public,
                letter=pc.letter.public,
                person=office.entry(nip).person,
                role="learner",
            )
        self.desk_person = office.entry(YOHANA).person

    def arrives(self, order):
        """Deliver each vouching by itself, and let the centre revoke the key where the order says so."""
        with Line(self.port) as line:
            for seq in order:
                if seq == REVOKE:
                    key = self.desk.signing.public.hex()
                    assert main(["key", "revoke", key, "--data", str(self.home.folder)]) == 0
                else:
                    self.desk.syncs(line, self.desk.segment(seq, seq))
            self.witness.fetches(line)

    def at_the_centre(self):
        """Whose keys the centre takes as vouched for."""
        mine = {pc.profile for pc in self.waiting}
        with open_database(self.home) as database, database.reading() as connection:
            query = select(holder.c.profile).where(holder.c.person.is_not(None))
            return mine & set(connection.execute(query).scalars())

    def at_a_pc(self, order):
        """Whose keys a PC believes that heard everything, from sticks and from the centre, in this order.

        Its office file names the successor: only what the centre said of her speaks for the one before.
        """
        said = {
            one.seq: Fact(self.desk.writer.header, one, self.desk.signing.public)
            for one in self.desk.statements
        }
        ruled = [
            fact
            for piece in self.witness.pieces
            for fact in piece.facts
            if fact.signer == self.desk.centre_public
        ]
        facts = [said[seq] for seq in order if seq != REVOKE] + ruled
        known = authority(facts, Roots(frozenset({self.desk.centre_public})))
        assert known.people == authority(facts[::-1], known.roots).people
        return {pc.profile for pc in self.waiting} & known.people.keys()


def agree(home, port, folder, order):
    office = Handover(home, port, folder)
    office.arrives(order)
    found = office.at_the_centre()
    assert office.at_a_pc(order) == found
    before = order[: order.index(REVOKE)]
    accepted = {seq for seq in SEQS if seq <= max(before, default=1)}
    assert found == {office.waiting[seq - 2].profile for seq in accepted}


@given(orders)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_late_vouchings_count_within_the_accepted_runs_and_nowhere_else(home, centre, tmp_path, order):
    agree(home, centre.port, tmp_path / str(next(_number)), order)


ALL_IS_TAKEN = (
    "from sync.server.intake import Intake\nIntake._accepted = lambda self, batch, holder, new: new\n"
)
NOTHING_IS_TAKEN = """
from sync.refusal import Code, Refusal
from sync.server.intake import Intake
def refuse(self, batch, holder, new):
    if new:
        raise Refusal(Code.REVOKED)
    return new
Intake._accepted = refuse
"""


@pytest.mark.parametrize("fault", [ALL_IS_TAKEN, NOTHING_IS_TAKEN])
def test_planted_fault_a_revocation_by_order_of_arrival_is_seen(tmp_path, fault):
    home = Home(tmp_path / "pusat")
    make_office(home, tmp_path / "lain", ROSTER, "Kantor Lain")
    with CentreProcess(home, fault) as broken, pytest.raises(AssertionError):
        agree(home, broken.port, tmp_path / "kantor", [4, REVOKE, 3, 2, 5])


def test_another_version_of_an_accepted_number_by_a_revoked_key_is_not_kept(home, centre, tmp_path):
    """Whoever has the revoked key may sign again what was accepted, with other words under the same number."""
    office = Handover(home, centre.port, tmp_path / "kantor")
    office.arrives([2, 3, REVOKE])
    desk, thief = office.desk, office.waiting[2]
    forged = desk.statements[2].fields | {"profile": thief.profile, "signing": thief.signing.public}
    again = LogWriter.start(desk.profile, desk.pc, None, desk.clock)
    twin = again.next("profile.vouched", forged)
    other = [*desk.statements[:2], type(twin)(desk.log, 3, twin.kind, twin.at, twin.fields)]
    with Line(centre.port) as line:
        desk.syncs(line, encode_segment([desk.writer.run(other)], desk.signing))
    assert office.at_the_centre() == {pc.profile for pc in office.waiting[:2]}


def test_a_key_of_ten_years_is_revoked_in_one_statement_that_every_pc_reads(home, centre, office, line):
    budi, desk = Pc.of(office, BUDI), Pc.of(office, YOHANA)
    budi.syncs(line)
    logs, segments = [], []
    for _ in range(3):
        runs = []
        for _ in range(1_500):
            writer = LogWriter.start(budi.profile, budi.pc, None, SystemClock())
            runs.append(writer.run([writer.next("lesson.completed", {"activity": "a/b/c", "version": "1"})]))
        logs += [run.header.log for run in runs]
        segments.append(encode_segment(runs, budi.signing))
    for data in segments:
        assert budi.syncs(line, data).refusals == ()
    assert main(["key", "revoke", budi.signing.public.hex(), "--data", str(home.folder)]) == 0
    desk.syncs(line)
    desk.fetches(line)
    (word,) = {
        fact.statement.digest: fact
        for p in desk.pieces
        for fact in p.facts
        if fact.statement.kind == "key.revoked"
    }.values()
    known = authority([word], Roots(frozenset({desk.centre_public})))
    assert known.revoked[budi.signing.public] == dict.fromkeys(logs, 1) | {budi.log: 1}


def test_strangers_in_somebodys_name_shut_nobody_out(home, centre, office, line):
    """Whoever knows a person's UUID can claim to be them, from as many made-up PCs as they like."""
    person = office.entry(BUDI).person
    told = []
    for _ in range(34):
        stranger = Pc(office.file.header.centre)
        stranger.opens(person)
        told += [code for code, _ in stranger.syncs(line).refusals]
    assert told == ["too-large", "too-large"]
    budi, desk = Pc.of(office, BUDI), Pc.of(office, YOHANA)
    assert [pc.syncs(line).refusals for pc in (budi, desk)] == [(), ()]
    again = Pc(office.file.header.centre, pc=budi.pc)
    again.opens(person)
    assert again.syncs(line).refusals == (), "at a PC where somebody is known"
    far = Pc(office.file.header.centre)
    far.opens(person)
    assert [code for code, _ in far.syncs(line).refusals] == ["too-large"]
    assert desk.syncs(line, far.segment()).refusals == (), "brought by the coordinator"
    crowd = []
    for _ in range(33):
        one = Pc(office.file.header.centre, pc=budi.pc, profile=os.urandom(16))
        one.opens(person)
        crowd += [code for code, _ in one.syncs(line).refusals]
    assert crowd == ["too-large", "too-large"], "one PC has its limit too"
