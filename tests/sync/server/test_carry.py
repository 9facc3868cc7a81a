"""What a carrier brings is kept part by part, and the answer is for those it is for and nobody else."""

import contextlib
import secrets
import socket

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.bundle import open_piece
from sync.journal.keys import LetterKey
from sync.journal.sealing import seal
from sync.postbag.outward import Want, seal_outward
from sync.postbag.part import Form, encode_part
from sync.refusal import Code
from sync.server.commands import main
from sync.server.home import Home
from sync.server.matrix import CARRY_BYTES
from tests.builders.centre import BUDI, MARIA, PETRUS, YOHANA, CentreProcess, Line, Pc, make_office
from tests.builders.post import Machine, carries, names, shipment


@pytest.fixture
def loket(office):
    """A PC at which Budi has worked, never connected to anything."""
    machine = Machine(office)
    budi = machine.seat(BUDI)
    budi.reads(3)
    machine.puts(budi.segment())
    return machine


def test_a_pc_that_never_saw_a_network_gets_its_acks_and_its_letters_by_carrier(office, line, loket):
    (budi,) = loket.people
    parts = loket.gives()
    back = carries(office, line, parts[0])
    assert back.stored == names(parts)
    (home,) = loket.finds(back)
    assert [tuple(ack) for ack in home.acks] == [(budi.log, 4)]
    assert budi.heard("office", "profile.vouched")
    assert not home.more
    assert not home.refusals


def test_two_who_share_a_pc_get_one_answer_and_each_reads_only_their_own(office, line, loket):
    maria = loket.seat(MARIA)
    maria.reads(2)
    loket.puts(maria.segment())
    (home,) = loket.finds(carries(office, line, loket.gives()[0]))
    assert {letter.profile for letter in home.letters} == {one.profile for one in loket.people}
    assert {ack.log: ack.seq for ack in home.acks} == {loket.people[0].log: 4, maria.log: 3}


def test_what_comes_twice_is_listed_and_acknowledged_twice_and_kept_once(office, line, loket):
    parts = loket.gives()
    loket.finds(carries(office, line, parts[0]))
    again = carries(office, line, parts[0])
    assert again.stored == names(parts)
    (home,) = loket.finds(again)
    assert [ack.seq for ack in home.acks] == [4]
    desk = Pc.of(office, YOHANA)
    desk.syncs(line)
    desk.fetches(line)
    pages = [fact for piece in desk.pieces for fact in piece.facts if fact.statement.kind == "page.read"]
    assert len(pages) == 3


def test_several_parts_of_one_pc_are_answered_once_from_the_lowest_cursor(office, line, loket):
    """Four visits' parts come together, in any order; nothing of what the PC itself holds is sent back."""
    (budi,) = loket.people
    loket.finds(carries(office, line, loket.gives()[0]))
    middle = dict(budi.cursors)
    desk = Pc.of(office, YOHANA)
    desk.says("announcement.posted", id="a2", title="Rapat", text="Senin")
    desk.syncs(line)
    parts = []
    for visit in range(4):
        budi.reads(2, f"kursus/m1/{visit}")
        loket.outbox.clear()
        loket.puts(budi.segment())
        cursors = middle | {"own": len(budi.statements)} if visit % 2 else {"own": len(budi.statements)}
        parts += loket.gives([Want(budi.profile, budi.signing.public, cursors)])
    back = carries(office, line, shipment(office, [parts[1], parts[3], parts[2], parts[0]]))
    assert back.stored == names(parts)
    (home,) = loket.finds(back)
    assert len(home.parts) == 4
    assert set(home.parts) == names(parts)
    pieces = [open_piece(one.piece, budi.letter, budi.centre_public) for one in home.letters]
    assert {piece.scope for piece in pieces} <= {"person", "office"}, "its own work does not come back"
    assert {piece.start for piece in pieces} == {0}, "some part asked from there"
    assert len({(one.scope, one.start) for one in pieces}) == len(pieces)
    assert len(budi.heard("office", "announcement.posted")) == 1


def test_letters_go_on_where_the_last_visit_ended(office, line, loket):
    (budi,) = loket.people
    loket.finds(carries(office, line, loket.gives()[0]))
    before = len(budi.pieces)
    loket.finds(carries(office, line, loket.gives()[0]))
    assert len(budi.pieces) == before
    desk = Pc.of(office, YOHANA)
    desk.says("announcement.posted", id="a1", title="Rapat", text="Senin")
    desk.syncs(line)
    loket.finds(carries(office, line, loket.gives()[0]))
    assert len(budi.heard("office", "announcement.posted")) == 1


def test_a_want_of_somebody_unknown_or_not_yet_vouched_for_is_answered_with_nothing(office, line, loket):
    (budi,) = loket.people
    loket.finds(carries(office, line, loket.gives()[0]))
    waiting = loket.seat()
    waiting.opens(office.entry(PETRUS).person)
    loket.puts(waiting.segment())
    wants = [
        Want(budi.profile, secrets.token_bytes(32), {}),
        Want(secrets.token_bytes(16), budi.signing.public, {}),
        Want(waiting.profile, waiting.signing.public, {}),
    ]
    (home,) = loket.finds(carries(office, line, loket.gives(wants)[0]))
    assert waiting.acked == 1
    assert home.letters == ()


