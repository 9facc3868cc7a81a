"""What a hub keeps: nothing is promised before it lies there, and nothing goes before it is listed or told."""

import secrets
from importlib.resources import files
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.journal.keys import LetterKey, SigningKey
from sync.journal.sealing import key_id, seal
from sync.postbag.document import Document, encode_document
from sync.postbag.part import Form, encode_part, read_part
from sync.refusal import Code, Refusal
from sync.retention import DAY, Term, shipped_schedule, sign_schedule
from sync.server import hub_store
from sync.server.hub import Hub
from sync.server.hub_store import LETTERS, PUT_OFF, HubStore

OFFICE = bytes(16)
AGE = shipped_schedule().seconds(Term.HUB)
KEY, OTHER = b"k" * 8, b"o" * 8


@pytest.fixture
def place(tmp_path):
    (tmp_path / "pos").mkdir()
    return tmp_path


@pytest.fixture
def store(place):
    opened = HubStore(place / "hub.db", place / "pos")
    yield opened
    opened.close()


def outward(size=300):
    return encode_part(Form.OUTWARD, OFFICE, secrets.token_bytes(size))


def letter(key=None):
    return encode_part(Form.HOMEWARD, OFFICE, seal(b"x", ((key or LetterKey.generate()).public,)))


def carries(store, data, key=KEY, now=100):
    store.carry(read_part(data), data, key, now)
    return read_part(data).digest


def lists(store, *digests, now=200):
    data = encode_part(Form.RECEIPT, OFFICE, secrets.token_bytes(100))
    store.listed(read_part(data), data, digests, now)
    return data


def test_a_part_goes_once_it_is_listed_and_its_pc_is_told_until_it_knows(store):
    data = outward()
    digest = carries(store, data)
    assert store.next_due(100).data == data
    receipt = lists(store, digest)
    assert store.next_due(1000) is None
    assert store.for_pc(KEY, {}, ()) == [receipt]
    assert store.for_pc(OTHER, {}, ()) == []
    assert store.for_pc(b"", {}, [digest]) == [receipt], "whoever brings it again is told as well"
    store.taken(OTHER, [read_part(receipt).digest[:8]])
    assert store.for_pc(KEY, {}, ()) == [receipt]
    store.taken(KEY, [read_part(receipt).digest[:8]])
    assert store.for_pc(KEY, {}, ()) == []


def test_a_part_that_comes_again_after_it_was_listed_is_not_carried_again(store):
    data = outward()
    lists(store, carries(store, data))
    carries(store, data)
    assert store.waiting() == 0


def test_letters_are_for_their_key_and_the_newest_are_kept(store):
    mine = [letter() for _ in range(LETTERS + 3)]
    for number, data in enumerate(mine):
        store.keep_letter(read_part(data), data, KEY, number)
    assert store.for_pc(KEY, {}, ()) == mine[3:]
    assert store.for_pc(OTHER, {}, ()) == []
    assert store.for_pc(b"", {}, ()) == []


def test_only_the_newest_of_a_document_is_kept_and_only_who_holds_an_older_gets_it(store):
    papers = {one: encode_document(Document("trust", one, bytes([one])), OFFICE) for one in (2, 3, 1)}
    for version, data in papers.items():
        store.keep_document(read_part(data), data, Document("trust", version, b""), 100)
    assert store.for_pc(KEY, {"trust": 2}, ()) == [papers[3]]
    assert store.for_pc(KEY, {"trust": 3}, ()) == []


def test_no_pc_can_fill_the_hub_for_the_others(store, monkeypatch):
    monkeypatch.setattr(hub_store, "ONE_PC", 900)
    carries(store, outward())
    carries(store, outward())
    with pytest.raises(Refusal) as found:
        carries(store, outward())
    assert found.value.code is Code.UNAVAILABLE
    carries(store, outward(), OTHER)
    assert store.waiting() == 3


def test_a_part_put_off_lets_others_pass(store):
    first, second = carries(store, outward()), carries(store, outward(), now=101)
    store.postpone(first, 500)
    assert store.next_due(200).digest == second
    store.postpone(second, 900)
    assert store.next_due(200) is None
    assert (store.next_due(600).digest, store.next_due(600).tries) == (first, 1)


