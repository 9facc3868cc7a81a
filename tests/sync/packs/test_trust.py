"""Whom a PC believes: root chains, trust lists, prefixes, trainers of an agency, and keys that were withdrawn."""

from datetime import UTC, datetime

import pytest

from sync.journal.keys import SigningKey
from sync.packs.documents import dump, key_id, load_root, spell
from sync.packs.trust import Publisher, Revoked, TrustStore, Withdrawal, advance, fingerprint, read_trust
from sync.packs.trust_making import sign_delegation, sign_root
from sync.packs.verify import verify
from sync.refusal import Code, Refusal
from tests.builders.packs import Authority, make_pack, read_here


def refused(work, *codes):
    with pytest.raises(Refusal) as told:
        work()
    assert told.value.code in codes, told.value
    return told.value


def successor(old, new, signers, version=2):
    return sign_root(version, [k.public for k in new.roots], [new.keeper.public], signers)


def test_the_first_root_a_pc_meets_is_pinned_and_no_other_replaces_it():
    ours, theirs = Authority(), Authority()
    held = advance(None, [ours.root()], ours.trust_list())
    assert held == ours.store()
    refused(lambda: advance(held, [theirs.root()], theirs.trust_list()), Code.ROOT)
    assert len(fingerprint(held.root)) == 19


def test_one_root_key_of_three_is_not_enough():
    ours = Authority()
    refused(lambda: advance(None, [ours.root(signers=ours.roots[:1])]), Code.ROOT)


def test_one_key_under_two_names_does_not_count_twice():
    ours = Authority()
    document = load_root(ours.root(signers=ours.roots[:1]))
    signed = document.signed
    (name, key) = next(
        (n, k) for n, k in signed.keys.items() if bytes.fromhex(k.keyval["public"]) == ours.roots[0].public
    )
    other = "0" * 64
    signed.keys[other] = type(key)(other, key.keytype, key.scheme, key.keyval)
    signed.roles["root"].keyids.append(other)
    document.signatures.clear()
    data = dump(document, ours.roots[:1])
    refused(lambda: advance(None, [data]), Code.MALFORMED)
    assert name in signed.keys


def test_a_new_root_counts_when_enough_of_the_old_and_the_new_keys_signed_it():
    old, new = Authority(), Authority()
    held = old.store()
    both = old.roots[:2] + new.roots[:2]
    moved = advance(held, [successor(old, new, both)], new.trust_list())
    assert moved.trust_list == new.trust_list()
    refused(lambda: advance(held, [successor(old, new, new.roots)]), Code.ROOT)
    refused(lambda: advance(held, [successor(old, new, old.roots)]), Code.ROOT)
    refused(lambda: advance(held, [successor(old, new, old.roots[:1] + new.roots[:2])]), Code.ROOT)


def test_a_pc_that_was_away_for_years_follows_the_whole_chain_and_skips_no_link():
    keys = [Authority() for _ in range(4)]
    chain = [keys[0].root()]
    for number in range(1, 4):
        both = keys[number - 1].roots[:2] + keys[number].roots[:2]
        chain.append(successor(keys[number - 1], keys[number], both, version=number + 1))
    held = keys[0].store()
    assert advance(held, chain, keys[3].trust_list()).root == chain[3]
    refused(lambda: advance(held, [chain[0], chain[3]]), Code.ROOT)
    assert advance(TrustStore(chain[3]), chain[:2]).root == chain[3]


def test_a_root_change_that_drops_the_lists_key_drops_the_list():
    old, new = Authority(), Authority()
    held = old.store()
    moved = advance(held, [successor(old, new, old.roots[:2] + new.roots[:2])])
    assert moved.trust_list == b""


def test_the_newer_trust_list_wins_whatever_the_order_of_arrival():
    ours = Authority()
    first = ours.trust_list()
    ours.version = 2
    second = ours.trust_list()
    for lists in ([first, second], [second, first]):
        held = TrustStore(ours.root())
        for data in lists:
            held = advance(held, (), data)
        assert read_trust(held).version == 2


def test_two_lists_of_one_version_are_told_apart_and_refused():
    ours = Authority()
    held = ours.store()
    ours.withdrawn = ("a" * 64,)
    refused(lambda: advance(held, (), ours.trust_list()), Code.SIGNATURE)


def test_a_list_signed_by_another_key_is_refused():
    ours = Authority()
    held = TrustStore(ours.root())
    ours.keeper = SigningKey.generate()
    refused(lambda: advance(held, (), ours.trust_list()), Code.SIGNATURE)


def test_an_expired_list_tells_its_age_and_blocks_nothing(tmp_path):
    ours = Authority(expires=datetime(2026, 1, 1, tzinfo=UTC))
    pack = verify(read_here(make_pack(tmp_path, ours)), ours.store())
    assert pack.list_expires == ours.expires
    assert read_trust(ours.store()).age_in_days(datetime(2026, 3, 1, tzinfo=UTC)) == 59
    assert read_trust(ours.store()).age_in_days(datetime(2010, 1, 1, tzinfo=UTC)) == 0


def test_a_document_may_be_spelt_in_one_way_only():
    ours = Authority()
    data = ours.trust_list()
    for other in (data + b" ", data.replace(b":", b": ", 1), data.replace(b'"sig":"', b'"sig":"A', 1)):
        refused(lambda other=other: advance(TrustStore(ours.root()), (), other), Code.MALFORMED)
    with_more = spell({**__import__("json").loads(data), "hint": 1})
    refused(lambda: advance(TrustStore(ours.root()), (), with_more), Code.MALFORMED)