def test_a_want_of_a_revoked_key_is_answered_with_nothing(office, line, loket, home):
    (budi,) = loket.people
    loket.finds(carries(office, line, loket.gives()[0]))
    assert main(["key", "revoke", budi.signing.public.hex(), "--data", str(home.folder)]) == 0
    budi.cursors = {}
    (back,) = loket.finds(carries(office, line, loket.gives()[0]))
    assert back.letters == ()


def test_whoever_asks_in_anothers_name_gets_letters_they_cannot_open(office, line, loket):
    (budi,) = loket.people
    loket.finds(carries(office, line, loket.gives()[0]))
    thief = Machine(office)
    asked = [Want(budi.profile, budi.signing.public, {})]
    back = carries(office, line, thief.gives(asked)[0])
    assert back.of(Form.HOMEWARD)
    thief.people = [Pc(budi.centre_public, profile=budi.profile)]
    with pytest.raises(Exception, match=Code.RECIPIENT.sentence):
        thief.finds(back)


def test_the_order_of_parts_and_of_pcs_does_not_matter_within_a_shipment(office, line):
    """Whoever introduces a learner may come behind the learner's work."""
    desk, loket = Machine(office), Machine(office)
    yohana, budi = desk.seat(YOHANA), loket.seat()
    budi.opens(office.entry(BUDI).person)
    budi.reads(5)
    early = [budi.segment(2, 3), budi.segment(4, 6), budi.segment(1, 1)]
    loket.puts(*early)
    yohana.says(
        "profile.vouched",
        profile=budi.profile,
        person=office.entry(BUDI).person,
        signing=budi.signing.public,
        letter=budi.letter.public,
        role="learner",
    )
    desk.puts(yohana.segment())
    parts = [*loket.gives_apart(), *desk.gives()]
    back = carries(office, line, shipment(office, parts))
    assert back.stored == names(parts)
    loket.finds(back)
    assert budi.acked == 6
    assert budi.heard("office", "profile.vouched")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chance=st.randoms(use_true_random=False))
def test_any_order_with_repetitions_in_one_shipment_comes_to_the_same(office, line, chance):
    machine = Machine(office)
    one, two = machine.seat(), machine.seat()
    one.opens(office.entry(BUDI).person)
    two.opens(office.entry(MARIA).person)
    for who in (one, two):
        who.reads(6)
        machine.puts(*(who.segment(first, first + 1) for first in (1, 3, 5)), who.segment(7, 7))
    parts = machine.gives_apart()
    sent = parts + chance.sample(parts, 3)
    chance.shuffle(sent)
    back = carries(office, line, shipment(office, sent))
    assert back.stored == names(parts)
    machine.finds(back)
    assert (one.acked, two.acked) == (7, 7)


def test_damaged_and_foreign_parts_are_not_listed_and_hold_up_no_other(office, line, loket, tmp_path):
    parts = loket.gives()
    torn = bytearray(Machine(office).gives()[0])
    torn[200] ^= 1
    header = office.file.header
    foreign = seal_outward(loket.outward(), secrets.token_bytes(16), loket.recipients)
    unreadable = seal_outward(loket.outward(), header.office, (LetterKey.generate().public,))
    junk = encode_part(Form.OUTWARD, header.office, b"x" * 500)
    back = carries(office, line, shipment(office, [bytes(torn), *foreign, *unreadable, junk, *parts]))
    assert back.stored == names(parts)
    assert loket.finds(back)


def test_a_part_alone_that_cannot_be_taken_is_refused_by_name(office, line, loket):
    header = office.file.header
    foreign = seal_outward(loket.outward(), secrets.token_bytes(16), loket.recipients)[0]
    mine = seal_outward(loket.outward(), header.office, (LetterKey.generate().public,))[0]
    whole = loket.gives()[0]
    receipt = encode_part(Form.RECEIPT, header.office, b"x" * 100)
    for body, code in (
        (foreign, Code.OFFICE),
        (mine, Code.RECIPIENT),
        (whole[:-1], Code.MALFORMED),
        (b"", Code.MALFORMED),
        (b"\x89PNG" + bytes(9000), Code.MALFORMED),
        (b"SULUH-KIRIMAN\x01" + bytes(5), Code.MALFORMED),
        (receipt, Code.MALFORMED),
    ):
        answer = line.send(body, "/v1/carry")
        assert answer.status in {400, 403}
        assert code.wire.encode() in answer.body


def test_a_segment_that_cannot_be_believed_is_told_to_its_pc_and_the_part_need_not_come_again(
    office, line, loket
):
    forged = bytearray(loket.people[0].segment(2, 3))
    forged[-90] ^= 1
    loket.puts(bytes(forged))
    loket.outbox.append(seal(b"x" * 200, (LetterKey.generate().public,)))
    parts = loket.gives()
    back = carries(office, line, parts[0])
    assert back.stored == names(parts)
    (home,) = loket.finds(back)
    assert {code for code, _ in home.refusals} == {Code.SIGNATURE.wire, Code.RECIPIENT.wire}
    assert loket.people[0].acked == 4


