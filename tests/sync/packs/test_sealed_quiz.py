"""What is right is not to be read in a pack, and comes back whole when the keys are opened."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.packs.gift import parse_gift
from sync.packs.question_forms import mixed
from sync.packs.questions import Matching, Multiple, Ordering, Single
from sync.packs.sealed_quiz import read_questions, seal_quiz
from sync.refusal import Code, Refusal

GIFT = """
$CATEGORY: umum

::Satu:: Kunci layar sebelum pergi. {T#KeliruSekali#TepatSekali####CatatanUmum}

::Dua:: Berkas KTP disimpan di {=lemari#PujianLemari ~meja loket ~grup percakapan ~map terbuka}.

::Tiga:: Pilih yang wajib. {~%50%waktu ~%50%biaya ~%-100%foto}

$CATEGORY: khusus

::Empat:: Urutkan. {> =Terima =Catat =Simpan =Musnahkan =Laporkan}

::Lima:: Pasangkan. {=Ombudsman -> laporan =Inspektorat -> pengawasan =Bupati -> pembina = -> penonton}

::Enam:: Ibu kota? {=Manokwari =%50%manokwari kota}

::Tujuh:: Satu JP berapa menit? {#=45:0.5 =%50%40..50}
"""
WORDS = ("KeliruSekali", "TepatSekali", "CatatanUmum", "PujianLemari", "Manokwari", "manokwari", "%50%")


def opened(gift=GIFT, *, keys=True):
    return [one.question for one in read_questions(seal_quiz(gift).decode(), keys=keys)]


def meaning(question):
    """What a question says, whatever places its parts have."""
    match question:
        case Single() | Multiple():
            return sorted((o.text, o.weight, o.feedback) for o in question.options)
        case Ordering():
            return [question.items[place] for place in question.right]
        case Matching():
            return sorted(question.rights), [question.rights[place] for place in question.key]
        case _:
            return question


def test_with_the_keys_every_question_means_what_its_author_wrote():
    for made, written in zip(opened(), parse_gift(GIFT), strict=True):
        assert type(made) is type(written)
        assert (made.text, made.name, made.feedback, made.format) == (
            written.text,
            written.name,
            written.feedback,
            written.format,
        )
        assert meaning(made) == meaning(written)


def test_no_word_of_a_key_is_to_be_read_in_the_object():
    sealed = seal_quiz(GIFT).decode()
    assert "Berkas KTP disimpan di" in sealed
    for word in WORDS:
        assert word in GIFT
        assert word not in sealed


def test_planted_fault_an_open_form_would_be_found():
    assert any(word in GIFT for word in WORDS)
    assert any(word in json.dumps([str(one) for one in opened()]) for word in WORDS)


def test_without_the_keys_nothing_is_right():
    truth, single, multiple, ordering, matching, short, number = opened(keys=False)
    assert not any(option.weight or option.feedback for option in (*single.options, *multiple.options))
    assert (ordering.key, matching.key, short.accepted, number.spans) == ((), (), (), ())
    assert (truth.when_right, truth.when_wrong, truth.feedback) == ("", "", "")


def test_what_is_mixed_tells_nothing_by_its_place():
    """Authors write what is right first; in packs of many questions it must not stay there."""
    gift = "\n\n".join(f"Soal {n} {{=benar ~salah ~keliru ~bukan}}" for n in range(200))
    places = [[o.weight for o in question.options].index(1) for question in opened(gift)]
    assert all(places.count(place) > 20 for place in range(4))
    items = "\n\n".join(f"Urut {n} {{> =a =b =c =d}}" for n in range(100))
    assert sum(question.right == (0, 1, 2, 3) for question in opened(items)) < 20


def test_the_same_text_gives_the_same_bytes_and_keeps_its_banks():
    assert seal_quiz(GIFT) == seal_quiz(GIFT)
    banks = [one.bank for one in read_questions(seal_quiz(GIFT).decode(), keys=False)]
    assert banks == ["umum"] * 3 + ["khusus"] * 4


def test_a_key_is_of_one_question_and_of_no_other():
    document = json.loads(seal_quiz(GIFT))
    one, other = document["questions"][1], document["questions"][2]
    one["key"], other["key"] = other["key"], one["key"]
    with pytest.raises(Refusal) as told:
        read_questions(json.dumps(document), keys=True)
    assert told.value.code is Code.MALFORMED


@given(st.integers(0, 60), st.binary(max_size=40))
def test_mixing_loses_and_doubles_nothing(count, seed):
    assert sorted(mixed(count, seed)) == list(range(count))


@given(
    st.dictionaries(
        st.sampled_from(["form", "salt", "questions", "bank"]),
        st.one_of(
            st.text(max_size=9), st.integers(), st.lists(st.dictionaries(st.text(max_size=4), st.text()))
        ),
    ),
    st.booleans(),
)
def test_anything_else_is_refused(document, keys):
    with pytest.raises(Refusal):
        read_questions(json.dumps({**document, "form": document.get("form", "suluh-soal-1")}), keys=keys)
