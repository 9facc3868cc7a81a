"""A start code opens one quiz, on one day, in one office, for one person; and nothing else."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.assessment.exam_code import Spot, exam_code, read_code

TODAY = date(2026, 11, 24)
IDS = st.binary(min_size=16, max_size=16)


def office(name=b"o" * 16, salt=b"s" * 16):
    """All that a code knows of an office file."""
    return SimpleNamespace(header=SimpleNamespace(office=name, salt=salt))


def test_a_code_is_eight_signs_that_can_be_read_aloud_and_typed_as_heard():
    spot = Spot(TODAY, 1)
    code = exam_code(office(), "k/m/ujian", spot, b"a" * 16)
    assert len(code) == 8
    assert read_code(office(), "k/m/ujian", b"a" * 16, f" {code[:4].lower()}-{code[4:]} ", TODAY) == spot
    assert read_code(office(), "k/m/ujian", b"a" * 16, "", TODAY) is None
    assert read_code(office(), "k/m/ujian", b"a" * 16, code[:-1], TODAY) is None


def test_a_code_of_another_day_says_which_day_it_is_for():
    early, late = Spot(TODAY - timedelta(days=3), 2), Spot(TODAY + timedelta(days=30), 1)
    for spot in (early, late):
        code = exam_code(office(), "k/m/ujian", spot, b"a" * 16)
        assert read_code(office(), "k/m/ujian", b"a" * 16, code, TODAY) == spot


def test_a_clock_at_the_end_of_its_days_breaks_nothing():
    code = exam_code(office(), "k/m/ujian", Spot(TODAY, 1), b"a" * 16)
    for day in (date.min, date.max):
        assert read_code(office(), "k/m/ujian", b"a" * 16, code, day) is None


@settings(deadline=None, max_examples=15)
@given(IDS, IDS, st.integers(1, 9))
def test_nobody_else_no_other_quiz_and_no_other_office_take_it(person, other, sitting):
    spot = Spot(TODAY, sitting)
    code = exam_code(office(), "k/m/ujian", spot, person)
    assert read_code(office(), "k/m/ujian", person, code, TODAY) == spot
    assert read_code(office(), "k/m/lain", person, code, TODAY) is None
    assert read_code(office(b"x" * 16), "k/m/ujian", person, code, TODAY) is None
    assert read_code(office(salt=b"y" * 16), "k/m/ujian", person, code, TODAY) is None
    if other != person:
        assert read_code(office(), "k/m/ujian", other, code, TODAY) is None
    assert replace(spot, sitting=1).day == TODAY
