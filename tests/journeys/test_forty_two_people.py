"""Story 1. A month of forty-two people at six PCs goes by stick, hub and HTTPS, twice and out of order: one sum."""

import shutil
import time
from datetime import datetime

import pytest
import time_machine

from desktop.background.hub_process import post_at_hub, prepare_hub
from desktop.demo.centre import Centre
from desktop.demo.people import COORDINATOR
from desktop.errors import Problem
from desktop.evidence.judge import Worth, judge, known_here
from desktop.evidence.proofs import known_certificates, provisional
from desktop.formats import short_day
from desktop.office.carry import from_answer
from desktop.office.merge import merge_parts
from desktop.office.round import Step, round_of
from desktop.store.custody import Whereabouts
from desktop.store.facts import Scope
from sync.client.deliver import deliver
from sync.client.faults import Fault
from sync.client.transport import Transport
from sync.folds.certificates import KINDS as CERTIFIED
from sync.folds.cohort import CohortState
from sync.journal.pieces import open_piece
from sync.postbag.part import Form
from sync.postbag.shipment import read_shipment
from sync.postbag.tally import open_tally
from sync.postbag.words import read_receipt
from sync.proof import Proof, read_proof
from sync.refusal import Refusal
from tests.builders.cable import Cable
from tests.builders.certificate import own_certificate
from tests.builders.hub import EAGER, HubProcess
from tests.builders.month import (
    ARSIP,
    DAY,
    DAYS,
    INGGERUS,
    LATE,
    LOKET,
    MEJA,
    RUANG_1,
    RUANG_2,
    SEATS,
    Month,
    everybody,
    no_network,
)
from tests.builders.road import COURSE, Town
from tests.builders.saved_report import save_report, squeezed

LIMIT_S = 240
TITLE = "Kantor yang rapi"
SAVED_HERE, AT_COORDINATOR, RECEIVED = (
    "Tersimpan di komputer ini, belum dikirim",
    "Sudah di koordinator sejak",
    "Semua sudah diterima pusat",
)
"""What the status line tells a learner while their work travels."""
HERE, WITH_COORDINATOR, AT_CENTRE = Whereabouts.HERE, Whereabouts.COORDINATOR, Whereabouts.CENTRE
FINISHED = 42 - len(LATE)
SIX = 600
"""The hours of the course, in hundredths of JP."""
SUM = 37 * SIX
assert SUM == 222 * 100
OWN_AUTHORITY = (
    "from sync.client import transport\ntransport.Transport.__init__.__kwdefaults__['verify'] = {pem!r}\n"
)
"""A hub on a PC that believes the office's own authority."""


