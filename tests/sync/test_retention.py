"""The retention schedule is data: how long is read from it, and whoever bends or empties it is found out."""

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.journal.keys import SigningKey
from sync.refusal import Code, Refusal
from sync.retention import DAY, Place, Term, parse_schedule, read_schedule, shipped_schedule, sign_schedule

CENTRE = SigningKey.generate()
SHIPPED = files("resources").joinpath("retention", "schedule-0.toml").read_bytes()


def refused(data):
    with pytest.raises(Refusal) as refusal:
        parse_schedule(data)
    return refusal.value.code


def test_every_kind_that_a_program_deletes_has_a_term_and_every_row_says_what_stays():
    schedule = shipped_schedule()
    assert (schedule.version, schedule.notice) == (0, 30 * DAY)
    assert all(schedule.seconds(term) for term in Term)
    assert {one.place for one in schedule.kinds} == set(Place)
    for one in schedule.kinds:
        assert all(one.stays)
        assert all(one.since) is (one.days is not None)
        assert one.unconfirmed or one.days is None, "no text has been seen for any length"


def test_what_has_no_term_never_ends():
    without = SHIPPED.replace(b"days = 365\n", b"")
    assert parse_schedule(without).seconds(Term.PROFILE) is None
    assert parse_schedule(SHIPPED.replace(b'id = "profile"', b'id = "lain"')).seconds(Term.PROFILE) is None


def test_a_signed_schedule_is_read_and_a_bent_one_is_not():
    signed = sign_schedule(SHIPPED.replace(b"days = 365", b"days = 730"), CENTRE)
    assert read_schedule(signed, CENTRE.public).seconds(Term.PROFILE) == 730 * DAY
    bent = signed.replace(b"days = 730", b"days = 031")
    for data, key in ((bent, CENTRE.public), (signed, SigningKey.generate().public)):
        with pytest.raises(Refusal) as refusal:
            read_schedule(data, key)
        assert refusal.value.code is Code.SIGNATURE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"version = 0", b"version = -1"),
        (b"days = 365", b"days = 0"),
        (b"days = 365", b"days = 29"),
        (b"days = 365", b"days = -365"),
        (b"days = 365", b"days = 1e9"),
        (b"days = 365", b"days = true"),
        (b"notice_days = 30", b"notice_days = 0"),
        (b'id = "aside"', b'id = "profile"'),
        (b'place = "stick"', b'place = "moon"'),
        (b"stays =", b"gone ="),
        (b"[[kind]]", b"[[row]]"),
    ],
)
def test_a_slip_of_the_pen_never_empties_a_pc(old, new):
    """The planted fault: a term of a day, and people would lose what they had yesterday."""
    assert old in SHIPPED
    assert refused(SHIPPED.replace(old, new)) is Code.MALFORMED


def test_a_schedule_as_large_as_a_book_is_not_read():
    assert refused(b"#" * 100_000) is Code.TOO_LARGE


@given(st.integers(0, len(SHIPPED) - 1), st.binary(max_size=8), st.integers(0, 40))
def test_whatever_is_written_into_it_it_is_read_or_refused(at, more, gone):
    try:
        schedule = parse_schedule(SHIPPED[:at] + more + SHIPPED[at + gone :])
    except Refusal:
        return
    assert all(one.days is None or one.days >= 30 for one in schedule.kinds)
