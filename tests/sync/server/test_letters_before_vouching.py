"""What one states for a colleague arrives, in whatever order it, the vouching and the colleague come to the centre."""

import hashlib
import itertools

import pytest

from sync.folds.sessions import ANSWERED, SESSIONS, STATED
from sync.journal.kind import Author
from sync.journal.kinds import KINDS
from sync.journal.passing import PASSED, is_for_one, passed, to_one
from sync.officefile_codes import enrolment_proof
from sync.server.home import Home
from tests.builders.centre import BUDI, MARIA, YOHANA, CentreProcess, Line, Pc, make_office

WORDS, VOUCHING, COLLEAGUE = "words", "vouching", "colleague"
ORDERS = tuple(itertools.permutations((WORDS, VOUCHING, COLLEAGUE)))
BY_THE_DESK, BY_THE_CODE = "desk", "code"
SEALED = {STATED: {"topic": "Melayani antrean lansia", "agreed": "Loket dua"}, ANSWERED: {"reason": ""}}
CLEAR = {
    STATED: {
        "id": "sesi-1",
        "form": "mentoring",
        "day": 739_000,
        "start": 540,
        "minutes": 60,
        "digest": hashlib.sha256(b"sesi").digest(),
        "counter": 1,
    },
    ANSWERED: {"session": hashlib.sha256(b"sesi").digest(), "yes": 1, "counter": 1},
}
FORGETS_WHO_WAITED = """
from sync.server.passing import Passing
Passing.pass_late = lambda self, connection: None
"""
TAKES_THE_CLAIM_FOR_IT = """
from dataclasses import replace
from sync.server.passing import Passing
real = Passing.pass_on
def pass_on(self, connection, holder, data, peek, part):
    real(self, connection, replace(holder, person=holder.person or holder.claimed), data, peek, part)
Passing.pass_on = pass_on
"""


class Story:
    """Budi states something for Maria at a PC for which nobody has vouched yet."""

    def __init__(self, office, line, kinds=SESSIONS):
        self.office, self.line = office, line
        self.desk = Pc.of(office, YOHANA)
        self.desk.syncs(line)
        self.budi = Pc(office.file.header.centre)
        self.budi.opens(office.entry(BUDI).person)
        self.maria = Pc.of(office, MARIA)
        to, readers = office.entry(MARIA).person, (office.file.header.centre_letter,)
        for kind in kinds:
            self.budi.says(kind, **CLEAR[kind], **to_one(kind, to, SEALED[kind], readers))
        self.stated = len(self.budi.statements)

    def arrives(self, order, by=BY_THE_DESK):
        """Let each come by itself; twice, as a stick and a line bring the same."""
        for what in order:
            getattr(self, what)(by)
        for what in order:
            getattr(self, what)(by)
        self.maria.fetches(self.line)

    def words(self, _by):
        assert self.budi.syncs(self.line, self.budi.segment(1, self.stated)).refusals == ()

    def colleague(self, _by):
        self.maria.syncs(self.line)

    def vouching(self, by):
        budi = self.budi
        if by == BY_THE_CODE:
            if len(budi.statements) == self.stated:
                proof = enrolment_proof(self.office.codes[BUDI], budi.signing.public)
                budi.opens(self.office.entry(BUDI).person, proof)
            budi.syncs(self.line, budi.segment(self.stated + 1))
            return
        self.desk.says(
            "profile.vouched",
            profile=budi.profile,
            signing=budi.signing.public,
            letter=budi.letter.public,
            person=self.office.entry(BUDI).person,
            role="learner",
        )
        assert self.desk.syncs(self.line).refusals == ()

    def heard(self):
        """What came to Maria, by kind; and how often the centre said anything of the sort."""
        found = passed([fact for piece in self.maria.pieces for fact in piece.facts])
        return {word.kind: word for word in found}, len(self.maria.heard("person", PASSED))


def test_every_kind_that_a_waiting_key_may_state_for_one_person_is_told_here():
    may = {kind for kind, row in KINDS.items() if is_for_one(kind) and Author.SELF in row.authors}
    assert may == set(SESSIONS)


@pytest.mark.parametrize("by", [BY_THE_DESK, BY_THE_CODE])
@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_it_comes_once_in_any_order(office, line, order, by):
    story = Story(office, line)
    story.arrives(order, by)
    found, times = story.heard()
    assert set(found) == set(SESSIONS)
    assert times == len(SESSIONS), "the centre said each once"
    for kind, word in found.items():
        assert word.author == office.entry(BUDI).person
        assert word.fields == {**SEALED[kind], **CLEAR[kind]}


def test_of_a_key_that_nobody_vouches_for_nothing_comes(office, line):
    story = Story(office, line)
    story.arrives((WORDS, COLLEAGUE))
    assert story.heard() == ({}, 0)


@pytest.mark.parametrize("fault", [FORGETS_WHO_WAITED, TAKES_THE_CLAIM_FOR_IT])
def test_planted_fault_a_centre_that_loses_what_waited_or_believes_it_is_seen(tmp_path, fault):
    home = Home(tmp_path / "pusat")
    with CentreProcess(home, fault) as broken, Line(broken.port) as line:
        story = Story(make_office(home, tmp_path / "kantor"), line)
        story.arrives((WORDS, COLLEAGUE))
        before = story.heard()[1]
        story.arrives((VOUCHING,))
        assert (before, story.heard()[1]) != (0, len(SESSIONS))
