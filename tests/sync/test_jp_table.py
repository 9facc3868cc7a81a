"""The conversion table is data: what a form is worth is read from it, and whoever bends it is found out."""

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.journal.keys import SigningKey
from sync.jp_table import MOST, UNITS, parse_jp_table, read_jp_table, shipped_table, sign_jp_table
from sync.refusal import Code, Refusal

CENTRE = SigningKey.generate()
SHIPPED = files("resources").joinpath("jp", "table-0.toml").read_bytes()


def refused(data):
    with pytest.raises(Refusal) as refusal:
        parse_jp_table(data)
    return refusal.value.code


@pytest.mark.parametrize(
    ("form", "units", "programme", "abroad", "worth"),
    [
        ("seminar", 2, 0, False, 800),
        ("seminar", 2, 0, True, 1200),
        ("lokakarya", 3, 0, False, 1500),
        ("bimbingan", 4, 0, False, 800),
        ("benchmarking", 9, 0, False, 1000),
        ("magang", 1, 0, False, 2000),
        ("pelatihan", 9, 3000, False, 3000),
        ("pelatihan", 9, 3000, True, 3600),
        ("kepemimpinan", 1, 3000, True, 3000),
    ],
)
def test_the_table_in_the_app_is_that_of_the_regulation(form, units, programme, abroad, worth):
    assert shipped_table().form(form).worth(units, programme, abroad=abroad) == worth


def test_targets_are_by_status_and_marked_where_nobody_has_confirmed_them():
    table = shipped_table()
    assert [(one.status, one.jp, one.unconfirmed) for one in table.targets] == [
        ("pns", 2000, True),
        ("pppk", 2400, True),
    ]
    assert table.target("honorer") == table.target("pns")
    assert (table.version, table.form("tidak-ada")) == (0, None)


def test_a_signed_table_is_read_and_a_bent_one_is_not():
    signed = sign_jp_table(SHIPPED.replace(b"national = 4", b"national = 3"), CENTRE)
    assert read_jp_table(signed, CENTRE.public).form("seminar").worth(1) == 300
    for data, key in ((signed[:-2] + b"#\n", CENTRE.public), (signed, SigningKey.generate().public)):
        with pytest.raises(Refusal) as refusal:
            read_jp_table(data, key)
        assert refusal.value.code is Code.SIGNATURE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"version = 0", b"version = -1"),
        (b"version = 0", b"version = true"),
        (b"national = 4", b"national = 0"),
        (b"national = 4", b"national = -4"),
        (b"national = 4", b"national = 4.001"),
        (b"national = 4", b"national = 99999999"),
        (b"national = 4", b"national = nan"),
        (b'id = "seminar"', b'id = "lokakarya"'),
        (b'unit = "day"', b'unit = "week"'),
        (b"dated = 2026-11-24", b'dated = "kemarin"'),
        (b"[[target]]", b"[[targets]]"),
        (b"abroad_percent = 120", b"abroad_percent = 0"),
    ],
)
def test_a_table_with_a_slip_is_refused_whole(old, new):
    assert old in SHIPPED
    assert refused(SHIPPED.replace(old, new)) is Code.MALFORMED


@given(st.binary(max_size=300))
def test_whatever_the_bytes_reading_ends_in_a_refusal(data):
    with pytest.raises(Refusal):
        parse_jp_table(data)


def test_a_table_too_large_to_be_one_is_not_looked_at():
    assert refused(b"#" * 70_000) is Code.TOO_LARGE


@given(st.integers(), st.integers(), st.booleans())
def test_nobody_claims_less_than_nothing_or_more_than_all(units, programme, abroad):
    for form in shipped_table().forms:
        worth = form.worth(units, programme, abroad=abroad)
        assert 0 <= worth <= MOST
        assert worth == form.worth(min(units, UNITS), programme, abroad=abroad)


PEERS = b'peers = { for = "learner", minutes = 45, jp_a_year = 6 }'


def test_only_what_a_table_says_may_be_confirmed_by_two_colleagues():
    found = shipped_table().peers
    assert sorted(found) == ["coaching", "mentoring"]
    assert (found["coaching"].worth, found["coaching"].minutes, found["coaching"].cap) == (200, 45, 600)
    assert not found["coaching"].both
    assert parse_jp_table(SHIPPED.replace(b'for = "learner"', b'for = "both"')).peers["mentoring"].both
    older = SHIPPED.replace(PEERS, b"")
    assert parse_jp_table(older).peers == {}, "an older table is read, and allows nothing"


@pytest.mark.parametrize(
    "rule",
    [
        b"peers = true",
        b'peers = { for = "anybody", minutes = 45, jp_a_year = 6 }',
        b'peers = { for = "learner", minutes = 0, jp_a_year = 6 }',
        b'peers = { for = "learner", minutes = 9999, jp_a_year = 6 }',
        b'peers = { for = "learner", minutes = 45 }',
        b'peers = { for = "learner", minutes = 45, jp_a_year = 0 }',
    ],
)
def test_a_rule_for_peers_with_a_slip_is_refused(rule):
    assert refused(SHIPPED.replace(PEERS, rule)) is Code.MALFORMED


def test_only_a_form_counted_by_times_has_such_a_rule():
    seminar = SHIPPED.replace(b'unit = "day"', b'unit = "day"\n' + PEERS, 1)
    assert refused(seminar) is Code.MALFORMED
