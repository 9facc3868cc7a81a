"""A role with a last day: what was said in it by then counts for ever, what is dated later counts nowhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.journal import ending
from sync.journal.authority import Roots, Verdict, authority
from sync.journal.ending import ENDED, OPEN_END, WHOLE, last_second
from sync.journal.statement import Fact, LogHeader, Statement

CENTRE, TRAINER, GUEST = b"c" * 32, b"t" * 32, b"g" * 32
WHO = {TRAINER: (b"T" * 16, "trainer"), GUEST: (b"G" * 16, "guest")}
ROOTS = Roots(frozenset({CENTRE}))
LAST = 1_000_000


def fact(signer, number, kind, wall, **fields):
    profile = WHO[signer][0] if signer in WHO else b"z" * 16
    header = LogHeader(number, profile, b"p" * 16, 0, 0, wall, 0, b"b" * 16)
    return Fact(header, Statement(number, 1, kind, 0, fields), signer)


def vouched(signer, number):
    person, role = WHO[signer]
    fields = {"profile": person, "signing": signer, "letter": b"l" * 32, "person": person, "role": role}
    return fact(CENTRE, number, "profile.vouched", 1, **fields)


def ended(signer, role, after, counter, number=90):
    person = WHO[signer][0]
    return fact(CENTRE, number, ENDED, 1, person=person, role=role, after=after, counter=counter)


def said(signer, wall, number=50, kind="page.read"):
    return fact(signer, number, kind, wall, activity="a/b/c", page=1, seconds=9, version="1")


def word_of_the_role(wall, number=51):
    """What only a trainer may state."""
    return fact(TRAINER, number, "assignment.marked", wall, person=b"L" * 16, sealed=b"s")


def verdict(facts, one):
    return authority([*facts, one], ROOTS).verdict(one)


BOTH = (vouched(TRAINER, 1), vouched(GUEST, 2))


def test_a_guest_whose_stay_is_over_states_nothing_more_and_what_they_did_stays():
    facts = (*BOTH, ended(GUEST, WHOLE, LAST, 1))
    assert verdict(facts, said(GUEST, LAST)) is Verdict.COUNTS
    assert verdict(facts, said(GUEST, LAST + 1)) is Verdict.ENDED
    assert verdict(facts, said(TRAINER, LAST + 1)) is Verdict.COUNTS, "another's end is nobody else's"


def test_a_trainer_with_a_nip_goes_on_learning_after_the_last_day():
    facts = (*BOTH, ended(TRAINER, "trainer", LAST, 1))
    assert verdict(facts, said(TRAINER, LAST + 1)) is Verdict.COUNTS


def test_what_a_trainer_says_as_one_ends_with_the_last_day():
    facts = (*BOTH, ended(TRAINER, "trainer", LAST, 1))
    assert verdict(facts, word_of_the_role(LAST)) is Verdict.COUNTS
    assert verdict(facts, word_of_the_role(LAST + 1)) is Verdict.ENDED
    assert (
        verdict((*facts, ended(TRAINER, "mentor", LAST - 9, 1, 91)), word_of_the_role(LAST)) is Verdict.COUNTS
    )


def test_only_the_centre_ends_a_role():
    forged = ended(GUEST, WHOLE, LAST, 1)
    forged = Fact(forged.header, forged.statement, TRAINER)
    assert verdict((*BOTH, forged), said(GUEST, LAST + 1)) is Verdict.COUNTS


@given(
    st.lists(st.tuples(st.integers(1, 4), st.integers(0, 2 * LAST)), max_size=5),
    st.randoms(),
    st.integers(0, 2 * LAST),
)
def test_the_last_word_holds_in_any_order_and_any_number_of_times(words, chance, wall):
    """Prolonged, shortened, taken back: every PC says the same, whatever came first."""
    ends_said = [ended(GUEST, WHOLE, after, counter, 90 + at) for at, (counter, after) in enumerate(words)]
    facts = [*BOTH, *ends_said, *ends_said[:2]]
    chance.shuffle(facts)
    last = max(
        ((counter, 90 + at, after) for at, (counter, after) in enumerate(words)), default=(0, 0, OPEN_END)
    )
    wanted = Verdict.ENDED if wall > last[2] else Verdict.COUNTS
    assert verdict(facts, said(GUEST, wall)) is wanted


def test_a_day_ends_at_midnight_where_the_office_is():
    assert (
        last_second("2026-11-30", "Asia/Jayapura") + 1 == last_second("2026-11-30", "Asia/Jakarta") + 1 - 7200
    )
    assert last_second("", "Asia/Jakarta") == OPEN_END


def test_planted_fault_an_end_that_nobody_asks_about_is_seen(monkeypatch):
    monkeypatch.setattr(ending.Ends, "over", lambda *_: False)
    with pytest.raises(AssertionError):
        test_a_guest_whose_stay_is_over_states_nothing_more_and_what_they_did_stays()
