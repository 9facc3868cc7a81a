"""Random histories told to a centre on SQLite and to two workers on PostgreSQL: they answer and keep the same."""

import copy
import dataclasses
import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.journal.keys import SigningKey
from sync.journal.sealing import seal
from sync.journal.segment import encode_segment
from sync.refusal import Refusal
from sync.server import locked_places, rulings
from sync.server.home import Home
from tests.builders.centre import BUDI, MARIA, PETRUS, YOHANA, Answer, Pc
from tests.builders.history import Side
from tests.builders.journal import ScriptedClock
from tests.builders.post import Machine
from tests.builders.postgres import postgres_database

PEOPLE = (YOHANA, BUDI, MARIA, PETRUS)
PCS = 7  # everybody's, and a second one of three: those wait until somebody vouches for them
who, person, few = st.integers(0, PCS - 1), st.sampled_from(PEOPLE), st.integers(1, 4)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("studies"), who, few),
        st.tuples(st.just("begins"), who),
        st.tuples(st.just("finishes"), who),
        st.tuples(st.just("sends"), st.lists(who, min_size=1, max_size=3, unique=True)),
        st.tuples(st.just("sends"), st.lists(who, min_size=1, max_size=3, unique=True)),
        st.tuples(st.just("part"), who, few, few),
        st.tuples(st.just("again"), who),
        st.tuples(st.just("branches"), who),
        st.tuples(st.just("carries"), who, who),
        st.tuples(st.just("stick"), who, who),
        st.tuples(st.just("squats"), who, who),
        st.tuples(st.just("strays"), who, st.sampled_from([-90_000, 90_000])),
        st.tuples(st.just("fetches"), who),
        st.tuples(st.just("forgets"), who),
        st.tuples(st.just("vouches"), st.integers(4, PCS - 1), person),
        st.tuples(st.just("posts"), st.just(0)),
        st.tuples(st.just("merge"), person, person),
        st.tuples(st.just("unmerge"), person, person),
        st.tuples(st.just("erase"), person),
        st.tuples(st.just("revoke"), who),
    ),
    min_size=8,
    max_size=40,
)


@pytest.fixture(scope="module")
def sides(tmp_path_factory):
    folder, clock = tmp_path_factory.mktemp("riwayat"), ScriptedClock()
    with postgres_database() as address:
        one = Side.first(Home(folder / "a"), clock)
        other = Side.like(one, Home(folder / "b", address), clock, workers=2)
        yield one, other, clock, folder
        one.closes()
        other.closes()


