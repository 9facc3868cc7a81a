"""The register of kinds: every row is whole, and codec 1 knows each row of its day by number."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pytest
from zstandard import ZstdCompressionDict

from sync.journal import codec as codecs
from sync.journal import train_dictionary
from sync.journal.blocks import columns_of
from sync.journal.codec import Codec
from sync.journal.kind import Audience, Author, Merge
from sync.journal.kinds import KINDS, authors_of, check, check_received
from sync.journal.log import LogWriter
from sync.journal.register.people import REVOKED_LOGS
from sync.journal.segment import decode_segment, encode_segment
from sync.journal.shapes import SHAPES_1, shape
from sync.journal.statement import Statement, ValueType
from sync.refusal import Code, Refusal
from tests.builders.journal import KEY, PC, PROFILE, ScriptedClock


def test_every_row_says_what_it_means():
    for name, row in KINDS.items():
        assert row.name == name
        assert row.says.endswith(".")
        assert row.authors
        assert set(row.key) <= set(row.fields)
        assert bool(row.key) == (row.merge is Merge.PUT)
        assert ("counter" in row.fields) == (row.merge is Merge.PUT)


def test_a_narrower_audience_than_the_office_is_sealed_inside():
    """What the centre alone says to one person lies in no office's feed, and each feed is sealed as a whole."""
    for row in KINDS.values():
        told = row.authors == {Author.CENTRE} and row.audience is Audience.PERSON
        if not told and row.audience in {Audience.PERSON, Audience.COORDINATOR, Audience.ONE}:
            assert row.fields["sealed"] is ValueType.BYTES


def test_only_self_states_study_and_only_the_centre_revokes():
    assert authors_of("quiz.answered") == {Author.SELF}
    assert authors_of("key.revoked") == {Author.CENTRE}
    assert authors_of("nothing.known") == frozenset()


def test_extra_fields_are_for_newer_programs_when_they_arrive_but_not_when_we_write():
    wide = Statement(1, 1, "lesson.completed", 0, {"activity": "a", "version": "1", "mood": 1})
    check_received(wide)
    with pytest.raises(Refusal) as refused:
        check(wide)
    assert refused.value.values == {"kind": "lesson.completed", "field": "mood"}


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (
            "profile.opened",
            {"signing": b"k" * 31, "letter": b"l" * 32, "person": b"", "proof": b"", "pc_name": ""},
        ),
        (
            "profile.opened",
            {"signing": b"k" * 32, "letter": b"l" * 32, "person": b"x", "proof": b"", "pc_name": ""},
        ),
        ("person.erased", {"person": b""}),
        ("page.read", {"activity": "a", "page": 1 << 63, "seconds": 1, "version": "1"}),
        ("page.read", {"activity": "a" * 70_000, "page": 1, "seconds": 1, "version": "1"}),
        (
            "quiz.started",
            {"activity": "a", "attempt": 1, "version": "1", "questions": tuple(range(5000))},
        ),
        ("quiz.started", {"activity": "a", "attempt": 1, "version": "1", "questions": ("0",)}),
    ],
)
def test_sizes_and_types_are_checked_on_both_sides(kind, fields):
    for door in (check, check_received):
        with pytest.raises(Refusal) as refused:
            door(Statement(1, 1, kind, 0, fields))
        assert refused.value.code is Code.FIELD


def test_codec_1_knows_every_kind_of_its_day():
    known = {one.kind for one in SHAPES_1}
    assert known <= set(KINDS)
    for name in known:
        assert shape(name, KINDS[name].fields) in SHAPES_1


def test_codec_1_is_frozen():
    """When this fails a new codec version is due: segments written with the old one are out in the field."""
    listing = "\n".join(f"{one.kind} {one.names} {tuple(map(int, one.types))}" for one in SHAPES_1)
    assert hashlib.sha256(listing.encode()).hexdigest() == FROZEN_SHAPES
    dictionary = Path(codecs.__file__).with_name("dictionary-1.zstd").read_bytes()
    assert hashlib.sha256(dictionary).hexdigest() == FROZEN_DICTIONARY


FROZEN_SHAPES = "0cc22b03de0e3a7c95cf3da962b2677f6d2fe07ae7f9cd7db7f3b7e41a7b90f8"
FROZEN_DICTIONARY = "d18094da519905e0c3ef493b9a5a8c11d4c895205acd64976ffd6bcd1563df4a"


def test_the_value_types_keep_their_numbers():
    assert {kind.name: int(kind) for kind in ValueType} == {
        "INT": 1,
        "TEXT": 2,
        "BYTES": 3,
        "INTS": 4,
        "TEXTS": 5,
    }


def test_a_dictionary_is_trained_on_study_and_earns_its_place(monkeypatch):
    monkeypatch.setattr(train_dictionary, "LEARNERS", 30)
    trained = train_dictionary.train()
    assert trained == train_dictionary.train()
    assert 0 < len(trained) <= train_dictionary.SIZE
    plain, frozen = Codec(1, (), {}, ZstdCompressionDict(b"")), codecs.codec(1)
    unseen = [columns_of([run]) for run in train_dictionary.study(train_dictionary.SEED - 1)]
    small = sum(len(frozen.squeeze(one)) for one in unseen)
    assert small < 0.85 * sum(len(plain.squeeze(one)) for one in unseen)


def test_one_revocation_names_more_logs_than_other_lists_have_entries_and_still_fits_a_segment():
    log = LogWriter.start(PROFILE, PC, None, ScriptedClock())
    logs = tuple(random.Random(7).getrandbits(63) for _ in range(REVOKED_LOGS))
    word = log.next("key.revoked", {"signing": b"k" * 32, "logs": logs, "ends": (4_000,) * REVOKED_LOGS})
    check(word)
    (run,) = decode_segment(encode_segment([log.run([word])], KEY)).runs
    check_received(run.statements[0])
    assert run.statements[0] == word
    longer = {**word.fields, "logs": (*logs, 1)}
    with pytest.raises(Refusal):
        check(Statement(1, 1, "key.revoked", 0, longer))
