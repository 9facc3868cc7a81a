"""What the centre takes in, acknowledges, and refuses: real HTTP to a real process."""

import dataclasses
import threading

import pytest

from sync.bundle import decode_reply
from sync.journal.keys import SigningKey
from sync.journal.log import cut
from sync.journal.sealing import seal
from sync.journal.segment import encode_segment
from tests.builders.centre import BUDI, MARIA, PETRUS, YOHANA, Line, Pc, holds


def refused(reply):
    return [code for code, _ in reply.refusals]


def test_first_sync_is_acknowledged_to_its_last_statement(office, line):
    budi = Pc.of(office, BUDI)
    budi.reads(20)
    reply = budi.syncs(line)
    assert budi.acked == 21
    assert refused(reply) == []


def test_overlapping_cuts_are_kept_once(office, line):
    budi = Pc.of(office, BUDI)
    budi.syncs(line)
    budi.start()
    budi.reads(30)
    for first, last in ((1, 10), (5, 20), (1, 30)):
        budi.syncs(line, budi.segment(first, last))
    assert budi.acked == 30
    other = Pc.of(office, YOHANA)
    other.syncs(line)
    other.fetches(line)
    assert len(other.heard("office", "page.read")) == 30


def test_the_same_segment_twice_at_the_same_moment_is_kept_once(office, centre, line):
    budi = Pc.of(office, BUDI)
    budi.syncs(line)
    budi.start()
    budi.reads(10)
    bodies = [budi.request([budi.segment()]) for _ in range(8)]
    replies = []

    def send(body):
        with Line(centre.port) as own:
            replies.append(budi.takes(own.send(body), body))

    threads = [threading.Thread(target=send, args=(body,)) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(replies) == 8
    assert {tuple(ack) for reply in replies for ack in reply.acks} == {(budi.log, 10)}
    desk = Pc.of(office, YOHANA)
    desk.syncs(line)
    desk.fetches(line)
    assert len(desk.heard("office", "page.read")) == 10


def test_a_replayed_request_changes_nothing_and_tells_a_stranger_nothing(office, line):
    budi, second = Pc.of(office, BUDI), Pc.of(office, MARIA)
    second.reads(3)
    second.syncs(line)
    budi.reads(3)
    body = budi.request([budi.segment()])
    first = budi.takes(line.send(body), body)
    again = decode_reply(line.send(body).body, budi.centre_public, body)
    assert again.acks == first.acks
    assert not any(b"page.read" in piece for piece in again.pieces)


def test_a_request_signed_by_nobody_is_refused_with_a_code(office, line):
    budi = Pc.of(office, BUDI)
    body = bytearray(budi.request([budi.segment()]))
    body[-1] ^= 1
    answer = line.send(bytes(body))
    assert answer.status == 403
    assert b"signature" in answer.body


@pytest.mark.parametrize("keep", [0, 1, 2, 10, 60, -1, -64])
def test_a_truncated_body_is_refused_with_a_code(office, line, keep):
    budi = Pc.of(office, BUDI)
    body = budi.request([budi.segment()])
    answer = line.send(body[:keep] if keep else b"")
    assert answer.status in {400, 403, 413}
    assert b"code" in answer.body


def test_a_huge_body_is_refused_before_it_is_read(office, line):
    answer = line.send(b"\0" * (3 * 1024 * 1024))
    assert answer.status == 413
    assert b"too-large" in answer.body


def test_a_learner_who_vouches_for_himself_is_refused(office, line):
    budi = Pc.of(office, BUDI)
    budi.syncs(line)
    budi.start()
    budi.says(
        "profile.vouched",
        profile=budi.profile,
        signing=budi.signing.public,
        letter=budi.letter.public,
        person=office.entry(YOHANA).person,
        role="coordinator",
    )
    reply = budi.syncs(line)
    assert refused(reply) == ["author"]
    assert budi.acked == 0


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("clock.fixed", {"log": 1, "offset": 1}),
        ("person.erased", {"person": b"x" * 16}),
        ("key.revoked", {"signing": b"x" * 32, "logs": (), "ends": ()}),
        ("person.merged", {"source": b"x" * 16, "target": b"y" * 16, "counter": 1}),
    ],
)
def test_a_coordinator_who_states_what_only_the_centre_may_is_refused(office, line, kind, fields):
    desk = Pc.of(office, YOHANA)
    desk.syncs(line)
    desk.start()
    desk.says(kind, **fields)
    reply = desk.syncs(line)
    proposal = kind == "person.merged"
    assert refused(reply) == ([] if proposal else ["author"])


def test_a_profile_of_no_office_is_refused_and_nothing_of_it_is_kept(office, line, home):
    stranger = Pc(office.file.header.centre)
    stranger.opens(b"")
    stranger.reads(3)
    assert refused(stranger.syncs(line)) == ["office"]
    assert not holds(home, stranger.signing.public)


def test_somebody_not_on_the_roster_is_kept_when_a_colleague_shares_the_pc(office, line):
    budi = Pc.of(office, BUDI)
    budi.syncs(line)
    newcomer = Pc(office.file.header.centre, pc=budi.pc)
    newcomer.opens(b"")
    newcomer.reads(3)
    newcomer.syncs(line)
    assert newcomer.acked == 4


