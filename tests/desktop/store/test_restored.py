"""The centre was put back from an older copy: what a PC takes back of what it believed, and what it keeps."""

from dataclasses import replace

import pytest

from desktop.store import inward, restored
from desktop.store import profile as profile_room
from desktop.store.doors import Newcomer, create_profile, reset, unlock
from desktop.store.facts import Scope
from desktop.store.receipts import Receipt
from desktop.store.restored import Heard, hear_epoch, known_epoch
from desktop.store.rows import Waiting
from sync.bundle import SyncReply, seal_piece
from sync.catalogue import sign_catalogue
from sync.folds.completion import CourseShape
from sync.journal.acks import Ack
from sync.journal.statement import Fact, LogHeader, Statement
from sync.officefile import read_office
from sync.retention import Term, shipped_schedule
from tests.builders.office import DINA, YOHANA

PIN = "135790"
NOW = 1_795_000_100
DAY = 86_400
FIRST, SECOND = 7, 99


@pytest.fixture
def at_office(store, office):
    store.put_office(read_office(office.raw))
    return store


@pytest.fixture
def yohana(at_office):
    made = create_profile(at_office, Newcomer(YOHANA, "Yo", "YO", "learner", {}), PIN)
    yield made
    made.close()


@pytest.fixture
def dina(at_office):
    made = create_profile(at_office, Newcomer(DINA, "Di", "DI", "learner", {}), PIN)
    yield made
    made.close()


def read_pages(profile, *pages):
    """Read pages; gives the log they stand in."""
    page = {"activity": "a/b/c", "seconds": 5, "version": "1"}
    return profile.record_all([("page.read", page | {"page": number}) for number in pages])[0].log


def answer(epoch=0, *, at=NOW, **parts):
    """An answer of the life that is known, which then names no epoch, or of another."""
    return SyncReply(time=at, request=bytes(8), versions={"epoch": epoch} if epoch else {}, **parts)


def asked(profile):
    """What the profile asks now; an answer is judged by it."""
    return profile.cursors()


def elsewhere(profile, *pages):
    header = LogHeader(77, profile.profile, b"\x08" * 16, 0, 0, 1_795_000_000, 5, b"bootboot")
    fields = {"activity": "a/b/c", "seconds": 9, "version": "1"}
    return [
        Fact(header, Statement(77, page, "page.read", page, fields | {"page": page}), b"\x05" * 32)
        for page in pages
    ]


def piece(profile, office, start, end, facts, scope="person"):
    return seal_piece(scope, start, end, facts, profile.keys.letter.public, office.centre)


def recognised(profile):
    return sum(year.recognised for year in profile.standing().jp.values())


def synced(profile, *acks, **parts):
    """The segments have gone; the centre answers."""
    asked(profile)
    profile.segments_to_send(1 << 16)
    return profile.accept(answer(FIRST, acks=acks, **parts))


def test_the_first_epoch_takes_nothing_back_and_is_named_from_then_on(yohana, at_office, office):
    assert "epoch" not in yohana.versions()
    log = read_pages(yohana, 1, 2)
    yohana.segments_to_send(1 << 16)
    asked(yohana)
    early = SyncReply(time=NOW, request=bytes(8), acks=(Ack(log, 2),))
    yohana.accept(replace(early, pieces=(piece(yohana, office, 0, 4, elsewhere(yohana, 1)),)))
    accepted = yohana.accept(answer(FIRST))
    assert (accepted.renewed, yohana.unsent(), yohana.cursors()["person"]) == (False, 0, 4)
    assert yohana.versions()["epoch"] == known_epoch(at_office) == FIRST


def test_another_epoch_takes_back_acks_cursors_and_waiting_letters_and_seals_anew(yohana, at_office, office):
    log = read_pages(yohana, 1, 2, 3)
    synced(yohana, Ack(log, 3), pieces=(piece(yohana, office, 0, 4, elsewhere(yohana, 1)),))
    assert at_office.outbox.outgoing() == ()
    at_office.outbox.put_waiting(yohana.profile, [Waiting("person", 4, b"of the earlier life")])
    asked(yohana)
    accepted = yohana.accept(answer(SECOND))
    assert (accepted.renewed, yohana.unsent()) == (True, 3)
    assert yohana.cursors() == {"person": 0, "office": 0, "own": 3}
    assert at_office.reached.all()[0].cursors == yohana.cursors()
    assert at_office.outbox.waiting(yohana.profile) == ()
    assert [(one.first, one.last) for one in at_office.outbox.outgoing()] == [(1, 3)]
    assert len(yohana.facts(Scope.PERSON)) == 1, "what came once is not unlearned"


