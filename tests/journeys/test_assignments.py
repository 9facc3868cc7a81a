"""Handed in offline, corrected, marked apart by two on a boat, settled with a reason, and home by stick to the one."""

import pytest

from desktop.assessment.assignment import handed, handed_file
from desktop.assessment.marking import paper_file
from desktop.demo.people import COORDINATOR
from desktop.errors import Problem
from desktop.screens.assignment_views import Typed
from desktop.store.facts import Scope
from sync.folds.assignments import GRADED, MARKED, Rule
from sync.refusal import Code, Refusal
from tests.builders.road import Pc, sent
from tests.journeys.assignment_round import (
    EXTRA,
    FERDINAND,
    FIRST,
    HELENA,
    SECOND,
    TASK,
    TONO,
    TUTI,
    desk_of,
    grade,
    hands_in,
)


@pytest.fixture
def story(town, tmp_path, cheap_pins):
    office = town.office((COORDINATOR, FERDINAND, HELENA, TUTI, TONO))
    pack = town.pack(extra=EXTRA, files={"m2/rencana.md": "# Rencana\n\nTulis rencana tiga puluh hari.\n"})
    pcs = []
    for name in ("loket", "tuti", "tono"):
        pc = Pc(tmp_path / name, f"PC {name}", office)
        pc.install(pack)
        pcs.append(pc)
    loket, *laptops = pcs
    people = loket.sit(FERDINAND), loket.sit(HELENA), laptops[0].sit(TUTI), laptops[1].sit(TONO)
    for one in people:
        sent(one, town.url)
    for one in people:
        sent(one, town.url)
    return town, pcs, people


def exchange(town, *profiles):
    for one in profiles:
        sent(one, town.url)
    for one in profiles:
        sent(one, town.url)


def test_82_and_61_meet_in_moderation_and_the_grade_names_the_corrected_file(story, tmp_path):
    town, (loket, boat, island), (ferdinand, helena, tuti, tono) = story
    first = hands_in(loket, ferdinand, tmp_path, "Versi pertama", FIRST)
    second = hands_in(loket, ferdinand, tmp_path, "Versi yang benar", SECOND)
    assert (first.handed.version, second.handed.version) == (1, 2)
    hers = hands_in(loket, helena, tmp_path, "Rencana saya", FIRST)
    exchange(town, ferdinand, helena, tuti, tono)

    on_boat, on_island = desk_of(boat, tuti), desk_of(island, tono)
    codes = {paper.code for paper in on_boat.view().papers}
    assert codes == {second.handed.code, hers.handed.code}, "the newest of each, by the code of its receipt"
    paper = next(one for one in on_boat.view().papers if one.code == second.handed.code)
    assert (paper.text, paper_file(tuti, paper.files[0].digest)) == ("Versi yang benar", SECOND)
    assert FERDINAND.name not in repr(on_boat.view())
    assert FERDINAND.nip not in repr(on_boat.view())

    # both mark apart, without any net
    on_boat.give(paper.key, Typed((("isi", 52), ("langkah", 30)), "Data kuat"))
    on_island.give(paper.key, Typed((("isi", 38), ("langkah", 23)), "Langkah belum berurutan"))
    (seen,) = [one for one in on_boat.view().papers if one.key == paper.key]
    assert [mark.total for mark in seen.marks] == ["82"]
    exchange(town, tuti, tono, ferdinand, helena)
    assert grade(loket, ferdinand) is None, "two marks are not a grade"

    views = [one for desk in (on_boat, on_island) for one in desk.view().papers if one.key == paper.key]
    assert {one.need for one in views} == {"settle"}
    assert [sorted(mark.total for mark in one.marks) for one in views] == [["61", "82"]] * 2, "both are kept"
    with pytest.raises(Problem, match="Alasan"):
        on_island.settle(paper.key, Typed((("isi", 45), ("langkah", 29)), "Baik", " "))
    on_island.settle(paper.key, Typed((("isi", 45), ("langkah", 29)), "Baik", "Dibicarakan berdua"))
    exchange(town, tono, tuti, ferdinand, helena)

    came = grade(loket, ferdinand)
    assert (came.total, came.reason, came.code) == ("74", "Dibicarakan berdua", second.handed.code)
    standing = handed(ferdinand, TASK, Rule()).standing
    assert handed_file(ferdinand, standing.submission.files[0][1]) == SECOND
    assert standing.grade.work == standing.submission.work, "the graded file is the one on the receipt"
    assert grade(loket, helena) is None
    assert helena.facts(Scope.PERSON, kinds=("letter.passed",)) == ()
    (settled,) = [one for one in on_boat.view().papers if one.key == paper.key]
    assert sorted(mark.total for mark in settled.marks) == ["61", "82"]
    assert [mark.total for mark in settled.grades] == ["74"]

    # plagiarism is found: graded anew, and what was given before stays
    on_boat.settle(paper.key, Typed((("isi", 0), ("langkah", 20)), "", "Sebagian disalin"))
    exchange(town, tuti, ferdinand)
    again = grade(loket, ferdinand)
    assert (again.total, again.earlier, again.reason) == ("20", ("74",), "Sebagian disalin")