def test_what_others_left_sealed_on_the_pc_is_opened_and_acknowledged(office, line):
    budi, maria = Pc.of(office, BUDI), Pc.of(office, MARIA)
    maria.reads(6)
    left = seal(maria.segment(), [office.file.header.office_letter, office.file.header.centre_letter])
    reply = budi.syncs(line, sealed=[left])
    assert {ack.log: ack.seq for ack in reply.acks} == {budi.log: 1, maria.log: 7}


def test_a_letter_to_somebody_else_is_refused_and_holds_up_no_other(office, line):
    budi = Pc.of(office, BUDI)
    reply = budi.syncs(line, sealed=[seal(b"x", [budi.letter.public])])
    assert refused(reply) == ["recipient"]
    assert budi.acked == 1


def test_a_wrong_code_waits_for_the_coordinator_and_studies_on(office, line):
    budi = Pc(office.file.header.centre)
    budi.opens(office.entry(BUDI).person, b"\1" * 32)
    budi.reads(5)
    budi.syncs(line)
    assert budi.acked == 6
    assert budi.cursors == {}


def test_a_log_told_in_two_ways_is_kept_in_both_and_the_desk_sees_it(office, line):
    budi = Pc.of(office, BUDI)
    budi.syncs(line)
    budi.start()
    budi.reads(4)
    budi.syncs(line)
    told = budi.writer.run(budi.statements)
    last = dataclasses.replace(told.statements[-1], fields={**told.statements[-1].fields, "page": 99})
    other = dataclasses.replace(cut(told, 1, 4), statements=(*told.statements[:-1], last))
    budi.syncs(line, encode_segment([other], budi.signing))
    desk = Pc.of(office, YOHANA)
    desk.syncs(line)
    desk.fetches(line)
    pages = {
        fact.statement.fields["page"]
        for piece in desk.pieces
        for fact in piece.facts
        if fact.statement.kind == "page.read" and fact.identity == (budi.log, 4)
    }
    assert pages == {4, 99}


def test_a_log_told_in_two_ways_within_one_segment_is_kept_in_both(office, line):
    budi = Pc.of(office, BUDI)
    budi.syncs(line)
    budi.start()
    budi.reads(2)
    told = budi.writer.run(budi.statements)
    changed = dataclasses.replace(told.statements[0], fields={**told.statements[0].fields, "page": 99})
    other = dataclasses.replace(told, statements=(changed,))
    reply = budi.syncs(line, encode_segment([told, other], budi.signing))
    assert refused(reply) == []
    assert budi.acked == 2
    desk = Pc.of(office, YOHANA)
    desk.syncs(line)
    desk.fetches(line)
    pages = [
        fact.statement.fields["page"]
        for piece in desk.pieces
        for fact in piece.facts
        if fact.statement.log == budi.log
    ]
    assert sorted(pages) == [1, 2, 99]


def test_the_same_segment_twice_in_one_request_is_kept_once(office, line):
    budi, desk = Pc.of(office, BUDI), Pc.of(office, YOHANA)
    desk.syncs(line)
    budi.syncs(line)
    budi.start()
    budi.reads(4)
    budi.syncs(line, budi.segment(), budi.segment(), budi.segment(2, 3))
    assert budi.acked == 4
    desk.fetches(line)
    pages = [f for p in desk.pieces for f in p.facts if f.statement.kind == "page.read"]
    assert sorted(f.statement.seq for f in pages) == [1, 2, 3, 4]


def test_a_stranger_who_offers_somebody_elses_log_does_not_block_it(office, line):
    budi, petrus = Pc.of(office, BUDI), Pc.of(office, PETRUS)
    budi.syncs(line)
    petrus.syncs(line)
    budi.start()
    budi.reads(8)
    squatter = dataclasses.replace(budi.writer.header, profile=petrus.profile)
    run = dataclasses.replace(budi.writer.run(budi.statements), header=squatter)
    petrus.syncs(line, encode_segment([run], petrus.signing))
    budi.syncs(line)
    assert budi.acked == 8


def test_an_ack_never_says_more_than_is_held_of_every_key_that_offers_the_log(office, line):
    """What a colleague left on the PC under our log's id must not make the PC drop our own work."""
    budi, petrus = Pc.of(office, BUDI), Pc.of(office, PETRUS)
    budi.syncs(line)
    petrus.syncs(line)
    budi.start()
    budi.reads(8)
    squatter = dataclasses.replace(budi.writer.header, profile=petrus.profile)
    run = dataclasses.replace(budi.writer.run(budi.statements), header=squatter)
    left = seal(encode_segment([run], petrus.signing), [office.file.header.centre_letter])
    reply = budi.syncs(line, budi.segment(1, 3), sealed=[left])
    assert dict(reply.acks)[budi.log] == 3


def test_a_key_that_is_not_the_profiles_own_waits_and_is_seen_by_nobody(office, line):
    budi = Pc.of(office, BUDI)
    budi.syncs(line)
    thief = Pc.of(office, BUDI, profile=budi.profile, signing=SigningKey.generate())
    thief.reads(9)
    thief.syncs(line)
    assert thief.cursors == {}
    budi.fetches(line)
    assert budi.heard("person", "page.read") == []
