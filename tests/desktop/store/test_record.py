"""The write door: what is told as saved is in the profile and, sealed, in the outbox; in that order."""

from itertools import pairwise

import pytest

from desktop.store import record
from desktop.store.device import Store
from desktop.store.doors import Newcomer, create_profile, unlock
from desktop.store.facts import Scope
from desktop.store.faults import Reason, StoreFault
from sync.journal.log import end_chain
from sync.journal.sealing import recipients_of, unseal
from sync.journal.segment import decode_segment
from sync.officefile import read_office
from sync.refusal import Refusal
from tests.builders.office import YOHANA

PIN = "135790"


@pytest.fixture
def at_office(store, office):
    store.put_office(read_office(office.raw))
    return store


@pytest.fixture
def profile(at_office):
    made = create_profile(at_office, Newcomer(YOHANA, "Yo", "YO", "learner", {}), PIN)
    yield made
    made.close()


def answer(profile, number):
    return profile.record(
        "quiz.answered", activity="a/b/c", attempt=1, question=number, answer=str(number), seconds=2
    )


def opened(store, office, profile=None):
    """What the centre finds in the outbox, as segments."""
    parts = store.outbox.outgoing(None if profile is None else profile.profile)
    return [decode_segment(unseal(part.sealed, office.letter)) for part in parts]


def test_an_answer_is_in_the_profile_and_sealed_for_office_and_centre(profile, at_office, office):
    made = answer(profile, 1)
    (part,) = at_office.outbox.outgoing()
    (segment,) = opened(at_office, office)
    assert [fact.statement for fact in profile.facts()] == [made]
    assert [fact.statement for fact in segment.facts] == [made]
    assert segment.signer == profile.keys.signing.public
    assert (part.first, part.last, len(recipients_of(part.sealed))) == (1, 1, 2)
    assert decode_segment(unseal(part.sealed, office.keys[1])).digest == segment.digest


def test_the_tail_is_replaced_as_it_grows_and_closed_at_sixty_four(profile, at_office, office):
    for number in range(130):
        answer(profile, number)
    assert [(one.first, one.last) for one in at_office.outbox.outgoing()] == [(1, 64), (65, 128), (129, 130)]
    runs = [run for segment in opened(at_office, office) for run in segment.runs]
    for before, after in pairwise(runs):
        assert end_chain(before) == after.start_chain


def test_many_facts_in_one_go_are_all_saved_or_none(profile, at_office):
    good = ("page.read", {"activity": "a/b/c", "page": 1, "seconds": 1, "version": "1"})
    with pytest.raises(Refusal):
        profile.record_all([good, ("page.read", {"activity": "a/b/c"})])
    assert profile.facts() == ()
    assert at_office.outbox.outgoing() == ()
    assert len(profile.record_all([good] * 100)) == 100
    assert [(one.first, one.last) for one in at_office.outbox.outgoing()] == [(1, 64), (65, 100)]
    assert profile.record_all([]) == ()


def test_a_kind_the_register_does_not_know_is_refused_and_the_next_one_is_taken(profile):
    with pytest.raises(Refusal):
        profile.record("certificate.printed", number=1)
    answer(profile, 1)
    assert len(profile.facts()) == 1


def test_every_unlock_begins_a_new_log_that_names_the_one_before(profile, at_office):
    first = answer(profile, 1)
    second = answer(profile, 2)
    profile.close()
    again = unlock(at_office, profile.profile, PIN)
    third = answer(again, 3)
    header = next(fact.header for fact in again.facts() if fact.statement == third)
    again.close()
    assert first.log == second.log != third.log
    assert third.seq == 1
    assert (header.previous_log, header.previous_seq) == second.identity


def test_a_locked_profile_takes_nothing_and_tells_nothing(profile):
    answer(profile, 1)
    profile.close()
    for attempt in (lambda: answer(profile, 1), profile.facts, profile.standing, lambda: profile.draft("a")):
        with pytest.raises(StoreFault) as caught:
            attempt()
        assert caught.value.reason is Reason.CLOSED


