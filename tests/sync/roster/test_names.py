"""The same person's name in two lists: capitals and titles are how it is written, not who it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.roster import names
from sync.roster.names import bare, natural, settled

WORDS = st.lists(
    st.text("abcdefghijklmnoprstuwy", min_size=2, max_size=9).map(str.capitalize), min_size=1, max_size=4
)
TITLES = st.sampled_from(["", "S.Sos.", "S.E., M.Si.", "A.Md.Kep"])
FRONT = st.sampled_from(["", "Dr.", "Ir.", "Prof. Dr."])


def written(front, words, after):
    name = f"{front} {' '.join(words)}".strip()
    return f"{name}, {after}" if after else name


@pytest.mark.parametrize(
    ("known", "read", "kept"),
    [
        ("Yohana Wenda, S.Sos.", "YOHANA WENDA, S.SOS", "Yohana Wenda, S.Sos."),
        ("Yohana Wenda, S.Sos.", "YOHANA  WENDA", "Yohana Wenda, S.Sos."),
        ("Dina Kambuaya", "DINA KAMBUAYA, S.IP", "Dina Kambuaya, S.IP"),
        ("Markus Itlay, S.E., M.Si.", "Dr. MARKUS ITLAY, S.E., M.Si.", "Dr. Markus Itlay, S.E., M.Si."),
        ("Dina Kambuaya", "DINA KAMBU", "DINA KAMBU"),
        ("I Made Oka", "I MADE OKA", "I Made Oka"),
    ],
)
def test_what_is_kept_of_a_name_that_is_read_again(known, read, kept):
    assert settled(known, read) == kept


def test_a_new_name_in_capitals_is_written_as_names_are():
    assert natural("LUKAS IMBIRI, S.KOM") == "Lukas Imbiri, S.KOM"
    assert natural("Lukas van der Imbiri") == "Lukas van der Imbiri"


@given(FRONT, WORDS, TITLES)
def test_capitals_never_rename_anybody(front, words, after):
    name = written(front, words, after)
    assert settled(name, name.upper()) == name
    assert bare(natural(name.upper())) == bare(name)
    assert natural(natural(name.upper())) == natural(name.upper())


@given(WORDS, FRONT, TITLES, FRONT, TITLES)
def test_titles_alone_are_another_writing_of_the_same_name(words, front, after, other, later):
    assert bare(written(front, words, after)) == bare(written(other, words, later))


def test_planted_fault_a_desk_to_which_capitals_are_a_new_name_is_seen(monkeypatch):
    monkeypatch.setattr(names, "bare", lambda name: name)
    with pytest.raises(AssertionError):
        test_what_is_kept_of_a_name_that_is_read_again(
            "Yohana Wenda, S.Sos.", "YOHANA WENDA, S.SOS", "Yohana Wenda, S.Sos."
        )
