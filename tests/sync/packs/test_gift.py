"""Questions as authors write them, and what an author who slips is told."""

import contextlib
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.packs.gift import parse_gift
from sync.packs.questions import (
    Description,
    Essay,
    Matching,
    Multiple,
    Ordering,
    ShortText,
    Single,
    TrueFalse,
)
from sync.refusal import Code, Refusal


def one(text):
    (question,) = parse_gift(text)
    return question


def test_an_ordering_lists_its_items_in_the_right_order():
    question = one(
        "::Alur:: Urutkan aduan {>\n = Terima \n = Catat # 1 \n = Jawab \n #### Catat dulu. }".replace(
            " # 1", ""
        )
    )
    assert question == Ordering("Urutkan aduan", ("Terima", "Catat", "Jawab"), "Alur", "Catat dulu.")


def test_three_thirds_make_a_whole():
    question = one("Pilih {~%33.33333%a ~%33.33333%b ~%33.33333%c ~%-50%d}")
    assert isinstance(question, Multiple)
    assert sum(o.weight for o in question.options if o.weight > 0) == 1
    assert question.options[3].weight == Fraction(-1, 2)


def test_a_decimal_comma_is_a_decimal_sign():
    assert one("Nilai IKM? {#81,11:0,005}").spans[0].low == Decimal("81.105")


def test_an_answer_for_all_other_numbers_carries_a_remark():
    question = one("Berapa hari? {#=14:0#Tepat. ~#Lihat Pasal 44.}")
    assert question.spans[1].low == Decimal("-Infinity")
    assert (question.spans[1].weight, question.spans[1].feedback) == (0, "Lihat Pasal 44.")


def test_a_pair_without_a_left_side_is_a_distractor():
    question = one("Pasangkan {=KTP -> Dukcapil =SKCK -> Polsek = -> Samsat}")
    assert question == Matching("Pasangkan", ("KTP", "SKCK"), ("Dukcapil", "Polsek", "Samsat"), (0, 1))


def test_two_pairs_may_share_a_right_side():
    assert one("Pasangkan {=a -> x =b -> x =c -> y}").key == (0, 0, 1)


def test_the_first_remark_of_true_or_false_is_for_who_got_it_wrong():
    question = one("Benar? {F#Salah sekali. #Tepat.}")
    assert question == TrueFalse("Benar?", truth=False, when_wrong="Salah sekali.", when_right="Tepat.")


def test_escaped_signs_are_letters():
    question = one(r"Tanda \{kurung\} dan 1 \= 1 {=a\=b\#c ~d\~e}")
    assert question.text == "Tanda {kurung} dan 1 = 1"
    assert [o.text for o in question.options] == ["a=b#c", "d~e"]


def test_comments_categories_and_blank_lines_in_braces_part_nothing():
    text = "$CATEGORY: layanan\n\n// catatan\nApa? {\n=ya\n\n~tidak\n// catatan di dalam\n}\n\nLagi? {T}\r\n"
    assert [type(q) for q in parse_gift(text)] == [Single, TrueFalse]


def test_bare_text_and_essays_are_read_for_what_they_are():
    assert [type(q) for q in parse_gift("Bacalah dulu.\n\nTulis pendapat Anda. {}")] == [Description, Essay]


def test_markdown_keeps_its_lines():
    assert one("[markdown]Baris satu\nbaris dua {=x}").text == "Baris satu\nbaris dua"
    assert one("Baris satu\nbaris dua {=x}").text == "Baris satu baris dua"


def test_words_around_the_blank_are_kept():
    question = one("Warga menerima {=tanda terima} sebelum pulang.")
    assert isinstance(question, ShortText)
    assert question.text == "Warga menerima _____ sebelum pulang."


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Apa? {=a", "a brace is missing"),
        ("Apa? =a}", "a brace is missing"),
        ("Apa? {=a} lalu {=b}", "a second answer block"),
        ("{=a ~b}", "no question text"),
        ("Apa? {~a ~b}", "the weights of the right options do not add up to 100 percent"),
        ("Apa? {~%25%a ~%25%b ~c}", "the weights of the right options do not add up to 100 percent"),
        ("Apa? {=%50%a ~b}", "no option earns the whole mark"),
        ("Apa? {=a ~a}", "two options that read the same"),
        ("Apa? {~a}", "a choice needs two options"),
        ("Apa? {=%50%a}", "no answer earns the whole mark"),
        ("Apa? {=a -> b}", "matching needs two pairs"),
        ("Apa? {=a -> b =a -> c}", "two pairs with the same left side"),
        ("Apa? {=a -> =b -> c}", "a pair without its right side"),
        ("Apa? {> =a =b}", "an ordering needs three items"),
        ("Apa? {> =a =b =a}", "two items that read the same"),
        ("Apa? {> =a ~b =c}", "an ordering lists its items as `= item`, nothing else"),
        ("Apa? {#=%50%3}", "no number earns the whole mark"),
        ("Apa? {#tiga}", "not a number"),
        ("Apa? {#5..1}", "a range that ends before it begins"),
        ("Apa? {#5:-1}", "a tolerance below zero"),
        ("Apa? {=%101%a =b}", "a weight outside -100 to 100 percent"),
        ("Apa? {= =b}", "an answer without text"),
        ("Apa? {a =b}", "text before the first answer"),
    ],
)
def test_an_author_who_slips_is_told_where_and_why(text, reason):
    with pytest.raises(Refusal) as told:
        parse_gift("Pertama? {T}\n\n" + text)
    assert told.value.code is Code.MALFORMED
    assert told.value.values["reason"] == reason
    assert told.value.values["line"] == 3


@given(st.text(alphabet=st.sampled_from("ab1.,%~=#{}:\\>-\n /T[]html$*é"), max_size=120))
@settings(max_examples=1500, deadline=None)
def test_no_text_makes_the_parser_fall_over(text):
    with contextlib.suppress(Refusal):
        assert all(question.text for question in parse_gift(text))


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_no_letters_of_any_script_do_either(text):
    with contextlib.suppress(Refusal):
        parse_gift("Apa? {=" + text + " ~lain}")
