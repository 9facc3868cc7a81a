"""A round of the office as the window runs it: real stores, a folder as the stick, a centre in memory."""

from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QWidget

from desktop.app.custody import by_course, pieces, position, receipt_code
from desktop.app.round_room import RoundRoom
from desktop.app.stick_visits import StickVisits, _install, _seconds_left
from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.office import carry
from desktop.office.desk import Desk as OfficeDesk
from desktop.office.lost_stick import lost_sticks
from desktop.screens.exchange import ExchangeView
from desktop.screens.round_views import RoundStep
from desktop.screens.status_line import Place
from desktop.screens.visit_views import StickSort, VisitStep
from desktop.store.visits import Visit
from tests.builders.office import DINA, MARKUS, YOHANA, new_office
from tests.builders.round import Desk, PostCentre

NEVER = lambda: False  # noqa: E731 - nobody chooses Batal


class World:
    """Two PCs and a desk, one stick, and what the application would be for each."""

    def __init__(self, folder, window, jobs) -> None:
        self.office = new_office()
        self.stick = folder / "stick"
        self.stick.mkdir()
        self.window, self.jobs = window, jobs
        self.pc = Desk(folder / "loket", self.office, "PC Loket 1")
        self.desk = Desk(folder / "meja", self.office, "PC Sekretariat")
        self.yohana, self.markus = self.pc.sit(YOHANA), self.desk.sit(MARKUS)
        self.centre = PostCentre(self.office)
        self.noted = 0

    def visits(self, place: Desk, *, there: bool = True) -> StickVisits:
        app = SimpleNamespace(
            window=self.window, store=place.store, jobs=self.jobs, session=None,
            sticks=lambda: (self.stick,) if there else (),
        )  # fmt: skip
        return StickVisits(app)

    def room(self, *, there: bool = True) -> RoundRoom:
        view = ExchangeView(0, 0, None, "", "Kantor", "PC Sekretariat", online=False)
        app = SimpleNamespace(
            sticks=lambda: (self.stick,) if there else (), window=self.window, jobs=self.jobs
        )
        session = SimpleNamespace(
            app=app, profile=self.markus, road=SimpleNamespace(view=lambda: view), noted=self._note
        )
        nothing = SimpleNamespace(computers=())
        return RoundRoom(
            session, SimpleNamespace(renewed=nothing, renew=lambda: nothing, desk=OfficeDesk(self.markus))
        )

    def _note(self) -> None:
        self.noted += 1