def test_marks_that_agree_become_a_grade_and_what_is_returned_comes_again(story, tmp_path):
    town, (loket, boat, island), (ferdinand, _, tuti, tono) = story
    hands_in(loket, ferdinand, tmp_path, "Terlalu singkat", FIRST)
    exchange(town, ferdinand, tuti, tono)
    on_boat, on_island = desk_of(boat, tuti), desk_of(island, tono)
    (paper,) = on_boat.view().papers
    with pytest.raises(Problem, match="Komentar"):
        on_boat.back(paper.key, Typed())
    on_boat.back(paper.key, Typed(comment="Tambahkan data kunjungan"))
    exchange(town, tuti, ferdinand, tono)
    back = grade(loket, ferdinand)
    assert (back.returned, back.comment) == (True, "Tambahkan data kunjungan")

    again = hands_in(loket, ferdinand, tmp_path, "Dengan data kunjungan", SECOND)
    exchange(town, ferdinand, tuti, tono)
    (paper,) = on_boat.view().papers
    on_boat.give(paper.key, Typed((("isi", 50), ("langkah", 30)), "Baik"))
    exchange(town, tuti, tono)
    (hers,) = on_island.view().papers
    assert (hers.marks, hers.need) == ((), "mark"), "the second marker judges without seeing the first mark"
    on_island.give(hers.key, Typed((("isi", 48), ("langkah", 27)), "Baik"))
    exchange(town, tono, ferdinand)
    came = grade(loket, ferdinand)
    assert (came.total, came.code) == ("77,5", again.handed.code)


def test_a_power_cut_leaves_the_draft_with_its_files_and_nothing_of_it_travels(story, tmp_path):
    town, (loket, _, _), (ferdinand, _, tuti, _) = story
    assigning = loket.learning(ferdinand).assigning
    file = tmp_path / "rencana.pdf"
    file.write_bytes(FIRST)
    assigning.keep_text(TASK, "Setengah jadi")
    assigning.add_file(TASK, str(file))
    loket.off()
    loket.on()
    ferdinand = loket.enter(ferdinand.profile)
    body = loket.learning(ferdinand).assigning.body(TASK)
    assert (body.text, [one.name for one in body.files], body.handed) == (
        "Setengah jadi",
        ["rencana.pdf"],
        None,
    )
    exchange(town, ferdinand, tuti)
    assert all(not fact.statement.kind.startswith("assignment.") for fact in town.stored(ferdinand.profile))
    assert loket.learning(ferdinand).assigning.hand_in(TASK).handed.version == 1


def test_a_learner_grades_nobody_and_a_stranger_has_no_queue(story, tmp_path):
    _, (loket, _, _), (ferdinand, helena, _, _) = story
    hands_in(loket, ferdinand, tmp_path, "Rencana", FIRST)
    for kind in (MARKED, GRADED):
        with pytest.raises(Refusal) as told:
            helena.record(kind, person=ferdinand.person, sealed=b"x")
        assert told.value.code is Code.AUTHOR
    assert desk_of(loket, helena).view().papers == ()


def test_a_power_cut_leaves_the_marks_in_work_and_nothing_of_them_travels(story, tmp_path):
    town, (loket, boat, _), (ferdinand, _, tuti, tono) = story
    hands_in(loket, ferdinand, tmp_path, "Rencana", FIRST)
    exchange(town, ferdinand, tuti)
    on_boat = desk_of(boat, tuti)
    (paper,) = on_boat.view().papers
    half = Typed((("isi", 41), ("langkah", 7)), "Setengah kalimat", "", 300)
    on_boat.keep(paper.key, half)
    boat.off()
    boat.on()
    tuti = boat.enter(tuti.profile)
    on_boat = desk_of(boat, tuti)
    (again,) = on_boat.view().papers
    assert (again.draft, again.comment, again.seconds) == (True, "Setengah kalimat", 300)
    assert [one.given for one in again.criteria] == [4100, 700]
    exchange(town, tuti, tono)
    assert tuti.facts(kinds=(MARKED,)) == ()
    assert all(fact.statement.kind != MARKED for fact in town.stored(tuti.profile))
    assert b"Setengah kalimat" not in b"".join(
        path.read_bytes() for path in boat.folder.rglob("*") if path.is_file()
    )
    on_boat.give(again.key, half)
    (given,) = on_boat.view().papers
    assert (given.draft, [one.total for one in given.marks]) == (False, ["48"])
