"""Who is lent where stands alike in any order, and what is passed comes home as it was handed in."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from sync.folds.assignments import SUBMITTED, work_digest
from sync.folds.lent import LENT, lending, lent_works, pass_fields
from sync.journal.passing import Passed
from tests.builders.facts import PC

X, Y, TONO, LIA = b"X" * 16, b"Y" * 16, b"T" * 16, b"L" * 16
TASK = "kursus/m1/tugas"
WORDS = st.lists(st.tuples(st.sampled_from((X, Y)), st.booleans()), max_size=6)


@given(WORDS, st.randoms(use_true_random=False))
def test_the_last_word_of_the_centre_holds_in_any_order_and_any_repetition(words, chance):
    centre = PC()
    for at, (office, active) in enumerate(words, 1):
        centre.says(LENT, person=TONO, office=office, name=office.decode(), active=int(active), counter=at)
    told = [*centre.facts, *centre.facts[:2]]
    chance.shuffle(told)
    last = dict(words)
    assert lending(told) == {(office, TONO): office.decode() for office, active in last.items() if active}


@given(st.text(max_size=40), st.lists(st.sampled_from(("a.pdf", "peta.jpg", "b c.pdf")), max_size=3))
def test_what_is_passed_is_what_was_handed_in_and_a_false_digest_is_nothing(said, names):
    files = tuple((name, hashlib.sha256(name.encode()).digest()) for name in names)
    work = work_digest(TASK, "1", said, files)
    digests = b"".join(digest for _, digest in files)
    fields = {
        "activity": TASK, "version": "1", "text": said, "names": tuple(names), "files": digests,
        "work": work, "counter": 1,
    }  # fmt: skip
    passed = pass_fields(PC().says(SUBMITTED, **fields), X, "Distrik", (TONO,))
    (one,) = lent_works([Passed(SUBMITTED, LIA, 5, 1, 0, passed)])
    assert (one.submission.person, one.submission.text, one.submission.files) == (LIA, said, files)
    assert (one.office, one.office_name, one.markers) == (X, "Distrik", (TONO,))
    assert lent_works([Passed(SUBMITTED, LIA, 5, 1, 0, {**passed, "text": said + "!"})]) == ()
