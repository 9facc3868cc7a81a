"""The format page's test vectors, read from the file beside it: any program that passes them can join."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sync.bundle import Ack, SyncReply, decode_reply, decode_request, encode_reply, request_digest
from sync.journal.columns import numbers, put_numbers
from sync.journal.keys import LetterKey, SigningKey
from sync.journal.log import chain, link
from sync.journal.octets import put_varint, unzigzag, varint, zigzag
from sync.journal.pieces import open_piece
from sync.journal.sealing import key_id, recipients_of, unseal
from sync.journal.segment import Run, decode_segment, peek_segment
from sync.journal.statement import Fact, LogHeader, Statement, canonical, header_bytes
from sync.refusal import Refusal

FOLDER = Path(__file__).parents[3] / "resources" / "decisions"
VECTORS = json.loads((FOLDER / "journal-vectors.json").read_text(encoding="utf-8"))
KEYS = VECTORS["keys"]
octets = bytes.fromhex
CENTRE, LETTER = SigningKey(octets(KEYS["centre"])), LetterKey(octets(KEYS["letter"]))


def header(told):
    return LogHeader(**{name: octets(one) if isinstance(one, str) else one for name, one in told.items()})


def value(told):
    if isinstance(told, dict):
        return octets(told["bytes"])
    return tuple(told) if isinstance(told, list) else told


def statement(told):
    fields = {name: value(one) for name, one in told["fields"].items()}
    return Statement(told["log"], told["seq"], told["kind"], told["at"], fields)


def run(told):
    statements = tuple(statement(one) for one in told["statements"])
    return Run(header(told["header"]), octets(told["start_chain"]), statements)


def test_keys():
    assert SigningKey(octets(KEYS["signing"])).public == octets(KEYS["signing_public"])
    assert CENTRE.public == octets(KEYS["centre_public"])
    assert LETTER.public == octets(KEYS["letter_public"])
    assert key_id(LETTER.public) == octets(KEYS["letter_id"])


@pytest.mark.parametrize("told", VECTORS["varints"])
def test_varints(told):
    out = bytearray()
    put_varint(out, told["number"])
    assert bytes(out) == octets(told["bytes"])
    assert varint(bytes(out), 0) == (told["number"], len(out))


@pytest.mark.parametrize("told", VECTORS["zigzag"])
def test_zigzag(told):
    assert zigzag(told["signed"]) == told["unsigned"]
    assert unzigzag(told["unsigned"]) == told["signed"]


@pytest.mark.parametrize("told", VECTORS["columns"])
def test_columns(told):
    out = bytearray()
    put_numbers(out, told["values"], told["gaps"])
    assert bytes(out) == octets(told["bytes"])
    assert numbers(bytes(out), 0, len(told["values"]), told["gaps"]) == (told["values"], len(out))


@pytest.mark.parametrize("told", VECTORS["headers"])
def test_headers(told):
    assert header_bytes(header(told["header"])) == octets(told["bytes"])
    assert chain(header(told["header"])) == octets(told["chain"])


@pytest.mark.parametrize("told", VECTORS["statements"])
def test_statements(told):
    one = statement(told["statement"])
    assert canonical(one) == octets(told["canonical"])
    assert one.digest == octets(told["digest"])
    assert link(octets(told["chain_before"]), one) == octets(told["chain_after"])


@pytest.mark.parametrize("told", VECTORS["segments"], ids=lambda told: told["says"])
def test_segments(told):
    segment = decode_segment(octets(told["bytes"]))
    assert segment.runs == tuple(run(one) for one in told["runs"])
    assert segment.signer == octets(KEYS["signing_public"])
    assert peek_segment(octets(told["bytes"])).context == octets(told["context"])


@pytest.mark.parametrize("told", VECTORS["refused"], ids=lambda told: told["says"])
def test_refused_segments(told):
    with pytest.raises(Refusal) as refused:
        decode_segment(octets(told["bytes"]))
    assert refused.value.code.wire == told["code"]


def test_letters():
    told = VECTORS["sealed"]
    assert unseal(octets(told["bytes"]), LETTER, octets(told["info"])) == octets(told["opened"])
    assert recipients_of(octets(told["bytes"]))[0] == octets(KEYS["letter_id"])


def test_pieces():
    told = VECTORS["piece"]
    piece = open_piece(octets(told["bytes"]), LETTER, CENTRE.public)
    assert (piece.scope, piece.start, piece.end) == (told["scope"], told["start"], told["end"])
    assert piece.facts == tuple(
        Fact(header(one["header"]), statement(one["statement"]), octets(one["signer"]), endorsed=True)
        for one in told["facts"]
    )


@pytest.mark.parametrize("told", VECTORS["requests"])
def test_requests(told):
    asked = decode_request(octets(told["bytes"]))
    assert asked.profile == octets(told["profile"])
    assert asked.signer == octets(told["signer"])
    assert asked.cursors == told["cursors"]
    assert asked.versions == told["versions"]
    assert asked.segments == tuple(map(octets, told["segments"]))
    assert asked.sealed == tuple(map(octets, told["sealed"]))
    assert (asked.at, asked.nonce) == (told["at"], octets(told["nonce"]))
    assert request_digest(octets(told["bytes"])) == octets(told["digest"])


def test_replies():
    told = VECTORS["reply"]
    reply = SyncReply(
        told["time"],
        octets(told["request"]),
        tuple(Ack(*one) for one in told["acks"]),
        tuple(map(octets, told["pieces"])),
        told["cursors"],
        told["versions"],
        {name: octets(one) for name, one in told["documents"].items()},
        tuple((code, values) for code, values in told["refusals"]),
        told["more"],
    )
    assert decode_reply(octets(told["bytes"]), CENTRE.public) == reply
    assert encode_reply(reply, CENTRE) == octets(told["bytes"])


def test_the_page_names_every_limit_and_domain():
    page = (FOLDER / "journal-format.md").read_text(encoding="utf-8")
    for word in (
        "suluh segment",
        "suluh piece",
        "suluh request",
        "suluh reply",
        "suluh sealed",
        "16,384",
        "4,096",
    ):
        assert word in page
