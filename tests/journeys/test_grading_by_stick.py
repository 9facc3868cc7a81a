"""Story 11. Graded wholly by stick: two marks and one final, a voided line, a certificate taken back, hours proved."""

import pytest

from desktop.app.marked_paper import MarkedPaper
from desktop.assessment.assignment import handed
from desktop.demo.people import COORDINATOR, PIN, Invented
from desktop.evidence.judge import Worth, judge, known_here, worth_words
from desktop.evidence.proofs import certificates_of
from desktop.people.guests import GuestSignUp, sign_up_guest
from desktop.screens.assignment_views import Typed
from desktop.store.facts import Scope
from desktop.store.trust import held_documents
from sync.folds.assignments import GRADED, MARKED, SUBMITTED, Rule, work_digest
from sync.refusal import Refusal
from sync.signed_documents import WITHDRAWN
from tests.builders.road import Pc, read_all, take_quiz
from tests.journeys.assignment_round import (
    EXTRA,
    FERDINAND,
    FIRST,
    HELENA,
    SECOND,
    TASK,
    TONO,
    TUTI,
    Round,
    desk_of,
    grade,
    hands_in,
)

WHY = "Bagian ini tidak dibahas di kelas"


@pytest.fixture
def story(town, tmp_path, cheap_pins):
    office = town.office((COORDINATOR, FERDINAND, HELENA, TUTI, TONO))
    pack = town.pack(extra=EXTRA, files={"m2/rencana.md": "# Rencana\n\nTulis rencana tiga puluh hari.\n"})
    pcs = tuple(Pc(tmp_path / name, f"PC {name}", office) for name in ("loket", "perahu", "pulau"))
    for pc in pcs:
        pc.install(pack)
    loket, boat, island = pcs
    people = loket.sit(FERDINAND), loket.sit(HELENA), boat.sit(TUTI), island.sit(TONO)
    return town, office, pcs, people, Round(town, office, tmp_path)


def carries(round_, *rounds):
    """Carry once for each group of PCs, and let whoever sits there take in what came."""
    for group in rounds:
        round_.goes(*(pc for pc, *_ in group))
        for _, *people in group:
            for one in people:
                one.catch_up()


