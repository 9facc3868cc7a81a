"""A report of hours is of the office's own people: whoever is here for a role alone owes none."""

import pytest

from sync.folds.cohort import PersonLine
from sync.folds.staff import is_staff, staff


@pytest.mark.parametrize(
    ("role", "tail", "counted"),
    [
        ("guest", "", False),
        ("guest", "2007", False),
        ("mentor", "", False),
        ("jury", "", False),
        ("mentor", "2007", True),
        ("trainer", "2007", True),
        ("coordinator", "2007", True),
        ("learner", "2007", True),
        ("learner", "", True),
    ],
)
def test_who_owes_hours_is_counted(role, tail, counted):
    one = PersonLine(b"p" * 16, "Sari", tail, "Narasumber", role)
    assert is_staff(one) is counted
    assert staff([one]) == [one] * counted
