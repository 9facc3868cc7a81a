"""A guest house whose network answers in the centre's place: whatever it says, nobody believes it."""

import pytest

from desktop.background.sync_words import word_failure
from desktop.demo.people import COORDINATOR, LEARNERS
from sync.bundle import SyncReply, decode_reply, encode_reply, request_digest
from sync.client import deliver
from sync.client.deliver import check_server
from sync.client.faults import Fault
from sync.client.transport import Transport
from sync.journal.acks import Ack
from sync.journal.keys import SigningKey
from tests.builders.cable import Cable, bodies
from tests.builders.road import JP, Pc, read_all, send, sent, take_quiz
from tests.fakes.wire import Wire, answer

RUTH = LEARNERS[7]
PAGE = b"<!DOCTYPE html><html><title>Selamat datang di Wi-Fi Penginapan</title></html>"


def body_of(request):
    return request.partition(b"\r\n\r\n")[2]


@pytest.fixture(scope="module")
def stranded(town, tmp_path_factory):
    """A learner with a whole course that has not been sent; no portal may change a thing, so one is enough."""
    return _at_the_guest_house(town, tmp_path_factory.mktemp("penginapan"))


@pytest.fixture
def ruth(town, cheap_pins, tmp_path):
    """The same, for a story that ends at the centre."""
    return _at_the_guest_house(town, tmp_path)


def _at_the_guest_house(town, folder):
    handed = town.office((COORDINATOR, RUTH))
    pc = Pc(folder / "laptop", "Laptop dinas", handed)
    pc.install(town.pack())
    made = pc.sit(RUTH)
    read_all(pc.learning(made))
    take_quiz(pc.learning(made))
    return made


def standing_of(profile):
    """All that an answer could change."""
    store = profile.store
    return (
        profile.unsent(),
        store.outbox.acks(),
        store.outbox.outgoing(),
        profile.cursors(),
        profile.versions(),
        store.trusted(),
        store.office().raw,
        profile.standing(),
        len(profile.facts()),
    )


def forged_ack(profile, request, key):
    """Somebody signs, with a key of their own, that everything has arrived."""
    acks = tuple(Ack(log, seq) for log, seq in profile.store.outbox.offered().items())
    return encode_reply(SyncReply(2_000_000_000, request_digest(body_of(request)), acks), key)


ANSWERS = {
    "a page that says 200": (lambda _p, _r: answer(PAGE, content_type="text/html"), Fault.PORTAL),
    "a page without a type": (lambda _p, _r: answer(PAGE), Fault.PORTAL),
    "a redirect to a log-in": (
        lambda _p, _r: answer(b"", "302 Found", location="http://10.0.0.1/masuk"),
        Fault.PORTAL,
    ),
    "a call to authenticate": (
        lambda _p, _r: answer(PAGE, "511 Network Authentication Required"),
        Fault.PORTAL,
    ),
    "nothing at all, with 200": (lambda _p, _r: answer(b""), Fault.NOT_SIGNED),
    "noise": (lambda _p, _r: answer(bytes(range(1, 200)), content_type="image/gif"), Fault.NOT_SIGNED),
    "our own words back": (lambda _p, r: answer(body_of(r)), Fault.NOT_SIGNED),
    "an ack under another key": (
        lambda p, r: answer(forged_ack(p, r, SigningKey.generate())),
        Fault.NOT_SIGNED,
    ),
    "an ack under the learner's own key": (
        lambda p, r: answer(forged_ack(p, r, p.keys.signing)),
        Fault.NOT_SIGNED,
    ),
}


@pytest.mark.parametrize("said", ANSWERS)
def test_nothing_a_portal_says_changes_anything(stranded, said):
    words, fault = ANSWERS[said]
    ruth = stranded
    before = standing_of(ruth)
    with Wire(lambda request: words(ruth, request)) as portal:
        outcome = send(ruth, portal.address)
        assert (outcome.failure.fault, outcome.at, outcome.acked) == (fault, None, 0)
        checked = check_server(ruth, Transport(portal.address), ruth.store.clock)
        assert checked.fault is fault, "nor does Setelan take it for the centre"
        assert len(portal.requests) == 2, "no redirect was followed, nothing was asked twice"
    assert standing_of(ruth) == before
    problem = word_failure(outcome.failure)
    assert "Pekerjaan Anda tetap tersimpan di komputer ini." in problem.advice
    assert problem.known


def test_an_old_answer_of_the_centre_played_back_is_not_believed_a_second_time(town, ruth):
    with Cable(town.url) as cable:
        sent(ruth, cable.url)
        replies = bodies(bytes(cable.down))
    ruth.record("page.read", activity="keamanan-loket/m1/baca", page=1, seconds=5, version="1.0")
    before = standing_of(ruth)
    for reply in replies:
        with Wire(lambda _, reply=reply: answer(reply)) as portal:
            outcome = send(ruth, portal.address)
        assert outcome.failure.fault is Fault.NOT_SIGNED
        assert word_failure(outcome.failure).title == "Server menjawab permintaan lain."
    assert standing_of(ruth) == before
    assert before[0] == 1


def test_behind_the_portal_the_real_centre_gets_everything(town, ruth):
    unsent = ruth.unsent()
    with Wire(lambda _: answer(PAGE, content_type="text/html")) as portal:
        send(ruth, portal.address)
    outcome = sent(ruth, town.url)
    assert outcome.acked == unsent
    assert ruth.unsent() == 0
    (entry,) = ruth.standing().courses
    assert (entry.jp, entry.recognised) == (JP, True)


def test_planted_fault_a_client_that_believes_any_answer_is_seen(ruth, monkeypatch):
    key = SigningKey.generate()
    monkeypatch.setattr(
        deliver, "decode_reply", lambda data, _centre, request: decode_reply(data, key.public, request)
    )
    before = standing_of(ruth)
    with Wire(lambda request: answer(forged_ack(ruth, request, key))) as portal:
        send(ruth, portal.address)
    assert standing_of(ruth) != before
