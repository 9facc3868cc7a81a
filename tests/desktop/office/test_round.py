"""A round with the stick: visited, merged, to the centre, and brought home; in any order, and told by name."""

import itertools
import random
from dataclasses import replace

import pytest

from desktop.errors import Problem
from desktop.office.carry import from_answer, to_centre
from desktop.office.exchange_stick import ExchangeStep, exchange
from desktop.office.lost_stick import aboard, lost_sticks, report_lost
from desktop.office.merge import merge, merge_parts
from desktop.office.round import Step, know, round_of
from desktop.store.custody import Whereabouts
from desktop.store.facts import Scope
from desktop.store.post import Post
from desktop.store.visits import Visit
from sync.client.faults import Failure, Fault
from sync.client.stick import Stick, StickState
from sync.postbag.part import Form, read_part
from sync.refusal import Refusal
from tests.builders.office import DINA, MARKUS, YOHANA, new_office
from tests.builders.round import PLANTED, Desk, PostCentre
from tests.harness.stick_disk import ROOT, FaultyStick

A = b"\x0a" * 16


@pytest.fixture
def desk(tmp_path, office):
    made = Desk(tmp_path / "meja", office, "PC Sekretariat")
    made.sit(MARKUS)
    yield made
    made.off()


@pytest.fixture
def pcs(tmp_path, office):
    made = [Desk(tmp_path / name, office, f"PC {name}") for name in ("Arsip", "Loket")]
    for pc, nip in zip(made, (YOHANA, DINA), strict=True):
        pc.sit(nip)
        pc.study(nip, [1, 2, 3])
        pc.answer(nip)
    yield made
    for pc in made:
        pc.off()


@pytest.fixture
def root(tmp_path, desk):
    folder = tmp_path / "flashdisk"
    folder.mkdir()
    desk.stick(folder).prepare()
    return folder


@pytest.fixture
def centre(office, pcs):
    made = PostCentre(office)
    made.reads(pcs[0].people[YOHANA], pcs[1].people[DINA])
    return made


def visit(pc, root, **more):
    return exchange(pc.store, pc.stick(root), **more)


def merged(desk, root, **more):
    return merge(desk.people[MARKUS], desk.stick(root), **more)


def where(pc, nip):
    facts = pc.people[nip].facts(Scope.OWN)
    found = Post(pc.store).chains([one.identity for one in facts])
    return {one.whereabouts for one in found.values()}


def test_one_round_carries_the_work_of_all_and_each_knows_where_it_is(desk, pcs, root, centre):
    assert round_of(desk.store).step is Step.VISIT
    for pc in pcs:
        done = visit(pc, root)
        assert (done.parts, done.statements) == (1, 4)
    assert round_of(desk.store, on_stick=2).step is Step.MERGE
    found = merged(desk, root)
    assert (found.new, found.known, found.doubtful, found.computers) == (8, 0, 0, ("PC Arsip", "PC Loket"))
    stands = round_of(desk.store)
    assert (stands.step, stands.visited, stands.left) == (Step.CENTRE, 3, ())
    assert where(pcs[0], YOHANA) == {Whereabouts.HERE}
    visit(pcs[0], root)
    assert where(pcs[0], YOHANA) == {Whereabouts.COORDINATOR}

    carried = to_centre(desk.people[MARKUS], centre)
    assert (carried.left, carried.failure, carried.computers) == (0, None, 2)
    assert len(centre.facts) == 8
    merged(desk, root)
    assert round_of(desk.store).step is Step.DELIVER
    assert [one.name for one in round_of(desk.store).owed] == ["PC Arsip", "PC Loket"]
    for pc, nip in zip(pcs, (YOHANA, DINA), strict=True):
        done = visit(pc, root)
        assert (done.letters, done.acks) == (1, 4)
        assert where(pc, nip) == {Whereabouts.CENTRE}
        assert pc.store.outbox.outgoing() == ()
        pc.people[nip].take_waiting()
        assert pc.people[nip].cursors()["person"] == 5
    merged(desk, root)
    stands = round_of(desk.store)
    assert stands.owed == ()
    assert all(one.delivered for one in stands.pcs)
    assert not list(desk.stick(root).parts(Form.HOMEWARD)), "what arrived leaves the stick"


