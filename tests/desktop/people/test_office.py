"""Whose office this PC is: the first file decides, later ones must be its successors."""

from datetime import UTC, datetime

import pytest

from desktop.people.office import adopt_office, fingerprint, inspect_office, servers
from desktop.store.trust import centres
from sync.journal.keys import SigningKey
from sync.packs.trust import CentreKey
from sync.packs.trust_making import TrustDraft, sign_trust
from sync.refusal import Code, Refusal
from tests.builders.office import new_office
from tests.builders.packs import Authority


def refusal(store, raw):
    with pytest.raises(Refusal) as caught:
        inspect_office(store, raw)
    with pytest.raises(Refusal):
        adopt_office(store, raw)
    return caught.value.code


def test_a_new_pc_shows_what_it_would_believe_before_it_does(store, office, tmp_path):
    file = tmp_path / "abenaho.suluh-kantor"
    file.write_bytes(office.raw)
    offer = inspect_office(store, file)
    assert (offer.name, offer.zone, offer.coordinator, offer.first) == (
        "Distrik Abenaho",
        "Asia/Jayapura",
        "Markus",
        True,
    )
    assert store.office() is None
    adopted = adopt_office(store, offer.raw)
    assert fingerprint(adopted) == offer.fingerprint
    assert len(offer.fingerprint.replace(" ", "")) == 20
    assert store.now() >= adopted.header.issued


def test_a_newer_file_of_the_same_centre_is_taken_and_an_older_one_is_not(store, office):
    adopt_office(store, office.issue(5)[0])
    assert not inspect_office(store, office.issue(6)[0]).first
    adopt_office(store, office.issue(6)[0])
    assert refusal(store, office.issue(5)[0]) is Code.STALE
    assert store.office().header.version == 6
    assert adopt_office(store, office.issue(6, name="Nama lain")[0]).header.name == "Distrik Abenaho"


def test_a_file_of_another_centre_or_office_is_refused(store, office):
    adopt_office(store, office.raw)
    assert refusal(store, new_office().issue(9)[0]) is Code.SIGNATURE
    assert refusal(store, office.issue(9, office=b"\x0e" * 16)[0]) is Code.OFFICE


def list_of(authority, *keys, version=1):
    named = tuple(CentreKey(f"pusat-{n}", "Pusat", key.public, issuer=True) for n, key in enumerate(keys))
    return sign_trust(
        TrustDraft(version, datetime(2030, 1, 1, tzinfo=UTC), (), centres=named), authority.keeper
    )


def rotated(office):
    """The same office under a new centre key."""
    fresh = new_office()
    fresh.centre, fresh.people, fresh.letter = SigningKey.generate(), office.people, office.letter
    return fresh


def test_a_new_centre_key_is_believed_once_the_trust_list_names_it(store, office):
    authority, later = Authority(), rotated(office)
    first = office.issue(2, root=authority.root(), trust=list_of(authority, office.centre))[0]
    adopt_office(store, first)
    unnamed = later.issue(3, root=authority.root(), trust=list_of(authority, office.centre, version=2))[0]
    assert refusal(store, unnamed) is Code.SIGNATURE
    both = list_of(authority, office.centre, later.centre, version=3)
    adopted = adopt_office(store, later.issue(4, root=authority.root(), trust=both)[0])
    assert adopted.header.centre == later.centre.public
    assert centres(store, adopted) == {office.centre.public, later.centre.public}


def test_an_earlier_centre_key_counts_no_more_once_the_list_drops_it(store, office):
    authority, later = Authority(), rotated(office)
    adopt_office(store, office.issue(2, root=authority.root(), trust=list_of(authority, office.centre))[0])
    only = list_of(authority, later.centre, version=2)
    adopted = adopt_office(store, later.issue(3, root=authority.root(), trust=only)[0])
    assert centres(store, adopted) == {later.centre.public}


def test_a_forger_with_a_root_of_their_own_is_refused_even_where_none_is_pinned(store, office):
    forger, key = Authority(), rotated(office)
    adopt_office(store, office.raw)
    forged = key.issue(9, root=forger.root(), trust=list_of(forger, key.centre))[0]
    assert refusal(store, forged) is Code.SIGNATURE


def test_where_a_pack_has_pinned_a_root_a_first_office_file_must_follow_from_it(store, office):
    authority, forger = Authority(), Authority()
    store.put_blob("trust_root", authority.root())
    store.put_blob("trust_list", list_of(authority, office.centre))
    foreign = rotated(office)
    assert refusal(store, foreign.issue(9, root=forger.root(), trust=list_of(forger, foreign.centre))[0])
    assert refusal(store, foreign.issue(9)[0]) is Code.SIGNATURE
    assert store.office() is None
    named = list_of(authority, office.centre, version=2)
    assert adopt_office(store, office.issue(2, root=authority.root(), trust=named)[0])


def test_an_address_set_by_hand_comes_before_those_of_the_file(store, office):
    assert servers(store) == ()
    adopt_office(store, office.raw)
    assert servers(store) == ("http://127.0.0.1:9",)
    store.put_setting("server", " http://10.0.0.1:8750 ")
    assert servers(store) == ("http://10.0.0.1:8750", "http://127.0.0.1:9")


def test_a_file_that_is_far_too_large_is_not_even_read(store, tmp_path, monkeypatch):
    monkeypatch.setattr("desktop.people.office.SIZE_LIMIT", 10)
    (tmp_path / "big").write_bytes(b"x" * 11)
    with pytest.raises(Refusal) as caught:
        inspect_office(store, tmp_path / "big")
    assert caught.value.code is Code.TOO_LARGE