def test_work_without_an_office_is_sealed_once_an_office_comes(store, office):
    made = create_profile(store, Newcomer(YOHANA, "Yo", "YO", "learner", {}), PIN)
    for number in range(70):
        answer(made, number)
    assert store.outbox.outgoing() == ()
    store.put_office(read_office(office.raw))
    answer(made, 70)
    assert sum(len(segment.facts) for segment in opened(store, office)) == 71
    made.close()


def test_signing_in_seals_what_never_reached_the_outbox(store, office):
    made = create_profile(store, Newcomer(YOHANA, "Yo", "YO", "learner", {}), PIN)
    for number in range(70):
        answer(made, number)
    made.close()
    store.put_office(read_office(office.raw))
    again = unlock(store, made.profile, PIN)
    assert sum(len(segment.facts) for segment in opened(store, office)) == 70
    assert again.repair() == 0
    again.close()


class PowerCut(BaseException):
    """The process ends here."""


def cut_between(monkeypatch, where):
    def die(*args):
        raise PowerCut

    monkeypatch.setattr(where, "put_tail", die)


def test_a_power_cut_between_profile_and_outbox_is_made_good_at_the_next_sign_in(
    profile, at_office, office, monkeypatch
):
    answer(profile, 1)
    cut_between(monkeypatch, at_office.outbox)
    with pytest.raises(PowerCut):
        answer(profile, 2)
    monkeypatch.undo()
    held = {fact.identity for segment in opened(at_office, office) for fact in segment.facts}
    kept = {fact.identity for fact in profile.facts()}
    assert held < kept  # never the other way round: the centre must not know what the person's PC does not
    again = unlock(at_office, profile.profile, PIN)
    assert {fact.identity for segment in opened(at_office, office) for fact in segment.facts} == kept
    again.close()


def test_planted_fault_an_outbox_written_first_knows_what_the_profile_does_not(
    profile, at_office, office, monkeypatch
):
    writer = record.Recorder._commit

    def outbox_first(self, items):
        _header, made = writer(self, items)
        self._unsealed += made
        self._send_on()
        with self._database.write() as connection:  # the profile's transaction never reached the disk
            connection.exec_driver_sql("DELETE FROM statement")
        raise PowerCut

    monkeypatch.setattr(record.Recorder, "_commit", outbox_first)
    with pytest.raises(PowerCut):
        answer(profile, 1)
    held = {fact.identity for segment in opened(at_office, office) for fact in segment.facts}
    kept = {fact.identity for fact in profile.facts()}
    assert not held <= kept


def test_a_restored_backup_never_uses_a_number_again(profile, at_office, folders, tmp_path, clock):
    answer(profile, 1)
    path = folders.data / at_office.profile(profile.profile).file
    profile.close()
    at_office.close()
    backup = {file: file.read_bytes() for file in folders.data.iterdir()}
    used = set()
    for _ in range(3):
        store = Store.open(folders, clock)
        again = unlock(store, profile.profile, PIN)
        used |= {answer(again, number).identity for number in range(5)}
        again.close()
        store.close()
        for file, data in backup.items():
            file.write_bytes(data)
    assert path.exists()
    assert len(used) == 15


def test_standing_grows_with_what_is_recorded_and_is_the_same_after_signing_in(profile, at_office):
    before = profile.standing()
    profile.record("lesson.completed", activity="a/b/c", version="1")
    profile.record("course.completed", course="a", version="1", jp=600)
    after = profile.standing()
    profile.close()
    again = unlock(at_office, profile.profile, PIN)
    assert before.state_hash != after.state_hash == again.standing().state_hash
    assert sum(year.claimed for year in again.standing().jp.values()) == 600
    again.close()


def test_a_draft_is_there_after_a_power_cut_and_an_empty_one_is_gone(profile, at_office):
    profile.put_draft("a/b/c", b"page 4")
    profile.put_draft("a/b/c", b"page 5")
    again = unlock(at_office, profile.profile, PIN)
    assert again.draft("a/b/c") == b"page 5"
    again.put_draft("a/b/c", b"")
    assert again.draft("a/b/c") is None
    assert profile.facts(Scope.OFFICE) == ()
    again.close()