def round_to_town(desk, pcs, root, centre):
    """Around, merged and to town; what came lies on the stick."""
    for pc in pcs:
        visit(pc, root)
    merged(desk, root)
    assert to_centre(desk.people[MARKUS], centre).left == 0
    merged(desk, root)


def test_an_answer_that_comes_in_the_second_of_the_one_before_is_brought_home_too(desk, pcs, root, centre):
    round_to_town(desk, pcs[:1], root, centre)
    visit(pcs[0], root)
    pcs[0].study(YOHANA, [7, 8])
    centre.time -= 20  # the answers to come bear the second of those that are home
    round_to_town(desk, pcs[:1], root, centre)
    assert [one.name for one in round_of(desk.store).owed] == ["PC Arsip"]
    visit(pcs[0], root)
    assert pcs[0].store.outbox.outgoing() == ()
    assert where(pcs[0], YOHANA) == {Whereabouts.CENTRE}


def test_work_whose_ack_was_lost_with_the_answer_is_given_again_and_acknowledged(desk, pcs, root, centre):
    round_to_town(desk, pcs[:1], root, centre)
    for file in (root / "SULUH").iterdir():
        if any(part.form is Form.HOMEWARD for part in whole(file)):
            file.unlink()
    loket = pcs[0].store.pc().id
    desk.store.homeward.drop(loket, [one.digest for one in desk.store.homeward.for_pc(loket)])
    visit(pcs[0], root)
    assert pcs[0].store.outbox.outgoing() != (), "the receipt alone frees nothing"
    merged(desk, root)
    assert to_centre(desk.people[MARKUS], centre).left == 0
    merged(desk, root)
    visit(pcs[0], root)
    assert pcs[0].store.outbox.outgoing() == ()
    assert where(pcs[0], YOHANA) == {Whereabouts.CENTRE}
    assert len(centre.facts) == 4, "each once"


def whole(file):
    """The part in a file; nothing for any other file."""
    try:
        return [read_part(file.read_bytes())]
    except Refusal:
        return []


def test_a_visit_again_copies_nothing_and_counts_nothing(desk, pcs, root):
    visit(pcs[0], root)
    assert visit(pcs[0], root).parts == 0
    assert merged(desk, root).new == 4
    again = merged(desk, root)
    assert (again.new, again.known) == (0, 4)


def test_progress_says_results_first_and_a_stop_leaves_whole_parts(pcs, root):
    steps = []
    visit(pcs[0], root, progress=steps.append)
    order = [key for key, _ in itertools.groupby(one.step for one in steps)]
    assert order == [ExchangeStep.COPY, ExchangeStep.CHECK, ExchangeStep.TAKE]
    assert visit(pcs[1], root, cancelled=lambda: True).stopped
    assert len(list(pcs[1].stick(root).parts(Form.OUTWARD))) == 1
    assert visit(pcs[1], root).parts == 1


def test_a_stopped_merge_goes_on_where_it_was(desk, pcs, root):
    for pc in pcs:
        visit(pc, root)
    stops = iter([False, True])
    first = merged(desk, root, cancelled=lambda: next(stops))
    assert (first.new, first.stopped) == (4, True)
    second = merged(desk, root)
    assert (second.new, second.known) == (4, 4)


def test_only_a_coordinator_merges(pcs, root):
    with pytest.raises(Problem, match="Hanya koordinator"):
        merge(pcs[0].people[YOHANA], pcs[0].stick(root))


