"""The post of one PC: what it gives while everybody is locked, and what it believes of what a carrier brings."""

import itertools
import os

import pytest

from desktop.store.custody import Whereabouts
from desktop.store.post import Post
from desktop.store.post_documents import note_told
from sync.bundle import Ack, seal_piece
from sync.catalogue import sign_catalogue
from sync.folds.completion import CourseShape
from sync.journal.keys import SigningKey
from sync.officefile import unlock_coordinator
from sync.postbag.document import Document, encode_document
from sync.postbag.homeward import Homeward, Letter, seal_homeward
from sync.postbag.outward import open_outward
from sync.postbag.part import Form, digest_of, encode_part, read_part
from sync.postbag.words import Receipt, certify, sign_custody, sign_receipt
from sync.refusal import Code
from tests.builders.office import DINA, MARKUS, YOHANA
from tests.builders.round import Desk

T = 1_795_000_500


@pytest.fixture
def pc(tmp_path, office):
    made = Desk(tmp_path / "loket", office, "PC Loket")
    made.sit(YOHANA)
    yield made
    made.off()


@pytest.fixture
def post(pc):
    return Post(pc.store)


@pytest.fixture
def uuid(pc):
    return pc.store.office().header.office


def given(post, **more):
    """Hand everything to a carrier; gives the parts."""
    packed = post.outward(**more)
    for one in packed:
        post.handed(one)
    return packed


def opened(office, packed):
    return [open_outward(read_part(one.part), office.letter) for one in packed]


def log_of(pc):
    return pc.people[YOHANA].facts()[0].header.log


def home(pc, office, uuid, acks=(), letters=(), at=T, key=None, **more):
    """What the centre sends home to this PC."""
    answer = Homeward(pc.store.pc().id, at, 7, tuple(acks), tuple(letters), **more)
    (part,) = seal_homeward(answer, uuid, (pc.store.device_letter().public,), key or office.centre)
    return part


def coordinator(office, pc):
    entry = pc.store.office().find(MARKUS)
    return unlock_coordinator(entry, office.codes[MARKUS]).signing


def test_a_locked_pc_gives_everybodys_work_and_asks_for_everybody(pc, post, office):
    pc.sit(DINA)
    pc.study(YOHANA, [1, 2])
    pc.study(DINA, [1])
    for profile in pc.people.values():
        profile.close()
    (one,) = opened(office, post.outward())
    assert (len(one.segments), one.name) == (2, "PC Loket")
    assert {want.profile for want in one.wants} == {p.profile for p in pc.people.values()}
    assert one.letter == pc.store.device_letter().public


def test_what_lies_with_the_carrier_is_not_packed_again(pc, post):
    pc.study(YOHANA, [1, 2])
    first = given(post)
    assert post.outward([one.digest for one in first]) == ()
    pc.study(YOHANA, [3])
    (more,) = post.outward([one.digest for one in first])
    assert [(run.first, run.last) for run in more.runs] == [(1, 3)], "the tail as it is now, whole"
    assert post.outward() != (), "another stick gets everything"


def test_long_essays_are_cut_into_parts_that_each_count(pc, post, office):
    for number in range(12):
        pc.people[YOHANA].record_all(
            [
                (
                    "quiz.answered",
                    {
                        "activity": "a/b/c",
                        "attempt": 1,
                        "question": q,
                        "answer": os.urandom(5000).hex(),
                        "seconds": number,
                    },
                )
                for q in range(5)
            ]
        )
    packed = given(post)
    assert len(packed) > 1
    assert [bool(one.wants) for one in opened(office, packed)] == [True] + [False] * (len(packed) - 1)
    runs = sorted((run.first, run.last) for one in packed for run in one.runs)
    assert (runs[0][0], runs[-1][1]) == (1, 60)
    assert all(after[0] <= before[1] + 1 for before, after in itertools.pairwise(runs)), "nothing is left out"


def test_without_an_office_there_is_no_post(store):
    assert Post(store).outward() == ()
    assert Post(store).take(b"anything").refused is not None


def test_an_ack_counts_as_far_as_this_pc_has_given_also_after_a_restart(pc, post, office, uuid):
    pc.study(YOHANA, range(1, 6))
    log = log_of(pc)
    (packed,) = given(post)
    pc.study(YOHANA, [6])
    pc.people[YOHANA].close()
    pc.store.close()
    pc.on()
    took = Post(pc.store).take(home(pc, office, uuid, [Ack(log, 9), Ack(12345, 3)], parts=(packed.digest,)))
    assert (took.acks, took.refused) == (5, None), "the sixth was never given, the other log is nobody's here"
    assert pc.store.outbox.acks() == {log: 5}
    assert pc.store.outbox.outgoing() != ()


