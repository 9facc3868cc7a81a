"""A delivery between two ends: one request when nothing is new, nothing lost however the road behaves."""

import random
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from sync.bundle import SyncReply, decode_request, encode_reply, request_digest
from sync.client.deliver import Progress, deliver
from sync.client.faults import Failure, Fault
from sync.client.transport import Answer
from sync.folds.standing import standing
from sync.journal.keys import SigningKey
from tests.fakes.ends import HandClock, MemoryCentre, MemoryProfile

WIT = ZoneInfo("Asia/Jayapura")
CLOCK = HandClock()


def _ends(profiles=1, **centre):
    end = MemoryCentre(**centre)
    people = [MemoryProfile(seed, end.key.public) for seed in range(1, profiles + 1)]
    for one in people:
        end.letters[one.profile] = one.letter.public
    return end, *people


def test_nothing_new_is_one_request():
    centre, profile = _ends()
    outcome = deliver(profile, centre, CLOCK)
    assert (outcome.rounds, outcome.acked, outcome.failure) == (1, 0, None)
    assert outcome.at == centre.time
    assert outcome.sent_bytes > 0


def test_ten_new_are_one_request():
    centre, profile = _ends()
    profile.study(10)
    outcome = deliver(profile, centre, CLOCK)
    assert (outcome.rounds, outcome.acked) == (1, 10)
    assert profile.unsent() == 0


def test_six_weeks_go_in_batches_and_each_is_told():
    centre, profile = _ends()
    for _ in range(40):
        profile.start()
        profile.study(25)
    told: list[Progress] = []
    outcome = deliver(profile, centre, CLOCK, progress=told.append)
    assert outcome.acked == 1000
    assert [one.acked for one in told][-1] == 1000
    assert len(told) == outcome.rounds == 16
    assert profile.unsent() == 0


def test_a_long_feed_is_fetched_to_its_end():
    centre, office, home = _ends(profiles=2, piece=100)
    office.study(450)
    deliver(office, centre, CLOCK)
    outcome = deliver(home, centre, CLOCK)
    assert outcome.facts == 450
    assert outcome.rounds == 5


def test_a_cut_link_resends_one_batch_and_no_more():
    centre, profile = _ends()
    profile.study(300)
    calls: list[int] = []

    class Cut:
        def post(self, body):
            calls.append(len(decode_request(body).segments[0]))
            if len(calls) == 3:
                centre.post(body)
                return Failure(Fault.CUT, sent=len(body))
            return centre.post(body)

    first = deliver(profile, Cut(), CLOCK)
    assert first.failure is not None
    assert first.acked == 128
    second = deliver(profile, centre, CLOCK)
    assert second.acked == 172
    assert second.failure is None
    assert len(centre.facts) == 300


def test_a_portal_that_answers_anything_is_believed_by_nobody():
    _, profile = _ends()
    profile.study(3)
    for body in (b"", b"OK", b"\x01\x00" * 60):
        outcome = deliver(profile, _Says(lambda _, body=body: body), CLOCK)
        assert outcome.failure is not None
        assert outcome.failure.fault is Fault.NOT_SIGNED
        assert outcome.at is None
    assert profile.unsent() == 3


def test_another_key_than_the_centres_is_not_believed():
    _, profile = _ends()
    profile.study(3)
    stranger = MemoryCentre(seed=9)
    outcome = deliver(profile, stranger, CLOCK)
    assert outcome.failure is not None
    assert (outcome.failure.fault, outcome.failure.code) == (Fault.NOT_SIGNED, "centre")
    assert profile.unsent() == 3


def test_an_old_answer_played_back_is_not_believed():
    centre, profile = _ends()
    profile.study(2)
    kept: list[Answer] = []

    class Recorder:
        def post(self, body):
            kept.append(centre.post(body))
            return kept[-1]

    deliver(profile, Recorder(), CLOCK)
    profile.study(2)
    outcome = deliver(profile, _Says(lambda _: kept[0].body), CLOCK)
    assert outcome.failure is not None
    assert outcome.failure.code == "answer"
    assert profile.unsent() == 2


def test_an_answer_that_acks_nothing_does_not_loop():
    centre, profile = _ends()
    profile.study(5)
    key = centre.key

    def nothing(body):
        return encode_reply(SyncReply(5, request_digest(body), more=True), key)

    outcome = deliver(profile, _Says(nothing), CLOCK)
    assert outcome.rounds == 1
    assert profile.unsent() == 5