class Story:
    """One office and its PCs; each step is told to both centres, and both must say the same."""

    count = itertools.count()

    def __init__(self, sides):
        self.one, self.other, self.clock, folder = sides
        self.office = self.one.founds(folder / f"kantor-{next(self.count)}")
        self.other.adopts(self.one, self.office)
        owners = (*PEOPLE, BUDI, MARIA, BUDI)
        self.pcs = [Pc.of(self.office, nip, clock=self.clock) for nip in owners[:4]]
        for nip in owners[4:]:
            pc = Pc(self.office.file.header.centre, self.clock)
            pc.opens(self.uuid(nip))
            self.pcs.append(pc)
        self.sent = {}
        self.turn = 0

    def uuid(self, nip):
        return self.office.entry(nip).person

    def told(self, asks):
        """Give requests to both as one group; the PCs hear what the first said."""
        bodies = [body for _, body in asks]
        self.turn += 1
        answers = [
            side.workers[self.turn % len(side.workers)].takes(bodies) for side in (self.one, self.other)
        ]
        for (pc, body), said, again in zip(asks, *answers, strict=True):
            first, second = (
                side.reads(pc, body, one) for side, one in ((self.one, said), (self.other, again))
            )
            assert first == second
            if not isinstance(said, Refusal):
                pc.takes(Answer(200, {}, said), body)

    def do(self, step, *values):
        self.clock.tick(61)
        if step in {"merge", "unmerge", "erase"}:
            names = [self.uuid(nip) for nip in values]
            assert self.one.rules(step, *names) == self.other.rules(step, *names)
        elif step == "revoke":
            key = self.pcs[values[0]].signing.public
            assert self.one.rules(step, key) == self.other.rules(step, key)
        else:
            getattr(self, step)(*values)

    def studies(self, place, pages):
        self.pcs[place].reads(pages)

    def begins(self, place):
        self.pcs[place].start()

    def finishes(self, place):
        self.pcs[place].finishes("pelayanan", 600)

    def sends(self, places):
        asks = []
        for place in places:
            pc = self.pcs[place]
            body = pc.request([pc.segment()] if pc.statements else [])
            self.sent[place] = body
            asks.append((pc, body))
        self.told(asks)

    def part(self, place, first, count):
        pc = self.pcs[place]
        if len(pc.statements) >= first:
            self.told([(pc, pc.request([pc.segment(first, min(first + count - 1, len(pc.statements)))]))])

    def again(self, place):
        if place in self.sent:
            self.told([(self.pcs[place], self.sent[place])] * 2)

    def branches(self, place):
        """A copy of the running PC goes on in the same log: same numbers, other statements."""
        pc = self.pcs[place]
        twin = copy.copy(pc)
        twin.writer, twin.statements = copy.deepcopy(pc.writer), list(pc.statements)
        pc.says("page.read", activity="asli", page=1, seconds=9, version="1")
        twin.says("page.read", activity="kembar", page=2, seconds=8, version="1")
        self.told([(pc, pc.request([pc.segment()])), (twin, twin.request([twin.segment()]))])

    def carries(self, place, other):
        pc = self.pcs[other]
        if pc.statements:
            letter = seal(pc.segment(), [self.office.file.header.centre_letter])
            self.told([(self.pcs[place], self.pcs[place].request([], [letter, b"rusak"]))])

    def stick(self, place, other):
        """A carrier brings the post of a PC at which two work, in several parts, the question in two of them."""
        people = [self.pcs[one] for one in dict.fromkeys((place, other))]
        machine = Machine(self.office, people)
        machine.puts(*(one.segment() for one in people if one.statements))
        parts = [*machine.gives_apart(), *machine.gives()]
        self.turn += 1
        said = [
            side.reads_post(machine, side.workers[self.turn % len(side.workers)].carries(parts))
            for side in (self.one, self.other)
        ]
        assert said[0] == said[1]

    def squats(self, place, other):
        """Somebody offers a log of somebody else's as their own."""
        pc, victim = self.pcs[place], self.pcs[other]
        if victim.statements and pc is not victim:
            header = dataclasses.replace(victim.writer.header, profile=pc.profile)
            run = dataclasses.replace(victim.writer.run(victim.statements), header=header)
            self.told([(pc, pc.request([encode_segment([run], pc.signing)]))])

    def strays(self, place, seconds):
        """A PC with a clock that is far off."""
        pc = self.pcs[place]
        if pc.statements:
            self.told([(pc, pc.request([pc.segment()], at=self.clock.wall() + seconds))])

    def fetches(self, place):
        pc = self.pcs[place]
        self.told([(pc, pc.request())])

    def forgets(self, place):
        """A PC that came back from a backup asks from the beginning."""
        self.pcs[place].cursors = {"own": 0}

    def vouches(self, place, nip):
        desk, pc = self.pcs[0], self.pcs[place]
        keys = {"profile": pc.profile, "signing": pc.signing.public, "letter": pc.letter.public}
        desk.says("profile.vouched", **keys, person=self.uuid(nip), role="learner")
        self.told([(desk, desk.request([desk.segment()]))])

    def posts(self, place):
        desk = self.pcs[place]
        desk.says("announcement.posted", id=f"{len(desk.statements)}", title="Apel", text="Senin")

    def same(self):
        """Whether both keep and report the same at the end."""
        for place in range(PCS):
            self.pcs[place].cursors = {}
            self.fetches(place)
        assert self.one.keeps(self.office) == self.other.keeps(self.office)
        name, now = self.office.file.header.name, self.clock.wall()
        assert self.one.reports(name, now) == self.other.reports(name, now)


def tell(sides, steps):
    story = Story(sides)
    story.sends([0, 1, 2, 3])
    for step in steps:
        story.do(*step)
    story.same()


SLOW = settings(
    max_examples=8,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@SLOW
@given(steps=STEPS)
def test_whatever_happens_both_databases_say_and_keep_the_same(sides, steps):
    tell(sides, steps)


WHOLE = [
    ("studies", 1, 3), ("sends", [1, 4]), ("vouches", 4, BUDI), ("studies", 4, 2), ("sends", [4, 2]),
    ("merge", MARIA, BUDI), ("studies", 2, 2), ("sends", [2, 1]), ("unmerge", MARIA, BUDI), ("branches", 1),
    ("squats", 3, 1), ("strays", 2, 90_000), ("revoke", 3), ("studies", 3, 1), ("sends", [3]),
    ("erase", BUDI), ("begins", 1), ("studies", 1, 2), ("sends", [1, 0]), ("carries", 0, 2), ("again", 1),
    ("stick", 2, 1), ("studies", 2, 1), ("stick", 2, 6),
]  # fmt: skip


def test_a_history_with_everything_in_it_is_the_same_on_both(sides):
    tell(sides, WHOLE)


def test_planted_fault_a_place_given_twice_is_seen(sides, monkeypatch):
    monkeypatch.setattr(locked_places.LockedPlaces, "flush", lambda *_: None)
    with pytest.raises(AssertionError):
        tell(sides, WHOLE)


def test_planted_fault_a_merge_that_rewrites_one_side_only_is_seen(sides, monkeypatch):
    honest = rulings.restream

    def hasty(batch, which, *more):
        if batch.connection.dialect.name == "sqlite":
            honest(batch, which, *more)

    monkeypatch.setattr(rulings, "restream", hasty)
    with pytest.raises(AssertionError):
        tell(sides, WHOLE)


def test_a_stranger_is_refused_by_both(sides):
    story = Story(sides)
    stranger = Pc(story.office.file.header.centre, story.clock, signing=SigningKey.generate())
    stranger.reads(2)
    story.told([(stranger, stranger.request([stranger.segment()]))])