def test_marked_settled_voided_and_revoked_by_nothing_but_the_stick(story, tmp_path):
    town, office, pcs, people, round_ = story
    (loket, boat, island), (ferdinand, helena, tuti, tono) = pcs, people
    counter, at_sea, ashore = (loket, ferdinand, helena), (boat, tuti), (island, tono)
    carries(round_, [counter, at_sea, ashore])  # who they are is known from here on
    hands_in(loket, ferdinand, tmp_path, "Versi pertama", FIRST)
    receipt = hands_in(loket, ferdinand, tmp_path, "Versi yang benar", SECOND).handed
    hers = hands_in(loket, helena, tmp_path, "Rencana saya", FIRST).handed
    learning = loket.learning(ferdinand)
    read_all(learning)
    take_quiz(learning)
    town.ask("certificate", "form", "--issuer", "BPSDM Provinsi", "--code", "SLH/BPSDM")
    carries(round_, [counter], [at_sea, ashore])
    (number,) = [
        line.split("  ")[0]
        for line in town.ask("certificate", "issue", "--office", office.name).splitlines()[:-1]
    ]

    # both mark apart; the file that is marked is the one on the receipt
    on_boat, on_island = desk_of(boat, tuti), desk_of(island, tono)
    assert {one.code for one in on_boat.view().papers} == {receipt.code, hers.code}
    key = next(one.key for one in on_boat.view().papers if one.code == receipt.code)
    on_boat.give(key, Typed((("isi", 52), ("langkah", 30)), "Data kuat", seconds=5_400))
    on_island.give(key, Typed((("isi", 38), ("langkah", 23)), "Belum berurutan", seconds=900))
    carries(round_, [at_sea, ashore], [at_sea, ashore])
    for desk in (on_boat, on_island):
        (paper,) = [one for one in desk.view().papers if one.key == key]
        assert (paper.need, sorted(mark.total for mark in paper.marks)) == ("settle", ["61", "82"])
    assert grade(loket, ferdinand) is None

    # one final with a reason; both marks stay
    on_island.settle(key, Typed((("isi", 45), ("langkah", 29)), "Baik", "Dibicarakan berdua", 600))
    carries(round_, [ashore], [counter, at_sea])
    came = grade(loket, ferdinand)
    assert (came.total, came.reason, came.code) == ("74", "Dibicarakan berdua", receipt.code)
    standing = handed(ferdinand, TASK, Rule()).standing
    newest = standing.submission
    digest = work_digest(TASK, newest.version, "Versi yang benar", newest.files)
    assert standing.grade.work == digest, "the grade refers to the hash of what was handed in"
    assert (grade(loket, helena), handed(helena, TASK, Rule()).standing.grade) == (None, None)
    assert helena.facts(Scope.PERSON, kinds=("letter.passed",)) == (), "no word on another came to her"
    (paper,) = [one for one in on_boat.view().papers if one.key == key]
    assert (sorted(mark.total for mark in paper.marks), [one.total for one in paper.grades]) == (
        ["61", "82"],
        ["74"],
    )
    proof = certificates_of(ferdinand)[TASK.split("/", maxsplit=1)[0]].proof
    assert judge(proof, known_here(island.store)).worth is Worth.HOLDS
    before = held_documents(island.store).get(WITHDRAWN, 0)

    # a line is voided, and the certificate is taken back
    on_boat.void(key, "isi", WHY)
    town.ask("certificate", "revoke", number, "--reason", "Tugasnya disalin")
    carries(round_, [at_sea], [counter, ashore])
    again = grade(loket, ferdinand)
    assert (again.total, again.most, again.before) == ("29", 40, "74 dari 100")
    assert [line.voided for line in again.lines] == [WHY, ""]
    for desk in (on_boat, on_island):
        (paper,) = [one for one in desk.view().papers if one.key == key]
        assert [(one.total, one.before) for one in paper.grades] == [("29", "74")]
        assert sorted((one.total, one.before) for one in paper.marks) == [("23", "61"), ("30", "82")]
    assert held_documents(island.store)[WITHDRAWN] > before, "the list's version rose, on a PC of others"
    assert judge(proof, known_here(island.store)).worth is Worth.REVOKED
    assert "dicabut" in worth_words(judge(proof, known_here(island.store)))[0].lower()

    # hours: an hour and a half on the boat, a quarter and ten minutes on the island
    rows = {
        profile.nickname: MarkedPaper(profile, pc.shelf).letter().parts[0].rows
        for pc, profile in ((boat, tuti), (island, tono))
    }
    assert [row[3:] for row in rows[tuti.nickname]] == [("1", "1,50"), ("1", "1,50")]
    assert rows[tono.nickname][-1][3:] == ("1", "0,42")
    assert FERDINAND.name not in repr(rows)


def test_thirty_hand_in_and_each_reads_the_mark_of_the_file_on_their_own_receipt(town, tmp_path, cheap_pins):
    """A class in four groups at two PCs, all of it by stick; of two files of one learner the corrected one counts."""
    groups = ("Kelompok Waropen", "Kelompok Urfas", "Kelompok Inggerus", "Kelompok Kirihi")
    pupils = [
        Invented(f"Peserta {n}", f"199001012015031{n:03}", groups[n % 4], "peserta") for n in range(1, 31)
    ]
    office = town.office((COORDINATOR, TUTI, *pupils))
    pack = town.pack(extra=EXTRA.replace("markers = 2", "markers = 1"), files={"m2/rencana.md": "# Rencana"})
    loket, arsip, boat = (Pc(tmp_path / name, f"PC {name}", office) for name in ("loket", "arsip", "perahu"))
    for pc in (loket, arsip, boat):
        pc.install(pack)
    seats = [(pc, pc.sit(one)) for n, one in enumerate(pupils) for pc in ((loket, arsip)[n % 2],)]
    tuti = boat.sit(TUTI)
    hands_in(*seats[7], tmp_path, "Berkas yang salah", FIRST[:900])
    receipts = []
    for n, (pc, one) in enumerate(seats):
        if n == 7:
            given = hands_in(pc, one, tmp_path, f"Rencana nomor {n}", SECOND[:900])
        else:
            assigning = pc.learning(one).assigning
            assigning.keep_text(TASK, f"Rencana nomor {n}")
            given = assigning.hand_in(TASK)
        receipts.append(given.handed.code)
    round_ = Round(town, office, tmp_path)
    carries(round_, [(loket,), (arsip,)], [(boat, tuti)])
    on_boat = desk_of(boat, tuti)
    queue = on_boat.view().papers
    assert {one.code for one in queue} == set(receipts)
    assert not any(one.name in repr(queue) or one.nip in repr(queue) for one in pupils)
    for paper in queue:
        mark = receipts.index(paper.code)
        on_boat.give(paper.key, Typed((("isi", mark), ("langkah", 40)), f"Nomor {mark}"))
    counters = [(pc, *(one for at, one in seats if at is pc)) for pc in (loket, arsip)]
    carries(round_, [(boat, tuti)], counters)
    for n, (pc, one) in enumerate(seats):
        came = grade(pc, one)
        assert (came.total, came.comment, came.code) == (str(n + 40), f"Nomor {n}", receipts[n])
        assert len(one.facts(Scope.PERSON, kinds=("letter.passed",))) == 1, "their own, and nobody else's"
        newest = handed(one, TASK, Rule()).standing
        assert newest.grade.work == work_digest(
            TASK, newest.submission.version, f"Rencana nomor {n}", newest.submission.files
        )