def test_a_value_that_the_library_would_replace_by_its_default_is_not_covered_by_the_signature():
    ours = Authority()
    data = ours.trust_list()
    replaced = data.replace(b'"spec_version":"1.0.31"', b'"spec_version":null')
    assert replaced != data
    refused(lambda: advance(TrustStore(ours.root()), (), replaced), Code.MALFORMED)


# --- publishers ------------------------------------------------------------------------------------------


def test_the_signers_name_comes_from_the_trust_list(tmp_path):
    ours = Authority()
    pack = verify(read_here(make_pack(tmp_path, ours)), ours.store())
    assert (pack.signer.id, pack.signer.title) == ("bpsdm", "BPSDM Provinsi")
    assert pack.signer.key_id == key_id(ours.publisher.public)


def test_a_stranger_who_calls_himself_by_a_trusted_name_is_refused(tmp_path):
    ours = Authority()
    forged = make_pack(tmp_path, ours, signer=SigningKey.generate())
    refused(lambda: verify(read_here(forged), ours.store()), Code.PUBLISHER)


def test_a_stranger_with_a_root_of_his_own_is_refused_where_a_root_is_pinned(tmp_path):
    ours, theirs = Authority(), Authority()
    forged = make_pack(tmp_path, theirs)
    refused(lambda: verify(read_here(forged), ours.store()), Code.ROOT)


def test_a_publisher_signs_only_below_his_own_prefix(tmp_path):
    inside, outside = Authority(prefixes=("keamanan-",)), Authority(prefixes=("kesehatan-",))
    assert verify(read_here(make_pack(tmp_path / "a", inside)), inside.store())
    refused(lambda: verify(read_here(make_pack(tmp_path / "b", outside)), outside.store()), Code.PUBLISHER)


def trainer_pack(folder, ours, trainer, prefixes=("keamanan-loket",), signer=None):
    named = Publisher("budi", "Budi, widyaiswara", (trainer.public,), prefixes)
    delegation = sign_delegation(1, [named], signer or ours.publisher)
    return make_pack(
        folder, ours, publisher="bpsdm/budi", signer=trainer, papers=ours.papers(bpsdm=delegation)
    )


def test_an_agency_lets_its_trainer_sign_offline(tmp_path):
    ours, trainer = Authority(prefixes=("keamanan-",)), SigningKey.generate()
    pack = verify(read_here(trainer_pack(tmp_path, ours, trainer)), ours.store())
    assert pack.signer.title == "BPSDM Provinsi, Budi, widyaiswara"


def test_a_trainer_cannot_reach_further_than_the_agency_or_be_named_by_a_stranger(tmp_path):
    trainer = SigningKey.generate()
    narrow = Authority(prefixes=("kesehatan-",))
    refused(
        lambda: verify(read_here(trainer_pack(tmp_path / "a", narrow, trainer)), narrow.store()),
        Code.PUBLISHER,
    )
    ours = Authority()
    other = trainer_pack(tmp_path / "b", ours, trainer, prefixes=("lain-",))
    refused(lambda: verify(read_here(other), ours.store()), Code.PUBLISHER)
    named_by_stranger = trainer_pack(tmp_path / "c", ours, trainer, signer=SigningKey.generate())
    refused(lambda: verify(read_here(named_by_stranger), ours.store()), Code.PUBLISHER)


@pytest.mark.parametrize("why", list(Withdrawal))
def test_a_withdrawn_key_signs_nothing_more_but_what_the_centre_endorsed_stays_open(tmp_path, why):
    ours = Authority()
    path = make_pack(tmp_path, ours)
    digest = verify(read_here(path), ours.store()).manifest.digest
    ours.version = 2
    ours.revoked = (Revoked(key_id(ours.publisher.public), why, "2026-11-01"),)
    told = refused(lambda: verify(read_here(path), ours.store()), Code.REVOKED)
    assert told.values["since"] == "2026-11-01"
    ours.version = 3
    ours.revoked = (Revoked(key_id(ours.publisher.public), why, "2026-11-01", frozenset({digest})),)
    assert verify(read_here(path), ours.store()).manifest.digest == digest


def test_a_withdrawn_agency_key_closes_its_trainers_too(tmp_path):
    ours, trainer = Authority(), SigningKey.generate()
    path = trainer_pack(tmp_path, ours, trainer)
    ours.version = 2
    ours.revoked = (Revoked(key_id(ours.publisher.public), Withdrawal.COMPROMISED, "2026-11-01"),)
    refused(lambda: verify(read_here(path), ours.store()), Code.REVOKED)


def test_a_pack_that_the_centre_took_back_is_refused_whoever_signed_it(tmp_path):
    ours = Authority()
    path = make_pack(tmp_path, ours)
    ours.version, ours.withdrawn = 2, (verify(read_here(path), ours.store()).manifest.digest,)
    refused(lambda: verify(read_here(path), ours.store()), Code.PUBLISHER)


def test_a_pc_whose_list_is_old_learns_of_the_withdrawal_from_the_pack_itself(tmp_path):
    ours = Authority()
    old = ours.store()
    ours.version, ours.revoked = 2, (Revoked(key_id(ours.publisher.public), Withdrawal.LOST, "2026-11-01"),)
    refused(lambda: verify(read_here(make_pack(tmp_path, ours)), old), Code.REVOKED)


def test_a_pack_without_papers_is_judged_by_what_the_pc_holds(tmp_path):
    from sync.packs.build import TrustPapers

    ours = Authority()
    path = make_pack(tmp_path, ours, papers=TrustPapers())
    assert verify(read_here(path), ours.store()).first_use is False
    refused(lambda: verify(read_here(path), None), Code.ROOT)