def test_cancelling_stops_between_two_rounds_and_keeps_what_was_acked():
    centre, profile = _ends()
    profile.study(300)
    seen: list[Progress] = []
    outcome = deliver(profile, centre, CLOCK, cancelled=lambda: len(seen) == 2, progress=seen.append)
    assert outcome.cancelled
    assert outcome.acked == 128
    assert profile.unsent() == 172


def test_an_answer_that_comes_after_the_profile_was_locked_does_not_touch_it():
    centre, profile = _ends()
    profile.study(3)
    locked: list[bool] = []

    class Slow:
        def post(self, body):
            locked.append(True)
            return centre.post(body)

    outcome = deliver(profile, Slow(), CLOCK, cancelled=lambda: bool(locked))
    assert outcome.cancelled
    assert profile.acks == {}
    assert deliver(profile, centre, CLOCK).acked == 3


def test_what_the_centre_refuses_is_handed_on():
    centre, profile = _ends()

    def refuse(body):
        return encode_reply(
            SyncReply(5, request_digest(body), refusals=(("author", {"kind": "x"}),)), centre.key
        )

    assert deliver(profile, _Says(refuse), CLOCK).refusals == (("author", {"kind": "x"}),)


def test_a_feed_piece_that_does_not_open_changes_nothing_and_is_told():
    centre, office, home = _ends(profiles=2)
    office.study(5)
    deliver(office, centre, CLOCK)
    centre.letters[home.profile] = office.letter.public
    outcome = deliver(home, centre, CLOCK)
    assert outcome.failure is not None
    assert (home.cursor, home.brought) == (0, {})


class _Says:
    def __init__(self, say):
        self._say = say

    def post(self, body):
        said = self._say(body)
        return Answer(said, len(body), len(said))


class _BadRoad:
    """Drops requests, drops answers, repeats, delays, and answers by a stranger, as the draw says."""

    def __init__(self, centre, chance):
        self._centre = centre
        self._chance = chance
        self._late = []
        self._stranger = SigningKey(b"x" * 32)

    def post(self, body):
        draw = self._chance.random()
        if draw < 0.15:
            return Failure(Fault.UNREACHABLE)
        if draw < 0.3:
            self._centre.post(body)
            return Failure(Fault.CUT)
        if draw < 0.4:
            self._late.append(body)
            return Failure(Fault.CUT)
        if draw < 0.5 and self._late:
            self._centre.post(self._late.pop(self._chance.randrange(len(self._late))))
        if draw < 0.6:
            self._centre.post(body)
        if draw < 0.65:
            lie = encode_reply(SyncReply(1, request_digest(body)), self._stranger)
            return Answer(lie, len(body), len(lie))
        if draw < 0.7:
            answer = self._centre.post(body)
            return Answer(answer.body[: len(answer.body) // 2], 1, 1)
        return self._centre.post(body)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32))
def test_two_pcs_over_a_bad_road_end_with_all_statements_and_one_hash(seed):
    chance = random.Random(seed)
    centre, home, office = _ends(profiles=2, piece=17)
    road = _BadRoad(centre, chance)
    stated = 0
    for _ in range(20):
        one = chance.choice((home, office))
        if chance.random() < 0.3:
            one.start()
        pages = chance.randrange(1, 12)
        one.batch = chance.randrange(1, 20)
        one.study(pages)
        stated += pages
        deliver(one, road, CLOCK)
        assert len(centre.facts) >= sum(home.acks.values()) + sum(office.acks.values())
    for one in (home, office, home, office):
        deliver(one, centre, CLOCK)
    assert home.unsent() == office.unsent() == 0
    assert len(centre.facts) == stated
    hashes = {standing(one.fact_list, WIT).state_hash for one in (home, office)}
    assert len(hashes) == 1


def test_planted_fault_a_delivery_that_believes_anything_loses_work():
    """The check that guards the ack is what keeps work: without it a liar's answer empties the outbox."""
    _, profile = _ends()
    profile.study(4)
    liar = MemoryCentre(seed=9)
    profile.centre = liar.key.public
    deliver(profile, liar, CLOCK)
    assert profile.unsent() == 0