def test_the_work_of_a_stranger_is_not_listed_so_that_it_is_carried_again(office, line):
    machine = Machine(office)
    stranger = machine.seat()
    stranger.reads(3)
    machine.puts(stranger.segment())
    parts = machine.gives()
    back = carries(office, line, parts[0])
    assert back.stored == set()
    (home,) = machine.finds(back)
    assert [code for code, _ in home.refusals] == [Code.OFFICE.wire]
    assert home.acks == ()
    known = machine.seat(BUDI)
    machine.puts(known.segment())
    again = carries(office, line, shipment(office, [*parts, *machine.gives()]))
    assert names(parts) <= again.stored, "a colleague on the same PC has given it an office"


def test_documents_come_when_the_pc_holds_older_ones_and_the_file_only_to_the_office_itself(
    office, line, loket
):
    back = carries(office, line, loket.gives()[0])
    assert {"office", "trust", "root"} <= set(back.documents)
    assert back.documents["office"].data == office.file.raw
    loket.versions = {name: one.version for name, one in back.documents.items()} | {"catalogue": 99}
    assert not carries(office, line, loket.gives()[0]).documents
    stranger = Machine(office)
    stranger.seat()
    assert "office" not in carries(office, line, stranger.gives()[0]).documents


def test_a_line_that_breaks_leaves_what_came_whole(office, centre, line, loket):
    carries(
        office, line, loket.gives()[0]
    )  # a centre that opens its first part ever is slower than the break
    machines = [Machine(office) for _ in range(3)]
    for machine, nip in zip(machines, (BUDI, MARIA, PETRUS), strict=True):
        who = machine.seat(nip)
        who.reads(2)
        machine.puts(who.segment())
    parts = [machine.gives()[0] for machine in machines]
    body = shipment(office, parts)
    said = b"POST /v1/carry HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(body)
    with socket.create_connection(("127.0.0.1", centre.port), timeout=20) as wire:
        wire.sendall(said + body[: -len(parts[2]) // 2])
        wire.shutdown(socket.SHUT_WR)
        with contextlib.suppress(ConnectionError):
            assert wire.recv(100) == b""
    for machine, taken in zip(machines, (True, True, False), strict=True):
        # asked by the first statement alone: the ack says how far the centre holds the log
        (who,) = machine.people
        machine.outbox.clear()
        machine.puts(who.segment(1, 1))
        machine.finds(carries(office, line, machine.gives(())[0]))
        assert who.acked == (3 if taken else 1)


def test_a_shipment_larger_than_the_row_allows_is_refused_before_it_is_read(line):
    line.connection.putrequest("POST", "/v1/carry")
    line.connection.putheader("Content-Length", str(CARRY_BYTES + 1))
    line.connection.endheaders()
    assert line.connection.getresponse().status == 413


LITTLE = """
from sync.server import carry_route, homebound, rates
rates.CAPACITY, rates.REFILL = {capacity}, 0.001
homebound.REPLY_BYTES, homebound.PC_BYTES = 1_000, {room}
"""


@pytest.fixture
def little(tmp_path):
    """A centre of its own with little room."""

    @contextlib.contextmanager
    def start(capacity=4096, room=4_000):
        home = Home(tmp_path / "pusat")
        office = make_office(home, tmp_path / "kantor")
        prelude = LITTLE.format(capacity=capacity, room=room)
        with CentreProcess(home, prelude) as own, Line(own.port) as kept:
            yield office, kept
            assert own.stop().err == ""

    return start


def test_an_answer_that_is_too_large_says_that_there_is_more_and_goes_on_without_a_gap(little):
    with little() as (office, line):
        loket, desk = Machine(office), Machine(office)
        budi, yohana = loket.seat(BUDI), desk.seat(YOHANA)
        for number in range(60):
            budi.reads(1, f"kursus/m{number}/awal")
            loket.puts(budi.segment(number + 2, number + 2))
        loket.puts(budi.segment(1, 1))
        loket.finds(carries(office, line, shipment(office, loket.gives())))
        desk.puts(yohana.segment())
        rounds = 0
        while True:
            (home,) = desk.finds(carries(office, line, desk.gives()[0]))
            rounds += 1
            if not home.more:
                break
        assert rounds > 1
        assert len(yohana.heard("office", "page.read")) == 60


def test_an_address_that_asks_too_much_is_asked_to_come_back(little):
    with little(capacity=3) as (_, line):
        answers = [line.send(b"x" * 9, "/v1/carry") for _ in range(4)]
    assert answers[0].status == 400
    assert answers[-1].status == 429
    assert int(answers[-1].headers["retry-after"]) > 0
    assert Code.UNAVAILABLE.wire.encode() in answers[-1].body