def test_age_lets_go_of_what_was_told_and_never_of_what_waits(store):
    waiting = outward()
    carries(store, waiting)
    lists(store, carries(store, outward()))
    for data in (letter(), letter()):
        store.keep_letter(read_part(data), data, key_id(bytes(32)), 100)
    store.sweep(AGE + 500, AGE)
    assert store.for_pc(key_id(bytes(32)), {}, ()) != [], (
        "so says this PC's clock alone, which may be in 2038"
    )
    store.keep_letter(read_part(newer := letter()), newer, OTHER, AGE + 400)
    store.sweep(AGE + 500, AGE)
    assert store.for_pc(OTHER, {}, ()) == [newer]
    assert store.next_due(AGE + 500).data == waiting
    assert store.for_pc(KEY, {}, ()) == []
    assert store.for_pc(key_id(bytes(32)), {}, ()) == []


def test_a_hub_keeps_letters_as_long_as_the_schedule_that_the_centre_signed_says(place):
    centre = SigningKey.generate()
    header = SimpleNamespace(office=OFFICE, centre=centre.public)
    home = SimpleNamespace(
        database=place / "hub.db", parts=place / "pos", office=SimpleNamespace(header=header)
    )
    hub = Hub(home, lambda: 700 * DAY)
    for at in (300 * DAY, 699 * DAY):
        hub.store.keep_letter(read_part(one := letter()), one, KEY, at)
    text = files("resources").joinpath("retention", "schedule-0.toml").read_bytes()
    longer = text.replace(b"days = 90", b"days = 500")

    def sends(version, key):
        data = sign_schedule(longer.replace(b"version = 0", b"version = %d" % version), key)
        document = Document("retention", version, data)
        part = encode_document(document, OFFICE)
        hub.store.keep_document(read_part(part), part, document, 699 * DAY)

    sends(1, centre)
    hub.sweep()
    assert len(hub.store.for_pc(KEY, {"retention": 9}, ())) == 2
    # The planted fault: a schedule that somebody else signed is as good as none, and 90 days count.
    sends(2, SigningKey.generate())
    hub.sweep()
    assert len(hub.store.for_pc(KEY, {"retention": 9}, ())) == 1
    hub.stop()


def test_after_a_power_cut_index_and_files_agree(place):
    with_row, without_row, listed = outward(), outward(), outward()
    store = HubStore(place / "hub.db", place / "pos")
    lost = carries(store, outward())
    digest = carries(store, with_row)
    gone = carries(store, listed)
    lists(store, gone)
    store.close()
    pos = place / "pos"
    for path in pos.glob(f"k-{lost.hex()[:16]}*"):
        path.unlink()
    (pos / f"k-{read_part(without_row).digest.hex()[:16]}.suluh").write_bytes(without_row)
    (pos / f"k-{gone.hex()[:16]}.suluh").write_bytes(listed)  # the row was written, the file not yet removed
    (pos / ".k-half.suluh.77").write_bytes(with_row[:50])
    again = HubStore(place / "hub.db", pos)
    assert again.waiting() == 2
    found = set()
    while (waiting := again.next_due(10**10)) is not None and waiting.digest not in found:
        found.add(waiting.digest)
        again.postpone(waiting.digest, 10**11)
    assert found == {digest, read_part(without_row).digest}
    assert len([path for path in pos.iterdir() if path.name.startswith(("k-", "."))]) == 2
    again.close()


@settings(max_examples=20, deadline=None)
@given(chance=st.randoms(use_true_random=False))
def test_any_order_of_bringing_listing_and_restarts_loses_nothing(tmp_path_factory, chance):
    place = tmp_path_factory.mktemp("hub")
    (place / "pos").mkdir()
    parts = {read_part(data).digest: data for data in (outward(50) for _ in range(6))}
    waits, listed = set(), set()
    store = HubStore(place / "hub.db", place / "pos")
    for _ in range(30):
        digest = chance.choice(list(parts))
        match chance.randrange(3):
            case 0:
                carries(store, parts[digest])
                waits |= {digest} - listed
            case 1 if digest in waits:
                lists(store, digest)
                waits.discard(digest)
                listed.add(digest)
            case _:
                store.close()
                store = HubStore(place / "hub.db", place / "pos")
        assert store.waiting() == len(waits)
    store.close()


def test_what_was_put_off_while_the_clock_was_in_2038_goes_as_soon_as_it_is_right_again(store):
    digest = carries(store, outward())
    store.postpone(digest, 2_147_500_000 + PUT_OFF)
    assert store.next_due(1_795_000_000).digest == digest
    store.postpone(digest, 1_795_000_000 + PUT_OFF)
    assert store.next_due(1_795_000_000) is None
