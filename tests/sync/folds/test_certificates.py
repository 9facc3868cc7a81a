"""Certificates add up to the same in any order: a number taken back stays so, and one stands for each course."""

from hypothesis import given
from hypothesis import strategies as st

from sync.folds.certificates import by_course, certificates
from tests.builders.facts import PC

SAID = (
    ("certificate.issued", {"number": "1/A/2026", "course": "kantor", "version": "1.0", "proof": "a"}),
    ("certificate.issued", {"number": "2/A/2026", "course": "kantor", "version": "1.0", "proof": "b"}),
    ("certificate.issued", {"number": "3/A/2026", "course": "layanan", "version": "1.0", "proof": "c"}),
    ("certificate.revoked", {"number": "1/A/2026", "reason": "salah orang"}),
    ("certificate.revoked", {"number": "1/A/2026", "reason": "dua kali dikatakan"}),
    ("certificate.revoked", {"number": "9/A/2026", "reason": "tidak pernah ada"}),
    ("certificate.signed", {"number": "2/A/2026", "file": b"n" * 32, "size": 9, "counter": 2}),
    ("certificate.signed", {"number": "2/A/2026", "file": b"o" * 32, "size": 7, "counter": 1}),
    ("certificate.signed", {"number": "9/A/2026", "file": b"x" * 32, "size": 1, "counter": 1}),
)


def spoken():
    centre = PC()
    return [centre.says(kind, at, **fields) for at, (kind, fields) in enumerate(SAID)]


@given(st.permutations(range(len(SAID))), st.lists(st.integers(0, len(SAID) - 1), max_size=4))
def test_whatever_comes_first_and_how_often(order, again):
    facts = spoken()
    found = certificates([facts[at] for at in (*order, *again)])
    assert {number: one.revoked for number, one in found.items()} == {
        "1/A/2026": "salah orang",
        "2/A/2026": None,
        "3/A/2026": None,
    }
    assert {number: one.file[:1] for number, one in found.items()} == {
        "1/A/2026": b"",
        "2/A/2026": b"n",
        "3/A/2026": b"",
    }, "the file put last counts, whichever came first"
    assert {course: one.number for course, one in by_course(found).items()} == {
        "kantor": "2/A/2026",
        "layanan": "3/A/2026",
    }


def test_a_course_whose_only_certificate_was_taken_back_says_so():
    facts = spoken()
    found = by_course(certificates([facts[0], facts[3]]))
    assert found["kantor"].revoked == "salah orang"