@pytest.fixture
def month(cheap_pins, tmp_path):
    pem, _ = own_certificate(tmp_path)
    words = ("--tls-cert", str(pem), "--tls-key", str(tmp_path / "own.key"))
    with Centre(tmp_path / "pusat", *words) as centre:
        town = Town(centre, tmp_path / "operator")
        pack = town.pack(jp=SIX // 100)
        with time_machine.travel(int(time.time()) - (DAYS + 1) * DAY):  # signed before the month began
            office = town.office((COORDINATOR, *everybody()))
        made = Month(town, office, pem, tmp_path)
        with no_network():
            made.begins(pack)
        yield made
        made.ends()


def a_month_of_study(month, stick, older):
    """Four weeks without internet; the coordinator comes by when there is time, never in the same order."""
    month.week(0)
    for name in (LOKET, INGGERUS, RUANG_1):
        month.visits(name, stick)
    assert month.where(LOKET) == {HERE}
    assert month.told(LOKET) == {SAVED_HERE}
    month.week(1)
    month.merges(stick)
    shutil.copytree(stick, older)
    month.visits(LOKET, stick)
    assert month.where(LOKET, "profile.opened") == {WITH_COORDINATOR}
    assert month.where(ARSIP) == {HERE}
    month.week(2)
    for name in (ARSIP, RUANG_2):
        month.visits(name, stick)
    month.week(3)
    for name in (INGGERUS, ARSIP, LOKET):
        month.visits(name, stick)
    found = month.merges(stick)
    assert (found.doubtful, found.damaged) == (0, 0)
    for name in (LOKET, ARSIP):
        month.visits(name, stick)
        assert month.where(name) == {WITH_COORDINATOR}
        assert month.told(name) == {AT_COORDINATOR}
        assert all(one.unsent() > 0 for one in month.at(name)), (
            "a coordinator's word is no receipt of the centre"
        )


def each_who_finished_has_a_provisional_proof(month):
    """At once and without any line, and signed by whoever it is of; gives them. The five have none."""
    proofs: dict[int, Proof] = {}
    for who, profile in month.people.items():
        if who in LATE:
            with pytest.raises(Problem, match="belum selesai"):
                provisional(profile, COURSE, TITLE)
            continue
        paper = provisional(profile, COURSE, TITLE)
        assert judge(paper, known_here(profile.store)).worth is Worth.PROVISIONAL
        proofs[who] = read_proof(paper)
    assert [(one.name, one.nip) for one in proofs.values()] == [
        (one.name, one.nip) for who, one in enumerate(everybody()) if who not in LATE
    ]
    return proofs


def the_hub_carries_the_puskesmas(month, address, folder):
    """Its two PCs have given less by stick than they have; the hub has everything, the desk reads it there."""
    assert month.where(RUANG_2) == {HERE}
    for name in (RUANG_2, RUANG_1):
        month.gives_the_hub(name, address)
        assert month.where(name) == {WITH_COORDINATOR}
    found = merge_parts(month.desk, post_at_hub(folder))
    assert found.new > 0
    assert found.known > 0


def the_report_is_printed_offline(month):
    with no_network():
        assert month.verifies() == 42
        rows = month.report()
    people = everybody()
    late = {row.name for row in rows.values() if row.state is not CohortState.SELESAI}
    assert late == {people[number].name for number in LATE}
    assert len(rows) == 42
    assert all(row.as_of for row in rows.values()), "each with the date of their data"
    assert sum(row.jp for row in rows.values()) == SUM
    stands = round_of(month.desk.store)
    assert (stands.step, {one.name for one in stands.pcs}) == (Step.CENTRE, set(SEATS))


def the_saved_report_says_who_is_late_and_how_old_the_data_are(month):
    """What the head of the office holds in hand: the PDF and the workbook, read from the files."""
    with no_network():
        saved = save_report(month.desk, month.office.name, month.folder)
    people, late = everybody(), [everybody()[number].name for number in sorted(LATE)]
    lines = {line["Nama"]: line for line in saved.table("Peserta") if line["Nama"] != COORDINATOR.name}
    assert set(lines) == {one.name for one in people}
    assert sorted(name for name, line in lines.items() if line["Keadaan"] != "Selesai") == sorted(late)
    (hours,) = (head for head in lines[late[0]] if head.startswith("JP ") and head[3:].isdigit())
    assert sum(line[hours] or 0 for line in lines.values()) == 222
    assert {line[hours] or 0 for line in lines.values()} == {0, 6}
    day = datetime.fromtimestamp(month.clock.wall(), month.desk.zone()).date()
    assert {line["Data per"].date() for line in lines.values()} == {day}
    computers = {
        line["Komputer"]: (line["Orang"], line["Data per"].date()) for line in saved.table("Komputer")
    }
    assert computers == {name: (count + (name == MEJA), day) for name, count in SEATS.items()}

    assert saved.after(f"Jumlah {hours}:").startswith("222.")
    assert "selesai37" in saved.after("Ringkasan")
    for one in people:
        finished = "Selesai" in saved.after(f"{one.name} {one.nip}", 60)
        assert finished is (one.name not in late), one
    for name, count in SEATS.items():
        assert squeezed(f"{count + (name == MEJA)} {short_day(day)}") in saved.after(name, 30)


def the_line_in_town_drops_twice(month, stick):
    month.merges(stick)
    size = (stick / "KIRIM-KE-PUSAT.suluh").stat().st_size
    with Cable(month.town.url, silent=True) as cable:
        road = month.line(cable.url)
        for _ in range(2):
            cable.cut_up_after(size // 3)
            dropped = month.to_centre(road)
            assert (dropped.failure.fault, dropped.stored > 0) == (Fault.CUT, True)
            cable.mend()
        cable.cut_down_after(0)  # and once the centre has a part, but its answer never comes
        assert month.to_centre(road).failure.fault is Fault.CUT
        cable.mend()
        done = month.to_centre(road)
        road.close()
    assert (done.failure, done.left) == (None, 0)
    assert size <= len(cable.up) < 1.2 * size, "what came before a cut does not go a second time"
    assert len(cable.down) < 2 * size, "no feed comes twice because a PC gave several parts"


def and_the_same_goes_by_a_borrowed_pc(month, stick):
    """Two sticks, the newer first: the centre has all of it already, and each page says so."""
    for root in stick:
        assert "Tidak ada yang baru sejak kiriman terakhir." in month.borrows_a_pc(root)
    with no_network():
        for root in stick:
            taken = from_answer(month.desk, month.stick(root))
            assert (taken.missing, taken.left) == (0, 0)


def some_have_a_line_of_their_own(month):
    """At Inggerus there is a weak one: half of it went by stick before, and it drops too."""
    with Cable(month.town.url) as cable:
        road = month.line(cable.url)
        cable.cut_up_after(4_000)
        first, *others = month.at(INGGERUS)
        assert deliver(first, road, month.clock).failure.fault is Fault.CUT
        cable.mend()
        for one in (first, *others, month.desk):
            outcome = deliver(one, road, month.clock)
            assert (outcome.failure, outcome.refusals) == (None, ())
        road.close()
    assert month.where(INGGERUS) == month.where(MEJA) == {AT_CENTRE}


def everywhere_the_same(month):
    assert month.sums() == (SUM,) * 3
    centre, desk = month.at_the_centre(), month.report()
    assert {name: one["jp"] for name, one in centre.items()} == {name: row.jp for name, row in desk.items()}
    for profile in month.people.values():
        own = sorted(fact.identity for fact in profile.facts(Scope.OWN))
        assert sorted(fact.identity for fact in month.town.stored(profile.profile)) == own, "each once"


def the_centre_certifies_whoever_finished(month):
    month.town.ask("certificate", "form", "--issuer", "BPSDM Provinsi", "--code", "SLH/BPSDM")
    said = month.town.ask("certificate", "issue", "--office", month.office.name)
    assert said.count("/SLH/BPSDM/") == FINISHED


def certificates_in_the_answer(month, root):
    """As the coordinator counts them: by the receipt, before any letter was opened."""
    office, marks = month.desk.store.office().header, set()
    for part, _ in read_shipment([(root / "JAWABAN-PUSAT.suluh").read_bytes()]).parts:
        if part.form is Form.RECEIPT and (tally := read_receipt(part, office.centre).tally):
            key = month.desk.keys.office[office.generation]
            marks.update(*open_tally(tally, office.office, key).values())
    return len(marks)


def what_waits_opens_for_its_owner_alone(month):
    """The certificates lie on PCs that several people share, and nobody has signed in since."""
    centre, found = month.desk.store.office().header.centre, set()
    everyone = [*month.people.values(), month.desk]
    for who, profile in month.people.items():
        for one in profile.store.outbox.waiting(profile.profile):
            facts = open_piece(one.piece, profile.keys.letter, centre).facts
            if CERTIFIED.isdisjoint(fact.statement.kind for fact in facts):
                continue
            found.add(who)
            for other in everyone:
                if other is not profile:
                    with pytest.raises(Refusal):
                        open_piece(one.piece, other.keys.letter, centre)
    assert found == set(month.people) - LATE


def each_has_a_certificate_of_their_own(month, proofs):
    """Brought by the stick, each to its owner's profile and to nobody else's, for what the proof said before."""
    numbers = set()
    for who, profile in month.people.items():
        known = known_certificates(profile)
        assert len(known) == (who not in LATE)
        for number, one in known.items():
            numbers.add(number)
            assert judge(one.proof, known_here(profile.store)).worth is Worth.HOLDS
            now, before = read_proof(one.proof), proofs[who]
            assert (now.name, now.nip, now.course, now.jp) == (before.name, before.nip, COURSE, before.jp)
    assert len(numbers) == FINISHED == len(proofs)


def test_the_work_of_a_month_comes_to_one_sum_by_whatever_roads_it_went(month):
    stick, older = month.prepares("flashdisk"), month.folder / "flashdisk-lama"
    with no_network():
        a_month_of_study(month, stick, older)
        proofs = each_who_finished_has_a_provisional_proof(month)
    hub = month.folder / "hub"
    prepare_hub(hub, month.desk.store.office(), month.desk.keys.signing, month.desk.store.now())
    with HubProcess(hub) as without_internet:
        the_hub_carries_the_puskesmas(month, without_internet.address, hub)
    the_report_is_printed_offline(month)
    the_saved_report_says_who_is_late_and_how_old_the_data_are(month)

    the_line_in_town_drops_twice(month, stick)
    and_the_same_goes_by_a_borrowed_pc(month, (stick, older))
    some_have_a_line_of_their_own(month)
    prelude = EAGER + OWN_AUTHORITY.format(pem=str(month.pem))
    with HubProcess(hub, month.town.url, prelude) as with_internet:
        month.asks_the_hub_until(RUANG_2, with_internet.address, lambda: month.where(RUANG_2) == {AT_CENTRE})
    assert month.where(LOKET) == {WITH_COORDINATOR}, "nobody has told this PC yet"
    assert month.readable(stick, older, hub) == []
    assert COORDINATOR.nip in month.readable(month.folder / "operator"), "the search would find it"

    month.spreads(stick)
    month.signs_in()
    for name in SEATS:
        assert month.where(name) == {AT_CENTRE}
        assert month.told(name) == {RECEIVED}
        assert month.pcs[name].store.outbox.outgoing() == ()
        assert {one.unsent() for one in month.at(name)} == {0}
    everywhere_the_same(month)
    assert sum(month.recognised(who) for who in month.people) == SUM
    state = {who: one.standing().state_hash for who, one in month.people.items()}

    the_centre_certifies_whoever_finished(month)
    assert (month.merges(stick).new, round_of(month.desk.store).owed) == (0, ())
    # The older copy of the stick makes the round again, and everything is brought to the centre once more.
    for name in SEATS:
        month.visits(name, older)
    assert month.merges(older).new == 0
    month.borrows_a_pc(older)
    assert certificates_in_the_answer(month, older) == FINISHED
    month.spreads(older)
    what_waits_opens_for_its_owner_alone(month)
    month.signs_in()
    each_has_a_certificate_of_their_own(month, proofs)
    everywhere_the_same(month)
    assert {who: one.standing().state_hash for who, one in month.people.items()} == state
    assert month.readable(stick, older) == []
    assert (stick / "foto.jpg").stat().st_size == 402


def test_planted_fault_a_pc_that_calls_the_centre_is_caught():
    road = Transport("http://127.0.0.1:9")
    with no_network(), pytest.raises(AssertionError, match="a network was called"):
        road.post(b"")
    road.close()
