"""Packs that are not what they should be: each is refused with a reason, none makes anything fall over."""

import os
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.packs import verify as verifying
from sync.packs.objects import hash_object
from sync.packs.verify import verify, verify_whole
from sync.refusal import Code, Refusal
from tests.builders.crafted import crafted, parts_of, zip_of
from tests.builders.packs import Authority, make_pack, read_here

ours = Authority()
STORE = ours.store()


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    return make_pack(tmp_path_factory.mktemp("paket"), ours).read_bytes()


def whole(path):
    """Do all that an installation checks, without the process around the reader."""
    pack = verify(read_here(path), STORE)
    with path.open("rb") as file:
        for thing in pack.manifest.content.objects:
            hash_object(file, pack.objects[thing.sha256], thing)
    return pack


def test_the_pack_that_the_others_are_made_from_is_good(good, tmp_path):
    path = tmp_path / "x"
    path.write_bytes(good)
    assert verify_whole(path, STORE).manifest.course.id == "keamanan-loket"
    assert whole(path).signer.id == "bpsdm"
    assert zip_of(parts_of(good)) == good


def test_every_pack_made_wrong_by_hand_is_refused(good, tmp_path):
    path = tmp_path / "x"
    made = crafted(good)
    assert len(made) >= 70
    passed = []
    for name, data in made.items():
        path.write_bytes(data)
        try:
            whole(path)
        except Refusal:
            continue
        passed.append(name)
    assert passed == []


@pytest.mark.parametrize(
    "name",
    [
        "a bomb for a manifest",
        "a manifest as deep as a well",
        "path traversal",
        "not a zip",
        "more entries than any course has",
    ],
)
def test_the_child_process_refuses_with_a_reason(good, tmp_path, name):
    path = tmp_path / "x"
    path.write_bytes(crafted(good)[name])
    with pytest.raises(Refusal) as told:
        verify_whole(path, STORE)
    assert told.value.code is Code.MALFORMED
    assert told.value.values["reason"]


def test_every_bit_counts(good, tmp_path):
    """One flipped bit in every thirteenth byte of a pack, drawn anew at every run: none goes unnoticed."""
    path = tmp_path / "x"
    draw = random.Random(os.urandom(8))
    unnoticed = []
    for place in range(draw.randrange(13), len(good), 13):
        bit = 1 << draw.randrange(8)
        path.write_bytes(good[:place] + bytes([good[place] ^ bit]) + good[place + 1 :])
        try:
            whole(path)
        except Refusal:
            continue
        except Exception as fault:  # a bug: told with the place, so that it can be had again
            raise AssertionError(f"byte {place}, bit {bit}") from fault
        unnoticed.append((place, bit))
    assert unnoticed == []


@given(data=st.data())
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_pack_that_was_cut_and_pasted_is_refused(good, tmp_path, data):
    path = tmp_path / "x"
    changed = bytearray(good)
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(changed) - 1))
        length = data.draw(st.integers(1, 60))
        piece = data.draw(st.one_of(st.binary(max_size=60), st.just(bytes(changed[start // 2 :][:length]))))
        changed[start : start + length] = piece
    path.write_bytes(changed)
    if bytes(changed) == good:
        assert whole(path)
        return
    with pytest.raises(Refusal):
        whole(path)


def test_objects_are_checked_and_not_only_the_manifest(good, tmp_path):
    """A planted fault in one object must be found by its hash alone, for zip and signature are right."""
    path = tmp_path / "x"
    damaged = bytearray(good)
    place = good.index(bytes(range(256)))
    damaged[place] ^= 1
    path.write_bytes(damaged)
    verify(read_here(path), STORE)
    with pytest.raises(Refusal) as told:
        whole(path)
    assert (told.value.code, told.value.values["path"]) == (Code.OBJECT, "m1/film.webm")


def test_the_checks_are_what_refuses(good, tmp_path, monkeypatch):
    """The planted fault: with the publisher's signature believed unseen, a forged pack passes. So the check works."""
    forged = make_pack(tmp_path, ours, signer=Authority().publisher)
    with pytest.raises(Refusal):
        verify(read_here(forged), STORE)
    monkeypatch.setattr(
        verifying, "signed_by", lambda metadata, keys: frozenset({next(iter(metadata.signatures))})
    )
    assert verify(read_here(forged), STORE)
