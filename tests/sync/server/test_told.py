"""What a reply says beside its pieces: where feeds end, and how little of the asker's own work is held."""

import pytest

from sync.bundle import OFFICE_OF, office_mark
from sync.journal.keys import LetterKey, SigningKey
from tests.builders.centre import BUDI, Pc


@pytest.fixture
def budi(office, line):
    made = Pc.of(office, BUDI)
    made.syncs(line)
    made.fetches(line)
    return made


def asks(pc, line, own, *segments):
    """Ask once, saying how many statements of its own key the PC holds."""
    pc.cursors["own"] = own
    body = pc.request(segments)
    reply = pc.takes(line.send(body), body)
    pc.cursors.pop("own")
    return reply


def test_where_nothing_moved_nothing_is_named(budi, line):
    reply = asks(budi, line, 1)
    assert (reply.cursors, reply.pieces, "epoch" in reply.versions) == ({}, (), False)


def test_a_feed_of_own_work_alone_is_named_once_and_passed_over(budi, line):
    budi.reads(3)
    before = dict(budi.cursors)
    reply = asks(budi, line, 4, budi.segment())
    assert reply.pieces == ()
    assert reply.cursors["person"] > before["person"]
    assert asks(budi, line, 4).cursors == {}


def test_a_feed_shorter_than_the_cursor_is_named_with_its_end(budi, line):
    end = budi.cursors["person"]
    budi.cursors["person"] = end + 1000
    assert asks(budi, line, 1).cursors == {"person": end}


def test_less_than_the_asker_holds_is_counted_each_log_without_its_gaps(budi, line):
    budi.reads(9)
    assert asks(budi, line, 10, budi.segment(2, 4)).cursors["own"] == 4
    assert asks(budi, line, 10, budi.segment(7, 10)).cursors["own"] == 4, (
        "5 and 6 are missing: no ack goes on"
    )
    assert "own" not in asks(budi, line, 10, budi.segment(5, 6)).cursors


def test_a_key_that_waits_for_vouching_is_counted_and_one_never_met_has_nothing(budi, line):
    other = SigningKey.generate()
    waiting = Pc(
        budi.centre_public, signing=other, letter=LetterKey.generate(), profile=budi.profile, pc=budi.pc
    )
    waiting.says("profile.keyed", signing=other.public, letter=waiting.letter.public)
    waiting.reads(2)
    assert asks(waiting, line, 3).cursors == {"own": 0}
    assert asks(waiting, line, 3, waiting.segment(1, 2)).cursors == {"own": 2}
    assert asks(waiting, line, 3, waiting.segment(3)).cursors == {}


def unlisted(office, **versions):
    """Somebody whom no roster names, at a PC that may hold the office's file."""
    pc = Pc(office.file.header.centre, versions=versions)
    pc.opens(b"")
    return pc


def test_whom_no_roster_names_gets_the_newer_file_of_the_office_whose_file_they_hold(office, line):
    pc = unlisted(office, **{OFFICE_OF: office_mark(office.file.header.salt)})
    reply = pc.syncs(line)
    assert [code for code, _ in reply.refusals] == ["office"], "of their work nothing is kept yet"
    assert (reply.documents["office"], reply.pieces) == (office.file.raw, ())
    assert "office" not in pc.syncs(line).documents, "once, as everybody"


@pytest.mark.parametrize("mark", [None, 0, 1, (1 << 40) - 1])
def test_who_does_not_hold_the_file_is_told_of_no_office(office, line, mark):
    pc = unlisted(office, **({} if mark is None else {OFFICE_OF: mark}))
    reply = pc.syncs(line)
    assert (reply.documents, "office" in reply.versions, reply.pieces) == ({}, False, ())
