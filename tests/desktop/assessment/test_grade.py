"""What answers are worth: the seven kinds, partial marks, and answers nobody should have been able to give."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.assessment.answers import is_answered, number_readings, number_text, right_answer, same_words
from desktop.assessment.grade import grade
from sync.packs.gift import parse_gift
from sync.packs.questions import Description, Essay

GIFT = """
Pilih satu {=benar#Tepat. ~%50%setengah#Hampir. ~salah#Bukan. #### Umum.}

Pilih semua {~%50%a#Ya. ~%50%b ~%-50%c#Jangan. ~d}

Benar? {F#Baca lagi. #Ya, itu salah.}

Dokumen apa? {=KTP =%75%kartu tanda penduduk =surat * desa}

Berapa IKM? {#=81,11:0,01#Tepat. =%50%81:1#Dekat. ~#Hitung lagi.}

Pasangkan {=KTP -> Dukcapil =SKCK -> Polsek =STNK -> Samsat = -> Kelurahan}

Urutkan {> =satu =dua =tiga =empat}
"""
SINGLE, MULTIPLE, TRUTH, SHORT, NUMBER, MATCHING, ORDERING = parse_gift(GIFT)
ALL = (SINGLE, MULTIPLE, TRUTH, SHORT, NUMBER, MATCHING, ORDERING)


@pytest.mark.parametrize(
    ("question", "answer", "fraction"),
    [
        (SINGLE, "0", 1),
        (SINGLE, "1", Fraction(1, 2)),
        (SINGLE, "2", 0),
        (SINGLE, "0,1", 0),
        (SINGLE, "9", 0),
        (SINGLE, "-1", 0),
        (MULTIPLE, "0,1", 1),
        (MULTIPLE, "1,0", 1),
        (MULTIPLE, "0", Fraction(1, 2)),
        (MULTIPLE, "0,0", Fraction(1, 2)),
        (MULTIPLE, "0,1,2", Fraction(1, 2)),
        (MULTIPLE, "2", 0),
        (MULTIPLE, "0,1,3", 1),
        (TRUTH, "0", 1),
        (TRUTH, "1", 0),
        (TRUTH, "salah", 0),
        (SHORT, "ktp", 1),
        (SHORT, "  Kartu   Tanda Penduduk ", Fraction(3, 4)),
        (SHORT, "Surat keterangan desa", 1),
        (SHORT, "surat desa", 1),
        (SHORT, "SIM", 0),
        (NUMBER, "81,11", 1),
        (NUMBER, "81.11", 1),
        (NUMBER, "+81,12", 1),
        (NUMBER, "81,13", Fraction(1, 2)),
        (NUMBER, "82", Fraction(1, 2)),
        (NUMBER, "90", 0),
        (NUMBER, "delapan", 0),
        (MATCHING, "0,1,2", 1),
        (MATCHING, "0,2,1", Fraction(1, 3)),
        (MATCHING, "0,,3", Fraction(1, 3)),
        (MATCHING, "0,1", 0),
        (ORDERING, "0,1,2,3", 1),
        (ORDERING, "1,2,3,0", Fraction(2, 3)),
        (ORDERING, "3,2,1,0", 0),
        (ORDERING, "0,1,1,3", 0),
        (ORDERING, "0,1,2", 0),
    ],
)
def test_an_answer_earns_what_its_author_said(question, answer, fraction):
    mark = grade(question, answer)
    assert mark.fraction == fraction
    assert mark.correct is (fraction == 1)


def test_remarks_are_for_what_was_chosen_and_the_general_one_comes_last():
    assert grade(SINGLE, "1").feedback == ("Hampir.", "Umum.")
    assert grade(SINGLE, "").feedback == ("Umum.",)
    assert grade(MULTIPLE, "0,2").feedback == ("Ya.", "Jangan.")
    assert grade(TRUTH, "1").feedback == ("Baca lagi.",)
    assert grade(TRUTH, "0").feedback == ("Ya, itu salah.",)
    assert grade(NUMBER, "7").feedback == ("Hitung lagi.",)
    assert grade(NUMBER, "81,5").feedback == ("Dekat.",)


@pytest.mark.parametrize("question", ALL, ids=lambda q: type(q).__name__)
def test_the_right_answer_of_every_kind_is_right_and_no_answer_is_not(question):
    right = right_answer(question)
    assert grade(question, right).correct
    assert is_answered(question, right)
    assert not grade(question, "").correct
    assert not is_answered(question, "")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        (" 1 234,5 ", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1.234", "1.234"),
        ("−3", "-3"),
        ("007", "007"),
        (",5", ".5"),
        ("5,", "5"),
    ],
)
def test_numbers_are_read_as_people_here_write_them(typed, meant):
    assert number_text(typed) == meant


@pytest.mark.parametrize("typed", ["", "a", "1,2,3", "1,234.5", "1.23,4", "12e3", "--1", "1" * 60, "١٢"])
def test_what_is_no_number_is_none(typed):
    assert number_text(typed) is None


def test_a_point_before_three_digits_is_read_both_ways():
    assert [str(n) for n in number_readings("1.234")] == ["1.234", "1234"]


def test_stars_stand_for_letters_and_a_long_answer_costs_no_time():
    assert same_words("*tanda*tangan*", "Bubuhkan tanda-tangan basah")
    assert not same_words("*tanda*tangan", "tangan tanda")
    assert same_words(r"5 \* 3", "5 * 3")
    assert not same_words(r"5 \* 3", "5 kali 3")
    assert not same_words("a*a", "a")
    assert not same_words("*a" * 40, "a" * 39)
    assert not same_words("*a" * 500 + "b", "a" * 2_000)
    assert not same_words("*", "")
    assert same_words("jum’at", "Jum'at")


ANSWERS = st.one_of(
    st.text(max_size=40),
    st.lists(st.integers(-2, 8), max_size=6).map(lambda places: ",".join(map(str, places))),
    st.decimals(allow_nan=True, allow_infinity=True).map(str),
    st.sampled_from(["0", "1", "0,1,2,3", ",,,", "1" * 5000]),
)


@given(question=st.sampled_from(ALL), answer=ANSWERS)
@settings(max_examples=800, deadline=None)
def test_no_answer_earns_less_than_nothing_or_more_than_all(question, answer):
    mark = grade(question, answer)
    assert 0 <= mark.fraction <= 1
    assert mark.correct is (mark.fraction == 1)
    assert grade(question, answer) == mark


def test_what_cannot_be_marked_is_not_among_the_questions():
    assert not any(isinstance(question, Essay | Description) for question in ALL)
