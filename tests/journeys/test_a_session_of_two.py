"""Two colleagues state one session, and it is worth the same at both their PCs, the desk and the centre."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from desktop.app.homes import Homes
from desktop.app.sessions import Sessions
from desktop.demo.people import COORDINATOR, LEARNERS
from desktop.errors import Problem
from desktop.evidence import sessions as room
from desktop.evidence.sessions import Met, answer_session, asked, sittings, state_session
from desktop.formats import long_day
from desktop.screens.evidence import SessionDeed
from desktop.screens.paper_sheet import PaperSize
from desktop.store.profile import Profile
from sync.folds.sessions import ANSWERED, STATED
from sync.folds.training import TrainingState
from sync.journal.passing import to_one
from sync.server.database import open_database
from sync.server.standings import Frame, jp_by_year
from sync.server.tables import person as people
from tests.builders.road import Pc, desk_row, sent

HELENA, KETUT = LEARNERS[3], LEARNERS[4]
NO_SHELF = SimpleNamespace(courses=tuple, course=lambda _key: None)
TOPIC, AGREED = "Melayani antrean lansia", "Loket dua dibuka pukul delapan"


class Story:
    """Helena and Ketut each at a PC with a line, Yohana at the desk."""

    def __init__(self, town, folder):
        self.town = town
        self.office = town.office((COORDINATOR, HELENA, KETUT))
        self.pcs = [Pc(folder / name, name, self.office) for name in ("PC A", "PC B", "PC Meja")]
        self.helena, self.ketut, self.yohana = (
            pc.sit(one) for pc, one in zip(self.pcs, (HELENA, KETUT, COORDINATOR), strict=True)
        )
        self.round()
        self.day = datetime.fromtimestamp(self.pcs[0].store.now(), self.helena.zone()).date() - timedelta(1)

    def round(self):
        for _ in range(2):
            for one in (self.helena, self.ketut, self.yohana):
                sent(one, self.town.url)

    def met(self, **more):
        return replace(Met("mentoring", KETUT.nip, self.day, 540, 60, TOPIC, AGREED), **more)

    def hours(self):
        """(counted, claimed) of Helena at her PC, the desk and the centre, in one set."""
        here = self.helena.standing().jp_of(self.day.year)
        desk, centre = desk_row(self.yohana, HELENA), self.town.row(self.office, HELENA)
        return {
            (here.total, here.claimed),
            (desk.jp, desk.jp_claimed),
            (centre["jp"], centre["jp_claimed"]),
        }


def sheets(profile):
    """The room of sessions as the application wires it."""
    session = SimpleNamespace(
        app=SimpleNamespace(store=profile.store, jobs=None), profile=profile, shelf=NO_SHELF
    )
    session.homes = Homes(session)
    return Sessions(session)


@pytest.fixture
def story(town, tmp_path, cheap_pins):
    made = Story(town, tmp_path)
    yield made
    for one in (made.helena, made.ketut, made.yohana):
        one.close()
    for pc in made.pcs:
        pc.off()


def test_a_session_counts_once_both_have_stated_it_and_at_every_place_the_same(story, qapp):
    first = state_session(story.helena, story.met())
    assert asked(story.ketut) == ()
    story.round()
    assert story.hours() == {(0, 200)}
    (one,) = asked(story.ketut)
    assert (one.topic, one.agreed, one.name) == (TOPIC, AGREED, HELENA.name)
    (told,) = Homes._due(sheets(story.ketut)._session.homes, SimpleNamespace(courses=(), likeliest=None))
    assert told.title == f"{HELENA.name} meminta konfirmasi Anda"
    assert TOPIC not in repr(story.yohana.facts()), "the desk counts, and does not read what was talked over"

    with pytest.raises(Problem, match="Tulis alasannya"):
        answer_session(story.ketut, one, yes=False)
    answer_session(story.ketut, one, yes=False, reason="Baru 30 menit")
    story.round()
    (mine,) = sittings(story.helena)
    assert (mine.session.state, mine.reason) == (TrainingState.REJECTED, "Baru 30 menit")
    assert story.hours() == {(0, 0)}

    state_session(story.helena, story.met(start=545, minutes=50), first)
    state_session(story.helena, story.met(start=550))  # the same hour, written down once more
    story.round()
    for waiting in asked(story.ketut):
        answer_session(story.ketut, waiting, yes=True)
    story.round()
    assert asked(story.ketut) == ()
    assert story.hours() == {(200, 0)}, "one hour, once"
    assert story.ketut.standing().jp_of(story.day.year).total == 0, "the table gives hours to who was coached"

    one = next(one for one in sittings(story.helena) if one.session.jp)
    met = sheets(story.helena)
    letter = met.letter(one)
    said, both = letter.parts[:2]
    assert dict(said.rows)["Topik"] == TOPIC
    assert dict(said.rows)["JP yang dihitung"] == "2"
    today = met._session.homes.today()
    assert [(row[0].split("\n")[0], row[2]) for row in both.rows] == [
        (HELENA.name, long_day(today)),
        (KETUT.name, long_day(today)),
    ]
    for size in PaperSize:
        assert met.draw(one, size).pages == 1
    listed = met.entries(story.day.year)
    assert {(entry.jp, entry.deed) for entry in listed} == {(0, SessionDeed.PAPER), (200, SessionDeed.PAPER)}
    assert sheets(story.ketut).entries(story.day.year) == []


def test_no_more_than_the_table_allows_in_a_year_counts_at_any_place(story):
    day = date(story.day.year, 1, 1)
    for number in range(5):
        state_session(story.helena, story.met(day=day + timedelta(number)))
    story.round()
    for one in asked(story.ketut):
        answer_session(story.ketut, one, yes=True)
    story.round()
    assert story.hours() == {(600, 0)}
    with open_database(story.town.home) as database, database.reading() as connection:
        who = connection.execute(select(people).where(people.c.uuid == story.helena.person)).one()
        frame = Frame.read(connection, who.office, story.pcs[0].store.now())
        assert jp_by_year(connection, who.id, frame) == {story.day.year: 600}, (
            "what stays of who left long ago"
        )


def test_planted_fault_a_program_of_ones_own_confirms_its_own_session(story, monkeypatch):
    state_session(story.helena, story.met())
    (mine,) = sittings(story.helena)
    with pytest.raises(Problem, match="dikonfirmasi sendiri"):
        answer_session(story.helena, mine, yes=True)
    header = story.pcs[0].store.office().header
    for person in (story.helena.person, story.ketut.person):
        forged = to_one(ANSWERED, person, {"reason": ""}, (header.centre_letter,))
        story.helena.record(ANSWERED, **forged, session=mine.session.sheet.digest, yes=1, counter=9)
    story.round()
    assert story.hours() == {(0, 200)}


def test_words_that_were_changed_behind_the_digest_are_shown_to_nobody(story, monkeypatch):
    monkeypatch.setattr(room, "digest_of", lambda clear, words: b"x" * 32)
    state_session(story.helena, story.met())
    monkeypatch.undo()
    story.round()
    assert asked(story.ketut) == ()
    assert [one.closed for one in sittings(story.ketut)] == [True]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"nip": HELENA.nip}, "diri sendiri"),
        ({"nip": "199001012015011001"}, "belum ada"),
        ({"form": "seminar"}, "dua rekan"),
        ({"topic": " "}, "topik"),
        ({"agreed": "x" * 2000}, "terlalu panjang"),
        ({"minutes": 20}, "terlalu singkat"),
        ({"minutes": 0}, "masuk akal"),
        ({"day": date(2999, 1, 1)}, "belum selesai"),
    ],
)
def test_a_slip_is_told_and_nothing_is_stated(story, wrong, says):
    with pytest.raises(Problem) as told:
        state_session(story.helena, story.met(**wrong))
    assert says in str(told.value)
    assert story.helena.facts(kinds=(STATED,)) == ()
    assert isinstance(story.helena, Profile)
