"""Whom this PC believes, from its first pack on, and what happens when a key is withdrawn."""

import subprocess
import sys

import pytest

from sync.journal.keys import SigningKey
from sync.packs.build import TrustPapers
from sync.packs.documents import key_id
from sync.packs.trust import Publisher, Revoked, Withdrawal
from sync.packs.trust_making import sign_delegation
from sync.refusal import Code, Refusal
from tests.builders.packs import Authority, make_pack


def test_the_first_pack_shows_a_fingerprint_and_pins_its_root_when_installed(desk, tmp_path):
    ours, theirs = Authority(), Authority()
    seen = desk.installer.inspect(make_pack(tmp_path / "a", ours))
    assert (seen.first_use, len(seen.fingerprint)) == (True, 19)
    assert desk.belief.current() is None
    desk.installer.install(seen)
    assert desk.belief.current() == ours.store()
    with pytest.raises(Refusal) as told:
        desk.installer.inspect(make_pack(tmp_path / "b", theirs))
    assert told.value.code is Code.ROOT
    desk.restart()
    assert desk.installer.inspect(make_pack(tmp_path / "c", ours)).first_use is False


def test_a_pc_without_any_root_refuses_a_pack_without_papers(desk, tmp_path):
    with pytest.raises(Refusal) as told:
        desk.installer.inspect(make_pack(tmp_path, Authority(), papers=TrustPapers()))
    assert told.value.code is Code.ROOT


def test_an_old_list_shows_its_age_and_blocks_nothing(desk, tmp_path):
    ours = Authority()
    desk.now = int(ours.expires.timestamp()) + 40 * 86_400
    seen = desk.installer.inspect(make_pack(tmp_path, ours))
    assert seen.list_age == 40
    assert desk.installer.install(seen)


def test_a_withdrawal_that_comes_later_closes_the_course_and_an_endorsement_opens_it(desk, tmp_path):
    ours = Authority()
    path = make_pack(tmp_path, ours)
    desk.install(path)
    assert desk.shelf.courses()[0].withdrawn == ""
    ours.version, ours.revoked = (
        2,
        (Revoked(key_id(ours.publisher.public), Withdrawal.COMPROMISED, "2026-11-01"),),
    )
    desk.belief.take((ours.root(),), ours.trust_list(), desk.index)
    assert desk.shelf.courses()[0].withdrawn == "compromised 2026-11-01"
    with pytest.raises(Refusal) as told:
        desk.installer.inspect(path)
    assert (told.value.code, told.value.values["since"]) == (Code.REVOKED, "2026-11-01")
    digest = desk.shelf.courses()[0].digest
    ours.version = 3
    ours.revoked = (
        Revoked(key_id(ours.publisher.public), Withdrawal.COMPROMISED, "2026-11-01", frozenset({digest})),
    )
    desk.belief.take((), ours.trust_list(), desk.index)
    assert desk.shelf.courses()[0].withdrawn == ""
    assert desk.belief.trust().version == 3


def test_a_stolen_agency_key_takes_with_it_what_its_thief_let_others_sign(desk, tmp_path):
    ours, invented = Authority(), SigningKey.generate()
    named = sign_delegation(1, [Publisher("budi", "Budi", (invented.public,), ("",))], ours.publisher)
    papers = ours.papers(bpsdm=named)
    desk.install(make_pack(tmp_path, ours, publisher="bpsdm/budi", signer=invented, papers=papers))
    ours.version = 2
    ours.revoked = (Revoked(key_id(ours.publisher.public), Withdrawal.COMPROMISED, "2026-11-01"),)
    desk.belief.take((), ours.trust_list(), desk.index)
    (course,) = desk.shelf.courses()
    assert course.withdrawn == "compromised 2026-11-01"
    assert desk.index.ratchet("keamanan-loket", key_id(invented.public)) == 1_000_000
    ours.version = 3
    gone, kept = key_id(ours.publisher.public), frozenset({course.digest})
    ours.revoked = (Revoked(gone, Withdrawal.COMPROMISED, "2026-11-01", kept),)
    desk.belief.take((), ours.trust_list(), desk.index)
    assert desk.shelf.courses()[0].withdrawn == ""


def test_documents_of_a_stranger_change_nothing(desk, tmp_path):
    ours, theirs = Authority(), Authority()
    desk.install(make_pack(tmp_path, ours))
    held = desk.belief.current()
    for documents in (((theirs.root(),), theirs.trust_list()), ((), theirs.trust_list())):
        with pytest.raises(Refusal):
            desk.belief.take(*documents, desk.index)
    assert desk.belief.current() == held


def test_a_list_that_came_with_a_sync_closes_courses_once_it_is_looked_at(desk, tmp_path):
    ours, theirs = Authority(), Authority()
    desk.install(make_pack(tmp_path, ours))
    assert desk.belief.refresh(desk.index) is False
    ours.version, ours.revoked = 2, (Revoked(key_id(ours.publisher.public), Withdrawal.LOST, "2026-11-01"),)
    desk.store.put_blob("document_trust", theirs.trust_list())
    assert desk.belief.refresh(desk.index)
    assert desk.shelf.courses()[0].withdrawn == ""
    desk.store.put_blob("document_trust", ours.trust_list())
    assert desk.belief.refresh(desk.index)
    assert desk.shelf.courses()[0].withdrawn == "lost 2026-11-01"
    assert desk.belief.refresh(desk.index) is False


def test_an_answer_alone_pins_nothing_on_a_fresh_pc(desk):
    ours = Authority()
    desk.store.put_blob("document_root", ours.root())
    desk.store.put_blob("document_trust", ours.trust_list())
    assert desk.belief.current() is None
    assert desk.belief.refresh(desk.index) is False


def test_the_shelf_is_read_without_the_libraries_that_verify():
    code = "import desktop.library.install, desktop.library.shelf, sys; print('tuf' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