def test_letters_of_the_new_life_count_at_once_where_they_fit(yohana, office):
    log = read_pages(yohana, 1, 2, 3)
    synced(yohana, Ack(log, 3), pieces=(piece(yohana, office, 0, 40, elsewhere(yohana, 1)),))
    asked(yohana)
    old = piece(yohana, office, 40, 45, elsewhere(yohana, 7))
    new = piece(yohana, office, 0, 6, elsewhere(yohana, 8), scope="office")
    yohana.accept(answer(SECOND, pieces=(old, new), cursors={"person": 45}))
    assert yohana.cursors() == {"person": 0, "office": 6, "own": 3}, "40 of the earlier life is no place here"


def test_what_was_offered_to_the_earlier_life_was_not_offered_to_the_new_one(yohana):
    """A copy of this PC may have sent its own version of the same numbers to the new life meanwhile."""
    log = read_pages(yohana, 1, 2, 3)
    synced(yohana, Ack(log, 3))
    asked(yohana)
    yohana.accept(answer(SECOND, acks=(Ack(log, 3),)))
    assert yohana.unsent() == 3, "the ack is for the copy's statements"
    asked(yohana)
    yohana.segments_to_send(1 << 16)
    yohana.accept(answer(acks=(Ack(log, 3),)))
    assert yohana.unsent() == 0


def test_planted_fault_an_ack_for_what_an_earlier_life_was_offered_loses_a_branch(yohana, monkeypatch):
    monkeypatch.setattr("desktop.store.outbox.Outbox.forget_sent", lambda _: None)
    log = read_pages(yohana, 1, 2, 3)
    synced(yohana, Ack(log, 3))
    asked(yohana)
    yohana.accept(answer(SECOND, acks=(Ack(log, 3),)))
    assert yohana.unsent() == 0


def news_by_stick(yohana, at_office, office):
    """The new life's word comes by stick while somebody works, and brings one feed of the two; gives its fact."""
    synced(yohana, pieces=(piece(yohana, office, 0, 40, elsewhere(yohana, 1)),), cursors={"office": 30})
    hear_epoch(at_office, SECOND, NOW + DAY, carried=True)
    said = Fact(
        LogHeader(78, b"\x07" * 16, b"\x08" * 16, 0, 0, NOW, 0, b"bootboot"),
        Statement(78, 1, "clock.fixed", 0, {"log": 77, "shift": 60}),
        office.centre.public,
    )
    new = piece(yohana, office, 0, 3, [said], scope="office")
    at_office.outbox.put_waiting(yohana.profile, [Waiting("office", 0, new)])
    yohana.take_waiting()
    yohana.catch_up()
    return [one.statement for one in yohana.facts(kinds=["clock.fixed"])], said.statement


def test_what_a_stick_brings_of_the_new_life_is_not_taken_for_words_of_the_earlier(yohana, at_office, office):
    """The desk takes letters in as they come from town, before it has forgotten the earlier life."""
    held, said = news_by_stick(yohana, at_office, office)
    assert held == [said]
    assert yohana.cursors()["office"] == 3


def test_planted_fault_forgetting_the_earlier_life_after_the_new_one_has_spoken_loses_its_word(
    yohana, at_office, office, monkeypatch
):
    taking = yohana.take_waiting

    def hasty():
        with monkeypatch.context() as patch:
            patch.setattr(profile_room, "forget_bygone", lambda *_: False)
            return taking()

    monkeypatch.setattr(yohana, "take_waiting", hasty)
    held, _ = news_by_stick(yohana, at_office, office)
    assert held == []


@pytest.mark.parametrize(("days", "kept"), [(89, False), (91, True)])
def test_acks_older_than_ninety_days_stay_until_the_count_says_otherwise(yohana, days, kept):
    log = read_pages(yohana, 1)
    synced(yohana, Ack(log, 1), at=NOW)
    asked(yohana)
    yohana.accept(answer(SECOND, at=NOW + days * DAY))
    assert (yohana.unsent() == 0) is kept
    assert shipped_schedule().seconds(Term.SEALED) == 90 * DAY