@pytest.fixture
def world(tmp_path, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    jobs = Jobs()
    made = World(tmp_path, window, jobs)
    yield made
    made.pc.off()
    made.desk.off()
    assert jobs.close()


def visit(visits):
    """Do a visit with the stick that is plugged in; gives what was told on the way, and how it ended."""
    told = []
    (stick,) = visits.sticks()
    return told, visits.actions().exchange(stick, told.append, NEVER)


def prepared(world):
    visits = world.visits(world.pc)
    (new,) = visits.sticks()
    assert new.sort is StickSort.NEW
    visits.actions().prepare(new)
    return visits


def test_a_new_stick_is_prepared_and_then_says_what_waits_here(world):
    world.pc.study(YOHANA, range(5))
    visits = prepared(world)
    (stick,) = visits.sticks()
    assert stick.sort is StickSort.OURS
    assert stick.results == world.yohana.unsent() > 0
    assert stick.result_bytes > 0
    assert stick.problem is None


def test_a_visit_takes_everything_and_the_next_look_finds_nothing_new(world):
    world.pc.study(YOHANA, range(5))
    visits = prepared(world)
    told, done = visit(visits)
    assert done.results == world.yohana.unsent()
    assert done.left is None, "a PC without a desk cannot know the round"
    assert [one.step for one in told if one.done == one.total][:1] == [VisitStep.COPY]
    (after,) = visits.sticks()
    assert after.results == 0


def test_a_stick_that_has_not_changed_is_not_read_again(world, monkeypatch):
    visits = prepared(world)
    first = visits.sticks()
    monkeypatch.setattr(visits, "_look", lambda *_: pytest.fail("read again"))
    assert visits.sticks() == first


def test_work_done_since_is_told_at_the_next_look(world):
    visits = prepared(world)
    before = visits.sticks()[0].results
    world.pc.study(YOHANA, [1, 2])
    assert visits.sticks()[0].results > before


def test_without_a_stick_there_is_nothing_to_show(world):
    visits = world.visits(world.pc, there=False)
    assert visits.sticks() == ()


def test_the_round_goes_from_the_visit_to_the_centre_and_back(world):
    world.pc.study(YOHANA, range(5))
    visit(prepared(world))
    room = world.room()
    view = room.view()
    assert view.step is RoundStep.MERGE
    assert view.stick is not None
    assert view.stick.pcs == 1

    told = []
    done = room._merge(told.append, NEVER)
    assert done.new > 0
    assert (done.doubts, done.newcomers) == (0, 1), "who came for the first time is no fault"
    assert [one.title for one in room.view().doubts] == ["1 orang di PC Loket 1 belum dikenali."]
    assert world.room().view().doubts == room.view().doubts, "the list is there in the morning too"
    assert told[-1].name == "PC Loket 1"
    view = room.view()
    assert view.step is RoundStep.CENTRE
    assert view.waiting > 0
    assert view.missing == ()
    assert view.merged == done
    assert (world.stick / "KIRIM-KE-PUSAT.suluh").is_file()

    found = carry.to_centre(world.markus, world.centre, lambda _: None, NEVER)
    sent = room._carried(found)
    assert sent.left == 0
    assert world.noted == 2
    view = room.view()
    assert view.step is RoundStep.DELIVER
    assert "PC Loket 1" in view.owed
    assert view.stick.letters > 0, "what the centre sent lies on the stick already"

    visit(world.visits(world.pc))
    assert world.yohana.unsent() == 0, "the centre's word came home by stick"
    there = position(world.yohana)
    assert there.place is Place.CENTRE
    assert there.at > 0, "a PC that never saw a network says since when the centre has it"


def test_the_desk_knows_where_the_stick_was_not_yet(world):
    room = world.room()
    stick = world.desk.stick(world.stick)
    stick.prepare()
    assert room.left(stick) is None, "no other PC is known"
    world.desk.store.visits.put(Visit(b"9" * 16, "PC Arsip"))
    world.desk.store.visits.put(Visit(world.pc.store.pc().id, "PC Loket 1"))
    assert room.left(stick) == ("PC Arsip", "PC Loket 1")
    world.pc.study(YOHANA, [1])
    visit(world.visits(world.pc))
    assert room.left(stick) == ("PC Arsip",)


class Shelf:
    """Installs what it is given, or stops half way."""

    def __init__(self, *, whole=True) -> None:
        self.whole = whole

    def install(self, pack, heard, stopped):
        heard(pack.needed // 2, pack.needed)
        return self.whole and not stopped()


def pack(title, *, fits=True):
    return SimpleNamespace(course=SimpleNamespace(title=title), size=48, needed=40, fits=fits)


def test_packs_come_after_the_results_and_one_that_does_not_fit_is_left_on_the_stick():
    told = []
    packs = (pack("Keamanan"), pack("Terlalu besar", fits=False), pack("Arsip"))
    assert _install(Shelf(), packs, told.append, NEVER) == ["Keamanan", "Arsip"]
    assert {one.step for one in told} == {VisitStep.INSTALL}
    assert [(one.title, one.done, one.total, one.size) for one in told][:2] == [
        ("Keamanan", 0, 40, 48),
        ("Keamanan", 20, 40, 48),
    ]


def test_a_pack_that_was_broken_off_is_not_said_to_be_installed():
    assert _install(Shelf(whole=False), (pack("Keamanan"),), lambda _: None, NEVER) == []
    assert _install(Shelf(), (pack("Keamanan"),), lambda _: None, lambda: True) == []


@pytest.mark.parametrize(
    ("done", "passed", "left"), [(0, 9, 0), (10, 1, 0), (50, 5, 5), (10, 10, 90), (100, 50, 0)]
)
def test_how_long_a_pack_takes_is_said_when_it_is_no_guess(done, passed, left):
    assert _seconds_left(done, 100, passed) == left


def test_merging_twice_counts_nothing_twice(world):
    world.pc.study(YOHANA, range(5))
    visit(prepared(world))
    room = world.room()
    first = room._merge(lambda _: None, NEVER)
    again = room._merge(lambda _: None, NEVER)
    assert again.new == 0
    assert again.known == first.new + first.known


def test_merging_without_the_stick_is_told_as_what_it_is(world):
    room = world.room(there=False)
    with pytest.raises(Problem) as told:
        room._merge(lambda _: None, NEVER)
    assert told.value.title == "Flashdisk tercabut sebelum selesai. Data di komputer ini aman."


def test_beranda_proposes_the_round_only_where_there_is_one(world):
    assert world.room(there=False).next_step() is None
    world.pc.study(YOHANA, range(3))
    visit(prepared(world))
    step = world.room().next_step()
    assert step is not None
    assert (step.key, step.title) == ("exchange", "Ada hasil dari 1 komputer.")


def test_a_lost_stick_is_noted_with_what_the_coordinator_wrote(world):
    world.room()._report_lost("di pasar")
    (note,) = lost_sticks(world.markus)
    assert note.about == "di pasar"


def test_where_work_is_follows_the_stick(world):
    world.pc.study(YOHANA, range(3))
    here = position(world.yohana)
    assert (here.place, here.held) == (Place.PC, 0)
    visit(prepared(world))
    assert position(world.yohana).place is Place.PC, "a stick in a pocket is nobody's word"
    room = world.room()
    room._merge(lambda _: None, NEVER)
    visit(world.visits(world.pc))
    held = position(world.yohana)
    assert held.place is Place.COORDINATOR
    assert held.held == held.unsent > 0
    assert held.at > 0
    world.pc.study(YOHANA, [7])
    newer = position(world.yohana)
    assert newer.place is Place.PC
    assert newer.unsent - newer.held == 1


def test_each_piece_of_work_has_its_place_and_a_code_once_somebody_has_it(world):
    world.yohana.record("module.completed", module="layanan/m1", version="1")
    world.yohana.record("course.completed", course="layanan", version="1", jp=200)
    day = lambda at: at  # noqa: E731 - days are told elsewhere
    first = pieces(world.yohana, str.upper, day)
    assert {one.title for one in first} == {"LAYANAN/M1", "LAYANAN"}
    assert {(one.place, one.receipt) for one in first} == {(Place.PC, "")}
    visit(prepared(world))
    world.room()._merge(lambda _: None, NEVER)
    visit(world.visits(world.pc))
    assert {one.place for one in pieces(world.yohana, str.upper, day)} == {Place.COORDINATOR}
    assert len({one.receipt for one in pieces(world.yohana, str.upper, day)}) == 2
    assert by_course(world.yohana, day)["layanan"].place is Place.COORDINATOR


def test_a_receipt_has_the_same_code_wherever_it_is_looked_up():
    assert receipt_code(7, 3) == receipt_code(7, 3) != receipt_code(7, 4)
    assert len(receipt_code(2**63, 1)) == 9


def test_nobody_else_on_the_pc_is_told_where_ones_work_is(world):
    dina = world.pc.sit(DINA)
    world.pc.study(YOHANA, range(3))
    assert position(dina).unsent < position(world.yohana).unsent