def test_an_answer_counts_once_in_any_order_and_only_here(pc, post, office, uuid, tmp_path):
    pc.study(YOHANA, [1])
    (packed,) = given(post)
    part = home(pc, office, uuid, [Ack(log_of(pc), 1)], parts=(packed.digest,))
    other = Desk(tmp_path / "lain", office, "PC Lain")
    try:
        assert (Post(other.store).take(part).mine, other.store.outbox.acks()) == (False, {})
    finally:
        other.off()
    assert post.is_mine(part)
    assert (post.take(part).acks, post.take(part).known, post.is_mine(part)) == (1, True, False)


def test_a_forged_answer_changes_nothing(pc, post, office, uuid):
    pc.study(YOHANA, [1])
    given(post)
    part = home(pc, office, uuid, [Ack(log_of(pc), 1)], key=SigningKey.generate())
    assert post.take(part).refused.code is Code.CENTRE
    assert pc.store.outbox.acks() == {}


@pytest.mark.parametrize("cut", [0, 5, 30, -1])
def test_a_torn_part_changes_nothing(pc, post, office, uuid, cut):
    pc.study(YOHANA, [1])
    given(post)
    part = home(pc, office, uuid, [Ack(log_of(pc), 1)])
    assert post.take(part[:cut]).refused is not None
    assert post.take(part[:-40] + bytes([part[-40] ^ 1]) + part[-39:]).refused is not None
    assert pc.store.outbox.acks() == {}


def test_a_letter_waits_for_its_person_and_is_never_asked_for_again(pc, post, office, uuid):
    yohana = pc.people[YOHANA]
    letters = [
        seal_piece("person", *span, [], yohana.keys.letter.public, office.centre)
        for span in ((0, 4), (4, 9), (12, 15))
    ]
    strange = Letter(b"?" * 16, letters[0])
    took = post.take(
        home(pc, office, uuid, letters=[*(Letter(yohana.profile, one) for one in letters), strange])
    )
    assert took.letters == 3
    (asked,) = opened(office, post.outward())
    assert asked.wants[0].cursors["person"] == 9, "the third leaves a gap and is asked for again"
    assert asked.versions["home"] == T
    yohana.take_waiting()
    yohana.tell_reached()
    assert pc.store.reached.all()[0].cursors["person"] == 9


def test_a_letter_to_a_key_from_before_is_asked_for_anew(pc, post, office, uuid):
    yohana = pc.people[YOHANA]
    old = seal_piece("person", 0, 4, [], b"\x09" + bytes(31), office.centre)
    post.take(home(pc, office, uuid, letters=[Letter(yohana.profile, old)]))
    (asked,) = opened(office, post.outward())
    assert asked.wants[0].cursors["person"] == 0


def test_custody_tells_how_far_the_work_has_come_and_frees_nothing(pc, post, office, uuid):
    pc.study(YOHANA, [1, 2])
    log = log_of(pc)
    assert post.chain(log, 1).whereabouts is Whereabouts.HERE
    (packed,) = given(post)
    pc.study(YOHANA, [3])
    said = sign_custody(pc.store.now() + 999, [packed.digest], uuid, coordinator(office, pc))
    assert post.take(said).custody == 1
    found = post.chains([(log, 1), (log, 2), (log, 3)])
    assert [one.whereabouts.name for one in found.values()] == ["COORDINATOR", "COORDINATOR", "HERE"]
    assert (found[log, 1].name, found[log, 1].at) == ("Markus", pc.store.now()), "no later than now"
    assert len(pc.store.outbox.outgoing()) == 1


def test_anybodys_word_of_custody_is_nobodys(pc, post, office, uuid):
    pc.study(YOHANA, [1])
    (packed,) = given(post)
    liar, hub = SigningKey.generate(), SigningKey.generate()
    assert post.take(sign_custody(5, [packed.digest], uuid, liar)).refused.code is Code.AUTHOR
    pass_for = certify(hub.public, uuid, 10, coordinator(office, pc))
    late = sign_custody(11, [packed.digest], uuid, hub, pass_for)
    assert post.take(late).refused.code is Code.AUTHOR
    assert post.chain(log_of(pc), 1).whereabouts is Whereabouts.HERE
    assert post.take(sign_custody(9, [packed.digest], uuid, hub, pass_for)).custody == 1
    assert post.chain(log_of(pc), 1).whereabouts is Whereabouts.COORDINATOR