def test_an_ack_without_a_date_is_taken_back_as_well(yohana, at_office):
    log = read_pages(yohana, 1)
    synced(yohana, Ack(log, 1))
    at_office.change(lambda run: run("UPDATE ack SET at = 0"))
    yohana.accept(answer(SECOND, at=NOW + 1000 * DAY))
    assert yohana.unsent() == 1


def test_a_clock_that_was_wrong_when_the_ack_came_does_not_matter(yohana, clock):
    clock.at = 0
    log = read_pages(yohana, 1)
    synced(yohana, Ack(log, 1), at=NOW)
    clock.at = NOW + 3000 * DAY
    yohana.accept(answer(SECOND, at=NOW + DAY))
    assert yohana.unsent() == 1


def test_custody_stays_with_whoever_has_it(at_office):
    hear_epoch(at_office, FIRST, NOW)
    one = Receipt(5, b"m" * 32, 3, NOW, "Markus")
    at_office.receipts.put([one])
    assert hear_epoch(at_office, SECOND, NOW + 1) is Heard.ANOTHER
    assert at_office.receipts.held() == (one,)


def test_two_profiles_of_a_pc_each_offer_their_own_again(yohana, dina, at_office, office):
    logs = [read_pages(one, 1, 2) for one in (yohana, dina)]
    for one, log in zip((yohana, dina), logs, strict=True):
        synced(one, Ack(log, 2), pieces=(piece(one, office, 0, 9, elsewhere(one, 1)),))
    dina.close()
    asked(yohana)
    yohana.accept(answer(SECOND))
    offered = {part.profile for part in at_office.outbox.outgoing()}
    assert offered == {yohana.profile, dina.profile}, "nobody need sign in for it: it was kept sealed"
    assert [one.cursors["person"] for one in at_office.reached.all()] == [0, 0]
    again = unlock(at_office, dina.profile, PIN)
    assert again.unsent() == 2
    assert again.cursors()["person"] == 0, (
        "her cursor is of the earlier life, though she heard nothing herself"
    )
    assert again.versions()["epoch"] == SECOND
    assert {part.profile for part in at_office.outbox.outgoing()} == {yohana.profile, dina.profile}
    again.close()


