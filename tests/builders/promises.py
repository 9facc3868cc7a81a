"""What the centre promises, each as one story that can be told to a right centre and to a faulty one."""

from sync.refusal import Code
from tests.builders.centre import BUDI, MARIA, YOHANA, Line, Office, Pc


def seated(office: Office, line: Line, nip: str = BUDI) -> Pc:
    """Somebody who has enrolled, and begins a new log."""
    pc = Pc.of(office, nip)
    pc.syncs(line)
    pc.start()
    return pc


def acknowledges_only_without_a_gap(office: Office, line: Line) -> None:
    budi = seated(office, line)
    budi.reads(30)
    budi.syncs(line, budi.segment(21, 30))
    assert budi.acked == 0
    budi.syncs(line, budi.segment(1, 10))
    assert budi.acked == 10
    budi.syncs(line, budi.segment(11, 20))
    assert budi.acked == 30


def keeps_a_repetition_once(office: Office, line: Line) -> None:
    budi = seated(office, line)
    budi.reads(5)
    budi.syncs(line)
    again = budi.syncs(line)
    assert [tuple(ack) for ack in again.acks] == [(budi.log, 5)]
    assert dict(again.cursors) == {}, "no feed went on"
    desk = seated(office, line, YOHANA)
    desk.fetches(line)
    pages = [fact for piece in desk.pieces for fact in piece.facts if fact.statement.kind == "page.read"]
    assert len(pages) == 5


def refuses_a_learner_who_rules(office: Office, line: Line) -> None:
    budi = seated(office, line)
    budi.says("person.erased", person=office.entry(MARIA).person)
    assert [code for code, _ in budi.syncs(line).refusals] == [Code.AUTHOR.wire]
    assert budi.acked == 0


def refuses_a_forgery_alone(office: Office, line: Line) -> None:
    budi = seated(office, line)
    budi.reads(4)
    good = budi.segment(1, 2)
    forged = bytearray(budi.segment(3, 4))
    forged[-100] ^= 1
    reply = budi.syncs(line, bytes(forged), good)
    assert [code for code, _ in reply.refusals] == [Code.SIGNATURE.wire]
    assert budi.acked == 2


def spends_a_code(office: Office, line: Line) -> None:
    first, second = Pc.of(office, BUDI), Pc.of(office, BUDI)
    first.syncs(line)
    assert set(first.cursors) == {"person", "office"}
    second.syncs(line)
    assert second.acked == 1
    assert second.cursors == {}


def tells_a_colleague_nothing(office: Office, line: Line) -> None:
    budi, maria = seated(office, line), seated(office, line, MARIA)
    budi.reads(3)
    budi.syncs(line)
    maria.fetches(line)
    kinds = {fact.statement.kind for piece in maria.pieces for fact in piece.facts}
    assert kinds == {"profile.vouched"}
