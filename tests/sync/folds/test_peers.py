"""Who reads whom is fair, never oneself and alike in any order; what is told of it names nobody."""

import hashlib
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from sync.folds.assignments import Submission, work_digest
from sync.folds.pairing import Pair, new_pairs, pair_fields, pairs_known, pairs_of
from sync.folds.peers import (
    FILE,
    PAPER,
    REVIEWED,
    PeerReview,
    paper_fields,
    paper_file,
    papers,
    review_fields,
    reviews,
    reviews_told,
)
from sync.journal.passing import Passed
from tests.builders.facts import PC

TASK = "kursus/m1/tugas"
TRAINER, LIA = b"T" * 16, b"L" * 16
PEOPLE = st.sets(st.binary(min_size=16, max_size=16), min_size=1, max_size=14)


def handed(people):
    return {one: ("1", hashlib.sha256(one).digest()) for one in people}


def readings(pairs):
    return Counter(one.reviewer for one in pairs), Counter(one.author for one in pairs)


@given(PEOPLE, st.integers(1, 5))
def test_a_first_round_is_fair_to_all_and_nobody_reads_oneself_or_twice(people, most):
    pairs = new_pairs(TASK, handed(people), (), most)
    share = min(most, len(people) - 1)
    read, got = readings(pairs)
    assert all(one.author != one.reviewer for one in pairs)
    assert len({(one.author, one.reviewer) for one in pairs}) == len(pairs)
    assert {got[one] for one in people} == {share}
    assert {read[one] for one in people} == {share}
    if len(people) > 2 * most:
        both = {(one.author, one.reviewer) for one in pairs} & {(one.reviewer, one.author) for one in pairs}
        assert not both, "no two read each other where there are enough others"


@given(PEOPLE, PEOPLE, st.integers(1, 4), st.randoms(use_true_random=False))
def test_who_comes_later_is_given_readers_and_what_was_given_stays(early, late, most, chance):
    first = new_pairs(TASK, handed(early), (), most)
    everybody = list(early | late)
    chance.shuffle(everybody)
    then = new_pairs(TASK, handed(everybody), set(first), most)
    assert new_pairs(TASK, handed(sorted(everybody)), first[::-1], most) == then, "whatever the order"
    _, got = readings((*first, *then))
    assert {got[one] for one in everybody} == {min(most, len(everybody) - 1)}
    assert not {(one.author, one.reviewer) for one in first} & {(one.author, one.reviewer) for one in then}
    assert all(one.author != one.reviewer for one in then)
    assert new_pairs(TASK, handed(everybody), {*first, *then}, most) == (), "asking again asks nothing"


@given(PEOPLE, st.integers(1, 3), st.integers(1, 15))
def test_where_one_does_not_answer_one_more_is_asked_until_nobody_is_left(people, most, turns):
    known = list(new_pairs(TASK, handed(people), (), most))
    author = min(people)
    for _ in range(turns):
        more = new_pairs(TASK, handed(people), known, 0, {author})
        assert len(more) <= 1
        assert all(one.author == author != one.reviewer for one in more)
        assert not {one.reviewer for one in more} & {one.reviewer for one in known if one.author == author}
        known += more
    got = sum(one.author == author for one in known)
    assert got == min(min(most, len(people) - 1) + turns, len(people) - 1)


@given(PEOPLE, st.integers(1, 3), st.randoms(use_true_random=False))
def test_pairs_told_by_two_trainers_in_any_order_are_one_set(people, most, chance):
    pairs = new_pairs(TASK, handed(people), (), most)
    tuti, tono = PC(log=1), PC(log=2)
    if pairs:
        tuti.says("peers.paired", **pair_fields(pairs))
        tono.says("peers.paired", **pair_fields(pairs[: len(pairs) // 2 + 1]))
    told = [*tuti.facts, *tono.facts, *tuti.facts]
    chance.shuffle(told)
    assert pairs_known(told) == set(pairs)


def test_lists_that_do_not_fit_and_ones_own_paper_are_nothing():
    own = Pair(TASK, "1", LIA, b"w" * 32, LIA)
    good = Pair(TASK, "1", LIA, b"w" * 32, TRAINER)
    pc = PC()
    assert pairs_of(pc.says("peers.paired", **pair_fields([own, good]))) == (good,)
    fields = pair_fields([good]) | {"reviewers": TRAINER + LIA}
    assert pairs_of(pc.says("peers.paired", **fields)) == ()
    assert pairs_of(pc.says("assignment.submitted", **pair_fields([good]))) == ()


@given(st.text(max_size=40), st.lists(st.sampled_from(("a.pdf", "peta.jpg")), max_size=2, unique=True))
def test_a_paper_comes_as_it_was_handed_in_and_tells_nothing_of_its_author(said, names):
    files = tuple((name, hashlib.sha256(name.encode()).digest()) for name in names)
    work = Submission(
        LIA, TASK, "1", said, files, work_digest(TASK, "1", said, files), 3, 77, 5, 1000, b"P" * 16
    )
    fields = paper_fields(b"i" * 32, b"ticket", work)
    (paper,) = papers([Passed(PAPER, TRAINER, 9, 1, 5, fields), Passed(PAPER, TRAINER, 8, 1, 6, fields)])
    assert (paper.text, paper.files, paper.at) == (said, files, 5)
    told = set(fields.values())
    assert not told & {LIA, b"P" * 16, 77, 5, 1000, work.work}


@given(st.permutations([1, 2, 3]))
def test_of_a_review_given_anew_the_last_holds_in_any_order(order):
    told = [PeerReview(b"r" * 32, TASK, b"w" * 32, (("isi", 100 * at),), f"Ke-{at}", at, 0) for at in order]
    assert [one.comment for one in reviews([*told, *told])] == ["Ke-3"]


def test_only_a_trainer_is_told_who_reviewed_and_nonsense_is_no_review():
    (paper,) = papers([Passed(PAPER, TRAINER, 9, 1, 5, {"id": b"i" * 32, "ticket": b"t", "activity": TASK})])
    fields = review_fields(paper, (("isi", 5000),), "Jelas", 1)
    author, trainer = fields | {"activity": TASK}, fields | {"activity": TASK, "learner": LIA}
    (seen,) = reviews_told([Passed(REVIEWED, TRAINER, 1, 1, 0, author)])
    assert (seen.comment, seen.total, seen.reviewer, seen.learner) == ("Jelas", 5000, b"", b"")
    (seen,) = reviews_told([Passed(REVIEWED, b"R" * 16, 1, 1, 0, trainer)])
    assert (seen.reviewer, seen.learner) == (b"R" * 16, LIA)
    for wrong in ({"points": "isi"}, {"points": "isi -5"}, {"id": 7}):
        assert reviews_told([Passed(REVIEWED, TRAINER, 1, 1, 0, author | wrong)]) == ()


def test_a_file_of_a_paper_is_whole_or_nothing():
    data = b"berkas"
    digest = hashlib.sha256(data).digest()
    word = Passed(FILE, TRAINER, 4, 1, 0, {"file": digest, "part": 1, "parts": 1, "data": data})
    assert paper_file([word], digest).data == data
    assert paper_file([], digest).data is None