def test_another_offices_stick_is_left_alone(pcs, tmp_path):
    other = new_office()
    other.raw, _ = other.issue(1, office=b"\x77" * 16, name="Distrik Lain")
    stranger = Desk(tmp_path / "lain", other, "PC Lain")
    folder = tmp_path / "asing"
    folder.mkdir()
    stranger.stick(folder).prepare()
    with pytest.raises(
        Problem, match=r"^Flashdisk ini milik kantor Distrik Lain\. Tidak ada yang disalin\.$"
    ):
        visit(pcs[0], folder)
    assert not list(folder.glob("SULUH/k-*"))
    stranger.off()


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        ("gone", "Flashdisk tercabut sebelum selesai. Data di komputer ini aman."),
        ("full", r"Flashdisk penuh: perlu \d+ KB, tersedia \d+ KB."),
        ("read_only", "Flashdisk tidak dapat ditulisi. Pakai flashdisk lain."),
    ],
)
def test_a_stick_in_trouble_is_told_in_plain_words_and_the_work_stays(pcs, trouble, words):
    disk = FaultyStick(random.Random(1))
    stick = pcs[0].stick(ROOT, disk)
    stick.prepare()
    if trouble == "full":
        disk.capacity = disk._used() + 20_000
    else:
        setattr(disk, trouble, True)
    before = pcs[0].store.outbox.outgoing()
    with pytest.raises(Problem, match=words):
        exchange(pcs[0].store, stick)
    assert pcs[0].store.outbox.outgoing() == before
    assert not [path for path in disk.image() if path.name.startswith("k-")]


def test_a_stick_that_is_not_prepared_waits_for_the_coordinator(pcs, tmp_path):
    with pytest.raises(Problem, match="belum disiapkan"):
        visit(pcs[0], tmp_path)
    assert Stick(tmp_path, pcs[0].store.office()).look() is StickState.NEW


def test_whoever_finds_the_stick_reads_nothing(desk, pcs, root, centre):
    for pc in pcs:
        visit(pc, root)
    merged(desk, root)
    to_centre(desk.people[MARKUS], centre)
    merged(desk, root)
    everything = b"\0".join(
        path.read_bytes() + str(path).encode() for path in root.rglob("*") if path.is_file()
    )
    for word in (*PLANTED, "Yo\0", *(pc.store.pc().id.hex() for pc in pcs)):
        assert word.encode() not in everything
    for profile in (pcs[0].people[YOHANA], pcs[1].people[DINA]):
        assert profile.profile not in everything
    sizes = {path.stat().st_size % 4096 for path in root.glob("SULUH/k-*")}
    assert len(sizes) <= 1, "the size of a file tells how much was studied"


def test_a_lost_stick_is_noted_with_exactly_who_was_on_it_and_all_is_collected_again(
    desk, pcs, root, tmp_path, office
):
    for pc in pcs:
        visit(pc, root)
    merged(desk, root)
    for one in root.rglob("*"):
        if one.is_file():
            one.unlink()
    pcs[0].study(YOHANA, [7])
    note = report_lost(desk.people[MARKUS], "  di kapal  ", visited=[pcs[0].store.pc().id])
    assert note.pcs == (pcs[0].store.pc().id,)
    assert (note.about, note.until - note.at) == ("di kapal", 3 * 86_400)
    assert lost_sticks(desk.people[MARKUS]) == (note,)
    new = tmp_path / "baru"
    new.mkdir()
    desk.stick(new).prepare()
    assert visit(pcs[0], new).statements == 5
    found = merged(desk, new)
    assert (found.new, found.known) == (1, 4)


def test_a_loss_names_no_fewer_than_may_be_on_it():
    visits = [Visit(A, "Loket"), Visit(b"b" * 16, "Arsip")]
    seats = {A: [b"p1", b"p2"], b"b" * 16: [b"p3"]}
    owners = {b"p1": b"yohana", b"p3": b"dina"}
    assert aboard(visits, [], seats, owners).people == (b"dina", b"yohana")
    assert aboard(visits, [], seats, owners, [A]).people == (b"yohana",)
    assert aboard(visits, [b"b" * 16], seats, owners, [A]).people == (b"dina", b"yohana")


