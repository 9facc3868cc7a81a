"""The ten rules of a NIP, on the vectors of the domain page."""

from datetime import date

import pytest

from desktop.people.nip import NipFault, NipKind, NipWarning, check_nip, clean_nip, short_form, spaced

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("19860926 201505 1 001", NipKind.PNS),
        ("198609262015051001", NipKind.PNS),
        ("19860926.201505.1-001", NipKind.PNS),
        ("19870515 2022 21 2 007", NipKind.PPPK),
        ("19910217 2025 24 2 009", NipKind.PPPK_PARUH_WAKTU),
    ],
)
def test_a_real_nip_is_accepted_however_it_is_spaced(typed, kind):
    check = check_nip(typed, today=TODAY)
    assert (check.accepted, check.kind, check.warnings) == (True, kind, ())


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("19900230 201505 1 001", NipFault.BIRTHDATE),
        ("19860926 201513 1 001", NipFault.TMT),
        ("19860926 201500 1 001", NipFault.TMT),
        ("19860926 201520 1 001", NipFault.TMT),
        ("19860926 201505 3 001", NipFault.SEX),
        ("19860926 201505 1 000", NipFault.SERIAL),
        ("20100101 202501 1 001", NipFault.AGE_LOW),
        ("1986092620150510O1", NipFault.FORMAT),
        ("130131110", NipFault.FORMAT),
        ("١٩٨٦٠٩٢٦٢٠١٥٠٥١٠٠١", NipFault.FORMAT),
        ("1986092620150510²1", NipFault.FORMAT),
        ("", NipFault.FORMAT),
    ],
)
def test_a_typing_error_is_named(typed, fault):
    assert check_nip(typed, today=TODAY).faults == (fault,)


def test_an_unusual_age_is_told_and_let_through():
    check = check_nip("19600101 201001 2 003", today=TODAY)
    assert (check.accepted, check.kind, check.warnings) == (True, NipKind.PNS, (NipWarning.AGE_HIGH,))


def test_an_appointment_after_the_trusted_date_is_told_and_let_through():
    check = check_nip("19860926 201505 1 001", today=date(2010, 1, 1))
    assert (check.accepted, check.warnings) == (True, (NipWarning.TMT_LATER,))


def test_a_contract_year_counts_as_begun_at_its_friendliest_day():
    assert check_nip("20051231 2025 21 1 001", today=TODAY).accepted
    assert check_nip("20060101 2025 21 1 001", today=TODAY).faults == (NipFault.AGE_LOW,)


def test_the_signed_roster_wins_over_the_rules():
    for odd in ("20100101 202501 1 001", "19900230 201505 1 001", "19860926 201505 1 000"):
        assert check_nip(odd, today=TODAY, in_roster=True).accepted


def test_who_is_not_in_the_roster_may_begin_and_waits():
    check = check_nip("19860926 201505 1 001", today=TODAY, in_roster=False)
    assert (check.accepted, check.warnings) == (True, (NipWarning.NOT_IN_ROSTER,))


def test_the_birth_date_typed_again_must_be_the_one_in_the_number():
    right = check_nip("19860926 201505 1 001", today=TODAY, in_roster=True, birth=date(1986, 9, 26))
    wrong = check_nip("19860926 201505 1 001", today=TODAY, in_roster=True, birth=date(1986, 9, 27))
    assert (right.faults, wrong.faults) == ((), (NipFault.MISMATCH,))


def test_year_zero_does_not_crash():
    assert NipFault.BIRTHDATE in check_nip("000000000000000000", today=TODAY).faults
    assert check_nip("198609260000211001", today=TODAY).kind is NipKind.PPPK


def test_a_nip_is_shown_in_groups_or_by_its_tail():
    nip = clean_nip("198609262015051001")
    assert (spaced(nip), short_form(nip)) == ("19860926 201505 1 001", "… 1 001")