def test_the_centres_receipt_is_shown_but_only_its_ack_frees(pc, post, office, uuid):
    pc.study(YOHANA, [1, 2])
    (packed,) = given(post)
    log = log_of(pc)
    post.take(home(pc, office, uuid, at=T - 5))
    receipt = sign_receipt(Receipt(T, (packed.digest, b"x" * 32)), uuid, office.centre)
    took = post.take(receipt)
    assert (took.stored, took.custody) == ((packed.digest, b"x" * 32), 1)
    assert (post.chain(log, 2).whereabouts, post.chain(log, 2).at) == (Whereabouts.CENTRE, T)
    assert pc.store.outbox.outgoing() != ()
    post.take(home(pc, office, uuid, [Ack(log, 2)], at=T + 5))
    assert pc.store.outbox.outgoing() == ()
    assert post.chain(log, 1).whereabouts is Whereabouts.CENTRE


def test_a_part_in_the_middle_carries_nothing_before_it(pc, post, office, uuid):
    pc.study(YOHANA, range(1, 65))
    first = given(post)
    pc.study(YOHANA, range(65, 70))
    (second,) = given(post, there=[one.digest for one in first])
    assert [run.first for run in second.runs] == [65]
    post.take(sign_custody(5, [second.digest], uuid, coordinator(office, pc)))
    log = log_of(pc)
    assert post.chain(log, 66).whereabouts is Whereabouts.HERE
    post.take(sign_custody(5, [second.digest, first[0].digest], uuid, coordinator(office, pc)))
    assert post.chain(log, 66).whereabouts is Whereabouts.COORDINATOR


def test_a_receipt_from_before_the_centre_was_put_back_says_nothing(pc, post, office, uuid):
    pc.study(YOHANA, [1])
    (packed,) = given(post)
    receipt = sign_receipt(Receipt(T, (packed.digest,)), uuid, office.centre)
    post.take(home(pc, office, uuid, at=T))
    post.take(receipt)
    log = log_of(pc)
    assert post.chain(log, 1).whereabouts is Whereabouts.CENTRE
    answer = Homeward(pc.store.pc().id, T + 100, 8)
    (renewed,) = seal_homeward(answer, uuid, (pc.store.device_letter().public,), office.centre)
    post.take(renewed)
    post.take(receipt)
    assert post.chain(log, 1).whereabouts is Whereabouts.HERE
    assert post.listed(receipt) == frozenset(), "the part is packed again"


def test_an_answer_of_a_life_gone_by_is_not_taken(pc, post, office, uuid):
    pc.study(YOHANA, [1])
    given(post)
    answer = Homeward(pc.store.pc().id, T + 100, 8)
    (renewed,) = seal_homeward(answer, uuid, (pc.store.device_letter().public,), office.centre)
    post.take(renewed)
    assert post.take(home(pc, office, uuid, [Ack(log_of(pc), 1)], at=T)).acks == 0
    assert pc.store.outbox.acks() == {}


def catalogue(office, hours, version, uuid):
    data = sign_catalogue((CourseShape("a", "A", hours),), office.centre)
    return encode_document(Document("catalogue", version, data), uuid)


def test_a_document_in_clear_is_kept_when_the_centre_has_named_its_version(pc, post, office, uuid):
    new = catalogue(office, 500, 3, uuid)
    assert post.take(new).refused is not None, "nobody of the centre has spoken of a third one"
    post.take(home(pc, office, uuid, versions={"catalogue": 3}))
    assert post.take(new).documents == ("catalogue",)
    assert post.take(new).documents == ()
    assert pc.store.setting("version_catalogue") == "3"


def test_a_finder_of_the_stick_can_neither_forge_nor_number_a_document(pc, post, office, uuid):
    note_told(pc.store, "catalogue", 3)
    strange = sign_catalogue((CourseShape("a", "A", 9900),), SigningKey.generate())
    assert post.take(encode_document(Document("catalogue", 3, strange), uuid)).refused.code is Code.SIGNATURE
    assert post.take(catalogue(office, 500, 1 << 40, uuid)).refused is not None
    assert post.take(encode_document(Document("trust", 1, b"{}"), uuid)).refused is not None
    assert pc.store.blob("document_catalogue") is pc.store.blob("document_trust") is None


def test_a_newer_office_file_comes_by_stick(pc, post, office, uuid):
    raw, _ = office.issue(2)
    assert post.take(encode_document(Document("office", 2, raw), uuid)).documents == ("office",)
    assert pc.store.office().header.version == 2


def test_what_another_pc_sent_is_not_for_this_one(pc, post, uuid):
    (packed,) = post.outward()
    assert (post.take(packed.part).mine, post.take(packed.part).form) == (False, Form.OUTWARD)
    foreign = encode_part(Form.RECEIPT, b"\x01" * 16, b"x")
    assert post.take(foreign).refused.code is Code.OFFICE
    assert digest_of(packed.part) == packed.digest