def test_the_round_knows_pcs_that_were_never_visited(desk, pcs, root):
    know(desk.store, [(A, "PC Gudang"), (desk.store.pc().id, "PC Sekretariat"), (A, "")])
    visit(pcs[0], root)
    merged(desk, root)
    stands = round_of(desk.store)
    assert [one.name for one in stands.left] == ["PC Gudang"]
    assert (stands.step, stands.visited, len(stands.pcs)) == (Step.VISIT, 2, 3)


def test_a_line_that_breaks_on_the_way_to_the_centre_loses_nothing(desk, pcs, root, centre):
    for pc in pcs:
        visit(pc, root)
    merged(desk, root)
    heard = []

    def cut(body):
        heard.append(centre(body))
        return heard[0] if len(heard) == 1 else Failure(Fault.CUT)

    first = to_centre(desk.people[MARKUS], cut)
    assert (first.failure.fault, first.stored, first.left) == (Fault.CUT, 1, 2)
    portal = to_centre(desk.people[MARKUS], lambda _: b"<html>log in</html>")
    assert (portal.failure.fault, portal.left) == (Fault.PORTAL, 2), (
        "one PC, and what this one asks goes last"
    )
    last = to_centre(desk.people[MARKUS], centre)
    assert (last.left, last.failure) == (0, None)
    assert len(centre.facts) == 8


def test_a_borrowed_pc_takes_one_file_and_its_answer_finds_every_pc(desk, pcs, root, centre):
    for pc in pcs:
        visit(pc, root)
    merged(desk, root)
    answer = centre((root / "KIRIM-KE-PUSAT.suluh").read_bytes())
    (root / "JAWABAN-PUSAT (1).suluh").write_bytes(answer)
    assert visit(pcs[0], root).acks == 4, "a PC finds its own in the answer itself"
    carried = from_answer(desk.people[MARKUS], desk.stick(root))
    assert (carried.missing, carried.left, carried.computers) == (0, 0, 2)
    assert not (root / "JAWABAN-PUSAT (1).suluh").exists()
    merged(desk, root)
    assert visit(pcs[1], root).acks == 4
    assert where(pcs[1], DINA) == {Whereabouts.CENTRE}


def test_a_torn_answer_gives_what_is_whole_and_waits_for_the_rest(desk, pcs, root, centre):
    for pc in pcs:
        visit(pc, root)
    merged(desk, root)
    answer = centre((root / "KIRIM-KE-PUSAT.suluh").read_bytes())
    (root / "JAWABAN-PUSAT.suluh").write_bytes(answer[:-5000])
    torn = from_answer(desk.people[MARKUS], desk.stick(root))
    assert torn.missing > 0
    assert (root / "JAWABAN-PUSAT.suluh").exists()
    (root / "JAWABAN-PUSAT.suluh").write_bytes(answer)
    assert from_answer(desk.people[MARKUS], desk.stick(root)).missing == 0


def test_an_office_file_spreads_from_whoever_has_the_newer(desk, pcs, root, office):
    raw, _ = office.issue(2)
    from desktop.store.trust import adopt_newer

    adopt_newer(desk.store, raw)
    merged(desk, root)
    assert visit(pcs[0], root).documents == ("office",)
    assert pcs[0].store.office().header.version == 2


def test_a_branch_is_kept_twice_and_shown_as_doubtful(desk, pcs):
    from desktop.store.facts import add_collected

    profile = desk.people[MARKUS]
    (part,) = Post(pcs[0].store).outward()
    merge_parts(profile, [(read_part(part.part), part.part)])
    fact = profile.facts(Scope.OFFICE)[0]
    other = replace(fact, statement=replace(fact.statement, at=fact.statement.at + 1))
    with profile.database.write() as connection:
        assert add_collected(connection, [other]) == (1, 1)
        assert add_collected(connection, [other]) == (0, 0)
