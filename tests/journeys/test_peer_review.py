"""Three hand in, a trainer gives papers out, colleagues at two PCs review them blind, and each reads what was said."""

import uuid
from datetime import date

import pytest

from desktop.app.peering import reviews_came, reviews_owed
from desktop.assessment.peers import given_here
from desktop.demo.people import COORDINATOR, LEARNERS
from desktop.errors import Problem
from desktop.screens.assignment_views import Typed
from desktop.store.facts import Scope
from sync.folds.peers import FILE, PAPER
from sync.journal.passing import PASSED, passed
from sync.journal.secret_fields import pack_fields
from tests.builders.road import Pc, sent
from tests.journeys.assignment_round import (
    EXTRA,
    FERDINAND,
    FIRST,
    HELENA,
    SECOND,
    TASK,
    TUTI,
    Round,
    desk_of,
    grade,
    hands_in,
)

WAHYU = LEARNERS[4]
ASKED = EXTRA.replace("markers = 2", "markers = 1\npeers = 1")


def peers(pc, profile):
    return pc.learning(profile).assigning.body(TASK).peers


def test_papers_go_round_blind_and_reviews_come_home_without_a_name(town, tmp_path, cheap_pins):
    office = town.office((COORDINATOR, FERDINAND, HELENA, WAHYU, TUTI))
    pack = town.pack(extra=ASKED, files={"m2/rencana.md": "# Rencana\n\nTulis rencana.\n"})
    loket, arsip, boat = (Pc(tmp_path / name, f"PC {name}", office) for name in ("loket", "arsip", "perahu"))
    for pc in (loket, arsip, boat):
        pc.install(pack)
    ferdinand, helena = loket.sit(FERDINAND), loket.sit(HELENA)
    wahyu, tuti = arsip.sit(WAHYU), boat.sit(TUTI)
    round_ = Round(town, office, tmp_path)
    assert not peers(loket, ferdinand).handed
    hands_in(loket, ferdinand, tmp_path, "Naskah pertama", FIRST)
    hands_in(loket, helena, tmp_path, "Naskah kedua", SECOND)
    hands_in(arsip, wahyu, tmp_path, "Naskah ketiga", FIRST)
    round_.goes(loket, arsip)
    sent(tuti, town.url)
    sent(tuti, town.url)

    # the trainer, without any net
    desk = desk_of(boat, tuti)
    (circle,) = desk.view().circles
    assert circle.ready
    assert "3 dari 3" in circle.about
    desk.actions().share(TASK)
    assert not desk.view().circles[0].ready
    with pytest.raises(Problem, match="Belum ada naskah"):
        desk.actions().share(TASK)
    sent(tuti, town.url)
    round_.goes(loket, arsip)
    people = {
        "Naskah pertama": (loket, ferdinand),
        "Naskah kedua": (loket, helena),
        "Naskah ketiga": (arsip, wahyu),
    }
    for _, one in people.values():
        one.catch_up()
    read = {}
    for own, (pc, one) in people.items():
        (paper,) = peers(pc, one).papers
        assert paper.text in set(people) - {own}, "never one's own"
        read[paper.text] = (pc, one, paper)
        told = b"".join(pack_fields(word.fields) for word in _letters(one))
        author = people[paper.text][1]
        assert author.person not in told
        assert author.profile not in told
    assert set(read) == set(people), "each paper has one reader"

    # reviewed offline: half a review is kept and goes nowhere, a whole one goes home
    pc, reviewer, paper = read["Naskah pertama"]
    (owed,) = reviews_owed(reviewer, pc.shelf)
    assert (owed.key, owed.title) == (f"activity:{TASK}", "1 naskah rekan menunggu penilaian Anda")
    peering = pc.learning(reviewer).assigning.peering
    place = tmp_path / "naskah.pdf"
    peering.save_file(paper.files[0].digest, str(place))
    assert place.read_bytes() == FIRST
    peering.keep(paper.id, Typed((("isi", 41), ("langkah", 30)), "Setengah"))
    (half,) = peers(pc, reviewer).papers
    assert (half.draft, half.sent, half.comment, half.criteria[0].given) == (True, False, "Setengah", 4100)
    with pytest.raises(Problem, match="Komentar"):
        peering.send(TASK, paper.id, Typed((("isi", 41),), " "))
    peering.send(TASK, paper.id, Typed((("isi", 41), ("langkah", 30)), "Masalahnya jelas"))
    (done,) = peers(pc, reviewer).papers
    assert (done.draft, done.sent) == (False, True)
    assert list(reviews_owed(reviewer, pc.shelf)) == []
    round_.goes(loket, arsip)
    round_.goes(loket, arsip)  # two PCs of one round may hear of each other only in the next
    ferdinand.catch_up()
    (came,) = peers(loket, ferdinand).came
    assert (came.total, came.comment) == ("71 dari 100", "Masalahnya jelas")
    told = b"".join(word.author + pack_fields(word.fields) for word in _letters(ferdinand, "peer.reviewed"))
    assert reviewer.person not in told
    assert reviewer.profile not in told
    assert grade(loket, ferdinand) is None, "a review is no grade"
    ((_, line),) = reviews_came(ferdinand, loket.shelf, date.fromtimestamp)
    assert line.title == "1 rekan menilai Rencana loket"

    # the trainer reads it beside the paper, marks on their own, and waits for nobody
    sent(tuti, town.url)
    sent(tuti, town.url)
    papers = {one.text: one for one in desk.view().papers}
    assert [one.comment for one in papers["Naskah pertama"].peers] == ["Masalahnya jelas"]
    assert papers["Naskah kedua"].peers == ()
    assert "0 dari 1" in papers["Naskah kedua"].peers_about
    assert "tidak menahan nilai" in papers["Naskah kedua"].peers_about
    desk.another(papers["Naskah kedua"].key)
    assert "0 dari 2" in next(one for one in desk.view().papers if one.text == "Naskah kedua").peers_about
    with pytest.raises(Problem, match="Semua rekan"):
        desk.another(papers["Naskah kedua"].key)
    desk.give(papers["Naskah kedua"].key, Typed((("isi", 50), ("langkah", 30)), "Baik"))
    sent(tuti, town.url)
    round_.goes(loket)
    helena.catch_up()
    assert grade(loket, helena).total == "80"
    assert peers(loket, helena).came == ()
    assert [one.review is None for one in given_here(reviewer)] == [False]

    # an author asks to be forgotten: the reader's PC lets go of the paper, and never learns whose it was
    pc, reader, paper = read["Naskah kedua"]
    assert reader is not helena
    town.ask("person", "erase", str(uuid.UUID(bytes=helena.person)))
    round_.goes(loket, arsip)
    reader.catch_up()
    assert paper.id not in {one.id for one in peers(pc, reader).papers}
    assert all(word.fields.get("id") != paper.id for word in _letters(reader, PAPER, FILE))
    with pytest.raises(Problem, match="tidak ada lagi"):
        pc.learning(reader).assigning.peering.send(TASK, paper.id, Typed((("isi", 1),), "Terlambat"))


def _letters(profile, *kinds):
    known = profile.authority()
    return passed(known.accepted(profile.facts(Scope.PERSON, kinds=(PASSED,))), *kinds)