def test_a_letter_that_was_carried_since_before_says_nothing_of_today(at_office):
    assert hear_epoch(at_office, FIRST, NOW, carried=True) is Heard.FIRST
    assert hear_epoch(at_office, SECOND, NOW + DAY) is Heard.ANOTHER
    assert hear_epoch(at_office, FIRST, NOW + DAY // 2, carried=True) is Heard.BYGONE
    assert known_epoch(at_office) == SECOND
    assert hear_epoch(at_office, 3, NOW + 2 * DAY, carried=True) is Heard.ANOTHER
    assert hear_epoch(at_office, 0, NOW + 3 * DAY) is Heard.SAME
    assert known_epoch(at_office) == 3


def test_a_centre_that_counts_less_than_it_acked_gets_all_of_that_key_again(yohana, at_office, office):
    log = read_pages(yohana, 1, 2, 3)
    synced(yohana, Ack(log, 3), pieces=(piece(yohana, office, 0, 9, elsewhere(yohana, 1)),))
    asked(yohana)
    accepted = yohana.accept(answer(cursors={"own": 2}))
    assert (accepted.renewed, yohana.unsent(), yohana.cursors()["person"]) == (True, 3, 0)
    assert at_office.reached.all()[0].cursors["person"] == 0


def test_a_centre_that_counts_what_it_acked_is_believed_while_more_waits(yohana):
    log = read_pages(yohana, 1, 2, 3)
    synced(yohana, Ack(log, 2))
    asked(yohana)
    accepted = yohana.accept(answer(cursors={"own": 2}))
    assert (accepted.renewed, yohana.unsent()) == (False, 1)


def test_a_cursor_passes_over_what_the_centre_says_is_for_others(yohana):
    asked(yohana)
    accepted = yohana.accept(answer(cursors={"person": 12, "office": 30, "stars": 4}))
    assert (accepted.facts, accepted.further) == (0, True)
    assert yohana.cursors() == {"person": 12, "office": 30, "own": 0}


def test_a_cursor_that_moved_meanwhile_or_left_a_hole_is_not_moved_by_a_word(yohana, office):
    asked(yohana)
    stick = piece(yohana, office, 0, 5, elsewhere(yohana, 1))
    yohana.take_pieces([stick])
    yohana.accept(answer(cursors={"person": 9}))
    assert yohana.cursors()["person"] == 5, "asked from 0: the word is about 0 to 9, not 5 to 9"
    asked(yohana)
    hole = piece(yohana, office, 7, 9, elsewhere(yohana, 3))
    yohana.accept(answer(pieces=(hole,), cursors={"person": 9}))
    assert yohana.cursors()["person"] == 5


def test_a_word_about_the_cursors_of_another_life_moves_nothing(yohana, at_office):
    """A letter brought the new epoch while the request was under way: it asked from a place of the old life."""
    synced(yohana)
    asked(yohana)
    yohana.accept(answer(cursors={"person": 40}))
    asked(yohana)
    hear_epoch(at_office, SECOND, NOW + 5, carried=True)
    asked(yohana)
    accepted = yohana.accept(answer(SECOND, at=NOW + 6, cursors={"person": 45}))
    assert (accepted.renewed, yohana.cursors()["person"]) == (False, 0)


def test_what_a_letter_takes_back_shows_at_once_and_is_sealed_when_the_profile_catches_up(
    yohana, at_office, office
):
    made = yohana.record("course.completed", course="a", version="1", jp=600)
    catalogue = sign_catalogue([CourseShape("a", "Kursus", 600, version="1")], office.centre)
    at_office.put_blob("document_catalogue", catalogue)
    synced(yohana, Ack(made.log, made.seq))
    assert recognised(yohana) == 600
    hear_epoch(at_office, SECOND, NOW + DAY, carried=True)
    assert recognised(yohana) == 0
    yohana.catch_up()
    assert [(one.first, one.last) for one in at_office.outbox.outgoing()] == [(1, 1)]
    at_office.outbox.put_acks([Ack(made.log, made.seq)])
    assert recognised(yohana) == 600


def test_a_feed_that_ends_before_the_cursor_is_begun_anew(yohana, office):
    """Another office, two people merged into one: the feed is another and shorter, the centre the same."""
    asked(yohana)
    yohana.accept(
        answer(pieces=(piece(yohana, office, 0, 40, elsewhere(yohana, 1)),), cursors={"person": 40})
    )
    asked(yohana)
    new = piece(yohana, office, 0, 6, elsewhere(yohana, 2))
    accepted = yohana.accept(answer(pieces=(new,), cursors={"person": 6}))
    assert (accepted.renewed, accepted.facts, yohana.cursors()["person"]) == (False, 1, 6)


def test_work_of_an_older_key_is_acked_by_the_feed_that_brings_it_back(yohana, at_office, office):
    """After a PIN reset nobody can sign it again; if the centre has it, the person's feed says so."""
    code = yohana.about("reset_code").decode()
    log = read_pages(yohana, 1, 2, 3)
    older = yohana.facts(Scope.OWN)
    synced(yohana, Ack(log, 3))
    yohana.close()
    again = reset(at_office, yohana.profile, code, "864209")
    asked(again)
    again.accept(answer(SECOND))
    assert again.unsent() == 3
    first, second, third = sorted(older, key=lambda fact: fact.statement.seq)
    other = replace(third, statement=replace(third.statement, at=third.statement.at + 1))
    asked(again)
    again.accept(answer(SECOND, pieces=(piece(again, office, 0, 2, [first, second, other]),)))
    assert again.unsent() == 1, "another version of the third is no word about ours"
    again.close()


def test_planted_fault_a_cursor_without_its_epoch_would_skip_the_new_life(yohana, office, monkeypatch):
    reached = inward._reached
    monkeypatch.setattr(profile_room, "forget_bygone", lambda *_: False)
    monkeypatch.setattr(inward, "_reached", lambda connection, letter, _: reached(connection, letter, FIRST))
    synced(yohana, pieces=(piece(yohana, office, 0, 40, elsewhere(yohana, 1)),))
    asked(yohana)
    yohana.accept(answer(SECOND))
    assert yohana.cursors()["person"] == 40


def test_planted_fault_a_carried_letter_believed_like_an_answer_brings_the_earlier_life_back(
    at_office, monkeypatch
):
    right = restored.hear_epoch

    def any_letter(store, epoch, at, *, carried=False):
        del carried
        return right(store, epoch, at)

    monkeypatch.setattr(restored, "hear_epoch", any_letter)
    hear_epoch(at_office, SECOND, NOW + DAY)
    assert restored.hear_epoch(at_office, FIRST, NOW, carried=True) is Heard.ANOTHER
    assert known_epoch(at_office) == FIRST