def test_a_trainer_who_came_later_is_told_the_marks_given_before(town, tmp_path, cheap_pins):
    office = town.office((COORDINATOR, FERDINAND, TUTI, TONO))
    pack = town.pack(extra=EXTRA, files={"m2/rencana.md": "# Rencana"})
    loket, boat, island = (Pc(tmp_path / name, f"PC {name}", office) for name in ("loket", "perahu", "pulau"))
    for pc in (loket, boat, island):
        pc.install(pack)
    round_ = Round(town, office, tmp_path)
    ferdinand, tuti = loket.sit(FERDINAND), boat.sit(TUTI)
    hands_in(loket, ferdinand, tmp_path, "Rencana", FIRST)
    carries(round_, [(loket,)], [(boat, tuti)])
    carries(round_, [(boat, tuti)])
    on_boat = desk_of(boat, tuti)
    (paper,) = on_boat.view().papers
    on_boat.give(paper.key, Typed((("isi", 52), ("langkah", 30)), "Data kuat"))

    tono = island.sit(TONO)
    carries(round_, [(island, tono)], [(boat, tuti)])
    on_boat.view()
    told = len(tuti.facts(Scope.OWN, kinds=(MARKED,)))
    on_boat.view()
    assert len(tuti.facts(Scope.OWN, kinds=(MARKED,))) == told == 2, "each is told once"
    carries(round_, [(boat, tuti)], [(island, tono)])
    on_island = desk_of(island, tono)
    (paper,) = on_island.view().papers
    assert (paper.need, paper.marks) == ("mark", ()), "the mark is here, and shown after the own"
    on_island.give(paper.key, Typed((("isi", 50), ("langkah", 30)), "Baik"))
    (paper,) = on_island.view().papers
    assert [one.total for one in paper.grades] == ["81"]


def test_a_practitioner_without_nip_hears_of_no_nip_no_work_and_no_score(town, tmp_path, cheap_pins):
    sari = Invented("Sari Dewi", "", "Narasumber", "praktisi")
    office = town.office((COORDINATOR, FERDINAND, TUTI, sari))
    pack = town.pack(extra=EXTRA.replace("markers = 2", "markers = 1"), files={"m2/rencana.md": "# Rencana"})
    loket, boat, hall = (Pc(tmp_path / name, f"PC {name}", office) for name in ("loket", "perahu", "aula"))
    for pc in (loket, boat, hall):
        pc.install(pack)
    ferdinand, tuti = loket.sit(FERDINAND), boat.sit(TUTI)
    guest = sign_up_guest(hall.store, GuestSignUp(office.codes[sari.name], PIN, "Sari"))
    round_ = Round(town, office, tmp_path)
    hands_in(loket, ferdinand, tmp_path, "Versi yang benar", FIRST)
    carries(round_, [(loket,), (hall,)], [(boat, tuti)], [(boat, tuti)])
    on_boat = desk_of(boat, tuti)
    (paper,) = on_boat.view().papers
    on_boat.give(paper.key, Typed((("isi", 52), ("langkah", 30)), "Data kuat"))
    carries(round_, [(boat, tuti)], [(loket, ferdinand), (hall, guest)])
    assert grade(loket, ferdinand).total == "82"
    assert guest.vouched()
    assert desk_of(hall, guest).view().papers == ()
    heard = guest.facts(Scope.OFFICE, Scope.PERSON)
    assert not {fact.statement.kind for fact in heard} & {SUBMITTED, MARKED, GRADED, "letter.passed"}
    assert all(fact.header.profile not in {ferdinand.profile, tuti.profile} for fact in heard)
    for secret in (FERDINAND.nip, TUTI.nip, "Versi yang benar", "Data kuat"):
        assert secret not in repr(heard)
    with pytest.raises(Refusal):
        guest.record(GRADED, person=ferdinand.person, sealed=b"x")
