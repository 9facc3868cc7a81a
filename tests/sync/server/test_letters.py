"""Letter keys in escrow at the centre: in nobody's feed, and given back to one named key of the same person."""

import uuid

import pytest

from sync.journal.keys import key_mark
from sync.journal.letters import ESCROWED, RETURNED, escrow, open_return
from sync.server import feed
from sync.server.commands import main
from tests.builders.centre import BUDI, YOHANA, Pc


def escrows(pc, office):
    sealed = escrow(pc.letter, office.file.header.centre_letter, pc.profile)
    pc.says(ESCROWED, sealed=sealed)


@pytest.fixture
def people(office, line):
    """Budi at two PCs, the second vouched for by the coordinator; both letter keys lie in escrow."""
    budi, desk = Pc.of(office, BUDI), Pc.of(office, YOHANA)
    again = Pc(office.file.header.centre)
    again.opens(office.entry(BUDI).person)
    for pc in (budi, again):
        escrows(pc, office)
        pc.syncs(line)
    desk.says(
        "profile.vouched",
        profile=again.profile,
        signing=again.signing.public,
        letter=again.letter.public,
        person=office.entry(BUDI).person,
        role="learner",
    )
    desk.syncs(line)
    for pc in (budi, again, desk):
        pc.fetches(line)
    return budi, again, desk


def gives_back(home, office, *words):
    person = str(uuid.UUID(bytes=office.entry(BUDI).person))
    return main(["person", "letters-return", person, *words, "--data", str(home.folder)])


def test_the_escrow_is_in_no_feed(people):
    for pc in people:
        assert pc.pieces
        assert pc.heard("person", ESCROWED) == pc.heard("office", ESCROWED) == []


def test_planted_fault_a_feed_that_gives_what_is_for_the_centre_to_all_is_seen(monkeypatch):
    """The filters of the feeds are what keeps it there; each of them says no."""
    filters = (feed.for_person, feed.for_desk, feed.for_everybody)
    assert [readable(ESCROWED) for readable in filters] == [False, False, False]
    assert [readable(RETURNED) for readable in filters] == [True, False, False]
    monkeypatch.setitem(feed.KINDS, ESCROWED, feed.KINDS["page.read"])
    assert [readable(ESCROWED) for readable in filters] == [True, True, False]


def test_a_return_comes_to_the_named_key_and_to_nobody_who_could_open_it_else(
    home, office, line, people, capsys
):
    budi, again, desk = people
    assert gives_back(home, office) == 0
    said = capsys.readouterr().out
    assert "Kunci surat yang disimpan pusat: 2" in said
    assert f"tanda {key_mark(budi.signing.public)}, PC Loket, disahkan dengan kode pendaftaran" in said
    assert f"tanda {key_mark(again.signing.public)}, PC Loket, disahkan oleh koordinator" in said
    assert (
        gives_back(home, office, "--key", key_mark(again.signing.public), "--asked-by", "Budi, bertemu") == 0
    )
    for pc in people:
        pc.fetches(line)
    assert [len(pc.heard("person", RETURNED)) for pc in people] == [1, 1, 0]
    assert desk.heard("office", RETURNED) == []
    (word,) = {
        fact.statement.digest: fact
        for p in again.pieces
        for fact in p.facts
        if fact.statement.kind == RETURNED
    }.values()
    given = open_return(word, [again.letter])
    assert [letter.public for letter in given.letters] == [budi.letter.public]
    assert open_return(word, [budi.letter, desk.letter]) is None


def test_an_escrow_that_is_not_the_key_it_says_is_not_given_back(home, office, line, capsys):
    """Somebody who states another's sealed bytes, or nonsense, puts nothing into the return."""
    budi, maria = Pc.of(office, BUDI), Pc.of(office, YOHANA)
    escrows(maria, office)
    sealed = maria.statements[-1].fields["sealed"]
    budi.says(ESCROWED, sealed=sealed)
    budi.says(ESCROWED, sealed=b"x")
    budi.says(ESCROWED, sealed=escrow(maria.letter, office.file.header.centre_letter, budi.profile))
    for pc in (budi, maria):
        pc.syncs(line)
    assert gives_back(home, office) == 0
    assert "Kunci surat yang disimpan pusat: 0" in capsys.readouterr().out
    assert gives_back(home, office, "--key", key_mark(budi.signing.public), "--asked-by", "Budi") == 2
    assert "Tidak ada kunci surat lama" in capsys.readouterr().err
