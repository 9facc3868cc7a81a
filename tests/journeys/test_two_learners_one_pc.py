"""Two learners share one PC: neither reads the other, nobody reads either, and each one's work arrives."""

import pytest

from desktop.demo.people import COORDINATOR, LEARNERS
from desktop.errors import Problem
from desktop.store.facts import Scope
from sync.bundle import decode_request
from sync.journal.secret_fields import seal_fields
from sync.journal.segment import decode_segment
from sync.refusal import Refusal
from tests.builders.cable import Cable, bodies
from tests.builders.hunt import found_in, hunt, nip_words
from tests.builders.road import JP, QUIZ, Pc, desk_row, jp_of, read_all, send, sent, take_quiz

FERDINAND, HELENA = LEARNERS[2], LEARNERS[3]
PIN_OF = {FERDINAND: "730518", HELENA: "295047"}
SAID = {FERDINAND: "kwitansi merah muda", HELENA: "payung di sudut"}
NOTED = {FERDINAND: "tanya Pak Kepala soal lembur", HELENA: "besok minta cuti melahirkan"}


def planted(*people):
    """Every word of these people that nobody may find."""
    words = []
    for one in people:
        words += [one.name, *one.name.split(), *nip_words(one.nip), PIN_OF[one], SAID[one], NOTED[one]]
    return words


def study(pc, person, profile):
    """Learn, answer in words of one's own, and keep a note; the course is done at the end."""
    learning = pc.learning(profile)
    read_all(learning)
    answer = {"activity": "kantor/m1/tulis", "attempt": 1, "answer": SAID[person], "seconds": 3}
    profile.record_all([("quiz.answered", {**answer, "question": n}) for n in range(66)])  # two segments
    learning.quizzing.answer("kantor/m1/tulis", 1, 66, SAID[person], 3)
    profile.put_draft("place kantor/m1/tulis", NOTED[person].encode())
    sealed = seal_fields("note.put", {"text": NOTED[person]}, [profile.keys.letter.public])
    profile.record("note.put", activity=QUIZ, field="catatan", sealed=sealed, counter=1, base=0)
    take_quiz(learning)


@pytest.fixture
def office(town):
    return town.office((COORDINATOR, FERDINAND, HELENA))


@pytest.fixture
def pc(town, office, tmp_path, cheap_pins):
    made = Pc(tmp_path / "bersama", "PC Loket 1", office)
    made.install(town.pack())
    return made


@pytest.fixture
def both(pc):
    """Both signed up and learned, one after the other; both profiles are open, as after a quick change."""
    profiles = {}
    for person in (FERDINAND, HELENA):
        profiles[person] = pc.sit(person, pin=PIN_OF[person])
        study(pc, person, profiles[person])
    return profiles


def test_nobody_finds_a_word_of_either_in_the_data_folder(pc, both):
    words = planted(FERDINAND, HELENA)
    logs = [path for path in pc.folder.iterdir() if path.name.endswith("-wal") and path.stat().st_size]
    assert len(logs) >= 3, "the journals of device.db and of both profiles are there while it runs"
    for place in (pc.folder, pc.folder.with_name(f"{pc.folder.name}.kunci")):
        assert hunt(words, place) == set()
    for profile in both.values():
        profile.close()
    pc.off()
    assert hunt(words, pc.folder) == set()


def test_planted_fault_the_search_finds_what_lies_in_clear(pc, both):
    (pc.folder / f"laporan {HELENA.nip}.txt").write_text(SAID[FERDINAND].upper())
    (pc.folder / "catatan.bin").write_bytes(NOTED[HELENA].encode("utf-16-le"))
    seen = {word for word, _ in hunt(planted(FERDINAND, HELENA), pc.folder)}
    assert seen >= {HELENA.nip, SAID[FERDINAND], NOTED[HELENA]}


def test_a_pin_opens_only_its_owners_profile(pc, both):
    for profile in both.values():
        profile.close()
    for owner, other in ((FERDINAND, HELENA), (HELENA, FERDINAND)):
        with pytest.raises(Problem, match="PIN tidak cocok"):
            pc.enter(both[owner].profile, PIN_OF[other])
    again = pc.enter(both[FERDINAND].profile, PIN_OF[FERDINAND])
    assert {fact.header.profile for fact in again.facts()} == {again.profile}
    assert again.draft("place kantor/m1/tulis") == NOTED[FERDINAND].encode()


def of_others(stream, profile, words):
    """What a listener learns from bundles of this profile: words said, and segments that are not its own."""
    known = set()
    for body in bodies(stream):
        request = decode_request(body)
        known |= found_in(body, words)
        for data in (*request.segments, *request.sealed):
            try:
                segment = decode_segment(data)
            except Refusal:
                continue
            known |= found_in(repr(segment.runs).encode(), words)
            if segment.profile != profile:
                known.add("a segment of somebody else, readable")
    return known


def test_the_others_work_goes_along_sealed_and_is_theirs_at_the_centre(town, office, pc, both, tmp_path):
    """Ferdinand has gone home. Helena sends; his work travels with hers, and she cannot read a word of it."""
    both[FERDINAND].close()
    helena = both[HELENA]
    his = planted(FERDINAND)
    assert pc.store.outbox.count_of_others(helena.profile) >= 2

    with Cable(town.url) as cable:
        outcome = sent(helena, cable.url)
        assert outcome.acked > 140
        assert of_others(cable.up, helena.profile, his) == set()
        assert found_in(bytes(cable.up) + bytes(cable.down), [*his, HELENA.name, HELENA.nip]) == set()
    assert pc.store.outbox.outgoing() == ()

    # The acks are his as much as hers: he signs in without a line, and everything of his is recognised.
    ferdinand = pc.enter(both[FERDINAND].profile, PIN_OF[FERDINAND])
    assert ferdinand.unsent() == 0
    (entry,) = ferdinand.standing().courses
    assert (entry.jp, entry.recognised) == (JP, True)

    yohana = Pc(tmp_path / "meja", "PC Sekretariat", office).sit(COORDINATOR)
    sent(yohana, town.url)
    for person, profile in ((FERDINAND, ferdinand), (HELENA, helena)):
        assert jp_of(profile) == desk_row(yohana, person).jp == town.row(office, person)["jp"] == JP
        kept = [fact.identity for fact in town.stored(profile.profile)]
        assert sorted(kept) == sorted(fact.identity for fact in profile.facts(Scope.OWN))


def test_planted_fault_a_segment_of_the_other_that_travels_open_is_heard(town, pc, both):
    ferdinand = both[FERDINAND]
    with Cable(town.url) as cable:
        send(ferdinand, cable.url)
        heard = of_others(cable.up, both[HELENA].profile, planted(FERDINAND))
    assert heard == {SAID[FERDINAND], "a segment of somebody else, readable"}
